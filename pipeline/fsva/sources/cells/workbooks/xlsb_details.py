"""Details of the cells of an XLSB workbook.

Owns the numbers and bytes of its records, as in [MS-XLSB]. A formula always has a stored result.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from fsva.sources.cells.workbooks.cell_details import PERCENT, CellDetails, is_percent
from fsva.sources.cells.workbooks.filled import COLUMNS

ROW, _SHEET, _ERRORS, _COLUMN, _MERGED = 0, 156, (3, 11), 60, 176
CELLS = range(2, 12)
BLANK, DIMENSION = 1, 148
_TEXTS, _SHARED, _SHARED_TEXT = (6, 8), 7, 19
_UTF16 = 2
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_ROW_HIDDEN = 11, 0x10  # byte of the record, and the bit of the flag
_COLUMN_HIDDEN = 16, 0x01
_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_NOT_AVAILABLE = "#N/A"


def records(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the records of a binary part: their kind, their bytes, and these with their head."""
    at = 0
    while at < len(content):
        begin = at
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        yield kind, content[at : at + size], content[begin : at + size]
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits per byte; return it and the next position."""
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


def sheets(content: bytes) -> dict[str, str]:
    """Return the key of each sheet of an XLSB file."""
    names: dict[str, str] = {}
    for kind, data, _ in records(content):
        if kind == _SHEET:
            key, at = _wide(data, 8)
            name, _ = _wide(data, at)
            names[name] = key
    return names


def _wide(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def styles(content: bytes) -> list[bool]:
    """Return for each style of an XLSB file whether it shows percentages."""
    formats = set(PERCENT)
    percent: list[bool] = []
    in_cells = False
    for kind, data, _ in records(content):
        if kind == _FORMAT and is_percent(_wide(data, 2)[0]):
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            in_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and in_cells:
            percent.append(struct.unpack_from("<H", data, 2)[0] in formats)
    return percent


def shared_texts(content: bytes) -> list[int]:
    """Return how many letters each of the texts has that the sheets share."""
    return [
        struct.unpack_from("<I", data, 1)[0]
        for kind, data, _ in records(content)
        if kind == _SHARED_TEXT
    ]


def cells(content: bytes, percent: list[bool], shared: Sequence[int] = ()) -> CellDetails:
    """Return the details of the cells of one sheet.

    Parameters
    ----------
    percent : list of bool
        Per style, whether it shows percentages.
    shared : sequence of int
        From ``shared_texts``.
    """
    shown = dict(enumerate(percent))
    details = CellDetails()
    row = 0
    for kind, data, _ in records(content):
        if kind == ROW:
            (row,) = struct.unpack_from("<I", data)
            if _has_bit(data, *_ROW_HIDDEN):
                details.hidden_rows.add(row)
        elif kind == _COLUMN and _has_bit(data, *_COLUMN_HIDDEN):
            first, last = struct.unpack_from("<II", data)
            details.hidden_columns.update(range(first, min(last + 1, COLUMNS)))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            details.merge((top, left), (bottom, right))
        elif kind in CELLS:
            column, style = struct.unpack_from("<II", data)
            n_letters = _letters(kind, data, shared)
            details.filled.add(range(row, row + 1), range(column, column + 1), n_letters)
            if kind in _ERRORS:
                details.failed[row, column] = _WORDS.get(data[8], _NOT_AVAILABLE)
            if shown.get(style & 0xFFFFFF):
                details.percent.add((row, column))
    return details


def _letters(kind: int, data: bytes, shared: Sequence[int]) -> int:
    """Return how many letters the text of a cell has."""
    if kind in _TEXTS:
        (length,) = struct.unpack_from("<I", data, 8)
        return min(int(length), len(data) // _UTF16)
    if kind != _SHARED:
        return 0
    (number,) = struct.unpack_from("<I", data, 8)
    return shared[number] if number < len(shared) else 0


def _has_bit(data: bytes, byte: int, bit: int) -> bool:
    return len(data) > byte and bool(data[byte] & bit)
