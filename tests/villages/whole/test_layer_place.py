"""A layer that was moved, scaled, turned or mirrored as a whole is told; a real one is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.affinity import rotate, scale, translate

from fsva.config.styles import gazetteer, placement_limits
from fsva.core.columns import ROW
from fsva.sources.ground import village_points
from fsva.villages.oddities import NOTES
from fsva.villages.whole.layer_place import Whereabouts
from tests.places import small
from tests.places.framed import layer_place, surroundings

LIMITS = placement_limits.load_of_layer(small.ROOT / "styles" / placement_limits.LAYER_FILE_NAME)
BOUNDARIES = small.ROOT / "boundaries"
NAMES = ["11.08", "31.01", "36.72", "53.03", "53.04", "53.21", "74.07"]
# Whose villages all have a point.
POINTED = ["53.03", "53.04", "53.21"]
Change = Callable[[shapely.Geometry], shapely.Geometry]


@cache
def real(shared: Path, name: str) -> gpd.GeoDataFrame:
    (file,) = (shared / "boundaries").glob(f"desa_{name}_*")
    layer = gpd.read_file(file).set_index("kode")
    layer[ROW] = range(1, len(layer) + 1)
    return layer.set_geometry(layer.geometry.make_valid().simplify(0.0005).make_valid())


@cache
def places() -> dict[str, tuple[float, float]]:
    return {d.code: (d.longitude, d.latitude) for d in gazetteer.load().districts}


def known(layer: gpd.GeoDataFrame, name: str) -> Whereabouts:
    west, south, east, north = layer.total_bounds.tolist()
    frame = (west - 0.2, south - 0.2, east + 0.2, north + 0.2)
    land, abroad = surroundings.land_and_abroad(BOUNDARIES / "konteks" / "daratan.geojson", frame)
    others = {code: place for code, place in places().items() if code != name}
    return Whereabouts(name[3] == "7", places()[name], others, land, abroad)


def points(name: str) -> dict[str, tuple[float, float]]:
    return village_points.read(village_points.files(BOUNDARIES / "gazetteer"), name)


def changed(layer: gpd.GeoDataFrame, change: Change) -> gpd.GeoDataFrame:
    """Change all villages together, around the middle of the layer."""
    whole = change(shapely.GeometryCollection(layer.geometry.to_list()))
    return layer.set_geometry(gpd.GeoSeries(list(whole.geoms), layer.index, crs=layer.crs))


def told(layer: gpd.GeoDataFrame, name: str, *, with_points: bool = False) -> set[str]:
    there = known(layer, name)
    if with_points:
        there = replace(there, points=points(name))
    return {one.key for one in layer_place.judge(layer, there, LIMITS)}


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_a_real_layer_in_its_place_is_not_told(shared_dir: Path, name: str) -> None:
    assert told(real(shared_dir, name), name, with_points=True) == set()


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_a_single_kecamatan_stops_nothing(shared_dir: Path, name: str) -> None:
    layer = real(shared_dir, name)
    kecamatan = layer.index.str[:8]
    for one in kecamatan.unique():
        assert told(layer[kecamatan == one], name, with_points=True) <= NOTES


@pytest.mark.shared
@pytest.mark.parametrize(("name", "kecamatan", "keys"), [
    ("53.03", ["53.03.02"], set()),  # each of its villages lies at its point
    ("11.08", ["11.08.06"], {"letak_sebagian"}),
    ("74.07", ["74.07.03", "74.07.07"], {"letak_sebagian"}),
])  # fmt: skip
def test_a_part_of_a_district_is_noted_where_no_point_proves_it(
    shared_dir: Path, name: str, kecamatan: list[str], keys: set[str]
) -> None:
    layer = real(shared_dir, name)
    part = layer[layer.index.str[:8].isin(kecamatan)]
    assert told(part, name, with_points=True) == keys
    assert told(changed(part, lambda s: translate(s, 2, 0)), name, with_points=True) - NOTES


# Archipelagos of which some island then lies within 15 km of the district's point.
STILL_NEAR = {("31.01", (-0.32, 0.32)), ("74.07", (-0.32, 0.32))}


@pytest.mark.shared
@pytest.mark.parametrize("way", [(0.45, 0.0), (-0.32, 0.32), (0.0, -0.7), (1.0, 0.0)])
@pytest.mark.parametrize("name", NAMES)
def test_a_layer_moved_by_half_a_degree_is_told(
    shared_dir: Path, name: str, way: tuple[float, float]
) -> None:
    away = changed(real(shared_dir, name), lambda s: translate(s, *way))
    assert bool(told(away, name)) is ((name, way) not in STILL_NEAR)


@pytest.mark.shared
@pytest.mark.parametrize("change", [
    lambda s: translate(s, 0.1, 0.0),
    lambda s: translate(s, -0.04, 0.03),
    lambda s: rotate(s, 15),
    lambda s: rotate(s, 180),
    lambda s: scale(s, 0.5, 0.5),
    lambda s: scale(s, -1, 1),
    lambda s: scale(s, 1, -1),
])  # fmt: skip
@pytest.mark.parametrize("name", POINTED)
def test_points_of_villages_tell_what_places_of_districts_do_not(
    shared_dir: Path, name: str, change: Change
) -> None:
    layer = changed(real(shared_dir, name), change)
    assert "letak_titik_desa" in told(layer, name, with_points=True)


@pytest.mark.shared
@pytest.mark.parametrize("times", [0.1, 10])
@pytest.mark.parametrize("name", NAMES)
def test_a_layer_of_another_scale_is_told(shared_dir: Path, name: str, times: float) -> None:
    layer = changed(real(shared_dir, name), lambda s: scale(s, times, times))
    keys = told(layer, name)
    assert keys
    assert times > 1 or "bentuk_ukuran" in keys


@pytest.mark.shared
@pytest.mark.parametrize(("name", "way", "key"), [
    ("53.03", (0.0, 0.2), "letak_keluar_daratan"),
    ("53.04", (0.15, 0.0), "letak_negara_lain"),
    ("53.21", (0.0, -0.1), "letak_keluar_daratan"),
    ("53.21", (0.15, 0.15), "letak_negara_lain"),
    ("11.08", (0.0, 0.1), "letak_keluar_daratan"),
    ("36.72", (0.0, 0.1), "letak_keluar_daratan"),
])  # fmt: skip
def test_a_small_move_is_told_by_coast_and_border(
    shared_dir: Path, name: str, way: tuple[float, float], key: str
) -> None:
    assert key in told(changed(real(shared_dir, name), lambda s: translate(s, *way)), name)


# A made place: nine villages of 4 km around a point, on a large island.
CODES = [f"53.04.01.20{n:02}" for n in range(1, 10)]
ISLAND = shapely.box(124.7, -9.3, 125.1, -8.9)


def village(n: int, size: float = 0.04) -> shapely.Geometry:
    west, south = 124.8 + size * (n % 3), -9.2 + size * (n // 3)
    return shapely.box(west, south, west + size, south + size)


def made(shapes: list[shapely.Geometry] | None = None) -> gpd.GeoDataFrame:
    drawn = [village(n) for n in range(9)] if shapes is None else shapes
    names = [f"Desa {n}" for n in range(9)]
    rows = {"nama": names, ROW: range(1, 10)}
    return gpd.GeoDataFrame(rows, geometry=drawn, index=CODES, crs=4326)


KNOWN = Whereabouts(False, (124.86, -9.14), {"Kabupaten Lain": (125.4, -9.1)}, ISLAND)


@pytest.mark.parametrize(("known_of", "keys"), [
    (KNOWN, []),
    (replace(KNOWN, middle=(124.64, -9.14)), ["letak_titik_kabupaten"]),
    (replace(KNOWN, middle=(124.79, -9.14)), []),
    (replace(KNOWN, others={"Kabupaten Lain": (124.86, -9.14)}), ["letak_menutupi"]),
    (replace(KNOWN, others={"Kabupaten Lain": (124.805, -9.14)}), []),
    (replace(KNOWN, land=shapely.box(124.7, -9.3, 124.87, -8.9)), ["letak_keluar_daratan"]),
    (replace(KNOWN, land=shapely.box(124.7, -9.3, 124.91, -8.9)), []),
    (replace(KNOWN, abroad=shapely.box(124.82, -9.3, 125.2, -8.9)), ["letak_negara_lain"]),
    (replace(KNOWN, abroad=shapely.box(124.89, -9.3, 125.2, -8.9)), []),
    (replace(KNOWN, neighbours=shapely.box(124.88, -9.3, 125.2, -8.9)), ["letak_di_tetangga"]),
    (replace(KNOWN, neighbours=shapely.box(124.9, -9.3, 125.2, -8.9)), []),
    (Whereabouts(False), []),
])  # fmt: skip
def test_each_thing_that_is_known_tells_a_move_of_its_own(
    known_of: Whereabouts, keys: list[str]
) -> None:
    assert [one.key for one in layer_place.judge(made(), known_of, LIMITS)] == keys


@pytest.mark.parametrize(
    ("urban", "size", "is_told"),
    [(False, 0.0025, True), (False, 0.04, False), (True, 0.0025, True), (True, 0.0035, False),
     (True, 0.2, True), (False, 0.2, False), (False, 0.3, True)],
)  # fmt: skip
def test_the_middle_size_of_villages_tells_a_scale(urban: bool, size: float, is_told: bool) -> None:
    layer = made([village(n, size) for n in range(9)])
    keys = [one.key for one in layer_place.judge(layer, Whereabouts(urban), LIMITS)]
    assert keys == (["bentuk_ukuran"] if is_told else [])


def test_an_island_that_coarse_land_lacks_tells_nothing() -> None:
    shapes = [village(n) for n in range(9)]
    shapes[8] = translate(shapes[8], 1.0, 0.0)
    assert layer_place.judge(made(shapes), KNOWN, LIMITS) == []


@pytest.mark.parametrize("n", [0, 8])
def test_villages_beyond_their_projection_are_left_to_the_other_rules(n: int) -> None:
    shapes = [village(n) for n in range(9)]
    shapes[n] = shapely.box(np.inf, np.inf, np.inf, np.inf)
    assert layer_place.judge(made(shapes), KNOWN, LIMITS) == []


def middles() -> dict[str, tuple[float, float]]:
    return {code: (shape.centroid.x, shape.centroid.y)
            for code, shape in zip(CODES, made().geometry, strict=True)}  # fmt: skip


def test_villages_that_exchanged_their_polygons_are_told_by_their_points() -> None:
    shapes = [village(n) for n in range(9)]
    shapes[0], shapes[8] = shapes[8], shapes[0]
    there = replace(KNOWN, points=middles())
    limits = LIMITS.model_copy(update={"within_share": 0.7})
    found = layer_place.judge(made(shapes), there, limits)
    assert [(one.key, one.codes, one.row) for one in found] == [
        ("letak_titik", (CODES[0],), 1), ("letak_titik", (CODES[8],), 9)]  # fmt: skip


@pytest.mark.parametrize("count", [4, 5, 9])
def test_too_few_points_tell_nothing(count: int) -> None:
    there = replace(KNOWN, points=dict(list(middles().items())[:count]))
    away = made([translate(village(n), 0.03) for n in range(9)])
    keys = [one.key for one in layer_place.judge(away, there, LIMITS)]
    assert keys == (["letak_titik_desa"] if count > 4 else [])


@pytest.mark.parametrize(("known_of", "keys"), [
    ({}, ["letak_sebagian"]),
    ({"is_urban": True}, ["letak_titik_kabupaten"]),
    ({"others": {}}, ["letak_titik_kabupaten"]),
    ({"others": {name: (124.64, -9.14 + n / 10) for n, name in enumerate("ABC", 1)}},
     ["letak_sebagian"]),
    ({"others": {name: (124.64, -9.14 + n / 100) for n, name in enumerate("ABC", 1)}},
     ["letak_titik_kabupaten"]),  # its ground reaches 3 km
])  # fmt: skip
def test_a_small_layer_may_be_a_part_of_its_district(
    known_of: dict[str, object], keys: list[str]
) -> None:
    around = {"A": (124.3, -9.1), "B": (125.2, -9.2), "C": (124.6, -8.5)}
    away = replace(KNOWN, middle=(124.64, -9.14), **{"others": around, **known_of})
    assert [one.key for one in layer_place.judge(made(), away, LIMITS)] == keys


def test_a_layer_of_many_kecamatan_is_no_part() -> None:
    around = {"A": (124.3, -9.1), "B": (125.2, -9.2), "C": (124.6, -8.5)}
    layer = made()
    layer.index = [f"53.04.{n:02}.2001" for n in range(1, 10)]
    away = replace(KNOWN, middle=(124.64, -9.14), others=around)
    assert [o.key for o in layer_place.judge(layer, away, LIMITS)] == ["letak_titik_kabupaten"]
