"""A small hand-drawn kabupaten: twelve villages, an island, an enclave, a lake, and damage.

Owns the invented place "Contoh" (99.01) for tests that need no real one:

    7 8 9 |12      villages 1-9 are squares of 3 km, 12 a strip along their east side with a
    4 5 6 |12      lake on the border of 6 and 12 (a gap of 300 m: no drawing error),
    1 2 3 |12      10 an enclave within 5, 11 an island of two parts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely import Polygon
from shapely.affinity import translate

from fsva.config.methods import method
from fsva.config.methods.method import Indicator, Method
from fsva.sources.layers.layer_request import Request
from tests.places.framed import crosswalks, village_layer

ROOT = Path(__file__).resolve().parents[2]
BELU = ROOT / "editions" / "belu-2021"
THEME = ROOT / "styles" / "gaya" / "standar.toml"
UTM_51S = 32751
SIDE_M = 3000.0
NAMES = (
    "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam",
    "Tujuh", "Delapan", "Sembilan", "Sepuluh", "Sebelas", "Dua Belas",
)  # fmt: skip
CODES = tuple(f"99.01.{1 + n // 6:02d}.20{n + 1:02d}" for n in range(12))
BPS_CODES = tuple(f"99010{1 + n // 6}00{n + 1:02d}" for n in range(12))
KECAMATAN = tuple("Utara" if n < 6 else "Selatan" for n in range(12))
Damage = Callable[[list[shapely.Geometry]], None]


@cache
def shipped_method() -> Method:
    """Return the six-indicator method as it stands in styles/."""
    styles = ROOT / "styles"
    return method.load(
        styles / "metode" / "fsva-kabupaten-6.toml", styles / "dasar" / "belu-2021.toml"
    )


def indicator(name: str) -> Indicator:
    """Return one indicator of the shipped method."""
    return next(i for i in shipped_method().indicators if i.id == name)


def polygons() -> list[shapely.Geometry]:
    """Return the twelve villages in metres, a clean coverage."""
    squares = [
        _box(x * SIDE_M, y * SIDE_M, (x + 1) * SIDE_M, (y + 1) * SIDE_M)
        for y in range(3)
        for x in range(3)
    ]
    enclave, lake = _box(3900, 3900, 5100, 5100), shapely.box(8850, 4350, 9150, 4650)
    squares[4] = squares[4] - enclave
    squares[5] = squares[5] - lake
    island = shapely.union(_box(14e3, 0, 16e3, 2e3), _box(16.5e3, 0, 17e3, 1e3))
    return [*squares, enclave, island, _box(9000, 0, 10800, 9000) - lake]


def _box(west: float, south: float, east: float, north: float) -> shapely.Geometry:
    """Return a rectangle with a node every 300 m, so that neighbours share all their nodes."""
    return shapely.segmentize(shapely.box(west, south, east, north), 300)


def layer(damage: Damage | None = None) -> gpd.GeoDataFrame:
    """Return the village layer as ``village_layer`` hands it on, perhaps damaged."""
    shapes = polygons()
    if damage:
        damage(shapes)
    placed = [translate(shape, 600e3, 8990e3) for shape in shapes]
    index = pd.Index(CODES, name="kode")
    return gpd.GeoDataFrame({"nama": NAMES}, geometry=placed, crs=UTM_51S, index=index)


def sliver(shapes: list[shapely.Geometry]) -> None:
    """Draw village 4 five metres short of village 5: valid, but for a gap."""
    shapes[3] = shapes[3] - shapely.box(SIDE_M - 5, 3300, SIDE_M, 5700)


def overlap(shapes: list[shapely.Geometry]) -> None:
    """Draw village 7 thirty metres into village 8."""
    shapes[6] = _box(0, 2 * SIDE_M, SIDE_M + 30, 3 * SIDE_M)


def spike(shapes: list[shapely.Geometry]) -> None:
    """Let the outline of village 3 cross itself at a corner: an invalid polygon."""
    ring = [(6000, 0), (9000, 0), (9000, 3000), (6000, 3000), (5990, 3010), (6010, 3010)]
    shapes[2] = Polygon([*ring, (6000, 3000)])


def bow_tie(shapes: list[shapely.Geometry]) -> None:
    """Draw the island as a bow-tie: nobody knows what it should have been."""
    shapes[10] = Polygon([(14e3, 0), (16e3, 2e3), (16e3, 0), (14e3, 2e3)])


def collapsed(shapes: list[shapely.Geometry]) -> None:
    """Draw the island as a line there and back: mending leaves nothing."""
    shapes[10] = Polygon([(14e3, 0), (16e3, 0), (14e3, 0)])


def swallowed(shapes: list[shapely.Geometry]) -> None:
    """Draw village 5 without the hole for its enclave, and half over village 6."""
    shapes[4] = _box(3000, 3000, 7500, 6000)


def villages_of(
    file: Path, district: str = "99.01", names: tuple[str, str] | None = ("kode", "nama")
) -> gpd.GeoDataFrame:
    """Return the villages of a kabupaten in a layer with Kemendagri codes."""
    asked = Request(file, district, None, *(names or (None, None)))
    return village_layer.villages(asked, crosswalks.none())[0]


def table() -> pd.DataFrame:
    """Return the indicator table as ``fsva.sources.tables.edition_tables`` hands it on."""
    keys = {"kecamatan": KECAMATAN, "desa": NAMES, "baris": range(2, 14)}
    values = {
        i.id: pd.array([float(_value(i, n)) for n in range(12)], dtype="Float64")
        for i in shipped_method().indicators
    }
    return pd.DataFrame(keys | values, index=pd.Index(BPS_CODES, name="kode_bps"))


def _value(of: Indicator, n: int) -> Decimal:
    """Return a possible value that differs from village to village."""
    if of.categories:
        return Decimal(n % 4 + 1)
    return (Decimal(n + 1) / 40).quantize(Decimal(1).scaleb(-of.digits))


def indicators_csv(mark: str = ",") -> str:
    """Return the same table as an officer's file."""
    ids = [i.id for i in shipped_method().indicators]
    lines = [";".join(("kode_bps", "kecamatan", "desa", *ids))]
    for n in range(12):
        values = [str(_value(i, n)).replace(".", mark) for i in shipped_method().indicators]
        lines.append(";".join((BPS_CODES[n], KECAMATAN[n], NAMES[n], *values)))
    return "\r\n".join(lines) + "\r\n"


def crosswalk() -> pd.DataFrame:
    """Return the table of matching codes; village 12 is written in one word on the other side."""
    return pd.DataFrame(
        {
            "kode_kemendagri": CODES,
            "nama_bps": NAMES,
            "nama_kemendagri": [*NAMES[:-1], "Duabelas"],
            "kecamatan": KECAMATAN,
        },
        index=pd.Index(BPS_CODES, name="kode_bps"),
    )


def crosswalk_csv() -> str:
    """Return the same table of codes as an officer's file."""
    return crosswalk().to_csv(sep=";", lineterminator="\r\n")
