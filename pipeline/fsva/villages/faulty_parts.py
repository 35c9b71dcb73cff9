"""The faulty parts of a village layer, mended each for itself.

Owns which villages are mended together. What GEOS does to a village depends on what lies within
the width of a gap, so that a part that is further from every other gives the same result alone as
in the whole layer; its time grows faster than the number of villages.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.sources.plain.arrays import Shapes

# Share of a layer's diagonal within which points are taken for one, as GEOS does by itself.
_SNAPPING = 1e-8


def with_wrong_edges(polygons: Shapes, gap_width: float) -> NDArray[np.bool_]:
    """Tell which polygons overlap others or have a gap beside them: none in a valid coverage.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        Valid, in metres.
    gap_width : float
        Wider gaps are none, metres.
    """
    edges = shapely.coverage_invalid_edges(polygons, gap_width)
    wrong: NDArray[np.bool_] = ~(shapely.is_missing(edges) | shapely.is_empty(edges))
    return wrong


def cleaned(polygons: Shapes, gap_width: float, wrong: NDArray[np.bool_] | None = None) -> Shapes:
    """Return polygons as a coverage; villages without a fault are left as they are.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        Valid, in metres.
    gap_width : float
        Narrower gaps are closed, metres.
    wrong : array of bool or None
        From ``with_wrong_edges``, if that is known already.
    """
    # types-shapely describes shapely 2.1, which has no coverage_clean yet.
    clean: Callable[..., Shapes] = shapely.coverage_clean  # type: ignore[attr-defined]
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    snapping = float(np.hypot(east - west, north - south)) * _SNAPPING
    mended = polygons.copy()
    if wrong is None:
        wrong = with_wrong_edges(polygons, gap_width)
    for part in _parts(polygons, gap_width, wrong):
        some = polygons[part]
        mended[part] = clean(some, gap_width=gap_width, snapping_distance=snapping)
    return mended


def _parts(polygons: Shapes, gap_width: float, wrong: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Return groups of faulty villages with their neighbours, far from each other."""
    near = wrong | _narrow(polygons, gap_width)
    near[_beside(polygons, polygons[near], gap_width)[1]] = True
    at = np.flatnonzero(near)
    group = linked(len(at), *_beside(polygons[at], polygons[at], gap_width))
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order])) + 1
    return np.split(at[order], starts) if len(order) else []


def _beside(polygons: Shapes, some: Shapes, distance: float) -> NDArray[np.int64]:
    """Return which of some polygons are near which of all, as two rows of places."""
    found: NDArray[np.int64] = shapely.STRtree(polygons).query(
        some, predicate="dwithin", distance=distance
    )
    return found


def _narrow(polygons: Shapes, gap_width: float) -> NDArray[np.bool_]:
    """Tell which villages are so narrow that, all their neighbours mended, they pass for gaps."""
    narrow = np.zeros(len(polygons), dtype=bool)
    parts, owner = shapely.get_parts(polygons, return_index=True)
    # The largest circle in a polygon has a radius of at least its area by its length.
    length = np.maximum(shapely.length(parts), np.finfo(float).tiny)
    narrow[owner[2 * shapely.area(parts) / length < gap_width]] = True
    return narrow


def linked(count: int, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each of some places; those that pairs link have the same.

    Parameters
    ----------
    ones, others : array of int
        The pairs, each in both orders.
    """
    found = np.arange(count)
    while True:  # each takes the lowest number that it is paired with, until nothing changes
        lower = found.copy()
        np.minimum.at(lower, ones, found[others])
        lower = lower[lower]
        if (lower == found).all():
            return found
        found = lower
