"""What lifts the vulnerable villages, as a table: Belu's 21, by hand from the method."""

from __future__ import annotations

from fsva.words.book import needed_grid
from fsva.words.book.content import BookTable
from tests.places import buku_belu


def made() -> BookTable:
    return needed_grid.table(buku_belu.made().drawn.material)


def test_tasain_needs_one_indicator_or_two_together() -> None:
    # Scores 14.8268, 14.9587, 55.1689, 100, 18.3268, 83.6357: their sum 286.9169. The index has two
    # digits and must exceed 52.50: 6 x 52.505 - 286.9169 = 28.1131 points, rounded up. Lahan goes
    # to (14.8268 + 28.1131) % of 1.6659; with half of the points each, to 28.8834 % of it, and
    # sarana to 29.0153 % of 0.1210; each the first value of four digits that is enough.
    drawn = made()
    at = [row[0] for row in drawn.rows].index("Tasain")
    assert drawn.rows[at] == ("Tasain", "3–4", "0,7154", *[""] * 5, "28,12")
    both = "14,06 + 14,06".replace(" ", "\N{NO-BREAK SPACE}")  # stands in one line
    assert drawn.rows[at + 1] == (
        "Tasain", "3–4", "0,4812", "0,0352", *[""] * 4, both,
    )  # fmt: skip


def test_each_row_has_a_cell_per_heading_and_names_a_kecamatan_or_an_aim() -> None:
    drawn = made()
    assert len(drawn.heads) == len(drawn.aligns) == len(drawn.widths) == 9
    assert {len(row) for row in drawn.rows} == {9}
    assert [n for n, row in enumerate(drawn.rows) if not row[1]] == sorted(drawn.groups)


def test_villages_without_a_value_are_named_below_and_have_no_row() -> None:
    drawn = made()
    names = {row[0] for n, row in enumerate(drawn.rows) if n not in drawn.groups}
    assert len(names) == 21 - 7
    assert "(7 desa/kelurahan): Renrua, Mandeu Raimanus" in drawn.note
