"""XLSX, XLSB and ODS files as grids of texts.

Turns typed cells into the texts that the officer sees; the caller chooses a sheet. Failed formulas
and percentages come from ``fsva.sources.cells.workbooks.workbook_details``.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

from fsva.core.errors import Place, SourceError
from fsva.sources.cells.grid import DateText, FormulaText, Grid, NumberText, PercentText
from fsva.sources.cells.workbooks import workbook_details
from fsva.sources.cells.workbooks.cell_details import BrokenError, CellDetails

_START = 2000  # first bytes of the kinds of files
_COMMENTS = r"\s*(?:<!--.*?-->\s*)*"
_PAGE = re.compile(
    rf"{_COMMENTS}(?:<\?xml[^>]*>{_COMMENTS})?"
    r"<(?:!doctype html|html|head|meta|style|body|table|div)\b"
    r"|\s*MIME-Version:",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|(?:\w+:)?workbook)\b", re.IGNORECASE)
_XML_WORKBOOK = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|mso-application")
ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"  # an Excel 97 file, or one that a password encrypts
_SEEN_DIGITS = 15  # Excel keeps seventeen significant digits and shows fifteen
Value = int | float | str | bool | date | time | timedelta


def is_workbook(file: Path, content: bytes) -> bool:
    """Tell whether bytes are a workbook.

    Raises
    ------
    SourceError
        For an XLS file, a workbook with a password, or a web page or XML file under the name of a
        workbook.
    """
    if content.startswith(OLD):
        raise SourceError("buku_lama", [Place(file)])
    if _PAGE.match(start := _start(content)):
        raise SourceError("buku_html", [Place(file)])
    if _XML.match(start) and _XML_WORKBOOK.search(start):
        raise SourceError("buku_xml", [Place(file)])
    return content.startswith(ZIP)


def _start(content: bytes) -> str:
    """Return the first letters of a file in any of the common encodings."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content[:_START].decode("utf-16" if wide else "utf-8-sig", "replace").lstrip("\ufeff")


def is_agreement(name: str) -> bool:
    """Tell by its name whether a sheet holds agreed values.

    Examples
    --------
    >>> is_agreement("KESEPAKATAN"), is_agreement("Nilai Kesepakatan 2024"), is_agreement("Form 0")
    (True, True, False)
    """
    return "kesepakatan" in name.casefold()


def read(file: Path, content: bytes) -> list[Grid]:
    """Read every visible sheet of a workbook.

    Parameters
    ----------
    file : Path
        File of the content, for error messages.

    Returns
    -------
    list of Grid
        In the order of the workbook.

    Raises
    ------
    SourceError
        If the file is broken or not a workbook.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
        more = workbook_details.find(content)
        sheets = [(name, book.get_sheet_by_name(name)) for name in names]
        return [
            _grid(name, sheet.to_python(skip_empty_area=False), more[name])
            for name, sheet in sheets
        ]
    except (CalamineError, OSError, KeyError, ValueError, zlib.error, BrokenError) as problem:
        raise SourceError("buku_rusak", [Place(file, found=str(problem))]) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # of Rust; no module exports it
            raise
        raise SourceError("buku_rusak", [Place(file, found=str(problem))]) from problem


def _grid(name: str, values: list[list[Value]], more: CellDetails) -> Grid:
    rows = [[text_of(value) for value in row] for row in values]
    for (row, column), text in more.failed.items():
        _reach(rows, row, column)[column] = text
    for (row, column), formula in more.uncomputed.items():
        _reach(rows, row, column)[column] = FormulaText(formula)
    for row, column in more.percent:
        cells = _reach(rows, row, column)
        cells[column] = _as_percent(cells[column])
    return Grid(
        tuple(map(tuple, rows)),
        name,
        _merged_cells(more.merged),
        frozenset(more.hidden_rows),
        frozenset(more.hidden_columns),
    )


def _reach(rows: list[list[str]], row: int, column: int) -> list[str]:
    """Extend a row to a column; a sheet may end before its failed cells."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    return rows[row]


def _as_percent(text: str) -> str:
    """Return a number as a percentage; other values stay unchanged."""
    if not isinstance(text, NumberText):
        return text
    return PercentText(f"{(Decimal(text) * 100).normalize() + 0:f}%")


def _merged_cells(
    areas: Iterable[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (row, column): (top, left)
        for (top, left), (bottom, right) in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def text_of(value: Value) -> str:
    """Return the text of a cell that the officer sees, with decimals that its format hides.

    Parameters
    ----------
    value : int, float, str, bool, date, time or timedelta
        A typed cell.

    Examples
    --------
    >>> text_of(0.247), text_of(0.1 + 0.2), text_of(5306032001.0), text_of(True)
    ('0.247', '0.3', '5306032001', 'TRUE')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        seen = Decimal(format(value, f".{_SEEN_DIGITS}g"))
        return NumberText(format(seen.normalize() + 0, "f"))
    return DateText(str(value) if isinstance(value, timedelta) else value.isoformat())
