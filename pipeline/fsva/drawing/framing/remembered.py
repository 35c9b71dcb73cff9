"""What was found for a district, for whoever asks again: a search is made once in a run.

Owns the names under which results are remembered. Polygons are named by their hash, so that a large
district is not held twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import Generic, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

T = TypeVar("T")
# Polygons hashed at once.
_AT_ONCE = 4096


class Remembered(Generic[T]):
    """The last results of a search.

    Parameters
    ----------
    most : int
        How many; then the oldest is dropped.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, T] = {}

    def once(self, asked: Hashable, find: Callable[[], T]) -> T:
        """Return what was found for a question, or find it."""
        if asked not in self._known:
            found = find()
            while len(self._known) >= self._most:
                self._known.pop(next(iter(self._known)))
            self._known[asked] = found
        return self._known[asked]

    def forget(self) -> None:
        """Drop all results."""
        self._known.clear()


def digest(polygons: NDArray[np.object_]) -> bytes:
    """Return the hash of polygons; equal ones have the same points in the same order."""
    found = sha256()
    for start in range(0, len(polygons), _AT_ONCE):
        found.update(b"".join(shapely.to_wkb(polygons[start : start + _AT_ONCE])))
    return found.digest()
