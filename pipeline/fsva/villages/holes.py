"""Holes within a district: land that no village of the layer has.

Owns finding and naming them. They stop no run, because lakes and enclaved towns are holes too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Geometry
from shapely.geometry.base import BaseGeometry

from fsva.core.message_values import MessageValue, Quantity, Spot
from fsva.sources.plain import shape_table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.oddities import Oddity

# Behind a wide opening, a hole counts only if its area is so many times the square of the width.
_DEEP = 50.0
# Share of such a hole that must lie on coarse land; otherwise it is a bay.
_ON_LAND = 0.5
# A hole that shares at least this part with those found before is not a new one.
_SAME = 0.1
_MOST_NEIGHBOURS = 5


def judge(
    layer: ShapeTable,
    smallest_km2: float,
    mouths_m: Sequence[float],
    land: Geometry | None = None,
) -> list[Oddity]:
    """Return the holes of a district with their places and neighbours, the largest first.

    Parameters
    ----------
    layer : ShapeTable
        A clean coverage in metres, indexed by Kemendagri code: ``nama``.
    smallest_km2 : float
        Smaller holes are not named.
    mouths_m : sequence of float
        Widths of openings that still count as closed, rising. Behind the first any hole counts,
        behind wider ones those that are deep and not a bay.
    land : Geometry or None
        Coarse land around, in degrees; None where it is not known.
    """
    shapes = layer.geometry
    district = shapely.coverage_union_all(shapes)
    found: list[BaseGeometry] = []
    for mouth in mouths_m:
        least = smallest_km2 * 1e6
        holes = [hole for hole in _holes(district, mouth / 2) if hole.area >= least]
        if mouth > mouths_m[0]:
            deep = [hole for hole in holes if hole.area >= _DEEP * mouth**2]
            holes = [hole for hole in deep if _is_land(hole, layer, land)]
        known = shapely.union_all(found)
        found += [h for h in holes if h.intersection(known).area < _SAME * h.area]
    found.sort(key=lambda hole: -hole.area)
    return [_oddity(hole, layer, shapes) for hole in found]


def _is_land(hole: BaseGeometry, layer: ShapeTable, land: Geometry | None) -> bool:
    """Tell whether coarse land, if it is known, has most of a hole."""
    if land is None:
        return True
    placed = _in_degrees(hole, layer)
    return bool(placed.intersection(land).area >= _ON_LAND * placed.area)


def _holes(district: BaseGeometry, half_m: float) -> list[BaseGeometry]:
    """Return the areas that a district encloses, also those with an opening that is so narrow."""
    closed = district.simplify(half_m / 2).buffer(half_m, join_style="mitre")
    filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(closed)])
    inside = shapely.difference(filled, closed).buffer(half_m * 1.5, join_style="mitre")
    return list(shapely.get_parts(shapely.difference(inside, district)))


def _in_degrees(shape: BaseGeometry, layer: ShapeTable) -> BaseGeometry:
    placed: BaseGeometry = shape_table.in_degrees([shape], layer.crs)[0]
    return placed


def _oddity(hole: BaseGeometry, layer: ShapeTable, shapes: np.ndarray) -> Oddity:
    near = np.flatnonzero(shapely.dwithin(shapes, hole, 1.0))[:_MOST_NEIGHBOURS]
    middle = _in_degrees(hole.representative_point(), layer).centroid
    names = ", ".join(layer["nama"][near])
    facts: dict[str, str | MessageValue] = {
        "km2": Quantity(hole.area / 1e6, 2),
        "tempat": Spot(middle.y, middle.x),
        "tetangga": names,
    }
    codes, first = tuple(layer.index[near]), str(layer["nama"][near[0]])
    return Oddity("celah", "celah", codes, names, facts=facts, outline=hole, in_layer=first)
