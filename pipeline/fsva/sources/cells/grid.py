"""A sheet as texts in rows and columns, without their meaning.

Owns the kinds of text that stand for typed cells, and the names of cells. ``delimited`` and
``workbooks.workbook`` of this folder turn files into grids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BLANK = frozenset({"", "-", "–", "—"})


class UnreadText(str):
    """The text of a cell that differs from what the officer sees; refused in required cells."""

    __slots__ = ()


class NumberText(str):
    """The text of a numeric cell; its point is a decimal point."""

    __slots__ = ()


class PercentText(UnreadText):
    """The text of a numeric cell in percent format, with the percent sign."""

    __slots__ = ()


class DateText(UnreadText):
    """The text of a cell that the spreadsheet stores as a date or a time."""

    __slots__ = ()


class FormulaText(UnreadText):
    """The formula of a cell without a stored result."""

    __slots__ = ()


@dataclass(frozen=True)
class Grid:
    """The texts of a sheet.

    Parameters
    ----------
    rows : tuple of tuple of str
        Texts without spaces at their ends; row 1 of the spreadsheet is ``rows[0]``.
    name : str or None
        Name of the sheet; None for a text file.
    merged : mapping of (row, column) to (row, column)
        Each cell of a merged area, counted from 0, to the area's first cell. Empty for kinds of
        files that do not store merged areas.
    hidden_rows, hidden_columns : frozenset of int
        Rows and columns that the officer does not see, counted from 0.
    """

    rows: tuple[tuple[str, ...], ...]
    name: str | None = None
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, counted from 0; merged cells have the text of the first."""
        row, column = self.merged.get((row, column), (row, column))
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def filled(self) -> int:
        """Return the number of rows with any text."""
        return sum(any(cells) for cells in self.rows)


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    rest = column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def position(address: str) -> tuple[int, int]:
    """Return row and column of an address such as ``B5``, counted from 0.

    Examples
    --------
    >>> position("B5"), position("AA1")
    ((4, 1), (0, 26))
    """
    word = address.rstrip("0123456789")
    number = 0
    for letter in word:
        number = 26 * number + ord(letter) - ord("A") + 1
    return int(address[len(word) :]) - 1, number - 1
