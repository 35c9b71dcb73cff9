"""XLSX, XLSB and ODS files as grids of texts.

Owns the way from a typed cell to the text that the officer sees, and the choice of a sheet is
left to the caller. Failed formulas and percentages come from
``fsva.sources.cells.workbooks.workbook_details``.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import bounds
from fsva.core.errors import Place, SourceError
from fsva.sources.cells.grid import (
    DateText,
    FormulaText,
    Grid,
    MergedAreas,
    NumberText,
    PercentText,
    letters,
    seen,
)
from fsva.sources.cells.workbooks import workbook_details
from fsva.sources.cells.workbooks.cell_details import CellDetails
from fsva.sources.cells.workbooks.filled import BrokenError, TooLargeError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from fsva.sources.cells.workbooks.closed_up import Axes

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
_SCREEN = 2  # the file descriptor of the standard error
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
        If the file is broken or not a workbook, or a cell too long.
    """
    try:
        grids = _grids(workbook_details.open_book(content))
    except TooLargeError as problem:
        raise SourceError(
            f"buku_{problem.what}",
            [Place(file)],
            {"jumlah": bounds.told(problem.n_found), "batas": bounds.told(problem.most)},
        ) from problem
    except BrokenError as problem:
        raise SourceError("buku_rusak", [Place(file, found=str(problem))]) from problem
    for grid in grids:
        _check_letters(file, grid)
    return grids


def _check_letters(file: Path, sheet: Grid) -> None:
    """Refuse a cell with more letters than a spreadsheet program writes."""
    most = bounds.load().workbook.letters
    if found := sheet.longer_than(most):
        row, column = found
        cell = f"{sheet.name}!{letters(column)}{row + 1}"
        raise SourceError(
            "sel_panjang", [Place(file, row + 1, cell=cell)], {"batas": bounds.told(most)}
        )


def _grids(book: workbook_details.CheckedBook) -> list[Grid]:
    """Read a workbook that was looked through.

    Raises
    ------
    BrokenError
        If its reader stumbles all the same.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        with _quiet_screen():
            opened = load_workbook(book.file)
            names = [
                sheet.name
                for sheet in opened.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            return [
                _grid(name, opened.get_sheet_by_name(name), book.details[name], book.axes.get(name))
                for name in names
            ]
    except (CalamineError, OSError, KeyError, ValueError, zlib.error) as problem:
        raise BrokenError(str(problem)) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # of Rust; no module exports it
            raise
        raise BrokenError(str(problem)) from problem


@contextmanager
def _quiet_screen() -> Iterator[None]:
    """Keep the reader from writing to the screen what it stumbles over, before it says so."""
    try:
        screen = os.dup(_SCREEN)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, no file of data
            os.dup2(nowhere.fileno(), _SCREEN)
        yield
    finally:
        os.dup2(screen, _SCREEN)
        os.close(screen)


def _grid(name: str, sheet: CalamineSheet, more: CellDetails, axes: Axes | None) -> Grid:
    values: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    if axes is not None:
        values = axes.spread(values, "")
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
        MergedAreas(more.merged),
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
        return seen(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        shown = Decimal(format(value, f".{_SEEN_DIGITS}g"))
        return NumberText(format(shown.normalize() + 0, "f"))
    return DateText(str(value) if isinstance(value, timedelta) else value.isoformat())
