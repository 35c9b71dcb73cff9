"""Borders of a coverage, each drawn once: between villages, kecamatan, and around the district.

Owns the sorting of border segments by what they divide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_NOBODY = -1  # beyond the district


@dataclass(frozen=True, eq=False)
class _Segments:
    """Segments of borders, each once.

    Parameters
    ----------
    points : array, shape (n_points, 2)
        Of all rings.
    first : array of int, shape (n,)
        The point at which each segment begins.
    owner, other : array of int, shape (n,)
        The polygons on its two sides; ``_NOBODY`` beyond the district.
    """

    points: NDArray[np.float64]
    first: NDArray[np.int64]
    owner: NDArray[np.int64]
    other: NDArray[np.int64]

    def some(self, kept: NDArray[np.bool_]) -> _Segments:
        """Return some of them."""
        return _Segments(self.points, self.first[kept], self.owner[kept], self.other[kept])

    def lines(self) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
        """Return them as lines, joined along their rings, and each line's first segment."""
        if not len(self.first):
            return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
        return _lines(self.points, self.first, self.other)


@dataclass(frozen=True, eq=False)
class Borders:
    """Lines of a coverage.

    Parameters
    ----------
    kecamatan : MultiLineString
        Between two kecamatan.
    outline : MultiLineString
        Around the whole.
    """

    kecamatan: shapely.Geometry
    outline: shapely.Geometry
    _inner: _Segments

    @property
    def between(self) -> NDArray[np.object_]:
        """The lines between two villages of one kecamatan, shape (n,)."""
        return self._between[0]

    @property
    def sides(self) -> NDArray[np.int64]:
        """Which polygons each of these lines divides, shape (n, 2)."""
        return self._between[1]

    @cached_property
    def _between(self) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
        """Made when they are drawn: in a very large district they are most of all lines."""
        lines, first = self._inner.lines()
        return lines, np.column_stack([self._inner.owner[first], self._inner.other[first]])


def of_coverage(polygons: NDArray[np.object_], kecamatan: Sequence[str]) -> Borders:
    """Sort the border segments of a coverage by what they divide.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        A valid coverage: neighbours share their vertices.
    """
    points, segment, owner = _segments(polygons)
    every = _Segments(points, *_once(points, segment, owner))
    groups = np.unique(np.asarray(kecamatan, dtype=str), return_inverse=True)[1]
    inner, same = every.other != _NOBODY, groups[every.owner] == groups[every.other]
    return Borders(
        _merged(every.some(inner & ~same).lines()[0]),
        _merged(every.some(~inner).lines()[0]),
        every.some(inner & same),
    )


def _segments(
    polygons: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the points of all rings, which of them begin a segment, and whose that is."""
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    segment = np.flatnonzero(ring[1:] == ring[:-1])
    return points, segment, part_owner[ring_part[ring[segment]]]


def _once(
    points: NDArray[np.float64], segment: NDArray[np.int64], owner: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return each segment once, with the polygons on its two sides."""
    start, end = points[segment], points[segment + 1]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    ends = np.hstack([np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)])
    order = np.lexsort(ends.T[::-1])
    new = np.any(ends[order[1:]] != ends[order[:-1]], axis=1)
    starts = np.flatnonzero(np.concatenate(([True], new)))
    shared = np.diff(np.append(starts, len(order))) > 1
    second = owner[order[np.minimum(starts + 1, len(order) - 1)]]
    pairs = order[starts]
    along = np.argsort(pairs)  # as they follow each other in the rings
    pairs = pairs[along]
    return segment[pairs], owner[pairs], np.where(shared, second, _NOBODY)[along]


def _lines(
    points: NDArray[np.float64], segment: NDArray[np.int64], other: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Join what follows each other between the same polygons; return also each line's first."""
    breaks = (np.diff(segment) != 1) | (np.diff(other) != 0)
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    last = np.append(first[1:], len(segment)) - 1
    line = np.concatenate(([0], np.cumsum(breaks)))
    place = np.append(segment, segment[last] + 1)
    line = np.append(line, np.arange(len(last)))
    order = np.lexsort((place, line))
    lines: Any = shapely.linestrings(points[place[order]], indices=line[order])
    return lines, first


def _merged(lines: NDArray[np.object_]) -> shapely.Geometry:
    """Join lines that meet to long ones."""
    joined: Any = shapely.multilinestrings(lines)
    merged: shapely.Geometry = shapely.normalize(shapely.line_merge(joined))
    return merged
