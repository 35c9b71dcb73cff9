"""The sheet KESEPAKATAN: what the agencies decided, with room for their signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.files.workbooks import open_book
from fsva.files.workbooks.form_inputs import AGREED, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADINGS = ("no", "kode_bps", "kecamatan", "desa", "hal", "semula", "disepakati", "alasan")
_SIGNERS = ("no", "instansi", "nama_pejabat", "nip", "tanda_tangan")
_LINE = 42  # height of a line to sign, points


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet."""
    texts, widths = book.texts, book.style.widths
    sheet = book.sheet(AGREED, texts("excel.judul.kesepakatan"))
    book.heads(sheet, HEAD, [texts(f"excel.kolom.{key}") for key in _HEADINGS])
    for n, item in enumerate(inputs.agreements):
        _item(book, sheet, inputs, n)
        named = texts(f"excel.hal.{item.kind}", nama=_name(inputs, item.measure, texts.language))
        sheet.write_string(FIRST + n, 4, named, book.text(text_wrap=True))
        told = (open_book.lines(named, widths.name), open_book.lines(item.reason, widths.text))
        sheet.set_row(FIRST + n, book.height(max(told)))
    row = FIRST + len(inputs.agreements)
    if not inputs.agreements:
        sheet.write_string(row, 0, texts("excel.tanpa_kesepakatan"), book.words(italic=True))
        row += 1
    last = _signatures(book, sheet, inputs, row + 1)
    sheet.set_column(0, 0, widths.number)
    sheet.set_column(1, 1, widths.code)
    sheet.set_column(2, 4, widths.name + 6)
    sheet.set_column(5, 6, widths.value)
    sheet.set_column(7, 7, widths.text * 1.4)
    sheet.freeze_panes(FIRST, 0)
    sheet.print_area(0, 0, last, len(_HEADINGS) - 1)
    book.protect(sheet)


def _item(book: OpenBook, sheet: Worksheet, inputs: FormInputs, n: int) -> None:
    item, row = inputs.agreements[n], FIRST + n
    sheet.write_number(row, 0, n + 1, book.number(0))
    for column, text in enumerate((item.code, item.subdistrict, item.village), start=1):
        sheet.write_string(row, column, text, book.text())
    sheet.write_string(row, 5, item.before or "-", book.format(align="right"))
    entry = {"bg_color": book.style.colours.agreed, "locked": False, "align": "right"}
    sheet.write_number(row, 6, item.agreed, book.format(**entry))
    sheet.write_string(row, 7, item.reason, book.text(text_wrap=True))


def _name(inputs: FormInputs, measure: str, language: str) -> str:
    named = {m.id: m.name[language] for m in inputs.measures}
    raw = {name: column.name[language] for name, column in inputs.method.columns.items()}
    return (named | raw)[measure]


def _signatures(book: OpenBook, sheet: Worksheet, inputs: FormInputs, row: int) -> int:
    """Write place, date and a line to sign for each agency; return the last row."""
    texts = book.texts
    sheet.write_string(row, 0, texts("excel.tempat_tanggal"), book.words())
    row += 1
    columns = (0, 1, 4, 5, 7)  # of the table above, which these lines share
    for key, column, after in zip(_SIGNERS, columns, (*columns[1:], 8), strict=True):
        heading = texts(f"excel.kolom.{key}")
        _wide(sheet, (row, column, after - 1), heading, book.head())
    for n, agency in enumerate(inputs.agencies, start=1):
        row += 1
        sheet.set_row(row, _LINE)
        sheet.write_number(row, 0, n, book.number(0))
        blank = book.format(locked=False)
        _wide(sheet, (row, 1, 3), agency, book.text(text_wrap=True))
        for column, after in zip(columns[2:], (*columns[3:], 8), strict=True):
            _wide(sheet, (row, column, after - 1), "", blank)
    return row


def _wide(sheet: Worksheet, where: tuple[int, int, int], text: str, style: object) -> None:
    """Write a text into a row of cells, united where there are several."""
    row, first, last = where
    if first == last:
        sheet.write_string(row, first, text, style)
    else:
        sheet.merge_range(row, first, row, last, text, style)
