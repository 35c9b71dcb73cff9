"""What an office hands in has the same bytes on two computers: workbooks, forms, tables, charts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import belu
from tests.places.belu import contents
from tests.places.small import ROOT
from tests.runs.test_reproducible import HERE, THERE

COMMANDS = {
    "excel": (),
    "formulir": ("--terisi",),
    "pendukung": (),
    "andai": (),
    "banding": ("--cetakan",),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", list(COMMANDS))
def test_two_computers_write_the_same_bytes(tmp_path: Path, command: str) -> None:
    made = []
    for name, computer in (("sini", HERE), ("sana", THERE)):
        folder = tmp_path / name
        words = ("editions/belu-2021", *COMMANDS[command], "--keluaran", str(folder))
        result = belu.run(command, *words, cwd=ROOT, **computer)
        assert result.returncode == 0, result.stderr
        made.append(contents(folder))
    first, second = made
    assert first
    assert first == second
