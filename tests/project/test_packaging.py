"""The installable project: locks, bootstrap, wheel, make targets and what git keeps."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import fsva
from tools import siapkan

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# Published by the Apache Software Foundation; the file as Debian ships it.
APACHE_2_SHA256 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE
)


def pins(lock: Path) -> dict[str, set[str]]:
    """Versions that a lock pins, by package; several where Python versions differ."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer(lock.read_text(encoding="utf-8")):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found is not None
    return found[0].lower().replace("_", "-")


@pytest.fixture(scope="module")
def project(repo_root: Path) -> dict[str, Any]:
    return tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path, repo_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a stand-in checkout whose lock files may be changed, with a finished environment."""
    for name in (RUNTIME_LOCK, TEST_LOCK, "pyproject.toml"):
        shutil.copy(repo_root / name, tmp_path)
    monkeypatch.setattr(siapkan, "ROOT", tmp_path)
    monkeypatch.setattr(siapkan, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(siapkan, "STAMP", tmp_path / ".venv" / "siap.txt")
    locks = {siapkan.RUNTIME: tmp_path / RUNTIME_LOCK, siapkan.TEST: tmp_path / TEST_LOCK}
    monkeypatch.setattr(siapkan, "LOCKS", locks)
    siapkan.venv_python().parent.mkdir(parents=True)
    siapkan.venv_python().touch()
    return tmp_path


def stamp(purpose: str) -> None:
    siapkan.STAMP.write_text(f"{purpose} {siapkan.fingerprint()}\n", encoding="ascii")


# Locks


def test_common_pins_of_both_locks_are_equal(repo_root: Path) -> None:
    runtime, test = pins(repo_root / RUNTIME_LOCK), pins(repo_root / TEST_LOCK)
    assert len(runtime) > 10
    assert {name: test.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, TEST_LOCK])
def test_every_pin_has_a_hash_and_no_line_an_address(repo_root: Path, lock: str) -> None:
    text = (repo_root / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PIN.findall(text))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.search(r"https?://|file:|--index|--find-links| @ ", text) is None


def test_runtime_lock_holds_the_direct_dependencies(
    repo_root: Path, project: dict[str, Any]
) -> None:
    direct = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    assert {name_of(one) for one in direct} <= pins(repo_root / RUNTIME_LOCK).keys()


def test_test_lock_holds_the_test_group(repo_root: Path, project: dict[str, Any]) -> None:
    group = project["dependency-groups"]["test"]
    assert {name_of(one) for one in group} <= pins(repo_root / TEST_LOCK).keys()


def test_what_the_atlas_does_not_need_is_not_downloaded(repo_root: Path) -> None:
    kept_out = {"fiona", "mapclassify", "matplotlib", "pytest", "rasterio", "scikit-learn", "scipy"}
    assert kept_out.isdisjoint(pins(repo_root / RUNTIME_LOCK))


def test_version_is_said_once_and_the_same(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == fsva.__version__


# Bootstrap


def test_pinned_pip_wheel_is_the_one_in_the_checkout() -> None:
    siapkan.check_pip_wheel()
    with ZipFile(siapkan.PIP_WHEEL) as wheel:
        assert "pip/__main__.py" in wheel.namelist()


def test_damaged_pip_wheel_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / siapkan.PIP_WHEEL.name
    damaged.write_bytes(siapkan.PIP_WHEEL.read_bytes()[:-1])
    monkeypatch.setattr(siapkan, "PIP_WHEEL", damaged)
    with pytest.raises(siapkan.SetupError, match="rusak"):
        siapkan.check_pip_wheel()


@pytest.mark.parametrize(
    ("made_for", "wanted", "ready"),
    [
        ("atlas", "atlas", True),
        ("uji", "atlas", True),
        ("uji", "uji", True),
        ("atlas", "uji", False),
    ],
)
def test_test_environment_serves_the_atlas_too(
    checkout: Path, made_for: str, wanted: str, ready: bool
) -> None:
    stamp(made_for)
    assert siapkan.is_ready(wanted) is ready


@pytest.mark.parametrize("changed", [RUNTIME_LOCK, TEST_LOCK, "pyproject.toml"])
def test_changed_input_makes_the_environment_stale(checkout: Path, changed: str) -> None:
    stamp("uji")
    with (checkout / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not siapkan.is_ready("atlas")


def test_extras_are_installed_from_the_lock_and_kept(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp("atlas")
    locks: list[str] = []

    def recorded(*arguments: str) -> None:
        locks.extend(Path(a).read_text(encoding="utf-8") for a in arguments if a.endswith(".lock"))

    monkeypatch.setattr(siapkan, "pip_install", recorded)
    monkeypatch.setattr(siapkan, "compile_bytecode", lambda: None)
    assert siapkan.main(["--ekstra", "raster,selaraskan"]) == 0
    assert siapkan.is_ready("atlas", {"raster"})
    assert siapkan.is_ready("atlas")
    assert not siapkan.is_ready("atlas", {"postgis"})
    assert {"rasterio", "exactextract", "affine", "rapidfuzz"} <= {
        m["name"] for m in PIN.finditer(locks[1])
    }
    locks.clear()
    assert siapkan.main(["--ekstra", "raster"]) == 0
    assert locks == []  # nothing to do
    assert siapkan.main(["--ekstra", "postgis"]) == 0
    assert siapkan.is_ready("atlas", {"raster", "selaraskan", "postgis"})


def test_an_extra_is_pinned_with_all_that_it_draws_in(
    repo_root: Path, project: dict[str, Any]
) -> None:
    whole = pins(repo_root / TEST_LOCK)
    for extra, asked in project["project"]["optional-dependencies"].items():
        text = siapkan.pins_of([extra])
        found = {m["name"] for m in PIN.finditer(text)}
        assert {name_of(one) for one in asked} <= found <= set(whole)
        assert "--hash=sha256:" in text
    raster = {m["name"] for m in PIN.finditer(siapkan.pins_of(["raster"]))}
    assert {"affine", "attrs", "click", "numpy"} <= raster
    assert raster.isdisjoint({"pytest", "mypy", "matplotlib", "fiona", "geopandas"})
    assert siapkan.pins_of([]) == ""


def test_an_extra_that_does_not_exist_is_told_with_those_that_do(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp("atlas")
    assert siapkan.main(["--ekstra", "rster"]) == 1
    said = capsys.readouterr().err
    assert "rster" in said
    assert "raster" in said.split("Yang ada:")[1]


def test_every_error_about_a_missing_package_names_the_same_command(repo_root: Path) -> None:
    for language in ("id", "en"):
        file = repo_root / "styles" / "teks" / language / "galat.toml"
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        said = {key: one["perbaikan"] for key, one in words.items() if "perbaikan" in one}
        named = {key: text for key, text in said.items() if "fsva-atlas[" in text}
        assert len(named) >= 4
        for text in named.values():
            (extra,) = re.findall(r'pip install "fsva-atlas\[([a-z]+)\]"', text)
            assert f"make siap EKSTRA={extra}" in text
            assert extra in siapkan.extras()


def test_moved_checkout_makes_the_environment_stale(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp("atlas")
    monkeypatch.setattr(siapkan, "ROOT", checkout / "elsewhere")
    monkeypatch.setattr(
        siapkan, "LOCKS", {"atlas": checkout / RUNTIME_LOCK, "uji": checkout / TEST_LOCK}
    )
    (checkout / "elsewhere").mkdir()
    shutil.copy(checkout / "pyproject.toml", checkout / "elsewhere")
    assert not siapkan.is_ready("atlas")


def test_interrupted_setup_is_not_taken_for_ready(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp("atlas")

    def broken(*arguments: str) -> None:
        raise siapkan.SetupError("unplugged")

    monkeypatch.setattr(siapkan, "pip_install", broken)
    assert siapkan.main(["--uji"]) == 1
    assert not siapkan.is_ready("atlas")


def test_ready_environment_is_left_alone(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp("atlas")
    monkeypatch.delattr(siapkan, "install")
    assert siapkan.main([]) == 0


def test_too_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(siapkan, "MINIMUM", (99, 0))
    assert siapkan.main([]) == 1
    assert "PYTHON=" in capsys.readouterr().err


# Wheel


def build(repo_root: Path, target: str, folder: Path) -> list[str]:
    """Build a wheel of the checkout and return the names in it."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=repo_root, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        return archive.namelist()


def test_wheel_carries_styles_and_boundaries(repo_root: Path, tmp_path: Path) -> None:
    names = build(repo_root, "wheel:standard", tmp_path)
    expected = {
        f"fsva/_data/{path.relative_to(repo_root).as_posix()}"
        for folder in ("styles", "boundaries")
        for path in (repo_root / folder).rglob("*")
        if path.is_file()
    }
    assert expected
    assert {name for name in names if name.startswith("fsva/_data/")} == expected
    assert "fsva/__init__.py" in names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "editions/"))]


def test_editable_install_keeps_no_second_copy_of_the_data(repo_root: Path, tmp_path: Path) -> None:
    names = build(repo_root, "wheel:editable", tmp_path)
    assert "_fsva_atlas.pth" in names
    assert not [name for name in names if "_data" in name]


# make and CI


def make(repo_root: Path, *arguments: str) -> str:
    if shutil.which("make") is None:
        pytest.skip("needs make on the PATH")
    command = ["make", "--no-print-directory", *arguments]
    # Variables of an outer `make test` would change what the inner one prints.
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    outer.pop("MFLAGS", None)
    result = subprocess.run(command, cwd=repo_root, env=outer, check=True, capture_output=True)
    return result.stdout.decode()


def test_make_help_names_every_command(repo_root: Path) -> None:
    found = re.search(r"^\.PHONY: (.+)$", make(repo_root, "-pn", "help"), re.MULTILINE)
    assert found is not None
    commands = set(found[1].split()) - {"siap-uji"}
    assert set(re.findall(r"^  make ([a-z-]+) .+ / .+$", make(repo_root, "help"), re.M)) == commands


def test_make_atlas_passes_only_the_options_given(repo_root: Path) -> None:
    plain = make(repo_root, "-n", "atlas").strip().splitlines()[-1]
    made = ["--bentuk", '"gpkg"']
    assert plain.split() == [".venv/bin/fsva", "atlas", '"editions/belu-2021"', *made]
    full = make(repo_root, "-n", "atlas", "EDISI=e/x", "BATAS=a b.gpkg", "BAHASA=en", "KELUARAN=k")
    expected = (
        '.venv/bin/fsva atlas "e/x" --batas "a b.gpkg" --bahasa "en" --keluaran "k" --bentuk "gpkg"'
    )
    assert " ".join(full.strip().splitlines()[-1].split()) == expected
    drawn = make(repo_root, "-n", "atlas", "GAYA=angka", "TATA_LETAK=a3", "BENTUK=svg geotiff")
    expected = '--gaya "angka" --tata-letak "a3" --bentuk "svg" --bentuk "geotiff"'
    assert " ".join(drawn.strip().splitlines()[-1].split()).endswith(expected)


NO_APT = "apt-get update failed: tests will skip"


def stub(file: Path, commands: str) -> None:
    """Put a script in the place of a program."""
    file.write_text(f"#!/bin/sh\n{commands}\n", encoding="utf-8")
    file.chmod(0o755)


TESTS = "-m pytest -n auto --maxprocesses 8 --dist worksteal"


@pytest.mark.parametrize(
    ("failing", "code", "seen"),
    [
        ("", 0, ["lint", NO_APT, TESTS]),
        ("lint", 2, ["lint"]),
        (TESTS, 5, ["lint", NO_APT, TESTS]),
    ],
)
def test_ci_ends_as_lint_or_pytest_do_and_not_where_apt_cannot_be_used(
    repo_root: Path, tmp_path: Path, failing: str, code: int, seen: list[str]
) -> None:
    programs, checkout = tmp_path / "bin", tmp_path / "klon"
    for folder in (programs, checkout / ".ci", checkout / ".venv" / "bin"):
        folder.mkdir(parents=True)
    script = shutil.copy(repo_root / ".ci" / "run", checkout / ".ci")
    stub(programs / "make", f'echo "$1"; [ "$1" != "{failing}" ] || exit 2')
    stub(checkout / ".venv" / "bin" / "python", f'echo "$*"; [ "$*" != "{failing}" ] || exit 5')
    stub(programs / "dpkg-query", "exit 1")
    stub(programs / "apt-get", "exit 100")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", script], env={**os.environ, "PATH": path}, check=False, capture_output=True
    )
    assert (result.returncode, result.stdout.decode().splitlines()) == (code, seen)


def test_ci_runs_the_tests_as_make_does(repo_root: Path) -> None:
    last = make(repo_root, "-n", "test-semua").strip().splitlines()[-1]
    assert last == f"PYTHONDONTWRITEBYTECODE= .venv/bin/python {TESTS}"


# What git keeps


def git(repo_root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not (repo_root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("needs a git checkout")
    return subprocess.run(
        ["git", *arguments], cwd=repo_root, check=False, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("outputs/README.md", False),
        ("outputs/belu/2021/kelas.csv", False),
        ("outputs/belu/2021/gabung.csv", False),
        ("outputs/belu/2021/peta-1.pdf", True),
        ("outputs/belu/2021/png/kelas.csv", True),
        ("outputs/catatan.txt", True),
        (".venv/siap.txt", True),
        ("pipeline/fsva/__pycache__/x.pyc", True),
        ("editions/belu-2021/indicators.csv", False),
    ],
)
def test_git_ignores_sheets_and_keeps_reviewable_text(
    repo_root: Path, path: str, ignored: bool
) -> None:
    # --no-index: judge by the rules alone, also for files that are tracked already.
    result = git(repo_root, "check-ignore", "--quiet", "--no-index", path)
    assert result.returncode == (0 if ignored else 1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("editions/belu-2021/indicators.csv", "unset"),
        ("boundaries/crosswalk/53.04.csv", "unset"),
        ("outputs/belu/2021/kelas.csv", "unset"),
        ("outputs/belu/2021/peta-1.png", "unset"),
        ("boundaries/skematis/53.04-belu.geojson", "set"),
        ("pipeline/fsva/__init__.py", "auto"),
    ],
)
def test_git_leaves_office_files_byte_for_byte(repo_root: Path, path: str, text: str) -> None:
    result = git(repo_root, "check-attr", "text", "--", path)
    assert result.stdout.strip() == f"{path}: text: {text}"


def test_licence_is_the_whole_apache_licence(repo_root: Path) -> None:
    found = hashlib.sha256((repo_root / "LICENSE").read_bytes()).hexdigest()
    assert found == APACHE_2_SHA256
