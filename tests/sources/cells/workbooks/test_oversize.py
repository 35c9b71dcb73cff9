"""Workbooks with stray cells, endless repetitions and bombs, read in bounded memory or refused."""

from __future__ import annotations

import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fsva.core import bounds
from fsva.core.errors import SourceError
from fsva.sources.cells import table_text
from fsva.sources.cells.grid import MergedAreas
from tests.places import books

NEEDED = ("kode_bps", "lahan")
ROWS = [["kode_bps", "desa", "lahan"], ["5306032001", "Satu", 0.1], ["5306032002", "Dua", 0.25]]
SHEET = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}
Change = Callable[[bytes], bytes]


def changed(folder: Path, kind: str, change: Change, part: str | None = None) -> Path:
    """Write a workbook and change one of the files inside it."""
    plain = books.WRITERS[kind](folder / f"utuh.{kind}", {"Data": ROWS})
    file = folder / f"tabel.{kind}"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == (part or SHEET[kind]) else content)
    return file


def with_cell(address: str, inner: str = "<v>7</v>") -> Change:
    row = re.sub(r"[A-Z]", "", address)
    cell = f'<row r="{row}"><c r="{address}">{inner}</c></row></sheetData>'
    return lambda content: content.replace(b"</sheetData>", cell.encode())


def with_row(row: str) -> Change:
    return lambda content: content.replace(b"</table:table>", f"{row}</table:table>".encode(), 1)


def refused(file: Path) -> str:
    with pytest.raises(SourceError) as caught:
        table_text.read(file, NEEDED)
    return caught.value.key


def values(file: Path) -> list[tuple[int, str, str]]:
    """Return row, code and value of the villages."""
    found = table_text.read(file, NEEDED).rows
    return [(row.number, row.cells["kode_bps"], row.cells["lahan"]) for row in found]


def many_rows(cells: str) -> str:
    """Return a million equal rows of an ODS."""
    repeated = 'table:number-rows-repeated="1000000"'
    return f"<table:table-row {repeated}>{cells}</table:table-row>"


TWO = [(2, "5306032001", "0.1"), (3, "5306032002", "0.25")]
FLOAT = '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p>'
MANY_COLUMNS = FLOAT.replace("cell ", 'cell table:number-columns-repeated="2000000000" ', 1)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["XFD1048576", "XFD2000", "J1048576"])
def test_a_stray_number_at_the_end_of_a_sheet_is_read_around(tmp_path: Path, address: str) -> None:
    found = values(changed(tmp_path, "xlsx", with_cell(address)))
    assert [row for row in found if row[1]] == TWO


@pytest.mark.slow
def test_a_village_far_below_the_others_keeps_its_row_and_type(tmp_path: Path) -> None:
    far = (
        '<row r="900000"><c r="A900000"><v>5306032003</v></c>'
        '<c r="C900000" t="str"><f>"0"</f><v>0,5 &amp; x</v></c></row></sheetData>'
    )
    file = changed(tmp_path, "xlsx", lambda old: old.replace(b"</sheetData>", far.encode()))
    assert values(file) == [*TWO, (900000, "5306032003", "0,5 & x")]


@pytest.mark.slow
def test_a_stray_cell_of_an_ods_keeps_its_row(tmp_path: Path) -> None:
    gap = many_rows("<table:table-cell/>")
    code = FLOAT.replace('"7"', '"5306032003"') + "</table:table-cell>"
    row = f"<table:table-row>{code}<table:table-cell/>{FLOAT}</table:table-cell></table:table-row>"
    found = values(changed(tmp_path, "ods", with_row(gap + row)))
    assert found == [*TWO, (1000004, "5306032003", "7")]


@pytest.mark.parametrize("address", ["A999999999", "A1048577", "ZZZZZZ5", "B0", "B"])
def test_a_cell_outside_of_any_sheet_is_damage(tmp_path: Path, address: str) -> None:
    assert refused(changed(tmp_path, "xlsx", with_cell(address))) == "buku_rusak"


@pytest.mark.parametrize("area", ["K1:XFD1048576", "E90:I1048576"])
def test_a_merged_area_as_large_as_the_sheet_costs_nothing(tmp_path: Path, area: str) -> None:
    merged = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'.encode()
    file = changed(tmp_path, "xlsx", lambda content: content.replace(b"</sheetData>", merged))
    assert values(file) == TWO


def test_a_merged_area_is_found_by_row_and_column() -> None:
    areas = MergedAreas([((0, 10), (1048575, 16383))])
    assert areas.first_of(500000, 16383) == (0, 10)
    assert areas.first_of(500000, 9) is None
    assert areas.has_row(1048575)
    assert not areas.has_row(1048576)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (many_rows(4 * f"{FLOAT}</table:table-cell>"), "buku_sel"),
        (f"<table:table-row>{MANY_COLUMNS}</table:table-cell></table:table-row>", "buku_rusak"),
        ('<table:table-row table:number-rows-repeated="-5"><table:table-cell/></table:table-row>',
         "buku_rusak"),
        ('<table:table-row><table:table-cell office:value-type="string"><text:p>'
         '<text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>', "buku_isi"),
    ],
)  # fmt: skip
def test_endless_repetition_in_an_ods_is_refused(tmp_path: Path, row: str, key: str) -> None:
    assert refused(changed(tmp_path, "ods", with_row(row))) == key


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_entities_that_grow_are_refused(tmp_path: Path, kind: str) -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

    def change(content: bytes) -> bytes:
        end = content.index(b"?>") + 2 if content.startswith(b"<?") else 0
        return content[:end] + laughs + content[end:]

    assert refused(changed(tmp_path, kind, change)) == "buku_rusak"


@pytest.mark.parametrize(
    ("kind", "part"),
    [("xlsx", "xl/sharedStrings.xml"), ("xlsx", "xl/styles.xml"), ("ods", "content.xml")],
)
def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, part: str
) -> None:
    file = changed(tmp_path, kind, lambda content: content + b" " * 2_000_000, part)
    assert file.stat().st_size < 50_000
    usual = bounds.load()
    few = usual.workbook.model_copy(update={"most_bytes": 1_000_000})
    monkeypatch.setattr(bounds, "load", lambda: usual.model_copy(update={"workbook": few}))
    assert refused(file) == "buku_isi"


def test_a_member_is_read_no_further_than_the_archive_says(tmp_path: Path) -> None:
    file = changed(tmp_path, "xlsx", lambda content: content + b" " * 300_000_000)
    content = bytearray(file.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET["xlsx"].encode()))
    content[at + 24 : at + 28] = (5000).to_bytes(4, "little")  # its size once it is unpacked
    file.write_bytes(content)
    tracemalloc.start()
    assert refused(file) == "buku_rusak"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000_000  # of which the file itself may take 50


def test_a_cell_that_does_not_say_its_address_follows_the_one_before(tmp_path: Path) -> None:
    file = changed(tmp_path, "xlsx", lambda content: content.replace(b'r="B2" ', b""))
    assert values(file) == TWO


@pytest.mark.parametrize(("kind", "part"), [("xlsx", "xl/sharedStrings.xml"), ("ods", None)])
@pytest.mark.parametrize(("word", "cell"), [(b">desa<", "Data!B1"), (b">Dua<", "Data!B3")])
def test_a_cell_of_endless_text_is_named(
    tmp_path: Path, kind: str, part: str | None, word: bytes, cell: str
) -> None:
    file = changed(tmp_path, kind, lambda c: c.replace(word, b">" + b"a" * 32_768 + b"<"), part)
    with pytest.raises(SourceError) as caught:
        table_text.read(file, NEEDED)
    assert caught.value.key == "sel_panjang"
    assert [place.cell for place in caught.value.places] == [cell]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_longest_text_that_excel_holds_is_read(tmp_path: Path, kind: str) -> None:
    rows = [*ROWS[:2], [ROWS[2][0], "a" * 32_767, ROWS[2][2]]]
    file = books.WRITERS[kind](tmp_path / f"tabel.{kind}", {"Data": rows})
    assert values(file)[1] == (3, "5306032002", "0.25")
