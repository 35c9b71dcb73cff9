"""What was found for a district, for whoever asks again: a search is made once in a run.

Owns the names under which results are remembered. Polygons are named by their hash, so that a large
district is not held twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

import shapely

from fsva.sources.plain.shape_table import ShapeTable

Q = TypeVar("Q", bound=Hashable)
T = TypeVar("T")
# Polygons hashed at once.
_AT_ONCE = 4096
# Of the tables that are still in use.
_DIGESTS: WeakKeyDictionary[ShapeTable, bytes] = WeakKeyDictionary()


class Remembered(Generic[Q, T]):
    """The last results of a search.

    Parameters
    ----------
    most : int
        How many; then the oldest is dropped.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Q, T] = {}

    def once(self, asked: Q, find: Callable[[], T]) -> T:
        """Return what was found for a question, or find it."""
        if asked not in self._known:
            self.remember(asked, find())
        return self._known[asked]

    def remember(self, asked: Q, found: T) -> None:
        """Take over what was found for a question elsewhere."""
        while len(self._known) >= self._most:
            self._known.pop(next(iter(self._known)))
        self._known[asked] = found

    def items(self) -> list[tuple[Q, T]]:
        """Return the questions with what was found, the oldest first."""
        return list(self._known.items())

    def forget(self) -> None:
        """Drop all results."""
        self._known.clear()


def digest(villages: ShapeTable) -> bytes:
    """Return the hash of polygons; equal ones have the same points in the same order."""
    if villages not in _DIGESTS:
        found, polygons = sha256(), villages.geometry
        for start in range(0, len(polygons), _AT_ONCE):
            found.update(b"".join(shapely.to_wkb(polygons[start : start + _AT_ONCE])))
        _DIGESTS[villages] = found.digest()
    return _DIGESTS[villages]
