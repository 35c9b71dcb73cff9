"""Details of cells that the reader of workbooks lacks, for all kinds of workbooks.

Owns the choice of files inside a workbook. The reader returns a failed formula (#DIV/0!), or one
without a stored result, as an empty cell, so that a ratio that failed looks like one that nobody
reported; it returns 0.247 where the officer sees 24.7 %; and it does not know hidden rows and
columns.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from xml.parsers import expat

from fsva.sources.cells.workbooks import ods_details, xlsb_details, xlsx_details
from fsva.sources.cells.workbooks.cell_details import BrokenError, CellDetails

_ODS = "content.xml"
_XLSX, _XLSB = "xl/workbook.xml", "xl/workbook.bin"
_STYLES = "xl/styles"


def find(content: bytes) -> dict[str, CellDetails]:
    """Return the details of cells that the reader of a workbook lacks.

    Returns
    -------
    dict of str to CellDetails
        By the name of the sheet.

    Raises
    ------
    BrokenError
        If a part of the workbook is missing or broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _in_book(book)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, struct.error, EOFError) as problem:
        raise BrokenError(str(problem)) from problem


def _in_book(book: zipfile.ZipFile) -> dict[str, CellDetails]:
    names = book.namelist()
    if _ODS in names:
        return ods_details.Document(book.read(_ODS)).found
    if _XLSB in names:
        parts = _parts(book, _XLSB, xlsb_details.sheets(book.read(_XLSB)))
        styles = f"{_STYLES}.bin"
        shown = xlsb_details.styles(book.read(styles)) if styles in names else []
        return {name: xlsb_details.cells(book.read(part), shown) for name, part in parts.items()}
    sheets = xlsx_details.Sheets(book.read(_XLSX))
    parts = _parts(book, _XLSX, sheets.ids)
    styles = f"{_STYLES}.xml"
    percent = xlsx_details.CellStyles(book.read(styles)).percent if styles in names else []
    return {
        name: xlsx_details.SheetCells(book.read(part), percent, sheets.is_uncomputed).found
        for name, part in parts.items()
    }


def _parts(book: zipfile.ZipFile, main: str, ids: dict[str, str]) -> dict[str, str]:
    """Return the file of each sheet."""
    folder, name = posixpath.split(main)
    targets = xlsx_details.Links(book.read(f"{folder}/_rels/{name}.rels")).targets
    parts = {sheet: targets[key] for sheet, key in ids.items() if key in targets}
    return {s: posixpath.normpath(posixpath.join("/", folder, t))[1:] for s, t in parts.items()}
