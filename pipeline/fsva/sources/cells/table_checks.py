"""Checks of a table's layout, independent of the meaning of its numbers.

Owns the errors of headings, of rows that do not fit the header, and of cells whose text differs
from what the officer sees. Each error names all its places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fsva.config.editions.headings import Vocabulary
from fsva.core import decimals
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import CodeError, FsvaError, Place, TableError, failures, stop_at
from fsva.sources.cells import headers
from fsva.sources.cells.grid import DateText, FormulaText, Grid, PercentText, letters
from fsva.sources.cells.headers import TableHeader
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.records import Records
from fsva.sources.cells.table_row import TableRow
from fsva.sources.cells.text_table import TextTable

_AGREED = "kesepakatan_"  # cells of these columns replace required ones
_NAMES = (UNIT, PARENT)  # names identify nothing: two columns of names may differ


@dataclass(frozen=True)
class SheetTable:
    """A table with the cells that it was read from, so that checks can name them.

    Parameters
    ----------
    grid, header, records : Grid, TableHeader, Records
        The sheet, its headings, and the rows below them.
    table : TextTable
        Its rows as values.
    required : sequence of str
        Columns that the table must have.
    """

    grid: Grid
    header: TableHeader
    records: Records
    table: TextTable
    required: Sequence[str]
    words: Vocabulary

    def cell(self, row: int, column: int | None = None) -> str | None:
        """Return sheet and cell of a place; rows are counted from 1."""
        name = self.grid.name
        return name and f"{name}!{'' if column is None else letters(column)}{row}"

    def heading(self, column: int) -> str:
        """Return what stands above a column, from the top down."""
        return " ".join(self.header.headings[column].parts)


def problems(sheet: SheetTable) -> list[FsvaError]:
    """Return all errors that make a table unusable."""
    return failures(_CHECKS, lambda check: check(sheet))


def notes(sheet: SheetTable) -> tuple[Note, ...]:
    """Return the oddities of a readable table."""
    return (
        *_of_pairs(sheet),
        *_of_headings(sheet),
        *_of_columns(sheet),
        *_of_names(sheet),
        *_of_rows(sheet),
    )


def _of_pairs(sheet: SheetTable) -> Iterator[Note]:
    if said := sheet.header.paired:
        yield Note("kode_padanan", column=KEMENDAGRI, facts={"padanan": said})


def _of_headings(sheet: SheetTable) -> Iterator[Note]:
    """Say in one note which columns were found by the full words of their headings."""
    found = [
        f'{heading.name} ("{sheet.heading(n)}")'
        for n, heading in enumerate(sheet.header.headings)
        if heading.likely and heading.name in sheet.required
    ]
    if found:
        yield Note("judul_kata", facts={"kolom": ", ".join(found)})


def _of_columns(sheet: SheetTable) -> Iterator[Note]:
    for column, instead in sheet.header.unseen:
        name = sheet.header.headings[column].name or ""
        if name not in sheet.required:
            continue
        key = "kolom_tersembunyi" if instead is None else "kolom_tersembunyi_dua"
        facts = {} if instead is None else {"dibaca": sheet.heading(instead)}
        row = sheet.header.last + 1
        yield Note(
            key, row, name, found=sheet.heading(column), facts=facts, cell=sheet.cell(row, column)
        )


def _of_names(sheet: SheetTable) -> Iterator[Note]:
    """Return notes about two columns of names of village or kecamatan that differ."""
    for column, other in sheet.header.rivals:
        name = sheet.header.columns[column]
        if name in _NAMES and any(a != b for _, a, b in _differing(sheet, column, other)):
            row = sheet.header.last + 1
            yield Note(
                "kolom_nama_dua", row, name, found=sheet.heading(other), cell=sheet.cell(row, other)
            )


def _of_rows(sheet: SheetTable) -> Iterator[Note]:
    """Add the addresses of cells to the notes of rows."""
    columns = {name: n for n, name in enumerate(sheet.header.columns) if name}
    for note in sheet.records.notes:
        cell = sheet.cell(note.row, columns.get(note.column)) if note.row else None
        yield Note(
            note.key, note.row, note.column, note.village, note.code, note.found, note.facts, cell
        )


def _missing(sheet: SheetTable) -> None:
    row, columns = sheet.header.first + 1, sheet.header.columns
    missing = [name for name in sheet.required if name not in columns]
    problems: list[FsvaError] = []
    if BPS in missing and KEMENDAGRI in columns:
        n = columns.index(KEMENDAGRI)
        heading, cell = sheet.heading(n), sheet.cell(row, n)
        place = Place(sheet.table.file, row, KEMENDAGRI, found=heading, cell=cell)
        problems.append(CodeError("kode_kemendagri_saja", [place]))
        missing.remove(BPS)
    for name in list(missing):
        if other := _of_other_unit(sheet, name):
            problems.append(other)
            missing.remove(name)
    if missing:
        places = [Place(sheet.table.file, row, name, cell=sheet.cell(row)) for name in missing]
        known = ", ".join(name for name in columns if name)
        problems.append(TableError("kolom_hilang", places, {"ada": known}))
    stop_at(problems)


def _of_other_unit(sheet: SheetTable, name: str) -> TableError | None:
    """Return the error of a missing column whose place a column of another unit takes, as KK."""
    texts = [(n, sheet.heading(n)) for n in range(len(sheet.header.columns))]
    row, file = sheet.header.first + 1, sheet.table.file
    places = [
        Place(file, row, name, found=text, cell=sheet.cell(row, n))
        for n, text in texts
        if sheet.words.counts_other_unit(text, name)
    ]
    unit = "/".join(sheet.words.units.get(name, ()))
    return TableError("satuan_judul", places, {"satuan": unit}) if places else None


def _twice(sheet: SheetTable) -> None:
    row = sheet.header.last + 1
    doubtful = sorted(sheet.header.doubtful, key=lambda n: (sheet.header.columns[n], n))
    if doubtful:
        raise TableError(
            "kolom_ganda",
            [
                Place(
                    sheet.table.file,
                    row,
                    sheet.header.columns[n],
                    found=sheet.heading(n),
                    cell=sheet.cell(row, n),
                )
                for n in doubtful
            ],
        )


def _units(sheet: SheetTable) -> None:
    row, columns = sheet.header.first + 1, sheet.header.columns
    wrong = [
        wrong_unit
        for wrong_unit in headers.wrong_units(sheet.grid, sheet.header, sheet.words)
        if columns[wrong_unit[0]] in sheet.required
    ]
    if wrong:
        places = [
            Place(sheet.table.file, row, columns[n], found=text, cell=sheet.cell(row, n))
            for n, _, text in wrong
        ]
        raise TableError("satuan_judul", places, {"satuan": wrong[0][1]})


def _rivals(sheet: SheetTable) -> None:
    """Refuse two columns of the same meaning with different contents."""
    places = [
        Place(
            sheet.table.file,
            row.number,
            f"{sheet.heading(column)} / {sheet.heading(other)}",
            row.village,
            f"{text} / {other_text}",
            sheet.cell(row.number, other),
        )
        for column, other in sheet.header.rivals
        if sheet.header.columns[column] not in _NAMES
        for row, text, other_text in _differing(sheet, column, other)
    ]
    if places:
        raise TableError("kolom_dua", places)


def _differing(sheet: SheetTable, column: int, other: int) -> Iterator[tuple[TableRow, str, str]]:
    for row in sheet.table:
        text, other_text = (sheet.grid.text(row.number - 1, n) for n in (column, other))
        if _number(text) != _number(other_text):
            yield row, text, other_text


def _number(text: str) -> object:
    try:
        return decimals.parse(text)
    except ValueError:
        return text


def _moved(sheet: SheetTable) -> None:
    """Refuse a row of headings in another order: another table follows it."""
    if sheet.records.moved:
        raise TableError(
            "judul_lain",
            [sheet.table.place(row, sheet.header.columns[0]) for row in sheet.records.moved],
        )


def _merged(sheet: SheetTable) -> None:
    """Refuse a value that is merged over several villages: only the first cell stores it."""
    grid, apart = sheet.grid, sheet.words.of_role("kecamatan", "nomor")
    if not grid.merged:
        return
    columns = [
        n
        for n, heading in enumerate(sheet.header.headings)
        if heading.name and sheet.header.columns[n] not in apart
    ]
    hit = {
        first
        for row in sheet.table
        for n in columns
        if (first := grid.merged.first_of(*(place := (row.number - 1, n))))
        and first != place
        and grid.text(*place)
    }
    if hit:
        raise TableError(
            "sel_gabung",
            [
                Place(
                    sheet.table.file,
                    row.number,
                    sheet.header.columns[n],
                    row.village,
                    grid.text(row.number - 1, n),
                    sheet.cell(row.number, n),
                )
                for n in columns
                for row in sheet.table
                if grid.merged.first_of(row.number - 1, n) in hit
            ],
        )


def _kind(kind: type[str], error: type[FsvaError], key: str) -> Callable[[SheetTable], None]:
    """Return a check of required cells for content that differs from what the officer sees."""

    def check(sheet: SheetTable) -> None:
        """Refuse the required cells of this kind."""
        if sheet.grid.name is None:
            return  # the cells of a text file have no kinds
        table = sheet.table
        columns = [
            name
            for name in dict.fromkeys(table.columns)
            if name in sheet.required or name.startswith(_AGREED)
        ]
        places = [
            table.place(row, column, row.village)
            for row in table
            for column in columns
            if isinstance(row.cells[column], kind)
        ]
        if places:
            raise error(key, places)

    return check


_CHECKS: Iterable[Callable[[SheetTable], None]] = (
    _missing,
    _twice,
    _units,
    _rivals,
    _moved,
    _merged,
    _kind(FormulaText, TableError, "sel_rumus"),
    _kind(DateText, TableError, "sel_tanggal"),
    _kind(PercentText, TableError, "sel_persen"),
)
