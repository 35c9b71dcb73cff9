"""The command fsva andai: what lifts vulnerable villages, and what other values would do."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest

from fsva import cli
from tests.places import shapes, small

BELU = str(small.BELU)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    folder = tmp_path_factory.mktemp("andai")
    assert cli.main(["andai", BELU, "--keluaran", str(folder)]) == 0
    assert {file.name for file in folder.iterdir()} == {"andai.csv", "manifest.json"}
    text = (folder / "andai.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_vulnerable_village_has_its_rows(rows: list[dict[str, str]]) -> None:
    assert len({row["kode_bps"] for row in rows}) == 21
    # Class 2 has two aims, class 3 one.
    assert len(rows) == 17 + 2 * 4
    assert [row["kode_bps"] for row in rows] == sorted(row["kode_bps"] for row in rows)
    assert {(row["kelas"], row["kelas_tujuan"]) for row in rows} == {
        ("2", "3"), ("2", "4"), ("3", "4"),
    }  # fmt: skip


def test_the_change_does_what_it_says(
    rows: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each answer is asked back with --isi; a unit less would not do."""
    found = [row for row in rows if row["status"] == "ada"]
    assert len(found) == 10 + 2 * 4
    words = ["andai", BELU, "--json"]
    single = [f"{r['kode_bps']}.{r['satu_indikator']}={r['satu_menjadi']}" for r in found]
    for row, asked in list(zip(found, single, strict=True))[:4]:
        assert cli.main([*words, "--isi", asked]) == 0
        (effect,) = json.loads(capsys.readouterr().out)
        assert effect["kelas"] == [int(row["kelas"]), int(row["kelas_tujuan"])]
        less = f"{float(row['satu_menjadi'].replace(',', '.')) - 0.0001:.4f}"
        assert cli.main([*words, "--isi", f"{row['kode_bps']}.{row['satu_indikator']}={less}"]) == 0
        (effect,) = json.loads(capsys.readouterr().out)
        assert effect["kelas"][1] < int(row["kelas_tujuan"])
    for row in found[-3:]:
        pair = [f"{row['kode_bps']}.{row[f'{n}_indikator']}={row[f'{n}_menjadi']}"
                for n in ("dua_a", "dua_b")]  # fmt: skip
        assert cli.main([*words, "--isi", pair[0], "--isi", pair[1]]) == 0
        (effect,) = json.loads(capsys.readouterr().out)
        assert effect["kelas"][1] == int(row["kelas_tujuan"])


def test_points_are_rounded_up_in_table_and_sentence(rows: list[dict[str, str]]) -> None:
    found = [row for row in rows if row["status"] == "ada"]
    for row in found:
        exact = Decimal(row["satu_poin"].replace(",", "."))
        said = f"{exact.quantize(Decimal('0.01'), ROUND_CEILING)}".replace(".", ",")
        assert f"({said} poin)" in row["keterangan"]
    # Tasain lacks 52.505 - 47.818...: six times that is 28.1140... points of lahan.
    tasain = next(row for row in found if row["desa"] == "Tasain")
    scores = (
        Fraction("0.2470") / Fraction("1.6659"), Fraction("0.0181") / Fraction("0.1210"),
        1 - Fraction("0.0876") / Fraction("0.1954"), Fraction(1),
        1 - Fraction("0.5633") / Fraction("0.6897"), 1 - Fraction("8.6504") / Fraction("52.8615"),
    )  # fmt: skip
    lacking = Fraction("52.505") - sum(scores, Fraction(0)) * 100 / 6
    assert Fraction(tasain["kurang"].replace(",", ".")) == Fraction(ceil(lacking * 10**4), 10**4)


def test_unknown_values_are_said_and_not_guessed(rows: list[dict[str, str]]) -> None:
    incomplete = [row for row in rows if row["status"] == "tidak_lengkap"]
    assert {row["desa"] for row in incomplete} >= {"Renrua", "Manleten", "Fohoeka"}
    assert all(row["satu_indikator"] == row["kurang"] == "" for row in incomplete)
    assert all("tidak diketahui" in row["keterangan"] for row in incomplete)


def test_what_if_shows_before_and_after_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "editions" / "belu"
    shutil.copytree(small.BELU, folder)
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}
    words = ["andai", str(folder), "--isi", "Loonuna.lahan=0,3"]
    assert cli.main(words) == 0
    shown = capsys.readouterr().out
    assert "Skor komposit: 42,06 -> 44,97" in shown
    assert "Kelas komposit: 2 -> 3" in shown
    assert "Peringkat: 81 -> 78" in shown
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Tasain.air=0,2", "air_bersih"),
        ("Tasain=0,2", "DESA.INDIKATOR=NILAI"),
        ("Atlantis.lahan=0,2", "Atlantis"),
        ("Tasain.lahan=2", "0 sampai 1"),
        ("Tasain.lahan=0,12345", "desimal"),
        ("Tasain.akses=2,5", "kategori"),
        ("Tasain.lahan=banyak", "0 sampai 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    asked: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["andai", BELU, "--isi", asked]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("shape", "said"),
    [("tahan", "Tidak ada desa rentan."), ("tanpa data", "Tidak satu pun desa memiliki kelas")],
)
def test_nothing_to_lift_is_said(
    tmp_path: Path, shape: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shapes.write(shapes.SHAPES[shape], tmp_path)
    assert cli.main(["andai", str(folder), "--keluaran", str(tmp_path / "x")]) == 0
    assert said in capsys.readouterr().out


def test_json_and_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["andai", BELU, "--json", "--bahasa", "en"]) == 0
    record = json.loads(capsys.readouterr().out)
    teun = next(one for one in record if one["desa"] == "Teun")
    assert teun["satu"]["indikator"] == "lahan"
    points = [teun["satu"]["poin"], *(change["poin"] for change in teun["satu_lain"])]
    assert points == sorted(points)
    assert "rises to class 3 if" in teun["kalimat"]
