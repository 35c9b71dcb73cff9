"""Class numbers as the second channel: in their village, clear of all else, else lines."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.config.styles import chart_layouts
from fsva.drawing.elements import legend
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text, bounds
from fsva.drawing.paper.text_boxes import text_area
from fsva.drawing.sheets import overview, sheet
from tests.places import belu, lembar_daerah
from tests.places.belu import Made
from tests.places.small import ROOT

RIM = 0.05  # millimetres beyond the fill of a disc


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


@cache
def numbered(atlas: Made) -> tuple[Studio, tuple[Sheet, ...]]:
    """Draw the sheets of an atlas in the same theme, but with numbers."""
    studio = atlas.studio
    theme = studio.layout.theme.model_copy(update={"channel": "angka"})
    other = replace(studio, layout=studio.layout.model_copy(update={"theme": theme}))
    return other, sheet.sheets(other, atlas.maps)


def panels(drawn: Sheet) -> list[tuple[Layer, Layer, Layer]]:
    """Return villages, names and numbers of the main map, then of the inset."""
    numbers = belu.layers(drawn, "numerals")
    found = list(belu.panels(drawn))
    assert len(numbers) == len(found)
    return [(villages, names, n) for (villages, names), n in zip(found, numbers, strict=True)]


@pytest.mark.parametrize("n", [0, 6])
def test_a_number_is_the_class_of_the_village_it_stands_in(atlas: Made, n: int) -> None:
    classes = {r["kode_kemendagri"]: r[f"{belu.IDS[n]}_kelas"] for r in atlas.rows()}
    _, sheets = numbered(atlas)
    seen = set()
    for villages, _, numbers in panels(sheets[n]):
        areas = belu.areas(villages)
        for item in numbers.items:
            if isinstance(item, Text):
                assert item.text == classes[item.code]
                seen.add(item.code)
            elif isinstance(item, Mark):
                disc = bounds(item.shape).polygon()
                assert shapely.contains(areas[item.code], disc.centroid.buffer(disc.length / 8))
    # Villages without room have none; their colour and the inset remain.
    assert len(seen) >= 70


def test_no_number_covers_a_name_or_another_number(atlas: Made) -> None:
    studio, sheets = numbered(atlas)
    assert touched(sheets[6], studio) == []


def touched(drawn: Sheet, studio: Studio) -> list[str]:
    """Return the villages whose number touches anything but the colour of its village."""
    found: list[str] = []
    for villages, names, numbers in panels(drawn):
        areas = belu.areas(villages)
        discs = {i.code: bounds(i.shape) for i in numbers.items if isinstance(i, Mark)}
        round_discs = {
            code: shapely.Point(box.centre).buffer(box.width / 2 + RIM)
            for code, box in discs.items()
        }
        above = drawn.layers[drawn.layers.index(names) :]
        things = [
            text_area(item, studio.faces) if isinstance(item, Text) else drawn_area(item)
            for layer in above
            if layer.clip == names.clip and layer is not numbers
            for item in layer.items
            if isinstance(item, Text | Mark)
        ]
        # An inset and its head, and the key, lie over the map.
        over = [layer for layer in above if layer.name in ("inset ground", "inset frame")]
        things += [one.clip.polygon() for one in over if one.clip and one.clip != names.clip]
        tree = shapely.STRtree(things)
        for code, disc in round_discs.items():
            inside = shapely.contains(areas[code], disc)
            if not inside or tree.query(disc, predicate="intersects").size:
                found.append(code)
        pairs = shapely.STRtree(list(round_discs.values()))
        hits = pairs.query(list(round_discs.values()), predicate="intersects").T.tolist()
        found += [list(discs)[a] for a, b in hits if a < b]
    return found


def drawn_area(mark: Mark) -> shapely.Geometry:
    """Return the paper that a line or a filled shape covers."""
    width = mark.stroke.width_mm / 2 if mark.stroke else 0.0
    if mark.fill:
        return shapely.union_all([shapely.Polygon(p) for p in mark.shape.parts]).buffer(width)
    return shapely.MultiLineString(list(mark.shape.parts)).buffer(width, cap_style="flat")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("district", sorted(lembar_daerah.DISTRICTS))
@pytest.mark.parametrize("layout", ["a4", "salindia"])
def test_numbers_touch_nothing_in_any_district(
    shared_dir: Path, district: str, layout: str
) -> None:
    layer = shared_dir / "boundaries" / lembar_daerah.DISTRICTS[district][0]
    made = lembar_daerah.drawn(layer, district, layout, "angka")
    for one in made.sheets:
        assert touched(one, made.studio) == []
        for number, hatched in marked(one):
            assert number & hatched == set()
            assert number


def marked(drawn: Sheet) -> list[tuple[set[str], set[str]]]:
    """Return per panel which villages carry a number, and which lines of hatching."""
    found = []
    for villages, names, numbers in panels(drawn):
        areas = belu.areas(villages)
        lines = np.array(
            [
                shapely.linestrings(part).interpolate(0.5, normalized=True)
                for layer in belu.layers(drawn, "class hatching")
                if layer.clip == names.clip
                for mark in layer.items
                if isinstance(mark, Mark)
                for part in mark.shape.parts
            ],
            dtype=object,
        )
        codes = list(areas)
        owner = shapely.STRtree(list(areas.values())).query(lines, predicate="within")[1]
        found.append(({i.code for i in numbers.items}, {codes[n] for n in owner.tolist()}))
    return found


@pytest.mark.parametrize("n", [0, 6])
def test_a_vulnerable_village_without_room_for_its_number_is_hatched(atlas: Made, n: int) -> None:
    _, sheets = numbered(atlas)
    shown = panels(sheets[n])
    for (villages, _, _), (number, hatched) in zip(shown, marked(sheets[n]), strict=True):
        vulnerable = {c for c in belu.areas(villages) if atlas.maps[n].priorities[c] in (1, 2, 3)}
        assert hatched == vulnerable - number


def test_legend_and_notes_explain_the_numbers(atlas: Made) -> None:
    studio, sheets = numbered(atlas)
    words = " ".join(t.text for t in belu.layers(sheets[6], "words")[0].texts())
    assert "Desa tanpa nomor kelas: arsir." in words
    foot, stamp = (studio.layout.boxes.box(name) for name in ("notes", "stamp"))
    low = [t.y for t in belu.layers(sheets[6], "words")[0].texts() if foot.left < t.x < foot.right]
    assert min(low) > max(foot.bottom, stamp.top)
    layout, box = studio.layout, studio.layout.boxes.box("legend")
    drawn = legend.draw(box, atlas.maps[6], layout, studio.texts, studio.faces)
    shown = [i.text for i in drawn if isinstance(i, Text) and i.align == "centre"]
    assert [t for t in shown if len(t) == 1] == list("123456")


def test_places_are_the_same_on_all_maps(atlas: Made) -> None:
    _, sheets = numbered(atlas)
    places = [
        {(t.code, t.x, t.y) for _, _, numbers in panels(one) for t in numbers.texts()}
        for one in sheets
    ]
    assert all(found == places[0] for found in places)


def test_the_summary_map_carries_numbers_or_hatching_too() -> None:
    made = belu.made()
    studio, _ = numbered(made)
    measures = {m.id: m for m in studio.method.measures()}
    plate = chart_layouts.overview(ROOT / "styles" / "peta-ringkasan.toml")
    drawn = overview.sheet(studio, plate, made.maps, measures)
    (villages,) = belu.layers(drawn, "villages")
    texts = [i for i in villages.items if isinstance(i, Text)]
    counts = Counter(t.code for t in texts)
    # The composite is drawn larger than the others, and has room for more numbers.
    everywhere = [code for code, count in counts.items() if count == len(made.maps)]
    assert set(counts.values()) == {1, len(made.maps)}
    assert len(everywhere) >= 20
    assert len(counts) >= 70
    *small, composite = made.maps
    wanted = [one.priorities[code] for one in small for code in everywhere]
    wanted += [composite.priorities[code] for code in counts]
    assert sorted(t.text for t in texts) == sorted(map(str, wanted))
    assert min(t.size_pt for t in texts) >= 6
    discs = [bounds(i.shape) for i in villages.items if isinstance(i, Mark) and i.fill == "#FFFFFF"]
    assert len(discs) == len(texts)
    centres = [((box.left + box.right) / 2, (box.bottom + box.top) / 2) for box in discs]
    nearest = min(math.dist(a, b) for k, a in enumerate(centres) for b in centres[:k])
    assert nearest >= max(box.width for box in discs)
    assert "Desa tanpa nomor kelas: arsir." in " ".join(t.text for t in drawn.texts())
