"""The supporting tables of a report as CSV files for Excel.

Owns the values of ``pendukung.csv`` (one row per number) and ``pendukung-baris.csv`` (one row per
row, with what is computed from it beside what is printed).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fsva.core.texts import Texts
from fsva.files.tables import cells
from fsva.files.tables.cells import Values
from fsva.index.supporting import sums_and_growth
from fsva.index.supporting.sums_and_growth import RowMeasures
from fsva.sources.supporting.printed_tables import GROWTH, MEAN, SUM, PrintedRow, PrintedTable

NUMBERS, ROWS = "pendukung.csv", "pendukung-baris.csv"
_MARK = ","
_SHARE_DIGITS = 2


def files(tables: Sequence[PrintedTable], texts: Texts) -> dict[str, bytes]:
    """Return the files of the supporting tables by their names."""
    return {NUMBERS: numbers_csv(tables, texts), ROWS: rows_csv(tables, texts)}


def numbers_csv(tables: Sequence[PrintedTable], texts: Texts) -> bytes:
    """Return every number of every table as ``pendukung.csv``, with the digits of its cell."""
    lines = [
        (table, row, column, value)
        for table in tables
        for row in table.rows
        for column, value in zip(table.columns, row.values, strict=True)
    ]
    columns: dict[str, Values] = {
        "tabel": [table.source.id for table, *_ in lines],
        "judul": [table.source.title[texts.language] for table, *_ in lines],
        "tercetak": [table.source.printed or "" for table, *_ in lines],
        "satuan": [table.source.unit[texts.language] for table, *_ in lines],
        "wilayah": [row.label for _, row, *_ in lines],
        "kolom": [column for _, _, column, _ in lines],
        "angka": [_plain(value) for *_, value in lines],
    }
    return cells.write(NUMBERS, columns)


def rows_csv(tables: Sequence[PrintedTable], texts: Texts) -> bytes:
    """Return sum, mean and growth of every row, computed and printed: ``pendukung-baris.csv``."""
    lines = [line for table in tables for line in _lines(table)]
    made = [row for _, row, _ in lines]
    printed = [row.beside if row else {} for *_, row in lines]
    mean_digits = [max(table.digits, 1) for table, *_ in lines]
    columns: dict[str, Values] = {
        "tabel": [table.source.id for table, *_ in lines],
        "wilayah": [row.label or texts("pendukung.jumlah") for row in made],
        "jumlah": [_plain(row.total) if table.source.adds_up else "" for table, row, _ in lines],
        "rata_rata": [
            cells.number(row.mean, n, _MARK) for row, n in zip(made, mean_digits, strict=True)
        ],
        "pertumbuhan": [
            cells.number(row.growth, _SHARE_DIGITS, _MARK) if table.is_yearly else ""
            for table, row, _ in lines
        ],
        "jumlah_tercetak": [_plain(beside.get(SUM)) for beside in printed],
        "rata_rata_tercetak": [_plain(beside.get(MEAN)) for beside in printed],
        "pertumbuhan_tercetak": [_plain(beside.get(GROWTH)) for beside in printed],
    }
    return cells.write(ROWS, columns)


def _lines(table: PrintedTable) -> list[tuple[PrintedTable, RowMeasures, PrintedRow | None]]:
    """Return the rows of a table, computed and printed, the totals last."""
    total = sums_and_growth.totals(table)
    lines: list[tuple[PrintedTable, RowMeasures, PrintedRow | None]] = [
        (table, made, row)
        for made, row in zip(sums_and_growth.rows(table), table.rows, strict=True)
    ]
    return [*lines, *([(table, total, table.total)] if total else [])]


def _plain(number: Decimal | None) -> str:
    return "" if number is None else str(number).replace(".", _MARK)
