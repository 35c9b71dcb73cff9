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

from fsva.config.styles import locator_windows, placement_limits
from fsva.core.columns import ROW
from fsva.core.message_values import Quantity, Spot
from fsva.villages import placement
from fsva.villages.placement import Earth
from tests.places import small

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
