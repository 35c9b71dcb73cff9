"""Details of the cells of an XLSX workbook.

Owns the elements and attributes of the files inside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.sources.cells.grid import letters
from fsva.sources.cells.workbooks.cell_details import (
    PERCENT,
    CellDetails,
    Place,
    XmlReader,
    is_percent,
)
from fsva.sources.cells.workbooks.filled import COLUMNS

_YES = frozenset({"1", "true"})
_TEXTS = ("f", "v", "t")  # formula, result, text that stands in the cell itself


def position(address: str) -> Place:
    """Return row and column of an address such as ``B5``, counted from 0.

    Examples
    --------
    >>> position("B5"), position("AA1")
    ((4, 1), (0, 26))
    """
    word = address.upper().rstrip("0123456789")
    number = 0
    for letter in word:
        number = 26 * number + ord(letter) - ord("A") + 1
    return int(address[len(word) :]) - 1, number - 1


def address_of(row: int, column: int) -> str:
    """Return the address of a cell, as ``position`` reads it."""
    return f"{letters(column)}{row + 1}"


class SharedTexts(XmlReader):
    """How many letters each of the texts has that the sheets share."""

    def __init__(self, content: bytes) -> None:
        self.lengths: list[int] = []
        self._is_text = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """See a text, or a part of one."""
        if tag == "si":
            self.lengths.append(0)
        self._is_text = tag == "t" and bool(self.lengths)

    def end(self, tag: str) -> None:
        """See the end of a part."""
        self._is_text = False

    def letters(self, text: str) -> None:
        """See letters."""
        if self._is_text:
            self.lengths[-1] += len(text)


class Links(XmlReader):
    """The file of each key in a workbook."""

    def __init__(self, content: bytes) -> None:
        self.targets: dict[str, str] = {}
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle a link."""
        if tag == "Relationship":
            self.targets[values["Id"]] = values["Target"]


class Sheets(XmlReader):
    """The key of each sheet, and whether the formulas have no stored results yet."""

    def __init__(self, content: bytes) -> None:
        self.ids: dict[str, str] = {}
        self.is_uncomputed = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle a sheet, or the settings of calculation."""
        if tag == "sheet":
            self.ids[values["name"]] = values["id"]
        elif tag == "calcPr":
            self.is_uncomputed = values.get("fullCalcOnLoad") in _YES


class CellStyles(XmlReader):
    """Per style, whether it shows percentages."""

    def __init__(self, content: bytes) -> None:
        self.percent: list[bool] = []
        self._formats = set(PERCENT)
        self._in_cells = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle a number format or a style."""
        if tag == "numFmt" and is_percent(values["formatCode"]):
            self._formats.add(int(values["numFmtId"]))
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.percent.append(int(values.get("numFmtId", 0)) in self._formats)

    def end(self, tag: str) -> None:
        """Handle the end of the styles."""
        if tag == "cellXfs":
            self._in_cells = False


class SheetCells(XmlReader):
    """The details of the cells of a sheet.

    Parameters
    ----------
    content : bytes
        XML of the sheet.
    percent : list of bool
        Which styles show percentages.
    shared : sequence of int
        How many letters each of the texts has that the sheets share.
    is_uncomputed : bool
        True if a program wrote the workbook and no spreadsheet has computed it: such programs
        store 0 as the result.
    """

    def __init__(
        self,
        content: bytes,
        percent: list[bool],
        is_uncomputed: bool,
        shared: Sequence[int] = (),
    ) -> None:
        self.found = CellDetails()
        self._shared = shared
        self._percent = dict(enumerate(percent))
        self._no_result = {"", "0"} if is_uncomputed else {""}
        self._at: Place = (-1, -1)
        self._kind = ""
        self._inside = ""
        self._texts: dict[str, list[str]] = {part: [] for part in _TEXTS}
        self._is_percent = False
        self._has_formula = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle a cell, its formula or result, or a hidden or merged area."""
        self._inside = tag if tag in self._texts else ""
        if tag == "c":
            row, column = self._at
            self._at = position(values["r"]) if "r" in values else (row, column + 1)
            self._kind = values.get("t", "n")
            self._texts, self._has_formula = {part: [] for part in _TEXTS}, False
            self._is_percent = self._percent.get(int(values.get("s", 0)), False)
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._at = (int(values["r"]) - 1 if "r" in values else self._at[0] + 1, -1)
            if _is_hidden(values, "ht"):
                self.found.hidden_rows.add(self._at[0])
        elif tag == "col" and _is_hidden(values, "width"):
            last = min(int(values["max"]), COLUMNS)
            self.found.hidden_columns.update(range(int(values["min"]) - 1, last))
        elif tag == "mergeCell":
            begin, _, end = values["ref"].partition(":")
            self.found.merge(position(begin), position(end or begin))

    def end(self, tag: str) -> None:
        """Handle the end of a cell."""
        self._inside = ""
        if tag != "c":
            return
        result = "".join(self._texts["v"])
        if result or self._has_formula or self._texts["t"]:
            self._count(result)
        if self._kind == "e":
            self.found.failed[self._at] = result
        elif self._has_formula and self._kind != "str" and result in self._no_result:
            self.found.uncomputed[self._at] = f"={''.join(self._texts['f'])}"

    def _count(self, result: str) -> None:
        """Count a filled cell."""
        row, column = self._at
        n_letters = len(result) + sum(map(len, self._texts["t"]))
        if self._kind == "s":
            n_letters = self._shared[int(result)] if int(result) < len(self._shared) else 0
        self.found.filled.add(range(row, row + 1), range(column, column + 1), n_letters)
        if self._is_percent:
            self.found.percent.add(self._at)

    def letters(self, text: str) -> None:
        """Collect the text of a formula or result."""
        if self._inside:
            self._texts[self._inside].append(text)


def _is_hidden(values: dict[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or has no height or width left."""
    return values.get("hidden") in _YES or float(values.get(size, 1)) == 0
