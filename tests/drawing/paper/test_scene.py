"""Boxes, paths and their values on paper."""

from __future__ import annotations

import pytest
import shapely

from fsva.core.box import Box
from fsva.drawing.paper import fonts, scene
from fsva.drawing.paper.scene import Layer, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from tests.places.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
BOX = Box(10, 20, 30, 40)


def test_a_box_knows_its_edges() -> None:
    assert (BOX.right, BOX.top, BOX.centre) == (40, 60, (25, 40))
    assert BOX.inset(5) == Box(15, 25, 20, 30)
    assert shapely.area(BOX.polygon()) == 1200


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (Box(39, 59, 5, 5), True),
        (Box(15, 25, 1, 1), True),
        (Box(40, 20, 5, 5), False),
        (Box(10, 60, 5, 5), False),
        (Box(0, 0, 100, 100), True),
    ],
)
def test_boxes_that_only_touch_do_not_overlap(other: Box, overlap: bool) -> None:
    assert BOX.overlaps(other) is overlap
    assert other.overlaps(BOX) is overlap


def test_a_path_of_polygons_has_all_rings_closed() -> None:
    holed = shapely.Polygon(BOX.polygon().exterior, [Box(15, 25, 5, 5).polygon().exterior])
    shape = scene.shape_of(shapely.MultiPolygon([holed, Box(50, 0, 1, 1).polygon()]))
    assert shape.closed
    assert len(shape.parts) == 3
    assert all((part[0] == part[-1]).all() for part in shape.parts)


def test_a_path_of_lines_stays_open() -> None:
    shape = scene.shape_of(shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3), (4, 2)]]))
    assert not shape.closed
    assert sorted(len(part) for part in shape.parts) == [2, 3]


def test_a_path_does_not_depend_on_where_a_ring_starts() -> None:
    ring = [(0, 0), (2, 0), (2, 2), (0, 2)]
    turned = ring[2:] + ring[:2]
    first, second = (scene.shape_of(shapely.Polygon(points)).parts[0] for points in (ring, turned))
    assert first.tolist() == second.tolist()


def test_texts_of_a_sheet_come_in_drawing_order() -> None:
    layers = (Layer("a", (Text("1", 0, 0, 7),)), Layer("b", (Text("2", 0, 0, 7),)))
    assert [t.text for t in Sheet(10, 10, "t", "id", layers).texts()] == ["1", "2"]


@pytest.mark.parametrize(("align", "left"), [("left", 0.0), ("centre", -0.5), ("right", -1.0)])
def test_the_paper_of_a_text_follows_its_alignment(align: scene.Align, left: float) -> None:
    text = Text("Bolgy", 50, 60, 10, align=align)
    width = fonts.text_width(text, FACES)
    box = text_box(text, FACES)
    assert box.left == pytest.approx(50 + left * width)
    assert box.width == pytest.approx(width)
    assert box.bottom < 60 < box.top


def test_letters_without_descenders_stand_on_the_line() -> None:
    assert text_box(Text("Belu", 50, 60, 10), FACES).bottom == 60


def test_the_paper_of_an_upright_text_is_turned() -> None:
    level, upright = (text_box(Text("Belu", 0, 0, 10, angle=a), FACES) for a in (0, 90))
    assert (upright.width, upright.height) == pytest.approx((level.height, level.width))
    # Reading upwards, the letters' tops point left.
    assert upright.left == pytest.approx(-level.top)
