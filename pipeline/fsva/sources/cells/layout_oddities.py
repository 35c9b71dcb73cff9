"""Oddities in the layout of a table that is nevertheless readable.

Owns the values. Their words stand in ``styles/teks/<language>/periksa.toml`` under
``periksa.susunan``; the checks make findings of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """One oddity.

    Parameters
    ----------
    key : str
        Key of its words.
    row : int or None
        Row in the spreadsheet, counted from 1; None for a whole column.
    column : str
        Name of the column; may be blank.
    village, code : str
        Village of the row; may be blank.
    found : str
        Text of the cell.
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
