"""A supporting table as it is printed: rows, columns, and the sums, means and growths beside them.

Owns the reading of ``[[pendukung]]``: which column is a year, which row is the total. It computes
nothing; ``fsva.index.supporting`` does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from fsva.config.editions.edition import Edition
from fsva.config.editions.supporting_data import SupportingSource
from fsva.core import decimals
from fsva.core.columns import PARENT
from fsva.core.errors import Place, SourceError, TableError
from fsva.core.names import plain
from fsva.sources.cells import decimal_marks, delimited, table_text
from fsva.sources.cells.grid import BLANK, Grid, NumberText, UnreadText, letters
from fsva.sources.cells.table_text import TableFile

SUM, MEAN, GROWTH = "jumlah", "rata_rata", "pertumbuhan"
_YEAR = re.compile(r"(19|20)\d\d")
_TOTALS = frozenset({"jumlah", "total"})
_NUMBERS = frozenset({"no", "nomor"})

Numbers = tuple[Decimal | None, ...]
Line = tuple[int, Sequence[str]]  # row of the file, cells


@dataclass(frozen=True)
class PrintedRow:
    """One row of a supporting table.

    Parameters
    ----------
    label : str
        A kecamatan, a crop, or what else the row is about.
    number : int
        Row in the file, counted from 1.
    values : tuple of Decimal or None
        One per column, with the digits that stand in the file; None = not known.
    beside : mapping of str to Decimal
        What is printed beside them: ``jumlah``, ``rata_rata``, ``pertumbuhan`` (per cent).
    """

    label: str
    number: int
    values: Numbers
    beside: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class PrintedTable:
    """A supporting table.

    Parameters
    ----------
    source : SupportingSource
        What edition.toml says about it.
    file : Path
        Where it stands.
    head : str
        Heading of the first column.
    columns : tuple of str
        Headings of the numbers: years, or names.
    rows : tuple of PrintedRow
        Without the row of totals.
    total : PrintedRow or None
        The row of totals as it is printed.
    headings : mapping of str to str
        Headings of what stands beside the numbers, by their meaning.
    """

    source: SupportingSource
    file: Path
    head: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    total: PrintedRow | None = None
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_yearly(self) -> bool:
        """Whether all columns are years."""
        return all(_YEAR.fullmatch(column) for column in self.columns)

    @property
    def by_kecamatan(self) -> bool:
        """Whether the rows are kecamatan, as the heading of the first column says."""
        return plain(self.head).startswith(PARENT)

    @property
    def digits(self) -> int:
        """Decimals to show."""
        if self.source.digits is not None:
            return self.source.digits
        numbers = [value for row in self.rows for value in row.values if value is not None]
        return max((_digits(number) for number in numbers), default=0)

    def row(self, label: str) -> PrintedRow | None:
        """Return the row of a label, however it is spelled; None if there is none."""
        wanted = plain(label)
        return next((row for row in self.rows if plain(row.label) == wanted), None)


def _digits(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def read_all(edition: Edition) -> tuple[PrintedTable, ...]:
    """Read the supporting tables of an edition in the order of edition.toml.

    Raises
    ------
    SourceError, TableError
        As ``read``.
    """
    return tuple(read(edition.path(source.file), source) for source in edition.settings.supporting)


def read(file: Path, source: SupportingSource) -> PrintedTable:
    """Read a supporting table: CSV, XLSX, XLSB or ODS.

    Parameters
    ----------
    source : SupportingSource
        Names the sheet of a workbook.

    Raises
    ------
    SourceError
        The file is missing, empty or broken, or has no such sheet.
    TableError
        A cell is no number or holds a thousands mark; a row stands twice.
    """
    grid = _grid(table_text.open_file(file, source.sheet))
    first, heads = _header(file, grid)
    label = next(n for n, text in enumerate(heads) if text and plain(text) not in _NUMBERS)
    kinds = {n: _kind(text) for n, text in enumerate(heads) if text and n > label}
    columns = [n for n, kind in kinds.items() if not kind]
    beside = {kind: n for n, kind in kinds.items() if kind}
    if not columns:
        raise TableError("pendukung_kolom", [Place(file, first + 1)])
    body = [
        (number, cells)
        for number, cells in enumerate(grid.rows[first + 1 :], start=first + 2)
        if any(cells)
    ]
    _check(file, grid, body, heads, [*columns, *beside.values()])
    rows = [_row(line, label, columns, beside) for line in body]
    table = PrintedTable(
        source,
        file,
        heads[label],
        tuple(heads[n] for n in columns),
        tuple(row for row in rows if plain(row.label) not in _TOTALS),
        next((row for row in rows if plain(row.label) in _TOTALS), None),
        {kind: heads[n] for kind, n in beside.items()},
    )
    _check_rows(table)
    return table


def _grid(source: TableFile) -> Grid:
    """Return the sheet of a workbook, or the text split by its separator."""
    if source.is_workbook:
        filled = [grid for grid in source.sheets if grid.filled()]
        named = [grid for grid in filled if source.sheet in (None, grid.name)]
        if not named:
            known = ", ".join(str(grid.name) for grid in filled) or "-"
            place = Place(source.file, found=source.sheet)
            raise SourceError("lembar_hilang", [place], {"ada": known})
        return named[0]
    text = source.letters.text
    return delimited.split(source.file, text, delimited.likely(text)[0])


def _header(file: Path, grid: Grid) -> tuple[int, list[str]]:
    """Return position and texts of the first row with two texts: titles above it have one."""
    for position, cells in enumerate(grid.rows):
        if sum(map(bool, cells)) > 1:
            return position, list(cells)
    raise SourceError("tabel_kosong", [Place(file)])


def _kind(text: str) -> str:
    """Return what stands beside the numbers, by its heading; "" for a column of numbers."""
    said = plain(text)
    if said in _TOTALS:
        return SUM
    if said.startswith((plain(MEAN), "rerata")):
        return MEAN
    return GROWTH if GROWTH in said else ""


def _check(
    file: Path, grid: Grid, body: Sequence[Line], heads: Sequence[str], numbers: Sequence[int]
) -> None:
    """Refuse cells of the columns of numbers that are none."""
    cells = [
        (Place(file, number, heads[n], found=text, cell=_cell(grid, number, n)), text)
        for n in numbers
        for number, texts in body
        if (text := _text(texts, n)) not in BLANK
    ]
    wrong = [place for place, text in cells if not _is_number(text)]
    if wrong:
        raise TableError("bukan_angka", wrong)
    unclear = set(decimal_marks.unclear(text for _, text in cells))
    doubtful = [place for place, text in cells if text in unclear and _is_grouped(text)]
    if doubtful:
        thousands, decimal = decimal_marks.readings(str(doubtful[0].found))
        raise TableError("tanda_ribuan", doubtful, {"ribuan": thousands, "desimal": decimal})


def _is_number(text: str) -> bool:
    return not isinstance(text, UnreadText) and (
        decimals.is_number(text) or bool(decimal_marks.unclear([text]))
    )


def _is_grouped(text: str) -> bool:
    return not isinstance(text, NumberText)


def _cell(grid: Grid, row: int, column: int) -> str | None:
    return f"{grid.name}!{letters(column)}{row}" if grid.name else None


def _text(cells: Sequence[str], n: int) -> str:
    return cells[n] if n < len(cells) else ""


def _number(text: str) -> Decimal | None:
    return None if text in BLANK else decimals.parse(text)


def _row(line: Line, label: int, columns: Sequence[int], beside: Mapping[str, int]) -> PrintedRow:
    number, cells = line
    printed = {kind: _number(_text(cells, n)) for kind, n in beside.items()}
    return PrintedRow(
        _text(cells, label),
        number,
        tuple(_number(_text(cells, n)) for n in columns),
        {kind: value for kind, value in printed.items() if value is not None},
    )


def _check_rows(table: PrintedTable) -> None:
    """Refuse a table without rows, and two rows of one name."""
    if not table.rows:
        raise SourceError("tabel_kosong", [Place(table.file)])
    counts = Counter(plain(row.label) for row in table.rows)
    wrong = [row for row in table.rows if counts[plain(row.label)] > 1 or not row.label]
    if wrong:
        places = [Place(table.file, row.number, table.head, found=row.label) for row in wrong]
        raise TableError("pendukung_baris", places)
