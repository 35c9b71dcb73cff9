"""``banding.xlsx``: the lists of a comparison in a workbook, to sort and filter.

Owns its sheets and formats. Texts never become formulas; the same comparison gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fsva.comparison.maps import change_maps
from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values import drafts
from fsva.comparison.values.result import ComparedMeasure, Comparison, Matrix
from fsva.comparison.view import change_counts, change_lists, notices
from fsva.comparison.view.change_lists import Cell, ClassStep, Course, ListNumber, ListTable
from fsva.config.styles import output_tables, report_colours
from fsva.config.styles.report_colours import ComparisonColours
from fsva.core.texts import Texts
from fsva.drawing.paper.colours import lightness
from fsva.files.packing import archive, office_parts
from fsva.files.workbooks import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILE_NAME = "banding.xlsx"
_A4 = 9
_HEAD_PT = 30  # two lines of a head
_WIDEST, _NARROWEST = 44, 8
_PAGE = 195  # letters beside each other that are still read with ease on a printed page
_LINE_PT = 15  # points of a line
_DARK = 140  # below this lightness, 0..255, figures are white


@dataclass(frozen=True, eq=False)
class _WorkbookFormats:
    """The formats of a workbook, each made once."""

    book: Workbook
    made: dict[tuple[tuple[str, object], ...], Format]

    def of(self, **properties: object) -> Format:
        """Return the format with given properties (names of xlsxwriter)."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(properties))
        return self.made[key]

    @property
    def head(self) -> Format:
        """The format of headings."""
        return self.of(bold=True, text_wrap=True, bottom=1, valign="top", bg_color=_colours().head)

    @property
    def title(self) -> Format:
        """The format of titles."""
        return self.of(bold=True, font_size=14)


def write(comparison: Comparison, palette: ChangePalette, texts: Texts) -> bytes:
    """Return the workbook.

    Parameters
    ----------
    palette : ChangePalette
        Colours of the changes and of the warning.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": office_parts.CREATED, "title": _title(comparison, texts)})
    styles = _WorkbookFormats(book, {})
    _summary(book, comparison, (palette, texts, styles))
    listed = change_lists.changes(comparison, texts)
    _sheet(book, listed, comparison, (palette, texts, styles))
    _transitions(book, comparison, (palette, texts, styles))
    for table in change_lists.further(comparison, texts):
        if table.rows and table.key != "ukuran":
            _sheet(book, table, comparison, (palette, texts, styles))
    book.close()
    return archive.repacked(target.getvalue())


_How = tuple[ChangePalette, Texts, _WorkbookFormats]


def _title(comparison: Comparison, texts: Texts) -> str:
    title = texts("banding.judul", a=comparison.sides[0].name, b=comparison.sides[-1].name)
    return drafts.of(comparison, texts).titled(title)


def _add(book: Workbook, name: str) -> Worksheet:
    """Add a sheet for print on A4 landscape, one page wide."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def _warn(sheet: Worksheet, comparison: Comparison, how: _How) -> int:
    """Write the warnings of drafts and force on top of a sheet; return the next row."""
    palette, texts, styles = how
    warned = [change_maps.forced(comparison, texts)] if comparison.forced else []
    banner = palette.banner
    style = styles.of(bold=True, bg_color=banner.colour, font_color=banner.ink)
    said = [words for words in (drafts.of(comparison, texts).sentence, *warned) if words]
    for row, words in enumerate(said):
        sheet.write_string(row, 0, words, style)
        sheet.set_row(row, 22, style)
    return len(said)


def _summary(book: Workbook, comparison: Comparison, how: _How) -> None:
    _, texts, styles = how
    sheet = _add(book, texts("perubahan.lembar.ringkasan"))
    row = _warn(sheet, comparison, how)
    sheet.write_string(row, 0, _title(comparison, texts), styles.title)
    for side in comparison.sides:
        row += 1
        sheet.write_string(row, 0, notices.of_side(side, texts).strip())
    for words in notices.of_comparison(comparison, texts):
        row += 1
        sheet.write_string(row, 0, words, styles.of(bold=True))
    row = _counts(sheet, comparison, row + 2, texts)
    table = change_lists.measures(comparison, texts)
    sheet.write_string(row + 1, 0, table.title, styles.title)
    widths = [46, *[14] * (len(table.heads) - 1)]
    _rows(sheet, table, row + 2, how, {}, widths)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _counts(sheet: Worksheet, comparison: Comparison, row: int, texts: Texts) -> int:
    summary = comparison.summary
    last = summary.measures[-1]
    sheet.write_string(row, 0, change_counts.title(last.measure, comparison, texts))
    sheet.write_string(row + 1, 0, change_counts.overall(comparison, texts))
    row += 2
    numbers = change_counts.of_measure(last)
    counts = dict(zip(change_counts.words(comparison, texts), numbers, strict=True))
    counts[texts("perubahan.angka.peringkat")] = summary.n_ranks
    for kind, number in summary.n_kinds.items():
        counts[texts(f"banding.jenis.{kind}")] = number
    for name, number in counts.items():
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, number)
        row += 1
    return row


def _sheet(book: Workbook, table: ListTable, comparison: Comparison, how: _How) -> None:
    """Write a list on a sheet of its own, with frozen head and filters."""
    _, texts, _ = how
    sheet = _add(book, texts(f"perubahan.lembar.{table.key}"))
    first = _warn(sheet, comparison, how)
    fills = {c.number: c.colour for c in comparison.measures[-1].classes}
    widths = _widths(table, texts)
    _rows(sheet, table, first, how, fills if table.key == "perubahan" else {}, widths)
    last = first + max(1, len(table.rows))
    sheet.autofilter(first, 0, last, len(table.heads) - 1)
    sheet.freeze_panes(first + 1, 0)
    sheet.repeat_rows(0, first)
    if table.total > len(table.rows):
        left = texts.decimal(table.total - len(table.rows), 0)
        sheet.write_string(last + 1, 0, texts("perubahan.lembar.sisa", jumlah=left))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _widths(table: ListTable, texts: Texts) -> list[int]:
    """Return the widths of the columns in letters; long texts get more lines on a full page."""
    natural, least = [], []
    for column, head in enumerate(table.heads):
        said = [change_lists.text_of(row[column], texts) for row in table.rows[:500]]
        words = max(len(word) for text in (head, *said) for word in (text.split() or [""]))
        longest = max([len(head) // 2, words, *map(len, said)])
        natural.append(min(_WIDEST, max(_NARROWEST, longest + 3)))
        least.append(min(_WIDEST, max(_NARROWEST, words + 3)))
    for widest in range(_WIDEST, _NARROWEST, -1):
        widths = [min(n, max(widest, low)) for n, low in zip(natural, least, strict=True)]
        if sum(widths) <= _PAGE:
            return widths
    return least


def _rows(
    sheet: Worksheet,
    table: ListTable,
    first: int,
    how: _How,
    fills: dict[int, str],
    widths: Sequence[int],
) -> None:
    palette, texts, styles = how
    sheet.set_row(first, _HEAD_PT)
    name = "ringkasan" if table.key == "ukuran" else table.key
    declared = output_tables.workbook(FILE_NAME).sheet(name).columns
    contents = [column.content for column, _ in zip(declared, table.heads, strict=True)]
    for column, head in enumerate(table.heads):
        sheet.write_string(first, column, head, styles.head)
    for n, row in enumerate(table.rows, start=first + 1):
        for column, cell in enumerate(row):
            fill = None
            is_class = contents[column] == "kelas"
            if is_class and isinstance(cell, ListNumber) and cell.value:
                fill = fills.get(int(cell.value))
            elif isinstance(cell, ClassStep) and cell.delta:
                fill = palette.groups[palette.group_of(cell.delta)].colour
            _write(sheet, (n, column), cell, (texts, styles), fill)
        # A text over the edge of the last column would make the printed page wider and smaller.
        texts_of = (change_lists.text_of(cell, texts) for cell in row)
        most = max(open_book.lines(s, w - 2) for s, w in zip(texts_of, widths, strict=True))
        if most > 1:
            sheet.set_row(n, _LINE_PT * most)


def _write(
    sheet: Worksheet,
    place: tuple[int, int],
    cell: Cell,
    how: tuple[Texts, _WorkbookFormats],
    fill: str | None,
) -> None:
    """Write numbers as numbers and everything else as text."""
    texts, styles = how
    colours: dict[str, object] = {}
    if fill:
        colours = {"bg_color": fill, "font_color": _ink(fill)}
    if isinstance(cell, ListNumber) and cell.value is not None:
        decimals = "." + "0" * cell.digits if cell.digits else ""
        form = f"0{decimals}%" if cell.percent else f"#,##0{decimals}"
        sheet.write_number(*place, cell.value, styles.of(num_format=form, valign="top", **colours))
    elif isinstance(cell, ClassStep) and cell.delta is not None:
        sheet.write_number(
            *place, cell.delta, styles.of(num_format="+0;−0;0", valign="top", **colours)
        )
    elif isinstance(cell, Course):
        sheet.write_string(*place, change_lists.text_of(cell, texts))
    else:
        sheet.write_string(
            *place,
            change_lists.text_of(cell, texts),
            styles.of(text_wrap=True, valign="top"),
        )


def _ink(fill: str) -> str:
    """Return the colour of figures on a fill."""
    return _colours().light_ink if lightness(fill) < _DARK else _colours().dark_ink


def _colours() -> ComparisonColours:
    return report_colours.load().comparison


def _transitions(book: Workbook, comparison: Comparison, how: _How) -> None:
    """Write the matrices of all measures one below the other, villages and then people."""
    _, texts, _ = how
    sheet = _add(book, texts("perubahan.lembar.peralihan"))
    row = _warn(sheet, comparison, how)
    measures = {m.id: m for m in comparison.measures}
    names = {"a": comparison.sides[0].name, "b": comparison.sides[-1].name}
    for transition in comparison.transitions:
        measure = measures[transition.measure]
        name = measure.name[texts.language]
        title = texts("banding.peralihan.judul", nama=name, **names)
        row = _matrix(sheet, row, title, (transition.villages, measure), how)
        if transition.population:
            title = texts("banding.peralihan.jiwa", nama=name, **names)
            row = _matrix(sheet, row, title, (transition.population, measure), how)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, change_lists.n_classes(comparison) + 1, 14)


def _matrix(
    sheet: Worksheet, row: int, title: str, what: tuple[Matrix, ComparedMeasure], how: _How
) -> int:
    matrix, measure = what
    palette, texts, styles = how
    none = texts("perubahan.halaman.no_class")
    names = {0: none} | {c.number: f"{c.number} {c.name[texts.language]}" for c in measure.classes}
    sheet.write_string(row, 0, title, styles.title)
    sheet.set_row(row + 1, _HEAD_PT)
    for column, b in enumerate(change_lists.order(matrix), start=1):
        sheet.write_string(row + 1, column, names[b], styles.head)
    for n, a in enumerate(change_lists.order(matrix), start=row + 2):
        sheet.write_string(n, 0, names[a], styles.head)
        for column, b in enumerate(change_lists.order(matrix), start=1):
            style = _matrix_style(a, b, matrix, palette, styles)
            sheet.write_number(n, column, matrix[a][b], style)
    return row + 2 + len(matrix) + 1


def _matrix_style(
    a: int,
    b: int,
    matrix: Sequence[Sequence[int]],
    palette: ChangePalette,
    styles: _WorkbookFormats,
) -> Format:
    form = "#,##0"
    if not matrix[a][b]:
        return styles.of(num_format=form, font_color=_colours().zero)
    fill = (
        palette.no_class.colour if not (a and b) else palette.groups[palette.group_of(b - a)].colour
    )
    return styles.of(num_format=form, bg_color=fill, font_color=_ink(fill))
