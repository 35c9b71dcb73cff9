"""Workbooks as offices send them, made for tests: XLSX, ODS and XLSB.

Owns the writing of cells in each format. XLSX is written by xlsxwriter; no library writes XLSB, so
that its records are put together here as [MS-XLSB] describes them; ODS is XML in a zip.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter


@dataclass(frozen=True)
class Failed:
    """A cell whose formula failed, with what it shows."""

    text: str = "#DIV/0!"


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and its result; None where no spreadsheet has computed it."""

    text: str
    result: str | float | None = None


@dataclass(frozen=True)
class Layout:
    """What is hidden and merged in every sheet: rows and columns counted from 0, areas by cells."""

    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage, by a format of its own or the usual one."""

    number: float
    usual: bool = True


Value = str | float | bool | date | Failed | Formula | Percent | None
Sheets = Mapping[str, Sequence[Sequence[Value]]]


def xlsx(
    file: Path,
    sheets: Sheets,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    layout: Layout = Layout(),
) -> Path:
    """Write an XLSX file; merged areas such as ``B3:B5`` keep the text of their first cell."""
    with xlsxwriter.Workbook(file) as book:
        share, own = (book.add_format({"num_format": code}) for code in (10, '0.0%" saja"'))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, Failed):
                        page.write_formula(r, c, "=1/0", None, value.text)
                    elif isinstance(value, Formula):
                        result = 0 if value.result is None else value.result
                        page.write_formula(r, c, value.text, None, result)
                    elif isinstance(value, Percent):
                        page.write_number(r, c, value.number, share if value.usual else own)
                    elif isinstance(value, date):
                        page.write_datetime(r, c, value, day)
                    elif isinstance(value, str):
                        page.write_string(r, c, value)
                    elif value is not None:
                        page.write(r, c, value)
            for area in merged:
                first = area.partition(":")[0]
                row, column = int(first.lstrip("ABCDEFGHIJ")) - 1, ord(first[0]) - ord("A")
                page.merge_range(area, rows[row][column])
            for top, left, bottom, right in layout.merged:
                page.merge_range(top, left, bottom, right, rows[top][left])
            for row in layout.rows:
                page.set_row(row, options={"hidden": True})
            for column in layout.columns:
                page.set_column(column, column, options={"hidden": True})
            if name in hidden:
                page.hide()
    return file


def ods(file: Path, sheets: Sheets, layout: Layout = Layout()) -> Path:
    """Write an ODS file; equal rows that follow each other stand once, as LibreOffice does."""
    body = "".join(_ods_table(name, rows, layout) for name, rows in sheets.items())
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for key, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    own = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("mimetype", kind)
        book.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest="
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces} {own}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def _ods_table(name: str, rows: Sequence[Sequence[Value]], layout: Layout) -> str:
    if layout != Layout():
        return _ods_laid_out(name, rows, layout)
    lines: list[list[str | int]] = []
    for row in rows:
        cells = "".join(map(_ods_cell, row)) or "<table:table-cell/>"
        if lines and lines[-1][0] == cells:
            lines[-1][1] = int(lines[-1][1]) + 1
        else:
            lines.append([cells, 1])
    text = "".join(
        f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'
        for cells, times in lines
    )
    return f"<table:table table:name={quoteattr(name)}>{text}</table:table>"


def _ods_laid_out(name: str, rows: Sequence[Sequence[Value]], layout: Layout) -> str:
    """Return a table in which every row and column stands by itself."""
    folded = ' table:visibility="collapse"'
    columns = "".join(
        f"<table:table-column{folded if n in layout.columns else ''}/>"
        for n in range(max(map(len, rows)))
    )
    spans = {
        (top, left): f' table:number-rows-spanned="{bottom - top + 1}"'
        f' table:number-columns-spanned="{right - left + 1}"'
        for top, left, bottom, right in layout.merged
    }
    lines = "".join(
        f"<table:table-row{folded if r in layout.rows else ''}>"
        + "".join(
            _ods_cell(value).replace(
                "<table:table-cell", f"<table:table-cell{spans.get((r, c), '')}", 1
            )
            for c, value in enumerate(row)
        )
        + "</table:table-row>"
        for r, row in enumerate(rows)
    )
    return f"<table:table table:name={quoteattr(name)}>{columns}{lines}</table:table>"


def _ods_cell(value: Value) -> str:
    def cell(kind: str, more: str = "", shown: str = "") -> str:
        text = f"<text:p>{escape(shown)}</text:p>"
        return f'<table:table-cell office:value-type="{kind}"{more}>{text}</table:table-cell>'

    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Failed):
        more = ' office:string-value="" calcext:value-type="error"'
        return cell("string", more, value.text)
    if isinstance(value, Formula):
        formula = f" table:formula={quoteattr('of:' + value.text)}"
        if value.result is None:
            return f"<table:table-cell{formula}/>"
        begin = "<table:table-cell"
        return _ods_cell(value.result).replace(begin, begin + formula, 1)
    if isinstance(value, Percent):
        return cell("percentage", f' office:value="{value.number!r}"', f"{value.number:.1%}")
    if isinstance(value, bool):
        return cell("boolean", f' office:boolean-value="{str(value).lower()}"', str(value))
    if isinstance(value, int | float):
        return cell("float", f' office:value="{value!r}"', str(value).replace(".", ","))
    if isinstance(value, date):
        return cell("date", f' office:date-value="{value.isoformat()}"', value.strftime("%d/%m/%y"))
    return cell("string", "", value)


def xlsb(file: Path, sheets: Sheets, layout: Layout = Layout()) -> Path:
    """Write an XLSB file with the records that a reader needs, and no others."""
    links = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        for n in range(1, len(sheets) + 1)
    )
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    named = b"".join(
        _record(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(name))
        for n, name in enumerate(sheets, start=1)
    )
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(
            "xl/workbook.bin", _record(131) + _record(143) + named + _record(144) + _record(132)
        )
        book.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{spaces}">{links}</Relationships>'
        )
        book.writestr("xl/styles.bin", _xlsb_styles())
        for n, rows in enumerate(sheets.values(), start=1):
            book.writestr(f"xl/worksheets/sheet{n}.bin", _xlsb_sheet(rows, layout))
    return file


def _xlsb_styles() -> bytes:
    """Return three styles: plain, the usual percentage, and a percentage of its own."""
    own = _record(44, struct.pack("<H", 164) + _wide('0.0%" saja"'))
    used = b"".join(_record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in (0, 10, 164))
    formats = _record(615, struct.pack("<I", 1)) + own + _record(616)
    return formats + _record(617, struct.pack("<I", 3)) + used + _record(618)


def _xlsb_sheet(rows: Sequence[Sequence[Value]], layout: Layout) -> bytes:
    width = max(map(len, rows))
    size = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    columns = b"".join(_record(60, struct.pack("<IIIIH", n, n, 2304, 0, 1)) for n in layout.columns)
    parts = [_record(129), size, _record(390), columns, _record(391), _record(145)]
    for r, row in enumerate(rows):
        folded = 0x10 if r in layout.rows else 0
        parts.append(_record(0, struct.pack("<I", r) + bytes(7) + bytes([folded]) + bytes(5)))
        parts += [_xlsb_cell(c, value) for c, value in enumerate(row) if value is not None]
    parts += [_record(146), _record(177, struct.pack("<I", len(layout.merged)))]
    parts += [
        _record(176, struct.pack("<IIII", top, bottom, left, right))
        for top, left, bottom, right in layout.merged
    ]
    return b"".join([*parts, _record(178), _record(130)])


def _xlsb_cell(column: int, value: Value) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, Failed):
        # A formula's failure for the one, a pasted one for the other.
        if value.text == "#N/A":
            return _record(3, head + b"\x2a")
        return _record(11, head + b"\x07" + bytes(10))
    if isinstance(value, Percent):
        style = struct.pack("<II", column, 1 if value.usual else 2)
        return _record(5, style + struct.pack("<d", value.number))
    if isinstance(value, bool):
        return _record(4, head + bytes([value]))
    if isinstance(value, int | float):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _wide(str(value)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


WRITERS: dict[str, Callable[..., Path]] = {"xlsx": xlsx, "xlsb": xlsb, "ods": ods}
