"""What a table of villages holds beside the numbers that the classes come from.

Owns the raw columns beside ready ratios, the printed totals, and the cells as text. Checks read
them; no map does.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from fsva.config.methods.method import Method
from fsva.core import decimals
from fsva.core.columns import BPS, PARENT, ROW
from fsva.sources.cells import decimal_marks, table_text
from fsva.sources.cells.table_text import TextTable
from fsva.sources.tables import edition_tables, raw_counts


def cells(file: Path, name: str | None = None) -> TextTable:
    """Read the cells of a table as text, whatever they hold.

    Parameters
    ----------
    file : Path
        With a column ``kode_bps``.
    name : str or None
        The sheet of a workbook.
    """
    return table_text.read(file, [BPS], name)


def read_columns(file: Path, method: Method, name: str | None = None) -> pd.DataFrame:
    """Read the raw columns that stand beside ready ratios.

    Parameters
    ----------
    file : Path
        The table of values.
    method : Method
        Declares the raw columns.
    name : str or None
        The sheet of a workbook.

    Returns
    -------
    DataFrame
        Indexed by BPS code, a Float64 column per raw column that is there; perhaps none.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    titles = edition_tables.titles(method, raw=True)
    present = table_text.read(file, edition_tables.VILLAGE_COLUMNS, name, titles).columns
    columns = [column for column in method.columns if column in present]
    table, frame = edition_tables.read_villages(file, columns, name, titles)
    return pd.DataFrame(raw_counts.numbers(table, columns), index=frame.index)


def read_totals(file: Path, method: Method, name: str | None = None) -> pd.DataFrame:
    """Read the printed totals of a table of raw counts.

    Parameters
    ----------
    file : Path
        The table.
    method : Method
        Declares the raw columns.
    name : str or None
        The sheet of a workbook.

    Returns
    -------
    DataFrame
        ``kecamatan`` (blank for all), ``baris`` and a Float64 column per raw column that is
        there; NA where the total is no number, or may have thousands marks.
    """
    titles = edition_tables.titles(method, raw=True)
    table = table_text.read(file, edition_tables.VILLAGE_COLUMNS, name, titles)
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
        return None  # a dash or a word: no total is printed here
