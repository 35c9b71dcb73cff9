"""Commands that write to one folder leave each other's files alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fsva import cli
from fsva.core.publishing import manifest
from tests.places import small

BELU = str(small.BELU)
SECOND = str(small.BELU.with_name("belu-2022-sintetis"))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def untrue(folder: Path) -> list[str]:
    """Return the files of which the manifest holds another hash than they have."""
    named = manifest.outputs(folder)
    return [name for name, told in named.items() if manifest.hash_file(folder / name) != told]


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """Return a folder with one map of Belu."""
    folder = tmp_path / "bersama"
    assert cli.main(["atlas", BELU, "--peta", "7", "--keluaran", str(folder)]) == 0
    return folder


COMMANDS = (
    ("andai",),
    ("formulir",),
    ("pendukung",),
    ("ringkasan",),
    ("sasaran",),
    ("excel",),
    ("banding", "--cetakan"),
    pytest.param(
        ("banding", str(small.BELU.with_name("belu-2022-sintetis"))), marks=pytest.mark.slow
    ),
    pytest.param(("profil", "--desa"), marks=pytest.mark.slow),
    pytest.param(("keyakinan",), marks=pytest.mark.slow),
    pytest.param(("buku",), marks=pytest.mark.slow),
    pytest.param(("paparan",), marks=pytest.mark.slow),
)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_removes_an_atlas(atlas: Path, command: tuple[str, ...]) -> None:
    before = contents(atlas)
    for _ in range(2):
        assert cli.main([command[0], BELU, *command[1:], "--keluaran", str(atlas)]) == 0
        after = contents(atlas)
        assert {name: after.get(name) for name in before} == before
        assert len(after) > len(before)
        assert untrue(atlas) == []


def test_an_atlas_removes_nothing_of_another_command(tmp_path: Path) -> None:
    folder = tmp_path / "bersama"
    assert cli.main(["andai", BELU, "--keluaran", str(folder)]) == 0
    asked = (folder / "andai.csv").read_bytes()
    assert cli.main(["atlas", BELU, "--peta", "7", "--keluaran", str(folder)]) == 0
    assert (folder / "andai.csv").read_bytes() == asked
    named = json.loads((folder / manifest.FILE_NAME).read_text(encoding="utf-8"))["keluaran"]
    assert "peta-7-komposit.pdf" in named
    assert "andai.csv" not in named


def test_joined_maps_leave_an_atlas_alone(atlas: Path) -> None:
    whole = atlas.parent / "semua"
    assert cli.main(["atlas", BELU, "--keluaran", str(whole)]) == 0
    before = contents(atlas)
    assert cli.main(["nasional", str(whole), "--keluaran", str(atlas)]) == 0
    after = contents(atlas)
    assert {name: after.get(name) for name in before} == before
    assert len(after) > len(before)


def test_a_command_still_removes_what_it_no_longer_writes(tmp_path: Path) -> None:
    folder = tmp_path / "sendiri"
    assert cli.main(["atlas", BELU, "--peta", "7", "--keluaran", str(folder)]) == 0
    assert cli.main(["atlas", BELU, "--peta", "4", "--keluaran", str(folder)]) == 0
    assert not list(folder.glob("peta-7*"))
    assert list(folder.glob("peta-4*"))
