"""The layers for a GIS of an edition, made without drawing its sheets.

Owns the run that leads to them, and QGIS as a reader of what was written.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from fsva.config.editions import edition as editions
from fsva.core import texts
from fsva.core.texts import Language
from fsva.drawing.sheets import sheet
from fsva.runs import certainty_run, run_order, sheet_materials, tabulation
from fsva.runs.layers import drawn_shapes
from fsva.runs.layers.gis_files import LayerRun
from fsva.runs.run_order import Order
from fsva.words import specification
from tests.places.programs import SYSTEM_PYTHON
from tests.places.small import BELU, ROOT

EVERY = ("gpkg", "shp", "geojson", "geoparquet")


@dataclass(frozen=True, eq=False)
class MadeLayers:
    """What an edition's layers were made from, and their files."""

    run: LayerRun
    files: dict[str, bytes]

    @property
    def table(self) -> dict[str, dict[str, Any]]:
        """The values of ``kelas.csv`` and more by the Kemendagri code of the village."""
        villages = self.run.tables[0]
        names = [field.name for field in villages.fields]
        rows = (dict(zip(names, row, strict=True)) for row in villages.rows())
        return {row["kode_kemendagri"]: row for row in rows}


def of_order(order: Order) -> MadeLayers:
    """Make the layers of an order."""
    begun = drawn_shapes.shown(order, tabulation.begin(order.edition, order.village_layer))
    made, language = begun.finished(), order.texts
    settings = order.edition.settings
    studio = sheet_materials.studio_of(order.edition, made, language, "0")
    maps = specification.build(made.table, made.rules, settings, language)
    sure = certainty_run.of_atlas(order.edition, made)
    names = sheet.arranged(studio) if "qgz" in order.formats else None
    run = LayerRun(order, made, studio, maps, sure, names)
    return MadeLayers(run, run.files(lambda _: None))


@cache
def belu(
    formats: tuple[str, ...] = EVERY, language: Language = "id", layer: Path | None = None
) -> MadeLayers:
    """Make the layers of Belu 2021."""
    return of_edition(BELU, formats, language, layer)


def of_edition(
    folder: Path,
    formats: Sequence[str] = ("gpkg",),
    language: Language = "id",
    layer: Path | None = None,
) -> MadeLayers:
    """Make the layers of an edition."""
    order = run_order.place(editions.load(folder), layer, texts.load(language))
    return of_order(replace(order, formats=tuple(formats)))


class Opened(sqlite3.Connection):
    """A database that is closed when nothing holds it any more."""

    def __del__(self) -> None:
        self.close()


def opened(content: bytes) -> sqlite3.Connection:
    """Open a GeoPackage as the database that it is."""
    base = sqlite3.connect(":memory:", factory=Opened)
    base.deserialize(content)
    for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):  # a GIS has these
        base.create_function(name, 1, lambda _: 0)
    return base


def in_qgis(script: str, *arguments: str, home: Path) -> Any:  # noqa: ANN401 - what it prints
    """Run a script in Debian's QGIS, with the letters of the project; return its last line."""
    fonts = home / ".fonts"
    if not fonts.exists():
        fonts.symlink_to(ROOT / "styles" / "fonts")
    command = [str(SYSTEM_PYTHON), "-c", script, *arguments]
    around = {
        "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "PATH": "/usr/bin", "LC_ALL": "C.UTF-8"
    }  # fmt: skip
    done = subprocess.run(command, capture_output=True, env=around, check=False, timeout=300)
    lines = done.stdout.decode().splitlines()
    assert lines, done.stderr.decode()[-2000:]
    return json.loads(lines[-1])
