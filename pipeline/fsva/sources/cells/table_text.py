"""A table as rows of text that remember where they stand.

Owns the choice of separator or sheet, and the columns that must be there. What the texts mean is
decided by ``fsva.sources.tables.edition_tables``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from fsva.config.editions import headings
from fsva.config.editions.headings import Vocabulary
from fsva.core import resources, toml
from fsva.core.columns import UNIT
from fsva.core.errors import Place, SourceError, TableError
from fsva.sources.cells import delimited, headers, records, workbook
from fsva.sources.cells.grid import DateText, Grid, PercentText, letters
from fsva.sources.cells.headers import TableHeader
from fsva.sources.cells.records import TableRow, Total

__all__ = [
    "TableFile", "TableRow", "TextTable", "Total", "open_file", "read", "vocabulary_file",
]  # fmt: skip


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
    """

    file: Path
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    name: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    header_row: int = 1

    def place(self, row: TableRow, column: str | None = None, village: str | None = None) -> Place:
        """Return the place of a cell, with its text as found."""
        found = row.cells.get(column, "") if column else None
        return Place(
            self.file, row.number, column, village, found, self._address(row.number, column)
        )

    def _address(self, row: int, column: str | None) -> str | None:
        """Return a cell as a workbook names it; a text file has no such names."""
        return (
            None if self.name is None else f"{self.name}!{self.letters.get(column or '', '')}{row}"
        )

    def __iter__(self) -> Iterator[TableRow]:
        """Iterate over the rows."""
        return iter(self.rows)


def vocabulary_file() -> Path:
    """Return the file of the headings that are recognised."""
    return resources.packaged("styles") / headings.FILE_NAME


@cache
def _vocabulary() -> Vocabulary:
    return headings.load(vocabulary_file())


@dataclass(frozen=True, eq=False)
class TableFile:
    """A file with a table, held in memory: it is opened once, and looked at as often as needed.

    Parameters
    ----------
    file : Path
        Where it was read.
    content : bytes
        A workbook; or UTF-8 text, with or without a byte order mark, separated by semicolons,
        commas or tabs.
    sheet : str or None
        The sheet of a workbook; without it the one that has the required columns.
    """

    file: Path
    content: bytes
    sheet: str | None = None

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the file has sheets.

        Raises
        ------
        SourceError
            If it is a workbook that cannot be read: XLS, or protected by a password.
        """
        return workbook.is_workbook(self.file, self.content)

    @cached_property
    def sheets(self) -> tuple[Grid, ...]:
        """The visible sheets of a workbook; none of a text file.

        Raises
        ------
        SourceError
            If the workbook is broken.
        """
        return tuple(workbook.read(self.file, self.content)) if self.is_workbook else ()

    def table(
        self,
        required: Sequence[str],
        titles: Mapping[str, Iterable[str]] | None = None,
        *,
        sheet: str | None = None,
    ) -> TextTable:
        """Return the table as text.

        The header may stand in any of the first twenty rows. Columns are recognised by their
        name, by ``styles/judul-kolom.toml`` and by the titles given here.

        Parameters
        ----------
        required : sequence of str
            Columns that must be there, in any order.
        titles : mapping of str to iterable of str, optional
            Further headings of columns, such as the names of a method's indicators.
        sheet : str or None
            Another sheet than that of the table.

        Raises
        ------
        SourceError
            Empty file, wrong encoding, broken workbook, unknown or undecided sheet.
        TableError
            A required column is missing, a heading stands twice or has another unit, a row has
            too many cells, quotation marks do not pair, a needed cell became a date or a
            percentage.
        """
        words = _vocabulary().with_names(dict.fromkeys(required, ()) | dict(titles or {}))
        grid = self._grid(sheet or self.sheet, required, words)
        header = headers.find(grid, required, words)
        if header is None or grid.filled() < 2:
            raise SourceError("tabel_kosong", [Place(self.file)])
        _check_header(self.file, grid, header, required, words)
        rows, totals = records.read(grid, header, words)
        named = {name: letters(n) for n, name in enumerate(header.columns) if name and grid.name}
        columns = tuple(header.columns)
        table = TextTable(self.file, columns, rows, grid.name, named, totals, header.first + 1)
        _check_kinds(table, required)
        return table

    def _grid(self, sheet: str | None, required: Sequence[str], words: Vocabulary) -> Grid:
        if self.is_workbook:
            return _chosen(self.file, self.sheets, sheet, required, words)
        if sheet is not None:
            raise SourceError("lembar_hilang", [Place(self.file, found=sheet)], {"ada": "-"})
        return _delimited(self.file, toml.decode(self.file, self.content), required, words)


def open_file(file: Path, sheet: str | None = None) -> TableFile:
    """Read a CSV, XLSX, XLSB or ODS file into memory.

    Parameters
    ----------
    file : Path
        The file; this alone opens it.
    sheet : str or None
        The sheet of a workbook.

    Raises
    ------
    SourceError
        The file is missing or cannot be read.
    """
    return TableFile(file, toml.read_bytes(file), sheet)


def read(
    file: Path,
    required: Sequence[str],
    name: str | None = None,
    titles: Mapping[str, Iterable[str]] | None = None,
) -> TextTable:
    """Read a table of which nothing more will be asked.

    Parameters
    ----------
    file, name
        As for ``open_file``.
    required, titles
        As for ``TableFile.table``.

    Raises
    ------
    SourceError, TableError
        As there.
    """
    return open_file(file, name).table(required, titles)


def _delimited(file: Path, text: str, required: Sequence[str], words: Vocabulary) -> Grid:
    """Split a text with the separator under which its header is understood best."""
    if "\0" in text:  # UTF-16 without a byte order mark
        raise SourceError("bukan_utf8", [Place(file)])
    first = next((line for line in text.splitlines() if line.strip()), "")
    marks = delimited.SEPARATORS
    likely = sorted(marks, key=lambda mark: (-first.count(mark), marks.index(mark)))
    known: dict[str, tuple[int, int, int]] = {}
    for mark in likely:
        known[mark] = _known(text, mark, required, words)
        if required and known[mark][0] == len(required):
            break  # every column is found: no other separator can do better
    grid = delimited.split(file, text, max(known, key=lambda mark: known[mark]))
    _check_width(file, grid, required, words)
    return grid


def _known(
    text: str, separator: str, required: Sequence[str], words: Vocabulary
) -> tuple[int, int, int]:
    start = delimited.glance(text, separator, headers.LAST_ROW + headers.MOST_ROWS)
    header = headers.find(start, required, words)
    return header.known(required) if header else (0, 0, 0)


def _check_width(file: Path, grid: Grid, required: Sequence[str], words: Vocabulary) -> None:
    """Stop at rows with text beyond the header: a comma too many moves all cells behind it."""
    header = headers.find(grid, required, words)
    if header is None:
        return
    width = max(len(grid.rows[row]) for row in range(header.first, header.last + 1))
    long = [
        Place(file, number, found=" | ".join(cells))
        for number, cells in enumerate(grid.rows[header.last + 1 :], start=header.last + 2)
        if any(cells[width:])
    ]
    if long:
        raise TableError("sel_berlebih", long)


def _chosen(
    file: Path, grids: Sequence[Grid], name: str | None, required: Sequence[str], words: Vocabulary
) -> Grid:
    """Return the named sheet, else the only one with all required columns, else the best."""
    filled = {str(grid.name): grid for grid in grids if grid.filled()}
    if name is not None:
        found = [
            grid for own, grid in filled.items() if own.strip().lower() == name.strip().lower()
        ]
        if not found:
            known = ", ".join(filled) or "-"
            raise SourceError("lembar_hilang", [Place(file, found=name)], {"ada": known})
        return found[0]
    # Agreed values stand beside a table and are none themselves, unless there is nothing else.
    filled = {own: grid for own, grid in filled.items() if not workbook.is_agreement(own)} or filled
    if not filled:
        raise SourceError("tabel_kosong", [Place(file)])
    counts = {
        own: header.known(required)
        for own, grid in filled.items()
        if (header := headers.find(grid, required, words))
    }
    whole = [own for own, (n_required, *_) in counts.items() if n_required == len(set(required))]
    if len(whole) > 1:
        raise SourceError("lembar_banyak", [Place(file, found=own) for own in whole])
    return filled[whole[0] if whole else max(filled, key=lambda own: counts.get(own, (0, 0, 0)))]


def _check_header(
    file: Path, grid: Grid, header: TableHeader, required: Sequence[str], words: Vocabulary
) -> None:
    row = header.first + 1
    missing = [name for name in required if name not in header.columns]
    if missing:
        raise TableError(
            "kolom_hilang",
            [Place(file, row, name, cell=_cell(grid, row)) for name in missing],
            {"ada": ", ".join(name for name in header.columns if name)},
        )
    twice = sorted({header.columns[column] for column in header.doubtful})
    if twice:
        raise TableError(
            "kolom_ganda",
            [Place(file, row, name, cell=_cell(grid, row)) for name in twice],
        )
    wrong = [one for one in headers.wrong_units(grid, header, words)
             if header.columns[one[0]] in required]  # fmt: skip
    if wrong:
        places = [
            Place(file, row, header.columns[n], found=text, cell=_cell(grid, row, n))
            for n, _, text in wrong
        ]
        raise TableError("satuan_judul", places, {"satuan": wrong[0][1]})


def _cell(grid: Grid, row: int, column: int | None = None) -> str | None:
    """Return sheet and cell of a place in the header."""
    return grid.name and f"{grid.name}!{'' if column is None else letters(column)}{row}"


def _check_kinds(table: TextTable, required: Sequence[str]) -> None:
    """Stop where a spreadsheet made a date of a needed cell, or shows it as a percentage."""
    dates = _of_kind(table, required, DateText)
    if dates:
        raise TableError("sel_tanggal", dates)
    percentages = _of_kind(table, required, PercentText)
    if percentages:
        raise TableError("sel_persen", percentages)


def _of_kind(table: TextTable, required: Sequence[str], kind: type[str]) -> list[Place]:
    return [
        table.place(row, column, row.cells.get(UNIT) or None)
        for row in table
        for column in required
        if isinstance(row.cells[column], kind)
    ]
