"""Real districts with invented classes, for tests of what is drawn.

Owns the way from a layer in ``../shared`` to a drawn sheet. Names of kecamatan and classes are
invented; they say nothing of the villages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geopandas as gpd

from fsva.config.editions import edition
from fsva.config.methods import method
from fsva.config.styles import layout, locator_windows
from fsva.core import texts
from fsva.drawing.maps.ground import Surroundings
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import arrangement
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper import fonts
from fsva.drawing.sheets import sheet
from fsva.sources.ground import surroundings
from fsva.sources.layers import crs
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages import repair
from fsva.words import draft
from tests.places.framed import shape_table_of
from tests.places.small import BELU, ROOT

FILES = {
    "aceh-utara": "desa_11.08_aceh-utara.geojson",
    "belu": "desa_53.04_belu.geojson",
    "cilegon": "desa_36.72_kota-cilegon.geojson",
    "malaka": "desa_53.21_malaka.geojson",
    "ttu": "desa_53.03_timor-tengah-utara.geojson",
}
# Long and short names, as kecamatan have them.
_NAMES = ("Utara", "Tanah Panjang Timur", "Simpang Keramat", "Laut", "Biboki Feotleu", "Nisam")


@cache
def villages(shared: Path, name: str) -> ShapeTable:
    """Return a repaired real layer with invented kecamatan names."""
    file = shared / "boundaries" / FILES[name]
    layer = gpd.read_file(file).set_index("kode").sort_index()
    layer["desa"] = layer["nama"]
    numbers = [int(code[6:8]) for code in layer.index]
    layer["kecamatan"] = [f"{_NAMES[n % 6]} {chr(64 + n % 26 + 1)}" for n in numbers]
    mended, _ = repair.repair(crs.project(shape_table_of(layer), file))
    return mended.without("nama")


def studio(shared: Path, name: str, form: str = "a4-mendatar") -> Studio:
    """Return all that the sheets of a district are drawn from."""
    own = edition.load(BELU)
    land = surroundings.read_land(ROOT / "boundaries" / "konteks" / "daratan.geojson")
    styles = ROOT / "styles"
    return Studio(
        villages(shared, name),
        Surroundings(land, None, ()),
        own.settings,
        method.load(own.method_file, own.baseline_file),
        layout.load(styles / "layouts" / f"{form}.toml", styles / "gaya" / "standar.toml"),
        texts.load("id"),
        fonts.load(styles / "fonts"),
        "00000000",
        locator_windows.load(styles / locator_windows.FILE_NAME)[locator_windows.COUNTRY],
        own.settings.surroundings.window,
        draft.of(own.settings, texts.load("id")),
    )


@cache
def arranged(shared: Path, name: str, form: str = "a4-mendatar") -> tuple[Studio, Arrangement]:
    """Return the names of a district as they share the map."""
    made = studio(shared, name, form)
    return made, arrangement.arrange(made, sheet.main_panel(made))
