"""An edition of the eleven national indicators for the small hand-drawn kabupaten.

Owns its files. The values are invented, with one decimal, as such tables are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from fsva.config.methods import method
from tests.places import contoh, small

FILE = small.ROOT / "styles" / "metode" / "fsva-2025-11.toml"
RULES = method.load(FILE)
IDS = tuple(i.id for i in RULES.indicators)
# Good values of a village, each in class 6.
GOOD = dict(zip(IDS, ("0.4", "115.0", "115.0", "0.9", "5.0", "5.0", "3.0", "11.0", "10.0", "95.0",
                      "10.0"), strict=True))  # fmt: skip


def table_csv(changed: Mapping[tuple[int, str], str]) -> str:
    """Return the table of ready values; ``changed`` names a village's number and an indicator."""
    lines = [";".join(("kode_bps", "kecamatan", "desa", *IDS))]
    for n in range(12):
        values = [changed.get((n, name), GOOD[name]).replace(".", ",") for name in IDS]
        lines.append(";".join((small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n], *values)))
    return "\r\n".join(lines) + "\r\n"


def counts_csv(available: Mapping[int, str], produced: Mapping[int, str]) -> str:
    """Return raw counts: villages need 300 of staple food; which are available and produced."""
    columns = list(RULES.columns)
    lines = [";".join(("kode_bps", "kecamatan", "desa", *columns))]
    for n in range(12):
        cells = dict.fromkeys(columns, "10")
        cells |= {"konsumsi_normatif": "300", "ketersediaan_pokok": available.get(n, "750"),
                  "produksi_pokok": produced.get(n, "20")}  # fmt: skip
        keys = (small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n])
        lines.append(";".join((*keys, *(cells[c] for c in columns))))
    return "\r\n".join(lines) + "\r\n"


def build(folder: Path, table: str, *, raw: bool = False) -> Path:
    """Write the edition into a folder and return it."""
    contoh.build(folder, poverty=False, coverage=False)
    (folder / "nilai.csv").write_bytes(table.encode("utf-8"))
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    old = text[text.index("[sumber]") :]
    sources = "\n".join(f"{name} = {contoh.SOURCE}" for name in IDS)
    text = text.replace(old, f"[sumber]\n{sources}\n")
    text = text.replace('"fsva-kabupaten-6"\ndasar = "belu-2021"', '"fsva-2025-11"')
    text = text.replace('indikator = "indikator.csv"',
                        f'{"mentah" if raw else "indikator"} = "nilai.csv"')  # fmt: skip
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    return folder


def score(name: str, value: str) -> Decimal:
    """Return the standard score of a value by hand: min-max on the national bounds, clipped."""
    one = next(i for i in RULES.indicators if i.id == name)
    low, high = one.bounds
    share = min(max((Decimal(value) - low) / (high - low), Decimal(0)), Decimal(1))
    return 100 * (share if one.better == "tinggi" else 1 - share)
