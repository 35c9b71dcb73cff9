"""Polygons in degrees as a village layer in metres.

Owns the way from code, name and polygon to the table that mending takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely
from pyproj import CRS
from shapely import Geometry

from fsva.sources.layers import crs
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

# Kemendagri code, name, polygon in degrees.
Village = tuple[str, str, Geometry | None]


def in_metres(villages: Sequence[Village], file: Path) -> ShapeTable:
    """Return villages in the UTM zone of their place, sorted by code.

    Parameters
    ----------
    villages : sequence of Village
        At least one; degrees in WGS 84.
    file : Path
        Named in errors.

    Returns
    -------
    ShapeTable
        Indexed by ``kode``: ``nama``.

    Raises
    ------
    LayerError
        If the polygons do not lie in Indonesia.
    """
    codes, names, shapes = map(plain_table.words, zip(*villages, strict=True))
    drawn = ShapeTable(codes, {"nama": names}, "kode", shapes, CRS.from_epsg(4326))
    return crs.project(drawn.sorted(), file)


def of_layer(layer: ShapeTable, file: Path, *, anywhere: bool) -> ShapeTable:
    """Return names and polygons of a village layer in metres.

    Parameters
    ----------
    layer : ShapeTable
        Indexed by code: ``nama``, and whatever else it has.
    file, anywhere
        As ``fsva.sources.layers.crs.project``.
    """
    return crs.project(layer.only("nama"), file, anywhere=anywhere)


def is_missing(village: Village) -> bool:
    """Tell whether a village has no polygon."""
    shape = village[2]
    return shape is None or bool(shapely.is_empty(shape))
