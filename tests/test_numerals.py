"""Class numbers as the second channel: in their village, clear of names, one per village."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
import shapely

from pipeline.figures import legend, sheet
from pipeline.figures.boxes import text_area
from pipeline.figures.scene import Layer, Mark, Sheet, Text, bounds
from pipeline.figures.studio import Studio
from tests import belu
from tests.belu import Made


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
    for _, names, numbers in panels(sheets[6]):
        discs = [bounds(i.shape) for i in numbers.items if isinstance(i, Mark)]
        taken = [text_area(i, studio.faces) for i in names.items if isinstance(i, Text)]
        assert (
            not shapely.STRtree(taken)
            .query([disc.inset(0.1).polygon() for disc in discs], predicate="intersects")
            .size
        )
        pairs = [(a, b) for k, a in enumerate(discs) for b in discs[:k]]
        assert not any(a.overlaps(b) for a, b in pairs)


def test_numbers_replace_hatching_on_the_map_and_in_the_legend(atlas: Made) -> None:
    studio, sheets = numbered(atlas)
    assert belu.layers(sheets[6], "class hatching") == []
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
