"""The columns of a village table that do not affect the classes.

Owns the raw columns beside ready ratios, the totals, and the cells as text. Only checks use them.
"""

from __future__ import annotations

import pandas as pd

from fsva.config.methods.method import Method
from fsva.core import decimals
from fsva.core.columns import BPS, PARENT, ROW
from fsva.sources.cells import decimal_marks
from fsva.sources.cells.table_text import TableFile, TextTable
from fsva.sources.tables import edition_tables, raw_counts


def cells(source: TableFile) -> TextTable:
    """Read the cells of a table as text, without any check.

    Parameters
    ----------
    source : TableFile
        Has a column ``kode_bps``.
    """
    return source.table([BPS])


def read_columns(source: TableFile, method: Method) -> pd.DataFrame:
    """Read the raw columns beside ready ratios.

    Returns
    -------
    DataFrame
        Indexed by BPS code, a Float64 column per raw column of the table; perhaps none.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    # In a table of values the heading of an indicator never means a raw column.
    titles = edition_tables.titles(method, raw=True) | edition_tables.titles(method)
    present = source.table(edition_tables.VILLAGE_COLUMNS, titles).columns
    columns = [column for column in method.columns if column in present]
    table, frame = edition_tables.read_villages(source, columns, titles)
    return pd.DataFrame(raw_counts.numbers(table, columns), index=frame.index)


def read_totals(source: TableFile, method: Method) -> pd.DataFrame:
    """Read the rows of totals of a table of raw counts.

    Returns
    -------
    DataFrame
        ``kecamatan`` (blank = all), ``baris`` and a Float64 column per raw column of the table;
        NA if the total is not a number, or may have thousands marks.
    """
    titles = edition_tables.titles(method, raw=True)
    table = source.table(edition_tables.VILLAGE_COLUMNS, titles)
    frame = pd.DataFrame(
        {
            PARENT: pd.array([total.kecamatan for total in table.totals], dtype="str"),
            ROW: [total.number for total in table.totals],
        }
    )
    for column in (c for c in method.columns if c in table.columns):
        texts = [total.cells.get(column, "") for total in table.totals]
        frame[column] = pd.array([_number(text) for text in texts], dtype="Float64")
    return frame


def _number(text: str) -> float | None:
    if not text or decimal_marks.unclear([text]):
        return None
    try:
        return float(decimals.parse(text))
    except ValueError:
        return None  # a dash or a word: no total here
