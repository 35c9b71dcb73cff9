"""The succession table: villages that split, merged or got another code.

Owns its columns and their format. ``fsva.villages.succession`` knows the meaning of the events.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from fsva.core import codes, decimals
from fsva.core.columns import ROW
from fsva.core.errors import CodeError, TableError
from fsva.sources.cells import table_text
from fsva.sources.cells.table_text import TableRow, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table

COLUMNS = ("kode_lama", "kode_baru", "tanggal", "dasar_hukum", "bagian")
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
T = TypeVar("T")


def read(file: Path) -> Table:
    """Read a succession table.

    Parameters
    ----------
    file : Path
        Columns ``kode_lama``, ``kode_baru`` (both BPS or both Kemendagri codes), ``tanggal``
        (2022-05-17 or 17/05/2022), ``dasar_hukum``, ``bagian`` (share 0..1 of the old village;
        empty = not known). A village that continues has a row with its code on both sides.

    Returns
    -------
    Table
        These columns, ``bagian`` as floats, and ``baris`` (row in the file).

    Raises
    ------
    SourceError, TableError, CodeError
        Name row and column of every offender.
    """
    table = table_text.read(file, COLUMNS)
    for column in ("kode_lama", "kode_baru"):
        wrong = [row for row in table if _kind(row.cells[column]) is None]
        table.stop(CodeError, "pemekaran_kode", wrong, column)
    mixed = [r for r in table if _kind(r.cells["kode_lama"]) != _kind(r.cells["kode_baru"])]
    table.stop(CodeError, "pemekaran_kode", mixed, "kode_baru")
    undecreed = [row for row in table if not row.cells["dasar_hukum"]]
    table.stop(TableError, "sel_kosong", undecreed, "dasar_hukum")
    days, wrong = _parsed(table, "tanggal", _date)
    table.stop(TableError, "bukan_tanggal", wrong, "tanggal")
    shares, wrong = _parsed(table, "bagian", _share)
    table.stop(TableError, "bukan_bagian", wrong, "bagian")
    table.stop(TableError, "pemekaran_ganda", table.repeated("kode_lama", "kode_baru"), "kode_baru")
    texts = ("kode_lama", "kode_baru", "dasar_hukum")
    columns: dict[str, plain_table.Column] = {
        **{name: plain_table.words(row.cells[name] for row in table) for name in texts},
        "tanggal": plain_table.words(days),
        "bagian": plain_table.numbers(shares),
        ROW: np.array([row.number for row in table], dtype=np.int64),
    }
    return Table(columns[ROW], columns)


def _kind(text: str) -> str | None:
    if codes.is_bps(text):
        return "bps"
    return "kemendagri" if codes.is_kemendagri(text) else None


def _date(text: str) -> date:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(text)


def _share(text: str) -> float | None:
    if not text:
        return None
    share = float(decimals.parse(text))
    if not 0 < share <= 1:
        raise ValueError(text)
    return share


def _parsed(
    table: TextTable, column: str, parse: Callable[[str], T]
) -> tuple[list[T], list[TableRow]]:
    """Parse a column; return its values and the rows that cannot be parsed."""
    values: list[T] = []
    wrong: list[TableRow] = []
    for row in table:
        try:
            values.append(parse(row.cells[column]))
        except ValueError:
            wrong.append(row)
    return values, wrong
