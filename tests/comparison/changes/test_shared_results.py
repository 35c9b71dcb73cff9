"""Sides of a comparison share what depends on their layer; what is kept changes no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.cli import main
from fsva.comparison.changes import side_readers
from fsva.comparison.changes.shared_results import Shared
from fsva.core import texts
from fsva.core.publishing import manifest
from fsva.core.publishing.result_store import FOLDER
from fsva.drawing.sheets import sheet
from fsva.villages import repair
from tests.places import contoh

ID = texts.load("id")


@pytest.fixture
def editions(tmp_path: Path) -> list[str]:
    """Return two editions of one layer; one value and its class differ."""
    folders = [tmp_path / "editions" / name for name in ("a", "b")]
    for folder in folders:
        contoh.build(folder, poverty=False, coverage=False)
    table = folders[1] / "indikator.csv"
    head, first, *rest = table.read_text(encoding="utf-8-sig").splitlines()
    cells = first.split(";")
    cells[3] = "0,0001"
    table.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8-sig")
    return [str(folder) for folder in folders]


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many villages were mended each time."""
    times: list[int] = []
    clean = repair.clean
    monkeypatch.setattr(
        repair, "clean", lambda layer, *rest: times.append(len(layer)) or clean(layer, *rest)
    )
    return times


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in folder.iterdir() if file.name != manifest.FILE_NAME
    }


def test_a_layer_of_both_sides_is_mended_once_without_a_store(
    editions: list[str], mended: list[int], tmp_path: Path
) -> None:
    shared = Shared()
    a, b = (
        side_readers.of_edition(Path(folder), label, ID, shared)
        for folder, label in zip(editions, "AB", strict=True)
    )
    assert len(mended) == 1
    assert a.shapes is not None
    assert b.shapes is not None
    assert a.shapes.to_wkb().equals(b.shapes.to_wkb())
    side_readers.of_edition(Path(editions[0]), "A", ID)
    assert len(mended) == 2
    assert not (tmp_path / "outputs").exists()


def test_a_comparison_on_the_screen_keeps_nothing(editions: list[str], tmp_path: Path) -> None:
    main(["banding", *editions, "--layar"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["editions"]


@pytest.mark.slow
def test_the_next_comparison_mends_and_places_nothing_and_writes_the_same(
    editions: list[str], mended: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "banding" / "1", tmp_path / "banding" / "2"
    main(["banding", *editions, "--keluaran", str(first)])
    assert len(mended) == 1
    assert (tmp_path / "banding" / FOLDER).is_dir()
    assert not (tmp_path / "outputs").exists()

    def again(*_: object) -> None:
        raise AssertionError("placed again")

    monkeypatch.setattr(sheet, "arranged", again)
    main(["banding", *editions, "--keluaran", str(second)])
    assert len(mended) == 1
    assert files(first) == files(second) != {}
