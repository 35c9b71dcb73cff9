"""Tests of fsva.config.editions.table_places: no table from elsewhere, and nothing of it shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.cli import main
from fsva.config.editions import edition
from fsva.core.errors import EditionError
from tests.places import contoh

CONTENT = "root:x:0:0:rahasia"
KEYS = ("indikator", "penyelarasan", "miskin_ekstrem", "cakupan")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an edition with all tables, beside a file that is nobody's business."""
    (tmp_path / "passwd").write_text(CONTENT, encoding="utf-8")
    return contoh.build(tmp_path / "proyek" / "editions" / "contoh")


def name(folder: Path, key: str, said: str) -> None:
    """Let a key of the tables name another file."""
    file = folder / "edition.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{key} = "))
    lines[first] = f'{key} = "{said}"'
    file.write_text("\n".join(lines), encoding="utf-8")


def link(folder: Path) -> str:
    """Return the name of a link in the edition that leads out of the project."""
    (folder / "tautan.csv").symlink_to(folder.parents[2] / "passwd")
    return "tautan.csv"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("way", ["absolute", "up", "link", "batas"])
def test_a_table_elsewhere_is_refused_by_its_path(
    folder: Path, key: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = folder.parents[2] / "passwd"
    said = {
        "absolute": lambda: elsewhere.as_posix(),
        "up": lambda: "../../../passwd",
        "link": lambda: link(folder),
        "batas": lambda: f"batas:{elsewhere.as_posix()}",
    }[way]()
    name(folder, key, said)
    with pytest.raises(EditionError) as caught:
        edition.load(folder)
    place = caught.value.places[0]
    assert (caught.value.key, place.column, place.found) == ("tabel_di_luar", f"data.{key}", said)
    for command in ("atlas", "periksa", "ringkasan", "selaraskan"):
        assert main([command, str(folder)]) == EditionError.exit_code
    printed = capsys.readouterr()
    assert "rahasia" not in printed.out + printed.err


@pytest.mark.parametrize("way", ["own", "project", "link"])
def test_a_table_in_the_edition_or_its_project_is_read(folder: Path, way: str) -> None:
    own = folder / "indikator.csv"
    if way == "project":
        own.rename(folder.parents[1] / "bersama.csv")
        name(folder, "indikator", "../../bersama.csv")
    if way == "link":
        own.rename(folder.parents[1] / "bersama.csv")
        own.symlink_to(folder.parents[1] / "bersama.csv")
    assert main(["ringkasan", str(folder)]) == 0


def test_an_edition_without_a_project_has_only_its_folder(folder: Path, tmp_path: Path) -> None:
    alone = folder.rename(tmp_path / "sendiri")
    assert main(["ringkasan", str(alone)]) == 0
    name(alone, "indikator", "../passwd")
    with pytest.raises(EditionError):
        edition.load(alone)


def test_a_register_may_lie_elsewhere_and_nothing_of_it_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace(f'miskin_ekstrem = "{contoh.POVERTY_FILE}"', "")
    elsewhere = (folder.parents[2] / "passwd").as_posix()
    register = f'kolom_kode = "kode_desa"\nsyarat = {{ status = ["ya"] }}\nberkas = "{elsewhere}"'
    file.write_text(f"{text}\n[data.register.miskin_ekstrem]\n{register}\n", encoding="utf-8")
    assert main(["sasaran", str(folder)]) not in (0, EditionError.exit_code)
    printed = capsys.readouterr()
    assert "rahasia" not in printed.out + printed.err
