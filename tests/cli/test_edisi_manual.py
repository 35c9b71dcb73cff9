"""docs/edisi-manual.md, followed as it is written: what it makes holds nothing of Belu.

The files that the manual asks an office for are those of the hand-drawn kabupaten.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.editions import edition
from tests.places import small

MANUAL = (small.ROOT / "docs" / "edisi-manual.md").read_text(encoding="utf-8")
FOLDER = Path("editions") / "malaka-2024"
NO_CUT_OFFS = 60  # docs/kode-keluar.md
TO_MALAKA = (100e3, -50e3)  # metres: a layer that lies in another kabupaten is refused


def of_malaka(text: str) -> str:
    """Give the hand-drawn kabupaten the codes of the manual's example."""
    return text.replace("99.01", "53.21").replace("9901", "5321")


def commands() -> list[list[str]]:
    """Return the commands of the manual in their order."""
    return [line.split() for line in re.findall(r"^    fsva (.+)$", MANUAL, re.M)]


def blocks() -> list[str]:
    """Return the TOML that the manual asks to write, in its order."""
    return re.findall(r"^```toml\n(.+?)^```", MANUAL, re.M | re.S)


def headers() -> list[str]:
    """Return the headers of tables that the manual gives."""
    return re.findall(r"^    (kode_bps;.+)$", MANUAL, re.M)


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8-sig")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in which steps 1 to 5 of the manual are done."""
    for folder in ("styles", "boundaries"):
        shutil.copytree(small.ROOT / folder, tmp_path / folder)
    (tmp_path / FOLDER).mkdir(parents=True)
    # The villages are invented squares, away from the points of Malaka's own villages.
    reason = '{ id = "kotak buatan untuk uji", en = "squares made for a test" }'
    accepted = f'\n[[batas.diterima]]\njenis = "letak"\nalasan = {reason}\n'
    (tmp_path / FOLDER / "edition.toml").write_text(blocks()[0] + accepted, encoding="utf-8")
    write(tmp_path / FOLDER / "indicators.csv", of_malaka(small.indicators_csv()))
    write(tmp_path / "boundaries" / "crosswalk" / "53.21.csv", of_malaka(small.crosswalk_csv()))
    layer = small.layer().reset_index()
    layer.geometry = layer.geometry.translate(*TO_MALAKA)
    layer = layer.to_crs(4326)
    layer["kode"] = layer["kode"].map(of_malaka)
    layer.to_file(tmp_path / FOLDER / "desa.geojson", driver="GeoJSON")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def name_the_baseline() -> None:
    file = FOLDER / "edition.toml"
    method = 'metode = "fsva-kabupaten-6"\n'
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(method, method + blocks()[1]), encoding="utf-8")


def printed(text: str) -> str:
    return (Path("outputs") / "malaka" / "2024" / text).read_text(encoding="utf-8-sig")


def test_headers_of_the_manual_are_those_of_the_tables() -> None:
    tables = (small.indicators_csv(), small.crosswalk_csv())
    for header, table in zip(headers(), tables, strict=True):
        assert set(table.splitlines()[0].split(";")) <= set(header.split(";"))


@pytest.mark.slow
def test_steps_make_an_atlas_that_holds_nothing_of_belu(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline, check, atlas = commands()
    # Twelve villages are fewer than a baseline needs: the hand-drawn kabupaten insists.
    assert cli.main([*baseline, "--paksa", "--alasan", "contoh buatan"]) == 0
    name_the_baseline()
    assert cli.main(check) == 0
    assert cli.main([*atlas, "--bentuk", "svg"]) == 0
    sheet = printed("peta-7-komposit.svg")
    assert "Bappeda Kabupaten Malaka" in sheet
    assert "Dinas Ketahanan Pangan Kabupaten Malaka" in sheet
    # Belu is the neighbour on the map, and nothing else: no source, no cut-offs, no compiler.
    said = [words for words in re.findall(r'aria-label="([^"]*)"', sheet) if words != "Belu"]
    assert not [words for words in said if re.search(r"Belu\b|Voronoi|[Ss]kematis", words)]
    layouts = edition.load(FOLDER).layout_files
    assert [file.stem for file in layouts] == ["a4-mendatar", "a4-tegak", "a4-lebar"]
    belu = tomllib.loads(Path("styles/dasar/belu-2021.toml").read_text(encoding="utf-8"))
    ours = tomllib.loads(Path("styles/dasar/malaka-2024.toml").read_text(encoding="utf-8"))
    assert ours["metode"] == belu["metode"]
    assert all(ours["cut_off"][name] != belu["cut_off"][name] for name in ours["cut_off"])
    assert all(ours["skala"][name] != belu["skala"][name] for name in ("lahan", "nakes"))


def test_without_step_six_no_atlas_is_made_with_cut_offs_of_others(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *_, atlas = commands()
    assert cli.main(atlas) == NO_CUT_OFFS
    error = capsys.readouterr().err
    assert "cut_off.lahan" in error
    assert "dasar" in error
    assert not (office / "outputs").exists()
