"""The folder for offices without network: what is fetched for whom, and what stands in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import bekal, siapkan
from tools.siapkan import SetupError

LOCK = """\
click==8.5 \\
    --hash=sha256:aa
    # via fsva-atlas (pyproject.toml)
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:bb
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:cc
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:dd \\
    --hash=sha256:ee
click==8.5 \\
    --hash=sha256:aa
"""


def heads(lock: str) -> list[str]:
    return [line for line in lock.splitlines() if "==" in line]


@pytest.mark.parametrize(
    ("system", "version", "wanted"),
    [
        ("linux", "3.11", ["click==8.5 \\", "numpy==2.4.6 \\"]),
        ("linux", "3.12", ["click==8.5 \\", "numpy==2.5.5 \\"]),
        ("windows", "3.13", ["click==8.5 \\", "colorama==0.4.6 \\", "numpy==2.5.5 \\"]),
    ],
)
def test_markers_are_those_of_the_office_not_of_this_computer(
    system: str, version: str, wanted: list[str]
) -> None:
    kept = bekal.pins_for(LOCK, system, version)
    assert heads(kept) == wanted
    assert kept.count("--hash=") == len(wanted) + ("numpy==2.5.5 \\" in wanted)


@pytest.mark.parametrize("system", list(bekal.SYSTEMS))
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_package_of_the_lock_is_fetched_in_one_version(system: str, version: str) -> None:
    lock = siapkan.LOCKS[siapkan.RUNTIME].read_text(encoding="utf-8")
    whole = [head.split("==")[0] for head in heads(lock) if head[0] != " "]
    kept = [head.split("==")[0] for head in heads(bekal.pins_for(lock, system, version))]
    assert kept == sorted(set(whole))
    assert " ; " not in "".join(heads(bekal.pins_for(lock, system, version)))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Let pip fetch nothing but leave an empty wheel where it should put one."""
    calls: list[Sequence[str]] = []

    def fetched(*arguments: str) -> None:
        calls.append(arguments)
        after = "--dest" if "--dest" in arguments else "--wheel-dir"
        folder = Path(arguments[arguments.index(after) + 1])
        (folder / f"paket{len(calls)}.whl").write_bytes(b"x" * 1_000_000)

    monkeypatch.setattr(bekal, "_pip", fetched)
    return calls


def test_the_folder_holds_the_project_its_packages_and_what_to_do(
    asked: list[Sequence[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bekal"
    assert bekal.main(["--ke", str(target), "--versi", "3.12,3.13", "--ekstra", "raster"]) == 0
    for name in ("README.id.md", "requirements.lock", "tools/siapkan.py", "styles/fonts",
                 "editions/belu-2021/edition.toml", "pipeline/fsva/py.typed"):  # fmt: skip
        assert (target / name).exists(), name
    assert not [name for name in (".git", ".venv", "bekal") if (target / name).exists()]
    assert "siapkan.py" in (target / bekal.READ_FIRST).read_text(encoding="utf-8")
    assert (target / "paket" / siapkan.VERSIONS).read_text(encoding="ascii") == "3.12 3.13\n"
    assert [a[0] for a in asked] == ["download"] * 4 + ["wheel"]
    said = capsys.readouterr().out
    assert "5 paket (5 MB)" in said
    assert "Python 3.12, 3.13" in said
    assert list(tmp_path.iterdir()) == [target]


def test_windows_wheels_are_asked_for_by_name(asked: list[Sequence[str]], tmp_path: Path) -> None:
    bekal.pack(tmp_path / "bekal", ["3.12"], [])
    linux, windows, _ = asked
    assert windows[windows.index("--platform") + 1] == "win_amd64"
    assert "manylinux_2_17_x86_64" in linux
    for one in (linux, windows):
        assert {"--only-binary=:all:", "--require-hashes", "--no-deps"} <= set(one)
        assert one[one.index("--python-version") + 1] == "3.12"


def test_a_folder_that_is_no_bekal_is_left_alone(
    asked: list[Sequence[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "penting.txt").write_text("x", encoding="utf-8")
    assert bekal.main(["--ke", str(tmp_path)]) == 1
    assert "bukan bekal" in capsys.readouterr().err
    assert (tmp_path / "penting.txt").is_file()
    assert asked == []


def test_a_failure_leaves_the_earlier_folder(
    asked: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bekal"
    bekal.pack(target, ["3.12"], [])
    before = sorted(target.rglob("*"))

    def unplugged(*arguments: str) -> None:
        raise SetupError("unplugged")

    monkeypatch.setattr(bekal, "_pip", unplugged)
    assert bekal.main(["--ke", str(target)]) == 1
    assert sorted(target.rglob("*")) == before
    assert list(tmp_path.iterdir()) == [target]


def test_without_git_all_but_what_runs_make_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("README.md", "pipeline/fsva/api.py", "outputs/belu/2021/atlas.pdf",
                 ".venv/siap.txt", "pipeline/fsva/__pycache__/api.pyc"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(bekal, "ROOT", tmp_path)
    assert bekal.project_files() == [Path("README.md"), Path("pipeline/fsva/api.py")]


def test_official_layers_that_git_does_not_keep_stay_in_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("git") is None:
        pytest.skip("needs git on the PATH")
    for name in ("edition.toml", "resmi.gpkg"):
        (tmp_path / name).touch()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "edition.toml"], cwd=tmp_path, check=True)
    monkeypatch.setattr(bekal, "ROOT", tmp_path)
    assert bekal.project_files() == [Path("edition.toml")]


@pytest.mark.parametrize("packed", [False, True])
def test_setting_up_asks_no_network_where_packages_lie_beside(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[Sequence[str]] = []

    class Done:
        returncode = 1

    def recorded(command: Sequence[str], **_: object) -> Done:
        commands.append(command)
        return Done()

    folder = tmp_path / "paket"
    if packed:
        folder.mkdir()
        (folder / siapkan.VERSIONS).write_text("3.12 3.13\n", encoding="ascii")
    monkeypatch.setattr(siapkan, "PACKED", folder)
    monkeypatch.setattr(siapkan.subprocess, "run", recorded)
    told = r"(?s)3\.12, 3\.13.*--versi" if packed else "PIP_INDEX_URL"
    with pytest.raises(SetupError, match=told):
        siapkan.pip_install("-r", "x.lock")
    assert ("--no-index" in commands[0]) is packed
    assert (str(folder) in commands[0]) is packed
