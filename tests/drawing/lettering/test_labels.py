"""Names: inside their areas, else across a border, else a number; never over one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from fsva.core.box import Box
from fsva.drawing.lettering import labels, labels_over, typesetting
from fsva.drawing.lettering.labels import Candidates
from fsva.drawing.lettering.typesetting import Placed
from fsva.drawing.paper import fonts
from fsva.drawing.paper.text_boxes import text_area
from tests.places import examples
from tests.places.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
SIZES = (7.0, 6.5, 6.0)
NUMBER = typesetting.number_wording(FACES, "bold", 6.0)


def places(
    areas: Sequence[shapely.Geometry], names: Sequence[str], *, numbers: bool = True
) -> Candidates:
    ways = [typesetting.wordings(name, FACES, "regular", SIZES) for name in names]
    return labels.candidates(np.array(areas, dtype=object), ways, NUMBER if numbers else None)


def only(area: shapely.Geometry, name: str) -> Placed:
    return places([area], [name]).best()[0]


def test_a_name_is_tried_large_and_in_one_line_first() -> None:
    ways = typesetting.wordings("Mandeu Raimanus Timur", FACES, "regular", SIZES)
    assert [w.size_pt for w in ways] == [7, 7, 6.5, 6.5, 6, 6]
    assert ways[0].lines == ("Mandeu Raimanus Timur",)
    assert ways[1].lines in (("Mandeu", "Raimanus Timur"), ("Mandeu Raimanus", "Timur"))
    assert ways[1].width < ways[0].width
    assert ways[1].height > ways[0].height
    for name in ("Teun", "N i a n"):
        assert [w.lines for w in typesetting.wordings(name, FACES, "regular", SIZES)] == [
            (name,)
        ] * 3


def test_a_name_with_room_stands_inside_at_the_largest_size() -> None:
    area = shapely.box(0, 0, 30, 20)
    placed = only(area, "Fatuketi")
    assert placed.wording.size_pt == 7
    assert shapely.within(placed.box.polygon(), area)


def test_a_narrow_area_gets_a_smaller_or_broken_name() -> None:
    width = typesetting.wordings("Lamak Senulu", FACES, "regular", SIZES)[0].width
    placed = only(shapely.box(0, 0, width * 0.75, 12), "Lamak Senulu")
    assert placed.wording.lines == ("Lamak", "Senulu")


def test_a_name_slightly_too_wide_does_not_cross_the_border() -> None:
    way = typesetting.wordings("Fatubenao", FACES, "regular", SIZES)[-1]
    area = shapely.box(0, 0, way.width * 0.95, 8)
    assert only(area, "Fatubenao").wording.lines == ()


@pytest.mark.parametrize("degrees", [-70, -40, 20, 65, 88])
def test_a_name_follows_a_long_area(degrees: float) -> None:
    way = typesetting.wordings("Fatubenao", FACES, "regular", SIZES)[0]
    flat = shapely.box(0, 0, way.width * 1.2, way.height * 1.6)
    area = shapely.affinity.rotate(flat, degrees)
    placed = only(area, "Fatubenao")
    assert placed.wording.lines == ("Fatubenao",)
    assert placed.angle == pytest.approx(90 if degrees > 75 else degrees, abs=0.1)
    if degrees <= 75:
        assert shapely.covers(area, placed.area())
    (text,) = placed.texts("regular", "#000000", None)
    ink = text_area(text, FACES)
    assert shapely.area(shapely.intersection(ink, placed.area())) > 0.97 * shapely.area(ink)


def test_a_name_that_fits_level_is_not_slanted() -> None:
    area = shapely.affinity.rotate(shapely.box(0, 0, 60, 20), 30)
    assert only(area, "Fatubenao").angle == 0


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


@examples.one_in(2)
@given(st.lists(st.floats(7, 22), min_size=3, max_size=7), st.floats(4, 12))
def test_names_of_neighbours_do_not_overlap(widths: list[float], height: float) -> None:
    edges = np.cumsum([0.0, *widths])
    areas = [shapely.box(a, 0, b, height) for a, b in pairwise(edges)]
    names = ["Manuaman", "Rinbesi", "Lidak", "Fatukbot", "Beirafu", "Berdao", "Umanen"]
    placed = places(areas, names[: len(areas)]).best()
    assert sorted(placed) == list(range(len(areas)))
    assert all(shapely.covers(areas[n], place.area()) for n, place in placed.items())
    papers = [place.area(-1e-6) for place in placed.values()]
    assert not any(shapely.intersects(a, b) for a, b in combinations(papers, 2))


def test_a_large_name_leaves_room_for_the_small_ones() -> None:
    # Above one another; the large name has to go where the small ones are not.
    areas = [shapely.box(0, 0, 40, 7), shapely.box(0, 7, 40, 30)]
    below = places(areas, ["Lakmaras", "Loonuna"])
    large = typesetting.wordings("LAMAKNEN", FACES, "bold", [7.6])
    whole = np.array([shapely.union_all(areas)], dtype=object)
    frame = Box(-50, -50, 200, 200)
    placed_by, left = labels_over.place_over(whole, [large], below, whole[0], frame)
    placed, small = placed_by[0], left.best()
    assert len(small) == 2
    assert all(place.wording.lines for place in small.values())
    assert not any(placed.box.overlaps(place.box) for place in small.values())


def test_lines_of_a_name_stand_centred_one_above_the_other() -> None:
    way = typesetting.wordings("Lutha Rato", FACES, "regular", SIZES)[1]
    placed = Placed(way, 20, 10)
    first, second = placed.texts("regular", "#000000", None)
    assert (first.text, second.text) == ("Lutha", "Rato")
    assert first.x == second.x == 20
    assert first.y > second.y
    assert first.align == "centre"
    ink = shapely.union(text_area(first, FACES), text_area(second, FACES)).bounds
    assert ink == pytest.approx(placed.area().bounds, abs=0.01)
    assert ink[0] + ink[2] == pytest.approx(40, abs=0.01)


def test_paper_below_the_base_line_is_taken_only_by_letters_that_reach_there() -> None:
    deep, flat = (
        typesetting.wordings(n, FACES, "regular", SIZES)[0] for n in ("Kenebibi g", "Kenebibi")
    )
    assert deep.height - flat.height == pytest.approx(fonts.DESCENT * 7 * 25.4 / 72)


def test_a_number_stands_at_the_middle_of_the_largest_part() -> None:
    area = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(10, 10, 14, 14)])
    assert labels.inner_point(area) == pytest.approx((12, 12), abs=0.3)
