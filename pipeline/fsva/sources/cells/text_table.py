"""A table of texts with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fsva.core.errors import FsvaError, Place
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow, Total


@dataclass(frozen=True)
class TextTable:
    """What an office's table says, as text that remembers its rows.

    Parameters
    ----------
    file : Path
        Path of the file.
    columns : tuple of str
        Names of the columns in order: known names, else headings in lower case.
    rows : tuple of TableRow
        All rows that are not empty.
    name : str or None
        Name of the sheet of a workbook.
    letters : mapping of str to str
        Column to its letters in the workbook.
    totals : tuple of Total
        Rows of totals, which are not villages.
    header_row : int
        First row of the header, counted from 1.
    notes : tuple of Note
        Oddities of its layout.
    parts : mapping of str to mapping of str to str
        ``letters`` by sheet, where the table lies in several.
    paired : bool
        Whether only Kemendagri codes stand in it, and BPS codes were set beside them.
    """

    file: Path
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    name: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    header_row: int = 1
    notes: tuple[Note, ...] = ()
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    paired: bool = False

    def place(self, row: TableRow, column: str | None = None, village: str | None = None) -> Place:
        """Return the place of a cell, with its text."""
        text = row.cells.get(column, "") if column else None
        return Place(self.file, row.number, column, village, text, self._address(row, column))

    def stop(self, error: type[FsvaError], key: str, rows: Sequence[TableRow], column: str) -> None:
        """Raise an error with the cells of some rows; do nothing if there are none."""
        if rows:
            raise error(key, [self.place(row, column, row.village) for row in rows])

    def repeated(self, *columns: str) -> list[TableRow]:
        """Return the rows that share their texts in some columns with another row."""
        keys = [tuple(row.cells[column] for column in columns) for row in self.rows]
        times = Counter(keys)
        return [row for row, key in zip(self.rows, keys, strict=True) if times[key] > 1]

    def with_blank(self, columns: Sequence[str]) -> TextTable:
        """Return the table with blank cells in columns that it lacks."""
        if not columns:
            return self
        blank = dict.fromkeys(columns, "")
        return replace(self, rows=tuple(replace(r, cells=blank | r.cells) for r in self.rows))

    def _address(self, row: TableRow, column: str | None) -> str | None:
        """Return the address of a cell in a workbook; None for a text file."""
        sheet = row.sheet or self.name
        if sheet is None:
            return None
        return f"{sheet}!{self.parts.get(sheet, self.letters).get(column or '', '')}{row.number}"

    def __iter__(self) -> Iterator[TableRow]:
        """Iterate over the rows."""
        return iter(self.rows)
