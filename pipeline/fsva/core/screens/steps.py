"""How far a long loop is, told to whoever listens.

Owns the list of listeners; without one nothing is told. What they show is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
# The loop, how many of its parts are done, and of how many.
Listener = Callable[[object, int, int], None]
_listeners: list[Listener] = []


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Let somebody listen for a while."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


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
