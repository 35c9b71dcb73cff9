"""The tiles of a district before anyone lives on them: squares in the shape of its land.

Owns their number, their place on a grid, and that they hang together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.drawing.lettering import cell_grids

Tile = tuple[int, int]  # column and row, from the lower left
# Samples of the land along the side of a tile, which are also the places tried for the grid.
_SAMPLES = 6
# Tiles become so much smaller until there are enough on the land.
_SMALLER = 0.95


def of_land(land: shapely.Geometry, count: int) -> list[Tile]:
    """Return as many tiles as there are villages, in the shape of the land.

    Parameters
    ----------
    land : Polygon or MultiPolygon
        In metres.
    count : int
        How many tiles, at least one.

    Returns
    -------
    list of (int, int)
        Column and row, sorted; every tile shares a side with another one.
    """
    side = float(np.sqrt(shapely.area(land) / count))
    while True:
        covered = _sampled(land, side / _SAMPLES)
        trials = [_best(covered, dx, dy, count) for dy in range(_SAMPLES) for dx in range(_SAMPLES)]
        total, tiles = max(trials, key=lambda trial: trial[0])
        if total > 0:
            return sorted(_joined(tiles))
        side *= _SMALLER


def neighbours(tile: Tile) -> list[Tile]:
    """Return the four places that share a side with a tile."""
    x, y = tile
    return [(x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1)]


def pieces(tiles: Iterable[Tile]) -> list[set[Tile]]:
    """Return the groups of tiles that hang together by their sides, the largest first."""
    left, found = set(tiles), []
    while left:
        reached, edge = set(), [min(left)]
        while edge:
            tile = edge.pop()
            if tile in left:
                left.remove(tile)
                reached.add(tile)
                edge += neighbours(tile)
        found.append(reached)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))


def hang_together(tiles: Collection[Tile]) -> bool:
    """Tell whether tiles hang together by their sides."""
    return len(pieces(tiles)) <= 1


def _sampled(land: shapely.Geometry, step: float) -> NDArray[np.uint8]:
    """Tell where land is, on a fine grid with a tile's width of sea around it."""
    west, south, east, north = shapely.bounds(land).tolist()
    columns, rows = (
        int(np.ceil((b - a) / step - 1e-6)) + 2 * _SAMPLES
        for a, b in ((west, east), (south, north))
    )
    corner = np.array([[west - _SAMPLES * step, south - _SAMPLES * step]])
    (inside,) = cell_grids.inside(
        np.array([land], dtype=object),
        corner,
        np.array([[step, step]]),
        np.array([[rows, columns]]),
    )
    return inside


def _best(covered: NDArray[np.uint8], dx: int, dy: int, count: int) -> tuple[int, list[Tile]]:
    """Return the tiles with the most land for one place of the grid, and how much they have.

    No land at all is returned where the grid has too few tiles with land.
    """
    grid = covered[dy:, dx:]
    rows, columns = (size // _SAMPLES for size in grid.shape)
    blocks = grid[: rows * _SAMPLES, : columns * _SAMPLES]
    land = blocks.reshape(rows, _SAMPLES, columns, _SAMPLES).sum(axis=(1, 3), dtype=np.int64)
    y, x = np.nonzero(land)
    if len(x) < count:
        return 0, []
    amount = land[y, x]
    middle = np.average(x, weights=amount), np.average(y, weights=amount)
    away = np.round(np.hypot(x - middle[0], y - middle[1]), 6)
    kept = np.lexsort((x, y, away, -amount))[:count]
    return int(amount[kept].sum()), list(zip(x[kept].tolist(), y[kept].tolist(), strict=True))


def _joined(tiles: Iterable[Tile]) -> set[Tile]:
    """Move groups of tiles that lie apart towards the largest one, until all hang together."""
    found = pieces(tiles)
    while len(found) > 1:
        main = found[0]
        others = ((_closest(piece, main), n) for n, piece in enumerate(found[1:], start=1))
        (_, away), n = min(others, key=lambda row: (row[0][0], row[1]))
        step = _step(away)
        moved = {(x + step[0], y + step[1]) for x, y in found[n]}
        kept = [piece for k, piece in enumerate(found) if k != n]
        found = pieces(set.union(*kept, moved))
    return found[0]


def _closest(piece: set[Tile], main: set[Tile]) -> tuple[int, Tile]:
    """Return how far a group of tiles is from another one, and in which direction."""
    ones, others = np.array(sorted(piece)), np.array(sorted(main))
    way = others[None] - ones[:, None]
    length = np.abs(way).sum(axis=2)
    one, other = np.unravel_index(int(np.argmin(length)), length.shape)
    x, y = way[one, other].tolist()
    return int(length[one, other]), (int(x), int(y))


def _step(away: Tile) -> Tile:
    """Return one step along the longer side of a way."""
    x, y = away
    return (int(np.sign(x)), 0) if abs(x) >= abs(y) else (0, int(np.sign(y)))
