"""Checks of columns of village codes.

Owns the errors for damaged codes, with their places and the likely codes. ``fsva.core.codes`` owns
the grammar of codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from fsva.core import codes
from fsva.core.codes import Damage
from fsva.core.columns import BPS, KEMENDAGRI, UNIT
from fsva.core.errors import CodeError, JoinError, Place, each
from fsva.core.levels import SUBDISTRICT
from fsva.core.names import is_same
from fsva.sources.cells.table_text import TextTable

Judge = Callable[[str, str | None], Damage | None]


def check_bps(table: TextTable) -> None:
    """Refuse damaged BPS codes, and name the codes that were likely meant.

    Parameters
    ----------
    table : TextTable
        With a column ``kode_bps``; of a table with Kemendagri codes only these are judged.

    Raises
    ------
    CodeError
        With every damaged code, and every village whose BPS code is not known.
    """
    if table.paired:
        each((check_kemendagri, _check_paired), lambda check: check(table))
        return
    sound = (row.cells[BPS] for row in table if codes.is_bps(row.cells[BPS]))
    known = frozenset(map(SUBDISTRICT.bps_of, sound))
    if damaged := _damaged(table, BPS, partial(codes.likely_bps, known=known)):
        raise CodeError("kode_bps", damaged)


def _check_paired(table: TextTable) -> None:
    """Refuse sound Kemendagri codes to which no BPS code is known."""
    sound = [row for row in table if codes.is_kemendagri(row.cells[KEMENDAGRI])]
    unknown = [row for row in sound if not row.cells[BPS]]
    table.stop(CodeError, "kode_tanpa_pasangan", unknown, KEMENDAGRI)


def check_kemendagri(table: TextTable) -> None:
    """Refuse damaged Kemendagri codes, and name the codes that were likely meant.

    Parameters
    ----------
    table : TextTable
        With a column ``kode_kemendagri``.

    Raises
    ------
    CodeError
        With every damaged code.
    """
    if damaged := _damaged(table, KEMENDAGRI, codes.likely_kemendagri):
        raise CodeError("kode_kemendagri", damaged)


def check_villages(table: TextTable, villages: Mapping[str, str]) -> None:
    """Refuse rows whose code and name are not those of a village of the edition.

    Parameters
    ----------
    table : TextTable
        With columns ``kode_bps`` and ``desa``.
    villages : mapping of str to str
        Names of the edition's villages by BPS code.

    Raises
    ------
    JoinError
        With every unknown code, or every name that is not that of its code.
    """
    unknown = [row for row in table if row.cells[BPS] not in villages]
    table.stop(JoinError, "sasaran_desa", unknown, BPS)
    other = [r for r in table if not is_same(r.cells[UNIT], villages[r.cells[BPS]])]
    table.stop(JoinError, "sasaran_nama", other, UNIT)


def hint(place: Place, damage: Damage | None) -> Place:
    """Add the kind of damage and the likely code to a place."""
    return replace(place, ailment=damage.ailment, likely=damage.likely) if damage else place


def _damaged(table: TextTable, column: str, judge: Judge) -> Sequence[Place]:
    """Return the places of damaged codes; the kabupaten of valid ones helps to guess."""
    district = codes.district_of(row.cells[column] for row in table)
    judged = [(row, judge(row.cells[column], district)) for row in table]
    return [hint(table.place(r, column, r.village), damage) for r, damage in judged if damage]
