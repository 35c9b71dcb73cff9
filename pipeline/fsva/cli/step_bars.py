"""The bar of a step whose parts nobody counts: it moves with the clock.

Owns how the time that is left is reckoned: from what such a step takes, longer where the steps
before it, or this one, took longer than was expected.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fsva.cli import screen

TICK_S = 0.5
_NEARLY = 0.8  # a step that takes longer than expected stands here
_WHOLE = 1000
Begin = Callable[[int], Any]


@dataclass
class StepBars:
    """Shows a bar for each step that takes long; one at a time.

    Parameters
    ----------
    expected : callable
        Seconds that a step of a size takes.
    begin : callable
        Makes a bar of a length.
    least : float
        Seconds below which a step has no bar.
    """

    expected: Callable[[str, int], float]
    begin: Begin
    least: float
    _slower: float = 1.0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _name: str = ""
    _begun: float = 0.0
    _usual: float = 0.0

    def tell(self, name: str, size: int) -> None:
        """Begin the bar of a step, or end it; steps beside or within the one shown have none."""
        if size:
            self._start(name, self.expected(name, size))
        elif name == self._name:
            self.end()

    def _start(self, name: str, usual: float) -> None:
        if self._thread is not None or usual <= 0:
            return
        self._name = name
        self._begun, self._usual = time.monotonic(), usual
        self._over.clear()
        self._thread = threading.Thread(target=self._show, daemon=True)
        self._thread.start()

    def _show(self) -> None:
        """Draw until the step is over; nothing for one that is short."""
        bar = None
        while not self._over.wait(TICK_S):
            spent = time.monotonic() - self._begun
            whole = max(self._usual * self._slower, spent / _NEARLY)
            if bar is None and whole > self.least:
                bar = self.begin(_WHOLE)
                bar.start = bar.last_eta = time.time() - spent
                bar.__enter__()
                screen.is_over = True
            if bar is not None:
                bar.update(max(int(_WHOLE * spent / whole) - bar.pos, 0))
        if bar is not None:
            bar.update(_WHOLE - bar.pos)
            bar.__exit__(None, None, None)
            screen.is_over = False

    def end(self) -> None:
        """End the bar, and learn how fast this computer is."""
        if self._thread is None:
            return
        self._over.set()
        self._thread.join()
        self._thread = None
        self._slower = max(0.5, (time.monotonic() - self._begun) / self._usual)
