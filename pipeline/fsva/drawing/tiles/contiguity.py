"""Kecamatan of tiles that hang together.

Owns the mending: a tile that is cut off from its kecamatan is passed on along the shortest way,
each kecamatan on the way giving one tile and getting one.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from itertools import pairwise

from fsva.drawing.tiles import region
from fsva.drawing.tiles.region import Tile

# So many ways of passing tiles on are looked at.
_MOST_STEPS = 60
_MOST_TILES = 8


def mended(owners: Mapping[Tile, int]) -> dict[Tile, int] | None:
    """Return owners of the same tiles, each with as many, and each in one piece.

    Parameters
    ----------
    owners : mapping of (int, int) to int
        Kecamatan of each tile; the tiles hang together.

    Returns
    -------
    dict of (int, int) to int, or None
        None where no way is found.
    """
    start = tuple(sorted(owners.items()))
    cut_off = _cut_off(owners)
    waiting, seen = [(len(cut_off), 0, start)], {start}
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        _, steps, state = heapq.heappop(waiting)
        found = dict(state)
        cut_off = _cut_off(found)
        if not cut_off:
            return found
        for tile in cut_off[:_MOST_TILES]:
            passed = _passed_on(found, tile)
            key = tuple(sorted(passed.items()))
            if key not in seen:
                seen.add(key)
                heapq.heappush(waiting, (len(_cut_off(passed)), steps + 1, key))
    return None


def _cut_off(owners: Mapping[Tile, int]) -> list[Tile]:
    """Return the tiles that do not hang together with the most of their kecamatan."""
    tiles: dict[int, list[Tile]] = {}
    for tile, kecamatan in owners.items():
        tiles.setdefault(kecamatan, []).append(tile)
    return sorted(t for own in tiles.values() for piece in region.pieces(own)[1:] for t in piece)


def _passed_on(owners: Mapping[Tile, int], tile: Tile) -> dict[Tile, int]:
    """Shift owners along the shortest way from a cut off tile to its kecamatan."""
    kecamatan = owners[tile]
    main = region.pieces(t for t, k in owners.items() if k == kecamatan)[0]
    way = _way(owners, tile, main)
    passed = dict(owners)
    for at, following in pairwise(way):
        passed[at] = owners[following]
    passed[way[-1]] = kecamatan
    return passed


def _way(owners: Mapping[Tile, int], start: Tile, goal: set[Tile]) -> list[Tile]:
    """Return the tiles of the shortest way to beside a group of tiles."""
    came: dict[Tile, Tile] = {start: start}
    edge = [start]
    for tile in edge:  # the list grows during the loop
        if any(beside in goal for beside in region.neighbours(tile)):
            break
        for beside in region.neighbours(tile):
            if beside in owners and beside not in came:
                came[beside] = tile
                edge.append(beside)
    way = [tile]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
