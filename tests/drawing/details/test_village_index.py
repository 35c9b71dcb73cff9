"""The index fills its page with columns of one length, and loses no line."""

from __future__ import annotations

import pytest

from fsva.drawing.details import village_index
from fsva.drawing.details.village_index import Found
from fsva.drawing.paper.scene import Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from tests.places import belu


def drawn(count: int) -> tuple[Sheet, ...]:
    made = belu.made()
    found = [Found(f"Desa {n:04d}", f"Kecamatan {n % 8}", n % 8 + 1) for n in range(count)]
    return tuple(village_index.sheets(made.studio, found, made.maps[-1]))


def columns(page: Sheet) -> list[list[Text]]:
    """Return the names of villages and the heads of kecamatan, column after column."""
    (listed,) = (layer for layer in page.layers if layer.name == "list")
    first: dict[float, list[Text]] = {}
    heads = [t.x for t in listed.texts() if t.face == "italic" and t.align == "left"]
    for text in listed.texts():
        if text.face != "italic" and text.x in heads[::2]:
            first.setdefault(text.x, []).append(text)
    return [first[x] for x in sorted(first)]


@pytest.mark.parametrize("count", [7, 92, 122, 852])
def test_the_columns_of_a_page_are_equally_long_and_fill_it(count: int) -> None:
    pages = drawn(count)
    told = [text.text for page in pages for column in columns(page) for text in column]
    heads = [f"Kecamatan {n}" for n in range(min(8, count))]
    assert told == heads + [f"Desa {n:04d}" for n in range(count)]
    for page in pages:
        high = [len(column) for column in columns(page)]
        assert len(set(high[:-1])) <= 1
        # Lines that do not divide by the columns are short in the last one alone.
        assert high[-1] <= high[0] < 12 + high[-1] + len(high)


def test_the_columns_stand_within_the_frame_and_apart() -> None:
    made = belu.made()
    faces, title = made.studio.faces, made.studio.layout.boxes.box("title")
    (page, *_) = drawn(122)
    starts = [column[0].x for column in columns(page)]
    assert len(starts) > 2
    (listed,) = (layer for layer in page.layers if layer.name == "list")
    for text in listed.texts():
        box = text_box(text, faces)
        assert title.left < box.left
        assert box.right < title.right
        # No text of one column reaches into the next.
        after = [x for x in starts if x > text.x or (text.align == "right" and x >= text.x)]
        assert not after or box.right < min(after)
    # The columns are as far apart as the paper is wide.
    pitch = starts[1] - starts[0]
    assert starts[-1] + pitch > title.right - pitch / 4
