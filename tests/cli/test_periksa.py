"""The command fsva periksa: screen, page, workbook, exit code; and what the atlas takes from it."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import shapely
from python_calamine import load_workbook

from fsva import cli
from fsva.checks import finding_words
from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import Place, SourceError, TableError
from fsva.core.publishing import manifest
from fsva.files.pages import check_page
from fsva.files.tables import check_report
from fsva.runs import check_run, production, run_order, tabulation
from tests.index.test_cilegon import case, counts, project  # noqa: F401  # fixtures
from tests.places import buku_kerja, contoh, small

RED, YELLOW = "FFF4A1A7", "FFFFE699"


def raw_edition(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write a synthetic edition of raw counts, with cells replaced."""
    contoh.build(folder, poverty=False, coverage=False, raw=True)
    file = folder / "mentah.csv"
    text = file.read_text(encoding="utf-8-sig")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8-sig")
    return folder


def run(folder: Path, out: Path, *more: str) -> int:
    return cli.main(["periksa", str(folder), "--keluaran", str(out), *more])


# Land of village 6 larger than the village, and no inhabitants in village 9.
DAMAGE = (("Enam;5;1;0,5;100", "Enam;500;1;0,5;100"), (";300;40;1000;1;", ";300;40;0;1;"))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rusak")
    raw_edition(folder / "edisi", *DAMAGE)
    assert run(folder / "edisi", folder / "periksa") == 1
    return folder


def test_errors_give_exit_code_one_and_warnings_alone_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small.BELU, tmp_path / "a") == 0
    shown = capsys.readouterr().out
    assert "0 galat, 35 peringatan, 16 info" in shown
    assert "Dualasi (5306072006), sarana" in shown
    made = {file.name for file in (tmp_path / "a").iterdir()}
    assert made == {check_page.FILE_NAME, check_report.XLSX, "manifest.json"}
    versions = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))["versi"]
    assert "xlsxwriter" in versions


def test_the_screen_names_place_rule_found_expected_and_remedy(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(damaged / "edisi", damaged / "periksa") == 1
    shown = capsys.readouterr().out
    assert "GALAT: Bagian tidak melebihi keseluruhan" in shown
    assert 'mentah.csv, baris 7, Enam (9901010006), luas_sawah + luas_ladang + luas_pekarangan' \
        in shown  # fmt: skip
    assert 'terbaca "501,5"' in shown
    assert "seharusnya: paling banyak 100" in shown
    assert "Perbaikan: Periksa satuan" in shown


def test_the_workbook_marks_the_cells_and_lists_the_findings(damaged: Path) -> None:
    file = damaged / "periksa" / check_report.XLSX
    book = load_workbook(str(file))
    assert book.sheet_names == ["Data", "Temuan", "Aturan"]
    data = book.get_sheet_by_name("Data").to_python()
    head = data[0]
    assert head[:4] == ["Baris", "kode_bps", "kecamatan", "desa"]
    assert data[6][head.index("luas_sawah")] == 500
    assert data[6][head.index("kode_bps")] == "9901010006"
    assert data[6][head.index("lahan (dihitung)")] == pytest.approx(5.015)
    findings = book.get_sheet_by_name("Temuan").to_python()
    errors = [row for row in findings if row[1] == "galat"]
    assert {(row[6], row[5].split(",")[0]) for row in errors} >= {
        ("Enam", "luas_sawah"), ("Sembilan", "penduduk")
    }  # fmt: skip
    assert all(all(str(cell) for cell in (row[2], row[9], row[10], row[11])) for row in errors)


def test_a_marked_cell_is_coloured_by_its_gravest_finding(damaged: Path) -> None:
    with zipfile.ZipFile(damaged / "periksa" / check_report.XLSX) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        comments = book.read("xl/comments1.xml").decode()
    fills = styles.split("<cellXfs")[1].split("<xf ")[1:]
    colours = [part.split('rgb="')[1][:8] for part in styles.split("<fill>")[1:] if "rgb" in part]
    assert RED in colours
    cell = sheet.split('<c r="E7" s="')[1].split('"')[0]
    fill = int(fills[int(cell)].split('fillId="')[1].split('"')[0])
    assert styles.split("<fill>")[1:][fill].split('rgb="')[1][:8] == RED
    assert "luas_ha" in comments


def test_the_same_edition_gives_the_same_bytes(damaged: Path, tmp_path: Path) -> None:
    assert run(damaged / "edisi", tmp_path) == 1
    for name in (check_page.FILE_NAME, check_report.XLSX):
        assert (tmp_path / name).read_bytes() == (damaged / "periksa" / name).read_bytes()


class Tags(html.parser.HTMLParser):
    """Collects tags, and attributes that would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href", "onclick")]


def test_the_page_is_one_file_and_takes_nothing_for_markup(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>&"
    folder = raw_edition(tmp_path / "edisi", *DAMAGE, (";Enam;", f";{name};"))
    file = folder / "padanan.csv"
    text = file.read_text(encoding="utf-8-sig").replace("Enam", name)
    file.write_text(text, encoding="utf-8-sig")
    assert run(folder, tmp_path / "out") == 1
    page = (tmp_path / "out" / check_page.FILE_NAME).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page
    found = Tags()
    found.feed(page)
    assert page.count("<script") == 2  # the page's own data and program
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;&amp;", "")
    assert found.loads == []
    assert "default-src 'none'" in page


def test_a_formula_in_a_cell_stays_a_text(tmp_path: Path) -> None:
    folder = raw_edition(tmp_path / "edisi", *DAMAGE, (";Enam;", ";=1+1;"))
    assert run(folder, tmp_path / "out") == 1
    with zipfile.ZipFile(tmp_path / "out" / check_report.XLSX) as book:
        assert all(b"<f>" not in book.read(name) for name in book.namelist())


def test_a_cell_that_is_no_number_is_a_finding_and_the_rest_is_said_not_to_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = raw_edition(tmp_path / "edisi", ("Enam;5;", "Enam;lima;"))
    assert run(folder, tmp_path / "out") == 1
    shown = capsys.readouterr().out
    assert 'mentah.csv, baris 7, Enam (9901010006), luas_sawah, terbaca "lima"' in shown
    assert "tidak berlaku: tabel tidak dapat dibaca" in shown
    data = load_workbook(str(tmp_path / "out" / check_report.XLSX)).get_sheet_by_index(0)
    assert data.to_python()[6][4] == "lima"


def test_cells_that_are_no_numbers_are_found_in_every_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "contoh")
    file = folder / "indikator.csv"
    rows = [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]
    rows[1][3], rows[2][4] = "tidak ada", "?"
    file.write_text("\n".join(map(";".join, rows)), encoding="utf-8-sig")
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "periksa")]) == 1
    shown = capsys.readouterr().out
    assert 'baris 2, Satu (9901010001), lahan, terbaca "tidak ada"' in shown
    assert 'baris 3, Dua (9901010002), sarana, terbaca "?"' in shown


def test_a_missing_table_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = raw_edition(tmp_path / "edisi")
    (folder / "mentah.csv").unlink()
    assert run(folder, tmp_path / "out") == 1
    assert "mentah.csv: Berkas tidak ditemukan." in capsys.readouterr().out


def test_a_village_without_a_polygon_is_a_finding_and_values_are_still_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = raw_edition(tmp_path / "edisi", *DAMAGE)
    layer = small.layer().reset_index().to_crs(4326)
    layer.iloc[:11].to_file(folder / "desa.geojson", driver="GeoJSON")
    table = (folder / "mentah.csv").read_text(encoding="utf-8-sig").splitlines()
    (folder / "mentah.csv").write_text("\r\n".join([table[0], *table[2:]]), encoding="utf-8-sig")
    assert run(folder, tmp_path / "out") == 1
    shown = capsys.readouterr().out
    assert "GALAT: Desa ada di semua sisi" in shown
    assert "Dua Belas (9901020012, Selatan)" in shown  # has no polygon
    assert "Satu (9901010001, Utara)" in shown  # has no row in the table
    assert "GALAT: Bagian tidak melebihi keseluruhan" in shown


def test_totals_of_the_kecamatan_are_read_from_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = raw_edition(tmp_path / "edisi")
    file = folder / "mentah.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    total = ";Jumlah Kecamatan Utara;;15;6;3;600;13;1800;75;6001;;300;17"
    lines = [*lines[:7], total, *lines[7:]]
    file.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    assert run(folder, tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert "PERINGATAN: Jumlah kecamatan" not in shown  # 6001 for 6000 is within 0.1 per cent
    file.write_text("\r\n".join(lines).replace("6001", "7000") + "\r\n", encoding="utf-8-sig")
    assert run(folder, tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert 'baris 8, Utara, penduduk, terbaca "7.000"' in shown
    assert "seharusnya: 6.000" in shown


def test_last_year_is_read_from_its_own_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = raw_edition(tmp_path / "kini", (";300;40;1000;1;", ";300;40;1500;1;"))
    before = raw_edition(tmp_path / "dulu")
    assert run(now, tmp_path / "out", "--tahun-lalu", str(before)) == 0
    shown = capsys.readouterr().out
    assert "Sembilan (9901020009), penduduk" in shown
    assert "Berubah 50 persen dari tahun lalu." in shown


def test_a_village_with_another_code_is_compared_with_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = "9901020009", "9901020099"
    now = raw_edition(
        tmp_path / "kini", (f"{old};", f"{new};"), (";300;40;1000;1;", ";300;40;1500;1;")
    )
    crosswalk = now / "padanan.csv"
    text = crosswalk.read_text(encoding="utf-8-sig").replace(old, new)
    crosswalk.write_text(text, encoding="utf-8-sig")
    before = raw_edition(tmp_path / "dulu")
    assert run(now, tmp_path / "out", "--tahun-lalu", str(before)) == 0
    shown = capsys.readouterr().out
    assert f"Sembilan ({new}), kode_bps" in shown
    assert "Berubah 50 persen" not in shown
    (now / "pemekaran.csv").write_text(
        f"kode_lama;kode_baru;tanggal;dasar_hukum;bagian\n{old};{new};2021-03-01;Perda 1/2021;\n",
        encoding="utf-8-sig",
    )
    toml = now / "edition.toml"
    text = toml.read_text(encoding="utf-8")
    named = text.replace("penyelarasan =", 'pemekaran = "pemekaran.csv"\npenyelarasan =')
    toml.write_text(named, encoding="utf-8")
    assert run(now, tmp_path / "out", "--tahun-lalu", str(before)) == 0
    shown = capsys.readouterr().out
    assert f"Sembilan ({new}), kode_bps" not in shown
    assert f"Sembilan ({new}), penduduk" in shown
    assert "Berubah 50 persen dari tahun lalu." in shown


def test_the_command_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small.BELU, tmp_path, "--bahasa", "en") == 0
    assert "0 errors, 35 warnings, 16 notes" in capsys.readouterr().out
    page = (tmp_path / check_page.FILE_NAME).read_text(encoding="utf-8")
    assert '<html lang="en">' in page


# One rule for what is possible


def test_a_category_that_does_not_exist_is_reported_once(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "edisi", poverty=False, coverage=False)
    file = folder / "indikator.csv"
    head, first, *rest = file.read_text(encoding="utf-8-sig").splitlines()
    cells = first.split(";")
    cells[head.split(";").index("akses")] = "2,5"
    file.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8-sig")
    order = contoh.order(folder)
    outcomes = {one.rule: one for one in contoh.checked(order).outcomes}
    assert outcomes["berkas"].result.findings == ()
    assert [(f.columns, f.found) for f in outcomes["rentang"].result.findings] == [
        (("akses",), 2.5)
    ]
    with pytest.raises(TableError, match="bukan_kategori"):
        tabulation.tabulate(order.edition, order.village_layer)


def test_the_table_that_is_checked_is_the_one_that_is_drawn(tmp_path: Path) -> None:
    made = contoh.tabulated(contoh.order(raw_edition(tmp_path / "edisi")))
    read = made.inputs.values
    drawn = made.joined.villages.frame.set_index("kode_bps")
    columns = [i.id for i in made.rules.indicators]
    pd.testing.assert_frame_equal(
        pd.DataFrame(drawn[columns]).sort_index(), read.values.frame[columns].sort_index()
    )


# The atlas


def test_errors_stop_the_atlas_before_anything_is_drawn(damaged: Path) -> None:
    file = damaged / "edisi" / "mentah.csv"
    own = damaged.parent / "hanya-bagian"
    shutil.copytree(damaged / "edisi", own, dirs_exist_ok=True)
    text = file.read_text(encoding="utf-8-sig").replace("Enam;500;", "Enam;5;")
    (own / "mentah.csv").write_text(text, encoding="utf-8-sig")
    order = contoh.order(own)
    with pytest.raises(TableError) as caught:
        check_run.approved(
            order.edition, tabulation.tabulate(order.edition, order.village_layer), order.texts
        )
    assert caught.value.key == "pemeriksaan"
    assert caught.value.places[0].village == "Sembilan (9901020009)"
    with pytest.raises(TableError):
        production.produce(order, lambda _: None)


def test_warnings_stand_in_the_report_of_the_atlas() -> None:
    order = run_order.place(edition.load(small.BELU), None, texts.load("id"))
    (block,) = finding_words.for_atlas(
        check_run.approved(order.edition, contoh.belu(), order.texts), order.texts
    )
    assert block[0].startswith("Pemeriksaan data: 1 peringatan")
    assert "Dualasi (5306072006)" in block[2]
    assert STYLES_FILE in {file.name for file in order.inputs()}


STYLES_FILE = "pemeriksaan.toml"


# Agreed values


def agreed_edition(folder: Path, column: str, row: int, value: str) -> Path:
    """Add a column of agreed values with one of them filled."""
    raw_edition(folder)
    file = folder / "mentah.csv"
    head, *body = file.read_text(encoding="utf-8-sig").splitlines()
    body = [f"{line};{value if n == row else ''}" for n, line in enumerate(body)]
    lines = [f"{head};{column}", *body]
    file.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return folder


@pytest.mark.parametrize(
    ("column", "value", "expected", "measured"),
    [("kesepakatan_nakes", "2,5", 2.5, "-"), ("Kesepakatan tenaga_kesehatan", "2", 0.5, '0')],
)  # fmt: skip
def test_an_agreed_value_wins_is_kept_apart_and_listed(
    tmp_path: Path, column: str, value: str, expected: float, measured: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = agreed_edition(tmp_path / "edisi", column, 3, value)
    order = contoh.order(folder)
    made = tabulation.tabulate(order.edition, order.village_layer)
    row = made.table.frame.loc[small.CODES[3]]
    assert (row["nakes"], row["nakes_dasar"]) == (expected, "nilai")
    assert made.table.frame["nakes"].notna().all()
    block = next(
        b
        for b in finding_words.for_atlas(
            check_run.approved(order.edition, made, order.texts), order.texts
        )
        if "kesepakatan" in b[0]
    )
    assert len(block) == 2
    assert "Empat (9901010004)" in block[1]
    assert block[1].endswith(f"menggantikan nilai terukur {measured}.")
    assert run(folder, tmp_path / "out") == 0
    assert "INFO: Nilai kesepakatan" in capsys.readouterr().out


def test_without_the_agreement_there_is_no_value(tmp_path: Path) -> None:
    made = contoh.tabulated(contoh.order(raw_edition(tmp_path / "edisi")))
    assert made.table.frame.loc[small.CODES[3], "nakes_dasar"] == "kosong"


# A real edition


@pytest.mark.shared
def test_cilegon_has_no_error_and_its_polygons_agree_with_its_areas(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    (folder,) = (project / "editions").iterdir() if (project / "editions").is_dir() else (project,)
    assert run(folder, tmp_path) == 0
    shown = capsys.readouterr().out
    assert "43 desa/kelurahan diperiksa." in shown
    assert "0 galat" in shown


def test_a_whole_column_of_short_codes_is_named_with_the_likely_villages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "p" / "editions" / "uji", poverty=False, coverage=False)
    file = folder / "indikator.csv"
    text = file.read_text(encoding="utf-8-sig")
    for code in small.BPS_CODES:
        assert code in text
        text = text.replace(code, f"{code[:4]}{int(code[4:7])}{code[7:]}")
    file.write_text(text, encoding="utf-8-sig")
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "out")]) == 1
    page = (tmp_path / "out" / "periksa.html").read_text(encoding="utf-8")
    for code in small.BPS_CODES:
        assert f"(kehilangan angka nol; barangkali maksudnya {code})" in page
    capsys.readouterr()
    assert cli.main(["atlas", str(folder), "--keluaran", str(tmp_path / "atlas")]) == 30
    assert f"barangkali maksudnya {small.BPS_CODES[0]}" in capsys.readouterr().err


def test_what_the_action_plan_lacks_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh")
    own = """
[[intervensi]]
indikator = "lahan"
instansi = { id = "Dinas Pertanian", en = "Agriculture Office" }
program = { id = "Irigasi", en = "Irrigation" }
sumber_dana = "APBD"
"""
    file = folder / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "out")]) in (0, 1)
    checked = contoh.checked(contoh.order(folder))
    (found,) = (o.result.findings for o in checked.outcomes if o.rule == "rencana_aksi")
    # 12 shipped programmes, two of them for lahan, which the office replaces by one of its own.
    assert {(f.columns, f.found) for f in found} == {
        (("intervensi.instansi",), "10"),
        (("intervensi.strategi",), "11"),
        (("intervensi.sumber_dana",), "10"),
        (("intervensi.tahun",), "11"),
    }


def test_a_hole_in_the_district_is_a_finding_with_place_and_neighbours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh", poverty=False, coverage=False)
    toml = folder / "edition.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("skematis = true", "skematis = false"), encoding="utf-8")
    layer = small.layer()
    lake = shapely.box(608_700, 8_994_200, 609_300, 8_994_800)  # 600 m by 600 m
    layer.geometry = layer.geometry.difference(lake)
    layer.reset_index().to_crs(4326).to_file(folder / "desa.geojson", driver="GeoJSON")
    words = ["periksa", str(folder), "--keluaran", str(tmp_path / "hasil")]
    assert cli.main(words) == 0
    told = capsys.readouterr().out
    assert "Celah 0,36 km2 di lintang -9," in told
    assert "di antara Enam, Dua Belas: tidak satu desa pun memuatnya" in told


@pytest.mark.parametrize("spelling", ["AIR", "A i r", "air."])
def test_a_programme_spelt_two_ways_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spelling: str
) -> None:
    folder = contoh.build(tmp_path / "e")
    file = folder / contoh.COVERAGE_FILE
    text = file.read_text(encoding="utf-8-sig").replace(";Air;tidak", f";{spelling};tidak", 1)
    file.write_text(text, encoding="utf-8-sig")
    assert run(folder, tmp_path / "o") == 1
    said = capsys.readouterr().out
    assert contoh.COVERAGE_FILE in said
    assert spelling in said


def test_tables_of_targeting_are_checked_with_everything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "e")
    file = folder / contoh.POVERTY_FILE
    text = file.read_text(encoding="utf-8-sig").replace(";250", ";dua ratus")
    file.write_text(text.replace(small.NAMES[0], "Lain"), encoding="utf-8-sig")
    assert run(folder, tmp_path / "o") == 1
    said = capsys.readouterr().out
    assert "dua ratus" in said
    assert "Lain" in said


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (";Jumlah;{sum}", ""),
        (";Jumlah;{more}", "bukan jumlah desanya"),
        (";Total Kabupaten Contoh;{more}", "bukan jumlah desanya"),
        (";Total Indah;31", "tanpa kode dan nama desa"),
    ],
)
def test_a_row_without_code_in_a_table_of_targeting_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, told: str
) -> None:
    folder = contoh.build(tmp_path / "e")
    file = folder / contoh.POVERTY_FILE
    whole = sum(int(count) for count in contoh.PERSONS if count)
    line = row.format(sum=whole, more=whole + 900)
    file.write_text(f"{file.read_text('utf-8-sig')}{line}\r\n", encoding="utf-8-sig")
    assert run(folder, tmp_path / "o") == 0
    said = [text for text in capsys.readouterr().out.splitlines() if contoh.POVERTY_FILE in text]
    assert [f"{contoh.POVERTY_FILE}, baris 14" in text and told in text for text in said] == (
        [True] if told else []
    )
    assert not any("Indah" in text for text in said)


def test_a_manifest_of_another_command_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    folder, out = contoh.build(tmp_path / "e"), tmp_path / "o"
    assert cli.main(["ringkasan", str(folder), "--keluaran", str(out)]) == 0
    before = (out / "manifest.json").read_bytes()
    run(folder, out)
    assert (out / "periksa.html").exists()
    assert (out / "manifest.json").read_bytes() == before


def test_an_input_that_cannot_be_read_leaves_a_manifest_without_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(file: Path) -> str:
        raise SourceError("berkas_tak_terbaca", [Place(file)])

    monkeypatch.setattr(manifest, "hash_file", refused)
    assert run(small.BELU, tmp_path / "o") == 0
    record = json.loads((tmp_path / "o" / "manifest.json").read_text(encoding="utf-8"))
    assert (record["perintah"], record["masukan"]) == ("periksa", {})


def test_rows_of_findings_are_as_high_as_their_longest_text(tmp_path: Path) -> None:
    """LibreOffice prints wrapped texts over the next rows unless a row says its height."""
    assert cli.main(["periksa", str(small.BELU), "--keluaran", str(tmp_path)]) == 0
    content = (tmp_path / "periksa.xlsx").read_bytes()
    xml = buku_kerja.parts(content)["Temuan"]
    widths = {
        int(n): float(w) for n, w in re.findall(r'<col min="(\d+)" [^>]*width="([\d.]+)"', xml)
    }
    heights = [float(ht) for ht in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', xml)]
    rows = buku_kerja.sheets(content)["Temuan"][1:]
    assert len(heights) == len(rows)
    for row, height in zip(rows, heights, strict=True):
        needed = max(-(-len(str(cell)) // int(widths.get(n, 9))) for n, cell in enumerate(row, 1))
        assert height >= 15 * min(needed, 2)
    assert max(heights) > 15
