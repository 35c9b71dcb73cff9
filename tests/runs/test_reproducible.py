"""The same inputs give the same bytes, whatever the time, place, language or folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.places import belu
from tests.places.belu import contents
from tests.places.small import BELU, ROOT

# Two computers as different as one computer can be made to look.
HERE = {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0", "COLUMNS": "80"}
THERE = {"TZ": "Asia/Makassar", "LC_ALL": "de_DE.UTF-8", "LANG": "id_ID.UTF-8", "COLUMNS": "200",
         "PYTHONHASHSEED": "20211125", "USER": "petugas", "SOURCE_DATE_EPOCH": "1"}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project's data in a folder with a space, its files newly dated."""
    project = tmp_path_factory.mktemp("lain") / "proyek salinan"
    for folder in ("styles", "boundaries"):
        shutil.copytree(ROOT / folder, project / folder, copy_function=shutil.copyfile)
    shutil.copytree(BELU, project / "editions" / "belu-2021", copy_function=shutil.copyfile)
    return project


def made_in(
    folder: Path, *words: str, cwd: Path, is_draft: bool = False, **environment: str
) -> dict[str, bytes]:
    result = belu.run("atlas", *words, "--keluaran", str(folder), cwd=cwd, **environment)
    assert result.returncode == 0
    assert ("DRAFT" in result.stderr) if is_draft else result.stderr == ""
    return contents(folder)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make the atlas from the checkout, in a process of its own."""
    return made_in(tmp_path_factory.mktemp("sini"), "editions/belu-2021", cwd=ROOT, **HERE)


@pytest.fixture(scope="module")
def first(copy: Path) -> list[str]:
    """Make the atlas of the copy in its own folder, elsewhere; return what that said."""
    return watched(copy, **THERE)


@pytest.mark.slow
def test_two_runs_give_the_same_bytes_for_every_file(
    here: dict[str, bytes], copy: Path, first: list[str]
) -> None:
    assert first[-2].startswith(f"Selesai: {len(here)} berkas")
    there = contents(copy / "outputs" / "belu" / "2021")
    assert len(here) == 50
    assert [name for name in here if here[name] != there.get(name)] == []
    assert there.keys() == here.keys()


@pytest.mark.slow
@pytest.mark.shared
def test_another_layer_and_language_are_reproducible_too(
    tmp_path: Path, copy: Path, shared_dir: Path
) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    shutil.copyfile(layer, tmp_path / layer.name)
    rasters = ("--bentuk", "geotiff") if importlib.util.find_spec("rasterio") else ()
    words = ("--bahasa", "en", "--bentuk", "svg", *rasters, "--batas")
    here = made_in(tmp_path / "a", "editions/belu-2021", *words, str(layer), cwd=ROOT,
                   is_draft=True, **HERE)  # fmt: skip
    there = made_in(tmp_path / "b", str(copy / "editions" / "belu-2021" / "edition.toml"), *words,
                    layer.name, cwd=tmp_path, is_draft=True, **THERE)  # fmt: skip
    assert [name for name in here if here[name] != there.get(name)] == []


def test_a_run_in_this_process_gives_the_same_bytes_as_a_cold_one(here: dict[str, bytes]) -> None:
    # What earlier tests left in caches must not show.
    assert {name for name in here if here[name] != belu.made().files[name]} == set()


# Nothing to do

WATCHED = """
import sys
from fsva.cli import main
code = main(sys.argv[1:])
heavy = {"geopandas", "pandas", "numpy", "shapely", "pyproj", "PIL", "pikepdf", "pypdfium2"}
print(sorted(heavy & set(sys.modules)))
sys.exit(code)
"""


def watched(project: Path, **more: str) -> list[str]:
    """Run the command without --keluaran and return its lines, then the heavy modules loaded."""
    command = [sys.executable, "-c", WATCHED, "atlas", "editions/belu-2021"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}
    result = subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True,
                            encoding="utf-8")  # fmt: skip
    return result.stdout.splitlines()


@pytest.mark.slow
def test_a_second_run_does_next_to_nothing_until_something_changes(
    copy: Path, first: list[str]
) -> None:
    assert "shapely" in first[-1]
    output = copy / "outputs" / "belu" / "2021"
    before = {file: file.stat().st_mtime_ns for file in output.iterdir()}
    second = watched(copy)
    assert second[0].startswith("Tidak ada yang berubah")
    assert second[1:] == ["[]"]
    assert {file: file.stat().st_mtime_ns for file in output.iterdir()} == before
    (output / "peta-1-lahan.png").unlink()
    assert watched(copy)[-2].startswith("Selesai")
    assert (output / "peta-1-lahan.png").is_file()


# Killed


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals as on Unix")
@pytest.mark.slow
def test_a_run_that_is_killed_leaves_the_earlier_atlas(tmp_path: Path) -> None:
    folder = tmp_path / "2021"
    whole = belu.made().files
    earlier = dict.fromkeys(whole, b"earlier")
    folder.mkdir()
    for name, content in earlier.items():
        (folder / name).write_bytes(content)
    for seconds in (0.5, 1.5, 2.5):
        _killed_after(folder, seconds)
        # The manifest cannot be read, so that every file of the earlier run is its own or ours.
        assert contents(folder) in (earlier, whole)


def _killed_after(folder: Path, seconds: float) -> None:
    command = [sys.executable, "-c", "from fsva.cli import entry; entry()", "atlas",
               str(BELU), "--keluaran", str(folder)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        time.sleep(seconds)
        child.kill()
        child.wait()
