"""The sheet KESEPAKATAN of a workbook: agreed values in a sheet of their own.

Owns the search for that sheet, the check of its rows, and their transfer to columns
``kesepakatan_<column>`` of the table, which ``fsva.sources.tables.agreed_columns`` then applies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fsva.core import decimals
from fsva.core.columns import BPS, KEYS, UNIT
from fsva.core.errors import JoinError, Place, SourceError, TableError
from fsva.core.names import plain
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_text import TableFile, TableRow, TextTable
from fsva.sources.cells.workbooks import workbook
from fsva.sources.tables import agreed_columns, code_columns

# Columns of remarks about an agreement.
_WORDS = (
    "alasan",
    "keterangan",
    "catatan",
    "sumber",
    "dasar",
    "tanggal",
    "instansi",
    "nomor",
    "kode",
    "nama",
)
Titles = Mapping[str, Sequence[str]]


def read(source: TableFile, titles: Titles) -> TextTable | None:
    """Read the agreed values of a workbook.

    Parameters
    ----------
    source : TableFile
        The table of the villages; only a workbook can have another sheet.
    titles : mapping of str to sequence of str
        Raw columns and indicators with their other headings.

    Returns
    -------
    TextTable or None
        The visible sheet with the word kesepakatan in its name; None without such a sheet.

    Raises
    ------
    SourceError
        The workbook has several such sheets.
    """
    names = (str(grid.name) for grid in source.sheets)
    sheets = [name for name in names if workbook.is_agreement(name)]
    if not sheets:
        return None
    if len(sheets) > 1:
        raise SourceError("kesepakatan_lembar", [Place(source.file, found=name) for name in sheets])
    table = source.table([BPS], titles, sheet=sheets[0])
    named = {heading: _column_of(heading, titles) for heading in table.columns}
    rows = tuple(
        replace(row, cells={named[h] or h: text for h, text in row.cells.items()}) for row in table
    )
    letters = {named[h] or h: place for h, place in table.letters.items()}
    return replace(
        table, columns=tuple(named[h] or h for h in table.columns), rows=rows, letters=letters
    )


def _column_of(heading: str, titles: Titles) -> str | None:
    """Return the column of a heading, with or without the word kesepakatan before it."""
    wanted = plain(heading).removeprefix("kesepakatan").removeprefix("nilai")
    names = {
        plain(word): column for column, titles_of in titles.items() for word in (column, *titles_of)
    }
    return names.get(wanted)


def check(source: TableFile, titles: Titles) -> None:
    """Refuse agreed values with an unclear column, value or village.

    Parameters
    ----------
    titles : mapping of str to sequence of str
        Raw columns and indicators of the edition's method.

    Raises
    ------
    SourceError, TableError, CodeError, JoinError
        An unknown column, a cell that is not a number, a damaged or unknown code, a village with
        another name, or a village with two rows.
    """
    table = read(source, titles)
    if table is None:
        return
    villages = source.table(KEYS, titles)
    if villages.name == table.name:
        return  # the table itself has such a name
    code_columns.check_bps(table)
    _check_columns(table, titles)
    _check_numbers(table, titles)
    names = {row.cells[BPS]: row.cells[UNIT] for row in villages}
    codes = [row.cells[BPS] for row in table]
    table.stop(
        TableError,
        "kesepakatan_ganda",
        [r for r in table if codes.count(r.cells[BPS]) > 1],
        BPS,
    )
    table.stop(JoinError, "kesepakatan_desa", [r for r in table if r.cells[BPS] not in names], BPS)
    table.stop(
        JoinError,
        "kesepakatan_nama",
        [
            r
            for r in table
            if (name := r.cells.get(UNIT)) and plain(name) != plain(names[r.cells[BPS]])
        ],
        UNIT,
    )


def _check_columns(table: TextTable, titles: Titles) -> None:
    """Refuse a filled column that is neither a column of the method nor a remark."""
    known = {*titles, *KEYS, "no"}
    strange = [
        column
        for column in table.columns
        if column
        and column not in known
        and not plain(column).startswith(_WORDS)
        and any(row.cells[column] not in BLANK for row in table)
    ]
    if strange:
        places = [
            Place(table.file, table.header_row, column, cell=table.name) for column in strange
        ]
        raise TableError("kesepakatan_kolom", places, {"ada": ", ".join(sorted(titles))})


def _check_numbers(table: TextTable, titles: Titles) -> None:
    for column in (c for c in table.columns if c in titles):
        cells = ((row, row.cells[column]) for row in table)
        wrong = [r for r, text in cells if text not in BLANK and not decimals.is_number(text)]
        table.stop(TableError, "bukan_angka", wrong, column)


def beside(table: TextTable, source: TableFile, titles: Titles) -> TextTable:
    """Add the agreed values of a workbook to the rows of its table.

    Parameters
    ----------
    table : TextTable
        Rows of villages by ``kode_bps``.
    titles : mapping of str to sequence of str
        Raw columns and indicators that may have agreed values, with their other headings.

    Returns
    -------
    TextTable
        Has a column ``kesepakatan_<column>`` per agreed column that the table lacked.

    Raises
    ------
    TableError
        Sheet and table give different agreed values.
    """
    agreement = read(source, titles)
    if agreement is None or agreement.name == table.name:
        return table
    given = {row.cells[BPS]: row for row in agreement}
    for column in [c for c in agreement.columns if c in titles]:
        table = _with_column(table, column, given, agreement)
    return table


def _with_column(
    table: TextTable, column: str, given: Mapping[str, TableRow], other: TextTable
) -> TextTable:
    heading = agreed_columns.column_of(table, column)
    name = heading or agreed_columns.AGREED + column
    texts = {
        code: row.cells[column] for code, row in given.items() if row.cells[column] not in BLANK
    }
    both = [
        row
        for row in table
        if heading
        and (code := row.cells[BPS]) in texts
        and row.cells[heading] not in {*BLANK, texts[code]}
    ]
    if both:
        places = [table.place(row, heading, row.village) for row in both]
        raise TableError("kesepakatan_dua", places, {"lembar": str(other.name)})
    rows = tuple(
        replace(row, cells=row.cells | {name: texts.get(row.cells[BPS]) or row.cells.get(name, "")})
        for row in table
    )
    columns = table.columns if heading else (*table.columns, name)
    return replace(table, columns=columns, rows=rows)
