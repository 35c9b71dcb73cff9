"""How far a long loop or step is, told to whoever listens.

Owns the list of listeners; without one nothing is told. What they show is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
# The loop, how many of its parts are done, and of how many.
Listener = Callable[[object, int, int], None]
# A step whose parts nobody counts: its name and size when it begins, its name and 0 when it ends.
Watcher = Callable[[str, int], None]
_listeners: list[Listener] = []
_watchers: list[Watcher] = []


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Let somebody listen for a while."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let somebody watch steps for a while."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


@contextmanager
def taking(name: str, size: int) -> Iterator[None]:
    """Tell that a step of a known size begins and ends, whose parts nobody counts.

    Parameters
    ----------
    name : str
        As ``styles/kemajuan.toml`` names it.
    size : int
        Villages, or whatever its time grows with.
    """
    for watcher in tuple(_watchers):
        watcher(name, size)
    try:
        yield
    finally:
        for watcher in tuple(_watchers):
            watcher(name, 0)


def walked(parts: Collection[T]) -> Iterator[T]:
    """Yield the parts of a loop, and tell before the first and after each how many are done."""
    loop = object()
    _tell(loop, 0, len(parts))
    for done, part in enumerate(parts, start=1):
        yield part
        _tell(loop, done, len(parts))


def _tell(loop: object, done: int, total: int) -> None:
    for listener in tuple(_listeners):
        listener(loop, done, total)
