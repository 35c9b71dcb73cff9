"""The polygons of a layer as the office has drawn them.

Owns the little that is done to them: heights are left out, and the villages stand in an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely

from fsva.sources.layers import crs
from fsva.sources.plain.shape_table import ShapeTable


def begun(settled: ShapeTable, *, is_united: bool) -> ShapeTable:
    """Return names and polygons of a layer.

    Parameters
    ----------
    settled : ShapeTable
        Indexed by Kemendagri code.
    is_united : bool
        Whether villages will be united, which takes valid polygons.
    """
    layer = settled.only("nama")
    return layer.with_geometry(shapely.make_valid(layer.geometry)) if is_united else layer


def of_villages(layer: ShapeTable, codes: Sequence[str]) -> ShapeTable:
    """Return the polygons of villages in an order, without heights.

    Parameters
    ----------
    codes : sequence of str
        Kemendagri codes.
    """
    flat = replace(layer, geometry=shapely.force_2d(layer.geometry), system=crs.flat(layer.crs))
    return flat.at(codes)
