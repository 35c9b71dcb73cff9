"""No word and no number of a table of the report is broken; many headings stand on end."""

from __future__ import annotations

import dataclasses

import pytest

from fsva.drawing.paper import fonts
from fsva.files.book import column_widths
from fsva.runs.book import edition_book
from fsva.words.book.content import BookTable
from tests.places import buku_belu
from tests.places.small import ROOT

MARGINS = 2 * 5.4 * 25.4 / 72  # of a cell, left and right together
FACES = fonts.load(ROOT / "styles" / "fonts")


def fitted(block: BookTable) -> BookTable:
    return column_widths.table(block, edition_book.look_of(buku_belu.made().drawn.edition), FACES)


def widest(words: str, face: fonts.FaceName, size: float) -> float:
    return max((FACES[face].width_mm(word, size) for word in words.split()), default=0.0)


def broken(block: BookTable) -> list[str]:
    """Return the words that are wider than their column."""
    size = 8 if block.small else 9.5
    found = []
    for n, width in enumerate(block.widths):
        heads = [] if n in block.on_end else [(block.heads[n], "bold")]
        cells = [(row[n], "regular") for k, row in enumerate(block.rows) if k not in block.groups]
        found += [w for w, face in (*heads, *cells) if widest(w, face, size) > width - MARGINS]
    return found


def test_no_word_of_the_tables_of_belu_is_broken_and_each_fills_the_page() -> None:
    tables = [b for b in buku_belu.made().book.blocks() if isinstance(b, BookTable)]
    assert len(tables) == 28
    assert [(t.heads[0], broken(t)) for t in tables if broken(t)] == []
    assert {round(sum(t.widths), 3) for t in tables} == {160.0, 267.0}


def many(count: int) -> BookTable:
    """Return a table with as many columns of one digit under long headings."""
    heads = ("Desa", *["Rasio penduduk dengan tingkat kesejahteraan terendah"] * count)
    rows = (("Meunasah Rayeuk Kareung", *["3"] * count),)
    aligns = ("kiri", *["tengah"] * count)
    return BookTable(None, heads, rows, aligns, (1.0,) * (count + 1), small=True)


def test_headings_stand_on_end_where_the_page_is_too_narrow_for_them() -> None:
    assert fitted(many(3)).on_end == frozenset()
    made = fitted(many(12))
    assert made.on_end == frozenset(range(1, 13))
    assert broken(made) == []
    assert sum(made.widths) == pytest.approx(160)
    words = FACES["bold"].width_mm("kesejahteraan", 8)
    assert words < made.head_mm - MARGINS / 2 < 60


def test_names_stay_in_one_line_while_others_can_give_room() -> None:
    name = FACES["regular"].width_mm("Meunasah Rayeuk Kareung", 8) + MARGINS
    longer = dataclasses.replace(
        many(4),
        heads=("Desa", *["Kesejahteraan"] * 2, "A", "B"),
        widths=(2.0, 0.5, 0.5, 1.0, 1.0),
    )
    assert fitted(longer).widths[0] > name
    tight = dataclasses.replace(longer, widths=(1.5, 0.2, 0.2, 2.0, 2.0))
    assert fitted(tight).widths[0] > name


def test_cells_stand_in_one_line_each_where_all_of_them_can() -> None:
    """Ranges were broken beside empty columns."""
    rows = (("1  Rentan pangan tinggi", "0,1706 sampai di bawah 0,1774", "0", "0,00%"),)
    heads = ("Prioritas", "Jiwa desil 1 per jiwa penduduk", "Jumlah desa", "Persentase")
    aligns = ("kiri", "kiri", "kanan", "kanan")
    made = fitted(BookTable(None, heads, rows, aligns, (4.0, 2.0, 2.0, 2.0)))
    face = FACES["regular"]
    assert [
        width - MARGINS > face.width_mm(cell, 9.5)
        for width, cell in zip(made.widths, rows[0], strict=True)
    ] == [True] * 4
    assert made.lines == 1


def test_a_table_without_room_at_all_is_narrowed_alike() -> None:
    made = fitted(dataclasses.replace(many(60), heads=("Desa", *["A"] * 60)))
    assert sum(made.widths) == pytest.approx(160)
    assert len(set(made.widths[1:])) == 1


def test_words_with_no_break_space_stay_in_one_line() -> None:
    both = "14,06 + 14,06".replace(" ", "\N{NO-BREAK SPACE}")
    rows = (("Tasain", both), ("Lakanmau Tengah", "5,20"))
    block = BookTable(None, ("Desa", "Poin"), rows, ("kiri", "kanan"), (0.99, 0.01), small=True)
    assert fitted(block).widths[1] - MARGINS >= FACES["regular"].width_mm(both, 8)
