"""Polygons in degrees as a village layer in metres.

Owns the way from code, name and polygon to the frame that repairing takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely import Geometry

from fsva.sources.layers import crs

# Kemendagri code, name, polygon in degrees.
Village = tuple[str, str, Geometry | None]


def in_metres(villages: Sequence[tuple[str, str, Geometry | None]], file: Path) -> gpd.GeoDataFrame:
    """Return villages in the UTM zone of their place, sorted by code.

    Parameters
    ----------
    villages : sequence of Village
        At least one; degrees in WGS 84.
    file : Path
        Named in errors.

    Returns
    -------
    GeoDataFrame
        Indexed by ``kode``: ``nama``.

    Raises
    ------
    LayerError
        If the polygons do not lie in Indonesia.
    """
    codes, names, shapes = zip(*villages, strict=True)
    index = pd.Index(codes, name="kode")
    frame = gpd.GeoDataFrame({"nama": names}, geometry=list(shapes), crs=4326, index=index)
    return crs.project(frame.sort_index(), file)


def of_layer(layer: gpd.GeoDataFrame, file: Path, *, anywhere: bool) -> gpd.GeoDataFrame:
    """Return names and polygons of a village layer in metres.

    Parameters
    ----------
    layer : GeoDataFrame
        Indexed by code: ``nama``, and whatever else it has.
    file, anywhere
        As ``fsva.sources.layers.crs.project``.
    """
    return crs.project(layer[["nama", "geometry"]], file, anywhere=anywhere)


def is_missing(village: Village) -> bool:
    """Tell whether a village has no polygon."""
    shape = village[2]
    return shape is None or bool(shapely.is_empty(shape))
