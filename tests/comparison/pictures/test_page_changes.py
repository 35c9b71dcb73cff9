"""The command's files, and what it says of pictures: editions drawn afresh, finished folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fsva import cli
from fsva.comparison.pictures import page_pixels
from fsva.core.publishing import publish
from fsva.runs import production
from tests.places import contoh, small
from tests.places.belu import contents

pytestmark = pytest.mark.slow
CHANGED = small.CODES[3]
VIEWS = {"banding.json", "banding.html", "banding.xlsx", "banding.docx",
         "manifest.json"}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two invented editions of which one value of village 4 differs, and their outputs."""
    folder = tmp_path_factory.mktemp("proyek")
    for year in (2021, 2022):
        edition = contoh.build(folder / "editions" / f"contoh-{year}", poverty=False,
                               coverage=False)  # fmt: skip
        if year == 2022:
            _change(edition)
        made = production.produce(contoh.order(edition), lambda _: None)
        publish.publish(made, folder / "outputs" / "contoh" / str(year), list(made))
    return folder


def _change(edition: Path) -> None:
    settings = edition / "edition.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        .replace("tahun = 2021\n", "tahun = 2022\n", 1)
        .replace("tanggal = 2021", "tanggal = 2022", 1),
        encoding="utf-8",
    )
    table = edition / "indikator.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    cells = lines[4].split(";")
    assert cells[2] == small.NAMES[3]
    cells[3] = "0,9000"
    lines[4] = ";".join(cells)
    table.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")


def run(*words: str | Path) -> int:
    return cli.main(["banding", *map(str, words)])


def pictures(folder: Path) -> list[dict[str, Any]]:
    record = json.loads((folder / "banding.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = record["gambar"]
    return found


@pytest.fixture
def coarse_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare pages at 100 pixels per inch."""
    fine = page_pixels.of_file
    monkeypatch.setattr(page_pixels, "of_file", lambda name, content, dpi: fine(name, content, 100))


@pytest.mark.usefixtures("coarse_pages")
def test_editions_give_every_view_and_the_same_bytes_twice(project: Path, tmp_path: Path) -> None:
    sides = [project / "editions" / f"contoh-{year}" for year in (2021, 2022)]
    assert run(*sides, "--gambar", "--keluaran", tmp_path / "a") == 0
    assert run(*sides, "--gambar", "--keluaran", tmp_path / "b") == 0
    made = contents(tmp_path / "a")
    assert made == contents(tmp_path / "b")
    maps = {f"{kind}-{n}" for kind in ("perubahan", "pasangan") for n in range(1, 8)}
    assert VIEWS | {"perubahan.pdf"} <= set(made)
    assert {"-".join(name.split("-")[:2]) for name in made if name.endswith(".png")} == maps
    fills = {p["halaman"]: p["kode"] for p in pictures(tmp_path / "a") if p["unsur"] == "isi desa"}
    assert fills["peta-1-lahan.pdf"] == [CHANGED]
    elements = {p["unsur"] for p in pictures(tmp_path / "a")}
    assert elements <= {"isi desa", "judul", "legenda", "keterangan"}
    assert {p["unsur"] for p in pictures(tmp_path / "a") if "-4-" in p["halaman"]} == {"judul"}


def test_output_folders_are_compared_by_the_boxes_of_their_layout(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sides = [project / "outputs" / "contoh" / str(year) for year in (2021, 2022)]
    assert run(*sides, "--keluaran", tmp_path) == 0
    assert set(contents(tmp_path)) == VIEWS
    found = {(p["halaman"], p["unsur"]) for p in pictures(tmp_path)}
    assert ("peta-1-lahan.png", "sekitar") in found
    assert ("peta-2-sarana.png", "judul") in found
    assert ("peta-2-sarana.png", "sekitar") not in found
    assert {unsur for name, unsur in found if not name.startswith("peta-")} <= {"lembar"}
    assert all(name.endswith(".png") for name, _ in found)
    shown = capsys.readouterr().out
    assert "Gambar yang tampak berbeda" in shown
    assert "peta-1-lahan.png | peta" in shown


def test_a_page_that_one_side_lacks_differs_as_a_whole(project: Path, tmp_path: Path) -> None:
    whole = project / "outputs" / "contoh" / "2021"
    files = contents(whole)
    del files["peta-3-tidak-sejahtera.png"]
    publish.publish(files, tmp_path / "sisi", list(files))
    assert run(whole, tmp_path / "sisi", "--keluaran", tmp_path / "hasil", "--exit-code") == 1
    (only,) = pictures(tmp_path / "hasil")
    assert (only["halaman"], only["unsur"]) == ("peta-3-tidak-sejahtera.png", "lembar")


def test_the_same_folder_twice_has_no_differences(project: Path, tmp_path: Path) -> None:
    whole = project / "outputs" / "contoh" / "2021"
    assert run(whole, whole, "--keluaran", tmp_path, "--exit-code") == 0
    assert pictures(tmp_path) == []


def test_a_damaged_picture_is_an_error_by_name(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = project / "outputs" / "contoh" / "2021"
    files = contents(whole) | {"peta-1-lahan.png": b"\x89PNG\r\n\x1a\nrusak"}
    publish.publish(files, tmp_path / "sisi", list(files))
    assert run(whole, tmp_path / "sisi", "--keluaran", tmp_path / "hasil") == 10
    assert "peta-1-lahan.png" in capsys.readouterr().err
