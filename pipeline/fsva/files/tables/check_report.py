"""The report of the checks as a workbook, with the cells marked.

Owns ``periksa.xlsx``; the same findings give the same bytes. The page is
``fsva.files.pages.check_page``.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fsva.checks import finding_words
from fsva.checks.finding_words import Title
from fsva.checks.findings import LEVELS, Finding, Level, Report
from fsva.config.styles import draft_style, output_tables, report_colours
from fsva.core import decimals
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.files.packing import archive, office_parts
from fsva.files.workbooks import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from fsva.sources.cells.table_text import TextTable

    # Numbers from other sources than the table: column to row of the file to number.
    Computed = Mapping[str, Mapping[int, float]]
    # The table as text, None if it cannot be read; and the numbers from other sources.
    Contents = tuple[TextTable | None, Computed]

XLSX = finding_words.WORKBOOK
_A4, _WIDEST = 9, 240  # Excel's number of the paper; widest column of the table in pixels
# Points of a line, letters in a column without a width, and the part of one that text fills.
_LINE_PT, _USUAL, _FILLED = 15, 8, 0.9
Colours = Mapping[Level, str]
_KEYS = (BPS, KEMENDAGRI, PARENT, UNIT, "kode_kec", "no")


def records(report: Report, texts: Texts) -> dict[str, list[dict[str, str | int | None]]]:
    """Return findings and results of rules, with the columns' names of the workbook as keys."""
    numbered: list[tuple[str | int, ...]] = [
        (number, *cells) for number, (_, cells) in enumerate(finding_words.rows(report, texts), 1)
    ]
    return {
        "temuan": [_record("temuan", row) for row in numbered],
        "aturan": [_record("aturan", row) for row in _results(report, texts)],
    }


def _record(sheet: str, row: tuple[str | int, ...]) -> dict[str, str | int | None]:
    names = [column.name for column in output_tables.workbook(XLSX).sheet(sheet).columns]
    record: dict[str, str | int | None] = {
        name: cell or None for name, cell in zip(names, row, strict=True)
    }
    if record.get("baris"):
        record["baris"] = int(record["baris"] or 0)
    return record


def _results(report: Report, texts: Texts) -> list[tuple[str, ...]]:
    return [
        (finding_words.rule_name(outcome.rule, texts), finding_words.result(outcome, texts))
        for outcome in report.outcomes
    ]


def xlsx(
    title: Title,
    report: Report,
    book_of: Contents,
    colours: Colours,
    texts: Texts,
) -> bytes:
    """Return the table with its offending cells marked, the findings and the rules.

    Parameters
    ----------
    colours : mapping of Level to str
        ``#RRGGBB`` of the findings.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": office_parts.CREATED})
        styles = _CheckFormats(book, colours)
        cells, computed = book_of
        if cells is not None:
            sheet = book.add_worksheet(texts("periksa.lembar.data"))
            top = _warn(sheet, title, styles)
            _write_data(sheet, report, (cells, computed, top), styles, texts)
        sheet = book.add_worksheet(texts("periksa.lembar.temuan"))
        _write_findings(sheet, report, styles, texts, _warn(sheet, title, styles))
        _write_rules(
            book.add_worksheet(texts("periksa.lembar.aturan")), title, report, styles, texts
        )
    return archive.repacked(target.getvalue())


class _CheckFormats:
    """Formats of a workbook: one per level, one of headings.

    Parameters
    ----------
    colours : mapping of Level to str
        ``#RRGGBB`` of the findings.
    """

    def __init__(self, book: Workbook, colours: Colours) -> None:
        self.head = book.add_format(
            {"bold": True, "bg_color": report_colours.load().checks.head, "text_wrap": True}
        )
        self.plain = book.add_format({"valign": "top"})
        self.counted = book.add_format({"valign": "top", "align": "center"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        strip = draft_style.load().strip
        self.draft = book.add_format(
            {"bold": True, "bg_color": strip.ground, "font_color": strip.ink}
        )
        self.marks = {
            level: book.add_format({"bg_color": colour, "valign": "top", "text_wrap": True})
            for level, colour in colours.items()
        }


def marks(report: Report) -> dict[tuple[int, str], Level]:
    """Return the most severe level of every marked cell, by row of the file and column."""
    levels: dict[tuple[int, str], Level] = {}
    for level in LEVELS:
        for _, finding in report.of_level(level):
            for column in finding.columns if finding.row is not None else ():
                levels.setdefault((int(finding.row or 0), column), level)
    return levels


def _remarks(report: Report, texts: Texts) -> dict[tuple[int, str], str]:
    """Return the messages of every marked cell."""
    remarks: dict[tuple[int, str], list[str]] = {}
    for level in LEVELS:
        for _, finding in report.of_level(level):
            for column in finding.columns if finding.row is not None else ():
                said = remarks.setdefault((int(finding.row or 0), column), [])
                said.append(_remark(finding, texts))
    return {place: "\n".join(said) for place, said in remarks.items()}


def _remark(finding: Finding, texts: Texts) -> str:
    said, expected = (finding_words.sentence(finding, part, texts) for part in ("pesan", "harap"))
    return f"{said} {texts('periksa.kolom.harap')}: {expected}" if expected else said


def _warn(sheet: Worksheet, title: Title, styles: _CheckFormats) -> int:
    """Write the mark of a draft on top of a sheet; return the next row."""
    if not title.draft:
        return 0
    sheet.write_string(0, 0, title.draft, styles.draft)
    sheet.set_row(0, None, styles.draft)
    return 1


def _write_data(
    sheet: Worksheet,
    report: Report,
    shown: tuple[TextTable, Computed, int],
    styles: _CheckFormats,
    texts: Texts,
) -> None:
    """Write the office's table with its row numbers in front; marked cells get a comment."""
    cells, computed, top = shown
    marked, said = marks(report), _remarks(report, texts)
    columns = [column for column in cells.columns if column]
    more = list(computed)
    heads = [f"{column} ({texts('periksa.lembar.dihitung')})" for column in more]
    for at, head in enumerate([texts("periksa.kolom.baris"), *columns, *heads]):
        sheet.write_string(top, at, head, styles.head)
    for line, row in enumerate(cells, start=top + 1):
        sheet.write_number(line, 0, row.number, styles.counted)
        texts_of = [row.cells.get(column, "") for column in columns]
        numbers = [_computed_text(computed[column], row.number) for column in more]
        for at, (column, text) in enumerate(
            zip([*columns, *more], [*texts_of, *numbers], strict=True), start=1
        ):
            place = (row.number, column)
            style = styles.marks[marked[place]] if place in marked else styles.plain
            _write_cell(sheet, line, at, column, text, style)
            if place in said:
                sheet.write_comment(line, at, said[place], {"author": "fsva"})
    sheet.freeze_panes(top + 1, 1)
    sheet.autofit(_WIDEST)
    _for_paper(sheet, top)
    sheet.autofilter(top, 0, top + max(1, len(cells.rows)), len(columns) + len(more))


def _computed_text(numbers: Mapping[int, float], row: int) -> str:
    value = numbers.get(row, math.nan)
    return "" if math.isnan(value) else f"{value:.10g}"


def _write_cell(
    sheet: Worksheet, line: int, at: int, column: str, text: str, style: Format
) -> None:
    """Write numbers as numbers and everything else, codes above all, as text."""
    if column not in _KEYS:
        try:
            sheet.write_number(line, at, float(decimals.parse(text)), style)
        except ValueError:
            sheet.write_string(line, at, text, style)
        return
    sheet.write_string(line, at, text, style)


def _write_findings(
    sheet: Worksheet, report: Report, styles: _CheckFormats, texts: Texts, top: int
) -> None:
    widths = _write_heads(sheet, "temuan", styles, texts, top)
    rows = finding_words.rows(report, texts)
    for line, (level, cells) in enumerate(rows, start=top + 1):
        sheet.write_number(line, 0, line - top, styles.counted)
        for at, text in enumerate(cells, start=1):
            style = styles.marks[level] if at == 1 else styles.wrapped
            sheet.write_string(line, at, text, style)
        _set_height(sheet, line, cells, widths[1:])
    sheet.freeze_panes(top + 1, 0)
    _for_paper(sheet, top)
    sheet.autofilter(top, 0, top + max(1, len(rows)), len(widths) - 1)


def _write_rules(
    sheet: Worksheet, title: Title, report: Report, styles: _CheckFormats, texts: Texts
) -> None:
    heading = finding_words.heading(title, report, texts)
    for line, text in enumerate(heading):
        is_mark = bool(title.draft) and text == title.draft
        style = styles.draft if is_mark else styles.head if line == 0 else styles.plain
        sheet.write_string(line, 0, text, style)
    top = len(heading) + 1
    widths = _write_heads(sheet, "aturan", styles, texts, top)
    for line, row in enumerate(_results(report, texts), start=top + 1):
        for at, text in enumerate(row):
            sheet.write_string(line, at, text, styles.wrapped)
        _set_height(sheet, line, row, widths)
    _for_paper(sheet, top)


def _for_paper(sheet: Worksheet, top: int) -> None:
    """Print a sheet across A4, as wide as a page, its headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&L&A&R&P / &N")


def _set_height(
    sheet: Worksheet, row: int, told: Sequence[str], widths: Sequence[float | None]
) -> None:
    """Make a row high enough for its texts; LibreOffice prints them over each other otherwise."""
    most = max(
        open_book.lines(text, _USUAL if width is None else width * _FILLED)
        for text, width in zip(told, widths, strict=True)
    )
    sheet.set_row(row, _LINE_PT * most)


def _write_heads(
    sheet: Worksheet, name: str, styles: _CheckFormats, texts: Texts, top: int
) -> list[float | None]:
    """Write the headings of a sheet and the widths of its columns; return these."""
    columns = output_tables.workbook(XLSX).sheet(name).columns
    for at, column in enumerate(columns):
        sheet.write_string(top, at, texts(f"periksa.kolom.{column.name}"), styles.head)
        if column.width is not None:
            sheet.set_column(at, at, column.width)
    return [column.width for column in columns]
