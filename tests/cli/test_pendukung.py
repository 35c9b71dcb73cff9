"""The command fsva pendukung: what it shows, what it writes, what it says without such data."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from fsva import cli
from fsva.core import texts
from fsva.files.tables import supporting_csv
from tests.places import pendukung, small


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pendukung")
    assert cli.main(["pendukung", str(small.BELU), "--keluaran", str(folder)]) == 0
    return folder


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_it_writes_tables_charts_and_a_manifest_of_both(written: Path) -> None:
    names = {file.name for file in written.iterdir()}
    charts = {f"grafik-{name}.{end}" for name in pendukung.belu() for end in ("pdf", "png")}
    assert names == {supporting_csv.NUMBERS, supporting_csv.ROWS, "manifest.json", *charts}
    record = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    assert set(record["keluaran"]) == names - {"manifest.json"}
    assert "editions/belu-2021/pendukung/padi.csv" in record["masukan"]
    assert "styles/grafik-pendukung.toml" in record["masukan"]


def test_every_printed_number_is_in_the_table(written: Path) -> None:
    table = rows(written / supporting_csv.NUMBERS)
    read = pendukung.belu().values()
    assert len(table) == sum(len(t.rows) * len(t.columns) for t in read)
    assert {"tabel": "padi", "judul": "Produksi padi", "tercetak": "Tabel 2.4", "satuan": "ton",
            "wilayah": "Lamaknen", "kolom": "2018", "angka": "395"} in table  # fmt: skip


def test_computed_and_printed_stand_side_by_side(written: Path) -> None:
    by_place = {(r["tabel"], r["wilayah"]): r for r in rows(written / supporting_csv.ROWS)}
    raimanuk = by_place["pangan-kecamatan", "Raimanuk"]
    assert (raimanuk["pertumbuhan"], raimanuk["pertumbuhan_tercetak"]) == ("-45,34", "45,34")
    assert by_place["penduduk-miskin", "Persentase penduduk miskin"]["jumlah"] == ""
    assert by_place["kematian", "Jumlah"]["jumlah_tercetak"] == "81"


def test_twice_the_same_bytes(written: Path, tmp_path: Path) -> None:
    assert cli.main(["pendukung", str(small.BELU), "--keluaran", str(tmp_path)]) == 0
    first, second = ({f.name: f.read_bytes() for f in d.iterdir()} for d in (written, tmp_path))
    assert first == second


def test_json_goes_to_the_screen_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["pendukung", str(small.BELU), "--json", "--keluaran", str(tmp_path), "--bahasa", "en"]
    assert cli.main(words) == 0
    record = {table["id"]: table for table in json.loads(capsys.readouterr().out)}
    assert list(record) == list(pendukung.belu())
    assert record["gizi-buruk"]["baris"][-1][0] == "Total"
    assert not list(tmp_path.iterdir())


def test_a_name_that_looks_like_a_formula_is_none(tmp_path: Path) -> None:
    table = pendukung.table(tmp_path, [("kecamatan", "2020"), ("=cmd()", "1"), ("Utara", "2")])
    for data in supporting_csv.files([table], texts.load("id")).values():
        assert b";=cmd" not in data
        assert b"'=cmd()" in data


def test_an_edition_without_such_data_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(small.BELU, tmp_path / "editions" / "belu")
    file = tmp_path / "editions" / "belu" / "edition.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.partition("[[pendukung]]")[0], encoding="utf-8")
    assert cli.main(["pendukung", str(file.parent), "--keluaran", str(tmp_path / "x")]) == 0
    assert "[[pendukung]]" in capsys.readouterr().out
    assert not (tmp_path / "x").exists()


def test_a_table_that_is_not_there_leaves_the_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(small.BELU, tmp_path / "editions" / "belu")
    (tmp_path / "editions" / "belu" / "pendukung" / "padi.csv").unlink()
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "catatan.txt").write_text("tetap")
    words = ["pendukung", str(tmp_path / "editions" / "belu"), "--keluaran", str(tmp_path / "x")]
    assert cli.main(words) == 10
    assert "padi.csv" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "x").iterdir()] == ["catatan.txt"]
