"""Form 0: the data as the agencies gave them, and the indicators that follow.

Owns the cells for entry and their validation; indicators computed from raw counts are formulas.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from fsva.config.methods.method import Indicator
from fsva.files.workbooks import formulas, open_book, village_columns
from fsva.files.workbooks.form_inputs import DATA, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet."""
    texts, method = book.texts, inputs.method
    sheet = book.sheet(DATA, texts("excel.judul.form_0"))
    names = [f"{method.columns[name].name[texts.language]}" for name in inputs.raw]
    names += [f"{i.map_number}. {i.name[texts.language]}" for i in inputs.indicators]
    book.heads(sheet, HEAD, [*village_columns.headings(texts), *names])
    village_columns.write(book, sheet, inputs)
    agreed = {(a.code, a.measure) for a in inputs.agreements if a.kind == "nilai"}
    for name in inputs.raw:
        _raw(book, sheet, inputs, name, agreed)
    for indicator in inputs.indicators:
        _values(book, sheet, inputs, indicator, agreed)
    last = inputs.value_column(inputs.indicators[-1])
    sheet.set_column(6, last, book.style.widths.value)
    village_columns.finish(sheet, inputs, last)
    book.protect(sheet)


Agreed = set[tuple[str, str]]


def _raw(book: OpenBook, sheet: Worksheet, inputs: FormInputs, name: str, agreed: Agreed) -> None:
    column = inputs.raw_column(name)
    for at, value in enumerate(inputs.raw[name].tolist()):
        style = _entry(book, inputs, at, name, agreed, num_format="#,##0.####")
        _put(sheet, FIRST + at, column, value, style)
    sheet.data_validation(FIRST, column, inputs.last, column, raw_validation(book))


def _values(
    book: OpenBook, sheet: Worksheet, inputs: FormInputs, indicator: Indicator, agreed: Agreed
) -> None:
    column, values = inputs.value_column(indicator), inputs.table.values[indicator.id].tolist()
    for at, value in enumerate(values):
        row, key = FIRST + at, (str(inputs.table.bps_codes[at]), indicator.id)
        mark = "0." + "0" * indicator.digits if indicator.digits else "0"
        formula = None if key in agreed else _formula(inputs, indicator, row)
        if formula is None:
            style = _entry(book, inputs, at, indicator.id, agreed, num_format=mark)
            _put(sheet, row, column, value, style)
        else:
            stored = None if isnan(value) else value
            book.compute(sheet, row, column, formula, stored, book.number(indicator.digits))
    sheet.data_validation(FIRST, column, inputs.last, column, validation(book, indicator))


def _entry(
    book: OpenBook,
    inputs: FormInputs,
    at: int,
    name: str,
    agreed: Agreed,
    **keys: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401 - a format of xlsxwriter
    colours = book.style.colours
    is_agreed = (str(inputs.table.bps_codes[at]), name) in agreed
    fill = colours.agreed if is_agreed else colours.entry
    return book.format(bg_color=fill, locked=False, align="right", **keys)


def _put(sheet: Worksheet, row: int, column: int, value: float, style: Any) -> None:  # noqa: ANN401
    if isnan(value):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value, style)


def _formula(inputs: FormInputs, indicator: Indicator, row: int) -> str | None:
    """Return the formula over raw columns, if the edition has all of them."""
    if indicator.calculation is None or not inputs.raw:
        return None
    read = inputs.method.formula(indicator)
    used = inputs.method.used_columns(indicator)
    if not set(used) <= set(inputs.raw):
        return None
    cells = {name: open_book.cell(inputs.raw_column(name), row) for name in used}
    return formulas.raw_value(indicator, read, cells)


def raw_validation(book: OpenBook) -> dict[str, Any]:
    """Return the rule of what may be typed as a raw count: zero and more."""
    return {"validate": "decimal", "criteria": ">=", "value": 0} | _message(book)


def validation(book: OpenBook, indicator: Indicator) -> dict[str, Any]:
    """Return the rule of what may be typed: a category, or a number within the possible range."""
    if indicator.categories:
        known = [str(category) for category in sorted(indicator.categories)]
        return {"validate": "list", "source": known} | _message(book)
    low, high = (float(bound) for bound in indicator.possible)
    between = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    return between | _message(book)


def _message(book: OpenBook) -> dict[str, Any]:
    """Return the words of a refusal; odd values may be entered after a warning."""
    texts = book.texts
    return {
        "error_type": "warning",
        "error_title": texts("excel.validasi.judul"),
        "error_message": texts("excel.validasi.pesan"),
    }
