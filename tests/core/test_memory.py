"""A command that the system gives too little memory is refused before a library aborts."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
