"""Three editions of the hand-drawn kabupaten under codes of their own, in two provinces.

Owns how they differ: in code, name and place.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from tests.places import contoh

NAMES = {"98.01": "Contoh Barat", "98.02": "Contoh Timur", "97.01": "Contoh Jauh"}


def build(folder: Path, code: str) -> Path:
    """Write the edition of one district into ``editions/<code>`` of a project."""
    made = contoh.build(folder / "editions" / f"e-{code}", poverty=False, coverage=False)
    bare = code.replace(".", "")
    for file in made.iterdir():
        text = file.read_text(encoding="utf-8-sig")
        text = text.replace("99.01", code).replace("9901", bare)
        if file.name == "edition.toml":
            text = text.replace('nama = "Contoh"', f'nama = "{NAMES[code]}"')
        if file.name == "desa.geojson":
            east = 2 * (int(bare[3]) - 1) + (3 if code.startswith("97") else 0)
            text = _moved(text, east)
        file.write_text(text, encoding="utf-8-sig" if file.suffix == ".csv" else "utf-8")
    return made


def _moved(layer: str, degrees: int) -> str:
    frame = gpd.read_file(layer)
    return str(frame.set_geometry(frame.translate(degrees / 5, 0)).to_json(drop_id=True))
