"""Maps side by side: a box cut from edge to edge, and each part again, until each map has a part.

Owns the search for cuts that leave every map its size, and how room to spare is shared out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from fsva.core.box import Box

# How many shapes of a part of the box are kept, from low and wide to high and narrow.
_MOST_SHAPES = 12


@dataclass(frozen=True)
class _Cut:
    """Some maps and the least paper that they want.

    Parameters
    ----------
    width, height : float
        Millimetres.
    maps : tuple of int
        Which.
    halves : tuple of _Cut
        The two that a cut leaves; none for a single map.
    is_row : bool
        Whether they stand side by side, the first at the left; else the first stands above.
    """

    width: float
    height: float
    maps: tuple[int, ...]
    halves: tuple[_Cut, ...] = ()
    is_row: bool = False


def cut(
    box: Box, sizes: NDArray[np.float64], middles: NDArray[np.float64], gap: float
) -> list[Box] | None:
    """Return the boxes of maps, which fill a box; None where they find no room.

    Parameters
    ----------
    sizes : array of float, shape (n, 2)
        Least width and height of each map, millimetres.
    middles : array of float, shape (n, 2)
        Where their ground lies, metres: of two halves, the western stands left, the northern above.
    gap : float
        Paper between them, millimetres.
    """
    if (sizes > (box.width, box.height)).any() or sizes.prod(axis=1).sum() > box.width * box.height:
        return None
    parts: dict[int, list[_Cut]] = {
        1 << n: [_Cut(width, height, (n,))] for n, (width, height) in enumerate(sizes.tolist())
    }
    every = (1 << len(sizes)) - 1
    middle = [middles[_maps(mask)].mean(axis=0).tolist() for mask in range(1, every + 1)]
    for mask in range(1, every + 1):
        if mask not in parts:
            made: list[_Cut] = []
            for half in _halves(mask):
                (x, y), (x2, y2) = middle[half - 1], middle[(mask ^ half) - 1]
                pairs = product(parts[half], parts[mask ^ half])
                made += _joined(pairs, (x <= x2, y >= y2), box, gap)
            parts[mask] = _slimmest(made)
    if not parts[every]:
        return None
    best = max(parts[every], key=lambda p: min(box.width / p.width, box.height / p.height))
    placed = dict(_placed(best, box, gap))
    return [placed[n] for n in range(len(sizes))]


def _halves(mask: int) -> Iterator[int]:
    """Yield the sets of maps that one half of a cut can hold, each cut once."""
    lowest = mask & -mask
    rest = half = mask ^ lowest
    while half:
        half = (half - 1) & rest
        yield half | lowest


def _maps(mask: int) -> list[int]:
    """Return the maps of a set."""
    return [n for n in range(mask.bit_length()) if mask >> n & 1]


def _joined(
    pairs: Iterable[tuple[_Cut, _Cut]], in_order: tuple[bool, bool], box: Box, gap: float
) -> Iterator[_Cut]:
    """Yield two parts side by side, and one above the other, where the box has room for them.

    Parameters
    ----------
    in_order : tuple of bool
        Whether the first part lies in the west of the other, and in the north of it.
    """
    from_west, from_north = in_order
    for one, other in pairs:
        wide, high = one.width + gap + other.width, max(one.height, other.height)
        if wide <= box.width and high <= box.height:
            halves = (one, other) if from_west else (other, one)
            yield _Cut(wide, high, (*one.maps, *other.maps), halves, is_row=True)
        wide, high = max(one.width, other.width), one.height + gap + other.height
        if wide <= box.width and high <= box.height:
            halves = (one, other) if from_north else (other, one)
            yield _Cut(wide, high, (*one.maps, *other.maps), halves)


def _slimmest(parts: Sequence[_Cut]) -> list[_Cut]:
    """Return the parts of which no other is both narrower and lower."""
    ordered = sorted(parts, key=lambda p: (p.width, p.height))
    slim = ordered[:1]
    for part in ordered:
        if part.height < slim[-1].height:
            slim.append(part)
    if len(slim) <= _MOST_SHAPES:
        return slim
    return [slim[n] for n in np.linspace(0, len(slim) - 1, _MOST_SHAPES).round().astype(int)]


def _placed(part: _Cut, box: Box, gap: float) -> Iterator[tuple[int, Box]]:
    """Yield the box of each map; halves share the room to spare in proportion to their sizes."""
    if not part.halves:
        yield part.maps[0], box
        return
    one, other = part.halves
    if part.is_row:
        wide = (box.width - gap) * one.width / (one.width + other.width)
        left = Box(box.left, box.bottom, wide, box.height)
        right = Box(left.right + gap, box.bottom, box.width - wide - gap, box.height)
        yield from _placed(one, left, gap)
        yield from _placed(other, right, gap)
    else:
        high = (box.height - gap) * one.height / (one.height + other.height)
        upper = Box(box.left, box.top - high, box.width, high)
        lower = Box(box.left, box.bottom, box.width, box.height - high - gap)
        yield from _placed(one, upper, gap)
        yield from _placed(other, lower, gap)
