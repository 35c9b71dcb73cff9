"""Schematic cells in place of borders that may not be passed on.

Owns what is taken from the borders: one point per village, rounded to about a hundred metres. The
cells are those of ``fsva.begin.schematic.voronoi_layer``; no line of the borders is in them.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.begin.schematic import voronoi_layer
from fsva.core.columns import PARENT

_DECIMALS = 3  # of a degree: about 110 m
_FINER = 5  # where two villages would share a point


def cells(villages: gpd.GeoDataFrame, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return villages with schematic cells in place of their polygons.

    Parameters
    ----------
    villages : GeoDataFrame
        Indexed by Kemendagri code, in metres.
    land : GeoDataFrame
        Land of the countries, in degrees: ``iso``, ``nama``.

    Raises
    ------
    GeometryError
        If two villages share their point.
    """
    inner = gpd.GeoSeries(villages.geometry.representative_point(), crs=villages.crs)
    points = gpd.GeoDataFrame(
        {"kode": [str(code) for code in villages.index], "nama": "", PARENT: ""},
        geometry=_rounded(inner.to_crs(4326).to_numpy()),
        crs=4326,
    )
    known = land[land["iso"].notna()]
    coverage = voronoi_layer.schematic_coverage(points, known)
    drawn = coverage.set_index("kode").geometry.reindex(points["kode"]).to_crs(villages.crs)
    return villages.set_geometry(drawn.to_numpy(), crs=villages.crs)


def _rounded(points: NDArray[np.object_]) -> NDArray[np.object_]:
    coarse: NDArray[np.object_] = shapely.transform(points, lambda xy: xy.round(_DECIMALS))
    if len({point.coords[0] for point in coarse}) == len(coarse):
        return coarse
    fine: NDArray[np.object_] = shapely.transform(points, lambda xy: xy.round(_FINER))
    return fine
