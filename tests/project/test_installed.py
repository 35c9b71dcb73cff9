"""The package as ``pip install .`` puts it into a fresh environment, away from the checkout.

The environment borrows the libraries of this one through a line in its site-packages, so that the
test needs no network; the package itself is built and installed by the pinned pip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import pytest

from tests.places import belu
from tools import siapkan

pytestmark = pytest.mark.slow

PROGRAM = """
import fsva

atlas = fsva.open("editions/belu-2021")
reveal_type(atlas.counts("komposit"))
reveal_type(atlas.map("komposit", "pdf"))
reveal_type(fsva.compare(atlas, atlas).summary.same)
reveal_type(atlas.plot("komposit").get_title())
atlas.map("komposit", "tiff")
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory, repo_root: Path) -> Path:
    """Return the folder of programs of a fresh environment in which the project is installed."""
    folder = tmp_path_factory.mktemp("lingkungan")
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(folder)
    own = {"base": str(folder), "platbase": str(folder)}
    paths = sysconfig.get_paths(scheme="venv", vars=own)
    borrowed = Path(paths["purelib"]) / "pustaka.pth"
    borrowed.write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    programs = Path(paths["scripts"])
    pip = [str(siapkan.PIP_WHEEL / "pip"), "install", "--no-index", "--no-deps"]
    run([str(programs / "python"), "-I", *pip, "--no-build-isolation", str(repo_root)], folder)
    return programs


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command outside the checkout and return what it prints."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "MYPY", "FSVA"))}
    done = subprocess.run(
        command, cwd=folder, env=clean, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def test_the_atlas_of_an_edition_folder_is_made_without_a_checkout(
    scripts: Path, tmp_path: Path, repo_root: Path
) -> None:
    where = "import fsva; from fsva.core import resources; print(resources.packaged('styles'))"
    styles = Path(run([str(scripts / "python"), "-c", where], tmp_path).strip())
    assert styles.parts[-3:] == ("fsva", "_data", "styles")
    assert repo_root not in styles.parents
    copytree(belu.EDITION, tmp_path / "editions" / "belu-2021")
    said = run([str(scripts / "fsva"), "atlas", "editions/belu-2021"], tmp_path)
    made = tmp_path / "outputs" / "belu" / "2021"
    assert str(made.relative_to(tmp_path)) in said
    assert {f"{stem}.{kind}" for stem in belu.STEMS for kind in ("pdf", "png")} <= {
        file.name for file in made.iterdir()
    }
    assert (made / "kelas.csv").read_bytes() == (belu.TRACKED / "kelas.csv").read_bytes()


def test_the_command_runs_as_a_module_too(scripts: Path, tmp_path: Path) -> None:
    assert run([str(scripts / "python"), "-m", "fsva", "--versi"], tmp_path) == run(
        [str(scripts / "fsva"), "--versi"], tmp_path
    )


def test_mypy_sees_the_types_of_the_installed_package(
    scripts: Path, tmp_path: Path, repo_root: Path
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    # What it learnt of the libraries is kept; the package lies elsewhere in every run.
    cache = repo_root / ".venv" / "mypy-terpasang"
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={cache}",
               "--python-executable", str(scripts / "python"), "program.py"]  # fmt: skip
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(command, tmp_path)
    said = caught.value.stdout.splitlines()
    assert [line.split('"')[1] for line in said if "Revealed type" in line] == [
        "dict[int, int]", "bytes", "bool", "str",
    ]  # fmt: skip
    (wrong,) = [line for line in said if ": error:" in line]
    assert wrong.startswith("program.py:9: error:")
    assert "Literal['pdf', 'png', 'svg']" in wrong
