"""Values on which the agencies of a kabupaten agreed, in place of missing or wrong ones.

Owns the columns named ``kesepakatan_<column>``: a filled cell replaces the cell of the column, and
the measured value is kept beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fsva.core.names import plain
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_text import TextTable

AGREED = "kesepakatan_"
MEASURED = "terukur_"


def column_of(table: TextTable, column: str) -> str | None:
    """Return the heading of the agreed values of a column, if the table has one.

    Parameters
    ----------
    table : TextTable
        Case, spaces and marks of its headings do not count.
    column : str
        Raw column or id of an indicator.
    """
    wanted = plain(AGREED + column)
    return next((heading for heading in table.columns if plain(heading) == wanted), None)


def take(table: TextTable, columns: Sequence[str]) -> tuple[TextTable, dict[str, list[str | None]]]:
    """Replace measured values by agreed ones.

    Returns
    -------
    table : TextTable
        Has the agreed texts in the columns.
    measured : dict of str to list
        ``terukur_<column>`` for each column with agreed values: the measured text per row (may be
        blank), None without an agreement.
    """
    given = {c: heading for c in columns if (heading := column_of(table, c)) is not None}
    if not given:
        return table, {}
    agreed = [
        {c: row.cells[h] for c, h in given.items() if row.cells[h] not in BLANK} for row in table
    ]
    measured = {
        MEASURED + c: [
            row.cells[c] if c in agreed_row else None
            for row, agreed_row in zip(table, agreed, strict=True)
        ]
        for c in given
    }
    rows = tuple(
        replace(row, cells=row.cells | agreed_row)
        for row, agreed_row in zip(table, agreed, strict=True)
    )
    return replace(table, rows=rows), measured


def blanked(table: TextTable, headings: Sequence[str]) -> TextTable:
    """Empty the cells with a dash, which means no agreement."""
    empty = dict.fromkeys(headings, "")
    rows = tuple(
        replace(row, cells=row.cells | {h: empty[h] for h in headings if row.cells[h] in BLANK})
        for row in table
    )
    return replace(table, rows=rows)
