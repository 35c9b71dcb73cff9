"""PDF files with object streams compressed by libdeflate.

Owns a second pass over the output of qpdf (ISO 32000, 7.5.7 and 7.5.8): qpdf compresses object
streams and the cross-reference table only with the zlib of the system.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from fsva.files.packing import deflate_streams

_HOLDS_OBJECTS = b"/Type /ObjStm"
_LENGTH = re.compile(rb"/Length \d+")
_STREAM, _END_STREAM = b"\nstream\n", b"\nendstream"
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_WIDTHS = re.compile(rb"/W \[ 1 (\d) (\d) \]")
# Type of a row of the table: an object outside object streams (7.5.8.3).
_BY_ITSELF = 1
_UP = 2


def packed(written: bytes) -> bytes:
    """Return the same file with object streams and cross-reference table compressed.

    Parameters
    ----------
    written : bytes
        From qpdf, with object streams and ``compress_streams=False``.
    """
    found = _START.search(written)
    if found is None:
        raise ValueError("a PDF file ends with the place of its table")
    place = int(found[1])
    head, cells, tail = _parted(written[place : found.start()])
    rows, wide = _rows(head, cells)
    alone = np.flatnonzero(rows[:, 0] == _BY_ITSELF)
    places = _numbers(rows[alone, 1 : 1 + wide])
    order = np.argsort(places)
    starts = places[order].tolist()
    body, moved = bytearray(written[: starts[0]]), []
    for start, end in zip(starts, [*starts[1:], place], strict=False):
        moved.append(len(body))
        body += _smaller(written[start:end]) if start < place else b""
    rows[alone[order], 1 : 1 + wide] = _cells(moved, wide)
    table = _table(head, rows, tail)
    return bytes(body) + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _parted(one: bytes) -> tuple[bytes, bytes, bytes]:
    """Split an object into the part before its stream, the stream, and the part after it."""
    start = one.index(_STREAM) + len(_STREAM)
    end = one.rindex(_END_STREAM)
    return one[:start], one[start:end], one[end:]


def _smaller(one: bytes) -> bytes:
    """Compress an object if it is an object stream, and return it."""
    if _HOLDS_OBJECTS not in one[:64]:
        return one
    head, content, tail = _parted(one)
    shrunk = deflate_streams.packed(content)
    return _LENGTH.sub(b"/Length %d /Filter /FlateDecode" % len(shrunk), head) + shrunk + tail


def _rows(head: bytes, cells: bytes) -> tuple[NDArray[np.uint8], int]:
    """Return the rows of the table, and the number of bytes of an offset."""
    widths = _WIDTHS.search(head)
    if widths is None:
        raise ValueError("a table of objects says how wide its columns are")
    wide, last = int(widths[1]), int(widths[2])
    return np.frombuffer(cells, np.uint8).reshape(-1, 1 + wide + last).copy(), wide


def _numbers(cells: NDArray[np.uint8]) -> NDArray[np.int64]:
    numbers = np.zeros(len(cells), dtype=np.int64)
    for column in cells.T:
        numbers = numbers * 256 + column
    return numbers


def _cells(numbers: list[int], wide: int) -> NDArray[np.uint8]:
    joined = b"".join(number.to_bytes(wide, "big") for number in numbers)
    return np.frombuffer(joined, np.uint8).reshape(-1, wide)


def _table(head: bytes, rows: NDArray[np.uint8], tail: bytes) -> bytes:
    """Return the table as a compressed stream of differences between rows (PNG's predictor)."""
    above = np.zeros_like(rows)
    above[1:] = rows[:-1]
    lines = np.column_stack([np.full(len(rows), _UP, np.uint8), rows - above])
    shrunk = deflate_streams.packed(lines.tobytes())
    how = b"/DecodeParms << /Columns %d /Predictor 12 >> /Filter /FlateDecode" % rows.shape[1]
    return _LENGTH.sub(b"/Length %d %s" % (len(shrunk), how), head) + shrunk + tail
