"""Villages change tiles where more of their neighbours stay beside them.

Owns what an exchange is worth and which are allowed: kecamatan stay in one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from fsva.drawing.tiles import region
from fsva.drawing.tiles.region import Tile

# What neighbours are worth whose tiles share a side, or a corner.
_SIDE, _CORNER = 1.0, 0.4
# What it costs that a tile lies off, per square of its distance in widths of a tile.
_AWAY = 0.02
# Villages change places over this distance at most, so many times round.
_REACH, _ROUNDS = 2, 12
_NOTHING = 1e-9


class TileSwaps:
    """Tiles while villages change them.

    Parameters
    ----------
    wanted : array of float, shape (n_villages, 2)
        Where each village would lie on the grid.
    member : array of int, shape (n_villages,)
        Its kecamatan.
    pairs : array of int, shape (n, 2)
        Villages that share a border on the earth.
    tiles : sequence of (int, int)
        Of each village.
    """

    def __init__(
        self,
        wanted: NDArray[np.float64],
        member: NDArray[np.int64],
        pairs: NDArray[np.int64],
        tiles: Sequence[Tile],
    ) -> None:
        self._wanted: list[list[float]] = wanted.tolist()
        self._member: list[int] = member.tolist()
        self._own: dict[int, list[int]] = {}
        for village, kecamatan in enumerate(self._member):
            self._own.setdefault(kecamatan, []).append(village)
        self._tiles = list(tiles)
        self._at = {tile: n for n, tile in enumerate(tiles)}
        self._near: list[list[int]] = [[] for _ in tiles]
        for one, other in pairs.tolist():
            self._near[one].append(other)
            self._near[other].append(one)

    def improved(self) -> list[Tile]:
        """Return the tiles after all exchanges that are worth it."""
        for _ in range(_ROUNDS):
            if not sum(self._best_of(village) for village in range(len(self._tiles))):
                break
        return self._tiles

    def _best_of(self, village: int) -> bool:
        """Let a village change places with the best of those around it, if it is worth it."""
        x, y = self._tiles[village]
        steps = product(range(-_REACH, _REACH + 1), repeat=2)
        others = [self._at[(x + a, y + b)] for a, b in steps if (x + a, y + b) in self._at]
        gains = sorted((-self._gain(village, other), other) for other in others if other != village)
        for loss, other in gains:
            if loss >= -_NOTHING:
                return False
            self._swap(village, other)
            if self._is_whole(village) and self._is_whole(other):
                return True
            self._swap(village, other)
        return False

    def _gain(self, one: int, other: int) -> float:
        before = self._value(one) + self._value(other)
        self._swap(one, other)
        after = self._value(one) + self._value(other)
        self._swap(one, other)
        return after - before

    def _value(self, village: int) -> float:
        """Return what the place of a village is worth."""
        x, y = self._tiles[village]
        a, b = self._wanted[village]
        value = -_AWAY * ((x - a) ** 2 + (y - b) ** 2)
        for other in self._near[village]:
            c, d = self._tiles[other]
            across, along = abs(x - c), abs(y - d)
            if across + along == 1:
                value += _SIDE
            elif across == along == 1:
                value += _CORNER
        return value

    def _swap(self, one: int, other: int) -> None:
        tiles = self._tiles
        tiles[one], tiles[other] = tiles[other], tiles[one]
        self._at[tiles[one]], self._at[tiles[other]] = one, other

    def _is_whole(self, village: int) -> bool:
        """Tell whether the kecamatan of a village hangs together around its tile."""
        return region.hang_together([self._tiles[n] for n in self._own[self._member[village]]])
