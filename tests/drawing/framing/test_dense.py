"""Insets for villages that are too small on the main map for the colour of their class."""

from __future__ import annotations

from itertools import product

import geopandas as gpd
import numpy as np
import pytest
import shapely

from fsva.config.styles import layout
from fsva.drawing.framing import dense, packing
from fsva.drawing.maps import panel as panels
from tests.places import kepulauan, small
from tests.places.framed import frames

LAYOUTS = {
    name: layout.load(small.ROOT / "styles" / "layouts" / f"{name}.toml", small.THEME)
    for name in ("a4-mendatar", "a4-tegak", "a3-mendatar", "salindia", "kolom-tegak")
}


def with_a_city(side: float, count: int) -> gpd.GeoDataFrame:
    """Return four kecamatan of 40 km, one with a town of small squares in its corner."""
    town = [
        shapely.box(x * side, y * side, (x + 1) * side, (y + 1) * side)
        for x, y in product(range(count), repeat=2)
    ]
    rural = [shapely.box(x, y, x + 4e4, y + 2e4) for x, y in product((0.0, 4e4), (0.0, 2e4))]
    rural[0] = shapely.difference(rural[0], shapely.union_all(town))
    areas = [shapely.affinity.translate(one, 5e5, 9e6) for one in (*rural, *town)]
    codes = [f"53.01.01.{2001 + n}" for n in range(len(areas))]
    return gpd.GeoDataFrame(index=codes, geometry=areas, crs=kepulauan.UTM_52S)


@pytest.mark.parametrize("form", LAYOUTS)
def test_a_town_of_tiny_villages_has_an_inset_that_shows_them(form: str) -> None:
    villages = with_a_city(500.0, 6)
    frame = frames.frame(villages, LAYOUTS[form])
    assert frame.windows
    areas = shapely.area(villages.geometry.to_numpy())
    on_main = areas * frame.panel.mm_per_metre**2
    of_villages = LAYOUTS[form].type.village  # names that grow with the paper; none on a slide
    seen = dense.SEEN_MM2 * (LAYOUTS[form].furniture ** 2 if of_villages else 1)
    assert (on_main < seen).sum() == 36
    shown = on_main.copy()
    for window in frame.windows:
        held = shapely.covers(shapely.box(*window.bounds), villages.geometry.to_numpy())
        scale = panels.MM_PER_M / window.denominator / frame.panel.distortion
        shown[held] = np.maximum(shown[held], areas[held] * scale**2)
    assert (shown < seen).sum() < 36 / 4


@pytest.mark.parametrize("form", LAYOUTS)
def test_the_inset_covers_no_village_and_stands_on_the_map(form: str) -> None:
    villages = with_a_city(500.0, 6)
    frame = frames.frame(villages, LAYOUTS[form])
    land = shapely.union_all(villages.geometry.to_numpy())
    (paper,) = frame.panel.to_paper(np.array([land], dtype=object))
    for window in frame.windows:
        assert frame.panel.box.inset(-1e-6).polygon().covers(window.box.polygon())
        assert not shapely.intersects(window.box.polygon(), paper)
        strip = packing.strip(LAYOUTS[form])
        scale = panels.MM_PER_M / window.denominator / frame.panel.distortion
        west, south, east, north = window.bounds
        assert window.box.width == pytest.approx((east - west) * scale)
        assert window.box.height == pytest.approx((north - south) * scale + strip.height)


def test_on_a3_as_many_villages_have_an_inset_as_on_a4() -> None:
    """Villages of 4 mm2: enough on A4, but not beside the lines and letters of A3."""
    villages = with_a_city(600.0, 6)
    on_a3 = frames.frame(villages, LAYOUTS["a3-mendatar"])
    sizes = shapely.area(villages.geometry.to_numpy()) * on_a3.panel.mm_per_metre**2
    assert 2 * dense.SEEN_MM2 > sizes.min() > dense.SEEN_MM2
    assert len(on_a3.windows) == len(frames.frame(villages, LAYOUTS["a4-mendatar"]).windows) > 0


def test_villages_that_are_large_enough_have_no_inset() -> None:
    frame = frames.frame(with_a_city(2000.0, 4), LAYOUTS["a4-mendatar"])
    assert frame.windows == ()


def test_a_few_tiny_villages_are_left_to_discs() -> None:
    frame = frames.frame(with_a_city(500.0, 2), LAYOUTS["a4-mendatar"])
    assert frame.windows == ()


def test_of_thousands_of_tiny_villages_no_inset_is_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    villages = with_a_city(60.0, 45)

    def sought(*_: object) -> None:
        raise AssertionError("sought")

    monkeypatch.setattr(packing, "room", sought)
    assert frames.frame(villages, LAYOUTS["a4-tegak"]).windows == ()
    with pytest.raises(AssertionError, match="sought"):
        frames.frame(with_a_city(60.0, 44), LAYOUTS["a4-tegak"])
