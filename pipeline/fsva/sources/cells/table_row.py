"""One row of a table of texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableRow:
    """One row of a table.

    Parameters
    ----------
    number : int
        Row in the spreadsheet, counted from 1.
    cells : dict of str to str
        Text by column, stripped of spaces at both ends.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Total(TableRow):
    """A printed total, kept for checks.

    Parameters
    ----------
    label : str
        What stands at its beginning, e.g. ``Jumlah``.
    kecamatan : str
        Whose total it is; blank for that of all villages.
    """

    label: str
    kecamatan: str
