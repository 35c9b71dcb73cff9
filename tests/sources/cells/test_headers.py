"""Tables as offices lay them out: titles above, headers of two rows, merged kecamatan, totals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions import headings
from fsva.config.methods import method
from fsva.core.errors import CodeError, TableError
from fsva.sources.cells import headers, table_text
from fsva.sources.cells.grid import Grid, MergedAreas
from fsva.sources.cells.table_text import TextTable
from tests.places import books, small
from tests.places.books import Value
from tests.places.framed import edition_tables, raw_counts

KEYS = ["kode_bps", "kecamatan", "desa"]
CODES = small.BPS_CODES
METHODS = sorted((small.ROOT / "styles" / "metode").glob("*.toml"))


def csv(folder: Path, *lines: str, separator: str = ";") -> Path:
    file = folder / "tabel.csv"
    file.write_text("\n".join(lines).replace("|", separator) + "\n", encoding="utf-8")
    return file


def cells(table: TextTable, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.cells[column] for column in columns) for row in table]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_header_stands_anywhere_in_the_first_twenty_rows(
    tmp_path: Path, separator: str, above: int
) -> None:
    notes = ["Tabel 3. Lahan, Kabupaten Contoh; 2021" if n % 2 else "" for n in range(above)]
    head, row = "Kode BPS|Kecamatan|Nama Desa|Lahan", f"{CODES[0]}|Utara|Satu|7"
    quoted = [f'"{note}"' for note in notes]
    table = table_text.read(
        csv(tmp_path, *quoted, head, row, separator=separator), [*KEYS, "lahan"]
    )
    assert cells(table, *KEYS, "lahan") == [(CODES[0], "Utara", "Satu", "7")]
    assert (table.header_row, table.rows[0].number) == (above + 1, above + 2)


def test_decimal_commas_do_not_make_a_file_comma_separated(tmp_path: Path) -> None:
    head = "kode_bps|kecamatan|desa|lahan|sarana"
    row = f"{CODES[0]}|Utara|Satu|0,1|0,2"
    table = table_text.read(csv(tmp_path, "Data, Kabupaten, Contoh, 2021, final", head, row), KEYS)
    assert cells(table, "lahan", "sarana") == [("0,1", "0,2")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("KODE  BPS", "kode_bps"),
        ("Kode\nDesa (BPS)", "kode_wilayah"),
        ("Kode Desa BPS", "kode_bps"),
        ("Desa/Kelurahan", "desa"),
        ("Luas\nWilayah (ha)", "luas_ha"),
        ("Jumlah Penduduk (jiwa)", "penduduk"),
        ("Kelas Rasio Lahan", "lahan_kelas"),
        ("Prioritas: Akses Penghubung", "akses_kelas"),
        ("KESEPAKATAN Lahan", "kesepakatan_lahan"),
        ("Indeks", "komposit"),
        ("Kelas komposit", "komposit_kelas"),
        ("Nama", None),
        ("Air", None),
    ],
)
def test_headings_are_known_whatever_their_writing(heading: str, name: str | None) -> None:
    assert headings.shipped().name_of(heading) == name


@pytest.mark.parametrize("file", METHODS, ids=lambda file: file.stem)
@pytest.mark.parametrize("is_raw", [False, True])
def test_every_name_of_a_method_is_a_heading(file: Path, is_raw: bool) -> None:
    rules = method.load_open(file)
    known = headings.of_method(rules, raw=is_raw)
    words = headings.shipped().with_names(known)
    for name, titles in known.items():
        assert {words.name_of(title) for title in (name, *titles)} == {name}


@given(st.text(max_size=30))
def test_a_plain_heading_stays_as_it_is(text: str) -> None:
    once = headings.plain(text)
    assert headings.plain(once) == once
    assert headings.plain(text.upper()) == headings.plain(text.upper().lower())


def test_the_name_itself_wins_over_a_synonym(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kelurahan|desa", f"{CODES[0]}|lain|Satu")
    table = table_text.read(file, ["kode_bps", "desa"])
    assert table.columns == ("kode_bps", "kelurahan", "desa")
    assert cells(table, "desa") == [("Satu",)]


def test_two_headings_for_one_column_are_refused(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|Kelurahan|Nama Desa", f"{CODES[0]}|lain|Satu")
    with pytest.raises(TableError) as caught:
        table_text.read(file, ["kode_bps", "desa"])
    assert (caught.value.key, caught.value.places[0].column) == ("kolom_ganda", "desa")


FORM_0: list[list[Value]] = [
    ["FORM 0. VALIDASI DATA"],
    ["Kabupaten Contoh"],
    [],
    ["No", "Kecamatan", "Kode BPS", "Desa", "Luas Lahan", None, None, "Luas Wilayah"],
    [None, None, None, None, "Sawah", "Ladang", "Pekarangan", None],
    [None, None, None, None, "(ha)", "(ha)", "(ha)", "(ha)"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    [1, "Utara", CODES[0], "Satu", 10, 2.5, 1, 100],
    [2, None, CODES[1], "Dua", 20, 2.5, 1, 200],
    ["Jumlah", None, None, None, 30, 5, 2, 300],
    [3, "Selatan", CODES[6], "Tujuh", 5, 0, 0, 50],
    [4, None, CODES[7], "Delapan", "-", "-", "-", "-"],
    ["Jumlah", None, None, None, 5, 0, 0, 50],
    ["Jumlah Kabupaten", None, None, None, 35, 5, 2, 350],
    [5, "-", "-", "-", "-", "-", "-", "-"],
    [],
    ["Sumber: Dinas Pertanian, 2021"],
]
LAND = ["luas_sawah", "luas_ladang", "luas_pekarangan", "luas_ha"]


@pytest.mark.parametrize("kind", sorted(books.WRITERS))
def test_a_form_with_two_header_rows_and_totals_is_read_as_it_is(tmp_path: Path, kind: str) -> None:
    file = books.WRITERS[kind](tmp_path / f"form.{kind}", {"Form 0": FORM_0})
    table = table_text.read(file, [*KEYS, *LAND])
    assert cells(table, "kecamatan", "desa", *LAND) == [
        ("Utara", "Satu", "10", "2.5", "1", "100"),
        ("Utara", "Dua", "20", "2.5", "1", "200"),
        ("Selatan", "Tujuh", "5", "0", "0", "50"),
        ("Selatan", "Delapan", "", "", "", ""),
    ]
    assert [(t.number, t.label, t.kecamatan, t.cells["luas_ha"]) for t in table.totals] == [
        (10, "Jumlah", "Utara", "300"),
        (13, "Jumlah", "Selatan", "50"),
        (14, "Jumlah Kabupaten", "", "350"),
    ]
    place = table.place(table.rows[1], "luas_ladang")
    assert (place.row, place.cell, place.found) == (9, "Form 0!F9", "2.5")


def test_merged_areas_of_a_workbook_are_followed(tmp_path: Path) -> None:
    rows = [list(row) for row in FORM_0[3:12]]
    file = books.xlsx(
        tmp_path / "a.xlsx", {"Data": rows}, ["E1:G1", "A1:A2", "B1:B2", "B5:B6", "B8:B9"]
    )
    table = table_text.read(file, [*KEYS, *LAND])
    assert cells(table, "kecamatan", "luas_sawah")[:3] == [
        ("Utara", "10"),
        ("Utara", "20"),
        ("Selatan", "5"),
    ]


def test_a_merged_kecamatan_is_filled_in_even_where_names_repeat(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [*KEYS, "x"],
        [CODES[0], "Utara", "Satu", 1],
        [CODES[1], "Utara", "Dua", 1],
        [CODES[2], None, "Tiga", 1],
    ]
    file = books.xlsx(tmp_path / "a.xlsx", {"Data": rows}, ["B3:B4"])
    assert [c for (c,) in cells(table_text.read(file, KEYS), "kecamatan")] == ["Utara"] * 3


@pytest.mark.parametrize(
    ("third", "filled"),
    [
        (f"{CODES[2]}||Tiga|1", ["Utara", "", ""]),  # the column is filled in row by row
        (f"{CODES[6]}||Tiga|1", ["Utara", "", ""]),
    ],
)
def test_a_kecamatan_forgotten_in_one_row_is_not_guessed(
    tmp_path: Path, third: str, filled: list[str]
) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", f"{CODES[0]}|Utara|Satu|1",
               f"{CODES[1]}|Utara|Dua|1", third)  # fmt: skip
    table = table_text.read(file, KEYS)
    assert table.rows[2].cells["kecamatan"] == ""
    with pytest.raises(TableError) as caught:
        edition_tables.read_villages(table_text.open_file(file), [])
    assert caught.value.key == "sel_kosong"


def test_a_kecamatan_is_not_carried_to_a_code_of_another(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", f"{CODES[0]}|Utara|Satu|1",
               f"{CODES[1]}||Dua|1", f"{CODES[6]}||Tujuh|1")  # fmt: skip
    names = [c for (c,) in cells(table_text.read(file, KEYS), "kecamatan")]
    assert names == ["Utara", "Utara", ""]


def test_a_row_that_names_the_kecamatan_above_its_villages(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", "|Utara||", f"{CODES[0]}||Satu|1",
               f"{CODES[1]}||Dua|2", "|Selatan||", f"{CODES[6]}||Tujuh|3")  # fmt: skip
    assert cells(table_text.read(file, KEYS), "kecamatan", "desa") == [
        ("Utara", "Satu"),
        ("Utara", "Dua"),
        ("Selatan", "Tujuh"),
    ]


@pytest.mark.parametrize(
    ("line", "label", "kecamatan"),
    [
        ("|Utara||3", "Utara", "Utara"),
        ("|Jumlah||3", "Jumlah", ""),
        ("|Sub Total||3", "Sub Total", "Utara"),
        ("Jumlah Kecamatan Utara|||3", "Jumlah Kecamatan Utara", "Utara"),
        ("||TOTAL|3", "TOTAL", ""),
        ("|Rata-rata||1,5", "Rata-rata", ""),
    ],
)
def test_totals_are_kept_apart(tmp_path: Path, line: str, label: str, kecamatan: str) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", f"{CODES[0]}|Utara|Satu|1",
               f"{CODES[1]}|Utara|Dua|2", line)  # fmt: skip
    table = table_text.read(file, KEYS)
    assert [desa for (desa,) in cells(table, "desa")] == ["Satu", "Dua"]
    assert [(t.label, t.kecamatan) for t in table.totals] == [(label, kecamatan)]


def test_a_village_with_a_code_is_never_a_total(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", f"{CODES[0]}|Utara|Total|1")
    table = table_text.read(file, KEYS)
    assert (cells(table, "desa"), table.totals) == ([("Total",)], ())


def test_a_village_without_a_code_is_not_lost(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|x", f"{CODES[0]}|Utara|Satu|1", "|Utara|Dua|2")
    with pytest.raises(CodeError) as caught:
        edition_tables.read_villages(table_text.open_file(file), ["x"])
    assert (caught.value.key, caught.value.places[0].row) == ("kode_bps", 3)


def test_a_dash_among_numbers_is_refused(tmp_path: Path) -> None:
    file = csv(tmp_path, "kode_bps|kecamatan|desa|lahan|nakes", f"{CODES[0]}|Utara|Satu|-|2")
    assert cells(table_text.read(file, KEYS), "lahan") == [("-",)]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Luas Wilayah (km2)", "ha"), ("Luas (km²) Wilayah", "ha"), ("luas_ha (m2)", "ha"),
     ("Jumlah Penduduk (ribu jiwa)", "jiwa"), ("Jumlah Rumah Tangga (KK)", "rt"),
     ("Rasio Lahan (%)", "rasio")],
)  # fmt: skip
def test_a_heading_with_another_unit_is_refused(tmp_path: Path, heading: str, unit: str) -> None:
    name = headings.shipped().name_of(heading)
    assert name is not None
    rows: list[list[Value]] = [["Kode BPS", heading], [CODES[0], 1]]
    file = books.xlsx(tmp_path / "a.xlsx", {"Data": rows})
    with pytest.raises(TableError) as caught:
        table_text.read(file, ["kode_bps", name])
    assert (caught.value.key, caught.value.facts) == ("satuan_judul", {"satuan": unit})
    assert caught.value.places[0].cell == "Data!B1"


def test_a_unit_below_the_header_counts_too(tmp_path: Path) -> None:
    file = csv(tmp_path, "Kode BPS|Luas Wilayah", "|km2", f"{CODES[0]}|1")
    with pytest.raises(TableError) as caught:
        table_text.read(file, ["kode_bps", "luas_ha"])
    assert caught.value.key == "satuan_judul"


FORM_4 = [
    ["Template Hasil Analisis"],
    ["No", "Kecamatan", "Kode Kec", "Kode Kemendagri", "Kode BPS", "Desa", "Prioritas",
     None, None, None, None, None, "Indeks", "Peringkat", "Kelas Komposit"],
    [*[None] * 6, "Lahan", "Sarana", "Tidak Sejahtera", "Akses", "Air Bersih", "Nakes"],
    [1, "Utara", "990101", small.CODES[0], CODES[0], "Satu", 1, 2, 3, 4, 5, 6, 47.82, 2, 3],
    [2, None, None, small.CODES[1], CODES[1], "Dua", *["-"] * 6, "-", "-", "-"],
]  # fmt: skip


@pytest.mark.parametrize("group", ["Prioritas", "Kelas", None])
def test_the_result_form_gives_the_published_classes(tmp_path: Path, group: str | None) -> None:
    rows = [[group if value == "Prioritas" else value for value in row] for row in FORM_4]
    file = books.xlsx(tmp_path / "form4.xlsx", {"Form 4": rows})
    found = edition_tables.read_published(table_text.open_file(file), small.shipped_method())
    assert found.index.tolist() == list(CODES[:2])
    ids = [f"{i.id}_kelas" for i in small.shipped_method().indicators]
    assert found.loc[CODES[0], ids].tolist() == [1, 2, 3, 4, 5, 6]
    assert found.loc[CODES[0], ["komposit", "peringkat", "komposit_kelas"]].tolist() == [
        47.82,
        2,
        3,
    ]
    assert found.loc[CODES[1]].isna().all()


def test_decimal_marks_are_judged_in_each_column(tmp_path: Path) -> None:
    head = "kode_bps|kecamatan|desa|lahan|sarana"
    file = csv(tmp_path, head, f"{CODES[0]}|U|Satu|0,25|0.5", f"{CODES[1]}|U|Dua|0,5|0.25")
    table, _ = edition_tables.read_villages(table_text.open_file(file), ["lahan", "sarana"])
    assert cells(table, "lahan", "sarana") == [("0,25", "0.5"), ("0,5", "0.25")]
    file = csv(tmp_path, head, f"{CODES[0]}|U|Satu|0,25|0.5", f"{CODES[1]}|U|Dua|0.5|0.25")
    with pytest.raises(TableError) as caught:
        edition_tables.read_villages(table_text.open_file(file), ["lahan", "sarana"])
    assert (caught.value.key, caught.value.places[0].column) == ("tanda_campur", "lahan")


@pytest.mark.shared
def test_a_real_table_of_a_kota_is_read_by_its_own_headings(shared_dir: Path) -> None:
    file = shared_dir / "cases" / "kota-cilegon-2024.csv"
    own = pd.read_csv(file, dtype={"kode_bps": str})
    rules = method.load_open(small.ROOT / "styles" / "metode" / "fsva-kota-5.toml")
    read = raw_counts.read(table_text.open_file(file), rules)
    assert read.index.tolist() == own["kode_bps"].tolist()
    for ours, theirs in (
        ("desa", "kelurahan"), ("jumlah_sarana", "n_sarana"), ("luas_ha", "luas_ha"),
        ("penduduk_desil_1", "n_miskin_jiwa"), ("tenaga_kesehatan", "n_nakes"),
    ):  # fmt: skip
        assert read[ours].tolist() == own[theirs].tolist()


def test_a_first_village_with_a_dash_is_no_part_of_the_header(tmp_path: Path) -> None:
    file = csv(tmp_path, "No|Kode BPS|Desa|Lahan|Catatan", f"1|{CODES[0]}|Satu|-|x",
               f"2|{CODES[1]}|Dua|1|y")  # fmt: skip
    table = table_text.read(file, ["kode_bps"], None, {"lahan": ()})
    assert cells(table, "kode_bps", "lahan") == [(CODES[0], "-"), (CODES[1], "1")]


# A heading over several columns: only its total is the value.

SEXES = {"L": "4", "P": "5", "Jumlah": "9", "Total": "9", "L + P": "9", "2019": "8", "2020": "9"}


def below_a_group(group: str, parts: Sequence[str], key_words: bool = False) -> list[list[Value]]:
    """Return a table whose last heading stands over some columns, as BPS prints population."""
    under = ["BPS" if key_words else None, None, None]
    return [
        [*KEYS, group, *[None] * (len(parts) - 1)],
        [*under, *parts],
        [CODES[0], "Utara", "Satu", *(SEXES.get(part, "3") for part in parts)],
    ]


@pytest.mark.parametrize("kind", ["csv", *sorted(books.WRITERS)])
@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize(
    ("group", "parts"),
    [
        ("penduduk", ("L", "P", "Jumlah")),
        ("Jumlah Penduduk", ("Total", "L", "P")),
        ("Penduduk", ("L", "P", "L + P")),
        ("Tenaga Kesehatan", ("Dokter", "Bidan", "Jumlah")),
    ],
)
def test_of_columns_below_one_heading_the_total_is_the_value(
    tmp_path: Path, kind: str, merged: bool, group: str, parts: tuple[str, ...]
) -> None:
    name = "tenaga_kesehatan" if group.startswith("Tenaga") else "penduduk"
    table = below_a_group(group, parts)
    if kind == "csv":
        file = csv(tmp_path, *("|".join(str(cell or "") for cell in row) for row in table))
    else:
        layout = books.Layout(merged=[(0, 3, 0, 2 + len(parts))] if merged else [])
        file = books.WRITERS[kind](tmp_path / f"a.{kind}", {"Data": table}, layout=layout)
    assert cells(table_text.read(file, [*KEYS, name]), name) == [("9",)]


@pytest.mark.parametrize("key_words", [False, True])
@pytest.mark.parametrize(
    ("group", "parts"),
    [
        ("penduduk", ("L", "P")),
        ("Penduduk", ("2019", "2020")),
        ("Jumlah Penduduk", ("Tetap", "Musiman")),
    ],
)
def test_no_part_of_a_group_is_taken_for_the_whole(
    tmp_path: Path, key_words: bool, group: str, parts: tuple[str, ...]
) -> None:
    table = below_a_group(group, parts, key_words)
    with pytest.raises(TableError) as caught:
        table_text.read(books.xlsx(tmp_path / "a.xlsx", {"Data": table}), [*KEYS, "penduduk"])
    assert caught.value.key == "kolom_ganda"
    assert [(p.cell, p.found) for p in caught.value.places] == [
        (f"Data!{'DE'[n]}2", f"{group} {part}") for n, part in enumerate(parts)
    ]


def test_a_village_without_its_code_divides_no_heading(tmp_path: Path) -> None:
    table: list[list[Value]] = [
        [*KEYS, "penduduk", None], [None, "Utara", "Satu", 9, "baru"], [CODES[1], "Utara", "Dua", 8]
    ]  # fmt: skip
    found = table_text.read(books.xlsx(tmp_path / "a.xlsx", {"Data": table}), [*KEYS, "penduduk"])
    assert cells(found, "desa", "penduduk") == [("Satu", "9"), ("Dua", "8")]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Balita Stunting (anak)", "persen"), ("Penduduk Miskin (jiwa)", "persen"),
     ("Ketersediaan Energi (kkal/kapita/hari)", "persen"), ("Cadangan Pangan Pemerintah (ton)",
     "rasio"), ("Lama Sekolah Perempuan (bulan)", "tahun"), ("NCPR (%)", "rasio"),
     ("Tanpa Air Bersih (rumah tangga)", "rasio/persen"), ("Jumlah Penduduk (000 jiwa)", "jiwa"),
     ("Tenaga Kesehatan (ribu orang)", "jiwa")],
)  # fmt: skip
def test_counts_are_not_taken_for_shares(tmp_path: Path, heading: str, unit: str) -> None:
    test_a_heading_with_another_unit_is_refused(tmp_path, heading, unit)


@pytest.mark.parametrize(
    "heading",
    ["Tenaga Kesehatan (orang)", "Skor PPH (%)", "Tanpa Air Bersih (%)", "Stunting (%)",
     "Lama Sekolah Perempuan (tahun)", "Rasio NCPR (rasio)"],
)  # fmt: skip
def test_the_usual_units_of_headings_are_right(tmp_path: Path, heading: str) -> None:
    name = headings.shipped().name_of(heading)
    assert name
    file = books.xlsx(tmp_path / "a.xlsx", {"Data": [["Kode BPS", heading], [CODES[0], 1]]})
    assert cells(table_text.read(file, ["kode_bps", name]), name) == [("1",)]


def test_a_cell_far_to_the_right_makes_a_header_no_search_of_all_pairs_of_columns() -> None:
    """A damaged workbook of 4 kB with a cell in column 16,384 took a minute."""
    wide, asked = 4000, 0
    rows = [["kode_bps", "kecamatan", "desa"], ["Luas"], *([CODES[0]] for _ in range(18))]
    grid = Grid(tuple((*row, *[""] * (wide - len(row) - 1), "x") for row in rows))

    def counted(self: Grid, row: int, column: int) -> str:
        nonlocal asked
        asked += 1
        return self.rows[row][column]

    with patch.object(Grid, "text", counted):
        found = headers.find(grid, ["kode_bps", "desa"], headings.shipped())
    assert found is not None
    assert found.columns[:3] == ("kode_bps", "kecamatan", "desa")
    # Each cell of each try of one to three rows in the first twenty, perhaps twice.
    assert asked <= 2 * wide * headers.LAST_ROW * (1 + 2 + 3)


def test_merged_areas_are_found_by_their_columns() -> None:
    areas = [((0, 4), (2, 5)), ((0, 0), (0, 1)), ((1, 0), (1, 9)), ((1, 2), (1, 3))]
    merged = MergedAreas(areas)
    assert [merged.first_of(0, c) for c in range(7)] == [
        (0, 0), (0, 0), None, None, (0, 4), (0, 4), None,
    ]  # fmt: skip
    # Areas that overlap, which no spreadsheet writes: a cell lies in one of them.
    assert [merged.first_of(1, c) for c in (0, 3, 5, 9, 10)] == [(1, 0)] * 4 + [None]
    assert [merged.has_row(n) for n in range(4)] == [True, True, True, False]
