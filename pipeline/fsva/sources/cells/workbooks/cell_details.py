"""Details of cells that the reader of workbooks lacks.

Owns the values, and the common parts of their readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from fsva.core import bounds
from fsva.sources.cells.workbooks.filled import BrokenError, Filled, TooLargeError

Place = tuple[int, int]
KIND = "calcext:value-type"
PERCENT = frozenset({9, 10})  # numbers of the built-in percent formats of spreadsheets
_LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True)
class CellDetails:
    """Details of the cells of a sheet, by row and column counted from 0.

    Parameters
    ----------
    failed : dict of (int, int) to str
        Cells with a failed formula, and their error text.
    percent : set of (int, int)
        Cells in percent format.
    uncomputed : dict of (int, int) to str
        Cells without a stored result, and their formula.
    hidden_rows, hidden_columns : set of int
        Rows and columns that the officer does not see.
    merged : list of (first cell, last cell)
        Areas of merged cells.
    filled : Filled
        How many cells are filled, and where.
    """

    failed: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    uncomputed: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    filled: Filled = field(default_factory=Filled)

    def merge(self, first: Place, last: Place) -> None:
        """Keep an area of merged cells.

        Raises
        ------
        TooLargeError
            There are more than a workbook may have.
        """
        self.merged.append((first, last))
        most = bounds.load().workbook.merged
        if len(self.merged) > most:
            raise TooLargeError("gabungan", len(self.merged), most)


def is_percent(code: str) -> bool:
    """Tell whether a number format shows percentages; a quoted % does not count.

    Examples
    --------
    >>> is_percent("0.0%"), is_percent('0.0" %"')
    (True, False)
    """
    return "%" in _LITERAL.sub("", code)


def _local(name: str) -> str:
    """Return the name of an element or attribute without its prefix.

    The prefix of LibreOffice stays, because its attribute for the type of a cell has the same name
    as the standard's.
    """
    return name if name == KIND else name.rpartition(":")[2]


def _refuse(name: str, *_said: object) -> None:
    raise BrokenError(name)


class XmlReader:
    """Reads an XML text in one pass.

    Parameters
    ----------
    content : bytes
        The XML text.
    """

    has_prefixes = False

    def __init__(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        name = str if self.has_prefixes else _local
        parser.StartElementHandler = lambda tag, values: self.start(
            name(tag), {name(key): value for key, value in values.items()}
        )
        parser.EndElementHandler = lambda tag: self.end(name(tag))
        parser.CharacterDataHandler = self.letters
        parser.EntityDeclHandler = _refuse  # no spreadsheet writes any; they may grow without end
        parser.buffer_text = True
        parser.Parse(content, True)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle the start of an element."""

    def end(self, tag: str) -> None:
        """Handle the end of an element."""

    def letters(self, text: str) -> None:
        """Handle text."""
