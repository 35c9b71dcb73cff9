"""The table of raw counts of an edition (Form 0), the operands of its method's formulas.

Owns the required columns and the check that their cells are not negative.
``fsva.index.indicators`` computes the indicators.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fsva.config.editions import headings
from fsva.config.methods.method import Method
from fsva.core import decimals
from fsva.core.errors import FsvaError, Place, StyleError, TableError, each
from fsva.sources.cells import decimal_marks
from fsva.sources.cells.table_text import TableFile, TableRow, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Floats
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import agreed_columns, edition_tables, number_cells


def read(source: TableFile, method: Method, without: Collection[str] = ()) -> Table:
    """Read the raw counts of the villages.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``kecamatan``, ``desa`` and those of the method's formulas, in the
        units that the method declares; one decimal mark per column, no thousands marks;
        empty = not known. Other columns are ignored.
    without : collection of str
        Raw columns from other sources, and indicators whose own columns are not needed.

    Returns
    -------
    Table, shape (n_villages, 3 + n_columns)
        Indexed by BPS code in the table's order; ``kecamatan``, ``desa``, ``baris`` (row in the
        file) and a column of floats per raw column, NaN = empty cell; ``terukur_<column>`` and
        ``kesepakatan_<indicator>`` if there are agreed values.

    Raises
    ------
    StyleError
        If an indicator of the method has no formula.
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    columns = used_columns(method, without)
    titles = headings.of_method(method, raw=True)
    table, villages, problems = edition_tables.examine_villages(
        source, columns, titles, headings.of_method(method)
    )
    present = [column for column in columns if column in table.columns]
    columns_read: dict[str, plain_table.Column] = {**numbers(table, present, problems)}
    ids = {i.id: agreed_columns.column_of(table, i.id) for i in method.indicators}
    given = numbers(table, [heading for heading in ids.values() if heading])
    for name_of, heading in ids.items():
        if heading:
            columns_read[agreed_columns.AGREED + name_of] = given[heading]
    return villages.with_columns(columns_read)


def numbers(
    table: TextTable, columns: Sequence[str], before: Sequence[FsvaError] = ()
) -> dict[str, Floats]:
    """Parse columns of counts and measures.

    Parameters
    ----------
    before : sequence of FsvaError
        Errors of the table that were found earlier.

    Returns
    -------
    dict of str to array of float
        NaN = empty cell.

    Raises
    ------
    TableError
        A cell that is not a number, is negative, or may have thousands marks.
    """

    def parsed(column: str) -> Floats:
        """Return the numbers of one column."""
        _check_thousands(table, column)
        return plain_table.numbers(_numbers(table, column))

    return dict(zip(columns, each(columns, parsed, before), strict=True))


def used_columns(method: Method, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return the raw columns of a method's formulas, in the order of its indicators.

    Parameters
    ----------
    method : Method
        Has a formula per indicator.
    without : collection of str
        Raw columns and indicators from other sources.

    Raises
    ------
    StyleError
        If an indicator has no formula.
    """
    computed = [i for i in method.indicators if i.id not in without]
    bare = [i.id for i in computed if i.calculation is None]
    if bare:
        raise StyleError("rumus_kurang", [Place(column=f"{name}.hitung") for name in bare])
    named: list[str] = []
    for indicator in computed:
        named += method.formula(indicator).columns
        named += [indicator.fallback.column] if indicator.fallback else []
    return tuple(name for name in dict.fromkeys(named) if name not in without)


def _check_thousands(table: TextTable, column: str) -> None:
    """Refuse numbers whose mark may be a thousands mark."""
    unclear = decimal_marks.unclear(row.cells[column] for row in table)
    if unclear:
        rows = [row for row in table if row.cells[column] in unclear]
        whole, part = decimal_marks.readings(unclear[0])
        places = [table.place(r, column, r.village) for r in rows]
        raise TableError("tanda_ribuan", places, {"ribuan": whole, "desimal": part})


def _numbers(table: TextTable, column: str) -> list[float | None]:
    """Parse the filled cells of a column; one error names all wrong ones."""
    values: list[float | None] = []
    wrong: dict[str, list[TableRow]] = {"bukan_angka": [], "mentah_negatif": []}
    for row in table:
        text = number_cells.told(row.cells[column])
        try:
            value = float(decimals.parse(text)) if text else None
        except ValueError:
            wrong["bukan_angka"].append(row)
            continue
        if value is not None and value < 0:
            wrong["mentah_negatif"].append(row)
        values.append(value)
    for key, rows in wrong.items():
        table.stop(TableError, key, rows, column)
    return values
