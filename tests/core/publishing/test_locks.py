"""One run at a time writes to a place; who waits is told for whom; a killed run holds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fsva.core import messages, texts
from fsva.core.errors import BusyError, PublishError
from fsva.core.publishing import locks, publish
from tests.places.belu import contents
from tests.places.small import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from fsva.core.publishing import locks
sys.argv = ["/home/budi/fsva", "atlas", "editions/a", "--batas", "postgresql://u:rahasia@h/d"]
with locks.held(Path(sys.stdin.readline().strip()), 5.0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holding(target: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold a place in another process until the block ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{target}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "held\n"
        yield child


def test_who_finds_a_folder_held_says_who_and_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_patience", lambda: 0.1)
    folder = tmp_path / "2021"
    publish.publish({"a.pdf": b"old"}, folder, [])
    with holding(folder) as child:
        with pytest.raises(BusyError) as caught:
            publish.publish({"a.pdf": b"new"}, folder, ["a.pdf"])
        said = messages.render(caught.value, texts.load("id"))
    assert caught.value.exit_code == 71
    assert f"Proses {child.pid} (fsva atlas)" in said
    assert "rahasia" not in said
    assert "budi" not in said
    assert contents(folder) == {"a.pdf": b"old"}


@pytest.mark.parametrize("inner", ["ringkasan", "ringkasan/lebih"])
def test_what_lies_in_a_folder_waits_for_it_and_it_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    monkeypatch.setattr(publish, "_patience", lambda: 0.1)
    folder = tmp_path / "2021"
    (folder / inner).mkdir(parents=True)
    outer = (folder / inner).parent
    for one, other in ((outer, folder / inner), (folder / inner, outer)):
        with holding(one), pytest.raises(BusyError):
            publish.publish({"a.csv": b"new"}, other, [])


def test_a_killed_run_holds_nothing_and_its_lock_file_goes(tmp_path: Path) -> None:
    folder = tmp_path / "2021"
    with holding(folder) as child:
        child.kill()
        child.wait()
    assert (tmp_path / ".2021.kunci").exists()
    publish.publish({"a.pdf": b"new"}, folder, [])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["2021"]


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), locks.held(tmp_path / "2021", 0.1):
            raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_where_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "2021"
    publish.publish({"a.pdf": b"old"}, folder, [])
    (tmp_path / ".2021.baru-0123abcd").mkdir()
    with holding(folder) as child:
        publish.tidy(folder)  # another run is at work
        assert (tmp_path / ".2021.baru-0123abcd").exists()
        child.kill()
        child.wait()
    publish.tidy(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["2021"]
    assert contents(folder) == {"a.pdf": b"old"}


def test_the_lock_of_the_folder_around_goes_too_where_nothing_changes(tmp_path: Path) -> None:
    folder = tmp_path / "belu" / "2021"
    publish.publish({"a.pdf": b"old"}, folder, [])
    (tmp_path / f".belu{locks.ENDING}").touch()  # its run was killed as it let the inner one go
    publish.tidy(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["belu"]
    assert contents(folder) == {"a.pdf": b"old"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where no file is made")
def test_a_place_where_no_lock_can_be_made_is_not_waited_for() -> None:
    start = time.monotonic()
    with pytest.raises(PublishError) as caught:
        publish.publish({"a.pdf": b"new"}, Path("/proc/2021"), [])
    assert caught.value.key == "tak_tertulis"
    assert time.monotonic() - start < 5
