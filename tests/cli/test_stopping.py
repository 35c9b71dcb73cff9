"""A request to end comes at any moment, also while a library is in one long call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fsva.core import bounds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")

# A command with a private folder, in one call of C that ends never and that nothing interrupts,
# as a long one of GEOS: it locks a mutex twice. The waits are short here.
LONG_CALL = """
import ctypes, sys
from fsva import cli
from fsva.cli import commands, stopping
from fsva.core import bounds
from fsva.core.publishing import temporary
class Root:
    def main(self, *words, **settings):
        mutex = ctypes.create_string_buffer(256)
        with temporary.folder("fsva-uji-") as place:
            temporary.write(b"a", place / "a.csv")
            print("mulai", flush=True)
            ctypes.CDLL(None).pthread_mutex_lock(mutex)
            ctypes.CDLL(None).pthread_mutex_lock(mutex)
usual = bounds.load()
times = usual.times.model_copy(update={"stop": float(sys.argv.pop())})
bounds.load = lambda: usual.model_copy(update={"times": times})
stopping._ORDER_S = 0.1
commands.root = lambda texts: Root()
cli.entry()
"""


def stopped(folder: Path, request: signal.Signals, seconds: str, *words: str) -> tuple[int, str]:
    """Stop the long call; a second request follows where the deadline is far."""
    command = [sys.executable, "-c", LONG_CALL, *words, seconds]
    environment = {**os.environ, "TMPDIR": str(folder)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, env=environment, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "mulai\n"
        assert len(list(folder.iterdir())) == 2  # the folder and its note
        time.sleep(0.3)  # the call begins
        running.send_signal(request)
        if float(seconds) > 1:
            time.sleep(0.5)
            assert running.poll() is None
            running.send_signal(request)
        _, said = running.communicate(timeout=20)
    return running.returncode, said


@pytest.mark.slow
@pytest.mark.parametrize("seconds", ["0.2", "3600"])
@pytest.mark.parametrize("request_", [signal.SIGINT, signal.SIGTERM])
def test_a_long_call_is_left_at_a_deadline_or_a_second_request(
    tmp_path: Path, request_: signal.Signals, seconds: str
) -> None:
    code, said = stopped(tmp_path, request_, seconds)
    assert (code, said) == (128 + request_, "Dihentikan.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_words_are_those_of_the_language(tmp_path: Path) -> None:
    assert stopped(tmp_path, signal.SIGTERM, "0.2", "--bahasa", "en") == (143, "Stopped.\n")


def test_a_command_has_some_seconds_for_its_end() -> None:
    assert 1 < bounds.load().times.stop <= 10


# A command whose end is raised in a call back from C, which goes on; pydantic then took the value
# for a wrong one.
SWALLOWED = """
import ctypes, os, signal
from fsva import cli
from fsva.cli import commands
from fsva.core.errors import SourceError
class Root:
    def main(self, *words, **settings):
        @ctypes.CFUNCTYPE(None)
        def called():
            os.kill(os.getpid(), signal.{request})
            for _ in range(100_000):
                pass
        called()
        {then}
        return 0
commands.root = lambda texts: Root()
cli.entry()
"""
GOES_ON = "import time; [time.sleep(0.1) for _ in range(200)]"
FAILS = "raise SourceError('bukan_utf8')"


@pytest.mark.parametrize("then", [GOES_ON, FAILS])
@pytest.mark.parametrize("request_", [signal.SIGINT, signal.SIGTERM])
def test_an_end_that_a_library_swallows_is_asked_for_again(
    request_: signal.Signals, then: str
) -> None:
    code = SWALLOWED.format(request=request_.name, then=then)
    began = time.monotonic()
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 128 + request_
    assert run.stderr.splitlines()[0] in ("Dihentikan.", "Galat: Dihentikan.")
    assert "Traceback" not in run.stderr
    assert time.monotonic() - began < bounds.load().times.stop
