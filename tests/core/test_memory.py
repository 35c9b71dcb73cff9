"""Too little memory is refused before a library aborts, and libraries take none in vain."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from fsva.core import memory
from fsva.core.errors import SourceError
from fsva.core.message_values import Quantity
from tests.places import small

resource = pytest.importorskip("resource", reason="Windows has no such limit")


@pytest.mark.parametrize("megabytes", [150, 300])
def test_too_little_memory_is_told_with_both_figures(megabytes: int) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 10**6, megabytes * 10**6))

    done = subprocess.run(
        [sys.executable, "-m", "fsva", "jejak", str(small.BELU), "Tasain"],
        preexec_fn=limit, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 10
    assert f"{megabytes} MB" in done.stderr
    assert "400 MB" in done.stderr


def test_a_report_needs_more_memory_than_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst aborts the process where it gets none."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (500_000_000, -1))
    memory.check()
    with pytest.raises(SourceError) as caught:
        memory.check(typesetting=True)
    assert caught.value.key == "memori_batas"
    assert caught.value.facts["batas"] == Quantity(700, 0, "MB")


@pytest.mark.parametrize(("asked", "given"), [(None, "1"), ("3", "3")])
def test_linear_algebra_starts_no_threads_unless_asked_to(asked: str | None, given: str) -> None:
    code = (
        "import os\nfrom fsva.core import memory\nmemory.spare()\nimport numpy\n"
        "task = f'/proc/{os.getpid()}/task'\n"
        "n = len(os.listdir(task)) if os.path.isdir(task) else 0\n"
        "print(os.environ['OPENBLAS_NUM_THREADS'], n)"
    )
    around = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    if asked:
        around["OPENBLAS_NUM_THREADS"] = asked
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=around, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    told, n_threads = done.stdout.split()
    assert told == given
    if sys.platform == "linux" and not asked:
        assert n_threads == "1"
