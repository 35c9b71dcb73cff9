"""The bar with the remaining time of a long step.

Owns when it appears: on a terminal only, on the standard error, and only for what takes long.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from fsva.cli import screen
from fsva.cli.step_bars import StepBars
from fsva.core import printed
from fsva.core.screens import step_times, steps
from fsva.core.texts import Texts

LEAST_S = 2.0  # a step that takes less has no bar
Advance = Callable[[int], None]


@contextmanager
def bar(label: str, length: int) -> Iterator[Advance]:
    """Show a bar while something is done; yield what moves it on.

    Parameters
    ----------
    label : str
        What is done.
    length : int
        Steps of the whole.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _of(label, length) as shown:
        yield shown.update


def _of(label: str, length: int) -> Any:  # noqa: ANN401 - click names no public type
    return click.progressbar(length=length, label=printed.one_line(label), file=sys.stderr)


@contextmanager
def shown(texts: Texts) -> Iterator[None]:
    """Show how far the long loops of a command are while it works."""
    if not sys.stderr.isatty():
        yield
        return
    label = texts("cli.kemajuan")
    bars, timed = _Bars(label), _timed(label)
    with steps.heard(bars.tell), steps.watched(timed.tell):
        try:
            yield
        finally:
            timed.end()
            bars.end()


def _timed(label: str) -> StepBars:
    """Return the bars of steps that move with the clock."""
    times = step_times.load()
    return StepBars(times.seconds, partial(_of, label), LEAST_S)


class _Bars:
    """One bar at a time, for the loop that was first; threads may tell of others.

    Parameters
    ----------
    label : str
        Before the bar.
    """

    def __init__(self, label: str) -> None:
        self._label, self._lock = label, threading.Lock()
        self._loop: object = None
        self._begun = 0.0
        self._bar: Any = None

    def tell(self, loop: object, done: int, total: int) -> None:
        """Draw the bar anew once its loop is known to take long."""
        with self._lock:
            if self._loop is None:
                self._loop, self._begun = loop, time.monotonic()
            if loop is not self._loop:
                return
            self._draw(done, total)
            if done == total:
                self._close()

    def _draw(self, done: int, total: int) -> None:
        spent = time.monotonic() - self._begun
        if self._bar is None and done and spent / done * total > LEAST_S:
            self._bar = _of(self._label, total)
            self._bar.start = self._bar.last_eta = time.time() - spent
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)
            screen.is_over = True

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        self._loop, self._bar, screen.is_over = None, None, False

    def end(self) -> None:
        """Close a bar whose loop was left early."""
        with self._lock:
            self._close()
