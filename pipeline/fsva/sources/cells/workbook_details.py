"""What the reader of workbooks does not tell of cells: failed formulas and percentages.

Owns finding them in the files inside a workbook. The reader gives a failed formula (#DIV/0!) as an
empty cell, so that a ratio that could not be computed looks like one that nobody reported; and it
gives 0.247 for what the officer sees as 24.7 %.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from fsva.sources.cells.grid import position

Place = tuple[int, int]
_ODS = "content.xml"
_KIND = "calcext:value-type"
_XLSX, _XLSB = "xl/workbook.xml", "xl/workbook.bin"
_STYLES = "xl/styles"
_PERCENT = frozenset({9, 10})  # of the formats that every spreadsheet knows by number
_LITERAL = re.compile(r'"[^"]*"|\\.')
# Records of a binary workbook.
_ROW, _SHEET, _ERRORS = 0, 156, (3, 11)
_CELLS = range(2, 12)
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_NOT_AVAILABLE = "#N/A"


class BrokenError(Exception):
    """The files inside a workbook cannot be read."""


@dataclass(frozen=True)
class Untold:
    """Cells of a sheet, by row and column counted from 0.

    Parameters
    ----------
    failed : dict of (int, int) to str
        Cells whose formula failed, and what they show.
    percent : set of (int, int)
        Cells that are shown as percentages.
    """

    failed: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)


def find(content: bytes) -> dict[str, Untold]:
    """Find the cells of a workbook that its reader does not tell of.

    Returns
    -------
    dict of str to Untold
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


def _in_book(book: zipfile.ZipFile) -> dict[str, Untold]:
    names = book.namelist()
    if _ODS in names:
        return _Document(book.read(_ODS)).found
    if _XLSB in names:
        parts = _parts(book, _XLSB, _binary_sheets(book.read(_XLSB)))
        styles = _binary_styles(book.read(f"{_STYLES}.bin")) if f"{_STYLES}.bin" in names else []
        return {name: _binary_cells(book.read(part), styles) for name, part in parts.items()}
    parts = _parts(book, _XLSX, _Sheets(book.read(_XLSX)).ids)
    styles = _CellStyles(book.read(f"{_STYLES}.xml")).percent if f"{_STYLES}.xml" in names else []
    return {name: _SheetCells(book.read(part), styles).found for name, part in parts.items()}


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


class _XmlReader:
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


class _Links(_XmlReader):
    """Which file each key of a workbook means."""

    def __init__(self, content: bytes) -> None:
        self.targets: dict[str, str] = {}
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "Relationship":
            self.targets[values["Id"]] = values["Target"]


class _Sheets(_XmlReader):
    """The key of each sheet of an XLSX file."""

    def __init__(self, content: bytes) -> None:
        self.ids: dict[str, str] = {}
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "sheet":
            self.ids[values["name"]] = values["id"]


class _CellStyles(_XmlReader):
    """Which styles of an XLSX file show percentages, by their number."""

    def __init__(self, content: bytes) -> None:
        self.percent: list[bool] = []
        self._formats = set(_PERCENT)
        self._in_cells = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "numFmt" and _is_percent(values["formatCode"]):
            self._formats.add(int(values["numFmtId"]))
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.percent.append(int(values.get("numFmtId", 0)) in self._formats)

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False


def _is_percent(code: str) -> bool:
    """Tell whether a number format multiplies by a hundred; a quoted % does not."""
    return "%" in _LITERAL.sub("", code)


class _SheetCells(_XmlReader):
    """The cells of a sheet of an XLSX file."""

    def __init__(self, content: bytes, percent: list[bool]) -> None:
        self.found = Untold()
        self._percent = dict(enumerate(percent))
        self._at: Place | None = None
        self._in_value = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "c":
            self._at = position(values["r"]) if values.get("t") == "e" else None
            if self._percent.get(int(values.get("s", 0))):
                self.found.percent.add(position(values["r"]))
        self._in_value = tag == "v"

    def end(self, tag: str) -> None:
        self._in_value = False

    def letters(self, text: str) -> None:
        if self._at and self._in_value:
            self.found.failed[self._at] = self.found.failed.get(self._at, "") + text


class _Document(_XmlReader):
    """The cells of an ODS file, which counts rows and columns instead of naming them."""

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, Untold] = {}
        self._sheet = Untold()
        self._row = self._column = self._repeated = 0
        self._failed: dict[int, str] = {}
        self._percent: set[int] = set()
        self._at: int | None = None
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self._sheet = self.found[values["name"]] = Untold()
            self._row = 0
        elif tag == "table-row":
            self._column, self._repeated = 0, int(values.get("number-rows-repeated", 1))
            self._failed, self._percent = {}, set()
        elif tag in ("table-cell", "covered-table-cell"):
            self._see(values, int(values.get("number-columns-repeated", 1)))

    def _see(self, values: dict[str, str], times: int) -> None:
        self._at = self._column if values.get(_KIND) == "error" else None
        if values.get("value-type") == "percentage":
            self._percent.update(range(self._column, self._column + times))
        self._column += times

    def end(self, tag: str) -> None:
        if tag == "table-row":
            found = range(self._row, self._row + self._repeated) if self._has_any() else ()
            for row in found:
                self._sheet.failed.update({(row, c): text for c, text in self._failed.items()})
                self._sheet.percent.update((row, column) for column in self._percent)
            self._row += self._repeated
        elif tag == "table-cell":
            self._at = None

    def _has_any(self) -> bool:
        return bool(self._failed or self._percent)

    def letters(self, text: str) -> None:
        if self._at is not None and text.strip():
            self._failed[self._at] = self._failed.get(self._at, "") + text


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


def _binary_styles(content: bytes) -> list[bool]:
    """Tell which styles of an XLSB file show percentages, by their number."""
    formats = set(_PERCENT)
    percent: list[bool] = []
    in_cells = False
    for kind, data in _records(content):
        if kind == _FORMAT and _is_percent(_wide(data, 2)[0]):
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            in_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and in_cells:
            percent.append(struct.unpack_from("<H", data, 2)[0] in formats)
    return percent


def _binary_cells(content: bytes, percent: list[bool]) -> Untold:
    styles = dict(enumerate(percent))
    found = Untold()
    row = 0
    for kind, data in _records(content):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", data)
            if kind in _ERRORS:
                found.failed[row, column] = _WORDS.get(data[8], _NOT_AVAILABLE)
            if styles.get(style & 0xFFFFFF):
                found.percent.add((row, column))
    return found
