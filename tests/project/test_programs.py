"""Programs from outside: one marker, one command, one line in both READMEs for each."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.places import programs


def test_every_program_has_a_marker_and_a_command_and_is_in_both_readmes(repo_root: Path) -> None:
    with (repo_root / "pyproject.toml").open("rb") as file:
        said = tomllib.load(file)["tool"]["pytest"]["ini_options"]["markers"]
    makefile = (repo_root / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^PROGRAM = (.+)$", makefile, re.MULTILINE)
    assert listed is not None
    assert listed[1].split() == sorted(programs.PROGRAMS)
    markers = {line.partition(":")[0] for line in said}
    assert set(programs.PROGRAMS) <= markers
    for readme in ("README.md", "README.id.md"):
        text = (repo_root / readme).read_text(encoding="utf-8")
        assert [m for m in programs.PROGRAMS if f"make test-{m}" not in text] == []
        assert "`make fuzz`" in text


def test_what_needs_a_program_is_skipped_where_it_is_not_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert programs.PROGRAMS["mupdf"]() == "needs mutool (Debian: mupdf-tools)"
    assert programs.PROGRAMS["gdal"]() == "needs gdalinfo and ogr2ogr (Debian: gdal-bin)"
    assert programs.PROGRAMS["chromium"]() == "needs Chromium (Debian: chromium)"
    assert programs.PROGRAMS["libreoffice"]() == (
        "needs soffice (Debian: libreoffice-calc-nogui, libreoffice-writer-nogui)"
    )


@pytest.mark.slow
def test_a_test_with_a_marker_does_not_run_without_its_program(
    repo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FSVA_VERAPDF", raising=False)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
         "-m", "java", "tests/files/writers/test_verapdf.py"],
        cwd=repo_root, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ skipped in ", done.stdout, re.MULTILINE), done.stdout
    assert "needs Java, and veraPDF's libraries as a class path in FSVA_VERAPDF" in done.stdout
