"""A sheet as texts in rows and columns, without their meaning.

Owns the kinds of text that stand for typed cells, and the names of cells. ``delimited`` and
``workbooks.workbook`` of this folder turn files into grids.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

BLANK = frozenset({"", "-", "–", "—"})


_BLANKS = re.compile(" {2,}")


def seen(text: str) -> str:
    r"""Return a text as people see it: one form of each letter, plain blanks, nothing unseen.

    Examples
    --------
    >>> seen("\u200bSisi\u00a0 Fatu\u00adberal "), seen("Be\u0301da")
    ('Sisi Fatuberal', 'Béda')
    """
    if not text.isascii():
        kinds = [(letter, unicodedata.category(letter)) for letter in _composed(text)]
        text = "".join(" " if k == "Zs" else letter for letter, k in kinds if k != "Cf")
    return (_BLANKS.sub(" ", text) if "  " in text else text).strip()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


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


Area = tuple[tuple[int, int], tuple[int, int]]


class MergedAreas:
    """Areas of merged cells, asked row by row: one may be as large as the sheet.

    Parameters
    ----------
    areas : sequence of (first cell, last cell)
        By row and column, counted from 0.
    """

    def __init__(self, areas: Sequence[Area] = ()) -> None:
        self._areas = areas
        self._of_rows: dict[int, tuple[list[int], list[Area]]] = {}

    def __bool__(self) -> bool:
        """Tell whether any cells are merged."""
        return bool(self._areas)

    def first_of(self, row: int, column: int) -> tuple[int, int] | None:
        """Return the first cell of the area that a cell lies in; None if it lies in none."""
        if not self._areas:
            return None
        starts, widest = self._in_row(row)
        before = bisect_right(starts, column)
        if not before:
            return None
        first, last = widest[before - 1]
        return first if column <= last[1] else None

    def has_row(self, row: int) -> bool:
        """Tell whether an area reaches into a row."""
        return bool(self._areas) and bool(self._in_row(row)[0])

    def _in_row(self, row: int) -> tuple[list[int], list[Area]]:
        """Return first columns in order, and for each the area that reaches farthest so far."""
        if row not in self._of_rows:
            areas = sorted(
                (a for a in self._areas if a[0][0] <= row <= a[1][0]), key=lambda a: a[0][1]
            )
            self._of_rows[row] = [a[0][1] for a in areas], list(accumulate(areas, _farther))
        return self._of_rows[row]


def _farther(one: Area, other: Area) -> Area:
    """Return the area that reaches farther to the right."""
    return max(one, other, key=lambda area: area[1][1])


@dataclass(frozen=True)
class Grid:
    """The texts of a sheet.

    Parameters
    ----------
    rows : tuple of tuple of str
        Texts without spaces at their ends; row 1 of the spreadsheet is ``rows[0]``.
    name : str or None
        Name of the sheet; None for a text file.
    merged : MergedAreas
        Areas of merged cells. Empty for kinds of files that do not store merged areas.
    hidden_rows, hidden_columns : frozenset of int
        Rows and columns that the officer does not see, counted from 0.
    """

    rows: tuple[tuple[str, ...], ...]
    name: str | None = None
    merged: MergedAreas = field(default_factory=MergedAreas)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, counted from 0; merged cells have the text of the first."""
        row, column = self.merged.first_of(row, column) or (row, column)
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def longer_than(self, most: int) -> tuple[int, int] | None:
        """Return row and column, counted from 0, of the first cell with more letters."""
        for row, cells in enumerate(self.rows):
            if max(map(len, cells), default=0) > most:
                return row, next(n for n, text in enumerate(cells) if len(text) > most)
        return None

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
