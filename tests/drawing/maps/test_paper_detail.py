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


def test_a_layer_of_few_points_is_drawn_as_it_is() -> None:
    villages = shape_table_of(small.layer())
    assert paper_detail.coarse(villages, LAYOUT) is None


def test_many_points_become_few_on_the_same_borders(dense: ShapeTable) -> None:
    coarse = paper_detail.coarse(dense, LAYOUT)
    assert coarse is not None
    assert coarse.villages.codes == dense.codes
    points = [shapely.get_num_coordinates(t.geometry).sum() for t in (dense, coarse.villages)]
    assert points[0] >= MANY > 5 * points[1]
    assert shapely.coverage_is_valid(coarse.villages.geometry)
    changed = shapely.symmetric_difference(dense.geometry, coarse.villages.geometry)
    assert (shapely.area(changed) <= coarse.metres * shapely.length(dense.geometry)).all()


def test_the_main_map_is_the_same_to_what_it_shows(dense: ShapeTable) -> None:
    coarse = paper_detail.coarse(dense, LAYOUT)
    assert coarse is not None
    rules, box = LAYOUT.map, LAYOUT.boxes.box("map")
    main = panels.fit(dense.total_bounds, dense.crs, box, rules.denominators, rules.margin)
    direct, chained = (
        district.whole(villages, main, rules.tolerance) for villages in (dense, coarse.villages)
    )
    assert coarse.metres == pytest.approx(rules.tolerance / main.mm_per_metre / 2)
    differs = shapely.area(shapely.symmetric_difference(direct.areas, chained.areas))
    assert (differs <= rules.tolerance * shapely.length(direct.areas)).all()


def test_a_finer_map_takes_the_villages_as_they_are(dense: ShapeTable) -> None:
    studio = replace(belu.made().studio, villages=dense)
    coarse = paper_detail.coarse(dense, studio.layout)
    assert coarse is not None
    assert studio.villages_for(0.9 * coarse.metres) is dense
    found = studio.villages_for(coarse.metres).geometry
    assert shapely.get_num_coordinates(found).sum() < MANY / 5
