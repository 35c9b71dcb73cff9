"""Details of the cells of an XLSX workbook.

Owns the elements and attributes of the files inside it.
"""

from __future__ import annotations

from fsva.sources.cells.grid import position
from fsva.sources.cells.workbooks.cell_details import (
    PERCENT,
    CellDetails,
    Place,
    XmlReader,
    is_percent,
)

_YES = frozenset({"1", "true"})


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
    is_uncomputed : bool
        True if a program wrote the workbook and no spreadsheet has computed it: such programs
        store 0 as the result.
    """

    def __init__(self, content: bytes, percent: list[bool], is_uncomputed: bool) -> None:
        self.found = CellDetails()
        self._percent = dict(enumerate(percent))
        self._no_result = {"", "0"} if is_uncomputed else {""}
        self._at: Place = (0, 0)
        self._kind = ""
        self._inside = ""
        self._texts = {"f": "", "v": ""}
        self._has_formula = False
        super().__init__(content)

    def start(self, tag: str, values: dict[str, str]) -> None:
        """Handle a cell, its formula or result, or a hidden or merged area."""
        self._inside = tag if tag in self._texts else ""
        if tag == "c":
            self._at, self._kind = position(values["r"]), values.get("t", "n")
            self._texts, self._has_formula = {"f": "", "v": ""}, False
            if self._percent.get(int(values.get("s", 0))):
                self.found.percent.add(self._at)
        elif tag == "f":
            self._has_formula = True
        elif tag == "row" and _is_hidden(values, "ht") and "r" in values:
            self.found.hidden_rows.add(int(values["r"]) - 1)
        elif tag == "col" and _is_hidden(values, "width"):
            self.found.hidden_columns.update(range(int(values["min"]) - 1, int(values["max"])))
        elif tag == "mergeCell":
            first, _, last = values["ref"].partition(":")
            self.found.merged.append((position(first), position(last or first)))

    def end(self, tag: str) -> None:
        """Handle the end of a cell."""
        self._inside = ""
        if tag != "c":
            return
        result = self._texts["v"]
        if self._kind == "e":
            self.found.failed[self._at] = result
        elif self._has_formula and self._kind != "str" and result in self._no_result:
            self.found.uncomputed[self._at] = f"={self._texts['f']}"

    def letters(self, text: str) -> None:
        """Collect the text of a formula or result."""
        if self._inside:
            self._texts[self._inside] += text


def _is_hidden(values: dict[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or has no height or width left."""
    return values.get("hidden") in _YES or float(values.get(size, 1)) == 0
