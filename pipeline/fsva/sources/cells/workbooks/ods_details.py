"""Details of the cells of an ODS document.

Owns the elements and attributes of ``content.xml``, which counts rows and columns instead of
naming them.
"""

from __future__ import annotations

from fsva.sources.cells.workbooks.cell_details import KIND, CellDetails, XmlReader

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
        self._failed: dict[int, str] = {}
        self._percent: set[int] = set()
        self._uncomputed: dict[int, str] = {}
        self._at: int | None = None
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle the start of a sheet, row, column or cell."""
        if tag == "table":
            self._sheet = self.found[values["name"]] = CellDetails()
            self._row = self._columns = 0
        elif tag == "table-row":
            self._column, self._repeated = 0, int(values.get("number-rows-repeated", 1))
            self._failed, self._percent, self._uncomputed = {}, set(), {}
            if values.get("visibility") in _HIDDEN:
                self._sheet.hidden_rows.update(_some(self._row, self._repeated))
        elif tag == "table-column":
            times = int(values.get("number-columns-repeated", 1))
            if values.get("visibility") in _HIDDEN:
                self._sheet.hidden_columns.update(_some(self._columns, times))
            self._columns += times
        elif tag in ("table-cell", "covered-table-cell"):
            self._see(values, int(values.get("number-columns-repeated", 1)))

    def _see(self, values: dict[str, str], times: int) -> None:
        self._at = self._column if values.get(KIND) == "error" else None
        if values.get("value-type") == "percentage":
            self._percent.update(range(self._column, self._column + times))
        if "formula" in values and not values.get("value-type"):
            self._uncomputed[self._column] = values["formula"].removeprefix("of:")
        high = int(values.get("number-rows-spanned", 1))
        wide = int(values.get("number-columns-spanned", 1))
        if high > 1 or wide > 1:
            last = self._row + high - 1, self._column + wide - 1
            self._sheet.merged.append(((self._row, self._column), last))
        self._column += times

    def end(self, tag: str) -> None:
        """Handle the end of a row or cell."""
        if tag == "table-row":
            rows = range(self._row, self._row + self._repeated) if self._has_any() else ()
            for row in rows:
                self._sheet.failed.update({(row, c): text for c, text in self._failed.items()})
                self._sheet.percent.update((row, column) for column in self._percent)
                self._sheet.uncomputed.update({(row, c): t for c, t in self._uncomputed.items()})
            self._row += self._repeated
        elif tag == "table-cell":
            self._at = None

    def _has_any(self) -> bool:
        return bool(self._failed or self._percent or self._uncomputed)

    def letters(self, text: str) -> None:
        """Collect the error text of a failed cell."""
        if self._at is not None and text.strip():
            self._failed[self._at] = self._failed.get(self._at, "") + text


def _some(first: int, times: int) -> range:
    return range(first, first + min(times, _MOST))
