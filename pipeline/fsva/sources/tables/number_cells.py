"""Numbers, classes and ranks in the cells of an edition's tables.

Turns the text of one cell into a number. ``fsva.sources.tables.edition_tables`` knows the columns
and the possible numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from fsva.config.editions import headings
from fsva.config.methods.baseline import digits_of
from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core import decimals
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.errors import TableError
from fsva.sources.cells.grid import UnreadText
from fsva.sources.cells.table_text import TableFile, TableRow, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import agreed_columns, agreement_sheet

T = TypeVar("T")
# Column beside an indicator: the original text of cells that were read as a category.
WRITTEN = "tertulis_"
# Share of a column's cells that decides its number of decimals.
_MOST = 0.9
_LONGEST_RANK = 9  # digits; no kabupaten has as many villages


def number_of(measure: Measure) -> Callable[[str], float]:
    """Return the reader of a measure's cells, which rounds half up to its digits.

    Parameters
    ----------
    measure : Measure
        The numbers of a categorical indicator are not rounded: 1.4 is not a category and must not
        become one. A number next to a category becomes that category. If zero means "there is
        none", a positive value is never rounded to it.
    """

    def parse(text: str) -> float:
        """Return the number of a cell."""
        try:
            number = decimals.parse(text)
        except ValueError:
            raise ValueError("bukan_angka") from None
        if isinstance(measure, Indicator) and measure.categories:
            return measure.read_category(float(number))
        units = decimals.to_units(number, measure.digits)
        if number > 0 and not units and isinstance(measure, Indicator) and measure.zero:
            units = 1  # zero means "there is none"; this is a small amount
        return float(Decimal(units).scaleb(-measure.digits))

    return parse


def told(text: str) -> str:
    """Return the text of a cell; blank if the reader of the table has already reported it.

    Parameters
    ----------
    text : str
        Text of a cell in a required or agreed column.
    """
    return "" if isinstance(text, UnreadText) else text


def parsed(table: TextTable, column: str, parse: Callable[[str], T]) -> list[T | None]:
    """Return the values of a column; empty cells are None.

    Parameters
    ----------
    column : str
        Required or agreed.
    parse : callable
        Reads a filled cell; its ValueError says the key of the message.

    Raises
    ------
    TableError
        With every cell that cannot be read, and the message of the first.
    """
    values: list[T | None] = []
    wrong: list[tuple[TableRow, str]] = []
    for row in table:
        text = told(row.cells[column])
        try:
            values.append(parse(text) if text else None)
        except ValueError as problem:
            wrong.append((row, str(problem)))
    if wrong:
        places = [table.place(row, column, row.village) for row, _ in wrong]
        raise TableError(wrong[0][1], places)
    return values


def decimal_of(text: str) -> float:
    """Read a number with all its digits."""
    try:
        return float(decimals.parse(text))
    except ValueError:
        raise ValueError("bukan_angka") from None


def class_of(method: Method) -> Callable[[str], int]:
    """Return the reader of cells with classes, which accepts only those of the method."""
    known = {str(priority.number): priority.number for priority in method.classes}

    def parse(text: str) -> int:
        """Return the number of a cell."""
        if text not in known:
            raise ValueError("bukan_kelas")
        return known[text]

    return parse


def rank_of(text: str) -> int:
    """Read a rank."""
    is_long = len(text) > _LONGEST_RANK
    if is_long or not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise ValueError("bukan_peringkat")
    return int(text)


def digits_written(texts: Sequence[str]) -> list[int | None]:
    """Return the number of decimals of each cell of a column.

    Parameters
    ----------
    texts : sequence of str
        Numbers with a decimal comma or point; blank = no number.

    Returns
    -------
    list of int or None
        The larger of the cell's own decimals and those that nine of ten cells have at most: a
        spreadsheet writes 13 for 13.0, and a single cell with a formula must not decide for all.
        None for a blank cell, and for a column of zeros.

    Examples
    --------
    >>> digits_written(["12,5", "13", "", "0", "11,25"])
    [2, 2, None, 2, 2]
    """
    counts = [_own_digits(text) if text else None for text in texts]
    telling = sorted(
        n
        for n, text in zip(counts, texts, strict=True)
        if n is not None and decimals.parse(text) != 0
    )
    if not telling:
        return [None] * len(counts)
    common = telling[math.ceil(_MOST * len(telling)) - 1]
    return [None if n is None else max(n, common) for n in counts]


def _own_digits(text: str) -> int:
    return digits_of(decimals.parse(text))


def read_digits(source: TableFile, method: Method) -> Table:
    """Read the number of decimals of each ready value in its table.

    Parameters
    ----------
    source : TableFile
        Already accepted by ``fsva.sources.tables.edition_tables.read_indicators``.

    Returns
    -------
    Table
        Indexed by BPS code, a column per indicator; NaN = no number.
    """
    known = headings.of_method(method)
    ids = [i.id for i in method.indicators if not i.categories]
    table = source.table([BPS, PARENT, UNIT, *ids], known)
    table, _ = agreed_columns.take(agreement_sheet.beside(table, source, known), ids)
    digits: dict[str, plain_table.Column] = {
        name: plain_table.numbers(digits_written([row.cells[name] for row in table]))
        for name in ids
    }
    return Table(plain_table.words(row.cells[BPS] for row in table), digits)


def read_otherwise(table: TextTable, indicator: Indicator) -> list[str | None]:
    """Return the numbers, such as 1.0001, that were read as the category next to them.

    Returns
    -------
    list of str or None
        Per row; empty if no cell was read as another number.
    """
    if not indicator.categories:
        return []
    texts = [row.cells[indicator.id] for row in table]
    exact = [decimal_of(text) if text else None for text in texts]
    written = [
        f"{x:.10g}" if x is not None and indicator.read_category(x) != x else None for x in exact
    ]
    return written if any(written) else []
