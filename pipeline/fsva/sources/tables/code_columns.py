"""Columns of village codes: damaged ones are named with their place and the likely code.

Owns the errors for codes that break their grammar; the grammar itself is ``fsva.core.codes``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from fsva.core import codes
from fsva.core.codes import Damage
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.core.errors import CodeError, Place
from fsva.sources.cells.table_text import TableRow, TextTable

Judge = Callable[[str, str | None], Damage | None]


def check_bps(table: TextTable, village: Callable[[TableRow], str]) -> None:
    """Stop at BPS codes that are none, and say what they may have been.

    Parameters
    ----------
    table : TextTable
        With a column ``kode_bps``.
    village : callable
        Names the village of a row.

    Raises
    ------
    CodeError
        With every damaged code.
    """
    sound = (row.cells[BPS] for row in table if codes.is_bps(row.cells[BPS]))
    known = frozenset(codes.BpsCode.parse(code).subdistrict_code for code in sound)
    if damaged := _damaged(table, BPS, partial(codes.likely_bps, known=known), village):
        raise CodeError("kode_bps", damaged)


def check_kemendagri(table: TextTable, village: Callable[[TableRow], str]) -> None:
    """Stop at Kemendagri codes that are none, and say what they may have been.

    Parameters
    ----------
    table : TextTable
        With a column ``kode_kemendagri``.
    village : callable
        Names the village of a row.

    Raises
    ------
    CodeError
        With every damaged code.
    """
    if damaged := _damaged(table, KEMENDAGRI, codes.likely_kemendagri, village):
        raise CodeError("kode_kemendagri", damaged)


def hint(place: Place, damage: Damage | None) -> Place:
    """Return a place that also says what is wrong with the code there, and the likely one."""
    return replace(place, ailment=damage.ailment, likely=damage.likely) if damage else place


def _damaged(
    table: TextTable, column: str, judge: Judge, village: Callable[[TableRow], str]
) -> Sequence[Place]:
    """Return the places of damaged codes, judged by the kabupaten of the sound ones."""
    district = codes.district_of(row.cells[column] for row in table)
    judged = [(row, judge(row.cells[column], district)) for row in table]
    return [hint(table.place(r, column, village(r)), damage) for r, damage in judged if damage]
