"""What the processes of a killed run have left in the temporary folder goes with the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

RUN = """
import sys
from fsva.runs.many import workers
from tests.runs.many import test_sockets
if __name__ == "__main__":
    seats = workers.LocalWorkers(1, 9, 1, test_sockets.answer)
    print(seats.submit(7).result(), flush=True)
    sys.stdin.read()
    seats.stop()
"""


def answer(job: int) -> int:
    return job + 1


def begun(folder: Path) -> subprocess.Popen[str]:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "8\n"
    return run


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux")
def test_sockets_of_a_killed_run_are_removed() -> None:
    """In a folder with a short name: a socket's is bounded."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        killed = begun(folder)
        killed.kill()
        killed.communicate()
        assert list(folder.glob("fsva-pekerja-*/pymp-*")) != []
        next_run = begun(folder)
        next_run.communicate(timeout=60)
        assert next_run.returncode == 0
        assert list(folder.iterdir()) == []
