"""All kinds of files have the same bytes on two computers: folder, time zone, language, seed.

Owns the list of commands; ``tests.runs.test_reproducible`` owns what a computer looks like, and
what a second run of the atlas does.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places.belu import contents
from tests.places.small import ROOT
from tests.runs.test_reproducible import HERE, THERE

EDITION, SECOND = "editions/belu-2021", "editions/belu-2022-sintetis"
SHAPES = ["gpkg", "shp", "geojson", "qgz", "svg", "html", "webp"]
# Each of these also needs an extra, which may not be installed.
EXTRA = {"geotiff": "rasterio", "geoparquet": "pyarrow"}
COMMANDS = (
    ("buku", EDITION),
    ("paparan", EDITION),
    ("excel", EDITION),
    ("formulir", EDITION, "--terisi"),
    ("pendukung", EDITION),
    ("profil", EDITION),
    ("andai", EDITION),
    ("ringkasan", EDITION),
    ("sasaran", EDITION),
    ("keyakinan", EDITION),
    ("periksa", EDITION),
    ("banding", EDITION, SECOND),
    ("banding", EDITION, "--cetakan"),
    ("nasional", "{out}/atlas"),
)
KINDS = {
    "docx", "pdf", "xlsx", "pptx", "csv", "html", "gpkg", "shp", "geojson", "qgz", "png", "svg",
    "json", "qml", "sld", "txt", "webp",
}  # fmt: skip
# One process for all commands: what an earlier one left in its memory must not show either.
PROGRAM = """
import json, sys
from fsva.cli import main
for words in json.loads(sys.argv[1]):
    if code := main(words):
        sys.exit(f"{words}: {code}")
"""


def every_command(out: Path) -> list[list[str]]:
    """Return all commands with the folders of their outputs."""
    shapes = [*SHAPES, *(one for one, module in EXTRA.items() if importlib.util.find_spec(module))]
    kinds = [word for one in shapes for word in ("--bentuk", one)]
    first = ["atlas", EDITION, *kinds, "--keluaran", str(out / "atlas")]
    rest = [
        [*(word.format(out=out) for word in words), "--keluaran", str(out / f"{n}-{words[0]}")]
        for n, words in enumerate(COMMANDS)
    ]
    return [first, *rest, ["beranda", str(out)]]


def made(project: Path, out: Path, computer: dict[str, str]) -> dict[str, bytes]:
    """Run all commands in a project on a computer and return their files."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), **computer}
    command = [sys.executable, "-c", PROGRAM, json.dumps(every_command(out))]
    result = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert result.returncode == 0, result.stderr
    return contents(out)


@pytest.mark.slow
def test_two_computers_write_the_same_bytes_of_every_kind(tmp_path: Path) -> None:
    elsewhere = tmp_path / "proyek di tempat lain"
    for folder in ("styles", "boundaries", "editions"):
        shutil.copytree(ROOT / folder, elsewhere / folder, copy_function=shutil.copyfile)
    here = made(ROOT, tmp_path / "a", HERE)
    there = made(elsewhere, tmp_path / "folder b", THERE)
    assert {name.rpartition(".")[2] for name in here} >= KINDS
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
