"""An output folder read back: its table of classes, its manifest, its pictures.

Owns the columns of ``kelas.csv`` as ``fsva.files.tables.class_table`` writes them. What can be
told of
an atlas from its outputs alone is less than its edition tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from fsva.config.methods.method import N_CLASSES, Method
from fsva.core import decimals
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import CodeError, Place, SourceError, TableError
from fsva.sources.cells import table_text
from fsva.sources.cells.table_text import TableRow, TextTable
from fsva.sources.tables import code_columns

CLASSES = "kelas.csv"
KEYS = (KEMENDAGRI, BPS, PARENT, UNIT)
T = TypeVar("T")
RANK = "peringkat"
_PAGES = (".png", ".pdf")
_BASES = ("nilai", "terbit", "timpa", "kosong")


def measures_of(file: Path) -> tuple[str, ...]:
    """Return the ids of the measures that a table of classes holds.

    Parameters
    ----------
    file : Path
        ``kelas.csv``.

    Raises
    ------
    SourceError, TableError
        If it is missing or no such table.
    """
    columns = table_text.read(file, KEYS).columns
    return tuple(c for c in columns if f"{c}_kelas" in columns and f"{c}_dasar" in columns)


def read_classes(file: Path, method: Method) -> tuple[pd.DataFrame, str | None]:
    """Read a table of classes back.

    Parameters
    ----------
    file : Path
        ``kelas.csv``.
    method : Method
        Gives the measures; cut-offs and bounds may be open.

    Returns
    -------
    table : DataFrame
        As from ``fsva.index.joined_table.tabulate``, indexed by Kemendagri code and sorted by it.
    baseline : str or None
        Name of the baseline as it stands in every row.

    Raises
    ------
    SourceError, TableError, CodeError
        With row and column of every offender.
    """
    measures = list(method.measures())
    wanted = [f"{m.id}{end}" for m in measures for end in ("", "_kelas", "_dasar")]
    table = table_text.read(file, [*KEYS, *wanted, RANK])
    code_columns.check_kemendagri(table, lambda row: row.cells[UNIT])
    _check_once(table)
    columns: dict[str, list[Any]] = {key: [row.cells[key] for row in table] for key in KEYS}
    types: dict[str, Any] = {RANK: "Int32"}
    for measure in measures:
        columns[measure.id] = _parsed(table, measure.id, _number)
        columns[f"{measure.id}_kelas"] = _parsed(table, f"{measure.id}_kelas", _class)
        columns[f"{measure.id}_dasar"] = _bases(table, f"{measure.id}_dasar")
        types |= {measure.id: "Float64", f"{measure.id}_kelas": "Int8"}
    columns[RANK] = _parsed(table, RANK, _rank)
    baselines = {row.cells.get("tahun_dasar", "") for row in table} - {""}
    frame = pd.DataFrame(columns).astype(types).set_index(KEYS[0]).sort_index()
    return frame, "; ".join(sorted(baselines)) or None


def _check_once(table: TextTable) -> None:
    times = Counter(row.cells[KEYS[0]] for row in table)
    twice = [row for row in table if times[row.cells[KEYS[0]]] > 1]
    if twice:
        raise CodeError("kode_ganda", [table.place(row, KEYS[0]) for row in twice])


def _parsed(table: TextTable, column: str, parse: Callable[[str], T]) -> list[T | None]:
    """Parse the filled cells of a column; all wrong ones are named at once."""
    values: list[T | None] = []
    wrong: list[tuple[TableRow, str]] = []
    for row in table:
        text = row.cells[column]
        try:
            values.append(parse(text) if text else None)
        except ValueError as problem:
            wrong.append((row, str(problem)))
    if wrong:
        raise TableError(wrong[0][1], [table.place(row, column) for row, _ in wrong])
    return values


def _number(text: str) -> float:
    try:
        return float(decimals.parse(text))
    except ValueError:
        raise ValueError("bukan_angka") from None


def _class(text: str) -> int:
    if text not in {str(n) for n in range(1, N_CLASSES + 1)}:
        raise ValueError("bukan_kelas")
    return int(text)


def _rank(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError("bukan_peringkat")
    return int(text)


def _bases(table: TextTable, column: str) -> list[str]:
    wrong = [row for row in table if row.cells[column] not in _BASES]
    if wrong:
        raise TableError("bukan_dasar_kelas", [table.place(row, column) for row in wrong])
    return [row.cells[column] for row in table]


def read_pages(folder: Path) -> dict[str, bytes]:
    """Return the maps of an output folder: its PNG and PDF files by name.

    Parameters
    ----------
    folder : Path
        Output folder.

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
    """Return the lines of a text file; what is not UTF-8 is shown by its marks.

    Parameters
    ----------
    file : Path
        Any text.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    try:
        return file.read_bytes().decode("utf-8-sig", "backslashreplace").splitlines()
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file)]) from problem
