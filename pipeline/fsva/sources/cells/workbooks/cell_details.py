"""What the reader of workbooks does not tell of the cells of a sheet.

Owns the values, and what the files inside all kinds of workbooks have in common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

Place = tuple[int, int]
KIND = "calcext:value-type"
PERCENT = frozenset({9, 10})  # of the formats that every spreadsheet knows by number
_LITERAL = re.compile(r'"[^"]*"|\\.')


class BrokenError(Exception):
    """The files inside a workbook cannot be read."""


@dataclass(frozen=True)
class CellDetails:
    """Cells of a sheet, by row and column counted from 0.

    Parameters
    ----------
    failed : dict of (int, int) to str
        Cells whose formula failed, and what they show.
    percent : set of (int, int)
        Cells that are shown as percentages.
    uncomputed : dict of (int, int) to str
        Cells whose formula was never computed, and the formula.
    hidden_rows, hidden_columns : set of int
        What the officer does not see.
    merged : list of (first cell, last cell)
        Areas of merged cells.
    """

    failed: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    uncomputed: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def is_percent(code: str) -> bool:
    """Tell whether a number format multiplies by a hundred; a quoted % does not.

    Examples
    --------
    >>> is_percent("0.0%"), is_percent('0.0" %"')
    (True, False)
    """
    return "%" in _LITERAL.sub("", code)


def _local(name: str) -> str:
    """Return the name of an element or attribute without its namespace's prefix.

    LibreOffice has an attribute of its own for the kind of a cell, beside the standard's.
    """
    return name if name == KIND else name.rpartition(":")[2]


class XmlReader:
    """Goes through an XML text once.

    Parameters
    ----------
    content : bytes
        The XML text.
    """

    def __init__(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, values: self.start(
            _local(tag), {_local(key): value for key, value in values.items()}
        )
        parser.EndElementHandler = lambda tag: self.end(_local(tag))
        parser.CharacterDataHandler = self.letters
        parser.Parse(content, True)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """See an element begin."""

    def end(self, tag: str) -> None:
        """See an element end."""

    def letters(self, text: str) -> None:
        """See some text."""
