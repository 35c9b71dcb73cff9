"""A table as rows of text with their places.

Owns the choice of separator or sheet, and the check for required columns.
``fsva.sources.tables.edition_tables`` knows the meaning of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from fsva.config.editions import headings
from fsva.config.editions.headings import Vocabulary
from fsva.core import bounds, errors
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.core.errors import FsvaError, Place, SourceError, TableError
from fsva.sources.cells import (
    codes_elsewhere,
    delimited,
    encodings,
    headers,
    records,
    repeated_codes,
    table_checks,
    workbook_sheets,
)
from fsva.sources.cells.codes_elsewhere import KnownPairs, Pairs
from fsva.sources.cells.encodings import Letters
from fsva.sources.cells.grid import Grid, letters
from fsva.sources.cells.headers import TableHeader
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.records import Records
from fsva.sources.cells.table_checks import SheetTable
from fsva.sources.cells.table_row import TableRow, Total
from fsva.sources.cells.text_table import TextTable
from fsva.sources.cells.workbook_sheets import SheetGroup
from fsva.sources.cells.workbooks import workbook

__all__ = [
    "TableFile",
    "TableRow",
    "TextTable",
    "Total",
    "open_file",
    "read",
]


_SHOWN = 5  # words in a note


@dataclass(frozen=True, eq=False)
class TableFile:
    """A file with a table, held in memory so that it is opened only once.

    Parameters
    ----------
    file : Path
        Path of the file.
    content : bytes
        A workbook; or text as ``fsva.sources.cells.encodings`` reads it, separated by semicolons,
        commas, tabs or vertical lines.
    sheet : str or None
        The sheet of a workbook; None = the one with the required columns.
    pairs : callable
        Gives the BPS codes of a table with Kemendagri codes only.
    """

    file: Path
    content: bytes
    sheet: str | None = None
    pairs: Pairs = KnownPairs
    _sound: dict[object, TextTable] = field(default_factory=dict, init=False)
    _found: dict[int, SheetGroup] = field(default_factory=dict, init=False)  # by columns asked for
    _grids: dict[str, Grid] = field(default_factory=dict, init=False)  # by separator
    _read: list[tuple[Grid, TableHeader, Records]] = field(default_factory=list, init=False)

    @cached_property
    def is_workbook(self) -> bool:
        """True if the file is a workbook.

        Raises
        ------
        SourceError
            If it is an XLS file or protected by a password.
        """
        return workbook.is_workbook(self.file, self.content)

    @cached_property
    def letters(self) -> Letters:
        """The text of a file that is no workbook.

        Raises
        ------
        SourceError
            If its encoding is not sure.
        """
        return encodings.read(self.file, self.content)

    @cached_property
    def sheets(self) -> tuple[Grid, ...]:
        """The visible sheets of a workbook; none of a text file.

        Raises
        ------
        SourceError
            If the workbook is broken, or a cell too long.
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
            Columns that the table must have, in any order.
        titles : mapping of str to iterable of str, optional
            Other headings of columns, such as the names of a method's indicators.
        sheet : str or None
            Reads another sheet than ``self.sheet``.

        Raises
        ------
        SourceError
            Empty file, wrong encoding, broken workbook, unknown or ambiguous sheet.
        TableError
            A required column is missing, a heading occurs twice or has another unit, a row has too
            many cells, quotation marks do not pair, a required cell is a date or a percentage.
        """
        table, problems = self.examined(required, titles, sheet=sheet)
        errors.stop_at(problems)
        return table

    def examined(
        self,
        required: Sequence[str],
        titles: Mapping[str, Iterable[str]] | None = None,
        *,
        sheet: str | None = None,
        villages: bool = False,
    ) -> tuple[TextTable, list[FsvaError]]:
        """Return the table and its errors, for callers that collect further errors.

        Parameters
        ----------
        required, titles, sheet
            As for ``table``.
        villages : bool
            Whether each row is a village, so that codes stand in one row only.

        Returns
        -------
        TextTable, list of FsvaError
            A missing required column is missing in the table too.

        Raises
        ------
        SourceError, TableError
            The file has no table.
        CodeError
            Thousands of rows repeat codes of villages.
        """
        known = {name: tuple(called) for name, called in (titles or {}).items()}
        asked = (tuple(required), tuple(known.items()), sheet, villages)
        if asked in self._sound:  # several steps ask for the same columns
            return self._sound[asked], []
        table, problems = self._examined(required, known, sheet, villages)
        if not problems:
            self._sound[asked] = table
        return table, problems

    def _examined(
        self,
        required: Sequence[str],
        titles: Mapping[str, Iterable[str]],
        sheet: str | None,
        villages: bool,
    ) -> tuple[TextTable, list[FsvaError]]:
        group, words = self._group(required, titles, sheet)
        read = [self._part(group, grid, required, words, villages) for grid in group.grids]
        table = workbook_sheets.as_one([one for one, _ in read], group.left)
        table = replace(table, notes=(*self._of_letters(), *table.notes))
        return table, [problem for _, problems in read for problem in problems]

    def _part(
        self,
        group: SheetGroup,
        sheet: Grid,
        required: Sequence[str],
        words: Vocabulary,
        villages: bool,
    ) -> tuple[TextTable, list[FsvaError]]:
        """Return one sheet of a table and its errors."""
        grid, header = self._opened(group, sheet, required, words)
        if villages:
            repeated_codes.stop_at_many(self.file, grid, header)
        rows = self._records(grid, header, words)
        named = {name: letters(n) for n, name in enumerate(header.columns) if name and grid.name}
        paired = bool(header.paired)
        if paired and named:
            named[BPS] = named[KEMENDAGRI]
        columns, first = tuple(header.columns), header.first + 1
        table = TextTable(
            self.file, columns, rows.rows, grid.name, named, rows.totals, first, paired=paired
        )
        seen = SheetTable(grid, header, rows, table, required, words)
        return replace(table, notes=table_checks.notes(seen)), table_checks.problems(seen)

    def _of_letters(self) -> tuple[Note, ...]:
        """Return a note about a text in another encoding than UTF-8."""
        if self.is_workbook or self.letters.is_usual:
            return ()
        said = self.letters
        facts = {"pengodean": said.encoding, "contoh": ", ".join(said.words[:_SHOWN])}
        return (Note("huruf_tebakan" if said.words else "huruf", facts=facts),)

    def _records(self, grid: Grid, header: TableHeader, words: Vocabulary) -> Records:
        """Read the rows below a header; those of villages once, whichever columns are asked for."""
        place = (header.first, header.last, header.columns)
        for cells, known, rows in self._read:
            if cells is grid and place == (known.first, known.last, known.columns):
                return rows
        rows = records.read(grid, header, words)
        if rows.are_villages:
            self._read.append((grid, header, rows))
        return rows

    def columns(
        self, required: Sequence[str], titles: Mapping[str, Iterable[str]] | None = None
    ) -> tuple[str, ...]:
        """Return the names of the columns as ``table`` knows them; no row is read.

        Parameters
        ----------
        required, titles
            As for ``table``.

        Raises
        ------
        SourceError, TableError
            The file has no table.
        """
        group, words = self._group(required, titles, None)
        _, header = self._opened(group, group.grids[0], required, words)
        return tuple(header.columns)

    def _opened(
        self, group: SheetGroup, sheet: Grid, required: Sequence[str], words: Vocabulary
    ) -> tuple[Grid, TableHeader]:
        """Return the cells of a sheet with their header."""
        header = headers.find(sheet, required, words)
        n_rows, most = sheet.filled(), bounds.load().table.rows
        if header is None or n_rows < 2:
            raise SourceError("tabel_kosong", [Place(self.file)])
        if n_rows > most:
            raise SourceError(
                "tabel_baris",
                [Place(self.file)],
                {"jumlah": bounds.told(n_rows), "batas": bounds.told(most)},
            )
        grid, header = codes_elsewhere.brought(sheet, header, self.pairs)
        name = (group.named or {}).get(str(grid.name))
        return (
            (grid, header) if name is None else workbook_sheets.with_kecamatan(grid, header, name)
        )

    def _group(
        self,
        required: Sequence[str],
        titles: Mapping[str, Iterable[str]] | None,
        sheet: str | None,
    ) -> tuple[SheetGroup, Vocabulary]:
        """Return the sheets that are the table, and the words by which they were found."""
        words = headings.shipped().with_names(dict.fromkeys(required, ()) | dict(titles or {}))
        wanted = sheet or self.sheet
        if not self.is_workbook:
            if wanted is not None:
                raise SourceError("lembar_hilang", [Place(self.file, found=wanted)], {"ada": "-"})
            return SheetGroup((self._delimited(self.letters.text, required, words),)), words
        asked = len(set(required))
        # Who asks for fewer columns means the sheets that had the many.
        known = next((group for n, group in self._found.items() if n >= asked), None)
        if wanted is None and known is not None:
            return known, words
        group = workbook_sheets.chosen(self.file, self.sheets, wanted, required, words)
        if sheet is None:
            self._found[asked] = group
        return group, words

    def _delimited(self, text: str, required: Sequence[str], words: Vocabulary) -> Grid:
        """Split a text with the separator that gives the best header."""
        mark = _separator(self.file, text, required, words)
        if mark not in self._grids:
            self._grids[mark] = delimited.split(self.file, text, mark)
        _check_width(self.file, self._grids[mark], required, words)
        return self._grids[mark]


def open_file(file: Path, sheet: str | None = None, pairs: Pairs = KnownPairs) -> TableFile:
    """Read a CSV, XLSX, XLSB or ODS file into memory.

    Parameters
    ----------
    file : Path
        The file; no other function opens it.
    pairs : callable
        Gives the BPS codes of a table with Kemendagri codes only.

    Raises
    ------
    SourceError
        The file is missing or cannot be read.
    """
    return TableFile(file, bounds.content(file, bounds.load().table.most_bytes), sheet, pairs)


def read(
    file: Path,
    required: Sequence[str],
    name: str | None = None,
    titles: Mapping[str, Iterable[str]] | None = None,
) -> TextTable:
    """Open a file and read its table.

    Parameters
    ----------
    required, titles
        As for ``TableFile.table``.

    Raises
    ------
    SourceError, TableError
        As there.
    """
    return open_file(file, name).table(required, titles)


def _separator(file: Path, text: str, required: Sequence[str], words: Vocabulary) -> str:
    """Return the separator that gives the best header."""
    delimited.check_size(file, text, bounds.load().table)
    known: dict[str, tuple[int, int, int]] = {}
    for mark in delimited.likely(text):
        known[mark] = _known(text, mark, required, words)
        if required and known[mark][0] == len(required):
            break  # all columns are found: no other separator can do better
    return max(known, key=lambda mark: known[mark])


def _known(
    text: str, separator: str, required: Sequence[str], words: Vocabulary
) -> tuple[int, int, int]:
    start = delimited.glance(text, separator, headers.LAST_ROW + headers.MOST_ROWS)
    header = headers.find(start, required, words)
    return header.known(required) if header else (0, 0, 0)


def _check_width(file: Path, grid: Grid, required: Sequence[str], words: Vocabulary) -> None:
    """Refuse rows with text beyond the header: an extra comma moves all cells after it."""
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
