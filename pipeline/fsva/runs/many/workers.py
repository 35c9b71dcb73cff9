"""Workers of this machine: warm processes, one edition at a time in each.

Owns the processes. Each is an executor of its own, so that one that dies takes no other edition
with it; one that has made many editions is replaced before its memory grows.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import util
from multiprocessing.connection import wait
from typing import Protocol

from fsva.core.publishing import temporary
from fsva.runs.many.edition_job import EditionJob, JobResult

_WARM = "fsva.runs.many.warm"
_SOCKETS = "fsva-pekerja-"
_LAST = -200  # after Python's own folder in ours, which is removed at -100
# A socket's name has 107 bytes on Linux, and Python appends up to thirty.
_LONGEST_PLACE = 75
Making = Callable[[EditionJob], JobResult]


class Workers(Protocol):
    """Whatever makes editions elsewhere than in this process.

    Attributes
    ----------
    size : int
        How many editions are made at the same time.
    most_deaths : int
        Deaths of workers after which an edition is given up.
    """

    size: int
    most_deaths: int

    def submit(self, job: EditionJob) -> Future[JobResult]:
        """Begin an edition; at most ``size`` are under way."""

    def is_death(self, error: BaseException) -> bool:
        """Tell whether an edition has no answer because its worker died."""

    def is_gone(self) -> bool:
        """Tell whether there is nobody left who could make an edition."""

    def stop(self) -> None:
        """End all workers, whatever they are doing."""


@dataclass(eq=False)
class _Seat:
    """A place for one process."""

    executor: ProcessPoolExecutor | None = None
    future: Future[JobResult] | None = None
    n_made: int = 0


@dataclass(eq=False)
class LocalWorkers:
    """Processes of this machine.

    Parameters
    ----------
    size : int
        How many.
    renew_after : int
        Editions after which a process is replaced.
    most_deaths : int
        Of one edition.
    making : callable
        What they do.
    """

    size: int
    renew_after: int
    most_deaths: int
    making: Making
    _seats: list[_Seat] = field(init=False)

    def __post_init__(self) -> None:
        self._seats = [_Seat() for _ in range(self.size)]
        self._context = _context()

    def submit(self, job: EditionJob) -> Future[JobResult]:
        """Begin an edition on a free place."""
        seat = next(seat for seat in self._seats if seat.future is None or seat.future.done())
        if seat.executor is None or seat.n_made >= self.renew_after or _is_broken(seat.future):
            self._renew(seat)
        seat.n_made += 1
        assert seat.executor is not None  # noqa: S101 - _renew has just made it
        seat.future = seat.executor.submit(self.making, job)
        return seat.future

    def is_death(self, error: BaseException) -> bool:
        """Tell whether the worker died."""
        return isinstance(error, BrokenExecutor)

    def is_gone(self) -> bool:
        """Tell whether nobody is left: a dead process is replaced."""
        return False

    def stop(self) -> None:
        """End all processes at once; what they were writing is not put in its place."""
        for seat in self._seats:
            if seat.executor is not None:
                seat.executor.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.kill()

    def _renew(self, seat: _Seat) -> None:
        if seat.executor is not None:
            seat.executor.shutdown(wait=False)
        seat.executor = ProcessPoolExecutor(1, mp_context=self._context, initializer=_begin)
        seat.n_made = 0


def _is_broken(future: Future[JobResult] | None) -> bool:
    return future is not None and isinstance(future.exception(), BrokenExecutor)


def usual_size() -> int:
    """Return how many processors this program may use."""
    if sys.platform.startswith("linux"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes are made: forked from one that has loaded all, else anew."""
    # Read by the C library of Linux when a process starts: with a heap for every thread, a worker
    # holds 590 MiB after seven editions instead of 390.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    _settle_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_WARM])
    return context


@cache
def _settle_sockets() -> None:
    """Let the sockets of the processes lie in a folder that the next run removes after a kill.

    Python makes it once for a process and removes it at its end, which a kill leaves out. Where
    the way to it is too long for a socket, it stays where Python makes it.
    """
    held = ExitStack()
    place = held.enter_context(temporary.folder(_SOCKETS))
    util.Finalize(None, held.close, exitpriority=_LAST)
    if len(os.fsencode(place)) > _LONGEST_PLACE:
        return
    before, tempfile.tempdir = tempfile.tempdir, str(place)
    try:
        util.get_temp_dir()
    finally:
        tempfile.tempdir = before


def _begin() -> None:
    """Prepare a process: it leaves Ctrl+C to the one that asks, and ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
