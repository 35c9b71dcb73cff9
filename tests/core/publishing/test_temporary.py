"""Temporary folders end with their run, or with the next one if that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from fsva.core.publishing import temporary
from tests.places.small import ROOT

HOLDER = """
import sys
from fsva.cli import stopping
from fsva.core.publishing import temporary
stop = stopping.Stop("")
with temporary.folder("fsva-uji-") as place:
    temporary.write(b"x", place / "a" / "b.csv")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals as on Unix")
@pytest.mark.parametrize(("sent", "left"), [("SIGTERM", 0), ("SIGKILL", 2)])
def test_a_killed_run_leaves_nothing_after_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: str, left: int
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary.folder("fsva-uji-") as mine:
        environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT / "pipeline")}
        with subprocess.Popen(
            [sys.executable, "-c", HOLDER], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            assert len(list(tmp_path.iterdir())) == 4
            child.send_signal(getattr(signal, sent))
            child.wait()
        assert len(list(tmp_path.iterdir())) == 2 + left
        with temporary.folder("fsva-uji-"):
            assert mine.is_dir()  # its run is alive
            assert len(list(tmp_path.iterdir())) == 4
    assert list(tmp_path.iterdir()) == []
