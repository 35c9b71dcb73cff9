"""Names as drawn, district by district: apart, in their villages or with a line, all accounted for.

Real layers; every layout that the project ships.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.config.styles import layout
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import tokens
from fsva.drawing.names.arrangement import Arrangement, Town
from fsva.drawing.names.naming import Naming, wordings_of
from fsva.drawing.paper.scene import Mark, Text, bounds
from fsva.drawing.paper.text_boxes import text_area
from tests.places import belu, daerah, small
from tests.places.small import ROOT

LAYOUTS = {
    file.stem: layout.load(file, small.THEME)
    for file in sorted((ROOT / "styles" / "layouts").glob("*.toml"))
}
FORMS = [name for name, form in LAYOUTS.items() if form.type.village]
# Half a pen's width: what a test forgives.
TOLERANCE_MM = 0.05
pytestmark = [pytest.mark.shared, pytest.mark.slow]
Made = tuple[Studio, Arrangement]


# Every district on the first layout, one of them on all.
CASES = [(name, "a4-mendatar") for name in daerah.FILES]
CASES += [("malaka", form) for form in FORMS if form != "a4-mendatar"]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def made(request: pytest.FixtureRequest, shared_dir: Path) -> Made:
    return daerah.arranged(shared_dir, *request.param)


def panels(arranged: Arrangement) -> Iterator[tuple[DrawnDistrict, Naming]]:
    yield arranged.main, arranged.naming
    for town in arranged.towns:
        yield town.district, town.naming


def texts(arranged: Arrangement, naming: Naming, studio: Studio) -> list[Text]:
    items = naming.items(arranged.numbers, studio.layout)
    return [item for item in items if isinstance(item, Text)]


def papers(written: list[Text], studio: Studio) -> shapely.Geometry:
    return np.array([text_area(text, studio.faces) for text in written], dtype=object)


def test_no_two_names_overlap(made: Made) -> None:
    studio, arranged = made
    for _, naming in panels(arranged):
        written = texts(arranged, naming, studio)
        ink = shapely.buffer(papers(written, studio), -TOLERANCE_MM)
        pairs = shapely.STRtree(ink).query(ink, predicate="intersects").T
        assert [(written[i].text, written[j].text) for i, j in pairs.tolist() if i < j] == []


def test_names_stand_in_their_villages_or_at_the_end_of_a_line(made: Made) -> None:
    studio, arranged = made
    for district, naming in panels(arranged):
        areas = dict(zip(district.codes, district.areas, strict=True))
        led = naming.led | naming.led_numbers
        for text in (t for t in texts(arranged, naming, studio) if t.code):
            ink = shapely.buffer(text_area(text, studio.faces), -TOLERANCE_MM)
            if leader := led.get(text.code):
                foot, end = shapely.get_point(leader.line, [0, -1])
                near = 0.0 if leader.has_foot else 0.3
                if disc := naming.discs.get(text.code):
                    ink = shapely.union(ink, shapely.buffer(shapely.Point(disc), tokens.RADIUS_MM))
                assert shapely.distance(areas[text.code], foot) <= near, text.text
                # The plate of a number is wider than its digits.
                most = 2.0 if text.code in naming.led_numbers else 1.5
                assert shapely.distance(end, ink) < most, text.text
            else:
                assert shapely.covers(areas[text.code], ink), text.text


def test_lines_cross_no_name_and_no_other_line(made: Made) -> None:
    studio, arranged = made
    for _, naming in panels(arranged):
        led = naming.led | naming.led_numbers
        written = texts(arranged, naming, studio)
        ink = shapely.STRtree(shapely.buffer(papers(written, studio), -TOLERANCE_MM))
        lines = np.array([leader.line for leader in led.values()], dtype=object)
        for n, line in enumerate(lines):
            crossed = [written[i].text for i in ink.query(line, predicate="intersects")]
            assert crossed == []
            assert not shapely.intersects(line, np.delete(lines, n)).any()


def test_names_beside_the_district_stand_on_free_paper(made: Made) -> None:
    _, arranged = made
    outline = shapely.buffer(arranged.main.outline(), 0.2)
    frame = arranged.main.panel.box.polygon()
    boxes = [t.inset.box.polygon() for t in arranged.towns] + _key(arranged)
    for code, leader in arranged.naming.led.items():
        paper = leader.placed.area()
        assert shapely.covers(frame, paper), code
        assert not shapely.intersects(paper, [outline, *boxes]).any(), code


def _key(arranged: Arrangement) -> list[shapely.Geometry]:
    """Return the paper of the key, if there is one."""
    return [arranged.key.box.polygon()] if arranged.key else []


def _written(arranged: Arrangement) -> list[str]:
    """Return numbers and names in the key."""
    rows = arranged.key.rows if arranged.key else ()
    return [words for row in rows for words in (row.number, row.name)]


def test_insets_and_key_are_apart_and_off_the_district(made: Made) -> None:
    _, arranged = made
    boxes = [town.inset.box.polygon() for town in arranged.towns] + _key(arranged)
    # Left and width add up to the right edge but for the last bits of a float.
    frame = arranged.main.panel.box.inset(-1e-6).polygon()
    for n, box in enumerate(boxes):
        assert shapely.covers(frame, box)
        assert not shapely.intersects(box, arranged.main.outline())
        assert not shapely.intersects(box, boxes[n + 1 :]).any()


def test_an_inset_names_most_of_the_villages_it_was_made_for(made: Made) -> None:
    _, arranged = made
    town: Town
    for town in arranged.towns:
        if town.has_islands:  # made for the colours of tiny villages
            continue
        assert town.inset.panel.denominator * 1.5 <= arranged.main.panel.denominator
        assert town.gain(town.inset.codes) >= 0.6 * len(town.inset.codes)


def test_every_village_is_accounted_for(made: Made) -> None:
    _, arranged = made
    namings = [naming for _, naming in panels(arranged)]
    named = set().union(*(naming.named for naming in namings))
    numbered = set().union(*(naming.numbered for naming in namings))
    assert named.isdisjoint(arranged.numbers)
    assert arranged.nameless == set(arranged.main.codes) - named - set(arranged.numbers)
    assert arranged.complete == (not arranged.nameless)
    if arranged.numbers:
        assert numbered.issuperset(arranged.numbers)
        written = _written(arranged)
        names = dict(zip(arranged.main.codes, arranged.main.names, strict=True))
        assert [names[code] for code in arranged.numbers if names[code] not in written] == []


def test_every_kecamatan_is_named_once_and_text_is_large_enough(made: Made) -> None:
    studio, arranged = made
    named = [k for _, naming in panels(arranged) for k in naming.kecamatan_names]
    assert sorted(named) == sorted(set(arranged.main.kecamatan))
    for _, naming in panels(arranged):
        assert min(t.size_pt for t in texts(arranged, naming, studio)) >= 6


def test_no_number_stands_in_another_kecamatan(made: Made) -> None:
    _, arranged = made
    for district, naming in panels(arranged):
        own = dict(zip(district.codes, district.kecamatan, strict=True))
        tree = shapely.STRtree(district.areas)
        for code, place in naming.number_places.items():
            if code in arranged.numbers:
                ink = place.area(-TOLERANCE_MM)
                under = tree.query(ink, predicate="intersects").tolist()
                assert {district.kecamatan[n] for n in under} <= {own[code]}, code


def test_numbers_stand_in_plates_and_only_where_the_key_explains_them(made: Made) -> None:
    studio, arranged = made
    for _, naming in panels(arranged):
        items = naming.items(arranged.numbers, studio.layout)
        written = [i for i in items if isinstance(i, Text) and i.text.isdigit()]
        assert {t.code for t in written} <= set(arranged.numbers)
        for text in written:
            plate = items[items.index(text) - 1]
            assert isinstance(plate, Mark)
            assert plate.fill == studio.layout.colours.halo
            assert bounds(plate.shape).polygon().covers(text_area(text, studio.faces))
    assert set(arranged.numbers.values()) <= set(_written(arranged))


def test_names_of_kecamatan_leave_most_of_their_kecamatan_in_sight(made: Made) -> None:
    _, arranged = made
    district = arranged.main
    for name, place in arranged.naming.kecamatan.items():
        area = shapely.union_all(district.areas[np.array(district.kecamatan) == name])
        assert shapely.area(shapely.intersection(place.area(), area)) <= 0.5 * area.area, name


def test_a_sliver_in_an_inset_does_not_take_a_name_off_the_main_map(shared_dir: Path) -> None:
    """Fatubenao, of which the inset shows a strip: its name fits neither in nor out of it there."""
    _, arranged = daerah.arranged(shared_dir, "belu")
    (town,) = arranged.towns
    district = town.district
    share = dict(
        zip(
            district.codes,
            (shapely.area(district.shown()) / shapely.area(district.areas)).tolist(),
            strict=True,
        )
    )
    slivers = {code for code in district.codes if share[code] <= 0.5}
    names = dict(zip(arranged.main.codes, arranged.main.names, strict=True))
    assert "Fatubenao" in {names[code] for code in slivers}
    assert slivers.isdisjoint(town.named)
    bare = {names[c] for c in slivers - arranged.naming.named - set(arranged.numbers)}
    assert bare == set()


def test_a_detached_part_among_other_villages_is_tied_to_its_village(shared_dir: Path) -> None:
    _, arranged = daerah.arranged(shared_dir, "belu")
    district = arranged.main
    areas = dict(zip(district.codes, district.areas, strict=True))
    names = dict(zip(district.codes, district.names, strict=True))
    assert {names[tie.code] for tie in arranged.naming.ties} == {"Lamaksenulu", "Sisi Fatuberal"}
    for tie in arranged.naming.ties:
        ends = shapely.get_point(tie.line, [0, -1])
        parts = shapely.get_parts(areas[tie.code])
        reached = [int(np.flatnonzero(shapely.covers(parts, end))[0]) for end in ends]
        assert len(set(reached)) == 2


def test_an_island_is_not_tied(shared_dir: Path) -> None:
    """Cilegon's islands lie at sea, where they cannot be taken for parts of other villages."""
    _, arranged = daerah.arranged(shared_dir, "cilegon")
    assert any(len(shapely.get_parts(area)) > 1 for area in arranged.main.areas)
    assert arranged.naming.ties == ()


# Malaka is not wide: paper for such districts is no form of its.
@pytest.mark.parametrize(
    "form", [name for name in LAYOUTS if name not in FORMS and not name.endswith("-lebar")]
)
def test_a_sheet_of_kecamatan_names_each_of_them_and_no_village(
    form: str, shared_dir: Path
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "malaka", form)
    named = {name for _, naming in panels(arranged) for name in naming.kecamatan_names}
    assert named == set(studio.villages["kecamatan"])
    sizes = [p.wording.size_pt for _, n in panels(arranged) for p in n.kecamatan_names.values()]
    assert min(sizes) >= (12 if form == "salindia" else 7)
    assert not any(naming.named or naming.numbered for _, naming in panels(arranged))
    assert (arranged.numbers, arranged.key, arranged.complete) == ({}, None, True)


@pytest.mark.shared
def test_names_of_kecamatan_on_a_crowded_slide_touch_neither_each_other_nor_its_edge(
    shared_dir: Path,
) -> None:
    _, arranged = daerah.arranged(shared_dir, "aceh-utara", "salindia")
    for district, naming in panels(arranged):
        papers = [place.area(-TOLERANCE_MM) for place in naming.kecamatan_names.values()]
        assert all(district.panel.box.polygon().covers(paper) for paper in papers)
        assert not any(shapely.intersects(a, b) for a, b in combinations(papers, 2))
        insets = [t.inset.box.polygon() for t in arranged.towns if district is arranged.main]
        assert not any(a.intersects(paper) for a in insets for paper in papers)
    assert arranged.unnamed_kecamatan == []


def test_a_long_name_of_a_village_may_stand_in_three_lines() -> None:
    faces = belu.made().studio.faces
    most = {
        name: max(len(way.lines) for way in wordings_of(name, faces, (6.0,)))
        for name in ("Persiapan Tanjung Karang Bahari Makmur", "Mandeu Raimanus Baru")
    }
    assert list(most.values()) == [3, 2]
