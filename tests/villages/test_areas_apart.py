"""Areas of a table that fit the polygons of other villages: names shifted within a kecamatan."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from fsva.core.message_values import Quantity
from tests.places.framed import areas_apart

BPS = [f"9901010{n:03}" for n in range(1, 9)]
OWN = [f"99.01.01.{2000 + n}" for n in range(1, 9)]
HA = [100.0, 240.0, 60.0, 410.0, 900.0, 35.0, 150.0, 1300.0]
# A square has the area of its village.
LAYER = gpd.GeoDataFrame(
    {"nama": [f"Desa {n}" for n in range(8)]},
    geometry=[shapely.box(0, 0, 100 * ha**0.5, 100 * ha**0.5) for ha in HA],
    index=OWN, crs=32751,
)  # fmt: skip
CROSSWALK = pd.DataFrame({"kode_kemendagri": OWN}, index=pd.Index(BPS, name="kode_bps"))


def table(areas: list[float | None]) -> pd.DataFrame:
    """Return the rows of a table with these areas."""
    facts = {"kecamatan": "Utara", "desa": [f"Desa {n}" for n in range(8)], "baris": range(2, 10),
             "luas_ha": pd.array(areas, dtype="Float64")}  # fmt: skip
    return pd.DataFrame(facts, index=pd.Index(BPS, name="kode_bps"))


def moved(areas: list[float], rows: int) -> list[float | None]:
    return [*areas[-rows:], *areas[:-rows]]


@pytest.mark.parametrize("change", [1.0, 1.03, 0.95])
@pytest.mark.parametrize("rows", [1, -1, 2, 3])
def test_areas_of_villages_some_rows_away_are_told(rows: int, change: float) -> None:
    stated = [ha * change for ha in moved(HA, rows)]
    (found,) = areas_apart.judge(table(stated), CROSSWALK, LAYER)
    assert (found.kind, found.key, found.codes) == ("nama", "luas_bergeser", tuple(OWN))
    assert found.facts == {"jumlah": "8", "baris": str(abs(rows)), "wilayah": "Utara"}


@pytest.mark.parametrize(
    "areas",
    [
        HA,
        [ha * 1.2 for ha in HA],
        [100.0] * 8,
        [None] * 8,
        [0.0] * 8,
        [13.0, 9000.0, 777.0, 5.0, 3100.0, 2.0, 66.0, 20.0],
        [*HA[1::-1], *HA[2:]],
        [HA[7], None, None, None, None, None, HA[5], HA[6]],
    ],
    ids=["own", "larger", "equal", "empty", "zero", "unlike", "two exchanged", "too few"],
)
def test_areas_that_tell_nothing_are_not_told(areas: list[float | None]) -> None:
    assert areas_apart.judge(table(areas), CROSSWALK, LAYER) == []


def test_a_table_without_areas_tells_nothing() -> None:
    rows = table(moved(HA, 1)).drop(columns="luas_ha")
    assert areas_apart.judge(rows, CROSSWALK, LAYER) == []


@pytest.mark.parametrize(
    ("factor", "told"), [(0.01, "100"), (100.0, "0.01"), (4.0, "0.25"), (0.3, "3.33")]
)
def test_areas_that_are_all_one_multiple_are_told(factor: float, told: str) -> None:
    stated = [ha * factor * (1.05 if n % 2 else 0.97) for n, ha in enumerate(HA)]
    (found,) = areas_apart.judge(table([*stated[:7], None]), CROSSWALK, LAYER)
    assert (found.kind, found.key, found.codes) == ("bentuk", "luas_skala", ())
    said = found.facts["kali"]
    assert isinstance(said, Quantity)
    assert said.value == pytest.approx(float(told), rel=0.06)
    assert found.facts["jumlah"] == "7"


@pytest.mark.parametrize("areas", [
    [ha * 1.7 for ha in HA],
    [ha * (4 if n < 4 else 1) for n, ha in enumerate(HA)],
    [*[ha * 4 for ha in HA[:4]], None, None, None, None],
    [ha * 1.6**n for n, ha in enumerate(HA)],
    [5.0] * 8,
])  # fmt: skip
def test_areas_that_differ_otherwise_are_not(areas: list[float | None]) -> None:
    assert areas_apart.judge(table(areas), CROSSWALK, LAYER) == []
