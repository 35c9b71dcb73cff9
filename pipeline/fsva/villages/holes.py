"""Holes within a district: land that no village of the layer has.

Owns finding and naming them. They stop no run, because lakes and enclaved towns are holes too.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fsva.core.message_values import MessageValue, Quantity, Spot
from fsva.villages.oddities import Oddity

# Half the widest opening that still counts as closed, and the tolerance of the outlines.
_MOUTH_M = 25.0
_MOST_NEIGHBOURS = 5


def judge(layer: gpd.GeoDataFrame, smallest_km2: float) -> list[Oddity]:
    """Return the holes of a district with their places and neighbours, the largest first.

    Parameters
    ----------
    layer : GeoDataFrame
        A clean coverage in metres, indexed by Kemendagri code: ``nama``.
    smallest_km2 : float
        Smaller holes are not named.
    """
    shapes = layer.geometry.to_numpy()
    holes = [h for h in _holes(shapely.coverage_union_all(shapes)) if h.area >= smallest_km2 * 1e6]
    holes.sort(key=lambda hole: -hole.area)
    return [_oddity(hole, layer, shapes) for hole in holes]


def _holes(district: BaseGeometry) -> list[BaseGeometry]:
    """Return the areas that a district encloses, also those with a narrow opening."""
    closed = district.simplify(_MOUTH_M / 2).buffer(_MOUTH_M, join_style="mitre")
    filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(closed)])
    inside = shapely.difference(filled, closed).buffer(_MOUTH_M * 1.5, join_style="mitre")
    return list(shapely.get_parts(shapely.difference(inside, district)))


def _oddity(hole: BaseGeometry, layer: gpd.GeoDataFrame, shapes: np.ndarray) -> Oddity:
    near = np.flatnonzero(shapely.dwithin(shapes, hole, 1.0))[:_MOST_NEIGHBOURS]
    middle = gpd.GeoSeries([hole.representative_point()], crs=layer.crs).to_crs(4326).iloc[0]
    names = ", ".join(layer["nama"].iloc[near])
    facts: dict[str, str | MessageValue] = {
        "km2": Quantity(hole.area / 1e6, 2),
        "tempat": Spot(middle.y, middle.x),
        "tetangga": names,
    }
    return Oddity("celah", "celah", tuple(layer.index[near]), names, facts=facts)
