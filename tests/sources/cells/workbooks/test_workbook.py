"""Workbooks become the same texts whatever their format, and say where each stands."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.core import messages, texts
from fsva.core.errors import CodeError, FsvaError, SourceError, TableError
from fsva.sources.cells import table_text
from fsva.sources.cells.grid import DateText, NumberText
from fsva.sources.cells.workbooks import workbook
from fsva.sources.tables import edition_tables
from tests.places import books, small
from tests.places.books import Failed, Percent, Value

KINDS = sorted(books.WRITERS)
HEAD: list[Value] = ["kode_bps", "kecamatan", "desa", "lahan", "sarana"]
BODY: list[list[Value]] = [
    [9901010001.0, "Utara", "Satu", 0.247, "0,5"],
    ["9901010002", "Utara", " Béda ", None, 0.1 + 0.2],
]
NOBODY: frozenset[tuple[str, str]] = frozenset()


def write(folder: Path, kind: str, rows: list[list[Value]], name: str = "Data") -> Path:
    return books.WRITERS[kind](folder / f"tabel.{kind}", {name: rows})


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_texts(tmp_path: Path, kind: str) -> None:
    table = table_text.read(write(tmp_path, kind, [HEAD, *BODY]), ["kode_bps", "lahan"])
    assert table.columns == ("kode_bps", "kecamatan", "desa", "lahan", "sarana")
    assert [(row.number, list(row.cells.values())) for row in table] == [
        (2, ["9901010001", "Utara", "Satu", "0.247", "0,5"]),
        (3, ["9901010002", "Utara", "Béda", "", "0.3"]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_names_sheet_and_cell(tmp_path: Path, kind: str) -> None:
    rows: list[list[Value]] = [["Tabel 1"], [], [None, *HEAD], [None, *BODY[0]]]
    table = table_text.read(write(tmp_path, kind, rows, "Form 0"), HEAD_NAMES)
    place = table.place(table.rows[0], "lahan", "Satu")
    assert (place.cell, place.row, place.column, place.found) == (
        "Form 0!E4",
        4,
        "lahan",
        "0.247",
    )


HEAD_NAMES = [str(name) for name in HEAD]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shown", ["#DIV/0!", "#N/A"])
def test_a_failed_formula_is_not_a_missing_value(tmp_path: Path, kind: str, shown: str) -> None:
    rows = [HEAD, BODY[0], [*BODY[1][:3], Failed(shown), None]]
    table = table_text.read(write(tmp_path, kind, rows), HEAD_NAMES)
    assert [row.cells["lahan"] for row in table] == ["0.247", shown]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_failed_formulas_are_found_behind_repeated_rows_and_in_each_sheet(
    tmp_path: Path, kind: str
) -> None:
    rows: list[list[Value]] = [[], [], [], HEAD, [*BODY[0][:4], Failed()]]
    file = books.WRITERS[kind](tmp_path / f"b.{kind}", {"Lain": [["x", Failed()]], "Data": rows})
    table = table_text.read(file, HEAD_NAMES)
    assert (table.name, table.rows[0].cells["sarana"]) == ("Data", "#DIV/0!")
    assert table.rows[0].cells["lahan"] == "0.247"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("column", ["kode_bps", "lahan"])
def test_what_became_a_date_is_named_as_such(tmp_path: Path, kind: str, column: str) -> None:
    changed = list(BODY[0])
    changed[HEAD.index(column)] = date(2011, 8, 1)
    with pytest.raises(TableError) as caught:
        table_text.read(write(tmp_path, kind, [HEAD, changed]), HEAD_NAMES)
    place = caught.value.places[0]
    assert (caught.value.key, place.found) == ("sel_tanggal", "2011-08-01")
    assert place.cell == f"Data!{'ABCDE'[HEAD.index(column)]}2"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("usual", [True, False])
def test_a_percentage_is_not_taken_for_its_hundredth(
    tmp_path: Path, kind: str, usual: bool
) -> None:
    rows = [HEAD, BODY[0], [*BODY[1][:3], Percent(0.247, usual), 1.5]]
    file = write(tmp_path, kind, rows)
    with pytest.raises(TableError) as caught:
        table_text.read(file, HEAD_NAMES)
    (place,) = caught.value.places
    assert (caught.value.key, place.cell, place.found) == ("sel_persen", "Data!D3", "24.7%")
    assert [row.cells["sarana"] for row in table_text.read(file, ["sarana"])] == ["0,5", "1.5"]


def test_a_code_that_became_a_number_is_refused_by_its_grammar(tmp_path: Path) -> None:
    rows: list[list[Value]] = [HEAD, [53.04, "Utara", "Satu", 0.1, 0.2]]
    file = write(tmp_path, "xlsx", rows)
    with pytest.raises(CodeError) as caught:
        edition_tables.read_villages(table_text.open_file(file), ["lahan"])
    assert (caught.value.key, caught.value.places[0].found) == ("kode_bps", "53.04")
    shown = messages.render(caught.value, texts.load("id"))
    assert 'sel Data!A2  baris 2  kolom kode_bps  desa Satu (53.04)  terbaca "53.04"' in shown


def test_the_point_of_a_numeric_cell_agrees_with_any_mark(tmp_path: Path) -> None:
    rows: list[list[Value]] = [HEAD, [9901010001, "U", "Satu", 0.5, 1],
                               [9901010002, "U", "Dua", "0,25", 1]]  # fmt: skip
    table, _ = edition_tables.read_villages(
        table_text.open_file(write(tmp_path, "xlsx", rows)), ["lahan", "sarana"]
    )
    assert [row.cells["lahan"] for row in table] == ["0.5", "0,25"]
    rows[1][3] = "0.5"
    with pytest.raises(TableError) as caught:
        edition_tables.read_villages(table_text.open_file(write(tmp_path, "xlsx", rows)), ["lahan"])
    assert caught.value.key == "tanda_campur"


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_gives_the_same_values_as_a_csv_file(tmp_path: Path, kind: str) -> None:
    method = small.shipped_method()
    text = small.indicators_csv()
    csv_file = tmp_path / "a.csv"
    csv_file.write_text(text, encoding="utf-8")
    head, *body = [line.split(";") for line in text.splitlines()]
    typed: list[list[Value]] = [
        [*cells[:3], *(float(cell.replace(",", ".")) for cell in cells[3:])] for cells in body
    ]
    file = write(tmp_path, kind, [[*head], *typed])
    one, other = (
        edition_tables.read_indicators(table_text.open_file(each), method, NOBODY)
        for each in (file, csv_file)
    )
    assert one.frame.equals(other.frame)


def test_the_sheet_with_the_columns_is_found_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    rows = [HEAD, *BODY]
    file = books.xlsx(
        tmp_path / "a.xlsx", {"Sampul": [["FSVA"]], "Lama": rows, "Nilai": rows}, hidden=["Lama"]
    )
    assert table_text.read(file, HEAD_NAMES).name == "Nilai"
    assert table_text.read(file, ["kode_bps"], " nilai ").name == "Nilai"


@pytest.mark.parametrize(
    ("name", "key", "found"),
    [(None, "lembar_banyak", ["Satu", "Dua"]), ("Tiga", "lembar_hilang", ["Tiga"]),
     ("Kosong", "lembar_hilang", ["Kosong"])],
)  # fmt: skip
def test_a_sheet_that_is_not_clear_is_asked_for(
    tmp_path: Path, name: str | None, key: str, found: list[str]
) -> None:
    rows = [HEAD, *BODY]
    file = books.xlsx(tmp_path / "a.xlsx", {"Satu": rows, "Dua": rows, "Kosong": []})
    with pytest.raises(SourceError) as caught:
        table_text.read(file, HEAD_NAMES, name)
    assert (caught.value.key, [p.found for p in caught.value.places]) == (key, found)


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kode_bps;desa\n1;a\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        table_text.read(file, ["desa"], "Data")
    assert caught.value.key == "lembar_hilang"


def test_a_missing_column_names_the_sheet(tmp_path: Path) -> None:
    file = write(tmp_path, "xlsx", [["Judul"], HEAD, *BODY])
    with pytest.raises(TableError) as caught:
        table_text.read(file, [*HEAD_NAMES, "nakes"])
    place = caught.value.places[0]
    assert (caught.value.key, place.row, place.column, place.cell) == (
        "kolom_hilang",
        2,
        "nakes",
        "Data!2",
    )


def _broken(folder: Path, damage: str) -> Path:
    file = write(folder, "xlsx", [HEAD, *BODY])
    content = file.read_bytes()
    if damage == "cut off":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "xls":
        file.write_bytes(workbook.OLD + bytes(600))
    elif damage == "zip":
        with zipfile.ZipFile(file, "w") as book:
            book.writestr("a.txt", "x")
    elif damage == "no sheet":
        _without(file, content, "xl/worksheets/sheet1.xml")
    return file


def _without(file: Path, content: bytes, part: str) -> None:
    copy = file.with_suffix(".bak")
    copy.write_bytes(content)
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))


@pytest.mark.parametrize(
    ("damage", "key"),
    [("cut off", "buku_rusak"), ("zip", "buku_rusak"), ("no sheet", "buku_rusak"),
     ("xls", "buku_lama")],
)  # fmt: skip
def test_a_broken_workbook_is_no_crash(tmp_path: Path, damage: str, key: str) -> None:
    with pytest.raises(FsvaError) as caught:
        table_text.read(_broken(tmp_path, damage), HEAD_NAMES)
    assert (type(caught.value), caught.value.key) == (SourceError, key)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_workbook_is_an_empty_table(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        table_text.read(write(tmp_path, kind, [HEAD]), HEAD_NAMES)
    assert caught.value.key == "tabel_kosong"


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12))
def test_a_decimal_of_fifteen_digits_comes_back_as_it_was_typed(units: int, digits: int) -> None:
    typed = f"{units / 10**digits:.{digits}f}"
    text = workbook.text_of(float(typed))
    assert isinstance(text, NumberText)
    assert float(text) == float(typed)
    assert "e" not in text
    assert text == text.strip()


def test_dates_and_times_keep_what_they_are() -> None:
    text = workbook.text_of(date(2021, 8, 11))
    assert isinstance(text, DateText)
    assert text == "2021-08-11"


@pytest.mark.parametrize("broken", ["data", "style", "reference"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, broken: str) -> None:
    import xlsxwriter

    file = tmp_path / "tabel.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "0.0"})
        for row in range(200):
            sheet.write_number(row, 0, row * 7919, style)
    if broken == "data":
        with zipfile.ZipFile(file) as book:
            at = book.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
        content = bytearray(file.read_bytes())
        content[at : at + 200] = b"\xff" * 200
        file.write_bytes(content)
    else:
        pair = {"style": (b's="1"', b's="x"'), "reference": (b'r="A7"', b'r="?"')}[broken]
        with zipfile.ZipFile(file) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        with zipfile.ZipFile(file, "w") as book:
            for name, part in parts.items():
                book.writestr(name, part.replace(*pair) if "sheet1" in name else part)
    with pytest.raises(SourceError, match="buku_rusak"):
        workbook.read(file, file.read_bytes())
