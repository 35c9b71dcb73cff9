"""Form 1: cut-offs, scale, weights and categories, which the other forms compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.methods.method import Indicator, Measure
from fsva.files.workbooks import formulas
from fsva.files.workbooks.form_inputs import RULES, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet."""
    texts, widths = book.texts, book.style.widths
    sheet = book.sheet(RULES, texts("excel.judul.form_1"))
    cuts = [texts("excel.kolom.cut_off", nomor=n) for n in range(1, len(inputs.method.classes))]
    keys = ("nomor", "ukuran", "satuan", "baik", "selang")
    bounds = ("skala_bawah", "skala_atas", "bobot")
    heads = [texts(f"excel.kolom.{key}") for key in keys] + cuts
    book.heads(sheet, HEAD, [*heads, *(texts(f"excel.kolom.{key}") for key in bounds)])
    for measure in inputs.measures:
        _rules(book, sheet, inputs, measure)
    last = inputs.rule_row(inputs.method.composite)
    for indicator in inputs.indicators:
        if indicator.categories:
            last = _categories(book, sheet, inputs, indicator)
    last = _classes(book, sheet, inputs, last + 2)
    sheet.set_column(0, 0, widths.number)
    sheet.set_column(1, 2, widths.text * 0.8)
    sheet.set_column(3, 4, widths.value)
    sheet.set_column(5, inputs.bound_column + 2, widths.value)
    sheet.freeze_panes(FIRST, 2)
    sheet.print_area(0, 0, last, inputs.bound_column + 2)
    book.protect(sheet)


def _rules(book: OpenBook, sheet: Worksheet, inputs: FormInputs, measure: Measure) -> None:
    row, language = inputs.rule_row(measure), book.texts.language
    entry = {"bg_color": book.style.colours.entry, "locked": False}
    sheet.write_number(row, 0, measure.map_number, book.number(0))
    sheet.write_string(row, 1, measure.name[language], book.text())
    sheet.write_string(row, 2, measure.unit[language], book.text())
    sheet.write_string(row, 3, book.texts(f"excel.baik.{measure.better}"), book.text())
    sheet.write_string(row, 4, book.texts(f"excel.tutup.{measure.closed}"), book.text())
    for n, cut_off in enumerate(formulas.ascending(measure)):
        sheet.write_number(row, 5 + n, cut_off, book.number(measure.digits, **entry))
    if isinstance(measure, Indicator):
        low, high = (float(bound) for bound in measure.bounds)
        sheet.write_number(row, inputs.bound_column, low, book.number(measure.digits, **entry))
        sheet.write_number(row, inputs.bound_column + 1, high, book.number(measure.digits, **entry))
        weight = measure.weight
        style = book.format(num_format="0.0000", align="right", **entry)
        formula = f"={weight.numerator}/{weight.denominator}"
        sheet.write_formula(row, inputs.bound_column + 2, formula, style, float(weight))


def _categories(book: OpenBook, sheet: Worksheet, inputs: FormInputs, indicator: Indicator) -> int:
    """Write the classes of the categories of an indicator; return the last row."""
    row = inputs.category_row(indicator)
    title = book.texts("excel.kategori", nama=indicator.name[book.texts.language])
    sheet.write_string(row - 1, 1, title, book.words(bold=True))
    entry = {"bg_color": book.style.colours.entry, "locked": False}
    for n, (category, priority) in enumerate(sorted((indicator.categories or {}).items())):
        named = indicator.category_names.get(str(category))
        words = named[book.texts.language] if named else ""
        sheet.write_string(row + n, 1, words, book.text())
        sheet.write_number(row + n, 3, category, book.number(0))
        sheet.write_number(row + n, 4, priority, book.number(0, **entry))
    return row + len(indicator.categories or {}) - 1


def _classes(book: OpenBook, sheet: Worksheet, inputs: FormInputs, row: int) -> int:
    """Write number, name and colour of the classes; return the last row."""
    sheet.write_string(row, 1, book.texts("excel.kelas"), book.words(bold=True))
    for one in inputs.method.classes:
        row += 1
        fill = {"bg_color": one.colour, "font_color": book.ink_over(one.colour)}
        sheet.write_string(row, 1, one.name[book.texts.language], book.text(**fill))
        sheet.write_number(row, 3, one.number, book.number(0, **fill))
    return row
