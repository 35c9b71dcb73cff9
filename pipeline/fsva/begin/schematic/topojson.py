"""Decoder for TopoJSON, in which countries share the arcs of their borders.

Owns only the format (quantised, delta-encoded arcs), as in the TopoJSON specification, sections
2.1 and 2.2: no files, no choice of countries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Arc = NDArray[np.float64]


def decode_arcs(topology: Mapping[str, Any]) -> list[Arc]:
    """Return the lines of a topology as longitudes and latitudes.

    Parameters
    ----------
    topology : mapping
        A TopoJSON document with a ``transform``.

    Returns
    -------
    list of ndarray of float, shape (n_points, 2)
        Degrees, in the order of the document.

    Examples
    --------
    >>> square = {"transform": {"scale": [0.5, 1], "translate": [124, -9]},
    ...           "arcs": [[[0, 0], [2, 0], [0, 1]]]}
    >>> decode_arcs(square)[0].tolist()
    [[124.0, -9.0], [125.0, -9.0], [125.0, -8.0]]
    """
    scale = np.asarray(topology["transform"]["scale"], dtype=float)
    translate = np.asarray(topology["transform"]["translate"], dtype=float)
    return [np.cumsum(np.asarray(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def ring(arcs: Sequence[Arc], indices: Sequence[int]) -> Arc:
    """Join arcs to one ring; the index ``~i`` means arc ``i`` backwards.

    Parameters
    ----------
    arcs : sequence of ndarray
        All arcs of the topology.
    indices : sequence of int
        The arcs of the ring in order; each begins at the end of the one before it.

    Returns
    -------
    ndarray of float, shape (n_points, 2)
        Degrees; the last point repeats the first.

    Examples
    --------
    >>> there, back = np.array([[0.0, 0], [1, 0], [1, 1]]), np.array([[0.0, 0], [1, 1]])
    >>> ring([there, back], [0, ~1]).tolist()
    [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
    """
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def polygon(arcs: Sequence[Arc], rings: Sequence[Sequence[int]]) -> shapely.Polygon:
    """Build one polygon, without rings that quantisation reduced to a line.

    Parameters
    ----------
    arcs : sequence of ndarray
        All arcs of the topology.
    rings : sequence of sequence of int
        Outer ring first, then the holes.

    Returns
    -------
    Polygon
        Empty if the outer ring has fewer than four points.
    """
    drawn = [points for indices in rings if len(points := ring(arcs, indices)) >= 4]
    outer_is_lost = len(ring(arcs, rings[0])) < 4
    return shapely.Polygon() if outer_is_lost else shapely.Polygon(drawn[0], drawn[1:])


def multipolygon(arcs: Sequence[Arc], geometry: Mapping[str, Any]) -> shapely.MultiPolygon:
    """Build the polygons of one TopoJSON geometry.

    Parameters
    ----------
    arcs : sequence of ndarray
        All arcs of the topology.
    geometry : mapping
        An object of type Polygon or MultiPolygon; any other gives an empty result.
    """
    given: list[Any] = geometry.get("arcs", [])
    shapes = {"Polygon": [given], "MultiPolygon": given}.get(geometry["type"], [])
    polygons = (polygon(arcs, rings) for rings in shapes)
    return shapely.MultiPolygon([part for part in polygons if not part.is_empty])


def countries(topology: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return the countries of a world-atlas topology.

    Parameters
    ----------
    topology : mapping
        The content of ``countries-10m.json`` of the npm package world-atlas.

    Returns
    -------
    GeoDataFrame
        One row per country, EPSG:4326, in the order of the document. Columns: ``iso`` (three
        digits as text, None where Natural Earth gives none), ``name`` (English), ``geometry``
        (MultiPolygon, made valid: quantisation makes some rings touch themselves).

    Raises
    ------
    KeyError
        If the document is not a topology with an object ``countries``.
    """
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    shapes = [shapely.make_valid(multipolygon(arcs, g), method="structure") for g in geometries]
    return gpd.GeoDataFrame(
        {
            "iso": [g.get("id") for g in geometries],
            "name": [g["properties"]["name"] for g in geometries],
        },
        geometry=shapes,
        crs="EPSG:4326",
    )
