"""The locator maps: what is said beside them fits its box on every layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fsva.config.styles import layout
from fsva.core.texts import Language
from fsva.drawing.elements import locator
from fsva.drawing.paper.scene import Text
from fsva.drawing.paper.text_boxes import text_box
from tests.places import belu, small

LAYOUTS = sorted((small.ROOT / "styles" / "layouts").glob("*.toml"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: file.stem)
def test_the_words_of_the_locator_stay_off_its_lines(file: Path, language: Language) -> None:
    studio = replace(belu.made(language).studio, layout=layout.load(file, small.THEME))
    outline = studio.villages.to_crs(4326).union_all()
    head = locator.draw(studio, outline)[-1]
    box = studio.layout.boxes.box("locator")
    meaning = studio.texts("lembar.kotak").split()[0]
    texts = [item for item in head.items if isinstance(item, Text)]
    first = next(n for n, text in enumerate(texts) if text.text.startswith(meaning))
    words = [text_box(text, studio.faces) for text in texts[first - 1 :]]
    assert min(one.bottom for one in words) > box.bottom + 0.4
    assert max(one.right for one in words) < box.right - 0.4
