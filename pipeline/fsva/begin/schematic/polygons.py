"""Polygons that share their borders exactly, cut from one common set of lines.

Neighbours that are cut one by one have gaps of a nanometre, which rounding opens. Here all lines
are rounded and cut at their crossings first, so that any union of the resulting faces is a valid
coverage. Owns that step, not the meaning of the faces.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]


def noded_faces(lines: Geometries, decimals: int) -> Geometries:
    """Return the areas enclosed by lines, with rounded coordinates and shared vertices.

    Parameters
    ----------
    lines : ndarray of LineString or MultiLineString
        They may cross, overlap and end on each other.

    Returns
    -------
    ndarray of Polygon
        The faces; neighbours have the same vertices along their common border.

    Examples
    --------
    >>> frame = shapely.box(0, 0, 2, 1).boundary
    >>> faces = noded_faces(np.array([frame, shapely.LineString([(1, 0), (1.04, 1)])]), 1)
    >>> sorted(shapely.area(faces).tolist())
    [1.0, 1.0]
    """
    noded = shapely.union_all(lines, grid_size=10.0**-decimals)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    rounded: Geometries = shapely.transform(faces, lambda xy: np.round(xy, decimals))
    return rounded


def dissolve(faces: Geometries, owners: Sequence[Hashable]) -> gpd.GeoDataFrame:
    """Merge the faces of each owner, without faces that have no owner (None).

    Parameters
    ----------
    faces : ndarray of Polygon, shape (n,)
        Faces of one coverage.

    Returns
    -------
    GeoDataFrame
        Columns ``owner`` and ``geometry``, one row per owner, sorted by it.
    """
    frame = gpd.GeoDataFrame({"owner": list(owners)}, geometry=faces)
    return frame.dropna(subset="owner").dissolve("owner", method="coverage").reset_index()


def longest_neighbour(part: shapely.Geometry, candidates: Geometries) -> int | None:
    """Return the position of the polygon that shares the longest border with a part.

    Parameters
    ----------
    candidates : ndarray of Polygon
        Possible neighbours.

    Returns
    -------
    int or None
        None without a common border.
    """
    common = shapely.length(shapely.intersection(part, candidates))
    best = int(np.argmax(common))
    return best if common[best] > 0 else None
