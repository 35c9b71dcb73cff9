"""Names: inside their areas, else across a border, else a number; never over one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.figures import fonts, labels, wording
from pipeline.figures.labels import Candidates
from pipeline.figures.scene import Box
from pipeline.figures.wording import Placed
from tests.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
SIZES = (7.0, 6.5, 6.0)
NUMBER = wording.number_wording(FACES, "bold", 6.0)


def places(
    areas: Sequence[shapely.Geometry], names: Sequence[str], *, numbers: bool = True
) -> Candidates:
    ways = [wording.wordings(name, FACES, "regular", SIZES) for name in names]
    return labels.candidates(np.array(areas, dtype=object), ways, NUMBER if numbers else None)


def only(area: shapely.Geometry, name: str) -> Placed:
    return places([area], [name]).best()[0]


def test_a_name_is_tried_large_and_in_one_line_first() -> None:
    ways = wording.wordings("Mandeu Raimanus Timur", FACES, "regular", SIZES)
    assert [w.size_pt for w in ways] == [7, 7, 6.5, 6.5, 6, 6]
    assert ways[0].lines == ("Mandeu Raimanus Timur",)
    assert ways[1].lines in (("Mandeu", "Raimanus Timur"), ("Mandeu Raimanus", "Timur"))
    assert ways[1].width < ways[0].width
    assert ways[1].height > ways[0].height
    assert [w.lines for w in wording.wordings("Teun", FACES, "regular", SIZES)] == [("Teun",)] * 3


def test_a_name_with_room_stands_inside_at_the_largest_size() -> None:
    area = shapely.box(0, 0, 30, 20)
    placed = only(area, "Fatuketi")
    assert placed.wording.size_pt == 7
    assert shapely.within(placed.box.polygon(), area)


def test_a_narrow_area_gets_a_smaller_or_broken_name() -> None:
    width = wording.wordings("Lamak Senulu", FACES, "regular", SIZES)[0].width
    placed = only(shapely.box(0, 0, width * 0.75, 12), "Lamak Senulu")
    assert placed.wording.lines == ("Lamak", "Senulu")


def test_a_name_slightly_too_wide_crosses_the_border_with_its_smaller_part() -> None:
    way = wording.wordings("Fatubenao", FACES, "regular", SIZES)[-1]
    area = shapely.box(0, 0, way.width * 0.9, 8)
    placed = only(area, "Fatubenao")
    assert placed.wording.lines == ("Fatubenao",)
    inside = shapely.area(shapely.intersection(placed.box.polygon(), area))
    assert inside / shapely.area(placed.box.polygon()) >= labels.CROSSING_SHARE - 0.05


def test_a_tiny_area_gets_a_number_inside() -> None:
    area = shapely.box(10, 10, 14, 14)
    placed = only(area, "Tulamalae")
    assert placed.wording.lines == ()
    assert shapely.within(placed.box.polygon(), area)


def test_without_numbers_a_tiny_area_gets_nothing() -> None:
    assert places([shapely.box(0, 0, 2, 2)], ["Tulamalae"], numbers=False).best() == {}


def test_an_empty_area_gets_no_place() -> None:
    empty = shapely.Polygon()
    assert set(places([empty, shapely.box(0, 0, 30, 20)], ["A", "B"]).best()) == {1}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(7, 22), min_size=3, max_size=7), st.floats(4, 12))
def test_names_of_neighbours_do_not_overlap(widths: list[float], height: float) -> None:
    edges = np.cumsum([0.0, *widths])
    areas = [shapely.box(a, 0, b, height) for a, b in pairwise(edges)]
    names = ["Manuaman", "Rinbesi", "Lidak", "Fatukbot", "Beirafu", "Berdao", "Umanen"]
    placed = places(areas, names[: len(areas)]).best()
    assert sorted(placed) == list(range(len(areas)))
    named = [place for place in placed.values() if place.wording.lines]
    assert not any(a.box.overlaps(b.box) for a, b in combinations(named, 2))


def test_a_large_name_leaves_room_for_the_small_ones() -> None:
    # Above one another; the large name has to go where the small ones are not.
    areas = [shapely.box(0, 0, 40, 7), shapely.box(0, 7, 40, 30)]
    below = places(areas, ["Lakmaras", "Loonuna"])
    large = wording.wordings("LAMAKNEN", FACES, "bold", [7.6])
    whole = np.array([shapely.union_all(areas)], dtype=object)
    (placed,), left = labels.place_over(whole, [large], below)
    small = left.best()
    assert len(small) == 2
    assert all(place.wording.lines for place in small.values())
    assert not any(placed.box.overlaps(place.box) for place in small.values())


def test_lines_of_a_name_stand_centred_one_above_the_other() -> None:
    way = wording.wordings("Lutha Rato", FACES, "regular", SIZES)[1]
    placed = Placed(way, 20, 10)
    first, second = placed.texts("regular", "#000000", None)
    assert (first.text, second.text) == ("Lutha", "Rato")
    assert first.x == second.x == 20
    assert first.y > second.y
    assert first.align == "centre"
    middle = (first.y + fonts.CAP_HEIGHT * way.size_pt * 25.4 / 72 + second.y) / 2
    assert middle == pytest.approx(10, abs=0.01)
    assert placed.box == Box(20 - way.width / 2, 10 - way.height / 2, way.width, way.height)


def test_a_number_stands_at_the_middle_of_the_largest_part() -> None:
    area = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(10, 10, 14, 14)])
    assert labels.inner_point(area) == pytest.approx((12, 12), abs=0.3)
