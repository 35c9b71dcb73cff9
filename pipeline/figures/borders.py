"""Borders of a coverage, each drawn once: between villages, kecamatan, and around the district.

Owns the sorting of border segments by what they divide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


@dataclass(frozen=True)
class Borders:
    """Lines of a coverage.

    Parameters
    ----------
    villages : MultiLineString
        Between two villages of one kecamatan.
    kecamatan : MultiLineString
        Between two kecamatan.
    outline : MultiLineString
        Around the whole.
    """

    villages: shapely.Geometry
    kecamatan: shapely.Geometry
    outline: shapely.Geometry


def of_coverage(polygons: NDArray[np.object_], kecamatan: Sequence[str]) -> Borders:
    """Sort the border segments of a coverage by what they divide.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        A valid coverage: neighbours share their vertices.
    kecamatan : sequence of str, length n
        The kecamatan of each polygon.
    """
    segments, owner = _segments(polygons)
    order = np.lexsort(segments.T[::-1])
    segments, owner = segments[order], owner[order]
    first = np.concatenate(([True], np.any(segments[1:] != segments[:-1], axis=1)))
    starts = np.flatnonzero(first)
    shared = np.diff(np.append(starts, len(segments))) > 1
    groups = np.unique(np.asarray(kecamatan, dtype=str), return_inverse=True)[1]
    one = groups[owner[starts]]
    other = groups[owner[np.minimum(starts + 1, len(owner) - 1)]]
    unique = segments[starts]
    return Borders(
        _merged(unique[shared & (one == other)]),
        _merged(unique[shared & (one != other)]),
        _merged(unique[~shared]),
    )


def _segments(polygons: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the segments of all rings, their ends in a fixed order, and whose they are."""
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)
    owner = part_owner[ring_part[ring[:-1][inside]]]
    return np.hstack([start, end]), owner


def _merged(segments: NDArray[np.float64]) -> shapely.Geometry:
    """Join segments to long lines."""
    lines: Any = shapely.linestrings(segments.reshape(-1, 2, 2))  # an array, here always
    joined: Any = shapely.multilinestrings(lines)
    merged: shapely.Geometry = shapely.normalize(shapely.line_merge(joined))
    return merged
