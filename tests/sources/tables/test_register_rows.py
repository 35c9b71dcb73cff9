"""Registers by name and address: counted per village, and nothing personal comes out anywhere."""

from __future__ import annotations

import io
import logging
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from fsva import cli
from fsva.config.editions import edition
from fsva.core.errors import CodeError, EditionError, FsvaError, JoinError, TableError
from fsva.runs import tabulation, target_run
from fsva.sources.tables import register_rows
from fsva.sources.tables.register_rows import Wanted
from fsva.villages import register_counts
from tests.places import contoh, small

pytestmark = pytest.mark.usefixtures("coarse_pictures")

# Persons per village: a pocket, small counts, nobody.
NUMBERS = (120, 101, 0, 4, 5, 30, 2, 100, 99, 1, 102, 3)
FIRST = ("Yosefina", "Dominggus", "Maria Goreti", "Kornelis")
LAST = ("Bere Tallo", "Seran Klau", "Luan Asa")
KEMENDAGRI = dict(zip(small.CODES, small.BPS_CODES, strict=True))
DISTRICT = ("99.01", "9901")
HEADER = "NIK;Nama KRT;Alamat;Kode Desa;Desil"


def person(n: int) -> tuple[str, str, str]:
    """Return NIK, name and address of an invented person."""
    name = f"{FIRST[n % 4]} {LAST[n % 3]}"
    return f"5304{n:012d}", name, f"Jalan Cendana {n} RT 07"


PEOPLE = [
    (*person(n), code, "1")
    for n, code in enumerate(
        code for code, times in zip(small.BPS_CODES, NUMBERS, strict=True) for _ in range(times)
    )
]
OTHERS = [(*person(9000), small.BPS_CODES[2], "4"), (*person(9001), "5306032001", "1")]
SECRETS = sorted(
    {word for row in [*PEOPLE, *OTHERS] for word in row[:3]} | {*LAST, "Yosefina", "Cendana"}
)


def csv_register(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    file = folder / "dtks.csv"
    lines = ["Daftar penerima;;;;", HEADER, *(";".join(row) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def build(folder: Path, hide_below: int = 0, rows: list[tuple[str, ...]] | None = None) -> Path:
    """Write an edition that counts its extremely poor persons in a register."""
    contoh.build(folder, poverty=False)
    csv_register(folder, [*PEOPLE, *OTHERS] if rows is None else rows)
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8") + f"miskin_ekstrem = {contoh.SOURCE}\n"
    text += "\n[data.register.miskin_ekstrem]\n"
    text += 'berkas = "dtks.csv"\nkolom_kode = "kode_desa"\nsyarat = { desil = ["1"] }\n'
    file.write_text(f"{text}sembunyikan_di_bawah = {hide_below}\n", encoding="utf-8")
    return folder


def leaks(content: bytes) -> list[str]:
    return [word for word in SECRETS if word.encode() in content]


def texts_of(file: Path) -> bytes:
    """Return a file's bytes and, of a PDF or workbook, also what its compressed parts hold."""
    content = file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as book:
            content += b"".join(book.read(name) for name in book.namelist())
    if file.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)
                       and o.get("/Subtype") != "/Image"]  # fmt: skip
        content += b"".join(streams)
    return content


def test_rows_are_counted_by_village_and_condition(tmp_path: Path) -> None:
    file = csv_register(tmp_path, [*PEOPLE, *OTHERS])
    wanted = Wanted("Kode Desa", {"Desil": ["1"]})
    found = Counter(register_rows.villages(file, wanted, KEMENDAGRI, DISTRICT))
    assert [found[code] for code in small.BPS_CODES] == list(NUMBERS)
    every = register_rows.villages(file, Wanted("Kode Desa", {}), KEMENDAGRI, DISTRICT)
    assert len(every) == sum(NUMBERS) + 1


def test_a_workbook_and_kemendagri_codes_give_the_same(tmp_path: Path) -> None:
    to_kemendagri = {bps: code for code, bps in KEMENDAGRI.items()}
    file = tmp_path / "p3ke.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in enumerate([HEADER.split(";"), *PEOPLE]):
            code = to_kemendagri.get(cells[3], cells[3])
            sheet.write_row(row, 0, [*cells[:3], code, cells[4]])
    found = register_rows.villages(file, Wanted("kode desa", {}), KEMENDAGRI, DISTRICT)
    assert found == [row[3] for row in PEOPLE]


def test_the_run_shows_counts_and_no_person_in_any_file_or_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder, out = build(tmp_path / "proyek" / "editions" / "contoh-2021", 5), tmp_path / "out"
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    with caplog.at_level(logging.DEBUG):
        assert cli.main(["sasaran", str(folder), "--keluaran", str(out)]) == 0
    written = [f for f in tmp_path.rglob("*") if f.is_file() and f not in before]
    assert {"sasaran.csv", "peta-kantong.pdf", "peta-kantong.png"} <= {f.name for f in written}
    assert {file.name: leaks(texts_of(file)) for file in written} == {f.name: [] for f in written}
    said = capsys.readouterr()
    assert leaks((said.out + said.err + caplog.text).encode()) == []
    assert "4 desa: jumlah dari register kecil dan disembunyikan" in said.out
    table = pd.read_csv(out / "sasaran.csv", sep=";", dtype=str, encoding="utf-8-sig")
    shown = table.set_index("kode_bps")["jiwa_miskin_ekstrem"]
    assert shown[small.BPS_CODES[0]] == "120"
    assert shown[small.BPS_CODES[4]] == "5"


def test_the_search_would_find_a_person(tmp_path: Path) -> None:
    nik, name, _ = person(7)
    plain, packed = tmp_path / "a.csv", zlib.compress(name.encode())
    plain.write_text(f"x;{nik}", encoding="utf-8")
    assert leaks(texts_of(plain)) == [nik]
    assert leaks(packed) == []
    with pikepdf.new() as pdf:
        pdf.Root.Catatan = pdf.make_stream(name.encode())
        pdf.save(tmp_path / "a.pdf")
    assert name in leaks(texts_of(tmp_path / "a.pdf"))


def test_nothing_personal_is_in_the_computed_values(tmp_path: Path) -> None:
    folder = build(tmp_path / "proyek" / "editions" / "contoh-2021")
    order = contoh.order(folder)
    found = target_run.compute(
        order.edition, tabulation.tabulate(order.edition, order.village_layer)
    )
    laid = found.laid
    by_code = dict(zip(laid["kode_bps"], laid["jiwa_miskin_ekstrem"], strict=True))
    assert [by_code[code] for code in small.BPS_CODES] == list(NUMBERS)
    assert found.n_suppressed == 0
    assert leaks(repr([c.tolist() for c in laid.values()] + found.actions).encode()) == []


def build_counts(folder: Path, hide_below: int = 0, more: str = "") -> Path:
    """Write an edition of raw counts whose poor are counted in a register."""
    contoh.build(folder, poverty=False, coverage=False, raw=True)
    csv_register(folder, [*PEOPLE, *OTHERS])
    table = pd.read_csv(folder / "mentah.csv", sep=";", dtype=str, encoding="utf-8-sig")
    table.drop(columns="penduduk_desil_1").to_csv(
        folder / "mentah.csv", sep=";", index=False, encoding="utf-8-sig"
    )
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8") + "\n[data.register.kolom.penduduk_desil_1]\n"
    text += 'berkas = "dtks.csv"\nkolom_kode = "Kode Desa"\nsyarat = { desil = ["1"] }\n'
    file.write_text(f"{text}sembunyikan_di_bawah = {hide_below}\n{more}", encoding="utf-8")
    return folder


def test_a_raw_column_is_counted_and_goes_through_the_formula(tmp_path: Path) -> None:
    folder = build_counts(tmp_path / "proyek" / "editions" / "contoh-2021", hide_below=3)
    made = contoh.tabulated(contoh.order(folder))
    table = made.table.frame.set_index("kode_bps")
    for code, number in zip(small.BPS_CODES, NUMBERS, strict=True):
        value = table["tidak_sejahtera"][code]
        if 0 < number < 3:
            assert pd.isna(value)  # small and hidden: no data, and not zero
            assert (table["tidak_sejahtera_dasar"][code], table["tidak_sejahtera_asal"][code]) == (
                "kosong", "",
            )  # fmt: skip
        else:
            assert value == number / 1000  # of 1,000 inhabitants
            assert table["tidak_sejahtera_asal"][code] == "register"
    assert made.joined.supplied.hidden == {"penduduk_desil_1": 2}
    assert leaks(made.joined.villages.frame.to_csv().encode()) == []


@pytest.mark.slow
def test_no_person_is_in_any_output_of_an_atlas_with_counted_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder = build_counts(tmp_path / "proyek" / "editions" / "contoh-2021", hide_below=5)
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    with caplog.at_level(logging.DEBUG):
        commands = [["atlas"], ["atlas", "--bahasa", "en"], ["ringkasan"], ["keyakinan"]]
        for n, (name, *more) in enumerate(commands):
            out = str(tmp_path / f"{n}")
            assert cli.main([name, str(folder), "--keluaran", out, *more]) == 0, name
        assert cli.main(["jejak", str(folder), small.NAMES[0]]) == 0
        # More poor than inhabitants: the finding names the count and the village, no person.
        counts = (folder / "mentah.csv").read_text(encoding="utf-8-sig")
        (folder / "mentah.csv").write_text(counts.replace(";1000;", ";100;", 1), "utf-8-sig")
        assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "9")]) == 1
        assert "1,2" in (tmp_path / "9" / "periksa.html").read_text(encoding="utf-8")
        book = python_calamine.load_workbook(str(tmp_path / "9" / "periksa.xlsx"))
        head, first, *_ = book.get_sheet_by_index(0).to_python()
        assert first[head.index("penduduk_desil_1 (dihitung)")] == 120
    written = [f for f in tmp_path.rglob("*") if f.is_file() and f not in before]
    names = {f.name for f in written}
    assert {"manifest.json", "laporan.txt", "periksa.html", "periksa.xlsx", "kelas.csv"} <= names
    found = {f.relative_to(tmp_path).as_posix(): leaks(texts_of(f)) for f in written}
    assert {name: words for name, words in found.items() if words} == {}
    said = capsys.readouterr()
    assert leaks((said.out + said.err + caplog.text).encode()) == []
    report = (tmp_path / "0" / "laporan.txt").read_text(encoding="utf-8")
    assert "penduduk_desil_1: banyaknya baris register; 8 desa" in report
    assert "penduduk_desil_1: jumlah di 4 desa kecil dan disembunyikan" in report
    assert "penduduk_desil_1: dihitung dari register, bukan dari tabel" in said.out
    # Small counts are hidden in every form: neither 4 persons nor 4 of 1,000 is told.
    table = pd.read_csv(tmp_path / "0" / "kelas.csv", dtype=str).set_index("kode_bps")
    for code, number in zip(small.BPS_CODES, NUMBERS, strict=True):
        assert pd.isna(table["tidak_sejahtera"][code]) == (0 < number < 5)


def test_the_search_looks_into_workbooks(tmp_path: Path) -> None:
    _, name, _ = person(7)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_comment(0, 0, name)
    assert name not in leaks((tmp_path / "a.xlsx").read_bytes())
    assert name in leaks(texts_of(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("column", ["luas_sawah", "akses_kategori", "NIK"])
def test_only_columns_of_counts_are_counted(tmp_path: Path, column: str) -> None:
    folder = build_counts(tmp_path / "proyek" / "editions" / "contoh-2021")
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace("kolom.penduduk_desil_1", f"kolom.{column}")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        contoh.tabulated(contoh.order(folder))
    place = caught.value.places[0]
    assert (caught.value.key, place.found) == ("register_mentah", column)
    assert text.splitlines()[(place.row or 0) - 1] == f"[data.register.kolom.{column}]"


def test_an_agreed_count_wins_over_the_register(tmp_path: Path) -> None:
    folder = build_counts(tmp_path / "proyek" / "editions" / "contoh-2021")
    file = folder / "mentah.csv"
    table = pd.read_csv(file, sep=";", dtype=str, encoding="utf-8-sig")
    table["Kesepakatan Penduduk Desil 1"] = ["77", *["-"] * 11]
    table.to_csv(file, sep=";", index=False, encoding="utf-8-sig")
    villages = contoh.tabulated(contoh.order(folder)).joined.villages.geo_frame.set_index(
        "kode_bps"
    )
    first = villages.loc[small.BPS_CODES[0]]
    assert (first["penduduk_desil_1"], first["terukur_penduduk_desil_1"]) == (77, "120")
    assert villages["terukur_penduduk_desil_1"].notna().sum() == 1


BROKEN = {
    "NIK as code": (Wanted("NIK", {}), [PEOPLE[0]], CodeError),
    "name as code": (Wanted("Nama KRT", {}), [PEOPLE[0]], CodeError),
    "broken code": (Wanted("Kode Desa", {}), [(*person(1), "99010100O1", "1")], CodeError),
    "unknown village": (Wanted("Kode Desa", {}), [(*person(1), "9901019999", "1")], JoinError),
    "no column": (Wanted("Desa", {}), [PEOPLE[0]], TableError),
    "nobody": (Wanted("Kode Desa", {"Desil": ["7"]}), [PEOPLE[0]], TableError),
    "quotation": (Wanted("Kode Desa", {}), [(*person(1)[:2], '"Jalan', "x", "1")], TableError),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_refusal_shows_no_person(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted, rows, kind = BROKEN[name]
    file = csv_register(tmp_path, list(rows))
    with pytest.raises(kind) as raised:
        register_rows.villages(file, wanted, KEMENDAGRI, DISTRICT)
    assert isinstance(raised.value, FsvaError)
    for language in ("id", "en"):
        cli._report(raised.value, "en" if language == "en" else "id")
    said = capsys.readouterr().err
    assert leaks(said.encode()) == []
    assert "dtks.csv" in said


@given(
    numbers=st.lists(st.integers(0, 12), min_size=1, max_size=8),
    hide_below=st.integers(0, 8),
)
def test_small_counts_are_missing_and_others_exact(numbers: list[int], hide_below: int) -> None:
    villages = [f"v{n}" for n in range(len(numbers))]
    rows = [code for code, times in zip(villages, numbers, strict=True) for _ in range(times)]
    counts = register_counts.count(rows, villages, hide_below)
    for number, value, hidden in zip(numbers, counts.values, counts.suppressed, strict=True):
        assert hidden == (0 < number < hide_below)
        assert pd.isna(value) == hidden
        assert hidden or value == number


def test_a_row_of_no_village_is_not_lost() -> None:
    with pytest.raises(KeyError):
        register_counts.count(["x"], ["a"])


def test_a_table_and_a_register_contradict_each_other(tmp_path: Path) -> None:
    folder = build(tmp_path / "proyek" / "editions" / "contoh-2021")
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[data]\n", '[data]\nmiskin_ekstrem = "x.csv"\n', 1), "utf-8")
    with pytest.raises(FsvaError):
        edition.load(folder)
