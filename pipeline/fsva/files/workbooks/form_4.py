"""Form 4: the national template of results, in its columns and their order.

Owns the template twice: as a sheet that follows from Form 2, and as a file of values to upload.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from fsva.core.texts import Texts
from fsva.files.workbooks import open_book, village_columns
from fsva.files.workbooks.form_inputs import ANALYSIS, KEYS, TEMPLATE, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, BookTitle, OpenBook, Value

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FILE = "form-4.xlsx"


def add(book: OpenBook, inputs: FormInputs, *, live: bool = True) -> None:
    """Add the sheet.

    Parameters
    ----------
    live : bool
        Whether its cells are formulas over Form 2; else they are values.
    """
    texts, widths = book.texts, book.style.widths
    sheet = book.sheet(TEMPLATE, texts("excel.judul.form_4"))
    names = [f"{i.map_number}. {i.name[texts.language]}" for i in inputs.indicators]
    whole = [texts(f"excel.kolom.{key}") for key in ("indeks", "peringkat", "kelas_komposit")]
    heads = [*village_columns.headings(texts, template=True), *names, *whole]
    book.heads(sheet, HEAD, heads)
    village_columns.write(book, sheet, inputs, template=True)
    columns = [inputs.class_column(i) for i in inputs.indicators]
    columns += [inputs.score_column + n for n in range(3)]
    for n, (source, values) in enumerate(zip(columns, _results(inputs), strict=True)):
        digits = inputs.method.composite.digits if source == inputs.score_column else 0
        _column(book, sheet, (KEYS + n, source if live else None), values, digits)
    last = KEYS + len(columns) - 1
    sheet.set_column(KEYS, last, widths.priority + 1)
    indicators = (FIRST, KEYS, inputs.last, KEYS + len(inputs.indicators) - 1)
    book.colour_classes(sheet, indicators, inputs.method)
    book.colour_classes(sheet, (FIRST, last, inputs.last, last), inputs.method)
    village_columns.finish(sheet, inputs, last)
    if live:
        book.protect(sheet)


def _results(inputs: FormInputs) -> list[list[Value]]:
    """Return the classes, the composite, its rank and its class, column by column."""
    table, whole = inputs.table, inputs.method.composite.id
    classes: list[list[Value]] = [
        [known or None for known in table.classes[i.id].tolist()] for i in inputs.indicators
    ]
    scores = [None if isnan(score) else score for score in table.values[whole].tolist()]
    ranks = [rank or None for rank in table.ranks.tolist()]
    return [*classes, scores, ranks, [known or None for known in table.classes[whole].tolist()]]


def _column(
    book: OpenBook,
    sheet: Worksheet,
    where: tuple[int, int | None],
    values: list[Value],
    digits: int,
) -> None:
    """Write a column of results, as formulas where it has a source in Form 2."""
    column, source = where
    style = book.number(digits)
    for at, value in enumerate(values):
        if source is None:
            book.put(sheet, FIRST + at, column, value, style)
        else:
            formula = f"={open_book.cell(source, FIRST + at, ANALYSIS)}"
            book.compute(sheet, FIRST + at, column, formula, value, style)


def write(inputs: FormInputs, title: BookTitle, texts: Texts) -> bytes:
    """Return the template as a file of its own, without formulas."""
    return open_book.written(title, texts, lambda book: add(book, inputs, live=False))
