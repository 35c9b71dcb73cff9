"""Filled forms of several agencies, put together to one table.

Owns the reading of one form and the refusal of two that contradict each other. What stands in the
table is checked again when an edition reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fsva.core import decimals
from fsva.core.columns import BPS, UNIT
from fsva.core.errors import JoinError, Place, TableError
from fsva.core.names import plain
from fsva.sources.cells import table_text
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_text import TableRow, TextTable
from fsva.sources.tables import code_columns

Filled = dict[str, dict[str, float]]  # column to BPS code to number


def read(files: Iterable[Path], columns: Sequence[str], villages: Mapping[str, str]) -> Filled:
    """Read filled forms and put them together.

    Parameters
    ----------
    files : iterable of Path
        Forms as agencies returned them.
    columns : sequence of str
        Columns that forms may have.
    villages : mapping of str to str
        Names of the edition's villages by BPS code.

    Returns
    -------
    dict of str to dict of str to float
        Number by column and BPS code; only cells that are filled in.

    Raises
    ------
    SourceError, CodeError, TableError, JoinError
        A form cannot be read; a village is unknown or has another name; a cell is no number; two
        forms say different numbers.
    """
    filled: Filled = {}
    told: dict[tuple[str, str], Place] = {}
    for file in files:
        table = table_text.read(file, [BPS, UNIT])
        code_columns.check_bps(table, _called)
        _check_villages(table, villages)
        for column in columns:
            if column in table.columns:
                _take(table, column, filled.setdefault(column, {}), told)
    return filled


def _called(row: TableRow) -> str:
    return f"{row.cells[UNIT]} ({row.cells[BPS]})"


def _check_villages(table: TextTable, villages: Mapping[str, str]) -> None:
    unknown = [row for row in table if row.cells[BPS] not in villages]
    if unknown:
        raise JoinError("sasaran_desa", [table.place(row, BPS, _called(row)) for row in unknown])
    other = [r for r in table if plain(r.cells[UNIT]) != plain(villages[r.cells[BPS]])]
    if other:
        raise JoinError("sasaran_nama", [table.place(row, UNIT, _called(row)) for row in other])


def _take(
    table: TextTable, column: str, known: dict[str, float], told: dict[tuple[str, str], Place]
) -> None:
    """Add the numbers of a column of one form."""
    rows = [row for row in table if row.cells[column] not in BLANK]
    wrong = [row for row in rows if not decimals.is_number(row.cells[column])]
    if wrong:
        places = [table.place(row, column, _called(row)) for row in wrong]
        raise TableError("bukan_angka", places)
    for row in rows:
        code, number = row.cells[BPS], float(decimals.parse(row.cells[column]))
        place = table.place(row, column, _called(row))
        before = told.setdefault((column, code), place)
        if known.setdefault(code, number) != number:
            raise TableError("formulir_beda", [before, place])
