"""Sheets whose few filled cells lie far apart, without the empty rows and columns between them.

Owns the writing of such a sheet in the format it came in, for the reader, and the way back to the
places that the officer sees.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.sax.saxutils import escape, quoteattr

from fsva.sources.cells.workbooks import xlsb_details
from fsva.sources.cells.workbooks.cell_details import XmlReader
from fsva.sources.cells.workbooks.filled import Filled
from fsva.sources.cells.workbooks.xlsx_details import address_of, position

T = TypeVar("T")


@dataclass(frozen=True)
class Axes:
    """The filled rows and columns of a sheet, in order, counted from 0."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @classmethod
    def of(cls, filled: Filled) -> Axes:
        """Return those of some cells.

        Raises
        ------
        TooLargeError
            Even without what is empty the sheet is too large.
        """
        filled.check_close()
        return cls(tuple(sorted(filled.rows)), tuple(sorted(filled.columns)))

    def spread(self, values: Sequence[Sequence[T]], blank: T) -> list[list[T]]:
        """Return the rows of a closed-up sheet where they stood; a row ends with its last value.

        Parameters
        ----------
        values : sequence of sequence
            Rows as the reader returned them.
        blank : object
            What it returns for an empty cell.
        """
        rows: list[list[T]] = []
        for row, cells in zip(self.rows, values, strict=False):
            filled = [n for n, value in enumerate(cells[: len(self.columns)]) if value != blank]
            if not filled:
                continue
            line = [blank] * (self.columns[filled[-1]] + 1)
            for n in filled:
                line[self.columns[n]] = cells[n]
            rows.extend([] for _ in range(row - len(rows)))
            rows.append(line)
        return rows


def _places(numbers: Sequence[int]) -> dict[int, int]:
    return {number: n for n, number in enumerate(numbers)}


def xlsx(content: bytes, axes: Axes) -> bytes:
    """Return a sheet of an XLSX file, closed up."""
    return _XlsxWriter(content, axes).text()


class _XlsxWriter(XmlReader):
    """Writes the filled cells of a sheet with their results, and nothing else."""

    def __init__(self, content: bytes, axes: Axes) -> None:
        self._rows, self._columns = _places(axes.rows), _places(axes.columns)
        self._written = ['<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>']
        self._row = self._at = -1, -1
        self._inside: list[str] = []
        self._is_open = False
        super().__init__(content)

    def text(self) -> bytes:
        """Return what was written."""
        end = "</row></sheetData></worksheet>" if self._is_open else "</sheetData></worksheet>"
        return "".join([*self._written, end]).encode("utf-8", "replace")

    def start(self, tag: str, values: dict[str, str]) -> None:
        """See a row, a cell, or a part of one."""
        if tag == "row":
            self._at = (int(values["r"]) - 1 if "r" in values else self._at[0] + 1, -1)
        elif tag == "c":
            self._at = position(values["r"]) if "r" in values else (self._at[0], self._at[1] + 1)
            row, column = self._rows.get(self._at[0], -1), self._columns.get(self._at[1], -1)
            if row >= 0 and column >= 0:
                self._begin(row, column, values)
        elif self._inside and tag != "f":
            self._written.append(f"<{tag}>")
            self._inside.append(tag)

    def _begin(self, row: int, column: int, values: dict[str, str]) -> None:
        if self._row[0] != row:
            close = "</row>" if self._is_open else ""
            self._written.append(f'{close}<row r="{row + 1}">')
            self._row, self._is_open = (row, 0), True
        kept = "".join(f" {key}={quoteattr(values[key])}" for key in ("s", "t") if key in values)
        self._written.append(f'<c r="{address_of(row, column)}"{kept}>')
        self._inside = ["c"]

    def end(self, tag: str) -> None:
        """See the end of a cell or of a part of it."""
        if self._inside and self._inside[-1] == tag:
            self._written.append(f"</{tag}>")
            self._inside.pop()

    def letters(self, text: str) -> None:
        """See a part of a text; those of formulas stand outside of what is written."""
        if len(self._inside) > 1:
            self._written.append(escape(text))


def xlsb(content: bytes, axes: Axes) -> bytes:
    """Return a sheet of an XLSB file, closed up."""
    rows, columns = _places(axes.rows), _places(axes.columns)
    written: list[bytes] = []
    row = -1
    for kind, data, whole in xlsb_details.records(content):
        if kind == xlsb_details.ROW:
            row = rows.get(struct.unpack_from("<I", data)[0], -1)
            number = row
        elif kind in xlsb_details.CELLS:
            number = columns.get(struct.unpack_from("<I", data)[0], -1) if row >= 0 else -1
        elif kind in (xlsb_details.BLANK, xlsb_details.DIMENSION):
            continue
        else:
            written.append(whole)
            continue
        if number >= 0:
            head = whole[: len(whole) - len(data)]
            written.append(head + struct.pack("<I", number) + data[4:])
    return b"".join(written)


def ods(content: bytes, axes: Mapping[str, Axes]) -> bytes:
    """Return the text of an ODS document, some sheets closed up."""
    return _OdsWriter(content, axes).text()


class _OdsWriter(XmlReader):
    """Writes a document anew, without the empty rows and columns of some of its sheets."""

    has_prefixes = True

    def __init__(self, content: bytes, axes: Mapping[str, Axes]) -> None:
        self._axes = axes
        self._written: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._rows: dict[int, int] | None = None
        self._columns: tuple[int, ...] = ()
        self._row = self._column = 0
        self._skipped = 0  # how deep inside of an element that is left out
        super().__init__(content)

    def text(self) -> bytes:
        """Return what was written."""
        return "".join(self._written).encode("utf-8", "replace")

    def start(self, tag: str, values: dict[str, str]) -> None:
        """See an element begin."""
        if self._skipped:
            self._skipped += 1
            return
        name = tag.rpartition(":")[2]
        if name == "table":
            axes = self._axes.get(values.get("table:name", ""))
            self._rows = _places(axes.rows) if axes else None
            self._columns = axes.columns if axes else ()
            self._row = 0
        elif self._rows is not None and name == "table-row":
            times = int(values.get("table:number-rows-repeated", 1))
            here, self._row, self._column = self._row, self._row + times, 0
            if here not in self._rows:
                self._skipped = 1
                return
        elif self._rows is not None and name in ("table-cell", "covered-table-cell"):
            times = int(values.get("table:number-columns-repeated", 1))
            inner = range(self._column, self._column + times)
            self._column += times
            left = sum(column in inner for column in self._columns)
            if not left:
                self._skipped = 1
                return
            values = {**values, "table:number-columns-repeated": str(left)}
        shown = "".join(f" {key}={quoteattr(value)}" for key, value in values.items())
        self._written.append(f"<{tag}{shown}>")

    def end(self, tag: str) -> None:
        """See an element end."""
        if self._skipped:
            self._skipped -= 1
        else:
            self._written.append(f"</{tag}>")

    def letters(self, text: str) -> None:
        """See some text."""
        if not self._skipped:
            self._written.append(escape(text))
