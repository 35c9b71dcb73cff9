"""Blank forms for agencies: the villages filled in, codes protected, entries validated.

Owns the form's layout, which the reader of an edition's table reads back: a row of column names, a
row in brackets that says what they are, then the villages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fsva.config.methods.method import Method
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.files.workbooks import form_0, open_book
from fsva.files.workbooks.form_inputs import DATA
from fsva.files.workbooks.open_book import HEAD, BookTitle, OpenBook
from fsva.index.result_columns import Columns

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WHOLE = "form-0.xlsx"
_KEYS = (BPS, KEMENDAGRI, PARENT, UNIT)
_FIRST = HEAD + 2  # the row in brackets stands between


@dataclass(frozen=True)
class BlankForm:
    """What one agency is asked for.

    Parameters
    ----------
    file : str
        Name of the file.
    agency : str
        As edition.toml names it; blank for the form of all.
    columns : tuple of str
        Raw columns, or ids of indicators.
    """

    file: str
    agency: str
    columns: tuple[str, ...]


def forms(sources: Mapping[str, str]) -> tuple[BlankForm, ...]:
    """Return the form of all columns, and one for each agency, in the order of the columns.

    Parameters
    ----------
    sources : mapping of str to str
        Agency by column.
    """
    whole = BlankForm(WHOLE, "", tuple(sources))
    of_agency: dict[str, list[str]] = {}
    for column, agency in sources.items():
        of_agency.setdefault(agency, []).append(column)
    single = [
        BlankForm(file_name(agency), agency, tuple(columns))
        for agency, columns in of_agency.items()
    ]
    return (whole, *(single if len(single) > 1 else ()))


def file_name(agency: str) -> str:
    """Return the name of an agency's form.

    Examples
    --------
    >>> file_name("Dinas Sosial Kab. Belu")
    'form-0-dinas-sosial-kab-belu.xlsx'
    """
    stem = re.sub(r"[^a-z0-9]+", "-", agency.casefold()).strip("-")
    return f"form-0-{stem}.xlsx"


def write(
    form: BlankForm,
    villages: Columns,
    filled: Mapping[str, Mapping[str, float]],
    method: Method,
    title: BookTitle,
    texts: Texts,
) -> bytes:
    """Return a form as an XLSX file.

    Parameters
    ----------
    villages : Columns
        Codes and names, in their order.
    filled : mapping of str to mapping of str to float
        Numbers by column and BPS code that stand in it already.
    """

    def fill(book: OpenBook) -> None:
        """Add the sheets of one form."""
        _add(book, form, villages, filled, method)

    return open_book.written(title, texts, fill)


def _add(
    book: OpenBook,
    form: BlankForm,
    villages: Columns,
    filled: Mapping[str, Mapping[str, float]],
    method: Method,
) -> None:
    texts, widths = book.texts, book.style.widths
    heading = texts(
        "formulir.judul_instansi" if form.agency else "formulir.judul", nama=form.agency
    )
    sheet = book.sheet(DATA, heading)
    sheet.write_string(HEAD - 1, 0, texts("formulir.petunjuk"), book.words(italic=True))
    book.heads(sheet, HEAD, [*_KEYS, *form.columns])
    told = [*(texts(f"formulir.kunci.{key}") for key in _KEYS)]
    told += [explained(column, method, texts) for column in form.columns]
    _brackets(book, sheet, told)
    last = _FIRST + len(villages[BPS]) - 1
    locked = book.text(bg_color=book.style.colours.locked)
    for column, key in enumerate(_KEYS):
        for at, text in enumerate(villages[key]):
            sheet.write_string(_FIRST + at, column, str(text), locked)
    for column, name in enumerate(form.columns, start=len(_KEYS)):
        _entries(book, sheet, (column, last), name, [filled.get(name, {}), villages[BPS]], method)
    sheet.set_column(0, 1, widths.code)
    sheet.set_column(2, 3, widths.name)
    sheet.set_column(len(_KEYS), len(_KEYS) + len(form.columns) - 1, widths.code + 3)
    sheet.freeze_panes(_FIRST, len(_KEYS))
    sheet.repeat_rows(HEAD, HEAD + 1)
    sheet.print_area(0, 0, last, len(_KEYS) + len(form.columns) - 1)
    book.protect(sheet)


def explained(column: str, method: Method, texts: Texts) -> str:
    """Return what a column holds, with its unit."""
    language = texts.language
    if column in method.columns:
        raw = method.columns[column]
        return texts("formulir.arti", nama=raw.name[language], satuan=str(raw.unit))
    indicator = next(i for i in method.indicators if i.id == column)
    return texts("formulir.arti", nama=indicator.name[language], satuan=indicator.unit[language])


def _brackets(book: OpenBook, sheet: Worksheet, told: Sequence[str]) -> None:
    """Write the row that says what the columns are; the reader skips a row in brackets."""
    style = book.format(italic=True, text_wrap=True, align="center")
    for column, text in enumerate(told):
        sheet.write_string(HEAD + 1, column, f"({text})", style)
    width = book.style.widths.code
    sheet.set_row(HEAD + 1, book.height(max(open_book.lines(text, width) for text in told)))


def _entries(
    book: OpenBook,
    sheet: Worksheet,
    where: tuple[int, int],
    name: str,
    numbers: Sequence[Any],
    method: Method,
) -> None:
    """Write the cells for entry of a column, and the rule of what may be typed."""
    (column, last), (known, codes) = where, numbers
    indicator = next((i for i in method.indicators if i.id == name), None)
    digits = indicator.digits if indicator else 0
    mark = "#,##0.####" if indicator is None else f"0.{'0' * digits}" if digits else "0"
    style = book.format(
        bg_color=book.style.colours.entry, locked=False, align="right", num_format=mark
    )
    for at, code in enumerate(codes):
        if str(code) in known:
            sheet.write_number(_FIRST + at, column, known[str(code)], style)
        else:
            sheet.write_blank(_FIRST + at, column, None, style)
    rule = form_0.validation(book, indicator) if indicator else form_0.raw_validation(book)
    said = explained(name, method, book.texts)
    shown = {"input_title": name[:32], "input_message": said[:255]}
    sheet.data_validation(_FIRST, column, last, column, rule | shown)
