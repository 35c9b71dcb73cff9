"""Every call of the system that publishing makes fails once: one whole run stands."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fsva.core.errors import PublishError
from fsva.core.publishing import publish
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
