"""Every district fits every paper: what is drawn stays in its box, apart, and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.config.editions import edition
from fsva.config.styles import layout, locator_windows
from fsva.core import texts
from fsva.core.box import Box
from fsva.core.errors import EditionError, StyleError
from fsva.core.publishing import manifest
from fsva.drawing.elements import title
from fsva.drawing.framing import paper_choice as module
from fsva.drawing.framing.map_frame import Frame
from fsva.drawing.paper.scene import MM_PER_PT, Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.runs import run_order, sheet_materials
from fsva.sources.plain.shape_table import ShapeTable
from tests.places import belu, contoh, lembar_daerah, small
from tests.places.framed import ground, paper_choice, plain
from tests.places.lembar_daerah import DISTRICTS, LAYOUTS, Drawn
from tests.places.small import ROOT

FILES = {name: ROOT / "styles" / "layouts" / f"{name}.toml" for name in LAYOUTS}
OFF_THE_MAP = ("title", "furniture", "locator head", "words", "stamp")
TOLERANCE_MM = 0.05


def loaded(name: str) -> layout.Layout:
    return layout.load(FILES[name], small.THEME)


@pytest.mark.parametrize("name", LAYOUTS)
def test_boxes_lie_apart_in_the_frame_and_fill_the_sheet(name: str) -> None:
    shipped = loaded(name)
    boxes = {box: shipped.boxes.box(box) for box in shipped.boxes.given}
    frame = boxes.pop("frame").polygon()
    assert [box for box, one in boxes.items() if not frame.covers(one.polygon())] == []
    assert [(a, b) for a, b in combinations(boxes, 2) if boxes[a].overlaps(boxes[b])] == []
    # Coordinates stand around the map; beyond them no large paper is left empty.
    labels = shipped.type.coordinate * MM_PER_PT + 1.91
    around = {n: one.inset(-labels) if n == "map" else one for n, one in boxes.items()}
    filled = shapely.union_all([one.polygon() for one in around.values()])
    assert filled.intersection(frame).area > 0.9 * frame.area
    assert boxes["map"].width * boxes["map"].height > 0.4 * shipped.width * shipped.height


def test_papers_have_their_sizes_in_whole_pixels() -> None:
    sizes = {"a4-mendatar": (3508, 2480), "a4-tegak": (2480, 3508), "a4-lebar": (3508, 2480),
             "a3-mendatar": (4961, 3508), "a3-tegak": (3508, 4961),
             "salindia": (3840, 2160)}  # fmt: skip
    for name, pixels in sizes.items():
        one = loaded(name)
        assert tuple(round(mm / 25.4 * one.dpi) for mm in (one.width, one.height)) == pixels


def test_the_shape_of_the_district_chooses_the_paper() -> None:
    papers = [loaded("a4-mendatar"), loaded("a4-tegak")]
    villages = small.layer()
    wide = villages.set_geometry(villages.geometry.affine_transform([3, 0, 0, 1, 0, 0]))
    high = villages.set_geometry(villages.geometry.affine_transform([1, 0, 0, 3, 0, 0]))
    assert paper_choice.choose(papers, wide) is papers[0]
    assert paper_choice.choose(papers, high) is papers[1]
    assert paper_choice.choose([papers[0], papers[0]], high) is papers[0]


def test_a_district_twice_as_wide_as_high_has_the_paper_across_the_sheet() -> None:
    """Its map is 272 x 104.5 mm there, 196.5 x 168.5 beside the legend, 185 x 186.5 upright."""
    papers = [loaded(f"a4-{way}") for way in ("mendatar", "tegak", "lebar")]
    chosen = []
    for wide in (1, 1.5, 1.8, 2.5, 6):
        box = shapely.box(0, 0, wide * 10_000, 10_000)
        villages = small.layer().iloc[:1].set_geometry([box])
        chosen.append(paper_choice.choose(papers, villages).name["en"])
    landscape, portrait, across = (paper.name["en"] for paper in papers)
    assert chosen == [portrait, landscape, landscape, across, across]
    slides = [loaded("salindia"), layout.load(FILES["salindia"].with_stem("salindia-lebar"),
                                              small.THEME)]  # fmt: skip
    of_screen = paper_choice.choose(slides, villages)
    assert (of_screen.name, of_screen.type) == (slides[1].name, slides[0].type)


def test_paper_that_is_not_for_the_shape_of_a_district_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    papers = [loaded(f"a4-{way}") for way in ("mendatar", "tegak", "lebar")]
    asked: list[str] = []

    def frame(villages: ShapeTable, form: layout.Layout) -> Frame:
        asked.append(form.name["en"])
        return known(villages, form)

    known = module.frames.frame
    monkeypatch.setattr(module.frames, "frame", frame)
    for wide, expected in ((0.3, papers[:2]), (1, papers[:2]), (2, papers), (6, papers[2:])):
        asked.clear()
        box = shapely.box(0, 0, wide * 10_000, 10_000)
        module.choose(papers, plain(small.layer().iloc[:1].set_geometry([box])))
        assert asked == [one.name["en"] for one in expected]


def test_sheets_per_kecamatan_keep_the_boxes_of_landscape() -> None:
    wide, high = loaded("a4-lebar"), loaded("a4-mendatar")
    assert wide.of_details.boxes == high.boxes != wide.boxes
    assert high.of_details is high
    large = layout.load(FILES["a3-mendatar"].with_stem("a3-lebar"), small.THEME).of_details.boxes
    expected = loaded("a3-mendatar").boxes
    assert [large.box(n) for n in large.given] == [expected.box(n) for n in expected.given]


def test_a_paper_stands_for_its_layouts_and_a_full_name_for_one() -> None:
    own = edition.load(small.BELU)
    stems = {name: [f.stem for f in own.in_layout(name).layout_files]
             for name in ("a4", "a3", "kolom", "a3-tegak", "salindia")}  # fmt: skip
    assert stems == {
        "a4": ["a4-mendatar", "a4-tegak", "a4-lebar"],
        "a3": ["a3-mendatar", "a3-tegak", "a3-lebar"],
        "kolom": ["kolom-mendatar", "kolom-tegak"],
        "a3-tegak": ["a3-tegak"],
        "salindia": ["salindia", "salindia-lebar"],
    }
    with pytest.raises(EditionError) as caught:
        own.in_layout("a5")
    assert caught.value.key == "gaya_hilang"


def test_the_stamp_is_the_number_of_the_manifest_and_follows_the_inputs() -> None:
    facts, inputs = {"tahun": 2021}, {"a.csv": "00", "b.csv": "11"}
    number = manifest.number(facts, inputs)
    assert re.fullmatch(r"[0-9a-f]{8}", number)
    assert number == manifest.number(facts, dict(reversed(inputs.items())))
    assert number != manifest.number(facts, inputs | {"b.csv": "12"})
    assert number != manifest.number({"tahun": 2022}, inputs)


def test_a_long_title_is_broken_evenly() -> None:
    face = belu.made().studio.faces["bold"]
    long = belu.TITLES[2].upper()
    lines = title.balanced(long, face, 15, 180)
    assert " ".join(lines) == long
    assert len(lines) == 2
    widths = [face.width_mm(line, 15) for line in lines]
    assert max(widths) <= 180
    assert min(widths) > 0.7 * max(widths)


def test_windows_of_provinces_lie_in_the_country(tmp_path: Path) -> None:
    known = dict(locator_windows.load(ROOT / "styles" / "jendela-provinsi.toml"))
    country = shapely.box(*known.pop(locator_windows.COUNTRY))
    assert len(known) == 38
    assert [code for code, one in known.items() if not country.covers(shapely.box(*one))] == []
    file = tmp_path / "jendela.toml"
    file.write_text("53 = [125.6, -11.2, 118.7, -7.9]\n", encoding="utf-8")
    with pytest.raises(StyleError):
        locator_windows.load(file)


@pytest.fixture(
    params=[(d, name) for d in DISTRICTS for name in LAYOUTS], ids=lambda p: f"{p[0]}-{p[1]}"
)
def sheets(request: pytest.FixtureRequest, shared_dir: Path) -> Drawn:
    district, name = request.param
    return lembar_daerah.drawn(shared_dir / "boundaries" / DISTRICTS[district][0], district, name)


def furniture_texts(drawn: Sheet) -> Iterator[Text]:
    """Yield every text but the names on the maps."""
    for layer in drawn.layers:
        if layer.name in OFF_THE_MAP:
            yield from (item for item in layer.items if isinstance(item, Text))


@pytest.mark.shared
@pytest.mark.slow
def test_furniture_lies_apart_in_its_boxes_and_can_be_read(sheets: Drawn) -> None:
    shipped, faces = sheets.studio.layout, sheets.studio.faces
    boxes = [shipped.boxes.box(name).inset(-TOLERANCE_MM) for name in shipped.boxes.given]
    homes = [box for box in boxes[1:] if box.width < boxes[0].width - 1]
    paper_box = shipped.boxes.box("frame")
    for drawn in sheets.sheets:
        texts = [(t, text_box(t, faces)) for t in furniture_texts(drawn)]
        assert len(texts) > 40
        assert min(t.size_pt for t in drawn.texts()) >= 6
        assert [t.text for t, box in texts if not _in(box, paper_box)] == []
        # A text stands in the box in which it begins; coordinates stand around the map.
        for text, box in texts:
            home = next((h for h in homes if _holds(h, text)), None)
            assert home is None or _in(box, home), text.text
            assert home is not None or "°" in text.text, text.text
        pairs = combinations(texts, 2)
        assert [(a.text, b.text) for (a, one), (b, two) in pairs if one.overlaps(two)] == []


@pytest.mark.shared
@pytest.mark.slow
def test_the_district_lies_whole_in_the_map_and_fills_it(sheets: Drawn) -> None:
    box = sheets.studio.layout.boxes.box("map")
    panel = paper_choice.main_panel(sheets.studio.villages, sheets.studio.layout)
    outline = panel.to_paper(sheets.studio.villages.geometry)
    west, south, east, north = shapely.total_bounds(outline)
    assert _in(Box(west, south, east - west, north - south), box)
    assert max((east - west) / box.width, (north - south) / box.height) > 0.8


@pytest.mark.shared
@pytest.mark.slow
def test_the_locator_marks_the_district_and_the_window_in_the_country(sheets: Drawn) -> None:
    place = sheets.studio.layout.colours.place
    if not sheets.studio.layout.boxes.locator:
        assert not belu.layers(sheets.sheets[0], "locator")
        return
    (near,) = belu.layers(sheets.sheets[0], "locator")
    (far,) = belu.layers(sheets.sheets[0], "locator country")
    for layer, least in ((near, 2), (far, 1)):
        marks = [m for m in layer.items if isinstance(m, Mark) and m.stroke]
        marked = [m for m in marks if m.stroke and m.stroke.colour == place]
        assert len(marked) == least
        assert layer.clip is not None
        for mark in marked:
            assert layer.clip.polygon().buffer(0.5).intersects(belu.lines(mark))
    home = sheets.studio.layout.boxes.box("locator")
    assert near.clip is not None
    assert far.clip is not None
    assert _in(near.clip, home.inset(-TOLERANCE_MM))
    assert _in(far.clip, home.inset(-TOLERANCE_MM))
    # The country lies in a corner of the province's map, and never on the district.
    for mark in near.items:
        if isinstance(mark, Mark) and mark.stroke and mark.stroke.colour == place:
            assert not far.clip.polygon().intersects(belu.lines(mark))


def _holds(box: Box, text: Text) -> bool:
    return box.left <= text.x <= box.right and box.bottom <= text.y <= box.top


def _in(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.bottom <= inner.bottom
        and inner.top <= outer.top
    )


def test_a_name_at_the_edge_is_moved_into_the_map_and_one_beyond_it_left_out() -> None:
    own = edition.load(small.BELU).in_layout("a4-tegak")
    order = run_order.place(own, None, texts.load("id"))
    studio = sheet_materials.studio_of(order.edition, contoh.belu(), order.texts, order.number)
    panel = paper_choice.main_panel(studio.villages, studio.layout)
    parts = (studio.surroundings, studio.layout, studio.texts, studio.faces)
    (name,) = ground.told_names(panel, *parts)
    (place,) = studio.surroundings.names
    at = panel.paper_of_degrees(np.array([place.longitude]), np.array([place.latitude]))[0]
    assert name.text == "SELAT OMBAI"
    assert _in(text_box(name, studio.faces), panel.box)
    assert not _in(text_box(replace(name, x=float(at[0])), studio.faces), panel.box)
    far = replace(studio.surroundings, names=(place.model_copy(update={"longitude": 120.0}),))
    assert ground.told_names(panel, far, *parts[1:]) == []


def test_without_a_layer_of_neighbours_other_countries_are_named() -> None:
    order = run_order.place(edition.load(small.BELU), None, texts.load("id"))
    studio = sheet_materials.studio_of(order.edition, contoh.belu(), order.texts, order.number)
    panel = paper_choice.main_panel(studio.villages, studio.layout)
    alone = replace(studio.surroundings, neighbours=None, names=())
    taken = shapely.union_all(panel.to_paper(studio.villages.geometry))
    named = ground.names(panel, alone, taken, studio.layout, studio.texts, studio.faces)
    assert [text.text for text in named] == ["TIMOR-LESTE"]
    assert not text_box(named[0], studio.faces).polygon().intersects(taken)
    assert _in(text_box(named[0], studio.faces), panel.box)
