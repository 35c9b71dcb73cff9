"""CSV in the two dialects of the project: for offices that open it in Excel, and for programs.

Owns separators, line ends, encodings and the safety of cells. The columns of a file are owned
by the module that makes it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from fsva.config.methods.method import Method

Columns = Mapping[str, Sequence[str]]
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BASELINE = "tahun_dasar"


def for_offices(columns: Columns) -> bytes:
    """Return columns as CSV that Excel with Indonesian settings opens by a double click.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Heading to cells, all of one length; decimals with a comma.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, semicolons, CRLF; no cell is a formula.
    """
    return _write(columns, ";", "\r\n").encode("utf-8-sig")


def for_programs(columns: Columns) -> bytes:
    """Return columns as CSV for programs and for ``git diff``.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Heading to cells, all of one length; decimals with a point.

    Returns
    -------
    bytes
        UTF-8, commas, line ends as on Unix; no cell is a formula.
    """
    return _write(columns, ",", "\n").encode("utf-8")


def baseline_column(method: Method, n_rows: int) -> dict[str, list[str]]:
    """Return the column that tells which baseline a table was made with.

    Parameters
    ----------
    method : Method
        With its baseline; a method with national cut-offs has none.
    n_rows : int
        Length of the column.
    """
    return {BASELINE: [method.baseline["id"] if method.baseline else ""] * n_rows}


def _write(columns: Columns, separator: str, line_end: str) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(zip(*(map(_safe, cells) for cells in columns.values()), strict=True))
    return target.getvalue()


def _safe(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell[1:].replace(",", ".", 1).replace(".", "", 1).isdigit() and cell[0] in "+-"
