"""An output folder read back: its table of classes, its manifest, its pictures.

Owns the values from these files; ``styles/tabel.toml`` lists the columns of ``kelas.csv``. The
outputs of an atlas hold less than its edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from fsva.config.methods.method import Method
from fsva.config.styles import output_tables
from fsva.config.styles.output_tables import Content, NamedColumn, TableSchema
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import CodeError, FsvaError, Place, SourceError, TableError, told_at
from fsva.sources.cells import table_text
from fsva.sources.cells.table_text import TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Column, Table
from fsva.sources.tables import code_columns, number_cells

CLASSES = "kelas.csv"
KEYS = (KEMENDAGRI, BPS, PARENT, UNIT)
BASELINE = "tahun_dasar"
# Section of the texts with the remedies for files that a run has written.
STAGE = "berkas"
_PAGES = (".png", ".pdf")


def measures_of(file: Path) -> tuple[str, ...]:
    """Return the ids of the measures of a table of classes.

    Parameters
    ----------
    file : Path
        ``kelas.csv``.

    Raises
    ------
    SourceError, TableError
        If it is missing or of another kind.
    """
    with as_outputs():
        columns = table_text.read(file, KEYS).columns
    ends = [c.name.removeprefix("{ukuran}") for c in _schema().columns if c.per and c.required]
    return tuple(c for c in columns if all(f"{c}{end}" in columns for end in ends))


@contextmanager
def as_outputs() -> Iterator[None]:
    """Mark errors as those of an output file: the remedy is to make it again, not to mend it."""
    try:
        yield
    except FsvaError as problem:
        raise told_at(STAGE, problem) from None


def read_classes(file: Path, method: Method) -> tuple[Table, str | None]:
    """Read a table of classes back.

    Parameters
    ----------
    file : Path
        ``kelas.csv``.
    method : Method
        Gives the measures; its cut-offs and bounds may be open.

    Returns
    -------
    table : Table
        Columns of the file, indexed by Kemendagri code and sorted by it.
    baseline : str or None
        Name of the baseline in the rows.

    Raises
    ------
    SourceError, TableError, CodeError
        Name row and column of every offender.
    """
    with as_outputs():
        return _read(file, method)


def _read(file: Path, method: Method) -> tuple[Table, str | None]:
    named = list(_schema().named({"ukuran": [measure.id for measure in method.measures()]}))
    table = table_text.read(file, [declared.name for declared in named if declared.column.required])
    if not table.rows:
        raise SourceError("tabel_kosong", [Place(file)])
    code_columns.check_kemendagri(table)
    table.stop(CodeError, "kode_ganda", table.repeated(KEMENDAGRI), KEMENDAGRI)
    columns = {
        declared.name: _column(_values(table, declared, method), declared.column.content)
        for declared in named
        if declared.name in table.columns and declared.name != BASELINE
    }
    baselines = {row.cells.get(BASELINE, "") for row in table} - {""}
    index = columns.pop(KEYS[0])
    return Table(index, columns, KEYS[0]).sorted(), "; ".join(sorted(baselines)) or None


def classes_of(file: Path, method: Method, measure: str) -> dict[str, int]:
    """Read the classes of one measure by Kemendagri code; villages without one are left out.

    Parameters
    ----------
    file, method
        As ``read_classes``.
    measure : str
        Its id.
    """
    classes = read_classes(file, method)[0].by_code(f"{measure}_kelas")
    return {code: int(number) for code, number in classes.items() if number}


def _schema() -> TableSchema:
    return output_tables.all_tables()[CLASSES]


def _values(table: TextTable, named: NamedColumn, method: Method) -> list[Any]:
    """Return the values of a column; refuse those that its schema does not allow."""
    column = named.column
    if column.content == "pilihan":
        words = {word: choice for choice, word in column.choices.items()}
        wrong = [row for row in table if row.cells[named.name] not in words]
        if wrong:
            places = [table.place(row, named.name) for row in wrong]
            raise TableError("bukan_dasar_kelas", places, {"ada": ", ".join(words)})
        return [words[row.cells[named.name]] for row in table]
    if column.content == "kelas":
        return number_cells.parsed(table, named.name, number_cells.class_of(method))
    if parse := _PARSERS.get(column.content):
        return number_cells.parsed(table, named.name, parse)
    return [row.cells[named.name] for row in table]


def _column(values: Sequence[Any], content: Content) -> Column:
    """Return values as a column; NaN, 0 or None where a cell is empty."""
    if content == "angka":
        return plain_table.numbers(values)
    if kind := _WHOLE.get(content):
        return np.array([value or 0 for value in values], dtype=kind)
    return plain_table.words(values)


_PARSERS: dict[Content, Callable[[str], Any]] = {
    "angka": number_cells.decimal_of,
    "peringkat": number_cells.rank_of,
}
_WHOLE: dict[Content, type[np.integer[Any]]] = {"kelas": np.int8, "peringkat": np.int32}


def read_pages(folder: Path) -> dict[str, bytes]:
    """Return the maps of an output folder: its PNG and PDF files by name.

    Raises
    ------
    SourceError
        If one cannot be read.
    """
    files = sorted(f for f in folder.iterdir() if f.suffix in _PAGES and f.is_file())
    try:
        return {file.name: file.read_bytes() for file in files}
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(folder)]) from problem


def read_lines(file: Path) -> list[str]:
    """Return the lines of a text file; bytes that are not UTF-8 become replacement marks.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    try:
        return file.read_bytes().decode("utf-8-sig", "backslashreplace").splitlines()
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file)]) from problem
