"""The workbook of all forms: ``fsva.xlsx``."""

from __future__ import annotations

from fsva.core.texts import Texts
from fsva.files.workbooks import (
    agreement_form,
    form_0,
    form_1,
    form_2,
    form_3,
    form_4,
    open_book,
    printed_results,
)
from fsva.files.workbooks.form_inputs import FormInputs
from fsva.files.workbooks.open_book import BookTitle, OpenBook

FILE = "fsva.xlsx"
_SHEETS = (form_0, form_1, form_2, form_3, form_4, agreement_form, printed_results)


def write(inputs: FormInputs, title: BookTitle, texts: Texts) -> bytes:
    """Return the forms 0 to 4, the agreements and what is published, as one workbook."""

    def fill(book: OpenBook) -> None:
        """Add all sheets in their order."""
        for sheet in _SHEETS:
            sheet.add(book, inputs)

    return open_book.written(title, texts, fill)
