"""Where villages lie: windows, sea, villages far off, spikes, and shapes too small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon
from shapely.affinity import scale, translate

from fsva.config.styles import gazetteer, locator_windows, placement_limits
from fsva.core.columns import ROW
from fsva.core.message_values import Quantity, Spot
from fsva.villages.placement import Earth
from tests.places import small
from tests.places.framed import placement

WINDOW = (118.7, -11.2, 125.6, -7.9)
LIMITS = placement_limits.load(small.ROOT / "styles" / placement_limits.FILE_NAME)
# An island under the whole place, and another 50 km north of it.
LAND = shapely.union_all(
    [shapely.box(123.8, -9.4, 124.3, -8.95), shapely.box(123.8, -8.6, 124.3, -8.2)]
)
EARTH = Earth(WINDOW, LAND)


def villages() -> gpd.GeoDataFrame:
    return small.layer().to_crs(4326).assign(**{ROW: range(1, 13)})


def judged(layer: gpd.GeoDataFrame, earth: Earth = EARTH) -> list[tuple[str, int | None]]:
    return [(one.key, one.row) for one in placement.judge(layer, earth, LIMITS)]


def moved(n: int, change: Callable[[shapely.Geometry], shapely.Geometry]) -> gpd.GeoDataFrame:
    layer = villages()
    shapes = layer.geometry.to_list()
    shapes[n] = change(shapes[n])
    return layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))


def test_a_sound_layer_is_not_odd() -> None:
    assert judged(villages()) == []
    assert judged(villages(), replace(EARTH, land=None)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda s: scale(s, 1, -1, origin=(0, 0)),  # the sign of its latitudes lost
        lambda s: translate(s, 6),  # UTM zone 52 for 51
        lambda s: translate(s, -12),
        lambda s: shapely.transform(s, lambda points: points[:, ::-1]),  # exchanged
    ],
)
def test_a_layer_outside_its_province_is_one_oddity(
    change: Callable[[shapely.Geometry], shapely.Geometry],
) -> None:
    layer = villages()
    layer = layer.set_geometry(layer.geometry.map(change))
    assert judged(layer) == [("letak_lapisan", None)]


def test_a_layer_at_sea_is_one_oddity() -> None:
    """UTM zone 50 for 51 may still lie within the window of a wide province."""
    layer = villages()
    large = layer.set_geometry(layer.scale(1.2, 1.2, origin=(124, -9.1)))
    assert judged(large.set_geometry(large.translate(-3))) == [("letak_laut_lapisan", None)]
    islets = layer.set_geometry(layer.scale(0.9, 0.9, origin=(124, -9.1)))
    assert judged(islets.set_geometry(islets.translate(-3))) == []  # too small for coarse land


def test_a_layer_of_islands_with_their_sea_is_in_its_place() -> None:
    """Wakatobi with four kilometres of sea around its islands was called a layer at sea."""
    layer = villages()
    large = layer.set_geometry(layer.scale(1.2, 1.2, origin=(124, -9.1)).translate(-3))
    at_home = replace(EARTH, middle=(120.99, -9.1))
    assert judged(large, at_home) == []
    assert judged(large, replace(EARTH, middle=(124.0, -9.1))) == [("letak_laut_lapisan", None)]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda s: translate(s, -124, 9.1), "letak_provinsi"),  # 0, 0
        (lambda s: translate(s, -14, 2), "letak_provinsi"),
        (lambda s: translate(s, 0, 18), "letak_provinsi"),
        (lambda s: translate(s, 1.4, -1.0), "letak_jauh"),  # in the province, 180 km off
        (lambda s: translate(s, 0.23, -0.21), "letak_jauh"),  # on the same island, 20 km off
    ],
)
@pytest.mark.parametrize("n", [0, 4, 11])
def test_a_village_elsewhere_is_named_with_its_row(
    change: Callable[[shapely.Geometry], shapely.Geometry], key: str, n: int
) -> None:
    assert judged(moved(n, change)) == [(key, n + 1)]


KECAMATAN = ("53.04.01", "53.04.02", "53.04.03")


@pytest.mark.parametrize(("apart", "is_told"), [
    (KECAMATAN[:1], False), (KECAMATAN[1:2], False), (KECAMATAN[:2], False),
])  # fmt: skip
def test_whole_kecamatan_may_lie_apart_in_a_layer_of_few(
    apart: tuple[str, ...], is_told: bool
) -> None:
    """As the first kecamatan by their codes do; a village away from its kecamatan does not."""
    layer = villages()
    shapes = [
        translate(shape, 0.23, -0.21) if code[:8] in apart else shape
        for code, shape in layer.geometry.items()
    ]
    layer = layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))
    assert bool(judged(layer)) is is_told


def test_a_kecamatan_apart_from_many_others_is_named() -> None:
    layer = villages()
    layer.index = [f"53.04.{1 + n // 2:02}.20{n:02}" for n in range(12)]
    shapes = [translate(s, 0.23, -0.21) if n < 2 else s for n, s in enumerate(layer.geometry)]
    away = layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))
    assert judged(away) == [("letak_jauh", 1), ("letak_jauh", 2)]


@pytest.mark.parametrize(
    ("way", "is_told"),
    [((0.23, -0.21), True), ((0.05, 0.0), False), ((0.0, 0.7), False), ((1.4, -1.0), True)],
)
def test_a_part_of_a_village_far_off_is_named_with_its_place(
    way: tuple[float, float], is_told: bool
) -> None:
    """On the land of its village, or far from all; not a few kilometres off or on an island."""
    layer = moved(4, lambda s: shapely.union_all([s, translate(scale(s, 0.5, 0.5), *way)]))
    found = placement.judge(layer, EARTH, LIMITS)
    assert [(one.key, one.row) for one in found] == ([("letak_jauh", 5)] if is_told else [])
    if is_told:
        middle = villages().geometry.iloc[4].centroid
        assert isinstance(found[0].found, Spot)
        assert found[0].found.latitude == pytest.approx(middle.y + way[1], abs=0.01)


def test_a_village_on_another_island_is_not_odd() -> None:
    assert judged(moved(10, lambda s: translate(s, 0, 0.7))) == []


def test_a_large_village_at_sea_is_named() -> None:
    big = shapely.box(124.4, -9.3, 124.5, -9.2)
    assert judged(moved(10, lambda _: big)) == [("letak_laut", 11)]


@pytest.mark.parametrize("tip", [(0.0, 0.0), (124.5, -9.1), (124.0, -9.2), (123.5, -8.0)])
@pytest.mark.parametrize("width", [1, 3])
def test_a_spike_is_named_with_its_tip(tip: tuple[float, float], width: int) -> None:
    def stray(shape: shapely.Geometry) -> shapely.Geometry:
        points = shapely.get_coordinates(shape.exterior)
        points[5 : 5 + width] = np.array(tip) + np.arange(width)[:, None] * 1e-4
        return Polygon(points)

    found = placement.judge(moved(0, stray), EARTH, LIMITS)
    assert [(one.key, one.row) for one in found] == [("bentuk_runcing", 1)]
    spot = found[0].found
    assert isinstance(spot, Spot)
    assert (spot.longitude, spot.latitude) == pytest.approx(tip, abs=0.01)


@pytest.mark.parametrize("side_m", [0.01, 1, 20])
def test_a_village_of_centimetres_is_named(side_m: float) -> None:
    degrees = side_m / 111e3
    tiny = shapely.box(124.0, -9.1, 124.0 + degrees, -9.1 + degrees)
    found = placement.judge(moved(2, lambda _: tiny), EARTH, LIMITS)
    assert [(one.key, one.row) for one in found] == [("bentuk_kecil", 3)]
    area = found[0].found
    assert isinstance(area, Quantity)
    assert (area.value, area.unit) == (pytest.approx(side_m**2, rel=0.1), "m2")


@pytest.mark.parametrize("points", [3, 12, 200])
@pytest.mark.parametrize("foot", [0.0, 0.004])
@pytest.mark.parametrize("length", [0.08, 0.3])
def test_a_spike_of_many_points_is_named(points: int, foot: float, length: float) -> None:
    def stray(shape: shapely.Geometry) -> shapely.Geometry:
        ring = shapely.get_coordinates(shape.exterior)
        start, tip = ring[5], ring[5] + np.array([-length, length / 4])
        there = np.linspace(start, tip, points)
        back = np.linspace(tip, start + np.array([0, foot]), points)
        return Polygon([*ring[:5], *there, *back, *ring[6:]])

    found = judged(moved(0, stray), replace(EARTH, land=None))
    assert found == [("bentuk_runcing", 1)]


@pytest.mark.parametrize("code", ["61.01", "14.01", "72.10"])
@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda s: scale(s, 1, -1, origin=(0, 0)), "letak_cermin"),
        (lambda s: translate(s, 6), "letak_zona"),
        (lambda s: translate(s, -6), "letak_zona"),
        (lambda s: s, None),
        (lambda s: translate(s, 1.1, 0.7), None),  # another place is none of these mistakes
    ],
)
def test_a_mistake_within_the_window_is_told_by_the_place_of_the_kabupaten(
    code: str, change: Callable[[shapely.Geometry], shapely.Geometry], key: str | None
) -> None:
    """A province on both sides of the equator, or wide, has room for both places."""
    middle = gazetteer.load().point(code)
    assert middle is not None
    here = villages()
    away = (middle[0] - 124.0, middle[1] + 9.13)
    placed = here.set_geometry(here.translate(*away).map(change))
    earth = Earth((90, -20, 150, 20), None, (middle[0], middle[1] or 1.0))
    assert judged(placed, earth) == ([(key, None)] if key else [])


def drawn_by_hand() -> gpd.GeoDataFrame:
    """Return the layer with borders that wind, as real ones do, and differ from each other."""
    layer = villages()

    def wind(points: np.ndarray) -> np.ndarray:
        x, y = (points * 1e3).T
        return points + 4e-4 * np.column_stack([np.sin(7 * x + y * y), np.cos(5 * y + 2 * x * x)])

    return layer.set_geometry(gpd.GeoSeries(shapely.transform(layer.geometry.to_numpy(), wind),
                                            layer.index, crs=4326))  # fmt: skip


@pytest.mark.parametrize("way", [(0.003, 0.001), (-0.05, 0.03), (0.6, -0.4)])
@pytest.mark.parametrize("n", [0, 4, 7])
def test_a_village_that_was_moved_is_told_by_its_border(n: int, way: tuple[float, float]) -> None:
    layer = drawn_by_hand()
    assert judged(layer, replace(EARTH, land=None)) == []
    shapes = layer.geometry.to_list()
    shapes[n] = shapely.transform(translate(shapes[n], *way), lambda points: points.round(7))
    away = layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))
    (found,) = placement.judge(away, replace(EARTH, land=None), LIMITS)
    assert (found.key, found.row) == ("letak_bergeser", n + 1)
    km = found.facts["km"]
    assert isinstance(km, Quantity)
    across = 111.2 * np.cos(np.radians(9.13))
    assert km.value == pytest.approx(np.hypot(way[0] * across, way[1] * 111.2), rel=0.01)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (4, 7), (3, 8)])
def test_villages_that_changed_places_are_both_told(one: int, other: int) -> None:
    layer = drawn_by_hand()
    shapes = layer.geometry.to_list()
    for here, there in ((one, other), (other, one)):
        a, b = layer.geometry.iloc[here].centroid, layer.geometry.iloc[there].centroid
        shapes[here] = translate(shapes[here], b.x - a.x, b.y - a.y)
    away = layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))
    found = judged(away, replace(EARTH, land=None))
    assert {("letak_bergeser", one + 1), ("letak_bergeser", other + 1)} <= set(found)


def test_equal_shapes_beside_each_other_are_no_move() -> None:
    """Squares of one size have the same sides everywhere."""
    boxes = [shapely.box(124 + x / 50, -9.1 + y / 50, 124.02 + x / 50, -9.08 + y / 50)
             for x in range(4) for y in range(3)]  # fmt: skip
    layer = villages().set_geometry(gpd.GeoSeries(boxes, villages().index, crs=4326))
    assert judged(layer, replace(EARTH, land=None)) == []


@cache
def coarse_land() -> gpd.GeoSeries:
    return gpd.read_file(small.ROOT / "boundaries" / "konteks" / "daratan.geojson").geometry


@pytest.mark.shared
@pytest.mark.parametrize("name", ["11.08", "31.01", "36.72", "53.03", "53.04", "53.21", "74.07"])
def test_real_layers_are_not_odd(name: str, shared_dir: Path) -> None:
    (file,) = (shared_dir / "boundaries").glob(f"desa_{name}_*")
    layer = gpd.read_file(file).set_index("kode")
    layer[ROW] = range(1, len(layer) + 1)
    windows = locator_windows.load(small.ROOT / "styles" / locator_windows.FILE_NAME)
    land = shapely.union_all([shapely.clip_by_rect(p, *layer.total_bounds) for p in coarse_land()])
    assert placement.judge(layer, Earth(windows[name[:2]], land), LIMITS) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["11.08", "36.72", "53.03", "53.04", "53.21"])
def test_a_real_village_that_was_moved_is_told(name: str, shared_dir: Path) -> None:
    (file,) = (shared_dir / "boundaries").glob(f"desa_{name}_*")
    layer = gpd.read_file(file).set_index("kode")
    layer[ROW] = range(1, len(layer) + 1)
    n = int(np.argmax(shapely.get_num_coordinates(layer.geometry.to_numpy())))
    shapes = layer.geometry.to_list()
    shapes[n] = translate(shapes[n], 0.02, 0.01)
    away = layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))
    windows = locator_windows.load(small.ROOT / "styles" / locator_windows.FILE_NAME)
    found = judged(away, Earth(windows[name[:2]], None))
    assert ("letak_bergeser", n + 1) in found
