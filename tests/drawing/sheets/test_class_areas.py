"""Classes of very many villages as one area each: the same paper in the same colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from fsva.config.styles import chart_layouts
from fsva.drawing.maps import district, paper_detail
from fsva.drawing.paper.scene import Mark
from fsva.drawing.sheets import class_areas, overview_maps, sheet
from tests.places import belu
from tests.places.small import ROOT

PLATE = chart_layouts.overview(ROOT / "styles" / chart_layouts.OVERVIEW)
SMALL = PLATE.boxes.box("maps").inset(40)
DETAIL_MM = PLATE.panels.tolerance


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call the points of Belu's schematic layer very many."""
    monkeypatch.setattr(paper_detail, "_MANY_POINTS", 1)


def areas_of(marks: list[Mark]) -> dict[str | None, shapely.Geometry]:
    """Return the paper of each fill; rings of one path are even and odd."""
    found: dict[str | None, shapely.Geometry] = {}
    for mark in marks:
        for part in mark.shape.parts:
            ring = shapely.Polygon(part)
            found[mark.fill] = shapely.symmetric_difference(
                found.get(mark.fill, shapely.Polygon()), ring
            )
    return found


def test_classes_cover_what_their_villages_cover() -> None:
    made = belu.made()
    studio, shown = replace(made.studio, detail=None), made.maps[-1]
    main = sheet.main_panel(studio)
    tolerance = 40 * studio.layout.map.tolerance
    villages, left = studio.villages_for(main, tolerance)
    assert left is None
    drawn = district.whole(villages, main, left)
    items = class_areas.draw(studio, drawn, tolerance, shown, studio.layout)
    fills = areas_of([one for one in items if isinstance(one, Mark) and one.fill])
    colours = sheet.class_colours(studio.method, shown)
    singly: dict[str, list[shapely.Geometry]] = {}
    for code, area in zip(drawn.codes, drawn.areas, strict=True):
        singly.setdefault(colours[code], []).append(area)
    assert fills.keys() == singly.keys()
    for colour, areas in singly.items():
        differs = shapely.symmetric_difference(fills[colour], shapely.union_all(areas))
        assert shapely.area(differs) < 1e-6 * shapely.area(fills[colour])


def test_hatches_lie_within_their_classes() -> None:
    made = belu.made()
    studio, shown = replace(made.studio, detail=None), made.maps[-1]
    main = sheet.main_panel(studio)
    drawn = district.whole(studio.villages, main, studio.layout.map.tolerance)
    items = class_areas.draw(studio, drawn, studio.layout.map.tolerance, shown, studio.layout)
    marks = [one for one in items if isinstance(one, Mark)]
    fills = areas_of([one for one in marks if one.fill])
    of_hatch = {
        hatch.colour: row.colour
        for row in shown.legend
        if (hatch := studio.layout.theme.hatch(row.most_vulnerable))
    }
    hatched = [one for one in marks if one.stroke and not one.fill]
    assert {one.stroke.colour for one in hatched if one.stroke} <= of_hatch.keys()
    assert hatched
    for mark in hatched:
        assert mark.stroke
        lines = shapely.MultiLineString(list(mark.shape.parts))
        around = shapely.buffer(fills[of_hatch[mark.stroke.colour]], 0.01)
        assert shapely.covers(around, lines)


@pytest.mark.parametrize("points", [1, 10**9])
def test_only_villages_that_cannot_be_told_apart_are_drawn_together(
    monkeypatch: pytest.MonkeyPatch, points: int
) -> None:
    monkeypatch.setattr(paper_detail, "_MANY_POINTS", points)
    made = belu.made()
    studio = replace(made.studio, detail=None)
    main = sheet.main_panel(studio)
    large = district.whole(studio.villages, main, studio.layout.map.tolerance)
    assert not class_areas.are_due(studio, large, studio.layout)
    tiny = replace(large, areas=shapely.transform(large.areas, lambda xy: np.divide(xy, 500)))
    assert class_areas.are_due(studio, tiny, studio.layout) == (points == 1)


def test_small_maps_of_few_points_draw_each_village(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_detail, "_MANY_POINTS", 10**9)
    made = belu.made()
    small = overview_maps.prepare(replace(made.studio, detail=None), PLATE, SMALL)
    fills = [i for i in small.draw(made.maps[-1], made.studio, SMALL) if isinstance(i, Mark)]
    assert {one.code for one in fills if one.code} == set(made.maps[-1].priorities)
