"""One row of a table of texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from fsva.core.columns import BPS, UNIT


@dataclass(frozen=True)
class TableRow:
    """A village as texts, with the row that a message names.

    Parameters
    ----------
    number : int
        Row in the spreadsheet, counted from 1.
    cells : dict of str to str
        Text by column, stripped of spaces at both ends.
    sheet : str or None
        The sheet of the row, where a table lies in several.
    """

    number: int
    cells: dict[str, str]
    sheet: str | None = field(default=None, kw_only=True)

    @property
    def village(self) -> str | None:
        """Name and BPS code of the village as messages say them, as far as the row has them."""
        name = self.cells.get(UNIT) or self.cells.get("nama_bps")
        code = self.cells.get(BPS)
        return f"{name} ({code})" if name and code else name or code or None


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
