"""Making a village layer a clean coverage: valid polygons, no overlaps, no slivers.

Owns the mending of geometry and the account of what it changed. It works on projected layers
(metres) and reads and writes no files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from pipeline.errors import GeometryError, Place

# Gaps narrower than this between two villages are drawing errors, not land.
GAP_WIDTH_M = 20.0
# A village that mending changes by more than this share of its area is not mended but refused.
LARGEST_CHANGE = 0.05


def repair(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the layer as a coverage and the account of what changed.

    Polygons are made valid, overlaps are given to one side, gaps narrower than 20 m are
    closed, in this order.

    Parameters
    ----------
    layer : GeoDataFrame
        One row per village in metres, indexed by code.

    Returns
    -------
    layer : GeoDataFrame
        The same rows; borders of neighbours are identical.
    account : DataFrame
        Per village ``luas_sebelum_m2``, ``luas_sesudah_m2``.

    Raises
    ------
    GeometryError
        If a village would change by more than 5 % of its area.
    """
    before = shapely.area(layer.geometry.to_numpy())
    mended = to_coverage(layer.geometry.to_numpy())
    after = shapely.area(mended)
    account = pd.DataFrame({"luas_sebelum_m2": before, "luas_sesudah_m2": after}, index=layer.index)
    lost = shapely.is_empty(mended)
    changed = lost | (np.abs(after - before) > LARGEST_CHANGE * before)
    if changed.any():
        raise GeometryError("berubah_banyak", _places(layer[changed], account[changed]))
    return layer.set_geometry(gpd.GeoSeries(mended, layer.index, crs=layer.crs)), account


def _places(layer: gpd.GeoDataFrame, account: pd.DataFrame) -> Sequence[Place]:
    return [
        Place(village=f"{name} ({code})", found=f"{before:.0f} m2 → {after:.0f} m2")
        for (code, name), before, after in zip(
            layer["nama"].items(),
            account["luas_sebelum_m2"],
            account["luas_sesudah_m2"],
            strict=True,
        )
    ]


def to_coverage(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return polygons whose shared borders are the same line, in the same order.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        In metres.
    """
    if shapely.coverage_is_valid(polygons, GAP_WIDTH_M) and shapely.is_valid(polygons).all():
        return polygons
    valid = shapely.make_valid(polygons, method="structure", keep_collapsed=False)
    # types-shapely describes shapely 2.1, which has no coverage_clean yet.
    clean: Callable[..., NDArray[np.object_]] = shapely.coverage_clean  # type: ignore[attr-defined]
    cleaned = clean(valid, gap_width=GAP_WIDTH_M)
    return cleaned
