"""A table of texts, each of which remembers where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fsva.core.errors import Place
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow, Total


@dataclass(frozen=True)
class TextTable:
    """A table of texts.

    Parameters
    ----------
    file : Path
        Where it was read.
    columns : tuple of str
        Names of the columns in order: the known ones by their name, others by their heading in
        small letters.
    rows : tuple of TableRow
        The rows that are not empty.
    name : str or None
        Name of the sheet of a workbook.
    letters : mapping of str to str
        Column to its letters in the workbook.
    totals : tuple of Total
        Printed totals, which are no villages.
    header_row : int
        Row of the header's beginning, counted from 1.
    notes : tuple of Note
        What is odd in its layout.
    """

    file: Path
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    name: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    header_row: int = 1
    notes: tuple[Note, ...] = ()

    def place(self, row: TableRow, column: str | None = None, village: str | None = None) -> Place:
        """Return the place of a cell, with its text as found."""
        text = row.cells.get(column, "") if column else None
        return Place(
            self.file, row.number, column, village, text, self._address(row.number, column)
        )

    def _address(self, row: int, column: str | None) -> str | None:
        """Return a cell as a workbook names it; a text file has no such names."""
        return (
            None if self.name is None else f"{self.name}!{self.letters.get(column or '', '')}{row}"
        )

    def __iter__(self) -> Iterator[TableRow]:
        """Iterate over the rows."""
        return iter(self.rows)
