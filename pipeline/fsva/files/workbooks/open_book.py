"""A workbook in the making: its formats, its sheets, and the bytes it becomes.

Owns what all sheets have in common: page, margins, heads, colours, widths, and that the same
content gives the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from fsva.config.methods.method import Method
from fsva.config.styles import draft_style, workbook_style
from fsva.core.texts import Texts
from fsva.drawing.maps import border_colours
from fsva.files.packing import archive, office_parts
from fsva.files.workbooks import formulas

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LINE_PT = 14.0
HEAD = 4  # row of the headings, counted from 0; titles stand above
FIRST = HEAD + 1
Value = float | int | str | None


@dataclass(frozen=True)
class BookTitle:
    """What stands over every sheet.

    Parameters
    ----------
    district : str
        Kind and name, and year.
    draft : str
        The mark of a draft; empty for a complete edition.
    """

    district: str
    draft: str


class OpenBook:
    """A workbook that is being written.

    Parameters
    ----------
    book : Workbook
        Of xlsxwriter.
    title : BookTitle
        Over every sheet.
    texts : Texts
        Language.
    """

    def __init__(self, book: Workbook, title: BookTitle, texts: Texts) -> None:
        self.book, self.title, self.texts = book, title, texts
        self.style = workbook_style.load()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **keys: Any) -> Format:  # noqa: ANN401 - properties of xlsxwriter
        """Return a format with a thin border; the same keys give the same format."""
        plain = {"border": 1, "border_color": self.style.colours.line, "valign": "vcenter"}
        return self._kept(plain | keys)

    def words(self, **keys: Any) -> Format:  # noqa: ANN401 - as above
        """Return a format without a border, for titles and notes."""
        return self._kept({"valign": "vcenter"} | keys)

    def _kept(self, keys: dict[str, Any]) -> Format:
        name = tuple(sorted(keys.items()))
        if name not in self._formats:
            self._formats[name] = self.book.add_format(keys)
        return self._formats[name]

    def head(self) -> Format:
        """Return the format of headings."""
        return self.format(
            bold=True, bg_color=self.style.colours.head, text_wrap=True, align="center"
        )

    def text(self, **keys: Any) -> Format:  # noqa: ANN401 - as above
        """Return the format of names and codes: text, whatever a spreadsheet makes of digits."""
        return self.format(num_format="@", **keys)

    def number(self, digits: int, **keys: Any) -> Format:  # noqa: ANN401 - as above
        """Return the format of numbers; the decimal mark is that of the reader's system."""
        mark = "0" if digits == 0 else "0." + "0" * digits
        return self.format(num_format=mark, align="right", **keys)

    def sheet(self, name: str, heading: str, *, wide: bool = True) -> Worksheet:
        """Add a sheet with its title and its page: A4, fitted to one page's width, numbered."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, heading, self.words(bold=True, font_size=14))
        sheet.write_string(2, 0, self.title.district, self.words())
        if self.title.draft:
            strip = draft_style.load().strip
            mark = self.words(bold=True, bg_color=strip.ground, font_color=strip.ink)
            sheet.write_string(1, 0, self.title.draft, mark)
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.title.district}&C&A&R&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def protect(self, sheet: Worksheet) -> None:
        """Protect the cells that are not for entry, without a password; sizes may be changed."""
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True,
                           "sort": True})  # fmt: skip

    def heads(self, sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
        """Write headings into a row, high enough for the longest."""
        for n, heading in enumerate(headings):
            sheet.write_string(row, n, heading, self.head())
        width = self.style.widths.value - 2  # letters are bold
        sheet.set_row(row, self.height(max(lines(heading, width) for heading in headings)))

    @staticmethod
    def height(n_lines: int) -> float:
        """Return the height of a row of so many lines, at least two, in points."""
        return _LINE_PT * max(2, n_lines)

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
        """Write a number, a text, or the sign of nothing."""
        if value is None:
            sheet.write_string(row, column, formulas.NOTHING, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)

    def compute(
        self, sheet: Worksheet, row: int, column: int, formula: str, value: Value, style: Format
    ) -> None:
        """Write a formula with the result that the program has computed."""
        stored = formulas.NOTHING if value is None else value
        sheet.write_formula(row, column, formula, style, stored)

    def colour_classes(
        self, sheet: Worksheet, area: tuple[int, int, int, int], method: Method
    ) -> None:
        """Colour the cells of an area by the class that they hold."""
        for one in method.classes:
            ink = self.ink_over(one.colour)
            style = self.book.add_format({"bg_color": one.colour, "font_color": ink})
            rule = {"type": "cell", "criteria": "==", "value": one.number, "format": style}
            sheet.conditional_format(*area, rule)

    def ink_over(self, colour: str) -> str:
        """Return the ink that can be read on a colour."""
        colours = self.style.colours
        inks = (colours.dark_ink, colours.light_ink)
        return max(inks, key=lambda ink: border_colours.contrast(colour, ink))


def written(title: BookTitle, texts: Texts, fill: Callable[[OpenBook], None]) -> bytes:
    """Return a workbook as the bytes of an XLSX file.

    Parameters
    ----------
    fill : callable
        Adds the sheets.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": office_parts.CREATED, "title": title.district})
        book.set_calc_mode("auto")
        fill(OpenBook(book, title, texts))
    return archive.repacked(target.getvalue())


def lines(text: str, width: float) -> int:
    r"""Return the lines that a text takes in a column of a width in letters, words kept whole.

    Examples
    --------
    >>> lines("Kelas komposit", 20), lines("Kelas komposit", 10), lines("a\nb", 10)
    (1, 2, 2)
    """
    parts = (textwrap.wrap(part, max(1, int(width))) for part in text.split("\n"))
    return sum(max(1, len(part)) for part in parts)


@cache
def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def cell(column: int, row: int, sheet: str = "", *, fixed: bool = False) -> str:
    """Return the name of a cell; column and row are counted from 0.

    Examples
    --------
    >>> cell(6, 5), cell(0, 0, "Form 1", fixed=True)
    ('G6', "'Form 1'!$A$1")
    """
    mark = "$" if fixed else ""
    return f"{_of(sheet)}{mark}{column_name(column)}{mark}{row + 1}"


def area(first: tuple[int, int], last: tuple[int, int], sheet: str = "") -> str:
    """Return the name of a fixed area from its first to its last cell, each column and row.

    Examples
    --------
    >>> area((4, 5), (8, 5), "Form 1")
    "'Form 1'!$E$6:$I$6"
    """
    ends = (f"${column_name(column)}${row + 1}" for column, row in (first, last))
    return _of(sheet) + ":".join(ends)


def _of(sheet: str) -> str:
    return f"'{sheet}'!" if sheet else ""
