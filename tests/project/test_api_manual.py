"""The examples of docs/API.md give what they print, run from the folder of the project."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest


def test_the_examples_of_the_manual_are_true(
    repo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo_root)
    file = repo_root / "docs" / "API.md"
    result = doctest.testfile(str(file), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 20
