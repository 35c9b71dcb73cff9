"""How many cells of a sheet are filled, and how far they reach: known before a reader opens it.

Owns the count and its bounds. A reader keeps a place for every cell from the first to the last, so
that one stray cell in the last row of a sheet costs as much as a million filled ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fsva.core import bounds

_ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet, in every kind of workbook

What = Literal["sel", "isi", "gabungan"]


class BrokenError(Exception):
    """The files inside a workbook cannot be read."""


class TooLargeError(Exception):
    """A workbook holds more than it may.

    Parameters
    ----------
    what : {"sel", "isi", "gabungan"}
        Cells, content, or merged areas: the end of the error's key.
    n_found, most : int
        What was counted, and the bound.
    """

    def __init__(self, what: What, n_found: int, most: int) -> None:
        super().__init__(what)
        self.what, self.n_found, self.most = what, n_found, most


@dataclass
class Filled:
    """The filled cells of a sheet.

    Parameters
    ----------
    rows, columns : set of int
        Which have a filled cell, counted from 0.
    n_cells, n_letters : int
        Filled cells, and the letters of their texts.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    n_cells: int = 0
    n_letters: int = 0

    def add(self, rows: range, columns: range, letters: int = 0) -> None:
        """Count a cell, or equal cells beside and below each other.

        Raises
        ------
        BrokenError
            They lie outside of any sheet.
        TooLargeError
            There are more cells or letters than a workbook may have.
        """
        if rows.start < 0 or rows.stop > _ROWS or columns.start < 0 or columns.stop > COLUMNS:
            raise BrokenError(f"R{rows.stop}C{columns.stop}")
        times = len(rows) * len(columns)
        self.n_cells += times
        self.n_letters += times * letters
        check(self.n_cells, self.n_letters)
        self.rows.update(rows)
        self.columns.update(columns)

    @property
    def is_spread(self) -> bool:
        """Whether a reader that keeps a place for every cell between would need too many."""
        places = (max(self.rows, default=0) + 1) * (max(self.columns, default=0) + 1)
        return places > bounds.load().workbook.filled

    def check_close(self) -> None:
        """Stop where the filled rows and columns alone span too many cells.

        Raises
        ------
        TooLargeError
            They do.
        """
        check(len(self.rows) * len(self.columns), 0)


def check(n_cells: int, n_letters: int) -> None:
    """Stop at more cells or letters than a workbook may have.

    Raises
    ------
    TooLargeError
        There are more.
    """
    limits = bounds.load().workbook
    if n_cells > limits.filled:
        raise TooLargeError("sel", n_cells, limits.filled)
    if n_letters > limits.most_bytes:
        raise TooLargeError("isi", n_letters, limits.most_bytes)
