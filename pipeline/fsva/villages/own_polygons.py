"""The polygons of a layer as the office has drawn them.

Owns the little that is done to them: heights are left out, and the villages stand in an order.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd

from fsva.sources.layers import crs


def begun(settled: gpd.GeoDataFrame, *, is_united: bool) -> gpd.GeoDataFrame:
    """Return names and polygons of a layer.

    Parameters
    ----------
    settled : GeoDataFrame
        Indexed by Kemendagri code.
    is_united : bool
        Whether villages will be united, which takes valid polygons.
    """
    layer = settled[["nama", "geometry"]]
    return layer.set_geometry(layer.geometry.make_valid()) if is_united else layer


def of_villages(layer: gpd.GeoDataFrame, codes: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the polygons of villages in an order, without heights.

    Parameters
    ----------
    codes : sequence of str
        Kemendagri codes.
    """
    flat = layer.set_geometry(layer.geometry.force_2d())
    return flat.set_crs(crs.flat(layer.crs), allow_override=True).loc[list(codes)]
