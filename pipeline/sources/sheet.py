"""A CSV file as rows of text that remember where they stand.

Owns encoding, separator and header of a CSV file. What the texts mean is decided by
``pipeline.sources.tables``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import settings
from pipeline.errors import Place, SourceError, TableError

SEPARATORS = (";", ",", "\t")


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    number : int
        Row in the spreadsheet, the header being row 1.
    cells : dict of str to str
        Text by column heading, stripped of spaces at both ends.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table of texts.

    Parameters
    ----------
    file : Path
        Where it was read.
    columns : tuple of str
        Headings in order.
    rows : tuple of Row
        The rows that are not empty.
    """

    file: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, row: Row, column: str | None = None, village: str | None = None) -> Place:
        """Return the place of a cell, with its text as found."""
        found = row.cells.get(column, "") if column else None
        return Place(self.file, row.number, column, village, found)

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows."""
        return iter(self.rows)


def read(file: Path, required: Sequence[str]) -> Sheet:
    """Read a CSV file with a header in its first row.

    Parameters
    ----------
    file : Path
        UTF-8, with or without a byte order mark; separated by semicolons, commas or tabs.
    required : sequence of str
        Headings that must be there, in any order.

    Raises
    ------
    SourceError
        Missing or empty file, wrong encoding.
    TableError
        A required column is missing, a heading stands twice, a row has too many cells,
        quotation marks do not pair.
    """
    text = settings.read_text(file)
    lines = [line for line in text.splitlines() if line.strip()]
    if "\0" in text:  # UTF-16 without a byte order mark
        raise SourceError("bukan_utf8", [Place(file)])
    if len(lines) < 2:
        raise SourceError("tabel_kosong", [Place(file)])
    separator = max(SEPARATORS, key=lambda mark: (lines[0].count(mark), -SEPARATORS.index(mark)))
    header, *body = _cells(file, text, separator)
    columns = tuple(name.lower() for name in header)
    _check_columns(file, columns, required)
    rows = [
        _row(file, columns, number, cells)
        for number, cells in enumerate(body, start=2)
        if any(cells)
    ]
    return Sheet(file, columns, tuple(rows))


def _cells(file: Path, text: str, separator: str) -> list[list[str]]:
    """Split a text into rows of cells; a row that spans lines counts once, as in Excel."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[cell.strip() for cell in cells] for cells in reader]
    except csv.Error as problem:
        raise TableError("kutip_rusak", [Place(file, reader.line_num)]) from problem


def _check_columns(file: Path, columns: tuple[str, ...], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in columns]
    if missing:
        raise TableError(
            "kolom_hilang",
            [Place(file, 1, name) for name in missing],
            {"ada": ", ".join(columns)},
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise TableError("kolom_ganda", [Place(file, 1, name) for name in twice])


def _row(file: Path, columns: tuple[str, ...], number: int, cells: list[str]) -> Row:
    if any(cells[len(columns) :]):
        raise TableError("sel_berlebih", [Place(file, number, found=" | ".join(cells))])
    padded = cells + [""] * (len(columns) - len(cells))
    return Row(number, dict(zip(columns, padded, strict=False)))
