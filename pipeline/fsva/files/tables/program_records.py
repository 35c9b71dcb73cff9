"""The CSV files read as records for programs: numbers as numbers, codes as text, None for nothing.

Owns the way back from the cells of a file. ``styles/tabel.toml`` declares what its columns hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from fsva.config.styles import output_tables
from fsva.config.styles.output_tables import TableColumn, TableSchema
from fsva.files.tables import cells

_SEPARATORS = {"kantor": ";", "program": ","}
_WHOLE = ("bulat", "kelas", "peringkat")

Record = dict[str, Any]


def of_files(files: Mapping[str, bytes]) -> dict[str, list[Record]]:
    """Return the rows of all tables among files, by the file's name without its ending.

    Parameters
    ----------
    files : mapping of str to bytes
        As written by ``fsva.files.tables.cells``; other files are left out.
    """
    declared = output_tables.all_tables()
    return {
        PurePath(name).stem: of_table(name, written)
        for name, written in files.items()
        if name in declared
    }


def of_table(file: str, written: bytes) -> list[Record]:
    """Return the rows of one table, its columns' names as keys.

    Parameters
    ----------
    file : str
        Name of the file, a section of ``styles/tabel.toml``.
    written : bytes
        Its content.
    """
    schema = output_tables.all_tables()[file]
    text = io.StringIO(written.decode("utf-8-sig"), newline="")
    headings, *rows = csv.reader(text, delimiter=_SEPARATORS[schema.form])
    columns = [_column(schema, heading) for heading in headings]
    return [
        {
            heading: _value(cell, column)
            for heading, cell, column in zip(headings, row, columns, strict=True)
        }
        for row in rows
    ]


def _column(schema: TableSchema, heading: str) -> TableColumn:
    """Return what a column holds: the one declared by this name, else by the longest pattern."""
    for column in sorted(schema.columns, key=lambda one: (bool(one.per), -len(one.name))):
        parts = re.split(r"\{\w+\}", column.name)
        if re.fullmatch(".+".join(map(re.escape, parts)), heading):
            return column
    raise KeyError(heading)


def _value(cell: str, column: TableColumn) -> str | int | float | bool | None:
    if not cell:
        return None
    if column.content in _WHOLE:
        return int(cell)
    if column.content == "angka" or column.is_number:
        return float(cell.replace(",", "."))
    if column.content == "ya_tidak":
        return cells.is_yes(cell)
    return cells.unescaped(cell)
