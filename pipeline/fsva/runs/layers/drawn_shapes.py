"""The polygons that an order shows: those of the layer, schematic cells, or the office's own.

Owns the two exceptions. Values, join and mending stay what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fsva.runs.run_order import LAND, Order

if TYPE_CHECKING:
    from fsva.runs.tabulation import Tabulated, Tabulation
    from fsva.sources.plain.shape_table import ShapeTable


def shown(order: Order, begun: Tabulation) -> Tabulation:
    """Return a run with schematic cells in place of its polygons, if the order wants them.

    Raises
    ------
    GeometryError
        If a village gets no cell.
    """
    if order.cells is None:
        return begun
    from fsva.sources.ground import surroundings

    joined = begun.tabulated.joined
    land = surroundings.read_land(order.edition.path(LAND))
    # Holes of the layer are drawn too, and their edges are borders.
    told = tuple(replace(oddity, outline=None) for oddity in joined.oddities)
    cells = order.cells(joined.villages.geo_frame, land.geo_frame).geometry
    drawn = replace(joined, villages=joined.villages.with_geometry(cells), oddities=told)
    return replace(begun, tabulated=replace(begun.tabulated, joined=drawn))


def own(order: Order, tabulated: Tabulated) -> ShapeTable:
    """Return the polygons as the office has drawn them, in their own coordinate system.

    Parameters
    ----------
    tabulated : Tabulated
        Gives the villages and their order.

    Returns
    -------
    ShapeTable
        Indexed by Kemendagri code. Villages that merged since are united.
    """
    from fsva.runs import succession_run, tabulation
    from fsva.sources.layers import village_layer
    from fsva.villages import own_polygons

    read, crosswalk = order.village_layer, tabulated.inputs.crosswalk
    ids = tabulation.assigned_ids(order.edition, read.rows)
    settled, _ = village_layer.settled(read.rows, read.request, crosswalk, ids)
    heirs = succession_run.read(order.edition, crosswalk)
    drawn = own_polygons.begun(settled, is_united=bool(heirs.events))
    layer, _ = heirs.of_layer(drawn, read.name)
    return own_polygons.of_villages(layer, tabulated.table.codes)
