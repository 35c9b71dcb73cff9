"""The first columns of every form about villages: number, kecamatan, codes, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.core.texts import Texts
from fsva.files.workbooks.form_inputs import KEYS, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADINGS = ("no", "kecamatan", "kode_kec", "kode_bps", "kode_kemendagri", "desa")
# Form 4 has the codes in another order.
_TEMPLATE = ("no", "kecamatan", "kode_kec", "kode_kemendagri", "kode_bps", "desa")


def headings(texts: Texts, *, template: bool = False) -> list[str]:
    """Return the headings of the first columns."""
    return [texts(f"excel.kolom.{key}") for key in (_TEMPLATE if template else _HEADINGS)]


def write(book: OpenBook, sheet: Worksheet, inputs: FormInputs, *, template: bool = False) -> None:
    """Write the first columns; codes are text, so that no digit is lost."""
    table, widths = inputs.table, book.style.widths
    for at in range(len(table)):
        codes = [str(table.bps_codes[at]), table.codes[at]]
        cells = [
            str(table.subdistricts[at]),
            inputs.subdistrict_code(at),
            *(reversed(codes) if template else codes),
            str(table.names[at]),
        ]
        sheet.write_number(FIRST + at, 0, at + 1, book.number(0))
        for n, text in enumerate(cells, start=1):
            sheet.write_string(FIRST + at, n, text, book.text())
    sheet.set_column(0, 0, widths.number)
    sheet.set_column(1, 1, widths.name)
    sheet.set_column(2, 2, widths.value)
    sheet.set_column(3, 4, widths.code)
    sheet.set_column(5, 5, widths.name)
    sheet.freeze_panes(FIRST, KEYS)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0, KEYS - 1)


def finish(sheet: Worksheet, inputs: FormInputs, last_column: int) -> None:
    """Set print area and filter."""
    sheet.print_area(0, 0, inputs.last, last_column)
    sheet.autofilter(HEAD, 0, inputs.last, last_column)
