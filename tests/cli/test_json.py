"""--json: the standard output of every command that prints a table is JSON and nothing else."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from fsva import cli
from fsva.cli import screen
from fsva.core import texts
from tests.cli.test_examples import ALL, command_of
from tests.places import belu
from tests.places.small import BELU, ROOT

SECOND = ROOT / "editions" / "belu-2022-sintetis"
TABLES = {
    "ringkasan": ("ringkasan", "faktor", "penyebab", "penyebab-kelas", "aspek"),
    "sasaran": ("rencana-aksi",),
    "keyakinan": ("keyakinan", "keyakinan-ringkasan"),
}
# What prints no table: files, maps, a schema that is JSON already, or a few sentences.
WITHOUT = {
    ("atlas",), ("batas", "ambil"), ("batas", "skematis"), ("excel",), ("formulir",), ("paparan",),
    ("skema", "edition"),
}  # fmt: skip
Asked = Callable[..., Any]


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Run a command on a narrow screen and parse all that it prints."""

    def ask(*words: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - JSON
        monkeypatch.setenv("COLUMNS", "40")
        assert cli.main([*map(str, words), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return ask


def test_every_command_with_a_table_has_the_option() -> None:
    """A new command has it too, or is named above."""
    has = {way for way in ALL if any("--json" in p.opts for p in command_of(way).params)}
    assert has == set(ALL) - WITHOUT


@pytest.mark.parametrize("name", TABLES)
def test_the_numbers_are_those_of_the_written_tables(
    name: str, asked: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([name, str(BELU), "--keluaran", str(tmp_path / "a")]) == 0
    capsys.readouterr()
    found = asked(name, BELU, "--keluaran", tmp_path / "b")
    assert not (tmp_path / "b").exists()
    assert set(found) == set(TABLES[name])
    for table, rows in found.items():
        text = (tmp_path / "a" / f"{table}.csv").read_text("utf-8-sig")
        written = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text[:200] else ",")
        for record, row in zip(rows, written, strict=True):
            assert list(record) == list(row)
            for key, cell in row.items():
                value = record[key]
                if isinstance(value, int | float):
                    assert Fraction(str(value)) == Fraction(cell.replace(",", "."))
                else:
                    assert (value or "") == cell
                    mixed = (table, key) == ("ringkasan", "kelas")  # numbers and words
                    assert not cell.replace(",", "").isdigit() or mixed or key.startswith("kode")


def test_codes_are_text_and_unknown_is_null(asked: Asked, tmp_path: Path) -> None:
    rows = asked("keyakinan", BELU, "--keluaran", tmp_path)["keyakinan"]
    assert {type(row["kode_bps"]) for row in rows} == {str}
    indicators = [row for row in rows if row["ukuran"] != "komposit"]
    assert {row["peluang_bobot"] for row in indicators} == {None}


def test_a_trace_has_the_numbers_of_the_atlas(asked: Asked) -> None:
    found = asked("jejak", BELU, "Tasain")
    text = (ROOT / "outputs" / "belu" / "2021" / "kelas.csv").read_text("utf-8")
    (row,) = (row for row in csv.DictReader(io.StringIO(text)) if row["desa"] == "Tasain")
    assert {key: found[key] for key in ("kode_bps", "kode_kemendagri", "kecamatan", "desa")} == {
        key: row[key] for key in ("kode_bps", "kode_kemendagri", "kecamatan", "desa")
    }
    assert found["skor"] == float(row["komposit"])
    assert found["kelas"] == int(row["komposit_kelas"])
    assert found["peringkat"] == int(row["peringkat"])
    for one in found["ukuran"]:
        assert one["nilai"] == float(row[one["ukuran"]])
        assert one["kelas"] == int(row[f"{one['ukuran']}_kelas"])
    total = sum(one["bobot"] * one["skor"] for one in found["ukuran"])
    assert total == pytest.approx(found["skor"], abs=0.01)


def test_findings_are_those_of_the_workbook(
    asked: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["periksa", str(BELU), "--keluaran", str(tmp_path / "a")]) == 0
    capsys.readouterr()
    found = asked("periksa", BELU, "--keluaran", tmp_path / "b")
    assert not (tmp_path / "b").exists()
    book = load_workbook(tmp_path / "a" / "periksa.xlsx")
    _, *rows = book.get_sheet_by_index(book.sheet_names.index("Temuan")).to_python()
    assert len(found["temuan"]) == len(rows) > 10
    for record, row in zip(found["temuan"], rows, strict=True):
        _, *cells = ["" if value is None else str(value) for value in record.values()]
        assert cells == row[1:]
        assert record["no"] == row[0]
        assert record["baris"] is None or isinstance(record["baris"], int)


@pytest.mark.slow
def test_a_comparison_is_its_file(asked: Asked, tmp_path: Path) -> None:
    found = asked("banding", BELU, SECOND, "--keluaran", tmp_path / "b")
    assert not (tmp_path / "b").exists()
    assert cli.main(["banding", str(BELU), str(SECOND), "--keluaran", str(tmp_path / "a")]) == 0
    assert found == json.loads((tmp_path / "a" / "banding.json").read_text("utf-8"))


def test_errata_are_those_of_the_report(asked: Asked) -> None:
    rows = asked("banding", BELU, "--cetakan")["ralat"]
    assert [row["nomor"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 39


def test_git_prints_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["banding", "--git", "--json", "a"]) == 2
    assert "--git --json" in capsys.readouterr().err


def test_a_method_is_printed_with_the_keys_of_its_file(asked: Asked) -> None:
    found = asked("metode", "periksa", "fsva-kabupaten-6", "--dasar", "belu-2021")
    assert found["id"] == "fsva-kabupaten-6"
    assert [one["id"] for one in found["indikator"]][:2] == ["lahan", "sarana"]
    assert sum(one["bobot"] for one in found["indikator"]) == pytest.approx(1)
    assert {type(n) for n in found["komposit"]["cut_off"]} == {float}


def test_an_index_lists_its_editions(asked: Asked, tmp_path: Path) -> None:
    folder = tmp_path / "belu"
    folder.mkdir()
    (folder / "kelas.csv").write_bytes(belu.made().files["kelas.csv"])
    facts = {"kode": "53.04", "daerah": "Belu", "tahun": 2021, "metode": "fsva-kabupaten-6"}
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    (one,) = asked("beranda", tmp_path)
    assert (one["kode"], one["tahun"], one["rentan"], one["tanpa_kelas"]) == ("53.04", 2021, 21, 0)
    assert sum(one["kelas"].values()) == 81
    assert (tmp_path / "beranda.html").is_file()


def test_nothing_of_json_commands_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    name = "Tas\x1b[2Jain \u202egnol \x9b é 𝒜 \U000e0001"
    screen.say_json({"desa": name, "nol": float("nan"), "alamat": "https://budi:rahasia@h/x"})
    shown = capsys.readouterr().out
    assert all(letter.isprintable() or letter == "\n" for letter in shown)
    assert json.loads(shown) == {"desa": name, "nol": None, "alamat": "https://***@h/x"}


def test_the_option_says_whether_files_are_written() -> None:
    words = texts.load("id")
    for way in set(ALL) - WITHOUT:
        (option,) = (p for p in command_of(way).params if "--json" in p.opts)
        said = getattr(option, "help", "")
        assert said in (words("cli.o_json"), words("cli.o_json_juga"))


def test_the_list_of_a_new_edition_is_printed_alone(asked: Asked, tmp_path: Path) -> None:
    layer = ROOT / "boundaries" / "skematis" / "53.04-belu.geojson"
    words = ["--kode", "53.04", "--nama", "Belu", "--tahun", "2024", "--batas", layer]
    words += ["--tabel", BELU / "indicators.csv", "--keluaran", tmp_path / "belu-2024"]
    found = asked("baru", *words)
    assert (found["kode_bps"], found["metode"]) == ("5306", "fsva-kabupaten-6")
    assert (found["baris_tabel"], found["desa_batas"]) == (81, 81)
    assert (tmp_path / "belu-2024" / "edition.toml").is_file()
    assert found["kurang"]


def test_a_baseline_is_shown_with_the_keys_of_its_file(asked: Asked, tmp_path: Path) -> None:
    words = ["baseline", BELU, "--nama", "belu-lain", "--keluaran", tmp_path / "belu-lain.toml"]
    found = asked(*words)
    written = tomllib.loads((tmp_path / "belu-lain.toml").read_text("utf-8"))
    assert (found["id"], found["metode"]) == (written["id"], written["metode"])
    assert found["desa"] == 81
    assert found["cut_off"] == {
        key: [float(c) for c in cuts] for key, cuts in written["cut_off"].items()
    }
    tried = asked("baseline", BELU, "--coba")
    assert (tried["id"], tried["berkas"]) == (None, None)
    assert tried["cut_off"] == found["cut_off"]


def test_proposals_of_pairs_are_those_of_the_file(asked: Asked, tmp_path: Path) -> None:
    folder = shutil.copytree(BELU, tmp_path / "belu-2021")
    found = asked("selaraskan", folder)
    assert set(found) >= {"dipastikan", "usulan", "sisa_tabel", "sisa_layer", "berkas"}
    assert found["sisa_tabel"] == []
    assert found["dipastikan"] == 81
    assert found["usulan"] == []


def test_many_districts_are_counted_as_their_tables(asked: Asked, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "belu"
    folder.mkdir(parents=True)
    for name in ("kelas.csv", "manifest.json"):
        (folder / name).write_bytes(belu.made().files[name])
    found = asked("nasional", folder, "--keluaran", tmp_path / "b")
    (one,) = found["kabupaten"]
    assert (one["kode"], one["desa"], one["rentan"], one["sebanding"]) == ("53.04", 81, 21, True)
    assert sum(one["kelas"].values()) == 81
    assert set(found["berkas"]) == {file.name for file in (tmp_path / "b").iterdir()}


@pytest.mark.slow
def test_a_report_says_what_was_replaced(asked: Asked, tmp_path: Path) -> None:
    first = asked("buku", BELU, "--keluaran", tmp_path)
    assert [one["berkas"] for one in first] == ["buku.docx", "lampiran-keputusan.docx"]
    assert [one["baru"] for one in first] == [True, True]
    assert first[0]["isian"] == 11
    again = asked("buku", BELU, "--keluaran", tmp_path)
    assert [(one["baru"], one["diganti"]) for one in again] == [(False, []), (False, [])]
