"""The locator maps: what is said beside them fits its box on every layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from fsva.config.styles import layout
from fsva.core.texts import Language
from fsva.drawing.elements import locator
from fsva.drawing.paper.scene import Item, Mark, Text
from fsva.drawing.paper.text_boxes import text_box
from tests.places import belu, small

LAYOUTS = [
    file
    for file in sorted((small.ROOT / "styles" / "layouts").glob("*.toml"))
    if layout.load(file, small.THEME).boxes.locator
]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: file.stem)
def test_the_words_of_the_locator_stay_off_its_lines(file: Path, language: Language) -> None:
    studio = replace(belu.made(language).studio, layout=layout.load(file, small.THEME))
    outline = studio.villages.geo_frame.to_crs(4326).union_all()
    head = locator.draw(studio, outline)[-1]
    box = studio.layout.boxes.box("locator")
    texts = [item for item in head.items if isinstance(item, Text)]
    assert studio.texts("lembar.negara") in " ".join(text.text for text in texts)
    words = [text_box(text, studio.faces) for text in texts]
    assert min(one.bottom for one in words) > box.bottom + 0.4
    assert max(one.right for one in words) < box.right - 0.4


@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: file.stem)
def test_the_province_is_known_by_its_kabupaten(file: Path) -> None:
    studio = replace(belu.made("id").studio, layout=layout.load(file, small.THEME))
    near = locator.draw(studio, studio.villages.geo_frame.to_crs(4326).union_all())[0]
    names = [item for item in near.items if isinstance(item, Text)]
    known = {one.short for one in studio.districts}
    assert len(studio.districts) == 22
    assert "Belu" in {text.text for text in names} <= known
    assert near.clip is not None
    papers = [text_box(text, studio.faces) for text in names]
    for n, paper in enumerate(papers):
        assert near.clip.polygon().contains(paper.polygon())
        assert not any(paper.polygon().intersects(other.polygon()) for other in papers[n + 1 :])


@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: file.stem)
def test_it_is_plain_whose_name_a_name_is_and_the_country_lies_off_the_district(file: Path) -> None:
    studio = replace(belu.made("id").studio, layout=layout.load(file, small.THEME))
    near, far, _ = locator.draw(studio, studio.villages.geo_frame.to_crs(4326).union_all())
    ink, place = studio.layout.colours.ink, studio.layout.colours.place
    dots = [shape_of_mark(item) for item in near.items if is_filled(item, ink)]
    assert len(dots) > 10
    for text in (item for item in near.items if isinstance(item, Text) and item.text != "Belu"):
        paper = text_box(text, studio.faces).polygon()
        first, second = sorted(paper.distance(dot) for dot in dots)[:2]
        assert first < 0.6, text.text
        assert second > 0.8, text.text
    (own,) = [shape_of_mark(item) for item in near.items if is_filled(item, place)]
    assert far.clip is not None
    assert not own.intersects(far.clip.polygon())


def is_filled(item: Item, colour: str) -> bool:
    return isinstance(item, Mark) and item.fill == colour


def shape_of_mark(item: Item) -> shapely.Geometry:
    assert isinstance(item, Mark)
    return shapely.union_all([shapely.Polygon(part) for part in item.shape.parts])
