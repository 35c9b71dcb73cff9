"""Oddities in the layout of a table that can be read all the same.

Owns the values. Their words stand in ``styles/teks/<language>/periksa.toml`` under
``periksa.susunan``; the checks make findings of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """One thing that is odd.

    Parameters
    ----------
    key : str
        Of its words.
    row : int or None
        Row in the spreadsheet, counted from 1; None for a whole column.
    column : str
        Name of the column, perhaps blank.
    village, code : str
        Of the row, perhaps blank.
    found : str
        What stands there.
    facts : mapping of str to str
        Values for the placeholders in its words.
    cell : str or None
        Sheet and cell of a workbook.
    """

    key: str
    row: int | None = None
    column: str = ""
    village: str = ""
    code: str = ""
    found: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    cell: str | None = None
