"""The pages of an atlas around its maps: nothing cut, nothing over another, letters readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely

from fsva.config.editions import edition
from fsva.config.styles import chart_layouts
from fsva.config.styles.layout import Layout
from fsva.config.styles.layout import load as load_layout
from fsva.core.box import Box
from fsva.drawing.atlas import chart_pages, contents, cover, framed_page, page_numbers, summary_page
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import tokens
from fsva.drawing.paper import moving
from fsva.drawing.paper.scene import Layer, Mark, Placement, Sheet, Stroke, Text, box_shape
from fsva.drawing.paper.text_boxes import text_box
from fsva.words.atlas.page_headings import PartHeading
from tests.places import belu
from tests.places.framed import plain
from tests.places.small import ROOT

STYLES = ROOT / "styles"
CHART = chart_layouts.chart(STYLES / "grafik.toml")
OVERVIEW = chart_layouts.overview(STYLES / "peta-ringkasan.toml")
# The smallest letters of each paper; slides are read from the back of the room.
SMALLEST = {"a4-mendatar": 6.0, "a4-tegak": 6.0, "a4-lebar": 6.0, "a3-mendatar": 8.4,
            "a3-tegak": 8.4, "a3-lebar": 8.4, "kolom-mendatar": 6.0, "kolom-tegak": 6.0,
            "salindia": 11.0, "salindia-lebar": 11.0}  # fmt: skip


@cache
def layout_of(name: str) -> Layout:
    own = edition.load(belu.EDITION)
    return load_layout(STYLES / "layouts" / f"{name}.toml", own.theme_file)


def studio_on(name: str) -> Studio:
    return replace(belu.made().studio, layout=layout_of(name))


def headings(count: int) -> list[PartHeading]:
    under = tuple(PartHeading(f"Peta Kecamatan Contoh {n}", 14 + n) for n in range(count))
    maps = [PartHeading(title, n) for n, title in enumerate(belu.TITLES, start=1)]
    return [*maps, PartHeading("Peta per Kecamatan", 14, under)]


def apart(studio: Studio, sheet: Sheet) -> None:
    """Ask that all words stand on the paper and that no two share an area."""
    boxes = [(t.text, text_box(t, studio.faces)) for t in sheet.texts()]
    for n, (words, box) in enumerate(boxes):
        assert box.left >= 0, words
        assert box.bottom >= 0, words
        assert box.right <= sheet.width_mm, words
        assert box.top <= sheet.height_mm, words
        for other, taken in boxes[n + 1 :]:
            assert not box.inset(0.15).overlaps(taken.inset(0.15)), (words, other)


@pytest.mark.parametrize("name", SMALLEST)
def test_words_of_cover_and_contents_keep_apart_and_are_readable(name: str) -> None:
    studio, composite = studio_on(name), belu.made().maps[-1]
    sheets = [cover.sheet(studio, composite), *contents.sheets(studio, headings(40), composite)]
    for sheet in sheets:
        apart(studio, sheet)
        assert min(text.size_pt for text in sheet.texts()) >= SMALLEST[name] - 0.01


@pytest.mark.parametrize("name", SMALLEST)
def test_charts_on_a_page_keep_apart_and_are_readable(name: str) -> None:
    studio = studio_on(name)
    pages, places = chart_pages.sheets(studio, CHART, belu.made().maps)
    assert sorted(set(places)) == list(range(len(pages)))
    assert len(places) == 7
    for sheet in pages:
        apart(studio, sheet)
        assert min(text.size_pt for text in sheet.texts()) >= SMALLEST[name] - 0.01


def test_charts_are_shared_out_evenly() -> None:
    on_tall, on_broad = (
        chart_pages.sheets(studio_on(name), CHART, belu.made().maps)[1]
        for name in ("a4-tegak", "a4-mendatar")
    )
    assert (on_tall, on_broad) == ([0, 0, 0, 1, 1, 2, 2], [0, 0, 0, 0, 1, 1, 1])


@pytest.mark.parametrize("name", SMALLEST)
def test_the_bars_of_a_chart_tell_the_counts_of_the_report(name: str) -> None:
    pages, _ = chart_pages.sheets(studio_on(name), CHART, belu.made().maps)
    bold = [t.text for sheet in pages for t in sheet.texts() if t.face == "bold" and
            t.text.isdigit()]  # fmt: skip
    assert bold == [str(count) for counts in belu.COUNTS for count in counts]


def test_contents_take_as_many_pages_as_they_need() -> None:
    studio, composite = studio_on("salindia"), belu.made().maps[-1]
    few, many = (contents.sheets(studio, headings(n), composite) for n in (2, 60))
    assert len(few) == 1
    assert len(many) > 1
    links = [link for sheet in many for link in sheet.links]
    # Everything after the contents moves on by their pages.
    assert [link.page for link in links[:7]] == [n + len(many) for n in range(1, 8)]
    assert len(links) == 8 + 60
    assert len({link.tag for link in many[0].links}) == len(many[0].links)


@pytest.mark.parametrize("name", SMALLEST)
def test_the_summary_map_is_readable_on_every_paper(name: str) -> None:
    made, studio = belu.made(), studio_on(name)
    sheet = _summary(studio, made.maps)
    scale = sheet.placed.scale
    assert (sheet.width_mm, sheet.height_mm) == (studio.layout.width, studio.layout.height)
    assert min(text.size_pt for text in sheet.texts()) * scale >= 6.0
    where = [sheet.placed.on_paper(text_box(t, studio.faces)) for t in sheet.texts()]
    for n, box in enumerate(where):
        assert box.left >= 0
        assert box.bottom >= 0
        assert box.right <= sheet.width_mm
        assert box.top <= sheet.height_mm
        assert not any(box.inset(0.1).overlaps(other.inset(0.1)) for other in where[n + 1 :])


def _summary(studio: Studio, maps: Sequence[object]) -> Sheet:
    from fsva.drawing.sheets import overview

    made = belu.made()
    measures = {m.id: m for m in made.studio.method.measures()}
    drawn = overview.sheet(made.studio, OVERVIEW, made.maps, measures)
    placed = summary_page.placed(studio, OVERVIEW, drawn)
    return placed or summary_page.anew(studio, OVERVIEW, made.maps, measures)


def test_a_page_number_stands_between_frame_and_boxes() -> None:
    studio = studio_on("a4-mendatar")
    sheet = belu.made().sheets[0]
    (number,) = [layer for layer in page_numbers.numbered(studio, sheet, 3).layers
                 if layer.name == "numbers"]  # fmt: skip
    (text,) = number.texts()
    box, frame = text_box(text, studio.faces), studio.layout.boxes.box("frame")
    assert frame.bottom < box.bottom
    assert box.top < studio.layout.boxes.box("stamp").bottom
    assert page_numbers.numbered(studio, sheet, 1) is sheet  # the cover
    # On a slide letters of twelve points have no room there.
    assert page_numbers.numbered(studio_on("salindia"), sheet, 3) is sheet


def test_a_number_on_a_smaller_sheet_stands_where_it_stands_on_others() -> None:
    studio = studio_on("a4-mendatar")
    plain = belu.made().sheets[0]
    small = replace(plain, placed=Placement(0.5, 10.0, 20.0))
    spots = []
    for sheet in (plain, small):
        (text,) = page_numbers.numbered(studio, sheet, 3).layers[-1].texts()
        box = sheet.placed.on_paper(Box(text.x, text.y, 0, 0))
        spots.append((box.left, box.bottom, text.size_pt * sheet.placed.scale))
    assert spots[0] == pytest.approx(spots[1])


def test_a_moved_layer_keeps_its_proportions() -> None:
    items = (
        Text("a", 10, 20, 8.0, halo=Stroke("#FFFFFF", 0.4)),
        Mark(box_shape(Box(0, 0, 4, 2)), "#112233", Stroke("#000000", 0.2, (1.0, 2.0))),
    )
    layer = Layer("x", items, Box(0, 0, 50, 50), ("map",))
    text, mark = (moved := moving.layer(layer, Placement(2.0, 1.0, 3.0), ("charts",))).items
    assert isinstance(text, Text)
    assert isinstance(mark, Mark)
    assert (text.x, text.y, text.size_pt) == (21.0, 43.0, 16.0)
    assert text.halo == Stroke("#FFFFFF", 0.8)
    assert mark.stroke == Stroke("#000000", 0.4, (2.0, 4.0))
    assert mark.shape.parts[0].max(axis=0).tolist() == [9.0, 7.0]
    assert (moved.clip, moved.tag) == (Box(1.0, 3.0, 100.0, 100.0), ("charts",))


def test_the_room_of_a_page_lies_between_title_and_frame() -> None:
    for name in SMALLEST:
        boxes, room = layout_of(name).boxes, framed_page.room(studio_on(name))
        assert boxes.box("frame").bottom < room.bottom < room.top < boxes.box("title").bottom


def discs_of(sheet: Sheet) -> set[str]:
    """Return the villages that a disc stands for: a ring as wide as discs are."""
    marks = [item for layer in sheet.layers for item in layer.items if isinstance(item, Mark)]
    wide = 2 * tokens.RADIUS_MM
    return {
        mark.code for mark in marks
        if mark.code and len(mark.shape.parts) == 1
        and np.allclose(np.ptp(mark.shape.parts[0], axis=0), wide, atol=0.01)
    }  # fmt: skip


def test_an_islet_that_the_cover_hardly_shows_has_a_disc() -> None:
    studio, composite = studio_on("a4-mendatar"), belu.made().maps[-1]
    assert discs_of(cover.sheet(studio, composite)) == set()
    villages = studio.villages.geo_frame
    west, south, *_ = villages.total_bounds
    first, column = villages.index[0], villages.columns.get_loc("geometry")
    villages.iloc[0, column] = shapely.box(west - 3_000, south, west - 2_800, south + 200)
    shown = cover.sheet(replace(studio, villages=plain(villages)), composite)
    assert discs_of(shown) == {first}


@pytest.mark.parametrize("name", ["a4-mendatar", "salindia"])
def test_the_map_of_a_wide_district_stands_across_the_cover(name: str) -> None:
    studio, composite = studio_on(name), belu.made().maps[-1]
    beside = cover.rooms(studio, composite)
    assert beside.head.right <= beside.map.left  # Belu is taller than wide
    wide = studio.villages.geo_frame
    wide = wide.set_geometry(wide.geometry.affine_transform([5, 0, 0, 1, 0, 0]))
    across = cover.rooms(replace(studio, villages=plain(wide)), composite)
    assert across.map.width > 1.5 * beside.map.width
    assert across.key.top <= across.map.bottom < across.map.top <= across.head.bottom
