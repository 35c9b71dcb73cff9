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
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from fsva.sources.cells.workbooks import (
    closed_up,
    filled,
    ods_details,
    unpacked,
    xlsb_details,
    xlsx_details,
)
from fsva.sources.cells.workbooks.cell_details import CellDetails
from fsva.sources.cells.workbooks.closed_up import Axes
from fsva.sources.cells.workbooks.filled import BrokenError

_ODS = "content.xml"
_XLSX, _XLSB = "xl/workbook.xml", "xl/workbook.bin"
_STYLES, _TEXTS = "xl/styles", "xl/sharedStrings"
_DAMAGES = (KeyError, IndexError, expat.ExpatError, struct.error, EOFError, ValueError)
Files = dict[str, bytes]


@dataclass(frozen=True)
class CheckedBook:
    """A workbook that is safe to read.

    Parameters
    ----------
    file : file
        For the reader: no larger than the bounds, without empty cells by the million.
    details : mapping of str to CellDetails
        What the reader does not tell, by the name of the sheet.
    axes : mapping of str to Axes
        Where the rows and columns of closed-up sheets stood.
    """

    file: io.BytesIO
    details: Mapping[str, CellDetails]
    axes: Mapping[str, Axes]


def open_book(content: bytes) -> CheckedBook:
    """Look through a workbook before its reader does.

    Raises
    ------
    BrokenError
        If a part of the workbook is missing or broken.
    TooLargeError
        If it would not fit into the memory.
    """
    try:
        files = unpacked.parts(content)
        parts, details = _in_book(files)
        filled.check(
            sum(sheet.filled.n_cells for sheet in details.values()),
            sum(sheet.filled.n_letters for sheet in details.values()),
        )
        axes = {n: Axes.of(s.filled) for n, s in details.items() if s.filled.is_spread}
        return CheckedBook(unpacked.packed(files | _closed_up(files, parts, axes)), details, axes)
    except _DAMAGES as problem:
        raise BrokenError(str(problem)) from problem


def _in_book(files: Files) -> tuple[dict[str, str], dict[str, CellDetails]]:
    """Return the file of each sheet, and what stands in it."""
    if _ODS in files:
        found = ods_details.Document(files[_ODS]).found
        return dict.fromkeys(found, _ODS), found
    if _XLSB in files:
        parts = _parts(files, _XLSB, xlsb_details.sheets(files[_XLSB]))
        shown = xlsb_details.styles(files.get(f"{_STYLES}.bin", b""))
        texts = xlsb_details.shared_texts(files.get(f"{_TEXTS}.bin", b""))
        return parts, {n: xlsb_details.cells(files[p], shown, texts) for n, p in parts.items()}
    sheets = xlsx_details.Sheets(files[_XLSX])
    parts = _parts(files, _XLSX, sheets.ids)
    styles, texts_file = f"{_STYLES}.xml", f"{_TEXTS}.xml"
    percent = xlsx_details.CellStyles(files[styles]).percent if styles in files else []
    shared = xlsx_details.SharedTexts(files[texts_file]).lengths if texts_file in files else []
    return parts, {
        name: xlsx_details.SheetCells(files[part], percent, sheets.is_uncomputed, shared).found
        for name, part in parts.items()
    }


def _parts(files: Files, main: str, ids: dict[str, str]) -> dict[str, str]:
    """Return the file of each sheet."""
    folder, name = posixpath.split(main)
    targets = xlsx_details.Links(files[f"{folder}/_rels/{name}.rels"]).targets
    parts = {sheet: targets[key] for sheet, key in ids.items() if key in targets}
    return {s: posixpath.normpath(posixpath.join("/", folder, t))[1:] for s, t in parts.items()}


def _closed_up(files: Files, parts: Mapping[str, str], axes: Mapping[str, Axes]) -> Files:
    """Return the files of sheets whose filled cells lie far apart, closed up."""
    if axes and _ODS in files:
        return {_ODS: closed_up.ods(files[_ODS], axes)}
    close = closed_up.xlsb if _XLSB in files else closed_up.xlsx
    return {parts[name]: close(files[parts[name]], own) for name, own in axes.items()}
