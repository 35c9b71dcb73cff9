"""Columns that an edition takes from another source than its table.

Owns the rule that the table may hold only agreed values for them: a number in such a column would
be a second source for one fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fsva.core.columns import BPS
from fsva.core.errors import TableError
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_text import TableFile
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import agreed_columns, edition_tables, raw_counts


def read_agreed(
    source: TableFile, columns: Sequence[str], titles: Mapping[str, Sequence[str]]
) -> Table:
    """Read the agreed values of columns from other sources.

    Parameters
    ----------
    columns : sequence of str
        Raw columns or ids of indicators.

    Returns
    -------
    Table
        Indexed by BPS code: a column of floats for each with agreed values, NaN = no agreement;
        no column at all without columns.

    Raises
    ------
    TableError
        A cell of such a column is filled, or an agreed value is not a number.
    """
    if not columns:
        return Table()
    table, villages = edition_tables.read_villages(source, (), titles)
    for column in columns:
        filled = [row for row in table if row.cells.get(column, "") not in BLANK]
        if filled:
            places = [table.place(row, column, row.village) for row in filled]
            raise TableError("dua_sumber", places, {"kolom": column})
    headings = {c: h for c in columns if (h := agreed_columns.column_of(table, c)) is not None}
    numbers = raw_counts.numbers(
        agreed_columns.blanked(table, list(headings.values())), list(headings.values())
    )
    return Table(villages.index, {c: numbers[h] for c, h in headings.items()}, BPS)
