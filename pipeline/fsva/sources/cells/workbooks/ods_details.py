"""Details of the cells of an ODS document.

Owns the elements and attributes of ``content.xml``, which counts rows and columns instead of
naming them.
"""

from __future__ import annotations

from fsva.core import bounds
from fsva.sources.cells.workbooks.cell_details import KIND, CellDetails, XmlReader
from fsva.sources.cells.workbooks.filled import COLUMNS, BrokenError, TooLargeError

_HIDDEN = frozenset({"collapse", "filter"})
_MOST = 20_000  # rows or columns; LibreOffice repeats the last one to the end of the sheet


class Document(XmlReader):
    """The details of every sheet.

    Parameters
    ----------
    content : bytes
        ``content.xml``.
    """

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, CellDetails] = {}
        self._sheet = CellDetails()
        self._row = self._column = self._repeated = self._columns = 0
        self._failed: dict[int, list[str]] = {}
        self._percent: set[int] = set()
        self._uncomputed: dict[int, str] = {}
        self._at: int | None = None
        self._filled: list[tuple[range, int]] = []  # of a row: columns, and letters of each cell
        self._letters: int | None = None  # of the filled cell that is being read
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle the start of a sheet, row, column or cell."""
        if tag == "table":
            self._sheet = self.found[values["name"]] = CellDetails()
            self._row = self._columns = 0
        elif tag == "table-row":
            self._column, self._repeated = 0, _times(values, "number-rows-repeated")
            self._filled = []
            self._failed, self._percent, self._uncomputed = {}, set(), {}
            if values.get("visibility") in _HIDDEN:
                self._sheet.hidden_rows.update(_some(self._row, self._repeated))
        elif tag == "table-column":
            times = _times(values, "number-columns-repeated")
            if values.get("visibility") in _HIDDEN:
                self._sheet.hidden_columns.update(_some(self._columns, times))
            self._columns += times
        elif tag in ("table-cell", "covered-table-cell"):
            self._see(values, _times(values, "number-columns-repeated"))
        elif tag == "s" and self._letters is not None:
            self._count(_times(values, "c"))

    def _see(self, values: dict[str, str], times: int) -> None:
        is_filled = "value-type" in values or "formula" in values
        self._letters = 0 if is_filled else None
        if is_filled and self._column + times > COLUMNS:
            raise BrokenError(f"C{self._column + times}")
        self._at = self._column if values.get(KIND) == "error" else None
        if values.get("value-type") == "percentage":
            self._percent.update(range(self._column, self._column + times))
        if "formula" in values and not values.get("value-type"):
            self._uncomputed[self._column] = values["formula"].removeprefix("of:")
        if is_filled:
            self._filled.append((range(self._column, self._column + times), 0))
        high = _times(values, "number-rows-spanned")
        wide = _times(values, "number-columns-spanned")
        if high > 1 or wide > 1:
            last = self._row + high - 1, self._column + wide - 1
            self._sheet.merge((self._row, self._column), last)
        self._column += times

    def end(self, tag: str) -> None:
        """Handle the end of a row or cell."""
        if tag == "table-row":
            for columns, n_letters in self._filled:
                below = range(self._row, self._row + self._repeated)
                self._sheet.filled.add(below, columns, n_letters)
            rows = range(self._row, self._row + self._repeated) if self._has_any() else ()
            failed = {column: "".join(texts) for column, texts in self._failed.items()}
            for row in rows:
                self._sheet.failed.update({(row, c): text for c, text in failed.items()})
                self._sheet.percent.update((row, column) for column in self._percent)
                self._sheet.uncomputed.update({(row, c): t for c, t in self._uncomputed.items()})
            self._row += self._repeated
        elif tag == "table-cell":
            self._at = self._letters = None

    def _count(self, n_letters: int) -> None:
        """Count letters of the cell that is being read."""
        self._letters = (self._letters or 0) + n_letters
        most = bounds.load().workbook.most_bytes
        if self._letters > most:
            raise TooLargeError("isi", self._letters, most)
        self._filled[-1] = self._filled[-1][0], self._letters

    def _has_any(self) -> bool:
        return bool(self._failed or self._percent or self._uncomputed)

    def letters(self, text: str) -> None:
        """See a part of what a cell shows."""
        if self._letters is not None:
            self._count(len(text))
        if self._at is not None and text.strip():
            self._failed.setdefault(self._at, []).append(text)


def _some(first: int, times: int) -> range:
    return range(first, first + min(times, _MOST))


def _times(values: dict[str, str], name: str) -> int:
    """Return how often something stands there."""
    times = int(values.get(name, 1))
    if times < 1:
        raise BrokenError(f"{name} {times}")
    return times
