"""The legend on paper: rows, their colours, and room for what is longest."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from fsva.config.styles import layout
from fsva.drawing.elements import legend
from fsva.drawing.maps import border_colours, shores
from fsva.drawing.paper.scene import Item, Mark, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.words.specification import LegendRow
from tests.places import belu
from tests.places.small import ROOT, THEME

BOX = layout.load(ROOT / "styles" / "layouts" / "a4-mendatar.toml", THEME).boxes.box("legend")
MISSING = LegendRow(0, "#FFFFFF", "Tidak ada data", "", 3)


def drawn(n: int, *first: LegendRow) -> list[Item]:
    atlas = belu.made()
    one = replace(atlas.maps[n], legend=(*first, *atlas.maps[n].legend))
    studio = atlas.studio
    return legend.draw(BOX, one, studio.layout, studio.texts, studio.faces)


def texts_of(items: list[Item]) -> list[Text]:
    return [item for item in items if isinstance(item, Text)]


@pytest.mark.parametrize("n", range(7))
def test_with_a_row_for_missing_data_everything_still_fits(n: int) -> None:
    studio = belu.made().studio
    samples = legend.line_rows(BOX, studio.layout, studio.texts, belu.COLOURS)
    texts = texts_of([*drawn(n, MISSING), *samples])
    boxes = [text_box(text, studio.faces) for text in texts]
    assert [t.text for t, b in zip(texts, boxes, strict=True) if b.left < BOX.left or
            b.right > BOX.right or b.bottom < BOX.bottom or b.top > BOX.top] == []  # fmt: skip
    pairs = combinations(range(len(texts)), 2)
    assert [(texts[i].text, texts[j].text) for i, j in pairs if boxes[i].overlaps(boxes[j])] == []


def test_rows_stand_at_equal_distances_with_their_colours() -> None:
    swatches = [item for item in drawn(0, MISSING) if isinstance(item, Mark) and item.fill]
    assert [mark.fill for mark in swatches] == ["#FFFFFF", *belu.COLOURS]
    bottoms = [float(mark.shape.parts[0][:, 1].min()) for mark in swatches]
    steps = {round(a - b, 6) for a, b in pairwise(bottoms)}
    assert len(steps) == 1
    assert steps.pop() > 0


def test_the_row_for_missing_data_has_no_number() -> None:
    written = [text.text for text in texts_of(drawn(0, MISSING))]
    assert "Tidak ada data: 3 desa" in written
    count = belu.made().maps[0].legend[0].count
    assert f"Prioritas 1, rentan pangan tinggi: {count} desa" in written


def test_samples_of_lines_have_the_widths_of_the_map() -> None:
    studio = belu.made().studio
    samples = legend.line_rows(BOX, studio.layout, studio.texts, belu.COLOURS)
    widths = [m.stroke.width_mm for m in samples if isinstance(m, Mark) and m.stroke]
    lines = studio.layout.lines
    assert {lines.village, lines.kecamatan, lines.kabupaten, lines.coast} <= set(widths)
    strokes = [m.stroke for m in samples if isinstance(m, Mark) and m.stroke]
    wanted = shores.strokes(studio.layout)
    assert {*wanted.kecamatan, *wanted.kabupaten, wanted.coast} <= set(strokes)
    within = [border_colours.within(c, studio.layout.theme.borders) for c in belu.COLOURS]
    assert [s.colour for s in strokes if s.width_mm == lines.village] == within
    written = {text.text for text in texts_of(samples)}
    assert {"Batas desa/kelurahan", "Batas kecamatan", "Batas kabupaten/kota"} <= written


def test_lines_of_a_broken_name_stay_one_cell_for_readers() -> None:
    long = replace(belu.made().maps[0].legend[0], name="sangat rentan pangan " * 4)
    tags = [text.tag for text in texts_of(drawn(0, long)) if text.tag[1:2] == ("TR 0",)]
    assert len(tags) > 2
    assert {tag[-1] for tag in tags} == {"TH 0", "TD 1"}


def keys_of(items: list[Item]) -> list[str]:
    """Return the words of the samples of lines."""
    return [item.text for item in items if isinstance(item, Text)]


def test_a_border_that_no_map_shows_is_not_explained() -> None:
    studio = belu.made().studio
    coast = shores.strokes(studio.layout).coast
    rows = legend.line_rows(
        BOX, studio.layout, studio.texts, belu.COLOURS, {coast}, has_tokens=True
    )
    assert keys_of(rows) == ["Batas desa/kelurahan", "Desa sangat kecil", "Garis pantai"]
    assert legend.rows_of(rows) == 2


def test_samples_take_a_fourth_row_only_where_both_columns_are_full() -> None:
    studio = belu.made().studio
    every = legend.line_rows(BOX, studio.layout, studio.texts, belu.COLOURS, has_tokens=True)
    assert legend.rows_of(every) == 4
    without = legend.line_rows(BOX, studio.layout, studio.texts, belu.COLOURS)
    assert legend.rows_of(without) == 3
