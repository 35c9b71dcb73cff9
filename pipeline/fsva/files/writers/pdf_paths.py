"""Shapes as paths of PDF in whole hundredths of a millimetre, many shapes in one go.

Owns the operators of a path, and the memory of paths: villages repeat on all maps of an edition. A
layer of thousands of shapes is put into words by a few formattings, not by one for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fsva.drawing.paper.scene import Shape

UNITS_PER_MM = 100
# Paths that are remembered for the other maps: enough for a large edition.
_REMEMBERED = 131_072
# Shapes put into words at once, and their points.
_AT_ONCE, _POINTS_AT_ONCE = 4096, 262_144
_KNOWN: dict[Shape, str] = {}
_NEXT = "\f"  # between two shapes
# A point as it is written: it begins a line or goes on, its line ends in a ring, and what follows.
_POINTS = np.array(
    [
        f"%d %d {way}{ring}{after}"
        for after in ("\n", _NEXT)
        for ring in ("", " h")
        for way in ("l", "m")
    ],
    dtype=object,
)


def remember(shapes: Iterable[Shape]) -> None:
    """Put shapes into words, all that are not remembered together."""
    asked = list(dict.fromkeys(shapes))
    new = [shape for shape in asked if shape not in _KNOWN]
    if len(_KNOWN) + len(new) > _REMEMBERED:
        _KNOWN.clear()
        new = asked
    for some in _portions(new):
        _KNOWN.update(zip(some, _worded(some), strict=True))


def _portions(shapes: Sequence[Shape]) -> Iterator[Sequence[Shape]]:
    """Yield shapes some at a time: few enough, with few points, or one alone."""
    start = points = 0
    for n, shape in enumerate(shapes):
        size = sum(map(len, shape.parts))
        if n - start == _AT_ONCE or (n > start and points + size > _POINTS_AT_ONCE):
            yield shapes[start:n]
            start, points = n, 0
        points += size
    if start < len(shapes):
        yield shapes[start:]


def of(shape: Shape) -> str:
    """Return the path of a shape."""
    if shape not in _KNOWN:
        remember([shape])
    return _KNOWN[shape]


def trim() -> None:
    """Drop the paths of a layer that alone had more than are remembered."""
    if len(_KNOWN) > _REMEMBERED:
        _KNOWN.clear()


def forget() -> None:
    """Drop all paths."""
    _KNOWN.clear()


def _worded(shapes: Sequence[Shape]) -> list[str]:
    """Return the paths of shapes; a part that is a point on paper is left out."""
    words = [""] * len(shapes)
    units, part = _rounded([part for shape in shapes for part in shape.parts])
    owner = np.repeat(np.arange(len(shapes)), [len(shape.parts) for shape in shapes])[part]
    closed = np.array([shape.closed for shape in shapes])[owner]
    # A ring ends where it began: its operator says so, its last point is not written.
    kept = ~(closed & _lasts(part))
    units, part, owner, closed = units[kept], part[kept], owner[kept], closed[kept]
    last = _lasts(part)
    kind = np.roll(last, 1) + 2 * (closed & last) + 4 * _lasts(owner)
    text = "".join(_POINTS[kind].tolist()) % tuple(units.ravel().tolist())
    for n, found in zip(np.unique(owner).tolist(), text.split(_NEXT), strict=False):
        words[n] = found
    return words


def _rounded(
    parts: Sequence[NDArray[np.float64]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the points of parts without those equal to the one before, and whose each is."""
    lengths = [len(part) for part in parts]
    points = np.concatenate([np.empty((0, 2)), *parts])
    units, part = (
        np.rint(points * UNITS_PER_MM).astype(np.int64),
        np.repeat(np.arange(len(parts)), lengths),
    )
    moved = np.ones(len(units), dtype=bool)
    moved[1:] = (units[1:] != units[:-1]).any(axis=1) | (part[1:] != part[:-1])
    units, part = units[moved], part[moved]
    lines = (np.bincount(part, minlength=len(parts)) > 1)[part]
    return units[lines], part[lines]


def _lasts(numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of ascending numbers are the last of their kind."""
    last = np.ones(len(numbers), dtype=bool)
    last[:-1] = numbers[1:] != numbers[:-1]
    return last
