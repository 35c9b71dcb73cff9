"""Filled forms of several agencies, put together to one table.

Owns the reading of one form, the refusal of numbers that cannot be, and of two forms that
contradict each other. What stands in the table is checked again when an edition reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from fsva.config.methods.method import Indicator
from fsva.core import decimals
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import Place, TableError
from fsva.core.remedies import edition_entries
from fsva.sources.cells import table_text
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_text import TextTable
from fsva.sources.tables import code_columns, possible_values
from fsva.sources.tables.possible_values import Accepted

Filled = dict[str, dict[str, float]]  # column to BPS code to number
_KEYS = (BPS, KEMENDAGRI, PARENT, UNIT)


@dataclass(frozen=True)
class AskedColumns:
    """What forms may have.

    Parameters
    ----------
    names : sequence of str
        Raw columns, or ids of indicators.
    indicators : sequence of Indicator
        Those of the method; a column of theirs holds possible values only, any other no negative.
    accepted : frozenset of (code, indicator id)
        Values outside their range that the office accepts.
    """

    names: Sequence[str]
    indicators: Sequence[Indicator] = ()
    accepted: Accepted = frozenset()


@dataclass(frozen=True)
class FilledForms:
    """What agencies returned.

    Parameters
    ----------
    numbers : dict of str to dict of str to float
        By column and BPS code; only cells that are filled in.
    lacking : dict of str to list of str
        Villages of the edition without a row, by file.
    unread : dict of str to list of str
        Headings that are none of a form, by file.
    """

    numbers: Filled = field(default_factory=dict)
    lacking: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, list[str]] = field(default_factory=dict)


def read(files: Iterable[Path], asked: AskedColumns, villages: Mapping[str, str]) -> FilledForms:
    """Read filled forms and put them together.

    Parameters
    ----------
    files : iterable of Path
        Forms as agencies returned them.
    villages : mapping of str to str
        Names of the edition's villages by BPS code.

    Raises
    ------
    SourceError, CodeError, TableError, JoinError
        A form cannot be read or has no column of those asked; a village is unknown or has another
        name; a cell holds no number or an impossible one; two forms say different numbers.
    """
    made = FilledForms()
    told: dict[tuple[str, str], Place] = {}
    for file in files:
        table = table_text.read(file, [BPS, UNIT])
        code_columns.check_bps(table)
        code_columns.check_villages(table, villages)
        _note(table, file.name, asked, villages, made)
        for column in asked.names:
            if column in table.columns:
                _take(table, column, made.numbers.setdefault(column, {}), told)
                _check_possible(table, column, asked)
    return made


def _note(
    table: TextTable,
    file: str,
    asked: AskedColumns,
    villages: Mapping[str, str],
    made: FilledForms,
) -> None:
    """Keep what a form lacks or has too much; a form without any column that is asked stops."""
    known = {row.cells[BPS] for row in table}
    made.lacking[file] = [name for code, name in villages.items() if code not in known]
    # The row in brackets of a form belongs to a heading that is not known.
    headings = [name.partition(" (")[0] for name in table.columns if name not in _KEYS]
    made.unread[file] = [name for name in headings if name and name not in asked.names]
    if not set(headings) & set(asked.names):
        place = Place(table.file, found=", ".join(made.unread[file]))
        raise TableError("formulir_kolom", [place], {"ada": ", ".join(asked.names)})


def _take(
    table: TextTable, column: str, known: dict[str, float], told: dict[tuple[str, str], Place]
) -> None:
    """Add the numbers of a column of one form."""
    rows = [row for row in table if row.cells[column] not in BLANK]
    wrong = [row for row in rows if not decimals.is_number(row.cells[column])]
    table.stop(TableError, "bukan_angka", wrong, column)
    for row in rows:
        code, number = row.cells[BPS], float(decimals.parse(row.cells[column]))
        place = table.place(row, column, row.village)
        before = told.setdefault((column, code), place)
        if known.setdefault(code, number) != number:
            raise TableError("formulir_beda", [before, place])


def _check_possible(table: TextTable, column: str, asked: AskedColumns) -> None:
    """Refuse values outside the range of their indicator, and negative counts."""
    rows = [row for row in table if row.cells[column] not in BLANK]
    numbers = np.array([float(decimals.parse(row.cells[column])) for row in rows])

    def places(wrong: Iterable[int]) -> list[Place]:
        """Return where the values of these rows stand."""
        return [table.place(rows[n], column, rows[n].village) for n in wrong]

    indicator = next((one for one in asked.indicators if one.id == column), None)
    if indicator is None:
        if negative := [int(n) for n in np.flatnonzero(numbers < 0)]:
            raise TableError("mentah_negatif", places(negative))
        return
    judged = possible_values.judge(
        indicator, [row.cells[BPS] for row in rows], numbers, asked.accepted
    )
    if judged.refused:
        low, high = possible_values.ends(indicator)
        entries = [
            edition_entries.of_value(rows[n].cells[BPS], rows[n].cells[UNIT], indicator.id)
            for n in judged.refused
        ]
        raise TableError(
            "di_luar_rentang",
            places(judged.refused),
            {"dari": low, "sampai": high},
            decisions=entries,
        )
    if wrong := judged.without_category:
        known = possible_values.categories(indicator)
        raise TableError("bukan_kategori", places(wrong), {"ada": known})
