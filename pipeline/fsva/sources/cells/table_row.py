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
    """A total, kept for the checks.

    Parameters
    ----------
    label : str
        Its first words, e.g. ``Jumlah``.
    kecamatan : str
        Kecamatan of the total; blank = all villages.
    """

    label: str
    kecamatan: str
