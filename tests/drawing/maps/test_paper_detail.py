"""Layers of very many points are simplified once for all maps of the whole district."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from fsva.config.styles import layout
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.maps import district, paper_detail
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.sources.plain.shape_table import ShapeTable
from tests.places import belu, small
from tests.places.framed import shape_table_of
from tests.places.small import ROOT

LAYOUT = layout.load(ROOT / "styles" / "layouts" / "a4-mendatar.toml", small.THEME)
STEP_M = 2.5  # between two points of a border
MANY = 50_000


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call a tenth of the points many, so that the tests are quick."""
    monkeypatch.setattr(paper_detail, "_MANY_POINTS", MANY)


@pytest.fixture(scope="module")
def dense() -> ShapeTable:
    """Return the twelve villages with very many points, waves of three metres among them."""
    layer = small.layer().rename(columns={"nama": UNIT})
    layer[PARENT] = small.KECAMATAN
    villages = shape_table_of(layer)
    points = shapely.segmentize(villages.geometry, STEP_M)

    def waved(xy: np.ndarray) -> np.ndarray:
        return xy + 3 * np.sin(xy[:, ::-1] / 40)

    return villages.with_geometry(shapely.transform(points, waved))


def main_panel(villages: ShapeTable) -> Panel:
    """Return the panel of a map of the whole."""
    rules, box = LAYOUT.map, LAYOUT.boxes.box("map")
    return panels.fit(villages.total_bounds, villages.crs, box, rules.denominators, rules.margin)


def test_a_layer_of_few_points_is_drawn_as_it_is() -> None:
    villages = shape_table_of(small.layer())
    levels = paper_detail.levels(villages, LAYOUT)
    assert not levels.are_used
    assert levels.of_whole is villages
    assert levels.simple(1e6) is None


def test_many_points_become_few_on_the_same_borders(dense: ShapeTable) -> None:
    levels = paper_detail.levels(dense, LAYOUT)
    assert levels.finest == pytest.approx(LAYOUT.map.tolerance / main_panel(dense).mm_per_metre)
    simple = levels.of_whole
    assert simple.codes == dense.codes
    points = [shapely.get_num_coordinates(t.geometry).sum() for t in (dense, simple)]
    assert points[0] >= MANY > 5 * points[1]
    assert shapely.coverage_is_valid(simple.geometry)
    changed = shapely.symmetric_difference(dense.geometry, simple.geometry)
    assert (shapely.area(changed) <= levels.finest * shapely.length(dense.geometry)).all()


def test_the_main_map_shows_the_layer_simplified_once(dense: ShapeTable) -> None:
    studio, main = replace(belu.made().studio, villages=dense, layout=LAYOUT), main_panel(dense)
    villages, left = studio.villages_for(main, LAYOUT.map.tolerance)
    assert left is None
    drawn = district.whole(villages, main, left)
    direct = district.whole(dense, main, LAYOUT.map.tolerance)
    assert shapely.equals_exact(drawn.areas, direct.areas).all()


@pytest.mark.parametrize(("times", "level"), [(1.0, 0), (3.9, 0), (4.0, 1), (15.0, 1), (16.0, 2)])
def test_a_smaller_map_takes_a_level_that_is_fine_enough(
    dense: ShapeTable, times: float, level: int
) -> None:
    levels = paper_detail.levels(dense, LAYOUT)
    assert levels.finest is not None
    found = levels.simple(times * levels.finest)
    expected = dense.geometry
    for n in range(level + 1):
        expected = shapely.coverage_simplify(expected, levels.finest * 4**n)
    assert found is not None
    assert shapely.equals_exact(found.geometry, expected).all()


def test_a_level_is_the_same_whoever_asks_first(dense: ShapeTable) -> None:
    one, other = paper_detail.levels(dense, LAYOUT), paper_detail.levels(dense, LAYOUT)
    assert one.finest is not None
    main, small = one.of_whole, one.simple(5 * one.finest)
    late = other.simple(5 * one.finest)
    assert small is not None
    assert late is not None
    assert shapely.equals_exact(small.geometry, late.geometry).all()
    assert shapely.equals_exact(main.geometry, other.of_whole.geometry).all()


def test_a_finer_map_takes_the_villages_as_they_are(dense: ShapeTable) -> None:
    studio = replace(belu.made().studio, villages=dense, layout=LAYOUT)
    main = main_panel(dense)
    assert studio.villages_for(main, 0.9 * LAYOUT.map.tolerance) == (
        dense,
        0.9 * LAYOUT.map.tolerance,
    )


def test_other_villages_have_levels_of_their_own(dense: ShapeTable) -> None:
    studio = replace(belu.made().studio, villages=dense, layout=LAYOUT)
    given = replace(studio, detail=paper_detail.levels(dense, LAYOUT))
    assert given.levels is given.detail
    half = dense.rows(np.arange(len(dense)) < len(dense) / 2)
    assert replace(given, villages=half).levels.villages is half
