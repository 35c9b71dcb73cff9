"""The columns of a village table that do not affect the classes.

Owns the raw columns beside ready ratios, the totals, and the cells as text. Only checks use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fsva.config.editions import headings
from fsva.config.methods.method import Method
from fsva.core import decimals
from fsva.core.columns import BPS
from fsva.core.names import plain
from fsva.sources.cells import decimal_marks
from fsva.sources.cells.table_row import Total
from fsva.sources.cells.table_text import TableFile, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Floats
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import edition_tables, raw_counts, read_tables

# How the label of a row of means begins, among those of totals in styles/judul-kolom.toml.
_MEANS = ("ratarata", "rerata", "rataan", "mean", "average")


def cells(source: TableFile) -> TextTable:
    """Read the cells of a table as text, without any check.

    Parameters
    ----------
    source : TableFile
        Has a column ``kode_bps``.
    """
    return source.table([BPS])


def beside(values: Table, source: TableFile, method: Method) -> Table:
    """Return the values of villages with the raw columns that stand beside ready ratios.

    Parameters
    ----------
    values : Table
        Indexed by BPS code.
    """
    return values.with_columns(read_columns(source, method).beside(values.index).columns)


def read_columns(source: TableFile, method: Method) -> Table:
    """Read the raw columns beside ready ratios.

    Returns
    -------
    Table
        Indexed by BPS code, a column of floats per raw column of the table; perhaps none.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    # In a table of values the heading of an indicator never means a raw column.
    titles = headings.of_method(method, raw=True) | headings.of_method(method)
    present = source.table(edition_tables.VILLAGE_COLUMNS, titles).columns
    columns = [column for column in method.columns if column in present]
    table, villages = edition_tables.read_villages(source, columns, titles)
    return Table(villages.index, raw_counts.numbers(table, columns), BPS)


def in_order(source: TableFile, method: Method, codes: Iterable[str]) -> dict[str, Floats]:
    """Read the raw columns beside ready ratios for some villages.

    Parameters
    ----------
    codes : iterable of str
        BPS codes in the wanted order; a village that the table lacks is NaN.
    """
    rows = read_columns(source, method).beside(codes)
    return {name: read_tables.floats(column) for name, column in rows.columns.items()}


def with_areas(values: Table, source: TableFile, column: str) -> Table:
    """Return villages with the areas that their table states beside ready ratios.

    Parameters
    ----------
    values : Table
        Indexed by BPS code.
    column : str
        Of areas. Classes do not depend on it, so that a cell that is no number stops nothing.
    """
    if column in values:
        return values
    table = cells(source)
    if column not in table.columns:
        return values
    stated = {row.cells[BPS]: _number(row.cells[column]) for row in table}
    numbers = plain_table.numbers(stated.get(code) for code in values.codes)
    return values.with_columns({column: numbers})


@dataclass(frozen=True)
class PrintedTotal:
    """A row of totals as an office printed it.

    Parameters
    ----------
    subdistrict : str
        Name of the kecamatan; blank for the whole district.
    row : int
        Row in the file, counted from 1.
    numbers : mapping of str to float
        By raw column or indicator; without those whose total is no number, or may have thousands
        marks.
    step : mapping of str to float
        The unit of the last digit that stands there.
    cells : mapping of str to str or None
        Sheet and cell of a workbook.
    is_mean : bool
        Whether it is a row of means.
    """

    subdistrict: str
    row: int
    numbers: Mapping[str, float]
    step: Mapping[str, float] = field(default_factory=dict)
    cells: Mapping[str, str | None] = field(default_factory=dict)
    is_mean: bool = False


def read_totals(source: TableFile, method: Method) -> tuple[PrintedTotal, ...]:
    """Read the printed totals and means of a table."""
    titles = headings.of_method(method, raw=True) | headings.of_method(method)
    table = source.table(edition_tables.VILLAGE_COLUMNS, titles)
    known = (*method.columns, *(i.id for i in method.indicators))
    columns = [c for c in dict.fromkeys(known) if c in table.columns]
    return tuple(_total(table, total, columns) for total in table.totals)


def _total(table: TextTable, total: Total, columns: Iterable[str]) -> PrintedTotal:
    numbers = _numbers(total, columns)
    return PrintedTotal(
        total.kecamatan,
        total.number,
        numbers,
        {column: _step(total.cells[column]) for column in numbers},
        {column: table.place(total, column).cell for column in numbers},
        plain(total.label).startswith(_MEANS),
    )


def _step(text: str) -> float:
    exponent = decimals.parse(text).as_tuple().exponent
    return float(Decimal(1).scaleb(exponent)) if isinstance(exponent, int) else 0.0


def _numbers(total: Total, columns: Iterable[str]) -> dict[str, float]:
    read = {column: _number(total.cells.get(column, "")) for column in columns}
    return {column: number for column, number in read.items() if number is not None}


def _number(text: str) -> float | None:
    if not text or decimal_marks.unclear([text]):
        return None
    try:
        return float(decimals.parse(text))
    except ValueError:
        return None  # a dash or a word: no total here
