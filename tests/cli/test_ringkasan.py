"""The command fsva ringkasan: what it shows, what it writes, and in which dialect."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from fsva import cli
from fsva.cli.make import ringkasan
from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from fsva.files.tables import summary_tables
from fsva.runs import run_order, tabulation
from fsva.runs.layers import village_sizes
from tests.index.test_cilegon import case, counts, project  # noqa: F401  # fixtures
from tests.places import small

EXCEL = ("ringkasan.csv", "faktor.csv", "penyebab.csv", "penyebab-kelas.csv")


@cache
def files(language: Language = "id", layer: Path | None = None) -> dict[str, bytes]:
    """Return the files of Belu 2021."""
    order = run_order.place(edition.load(small.BELU), layer, texts.load(language))
    made = tabulation.tabulate(order.edition, order.village_layer)
    known = village_sizes.of_edition(order.edition.settings, made)
    settings = order.edition.settings
    return summary_tables.files(made.table, made.rules, known, settings, order.texts)


def rows(name: str, layer: Path | None = None) -> list[dict[str, str]]:
    text = files(layer=layer)[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if name in EXCEL else ","))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ringkasan")
    assert cli.main(["ringkasan", str(small.BELU), "--keluaran", str(folder)]) == 0
    return folder


def test_the_command_writes_the_files_of_the_summary(written: Path) -> None:
    found = {file.name: file.read_bytes() for file in written.iterdir()}
    record = json.loads(found.pop("manifest.json"))
    assert found == files()
    assert set(found) == set(summary_tables.FILES) == set(record["keluaran"])
    assert (record["perintah"], record["kode"]) == ("ringkasan", "53.04")
    assert {"shapely", "numpy", "fsva-atlas"} <= set(record["versi"])
    assert "editions/belu-2021/indicators.csv" in record["masukan"]


def test_the_terminal_shows_the_headline_and_every_kecamatan(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ringkasan", str(small.BELU), "--keluaran", str(written)]) == 0
    shown = capsys.readouterr().out
    assert "Prioritas 1-3: 21 dari 81 desa/kelurahan (25,93%)" in shown
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    assert lines >= {"Raimanuk 0 2 5 2 0 0 7 77,78 0", "Raihat 0 0 0 1 5 0 0 0,00 0"}
    assert "batas skematis tidak dipakai untuk menghitung luas" in shown


def test_the_terminal_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["ringkasan", str(small.BELU), "--keluaran", str(tmp_path), "--bahasa", "en"]
    assert cli.main(words) == 0
    assert "Priority 1-3: 21 of 81 villages (25.93%)" in capsys.readouterr().out
    assert (tmp_path / "bab-5.txt").read_text(encoding="utf-8").startswith("CHAPTER 5.")


def test_the_folder_beside_the_atlas_is_the_usual_place() -> None:
    belu = edition.load(small.BELU)
    folder = belu.outputs("id") / ringkasan.FOLDER
    assert folder.parts[-4:] == ("outputs", "belu", "2021", "ringkasan")


@pytest.mark.parametrize("name", EXCEL)
def test_tables_for_officers_are_in_the_dialect_of_excel(name: str) -> None:
    content = files()[name]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 1
    head, *body = content.decode("utf-8-sig").splitlines()
    assert len({line.count(";") for line in (head, *body)}) == 1
    cells = [cell for line in body for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in cells if cell.replace(".", "").isdigit() and "." in cell]


def test_aspek_csv_is_in_the_dialect_of_kelas_csv() -> None:
    content = files()["aspek.csv"]
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    found = rows("aspek.csv")
    assert len(found) == 81
    empty = [row for row in found if row["aspek_akses_dasar"] == "kosong"]
    assert len(empty) == 25
    assert {(row["aspek_akses"], row["aspek_akses_kelas"]) for row in empty} == {("", "")}


@pytest.mark.parametrize("name", [*EXCEL, "aspek.csv"])
def test_every_table_names_its_baseline_in_the_last_column(name: str) -> None:
    found = rows(name)
    assert {(list(row)[-1], row["tahun_dasar"]) for row in found} == {("tahun_dasar", "Belu 2021")}


def test_ringkasan_csv_has_every_place_measure_and_label_once() -> None:
    found = rows("ringkasan.csv")
    keys = {(row["wilayah"], row["ukuran"], row["kelas"]) for row in found}
    assert len(keys) == len(found) == 13 * (7 + 3) * 10
    vulnerable = {
        row["wilayah"]: (row["jumlah"], row["persen"])
        for row in found
        if (row["ukuran"], row["kelas"]) == ("komposit", "rentan")
    }
    assert vulnerable["Kabupaten Belu"] == ("21", "25,93")
    assert vulnerable["Kecamatan Lamaknen Selatan"] == ("5", "62,50")


def test_labels_of_groups_are_no_dates_to_excel() -> None:
    labels = {row["kelas"] for row in rows("ringkasan.csv")}
    assert labels == {*"123456", "rentan", "tahan", "tanpa data", "semua"}


def test_penyebab_csv_lists_the_21_vulnerable_villages_in_order() -> None:
    found = rows("penyebab.csv")
    assert len({row["kode_bps"] for row in found}) == 21
    assert [row["kode_bps"] for row in found] == sorted(row["kode_bps"] for row in found)
    first = {row["desa"]: row["indikator"] for row in reversed(found)}
    assert (first["Tasain"], first["Lakanmau"]) == ("air_bersih", "akses")


def test_faktor_csv_ends_with_the_composite() -> None:
    *indicators, composite = rows("faktor.csv")
    assert [(row["ukuran"], row["skor"]) for row in indicators] == [
        ("air_bersih", "7,6667"), ("nakes", "7,1667"), ("lahan", "2,6667"),
        ("sarana", "2,3333"), ("akses", "1,0000"), ("tidak_sejahtera", "0,6667"),
    ]  # fmt: skip
    assert (composite["ukuran"], composite["bobot"], composite["skor"]) == ("komposit", "", "")


@pytest.mark.shared
def test_official_borders_give_areas_that_add_up_to_the_kabupaten(shared_dir: Path) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    found = [row for row in rows("ringkasan.csv", layer)
             if (row["ukuran"], row["kelas"]) == ("komposit", "semua")]  # fmt: skip
    whole, *parts = (round(float(row["luas_ha"].replace(",", ".")) * 100) for row in found)
    assert whole == sum(parts)
    assert 110_000_00 < whole < 135_000_00  # Belu has about 1,250 km2
    assert {row["asal_luas"] for row in found} == {"poligon"}


def test_schematic_borders_give_no_area() -> None:
    assert {row["luas_ha"] for row in rows("ringkasan.csv")} == {""}


@pytest.mark.shared
def test_a_kota_from_raw_counts_is_summed_in_people_and_hectares(
    project: Path,  # noqa: F811
    case: pd.DataFrame,  # noqa: F811
    tmp_path: Path,
) -> None:
    assert cli.main(["ringkasan", str(project), "--keluaran", str(tmp_path)]) == 0
    text = (tmp_path / "ringkasan.csv").read_text(encoding="utf-8-sig")
    found = [row for row in csv.DictReader(io.StringIO(text), delimiter=";")
             if (row["wilayah"], row["ukuran"]) == ("Kota Cilegon", "komposit")]  # fmt: skip
    for row in found[:6]:
        own = case[case["p_komposit"] == int(row["kelas"])]
        assert (int(row["jumlah"]), int(row["penduduk"])) == (len(own), own["penduduk"].sum())
        area = float(row["luas_ha"].replace(",", "."))
        assert area == pytest.approx(own["luas_ha"].sum(), abs=0.005 * len(own) + 1e-6)
        assert row["asal_luas"] == "tabel"
    chapter = (tmp_path / "bab-5.txt").read_text(encoding="utf-8")
    assert " desa yaitu " not in chapter
    assert " kelurahan yaitu " in chapter
