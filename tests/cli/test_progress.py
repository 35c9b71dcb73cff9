"""The bar of long steps: on a terminal, and never in a pipe."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from fsva import cli
from fsva.cli import progress
from fsva.cli.step_bars import StepBars
from fsva.core import texts
from fsva.core.screens import step_times, steps
from tests.places.small import BELU

# Each part takes a third of a second: the whole is known to take more than two after the first.
SLOW = """
import time
from fsva.cli import progress, screen
from fsva.core import texts
from fsva.core.screens import steps
with progress.shown(texts.load("id")):
    for part in steps.walked(range({parts})):
        time.sleep(0.34)
        screen.say(f"lembar {{part}}")
"""


def on_terminal(code: str) -> str:
    """Run code whose standard error is a terminal; return what it shows there."""
    ours, theirs = pty.openpty()
    made = subprocess.run(
        [sys.executable, "-c", code], stderr=theirs, stdout=subprocess.DEVNULL, check=True
    )
    assert made.returncode == 0
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the end of a terminal
        pass
    os.close(ours)
    return shown.decode()


@pytest.mark.slow
def test_a_long_step_has_a_bar_with_the_remaining_time() -> None:
    shown = on_terminal(SLOW.format(parts=8))
    assert "Kemajuan" in shown
    assert "00:00:01" in shown  # left near the end
    assert "100%" in shown
    assert "\x1b[2K" in shown  # a sentence stands on a line of its own


TIMED = """
import time
from fsva.cli import progress, screen
from fsva.core import texts
from fsva.core.screens import steps
with progress.shown(texts.load("id")):
    with steps.taking("lapisan", {villages}):
        time.sleep({seconds})
    screen.say("selesai")
"""


def test_a_step_without_parts_has_a_bar_that_moves_with_the_clock() -> None:
    """2,000 villages take 4.2 s where the times were measured; here it is over before."""
    shown = on_terminal(TIMED.format(villages=2000, seconds=1.7))
    assert "Kemajuan" in shown
    assert "00:00:0" in shown  # what is left
    assert "100%" in shown


def test_a_short_step_without_parts_has_none() -> None:
    assert on_terminal(TIMED.format(villages=81, seconds=0.7)) == ""


@pytest.mark.slow
def test_a_step_that_takes_longer_than_expected_gets_its_bar() -> None:
    assert "Kemajuan" in on_terminal(TIMED.format(villages=81, seconds=2.9))


def test_a_short_step_has_none() -> None:
    assert on_terminal(SLOW.format(parts=3)) == ""


@pytest.mark.slow
def test_nothing_reaches_a_pipe() -> None:
    made = subprocess.run(
        [sys.executable, "-c", SLOW.format(parts=7)], capture_output=True, check=True
    )
    assert made.stderr == b""
    assert b"\x1b" not in made.stdout
    assert made.stdout.split() == [w for n in range(7) for w in (b"lembar", str(n).encode())]


@pytest.mark.parametrize(
    ("words", "least"),
    [(("keyakinan", "--undian", "10000"), 2), (("sasaran",), 0), (("profil", "--desa"), 10)],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_commands_tell_how_far_they_are(words: tuple[str, ...], least: int, tmp_path: Path) -> None:
    told: dict[object, list[tuple[int, int]]] = {}
    with steps.heard(lambda loop, done, total: told.setdefault(loop, []).append((done, total))):
        name, *more = words
        assert cli.main([name, str(BELU), *more, "--keluaran", str(tmp_path / "k")]) == 0
    for heard in told.values():
        assert [done for done, _ in heard] == list(range(heard[0][1] + 1))
    assert max((heard[0][1] for heard in told.values()), default=0) >= least


def test_a_bar_of_a_loop_that_ends_early_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LEAST_S", -1.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress.shown(texts.load("id")):
        for part in steps.walked(range(5)):
            if part == 2:
                break
    assert not progress.screen.is_over


def test_a_step_beside_another_neither_has_a_bar_nor_ends_that_of_the_other() -> None:
    begun: list[int] = []
    bars = StepBars(lambda name, size: size / 1000, lambda length: begun.append(length), 2.0)
    bars.tell("nama", 500)
    running = bars._thread
    bars.tell("lapisan_gis", 9000)
    bars.tell("lapisan_gis", 0)
    assert bars._thread is running is not None
    bars.tell("nama", 0)
    assert bars._thread is None
    assert begun == []


@pytest.mark.parametrize("step", ["lapisan", "nama", "dokumen", "lapisan_gis", "halaman", "buku"])
def test_a_step_is_expected_to_take_what_was_measured(step: str) -> None:
    assert 0 < step_times.load().seconds(step, 852) < 10
