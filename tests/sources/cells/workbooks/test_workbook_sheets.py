"""A workbook with a sheet per kecamatan: united where the sheets go together, named where not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fsva.core.errors import FsvaError
from fsva.sources.cells import table_text
from fsva.sources.tables import raw_counts
from tests.places import books, contoh, small
from tests.places.books import Value

HEAD = ["kode_bps", "kecamatan", "desa", *contoh.RAW_COLUMNS]
METHOD = small.shipped_method()
KINDS = sorted(books.WRITERS)
Sheets = dict[str, list[list[Value]]]


def numbers(n: int) -> list[Value]:
    """Return the raw counts of a village, as ``contoh.raw_csv``."""
    return [n, 1, 0.5, 100, n + 1, 300, 5 * n, 1000, n % 4 + 1, 20 * n, n + 1]


def sheets(*, named: bool = False, prefix: str = "") -> Sheets:
    """Return a sheet per kecamatan; ``named``: no column holds its kecamatan, only its name."""
    made: Sheets = {}
    for n in range(12):
        own: list[Value] = [small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n], *numbers(n)]
        rows = made.setdefault(prefix + small.KECAMATAN[n], [list(HEAD)])
        rows.append(own)
    if named:
        made = {k: [[*row[:1], *row[2:]] for row in rows] for k, rows in made.items()}
    return made


def read(folder: Path, made: Sheets, kind: str = "xlsx") -> table_text.TextTable:
    file = books.WRITERS[kind](folder / f"t.{kind}", made)
    return table_text.open_file(file).table(HEAD)


def refused(folder: Path, made: Sheets) -> FsvaError:
    with pytest.raises(FsvaError) as caught:
        read(folder, made)
    return caught.value


def told(table: table_text.TextTable) -> dict[str, str]:
    return {note.key: note.facts["lembar"] for note in table.notes if "lembar" in note.key}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("named", [False, True])
def test_its_values_are_those_of_all_villages(tmp_path: Path, kind: str, named: bool) -> None:
    made: Sheets = {"Petunjuk": [["Isi semua lembar"]], **sheets(named=named),
                    "Rekap": [["Kecamatan", "Penduduk"], *([k, 1] for k in sheets())]}  # fmt: skip
    file = books.WRITERS[kind](tmp_path / f"t.{kind}", made)
    source = table_text.open_file(file)
    read_counts = raw_counts.read(source, METHOD)
    assert list(read_counts.codes) == list(small.BPS_CODES)
    assert list(read_counts["kecamatan"]) == list(small.KECAMATAN)
    for n, column in enumerate(contoh.RAW_COLUMNS):
        expected = [Fraction(str(numbers(village)[n])) for village in range(12)]
        assert [Fraction(str(value)) for value in read_counts[column]] == expected
    parts = {name: len(rows) - 1 for name, rows in sheets().items()}
    assert told(source.table(HEAD)) == {
        "lembar_dibaca": ", ".join(f"{name} ({n})" for name, n in parts.items()),
        "lembar_tak_dibaca": "Petunjuk, Rekap",
    }


@pytest.mark.parametrize("prefix", ["Kec. ", "KECAMATAN ", "1. ", "02_"])
def test_a_kecamatan_is_called_as_its_sheet_without_number_and_kind(
    tmp_path: Path, prefix: str
) -> None:
    table = read(tmp_path, sheets(named=True, prefix=prefix))
    assert [row.cells["kecamatan"] for row in table] == list(small.KECAMATAN)


def test_a_cell_is_named_with_its_sheet_and_its_column_there(tmp_path: Path) -> None:
    made = sheets()
    name = small.KECAMATAN[-1]
    column = HEAD.index("penduduk")
    turned = [[*row[:column], *reversed(row[column:])] for row in made[name]]
    turned[1][-1] = "seribu"
    file = books.xlsx(tmp_path / "t.xlsx", {**made, name: turned})
    with pytest.raises(FsvaError) as caught:
        raw_counts.read(table_text.open_file(file), METHOD)
    place = caught.value.places[0]
    letter = chr(ord("A") + len(HEAD) - 1)
    assert (place.cell, place.row, place.found) == (f"{name}!{letter}2", 2, "seribu")


@pytest.mark.parametrize("label", ["Jumlah", "Total", "JUMLAH KECAMATAN"])
def test_a_total_below_a_sheet_is_that_of_its_kecamatan(tmp_path: Path, label: str) -> None:
    made = sheets()
    for rows in made.values():
        rows.append([None, None, label, *(1 for _ in contoh.RAW_COLUMNS)])
    table = read(tmp_path, made)
    assert [(total.kecamatan, total.sheet) for total in table.totals] == [(k, k) for k in made]


def test_one_kecamatan_spelt_in_two_ways_over_two_sheets_is_one(tmp_path: Path) -> None:
    made = sheets()
    name = small.KECAMATAN[0]
    rows = made.pop(name)
    second = [rows[0], [rows[-1][0], name.upper(), *rows[-1][2:]]]
    table = read(tmp_path, {"Bagian 1": rows[:-1], "Bagian 2": second, **made})
    assert {row.cells["kecamatan"] for row in table} == set(small.KECAMATAN)
    assert "kecamatan_ejaan" in {note.key for note in table.notes}


# What does not go together stops with the names of the sheets.


def test_a_village_in_two_sheets_is_named_with_both(tmp_path: Path) -> None:
    made = sheets()
    first, last = small.KECAMATAN[0], small.KECAMATAN[-1]
    made[last].append(made[first][1])
    problem = refused(tmp_path, made)
    assert problem.key == "desa_beberapa_lembar"
    assert [(p.cell, p.village) for p in problem.places] == [
        (f"{first}!2", small.BPS_CODES[0]),
        (f"{last}!{len(made[last])}", small.BPS_CODES[0]),
    ]


@pytest.mark.parametrize("years", [("2023", "2024"), ("Form 0", "Cadangan")])
def test_two_sheets_of_the_same_villages_are_asked_about(
    tmp_path: Path, years: tuple[str, str]
) -> None:
    rows = [row for n, part in enumerate(sheets().values()) for row in part[n > 0 :]]
    problem = refused(tmp_path, dict.fromkeys(years, rows))
    assert (problem.key, [p.found for p in problem.places]) == ("lembar_banyak", list(years))


@pytest.mark.parametrize(("heading", "other"), [("catatan tambahan", 0), ("sarana lain", 1)])
def test_a_sheet_with_other_headings_is_named(tmp_path: Path, heading: str, other: int) -> None:
    made = sheets()
    name = list(made)[other]
    made[name] = [[*row, heading if n == 0 else 7] for n, row in enumerate(made[name])]
    made["lain"] = [list(HEAD), ["9901030001", "C", "D", *numbers(1)]]
    problem = refused(tmp_path, made)
    assert problem.key == "lembar_beda"
    assert [(p.cell, p.column) for p in problem.places] == [(f"{name}!1", heading)]


def test_a_kecamatan_whose_sheet_lacks_a_column_is_not_left_out(tmp_path: Path) -> None:
    made = sheets()
    column = HEAD.index("penduduk")
    made["Kecamatan lain"] = [
        [*row[:column], *row[column + 1 :]]
        for row in [HEAD, ["9901090001", "Lain", "Desa Lain", *numbers(1)]]
    ]
    problem = refused(tmp_path, made)
    assert problem.key == "lembar_beda"
    assert [(p.cell, p.column) for p in problem.places] == [("Kecamatan lain!1", "penduduk")]


@pytest.mark.parametrize("names", [("Sheet1", "Sheet2", "Sheet3"), ("Data 1", "Data 2", "Data 3")])
def test_sheets_without_a_name_give_no_kecamatan(tmp_path: Path, names: tuple[str, ...]) -> None:
    made = dict(zip(names, sheets(named=True).values(), strict=False))
    problem = refused(tmp_path, made)
    assert (problem.key, problem.places[0].column) == ("kolom_hilang", "kecamatan")
