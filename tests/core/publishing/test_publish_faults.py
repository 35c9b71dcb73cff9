"""Every call of the system that publishing makes fails once: one whole run stands."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fsva.cli.compare import banding
from fsva.core import texts
from fsva.core.errors import PublishError
from fsva.core.publishing import publish, temporary
from tests.places import banding_contoh
from tests.places.belu import contents

OLD = {"a.pdf": b"old a", "stale.pdf": b"old"}
NEW = {"a.pdf": b"new a", "c.pdf": b"new c"}
NOTE = {"catatan.txt": b"mine"}
CALLS = ("open", "rename", "replace", "fsync", "unlink", "mkdir", "rmdir")
MOST = 30


class Killed(BaseException):
    """What no part of the program may stop: the end of the process."""


class Breaking:
    """A call of the system that fails the nth time."""

    def __init__(self, call: Callable[..., Any], nth: int, fault: BaseException) -> None:
        self.call, self.left, self.fault = call, nth, fault

    def __call__(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401 - as the system's
        self.left -= 1
        if self.left == 0:
            raise self.fault
        return self.call(*arguments, **settings)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES, None])
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_moment_leaves_one_whole_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: int | None, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(publish, "_exchanged_at_once", lambda one, other: False)
    for nth in range(1, MOST):
        folder = tmp_path / str(nth) / "2021"
        publish.publish(OLD, folder, [])
        (folder / "catatan.txt").write_bytes(b"mine")
        problem = Killed() if fault is None else OSError(fault, os.strerror(fault))
        with monkeypatch.context() as broken:
            breaking = Breaking(getattr(os, call), nth, problem)
            broken.setattr(os, call, breaking)
            try:
                publish.publish(NEW, folder, OLD)
                done = True
            except (PublishError, OSError, Killed):
                done = False
        if breaking.left > 0:  # there is no nth call
            break
        if folder.exists():
            assert contents(folder) in ([NEW | NOTE] if done else [OLD | NOTE, NEW | NOTE])
        publish.publish(NEW, folder, OLD)
        assert contents(folder) == NEW | NOTE
        assert [entry.name for entry in folder.parent.iterdir()] == ["2021"]
    assert nth < MOST


def faults(
    monkeypatch: pytest.MonkeyPatch,
    call: tuple[str, int],
    fault: int | None,
    work: Callable[[], object],
) -> bool | None:
    """Do some work while the nth call of the system fails; None once there is no such call."""
    problem = Killed() if fault is None else OSError(fault, os.strerror(fault))
    with monkeypatch.context() as broken:
        breaking = Breaking(getattr(os, call[0]), call[1], problem)
        broken.setattr(os, call[0], breaking)
        try:
            work()
            done = True
        except (PublishError, OSError, Killed):
            done = False
    return None if breaking.left > 0 else done


EVERY_FAULT = [errno.ENOSPC, errno.EIO, errno.EACCES, None]


@pytest.mark.parametrize("fault", EVERY_FAULT)
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_while_a_comparison_is_written_leaves_one_whole_comparison(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    call: str,
    fault: int | None,
) -> None:
    ours = banding_contoh.COMPARISON
    views = [{"banding.html": word, "banding.xlsx": word * 2} for word in (b"old", b"new")]
    told = texts.load("id")
    for nth in range(1, MOST):
        folder = tmp_path / str(nth) / "banding-a-b"
        banding.publish_views(ours, [], views[0], folder, told)
        old = contents(folder)
        done = faults(
            monkeypatch, (call, nth), fault,
            partial(banding.publish_views, ours, [], views[1], folder, told),
        )  # fmt: skip
        if done is None:
            break
        left = contents(folder) if folder.exists() else {}
        assert not folder.exists() or left == old or left["banding.html"] == b"new"
        assert not left or set(left) == set(old)
        assert "Selesai" in capsys.readouterr().out  # of the first
        banding.publish_views(ours, [], views[1], folder, told)
        assert contents(folder)["banding.xlsx"] == b"newnew"
        assert [entry.name for entry in folder.parent.iterdir()] == ["banding-a-b"]
    assert nth < MOST


@pytest.mark.parametrize("fault", EVERY_FAULT)
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_while_a_file_is_written_leaves_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: int | None
) -> None:
    for nth in range(1, MOST):
        file = tmp_path / str(nth) / "padanan.csv"
        publish.write(b"old", file)
        done = faults(monkeypatch, (call, nth), fault, partial(publish.write, b"new", file))
        if done is None:
            break
        assert file.read_bytes() in ([b"new"] if done else [b"old", b"new"])
        publish.write(b"new", file)
        assert file.read_bytes() == b"new"
        assert [entry.name for entry in file.parent.iterdir()] == ["padanan.csv"]
    assert nth < MOST


@pytest.mark.parametrize("fault", EVERY_FAULT)
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_in_a_private_folder_leaves_nothing_after_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: int | None
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def work() -> None:
        with temporary.folder("fsva-uji-") as place:
            temporary.write(b"a", place / "x" / "a.csv")

    for nth in range(1, MOST):
        done = faults(monkeypatch, (call, nth), fault, work)
        work()
        assert list(tmp_path.iterdir()) == []
        if done is None:
            break
    assert nth < MOST
