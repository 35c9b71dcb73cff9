"""The tables of an edition: what is read, and what is refused cell by cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from fsva.core.errors import CodeError, FsvaError, Place, TableError
from fsva.sources.cells import records, table_text
from tests.places import small
from tests.places.framed import edition_tables

NOBODY: frozenset[tuple[str, str]] = frozenset()
SATU, TIGA = "Satu (9901010001)", "Tiga (9901010003)"


def write(folder: Path, text: str) -> Path:
    file = folder / "tabel.csv"
    file.write_bytes(text.encode("utf-8-sig"))
    return file


@pytest.mark.parametrize("mark", [",", "."])
def test_comma_and_point_read_alike(tmp_path: Path, mark: str) -> None:
    file = write(tmp_path, small.indicators_csv(mark))
    frame = edition_tables.read_indicators(
        table_text.open_file(file), small.shipped_method(), NOBODY
    )
    pd.testing.assert_frame_equal(frame, small.table(), check_column_type=False)


def test_an_empty_cell_is_not_known_and_never_zero(tmp_path: Path) -> None:
    text = small.indicators_csv().replace("Satu;0,0250;", "Satu;;", 1)
    frame = edition_tables.read_indicators(
        table_text.open_file(write(tmp_path, text)), small.shipped_method(), NOBODY
    )
    assert frame["lahan"].isna().tolist() == [True] + [False] * 11


def test_values_are_rounded_half_up_to_the_digits_of_the_method(tmp_path: Path) -> None:
    text = small.indicators_csv().replace("Satu;0,0250;", "Satu;0,03725;", 1)
    frame = edition_tables.read_indicators(
        table_text.open_file(write(tmp_path, text)), small.shipped_method(), NOBODY
    )
    assert frame["lahan"].iloc[0] == 0.0373


def with_cell(column: str, text: str) -> str:
    """Return the table of the twelve villages with another text in one cell of the first."""
    head, first, rest = small.indicators_csv().split("\r\n", 2)
    cells = dict(zip(head.split(";"), first.split(";"), strict=True)) | {column: text}
    return "\r\n".join((head, ";".join(cells.values()), rest))


@pytest.mark.parametrize(
    ("column", "text", "error", "key", "village"),
    [
        ("kode_bps", "990101001", CodeError, "kode_bps", "Satu (990101001)"),
        ("kode_bps", "9,90101E+09", CodeError, "kode_bps", "Satu (9,90101E+09)"),
        ("kode_bps", "", CodeError, "kode_bps", "Satu"),
        ("kode_bps", "9901010003", CodeError, "kode_ganda", "Satu (9901010003)"),
        ("desa", "", TableError, "sel_kosong", "9901010001"),
        ("kecamatan", "", TableError, "sel_kosong", SATU),
        ("lahan", "sedikit", TableError, "bukan_angka", SATU),
        ("lahan", "NaN", TableError, "bukan_angka", SATU),
        ("lahan", "inf", TableError, "bukan_angka", SATU),
        ("lahan", "-", TableError, "bukan_angka", SATU),
        ("lahan", "n.a.", TableError, "bukan_angka", SATU),
        ("lahan", "1.234,5", TableError, "bukan_angka", SATU),
        ("lahan", "0.0250", TableError, "tanda_campur", SATU),
        ("lahan", "2,5", TableError, "di_luar_rentang", SATU),
        ("lahan", "-0,1", TableError, "di_luar_rentang", SATU),
        ("lahan", "9" * 400, TableError, "di_luar_rentang", SATU),
        ("akses", "9" * 400, TableError, "bukan_kategori", SATU),
        ("akses", "5", TableError, "bukan_kategori", SATU),
        ("akses", "1,4", TableError, "bukan_kategori", SATU),
    ],
)
def test_a_bad_cell_is_named_with_its_row_column_and_village(
    tmp_path: Path, column: str, text: str, error: type[FsvaError], key: str, village: str
) -> None:
    file = write(tmp_path, with_cell(column, text))
    with pytest.raises(error) as caught:
        edition_tables.read_indicators(table_text.open_file(file), small.shipped_method(), NOBODY)
    assert caught.value.key == key
    found = replace(caught.value.places[0], ailment=None, likely=None)
    assert found == Place(file, 2, column, village, text)


def test_a_missing_indicator_column_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, small.indicators_csv().replace("air_bersih", "air", 1))
    with pytest.raises(TableError) as caught:
        edition_tables.read_indicators(table_text.open_file(file), small.shipped_method(), NOBODY)
    assert caught.value.places == [Place(file, 1, "air_bersih")]


def test_every_offender_is_named(tmp_path: Path) -> None:
    text = small.indicators_csv().replace("Satu;0,0250", "Satu;x").replace("Tiga;0,0750", "Tiga;y")
    with pytest.raises(TableError) as caught:
        edition_tables.read_indicators(
            table_text.open_file(write(tmp_path, text)), small.shipped_method(), NOBODY
        )
    assert [(p.village, p.found) for p in caught.value.places] == [(SATU, "x"), (TIGA, "y")]


def test_a_value_out_of_range_stands_where_the_edition_accepts_it(tmp_path: Path) -> None:
    file = write(tmp_path, small.indicators_csv().replace("Satu;0,0250", "Satu;1,6659"))
    accepted = frozenset({(small.BPS_CODES[0], "lahan")})
    frame = edition_tables.read_indicators(
        table_text.open_file(file), small.shipped_method(), accepted
    )
    assert frame["lahan"].iloc[0] == 1.6659


PUBLISHED = (
    "kode_bps;desa;lahan_kelas;sarana_kelas;tidak_sejahtera_kelas;akses_kelas;air_bersih_kelas;"
    "nakes_kelas;komposit;komposit_kelas;peringkat\n"
    "9901010001;Satu;1;2;3;4;;6;47,82;3;72\n"
)


def test_published_classes_may_be_lost(tmp_path: Path) -> None:
    row = edition_tables.read_published(
        table_text.open_file(write(tmp_path, PUBLISHED)), small.shipped_method()
    ).iloc[0]
    assert pd.isna(row["air_bersih_kelas"])
    assert (row["lahan_kelas"], row["komposit"], row["peringkat"]) == (1, 47.82, 72)


@pytest.mark.parametrize(
    ("old", "new", "key", "column"),
    [
        (";1;2;", ";7;2;", "bukan_kelas", "lahan_kelas"),
        (";1;2;", ";0;2;", "bukan_kelas", "lahan_kelas"),
        (";1;2;", ";1,0;2;", "bukan_kelas", "lahan_kelas"),
        (";72", ";0", "bukan_peringkat", "peringkat"),
        (";72", ";ke-72", "bukan_peringkat", "peringkat"),
        ("47,82", "47,8x", "bukan_angka", "komposit"),
    ],
)
def test_a_bad_published_cell_is_named(
    tmp_path: Path, old: str, new: str, key: str, column: str
) -> None:
    file = write(tmp_path, PUBLISHED.replace(old, new, 1))
    with pytest.raises(TableError) as caught:
        edition_tables.read_published(table_text.open_file(file), small.shipped_method())
    place = caught.value.places[0]
    assert (caught.value.key, place.row, place.column, place.village) == (key, 2, column, SATU)


def test_what_is_wrong_in_one_column_does_not_hide_the_next(tmp_path: Path) -> None:
    lines = small.indicators_csv().splitlines()
    cells = [line.split(";") for line in lines]
    cells[1][3], cells[2][4], cells[3][6] = "-", "#DIV/0!", "7"
    file = write(tmp_path, "\n".join(";".join(row) for row in cells))
    with pytest.raises(TableError) as caught:
        edition_tables.read_indicators(
            table_text.open_file(file), small.shipped_method(), frozenset()
        )
    every = [caught.value, *caught.value.others]
    assert [(e.key, p.row, p.column) for e in every for p in e.places] == [
        ("bukan_angka", 2, "lahan"),
        ("bukan_angka", 3, "sarana"),
        ("bukan_kategori", 4, "akses"),
    ]


def test_crosswalk_reads_both_codes(tmp_path: Path) -> None:
    frame = edition_tables.read_crosswalk(write(tmp_path, small.crosswalk_csv()))
    pd.testing.assert_frame_equal(frame, small.crosswalk(), check_column_type=False)


def test_a_table_without_codes_and_with_an_empty_name_is_refused_for_both(tmp_path: Path) -> None:
    file = write(tmp_path, with_cell("desa", "").replace("kode_bps", "kbps", 1))
    with pytest.raises(FsvaError) as caught:
        edition_tables.read_indicators(table_text.open_file(file), small.shipped_method(), NOBODY)
    keys = {one.key for one in (caught.value, *caught.value.others)}
    assert keys == {"kolom_hilang", "sel_kosong"}


@pytest.mark.parametrize(
    ("old", "new", "key", "villages"),
    [
        ("99.01.01.2001", "99.01.01.201", "kode_kemendagri", [SATU]),
        ("99.01.01.2001", "99.01.01.2003", "kode_ganda", [SATU, TIGA]),
        ("9901010001", "9901010003", "kode_ganda", ["Satu (9901010003)", TIGA]),
    ],
)
def test_crosswalk_must_be_one_to_one(
    tmp_path: Path, old: str, new: str, key: str, villages: list[str]
) -> None:
    file = write(tmp_path, small.crosswalk_csv().replace(old, new, 1))
    with pytest.raises(CodeError) as caught:
        edition_tables.read_crosswalk(file)
    assert (caught.value.key, [p.village for p in caught.value.places]) == (key, villages)


@pytest.mark.parametrize("name", ["kode_bps", "kode_kemendagri", "id desa"])
def test_thousands_of_rows_of_one_code_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A table of households took a minute to be refused."""
    rows = "\n".join(
        f"{'99.01.01.2001' if 'kem' in name else 9901010001};Utara;Satu;0,1" for _ in range(3000)
    )
    file = write(tmp_path, f"{name};kecamatan;desa;lahan\n{rows}\n")
    monkeypatch.setattr(records, "read", None)
    with pytest.raises(CodeError) as caught:
        edition_tables.read_indicators(table_text.open_file(file), small.shipped_method(), NOBODY)
    assert (caught.value.key, len(caught.value.places)) == ("kode_ganda", 3000)
    assert caught.value.places[0].row == 2
    assert caught.value.places[0].village.startswith("Satu (99")
