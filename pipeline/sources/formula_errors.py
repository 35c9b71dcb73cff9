"""Cells of a workbook whose formula failed: #DIV/0!, #N/A and the like.

Owns finding them in the files inside a workbook. The reader of workbooks gives them as empty
cells; a ratio that could not be computed would then look like one that nobody reported.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from xml.parsers import expat

from pipeline.sources.grid import position

Cells = dict[tuple[int, int], str]
_ODS = "content.xml"
_KIND = "calcext:value-type"
_XLSX, _XLSB = "xl/workbook.xml", "xl/workbook.bin"
# Records of a binary workbook.
_ROW, _SHEET, _ERRORS = 0, 156, (3, 11)
_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_NOT_AVAILABLE = "#N/A"


class BrokenError(Exception):
    """The files inside a workbook cannot be read."""


def find(content: bytes) -> defaultdict[str, Cells]:
    """Find the failed cells of a workbook.

    Parameters
    ----------
    content : bytes
        An XLSX, XLSB or ODS file.

    Returns
    -------
    dict of str to dict
        Name of the sheet to its failed cells: (row, column) counted from 0, to their text.

    Raises
    ------
    BrokenError
        If a part of the workbook is missing or broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return defaultdict(dict, _in_book(book))
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, struct.error, EOFError) as problem:
        raise BrokenError(str(problem)) from problem


def _in_book(book: zipfile.ZipFile) -> dict[str, Cells]:
    names = book.namelist()
    if _ODS in names:
        return _Document(book.read(_ODS)).failed
    if _XLSB in names:
        parts = _parts(book, _XLSB, _binary_sheets(book.read(_XLSB)))
        return {name: dict(_binary_cells(book.read(part))) for name, part in parts.items()}
    parts = _parts(book, _XLSX, _Sheets(book.read(_XLSX)).ids)
    return {name: _Cells(book.read(part)).failed for name, part in parts.items()}


def _parts(book: zipfile.ZipFile, main: str, ids: dict[str, str]) -> dict[str, str]:
    """Return the file of each sheet."""
    folder, name = posixpath.split(main)
    targets = _Links(book.read(f"{folder}/_rels/{name}.rels")).targets
    found = {sheet: targets[key] for sheet, key in ids.items() if key in targets}
    return {s: posixpath.normpath(posixpath.join("/", folder, t))[1:] for s, t in found.items()}


def _local(name: str) -> str:
    """Return the name of an element or attribute without its namespace's prefix.

    LibreOffice has an attribute of its own for the kind of a cell, beside the standard's.
    """
    return name if name == _KIND else name.rpartition(":")[2]


class _Reader:
    """Goes through an XML text once.

    Parameters
    ----------
    content : bytes
        The XML text.
    """

    def __init__(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, values: self.start(
            _local(tag), {_local(key): value for key, value in values.items()}
        )
        parser.EndElementHandler = lambda tag: self.end(_local(tag))
        parser.CharacterDataHandler = self.letters
        parser.Parse(content, True)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """See an element begin."""

    def end(self, tag: str) -> None:
        """See an element end."""

    def letters(self, text: str) -> None:
        """See some text."""


class _Links(_Reader):
    """Which file each key of a workbook means."""

    def __init__(self, content: bytes) -> None:
        self.targets: dict[str, str] = {}
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "Relationship":
            self.targets[values["Id"]] = values["Target"]


class _Sheets(_Reader):
    """The key of each sheet of an XLSX file."""

    def __init__(self, content: bytes) -> None:
        self.ids: dict[str, str] = {}
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "sheet":
            self.ids[values["name"]] = values["id"]


class _Cells(_Reader):
    """The failed cells of a sheet of an XLSX file."""

    def __init__(self, content: bytes) -> None:
        self.failed: Cells = {}
        self._at: tuple[int, int] | None = None
        self._in_value = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "c":
            self._at = position(values["r"]) if values.get("t") == "e" else None
        self._in_value = tag == "v"

    def end(self, tag: str) -> None:
        self._in_value = False

    def letters(self, text: str) -> None:
        if self._at and self._in_value:
            self.failed[self._at] = self.failed.get(self._at, "") + text


class _Document(_Reader):
    """The failed cells of an ODS file, which counts rows and columns instead of naming them."""

    def __init__(self, content: bytes) -> None:
        self.failed: dict[str, Cells] = {}
        self._sheet = ""
        self._row = self._column = self._repeated = 0
        self._at: tuple[int, int] | None = None
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self._sheet, self._row = values["name"], 0
            self.failed[self._sheet] = {}
        elif tag == "table-row":
            self._column, self._repeated = 0, int(values.get("number-rows-repeated", 1))
        elif tag in ("table-cell", "covered-table-cell"):
            failed = values.get(_KIND) == "error"
            self._at = (self._row, self._column) if failed else None
            self._column += int(values.get("number-columns-repeated", 1))

    def end(self, tag: str) -> None:
        if tag == "table-row":
            self._row += self._repeated
        elif tag == "table-cell":
            self._at = None

    def letters(self, text: str) -> None:
        if self._at and text.strip():
            cells = self.failed[self._sheet]
            cells[self._at] = cells.get(self._at, "") + text


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a binary part: their kind and their bytes."""
    at = 0
    while at < len(content):
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        yield kind, content[at : at + size]
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits per byte, and return it with the place behind it."""
    value = 0
    for n in range(most):
        if at >= len(content):
            raise EOFError("record")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * n)
        if not byte & 0x80:
            break
    return value, at


def _binary_sheets(content: bytes) -> dict[str, str]:
    """Return the key of each sheet of an XLSB file."""
    found: dict[str, str] = {}
    for kind, data in _records(content):
        if kind == _SHEET:
            key, at = _wide(data, 8)
            name, _ = _wide(data, at)
            found[name] = key
    return found


def _wide(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _binary_cells(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row = 0
    for kind, data in _records(content):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif kind in _ERRORS:
            (column,) = struct.unpack_from("<I", data)
            yield (row, column), _WORDS.get(data[8], _NOT_AVAILABLE)
