"""What an officer does not see in a table, or sees otherwise: nothing of it is read in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fsva.core.errors import CodeError, FsvaError, SourceError, TableError
from fsva.sources.cells import table_text
from fsva.sources.cells.table_text import TextTable
from fsva.sources.cells.workbooks import xlsx_details
from fsva.sources.tables import edition_tables
from tests.places import books, small
from tests.places.books import Formula, Layout, Value

KEYS = ["kode_bps", "kecamatan", "desa"]
NEEDED = [*KEYS, "lahan", "sarana"]
CODES = small.BPS_CODES
KINDS = sorted(books.WRITERS)
Rows = list[list[Value]]


def rows(*headings: str, villages: int = 6) -> Rows:
    """Return a table of the first villages: lahan 0.1, 0.2 ..., sarana 0.01, 0.02 ..."""
    body: Rows = [
        [CODES[n], small.KECAMATAN[n], small.NAMES[n], (n + 1) / 10, (n + 1) / 100]
        for n in range(villages)
    ]
    return [list(headings or NEEDED), *body]


def book(folder: Path, kind: str, table: Rows, layout: Layout | None = None) -> Path:
    more = {} if layout is None else {"layout": layout}
    return books.WRITERS[kind](folder / f"t.{kind}", {"Data": table}, **more)


def csv(folder: Path, table: Rows | str, name: str = "t.csv") -> Path:
    text = table if isinstance(table, str) else "\n".join(
        ";".join("" if c is None else str(c).replace(".", ",") if isinstance(c, float) else str(c)
                 for c in row) for row in table
    )  # fmt: skip
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def column(table: TextTable, name: str) -> list[str]:
    return [row.cells[name] for row in table]


def noted(table: TextTable) -> list[tuple[str, int | None, str]]:
    return [(note.key, note.row, note.found) for note in table.notes]


def refused(file: Path, required: list[str] = NEEDED) -> FsvaError:
    with pytest.raises(FsvaError) as caught:
        edition_tables.read_villages(table_text.open_file(file), required[3:])
    return caught.value


# Formulas without a stored result.


def by_openpyxl(folder: Path, table: Rows) -> Path:
    """Write a workbook as openpyxl does: a formula with an empty result."""
    file = book(folder, "xlsx", table)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</f><v>0</v>", b"</f><v></v>")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return file


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter", "ods"])
def test_a_formula_that_nobody_computed_is_an_error_like_a_failed_one(
    tmp_path: Path, writer: str
) -> None:
    table = rows()
    table[4][3] = Formula("=1/4")
    file = (
        by_openpyxl(tmp_path, table) if writer == "openpyxl"
        else book(tmp_path, "ods" if writer == "ods" else "xlsx", table)
    )  # fmt: skip
    problem = refused(file)
    assert (problem.key, problem.others) == ("sel_rumus", [])
    (place,) = problem.places
    assert (place.cell, place.village, place.found) == ("Data!D5", f"Empat ({CODES[3]})", "=1/4")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_stored_result_of_a_formula_is_its_value(tmp_path: Path, kind: str) -> None:
    table = rows()
    table[4][3] = Formula("=1/4", 0.25)
    table[5][3] = Formula("=A1", "") if kind == "ods" else None
    found = table_text.read(book(tmp_path, kind, table), NEEDED)
    assert column(found, "lahan") == ["0.1", "0.2", "0.3", "0.25", "", "0.6"]


def test_a_formula_whose_result_is_an_empty_text_is_blank() -> None:
    sheet = b"<c r='B2' t='str'><f>A1</f><v></v></c><c r='B3'><f>A1</f><v></v></c>"
    found = xlsx_details.SheetCells(b"<sheetData>" + sheet + b"</sheetData>", [], False).found
    assert found.uncomputed == {(2, 1): "=A1"}


def test_a_formula_among_agreed_values_is_not_taken_for_none(tmp_path: Path) -> None:
    table = [[*row, None] for row in rows(*NEEDED, "kesepakatan_lahan")]
    table[0].remove(None)
    table[2][5] = Formula("=1/4")
    assert refused(book(tmp_path, "xlsx", table)).key == "sel_rumus"


# Hidden columns and rows.


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_column_gives_way_to_a_visible_one_and_is_told(tmp_path: Path, kind: str) -> None:
    table = [[*row, 0.9 if n else "lahan"] for n, row in enumerate(rows())]
    table[0][3] = "Rasio Lahan"
    found = table_text.read(book(tmp_path, kind, table, Layout(columns=[5])), NEEDED)
    assert column(found, "lahan") == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]
    assert noted(found) == [("kolom_tersembunyi_dua", 1, "lahan")]
    assert (found.notes[0].cell, found.notes[0].facts) == ("Data!F1", {"dibaca": "Rasio Lahan"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_only_column_is_read_although_hidden_and_told(tmp_path: Path, kind: str) -> None:
    found = table_text.read(book(tmp_path, kind, rows(), Layout(columns=[4])), NEEDED)
    assert column(found, "sarana") == ["0.01", "0.02", "0.03", "0.04", "0.05", "0.06"]
    assert noted(found) == [("kolom_tersembunyi", 1, "sarana")]


@pytest.mark.parametrize("kind", KINDS)
def test_villages_in_hidden_rows_are_read_and_told(tmp_path: Path, kind: str) -> None:
    found = table_text.read(book(tmp_path, kind, rows(), Layout(rows=[2, 5])), NEEDED)
    assert len(found.rows) == 6
    assert noted(found) == [("baris_tersembunyi", 3, ""), ("baris_tersembunyi", 6, "")]
    assert [(note.village, note.cell) for note in found.notes] == [
        ("Dua", "Data!3"), ("Lima", "Data!6")]  # fmt: skip


def test_hidden_columns_that_are_not_needed_are_nobody_s_business(tmp_path: Path) -> None:
    table = [[*row, 3] for row in rows(*NEEDED)]
    table[0][5] = "penduduk"
    assert not table_text.read(book(tmp_path, "xlsx", table, Layout(columns=[5])), NEEDED).notes


# Merged cells of values.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("area", "cells"),
    [((1, 3, 3, 3), "D2 D3 D4"), ((2, 3, 2, 4), "D3 E3"), ((3, 3, 4, 4), "D4 D5 E4 E5")],
)
def test_a_value_merged_over_cells_is_refused_with_all_of_them(
    tmp_path: Path, kind: str, area: tuple[int, int, int, int], cells: str
) -> None:
    table = rows()
    top, left, bottom, right = area
    for r in range(top, bottom + 1):
        for c in range(left, right + 1):
            if (r, c) != (top, left):
                table[r][c] = None
    problem = refused(book(tmp_path, kind, table, Layout(merged=[area])))
    assert problem.key == "sel_gabung"
    assert [p.cell for p in problem.places] == [f"Data!{cell}" for cell in cells.split()]
    assert {p.found for p in problem.places} == {str(table[top][left])}


@pytest.mark.parametrize("kind", KINDS)
def test_merged_kecamatan_and_merged_blanks_are_no_error(tmp_path: Path, kind: str) -> None:
    table = rows()
    for r in range(1, 7):
        table[r][1] = table[r][1] if r == 1 else None
    for r in (3, 4):
        table[r][4] = None
    laid = Layout(merged=[(1, 1, 6, 1), (3, 4, 4, 4)])
    found = table_text.read(book(tmp_path, kind, table, laid), NEEDED)
    assert column(found, "kecamatan") == ["Utara"] * 6
    assert column(found, "sarana")[1:4] == ["0.02", "", ""]


# Two columns that mean one thing.


@pytest.mark.parametrize("other", ["Rasio Lahan", "lahan pertanian", "Rasio lahan (rasio)"])
def test_two_columns_of_one_indicator_stop_where_they_differ(tmp_path: Path, other: str) -> None:
    table = [[*row, 0.9 if n in (2, 5) else row[3]] for n, row in enumerate(rows())]
    table[0][5] = other
    problem = refused(book(tmp_path, "xlsx", table))
    assert problem.key == "kolom_dua"
    assert [(p.cell, p.village, p.found) for p in problem.places] == [
        ("Data!F3", f"Dua ({CODES[1]})", "0.2 / 0.9"),
        ("Data!F6", f"Lima ({CODES[4]})", "0.5 / 0.9"),
    ]


def test_two_columns_that_say_the_same_are_one(tmp_path: Path) -> None:
    table = [[*row, f"{row[3]}0" if n else "Rasio Lahan"] for n, row in enumerate(rows())]
    assert not table_text.read(csv(tmp_path, table), NEEDED).notes


def test_two_columns_of_codes_that_differ_stop(tmp_path: Path) -> None:
    table = [[*row, CODES[5 - n] if n else "Kode Desa BPS"] for n, row in enumerate(rows(), -1)]
    table[0][5] = "Kode Desa BPS"
    assert refused(csv(tmp_path, table)).key == "kolom_dua"


def test_of_two_columns_of_names_the_one_that_is_not_read_is_told(tmp_path: Path) -> None:
    table = [[*row, "Ya" if n else "Kelurahan"] for n, row in enumerate(rows())]
    found = table_text.read(csv(tmp_path, table), NEEDED)
    assert noted(found) == [("kolom_nama_dua", 1, "Kelurahan")]
    assert column(found, "desa") == list(small.NAMES[:6])


def test_one_name_under_two_codes_of_kecamatan_is_told_once(tmp_path: Path) -> None:
    table = rows(villages=12)
    for line in table[1:]:
        line[1] = "Utara"
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    of_codes = list(dict.fromkeys(code[:7] for code in CODES))
    first = [next(n for n, code in enumerate(CODES) if code[:7] == one) for one in of_codes[1:]]
    assert of_codes[1:]
    assert noted(found) == [("kecamatan_kode", n + 2, "Utara") for n in first]
    assert found.notes[0].facts == {"nama": "Utara", "kode_kecamatan": ", ".join(of_codes)}


# Rows that look like footnotes or totals.


@pytest.mark.parametrize(
    ("cells", "village"),
    [
        (["", "Sumber", "Dua"], "Dua"),
        (["", "", "Sumber Jaya"], "Sumber Jaya"),
        (["", "Utara", "Catatan"], "Catatan"),
        (["-", "Keterangan", "Dua"], "Dua (-)"),
    ],
)
def test_a_row_with_a_village_and_values_is_no_footnote(
    tmp_path: Path, cells: list[str], village: str
) -> None:
    table = rows()
    table[2][:3] = cells
    problem = refused(book(tmp_path, "xlsx", table))
    assert (problem.key, problem.places[0].row, problem.places[0].village) == (
        "kode_bps", 3, village)  # fmt: skip


@pytest.mark.parametrize(
    ("label", "told"),
    [("*) Sumber: BPS", True), ("Keterangan", True), ("Utara", True), ("BPS 2023", True),
     ("Jumlah", False), ("Total Utara", False), ("Rata-rata", False), ("Total Indah", True),
     ("Jumlah Baru", True), ("Rata-rata Kabupaten Contoh", False), ("Jumlah 2021", False),
     ("JUMLAH KECAMATAN LAIN", False)],
)  # fmt: skip
def test_a_row_of_numbers_that_nothing_calls_a_total_is_told(
    tmp_path: Path, label: str, told: bool
) -> None:
    table = [*rows(villages=8), [None, label, None, 0.3, 0.02]]
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    assert len(found.rows) == 8
    assert noted(found) == ([("baris_jumlah", 10, label)] if told else [])


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
@pytest.mark.parametrize(("label", "column"), [("Total Contoh", 3), ("Jumlah Indah", 4)])
def test_a_row_whose_numbers_are_sums_is_a_total_whatever_follows_its_word(
    tmp_path: Path, kind: str, label: str, column: int
) -> None:
    table = rows(villages=8)
    sums = [sum(float(str(row[n])) for row in table[1:]) for n in (3, 4)]
    found = table_text.read(book(tmp_path, kind, [*table, [None, label, None, *sums]]), NEEDED)
    assert (len(found.rows), noted(found)) == (8, [])
    sums[column - 3] /= 3
    sums[4 - column] /= 2
    found = table_text.read(book(tmp_path, kind, [*table, [None, label, None, *sums]]), NEEDED)
    assert noted(found) == [("baris_jumlah", 10, label)]


def test_a_row_of_numbers_for_each_kecamatan_is_a_layout(tmp_path: Path) -> None:
    table = rows(villages=8)
    kecamatan = list(dict.fromkeys(small.KECAMATAN[:8]))
    assert len(kecamatan) > 1
    table[1:1] = [[None, f"Kecamatan {name}", None, 0.3, 0.02] for name in kecamatan]
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    assert (len(found.rows), noted(found)) == (8, [])
    found = table_text.read(book(tmp_path, "xlsx", [*table[:1], *table[2:]]), NEEDED)
    assert [key for key, *_ in noted(found)] == ["baris_jumlah"] * (len(kecamatan) - 1)


def test_a_numbered_row_with_values_is_a_village_that_lost_code_and_name(tmp_path: Path) -> None:
    table = [["No" if n == 0 else n, *row] for n, row in enumerate(rows())]
    table[2][1:4] = [None, "Utara", None]
    assert (refused(book(tmp_path, "xlsx", table)).places[0].row) == 3


def test_footnotes_and_totals_are_still_left_out(tmp_path: Path) -> None:
    table = [
        *rows(), ["Jumlah", "", "", 2.1, 0.21], ["Sumber: BPS, Podes 2021"],
        ["Keterangan:", "", "- = tidak ada data (2021)"], ["", "Catatan 2021", "", "lihat hal. 3"],
    ]  # fmt: skip
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    assert (len(found.rows), [total.label for total in found.totals]) == (6, ["Jumlah"])


# One kecamatan in several spellings under one code.


@pytest.mark.parametrize(
    "spellings",
    [
        ["Utara", "Utara", "Kec. Utara", "KECAMATAN UTARA", "Utara", "utara"],
        ["Kecamatan Utara", "Utara", "UTARA", "Kec Utara", "Kecamatan Utara", "Distrik Utara"],
        ["Utara", "Utarra", "Utara", "U t a r a", "Utara", "Utara "],
    ],
)
def test_one_kecamatan_is_one_however_it_is_spelt(tmp_path: Path, spellings: list[str]) -> None:
    table = rows()
    for n, name in enumerate(spellings, start=1):
        table[n][1] = name
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    assert set(column(found, "kecamatan")) == {"Utara"}
    wrong = [n for n, name in enumerate(spellings, start=2) if name.strip() != "Utara"]
    assert noted(found) == [("kecamatan_ejaan", n, spellings[n - 2]) for n in wrong]
    assert {note.cell for note in found.notes} == {f"Data!B{n}" for n in wrong}


def test_another_name_under_one_code_stays_and_is_told(tmp_path: Path) -> None:
    table = rows()
    table[3][1] = "Pesisir"
    found = table_text.read(csv(tmp_path, table), NEEDED)
    assert column(found, "kecamatan")[2] == "Pesisir"
    assert noted(found) == [("kecamatan_lain", 4, "Pesisir")]


def test_spellings_under_different_codes_are_left_alone(tmp_path: Path) -> None:
    table = rows(villages=12)
    for n in range(7, 13):
        table[n][1] = "UTARA"
    found = table_text.read(csv(tmp_path, table), NEEDED)
    assert set(column(found, "kecamatan")) == {"Utara", "UTARA"}


# Files that only bear the name of a workbook.

PAGES = {
    "html": "<html><body><table><tr><td>kode_bps</td></tr></table></body></html>",
    "doctype": "\n<!DOCTYPE html>\n<html lang='id'><table></table></html>",
    "bare": "<table border='1'><tr><td>kode_bps</td></tr></table>",
    "xhtml": "<?xml version='1.0'?>\n<!-- ekspor -->\n<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "mhtml": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html></html>",
}
_BOOK = "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'></Workbook>"
BOOKS = {
    "xml": f"<?xml version='1.0'?>{_BOOK}",
    "application": f"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>\n{_BOOK}",
    "bare": _BOOK,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("text", "key"),
    [*((text, "buku_html") for text in PAGES.values()),
     *((text, "buku_xml") for text in BOOKS.values())],
)  # fmt: skip
def test_a_page_or_xml_called_xls_is_named_as_what_it_is(
    tmp_path: Path, text: str, key: str, encoding: str
) -> None:
    file = tmp_path / "t.xls"
    file.write_bytes(text.encode(encoding))
    with pytest.raises(SourceError) as caught:
        table_text.read(file, KEYS)
    assert caught.value.key == key


# Headings that are repeated.


@pytest.mark.parametrize(
    "again",
    [
        NEEDED,
        ["KODE BPS", "Kecamatan", "Nama Desa", "Rasio Lahan", "SARANA"],
        ["kode_bps", "kecamatan", "desa", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ],
)
def test_headings_repeated_on_each_page_are_no_villages(tmp_path: Path, again: list[str]) -> None:
    table = rows()
    table[3:3] = [list(again)]
    table[6:6] = [list(again)]
    found = table_text.read(book(tmp_path, "xlsx", table), NEEDED)
    assert column(found, "desa") == list(small.NAMES[:6])


def test_headings_repeated_in_another_order_stop(tmp_path: Path) -> None:
    table = rows()
    table[3:3] = [[*KEYS, "sarana", "lahan"]]
    problem = refused(book(tmp_path, "xlsx", table))
    assert (problem.key, [p.cell for p in problem.places]) == ("judul_lain", ["Data!A4"])


# A quotation mark after a space.


@pytest.mark.parametrize("end", ["\n", "  \n", "\r\n", " \r\n"])
@pytest.mark.parametrize("between", [", ", "; ", "\t ", ",  ", " ,", " ; ", "  \t "])
def test_blanks_may_stand_around_a_quoted_cell(tmp_path: Path, between: str, end: str) -> None:
    village = [CODES[0], "Utara", 'Satu, Dua ; "Tiga" , Empat', "0,1", "0,01"]
    lines = [
        between.join('"{}"'.format(cell.replace('"', '""')) for cell in line)
        for line in (NEEDED, village)
    ]
    found = table_text.read(csv(tmp_path, "".join(line + end for line in lines)), NEEDED)
    assert [list(row.cells.values()) for row in found] == [village]


# All that is wrong is told at once.


def test_errors_of_headings_codes_and_numbers_are_told_together(tmp_path: Path) -> None:
    table = rows()
    table[0][4], table[2][0], table[3][2] = "lain", "530603200", None
    table[4][3] = "tidak ada"
    source = table_text.open_file(book(tmp_path, "xlsx", table))
    with pytest.raises(FsvaError) as caught:
        edition_tables.read_indicators(source, small.shipped_method(), None)
    keys = [caught.value.key, *(other.key for other in caught.value.others)]
    assert keys == ["kolom_hilang", "kode_bps", "sel_kosong", "bukan_angka"]
    assert isinstance(caught.value, TableError)
    assert isinstance(caught.value.others[0], CodeError)


# The lines that an office signs below its table.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", [0, 3])
def test_place_date_and_signature_below_a_table_are_no_villages(
    tmp_path: Path, kind: str, column: int
) -> None:
    signed: Rows = [
        [None] * column + [text] + [None] * (4 - column)
        for text in ("Atambua, 12 Maret 2021", "Kepala Dinas,", "NIP. 19700101 199001 1 001")
    ]
    file = book(tmp_path, kind, [*rows(), *signed])
    table, villages = edition_tables.read_villages(table_text.open_file(file), ["lahan", "sarana"])
    assert tuple(villages.codes) == tuple(CODES[:6])
    assert column_of(table) == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]


def column_of(table: TextTable) -> list[str]:
    return [str(float(cell)) for cell in column(table, "lahan")]


@pytest.mark.parametrize("odd", ["tad", "1 250", "3 jiwa"])
def test_a_row_with_a_name_below_the_table_is_still_told(tmp_path: Path, odd: str) -> None:
    table = [*rows(), [None, "Utara", "Tujuh", odd, odd]]
    assert refused(book(tmp_path, "xlsx", table)).key in ("kode_bps", "kode_rusak", "bukan_angka")


# Rows of kecamatan and of the district among those of villages, as statistics print them.


def with_rows_above(form: str) -> Rows:
    """Return villages of two kecamatan below a row of each; lahan and sarana are counts here."""
    head, *body = rows(villages=12)
    made: Rows = [head]
    if form != "headings":
        total = [sum(float(str(r[n])) for r in body) for n in (3, 4)]
        made.append(["9901" if form == "codes" else None, None, "Kabupaten Contoh", *total])
    for kecamatan in dict.fromkeys(small.KECAMATAN):
        own = [r for r in body if r[1] == kecamatan]
        sums: list[Value] = [sum(float(str(r[n])) for r in own) for n in (3, 4)]
        code = str(own[0][0])[:7] if form == "codes" else None
        name = kecamatan.upper() if form == "codes" else f"Kecamatan {kecamatan}"
        made.append([code, None, name, *([None, None] if form == "headings" else sums)])
        made += [[r[0], None, *r[2:]] for r in own]
    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["headings", "names", "codes"])
def test_rows_of_kecamatan_are_no_villages(tmp_path: Path, kind: str, form: str) -> None:
    file = book(tmp_path, kind, with_rows_above(form))
    table, villages = edition_tables.read_villages(table_text.open_file(file), ["lahan", "sarana"])
    assert tuple(villages.codes) == tuple(CODES)
    assert [str(name).casefold() for name in villages["kecamatan"]] == [
        name.casefold() for name in small.KECAMATAN
    ]
    n_totals = {"headings": 0, "names": 3, "codes": 3}[form]
    assert len(table.totals) == n_totals
    assert {t.kecamatan.casefold() for t in table.totals} == (
        {"", *(name.casefold() for name in small.KECAMATAN)} if n_totals else set()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_of_a_kecamatan_alone_is_no_village(tmp_path: Path, kind: str) -> None:
    head, *body = rows(villages=12)
    lone = [str(body[-1][0])[:7], *[None] * (len(head) - 1)]
    table, villages = edition_tables.read_villages(
        table_text.open_file(book(tmp_path, kind, [head, *body[:6], lone, *body[6:]])),
        ["lahan", "sarana"],
    )
    assert tuple(villages.codes) == tuple(CODES)
    assert not table.totals


def test_a_village_whose_code_lost_its_end_is_still_told(tmp_path: Path) -> None:
    table = rows()
    table[3][0] = str(table[3][0])[:7]
    problem = refused(book(tmp_path, "xlsx", table))
    assert isinstance(problem, CodeError)
    assert [place.row for place in problem.places] == [4]


# A cell of kecamatan that cannot be read: it is named itself, and no sound one beside it.


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("filled", ["every row", "first row", "alike formulas"])
def test_only_the_unread_cell_of_a_kecamatan_is_named(
    tmp_path: Path, kind: str, filled: str
) -> None:
    table = rows(villages=12)
    wrong = [1]
    if filled == "first row":
        for n in range(2, 13):
            if table[n][1] == table[n - 1][1] or small.KECAMATAN[n - 1] == small.KECAMATAN[n - 2]:
                table[n][1] = None
    if filled == "alike formulas":
        wrong = [1, 2, 3]
    for n in wrong:
        table[n][1] = Formula(f"=VLOOKUP(A{n + 1};Ref.A:B;2;0)" if kind == "ods" else "=Ref!B2")
    problem = refused(book(tmp_path, kind, table))
    assert problem.key == "sel_rumus"
    assert [place.row for place in problem.places] == [n + 1 for n in wrong]
    assert {place.column for place in problem.places} == {"kecamatan"}
