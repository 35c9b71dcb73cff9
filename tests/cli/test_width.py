"""Everything that commands print fits the terminal: 80 columns and fewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva import cli
from tests.places.small import BELU, ROOT

SECOND = ROOT / "editions" / "belu-2022-sintetis"
COMMANDS = (
    ("jejak", str(BELU), "Tasain"),
    ("periksa", str(BELU), "--keluaran", "{out}"),
    ("keyakinan", str(BELU), "--keluaran", "{out}"),
    ("ringkasan", str(BELU), "--keluaran", "{out}"),
    ("sasaran", str(BELU), "--keluaran", "{out}"),
    ("banding", str(BELU), str(SECOND), "--layar"),
    ("andai", str(BELU), "--isi", "Tasain.air_bersih=0,2"),
    ("pendukung", str(BELU), "--keluaran", "{out}"),
    ("metode", "periksa", "fsva-kabupaten-6", "--dasar", "belu-2021"),
    ("gaya", "audit", "standar"),
    ("atlas", "--help"),
    ("atlas", str(BELU), "--gaya", "biru"),
)


@pytest.mark.slow
@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("call", COMMANDS, ids=lambda call: call[0])
def test_no_line_is_wider_than_the_terminal(
    call: tuple[str, ...],
    columns: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    cli.main([word.format(out=tmp_path / "k") for word in call])
    shown = capsys.readouterr()
    lines = f"{shown.out}\n{shown.err}".splitlines()
    assert len(lines) > 3
    # A path or the choices of an option are one word, which is not broken.
    long = [line for line in lines if len(line) > columns]
    assert [line for line in long if max(map(len, line.split())) + 12 < columns] == []


def test_an_option_answers_for_its_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    for option, name in (("--gaya", "biru"), ("--tata-letak", "a5")):
        assert cli.main(["atlas", str(BELU), option, name]) == 2
        said = capsys.readouterr().err
        assert option in said
        assert name in said
        assert "edition.toml" not in said
    assert "a3, " in said
    assert "a4, " in said


@pytest.mark.parametrize(
    ("words", "option", "given", "said"),
    [
        (("atlas", "--bentuk", "pdfx"), "--bentuk", '"pdfx"', "Salah satu dari: svg"),
        (("keyakinan", "--undian", "-3"), "--undian", '"-3"', "dari 100 sampai"),
        (("keyakinan", "--undian", "abc"), "--undian", '"abc"', "dari 100 sampai"),
        (("atlas", "--sebelumnya", "tiada"), "--sebelumnya", '"tiada"', "FOLDER"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_option_answers_for_its_own_value(
    words: tuple[str, ...], option: str, given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *more = words
    assert cli.main([name, str(BELU), *more]) == 2
    told = capsys.readouterr().err
    assert f"pilihan {option}" in told
    assert given in told
    assert said in told


@pytest.mark.parametrize(
    ("words", "option", "remedy"),
    [
        (("atlas", "--lapisan", "tiada"), "--lapisan", "di --lapisan; edition.toml tidak perlu"),
        (("profil", "--tahun-lalu", "tiada"), "--tahun-lalu", "folder edisi yang benar di pilihan"),
        (("periksa", "--tahun-lalu", "tiada"), "--tahun-lalu", "folder edisi yang benar di pil"),
        (("atlas", "--batas", "tiada.gpkg"), "--batas", "Periksa nama dan foldernya"),
        (("atlas", "--sebelumnya", str(BELU)), "--sebelumnya", "Tambahkan --bentuk html"),
        (("atlas", "--bentuk", "html", "--peta", "7", "--sebelumnya", str(BELU)), "--sebelumnya",
         "Periksa nama dan foldernya"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_problem_with_what_an_option_names_blames_the_option(
    words: tuple[str, ...],
    option: str,
    remedy: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    name, *more = words
    assert cli.main([name, str(BELU), *more, "--keluaran", str(tmp_path / "k")]) != 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"pilihan {option}" in said
    assert remedy in said
    assert not (tmp_path / "k").exists()


def test_supporting_tables_as_json_refuse_a_layer_as_the_command_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["pendukung", str(BELU), "--json", "--batas", "tiada.gpkg"]) != 0
    said = capsys.readouterr()
    assert "pilihan --batas" in said.err
    assert said.out == ""
