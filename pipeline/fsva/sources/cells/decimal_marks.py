"""Points and commas in a column of numbers: decimal marks, thousands marks, or unclear.

Owns the conclusions from the other cells of a column. Numeric cells of a workbook do not count:
their point is always a decimal point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fsva.core import decimals
from fsva.core.errors import TableError
from fsva.sources.cells.grid import NumberText
from fsva.sources.cells.text_table import TextTable

# One to three digits, not a lone 0, then groups of three.
_GROUPS = re.compile(r"[+-]?(?:[1-9]\d{0,2})([.,])\d{3}(?:\1\d{3})*")
_TWO_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})+(?:(?!\1)[.,]\d+)?")
_BOTH = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(?!\1)[.,]\d+")
_DECIMAL = re.compile(r"[+-]?\d+([.,])\d+")


def unclear(texts: Iterable[str]) -> list[str]:
    """Return the texts of a column whose mark groups thousands or may do so.

    Returns
    -------
    list of str
        Empty if there are no such texts, or if other cells prove that the mark is decimal.

    Examples
    --------
    >>> unclear(["1.234", "980"]), unclear(["1.234", "0.5"]), unclear(["1.234", "1.234.567"])
    (['1.234'], [], ['1.234', '1.234.567'])
    """
    written = [text.strip() for text in texts if not isinstance(text, NumberText)]
    decimal = {match.group(1) for text in written if (match := _decimal(text))}
    grouping = {match.group(1) for text in written if (match := _grouped(text))}
    proven = decimal - grouping
    return [text for text in written if _grouped(text) or _is_doubtful(text, proven)]


def readings(text: str) -> tuple[str, str]:
    """Return the two readings of a number: with thousands marks, and with a decimal mark.

    Examples
    --------
    >>> readings("1.234"), readings("1.234.567")
    (('1234', '1,234'), ('1234567', '1234,567'))
    """
    *groups, last = re.split(r"[.,]", text.strip())
    return "".join((*groups, last)), f"{''.join(groups)},{last}"


def check_one(table: TextTable, column: str) -> None:
    """Stop where decimal commas and points stand in one column: one of them has another meaning.

    The decimal point of a numeric cell of a workbook was not written by the office and is ignored.

    Raises
    ------
    TableError
        With the cells of the rarer mark.
    """
    cells = [(row, row.cells[column]) for row in table if _is_written_number(row.cells[column])]
    if len(decimals.marks(text for _, text in cells)) < 2:
        return
    points = [row for row, text in cells if "." in text]
    commas = [row for row, text in cells if "," in text]
    table.stop(TableError, "tanda_campur", min(points, commas, key=len), column)


def _is_written_number(text: str) -> bool:
    return not isinstance(text, NumberText) and decimals.is_number(text)


def _is_doubtful(text: str, proven: set[str]) -> bool:
    match = _GROUPS.fullmatch(text)
    return match is not None and match.group(1) not in proven


def _decimal(text: str) -> re.Match[str] | None:
    """Return a number with a mark that can only be decimal, because it has no groups of three."""
    match = _DECIMAL.fullmatch(text)
    return None if match is None or _GROUPS.fullmatch(text) else match


def _grouped(text: str) -> re.Match[str] | None:
    """Return a number with a first mark that can only group thousands."""
    return _TWO_GROUPS.fullmatch(text) or _BOTH.fullmatch(text)
