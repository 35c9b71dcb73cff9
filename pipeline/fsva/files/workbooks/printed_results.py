"""The sheet of published classes, scores and ranks, which stand in for unknown values."""

from __future__ import annotations

from math import isnan

from fsva.files.workbooks import village_columns
from fsva.files.workbooks.form_inputs import KEYS, PRINTED, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet, if a report has published results."""
    printed, texts = inputs.printed, book.texts
    if printed is None:
        return
    sheet = book.sheet(PRINTED, texts("excel.judul.terbit"))
    names = [f"{m.map_number}. {m.name[texts.language]}" for m in inputs.measures]
    names += [texts(f"excel.kolom.{key}") for key in ("indeks", "peringkat")]
    book.heads(sheet, HEAD, [*village_columns.headings(texts), *names])
    village_columns.write(book, sheet, inputs)
    columns = [printed.classes[m.id].tolist() for m in inputs.measures]
    columns += [printed.score.tolist(), printed.ranks.tolist()]
    for n, values in enumerate(columns):
        is_score = n == len(inputs.measures)
        style = book.number(inputs.method.composite.digits if is_score else 0)
        for at, value in enumerate(values):
            known = None if isnan(value) or not (value or is_score) else value
            book.put(sheet, FIRST + at, KEYS + n, known, style)
    last = KEYS + len(columns) - 1
    sheet.set_column(KEYS, last, book.style.widths.priority + 1)
    village_columns.finish(sheet, inputs, last)
    book.protect(sheet)
