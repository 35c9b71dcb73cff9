"""The cells of every table that is written: escaped, rounded, and as their schema declares them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from python_calamine import load_workbook

from fsva import cli
from fsva.config.styles import output_tables
from fsva.config.styles.output_tables import SheetColumn
from fsva.core import texts
from fsva.core.errors import TableError
from fsva.files.tables import cells, ledgers
from fsva.sources.plain.plain_table import columns_of
from tests.places import contoh, small
from tests.places.framed import crosswalks, inherited_values, output_folders, repair, village_rows
from tests.places.small import ROOT, shipped_method
from tests.project import written_tables

pytestmark = pytest.mark.usefixtures("coarse_pictures")

STARTS = ("=cmd()", "+cmd()", "-cmd()", "@cmd()", "\tcmd()", "\rcmd()", "\n=cmd()", "＝cmd()")
# Names that a layer may hold and an edition be made with: without control characters.
NAMES = ("=cmd()|", "+cmd() ", "-cmd() ", "@cmd() ", "x;=cmd() ", "x,@cmd() ")
SIGNS = tuple("=+-@＝＋－＠")
WHOLE = re.compile(r"[+-]?\d+([.,]\d+)?")


def every_cell(data: bytes) -> Iterator[str]:
    """Yield the cells of a file as spreadsheets of either setting would split it."""
    text = data.decode("utf-8-sig")
    for separator in ",;\t":
        # Line ends of all kinds begin a row, quotes or not: the worst that a program may do.
        for line in re.split(r"[\r\n]+", text):
            yield from (cell.strip().removeprefix('"') for cell in line.split(separator))
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from row


def formulas(data: bytes) -> list[str]:
    """Return the cells that a spreadsheet would compute."""
    found = map(str.strip, every_cell(data))
    return [c for c in found if c.startswith(SIGNS) and not WHOLE.fullmatch(c)]


def test_formulas_are_found() -> None:
    assert formulas(b"a;b\r\n1;=cmd()\r\n") == ["=cmd()"] * 2
    assert formulas(b"a,b\nx;=cmd(),-5\n") == ["=cmd(),-5"] * 2


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("form", [cells.for_offices, cells.for_programs])
@pytest.mark.parametrize("text", ["{}", "x;{}", "x,{}", "x\r{}", "x\n{}", "x\t {}", '"{}'])
def test_no_cell_is_a_formula(start: str, form: type, text: str) -> None:
    data = form({"nama": [text.format(start), "Satu"], "kode": ["1", "2"]})
    assert not formulas(data)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""),
                               delimiter=";" if data.startswith(b"\xef") else ","))  # fmt: skip
    assert [row["kode"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize("cell", ["-0,5", "+1", "-12.25", "Na'u", "Desa-1", "a = b", "1; 2"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert cells.safe(cell) == cell


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.0125, 3, "0.013"), (2.5, 0, "3"), (0.247, 4, "0.2470"), (-0.04, 1, "0.0"),
     (None, 0, ""), (float("nan"), 1, ""), (1e-9, 6, "0.000000"), (15278718.04, 1, "15278718.0")],
)  # fmt: skip
def test_numbers_are_rounded_half_up(value: float, digits: int, text: str) -> None:
    assert cells.number(value, digits, ".") == text


def test_a_column_that_the_schema_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError, match="lain"):
        cells.write("cakupan.csv", {"program": ["a"], "lain": [1]})
    with pytest.raises(KeyError, match="dilayani"):
        cells.write("cakupan.csv", {"program": ["a"]})


@pytest.mark.parametrize("start", STARTS)
def test_the_ledgers_of_a_layer_hold_no_formula(start: str) -> None:
    layer = small.layer(small.overlap).assign(nama=[f"{start} {n}" for n in small.NAMES])
    rows = layer.reset_index().assign(kode=["", *small.CODES[1:]])
    named = rows[1:].assign(nama=small.NAMES[1:])  # names with control characters are refused
    both = gpd.GeoDataFrame(pd.concat([rows[:1], named]), crs=layer.crs)
    _, left = village_rows.one_per_village(both, "99.01", Path("desa.gpkg"))
    assert left["nama"].tolist() == [f"{start} {small.NAMES[0]}"]
    steps = {name: [start] for name in output_tables.headings(inherited_values.LEDGER)}
    succession = pd.DataFrame(steps | {"pada": ["layer"], "nilai": ["merged"]})
    files = {
        "lapisan.csv": ledgers.rows_csv(columns_of(left)),
        "perbaikan.csv": ledgers.repairs_csv(
            {"kode_kemendagri": layer.index.to_numpy(), **columns_of(repair.repair(layer)[1])}
        ),
        "pemekaran.csv": ledgers.successions_csv(columns_of(succession)),
    }
    for name, data in files.items():
        assert b"cmd()" in data, name
        assert not formulas(data), name


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write all tables and workbooks of an edition whose villages are named like formulas."""
    folder = tmp_path_factory.mktemp("rumus")
    edition = contoh.build(folder / "editions" / "contoh-2021")
    names = {name: f"{NAMES[n % len(NAMES)]}{name}" for n, name in enumerate(small.NAMES)}
    for file in edition.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerows([[names.get(cell, cell) for cell in row] for row in rows])
    layer = small.layer(small.overlap).assign(nama=[names[name] for name in small.NAMES])
    stray = layer.iloc[[0]].reset_index().assign(kode="")
    rows_of = gpd.GeoDataFrame(pd.concat([layer.reset_index(), stray]), crs=layer.crs)
    rows_of.to_crs(4326).to_file(edition / "desa.geojson", driver="GeoJSON")
    out = folder / "keluaran"
    for command in ("periksa", "ringkasan", "sasaran", "keyakinan", "atlas"):
        assert cli.main([command, str(edition), "--keluaran", str(out / command)]) in (0, 1), (
            command
        )
    assert cli.main(["buku", str(edition), "--keluaran", str(out / "buku")]) == 0
    joined = ["nasional", str(out / "atlas"), "--keluaran", str(out / "nasional")]
    assert cli.main(joined) == 0
    other = contoh.build(folder / "editions" / "contoh-2022")
    values = pd.read_csv(other / "indikator.csv", sep=";", dtype=str, keep_default_na=False)
    values["lahan"] = values["lahan"].tolist()[::-1]
    values.to_csv(other / "indikator.csv", sep=";", index=False, encoding="utf-8-sig")
    assert cli.main(["banding", str(other), str(edition), "--keluaran", str(out / "banding")]) in (
        0,
        1,
    )
    return out


@pytest.mark.slow
def test_every_file_of_every_command_is_free_of_formulas(written: Path) -> None:
    tables = {file.name: file.read_bytes() for file in written.rglob("*.csv")}
    assert set(output_tables.all_tables()) - set(tables) == {
        "pemekaran.csv", "aspek.csv", "keyakinan-sobol.csv", "padanan.csv",
        "padanan-lapisan.csv", "bidang.csv", "pendukung.csv", "pendukung-baris.csv", "ralat.csv",
        "andai.csv", "massal.csv",
    } - set(tables)  # fmt: skip
    assert b"cmd()" in tables["lapisan.csv"]
    assert b"cmd()" in tables["perbaikan.csv"]
    for name, data in tables.items():
        assert not formulas(data), name


@pytest.mark.slow
def test_every_workbook_is_free_of_formulas(written: Path) -> None:
    books = list(written.rglob("*.xlsx"))
    assert {book.name for book in books} == {"periksa.xlsx", "banding.xlsx"}
    for book in books:
        parts = zipfile.ZipFile(book)
        assert any(b"cmd()" in parts.read(name) for name in parts.namelist())
        for name in parts.namelist():
            assert not re.search(rb"<f[ >]", parts.read(name)), name


def test_the_sheets_of_workbooks_have_the_columns_of_their_schema(written: Path) -> None:
    says, sides = texts.load("id"), shipped_method().sides
    books = {"periksa.xlsx": "periksa", "banding.xlsx": "perubahan"}
    assert set(books) == set(output_tables.all_workbooks())
    for file, section in books.items():
        (path,) = written.rglob(file)
        book = load_workbook(path)
        declared = output_tables.workbook(file).sheets
        named = {says(f"{section}.lembar.{sheet.name}"): sheet for sheet in declared}
        assert set(book.sheet_names) <= set(named)
        for name in book.sheet_names:
            rows, columns = book.get_sheet_by_name(name).to_python(), named[name].columns
            if any("{" in column.name for column in columns):
                continue
            table = "ukuran" if named[name].name == "ringkasan" else named[name].name
            heads = (
                [says(f"periksa.kolom.{column.name}") for column in columns]
                if section == "periksa"
                else says(f"perubahan.tabel.{table}.kepala", **sides).split("|")
            )
            assert len(heads) == len(columns), (file, name)
            (at,) = (n for n, row in enumerate(rows) if row[: len(heads)] == heads)
            assert rows[at + 1 :], (file, name)
            assert all_fit(rows[at + 1 :], columns), (file, name)


def all_fit(rows: Sequence[Sequence[object]], columns: Sequence[SheetColumn]) -> bool:
    """Tell whether the cells hold what their columns declare; a dash is not known."""
    words = {"teks", "kode", "deret"}
    return all(
        isinstance(cell, str) if column.content in words else cell == "–" or type(cell) is float
        for row in rows
        for cell, column in zip(row, columns, strict=False)
    )


def test_the_files_have_the_columns_of_their_schema(written: Path) -> None:
    items = {
        "ukuran": [measure.id for measure in shipped_method().measures()],
        "aspek": ["aspek_ketersediaan", "aspek_akses", "aspek_pemanfaatan"],
        "kelas": list("123456"),
    }
    for file in written.rglob("*.csv"):
        schema = output_tables.all_tables()[file.name]
        separator = ";" if schema.form == "kantor" else ","
        head = file.read_text(encoding="utf-8-sig").split("\n")[0].rstrip("\r").split(separator)
        named = [one.name for one in schema.named(items) if one.column.required]
        assert [name for name in head if name in named] == named, file.name
        assert set(head) <= {one.name for one in schema.named(items)}, file.name


def test_what_is_written_is_read_back(written: Path) -> None:
    table, _ = output_folders.read_classes(written / "atlas" / "kelas.csv", shipped_method())
    assert table["komposit_keyakinan"].between(0, 1).all()
    again = cells.write(
        "kelas.csv", {"kode_kemendagri": table.index, **columns_of(table)}, shipped_method()
    )
    with (written / "atlas" / "kelas.csv").open(encoding="utf-8", newline="") as stream:
        assert (
            again.decode("utf-8").split(",tahun_dasar")[0] == stream.read().split(",tahun_dasar")[0]
        )


def test_an_unknown_basis_is_told_what_there_is(tmp_path: Path) -> None:
    text = (ROOT / "outputs" / "belu" / "2021" / "kelas.csv").read_text(encoding="utf-8")
    file = tmp_path / "kelas.csv"
    file.write_text(text.replace(",nilai,", ",taksiran,", 1), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        output_folders.read_classes(file, shipped_method())
    assert caught.value.key == "bukan_dasar_kelas"
    # docs/tabel.md: a zero that says "there is none" is a basis, too.
    assert caught.value.facts == {"ada": "nilai, nol, terbit, timpa, kosong"}


def test_crosswalks_are_read_by_the_columns_that_they_are_written_with() -> None:
    codes, names = ("kode_bps", "kode_kemendagri"), ("nama_bps", "nama_kemendagri", "kecamatan")
    assert crosswalks.CODES.columns == (*codes, *names)
    ids = ("kode_bps", "id_lapisan", "nama_bps", "nama_lapisan", "kecamatan")
    assert crosswalks.IDS.columns == ids
    for form in (crosswalks.CODES, crosswalks.IDS):
        assert form.headings == (*form.columns, "status", "skor", "alasan")
    assert output_tables.headings("kelas.csv")[:4] == output_folders.KEYS


def test_the_manual_is_in_step() -> None:
    assert (ROOT / "docs" / "tabel.md").read_text(encoding="utf-8") == written_tables.page()
