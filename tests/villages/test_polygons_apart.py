"""Polygons beside other rows of their layer: told by the kecamatan around them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from fsva.config.styles import placement_limits
from fsva.villages import polygons_apart
from fsva.villages.placement import Earth
from fsva.villages.polygons_apart import Apart
from tests.places.framed import placement
from tests.places.small import ROOT

# Six columns of villages, four rows: two columns are a kecamatan.
CODES = [f"53.04.{x // 2 + 1:02}.{2001 + (x % 2) * 4 + y}" for x in range(6) for y in range(4)]
SHAPES = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(6) for y in range(4)])
LAYERS = ["desa_11.08_aceh-utara", "desa_31.01_kepulauan-seribu", "desa_36.72_kota-cilegon",
          "desa_53.03_timor-tengah-utara", "desa_53.04_belu", "desa_53.21_malaka",
          "desa_74.07_wakatobi"]  # fmt: skip
LARGE = [name for name in LAYERS if "seribu" not in name]


def real(shared_dir: Path, name: str) -> tuple[np.ndarray, list[str]]:
    """Return the polygons of a real layer in kilometres, and their codes."""
    read = json.loads((shared_dir / "boundaries" / f"{name}.geojson").read_bytes())["features"]
    shapes = np.array([shapely.geometry.shape(f["geometry"]) for f in read], dtype=object)
    return shapely.transform(shapes, lambda points: points * 111.2), [
        f["properties"]["kode"] for f in read
    ]


def test_a_sound_layer_is_not_told() -> None:
    assert polygons_apart.find(SHAPES, CODES) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [(0, 23, True), (1, 18, True), (6, 21, True), (9, 2, False), (4, 8, False), (0, 1, False)],
)
def test_villages_that_exchanged_their_polygons_are_told(one: int, other: int, told: bool) -> None:
    """Unless one of them lies at the border of both kecamatan, or both in one."""
    shapes = SHAPES.copy()
    shapes[[one, other]] = SHAPES[[other, one]]
    pair = (min(one, other), max(one, other))
    assert polygons_apart.find(shapes, CODES) == ([Apart(pair, None)] if told else [])


@pytest.mark.shared
@pytest.mark.parametrize("name", LAYERS)
def test_no_real_layer_is_told(shared_dir: Path, name: str) -> None:
    assert polygons_apart.find(*real(shared_dir, name)) == []


@pytest.mark.shared
@pytest.mark.parametrize("rows", [1, -1, -2, 3, 4, -5, 20])
@pytest.mark.parametrize("name", LARGE)
def test_polygons_shifted_by_rows_are_told(shared_dir: Path, name: str, rows: int) -> None:
    shapes, codes = real(shared_dir, name)
    (found,) = polygons_apart.find(np.roll(shapes, rows), codes)
    assert found.rows == abs(rows)
    assert len(found.villages) >= 3


@pytest.mark.shared
@pytest.mark.parametrize("name", LARGE)
def test_polygons_sorted_apart_from_their_codes_are_told(shared_dir: Path, name: str) -> None:
    shapes, codes = real(shared_dir, name)
    (found,) = polygons_apart.find(shapes[np.argsort(-shapely.area(shapes))], codes)
    assert found.rows == 0


def layer(shapes: np.ndarray) -> gpd.GeoDataFrame:
    """Return a layer of the villages as it is judged: in degrees, rows counted from 1."""
    degrees = shapely.transform(shapes, lambda points: points / 50 + [124.8, -9.2])
    facts = {"nama": [f"Desa {n}" for n in range(24)], "baris": range(1, 25)}
    return gpd.GeoDataFrame(facts, geometry=list(degrees), index=CODES, crs=4326)


LIMITS = placement_limits.load(ROOT / "styles" / placement_limits.FILE_NAME)
EARTH = Earth((118.0, -12.0, 126.0, -7.0), None)


def test_the_run_is_told_the_exchanged_villages() -> None:
    assert placement.judge(layer(SHAPES), EARTH, LIMITS) == []
    (found,) = placement.judge(layer(SHAPES[[23, *range(1, 23), 0]]), EARTH, LIMITS)
    assert (found.kind, found.key, found.row) == ("letak", "poligon_tertukar", 1)
    assert found.codes == (CODES[0], CODES[23])
    assert found.facts == {"lain": "Desa 23 (53.04.03.2008)"}


def test_the_run_is_told_how_many_villages_lie_apart_from_their_kecamatan() -> None:
    mixed = np.random.default_rng(1).permutation(24)
    (found,) = placement.judge(layer(SHAPES[mixed]), EARTH, LIMITS)
    assert (found.kind, found.key, found.codes) == ("letak", "poligon_kecamatan_lain", ())
    assert found.facts["jumlah"] == str(len(polygons_apart.find(SHAPES[mixed], CODES)[0].villages))


@pytest.mark.parametrize("n", [1, 24])
def test_a_village_beyond_its_projection_is_told_and_no_traceback(n: int) -> None:
    away = layer(SHAPES)
    lost = shapely.box(np.inf, np.inf, np.inf, np.inf)
    away = away.set_geometry(gpd.GeoSeries([*([lost] * n), *away.geometry[n:]], CODES, crs=4326))
    found = placement.judge(away, EARTH, LIMITS)
    assert {one.key for one in found} == {"letak_provinsi" if n == 1 else "letak_lapisan"}


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        ((124.86, -9.16), (126.0, -8.5), None),
        ((125.9, -8.6), (124.87, -9.15), "Kabupaten Lain"),
        ((125.9, -8.6), (126.0, -8.5), None),
        ((124.79, -9.16), (124.87, -9.15), None),
    ],
    ids=["own place", "another's place", "no place", "beside its own"],
)
def test_a_layer_over_another_district_is_told(
    own: tuple[float, float], other: tuple[float, float], told: str | None
) -> None:
    earth = replace(EARTH, middle=own, others={"Kabupaten Lain": other})
    found = placement.judge(layer(SHAPES), earth, LIMITS)
    assert [(one.key, one.facts) for one in found if one.key == "letak_kabupaten"] == (
        [("letak_kabupaten", {"lain": told})] if told else []
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", LAYERS)
def test_a_real_layer_whose_rows_stand_in_another_order_is_not_told(
    shared_dir: Path, name: str
) -> None:
    shapes, codes = real(shared_dir, name)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(codes))
        assert polygons_apart.find(shapes[order], [codes[n] for n in order]) == []
