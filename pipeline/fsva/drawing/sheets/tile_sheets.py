"""Tile maps on the sheets of an atlas: one equal square per village.

Owns the squares on paper and what stands in them. Which village has which square is
``fsva.drawing.tiles.tile_places``; legend, title and the rest are those of any map.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.lettering import free_paper
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import key, naming
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.paper.scene import Item, Layer, Mark, box_shape
from fsva.drawing.tiles.tile_places import TilePlaces

_MAP = ("map",)
# Paper between the tiles and the frame, and the largest tile.
_MARGIN_MM, _LARGEST_MM = 6.0, 34.0
_AROUND_MM = 1.5
# In smaller tiles a number that no key on the map explains would cost more colour than it tells.
_NUMBERED_MM = 9.0


def arranged(studio: Studio, places: TilePlaces) -> Arrangement:
    """Return the tiles of a district with the names or numbers that they have room for."""
    district = _district(studio, places)
    layout, faces = studio.layout, studio.faces
    free = naming.places(district, layout, faces)
    names = naming.name(district, free, set(district.kecamatan), layout, faces)
    listed = key.numbered(district)
    numbers = {code: listed[code] for code in district.codes if code not in names.named}
    paper = shapely.buffer(district.outline(), _AROUND_MM)
    vacancy = free_paper.of_panel(district.panel.box).without(paper)
    keyed = None
    if numbers:
        rows = key.rows(district, numbers, headed=True)
        keyed = key.place(studio.texts("peta.nomor_desa"), rows, vacancy, layout, faces)
    complete = not numbers or keyed is not None
    if not complete:
        numbers = numbers if side_mm(layout, places) >= _NUMBERED_MM else {}
        keyed = key.place(studio.texts("daftar_nama.rujukan"), (), vacancy, layout, faces)
    shown = dict(zip(district.codes, shapely.area(district.areas).tolist(), strict=True))
    taken = shapely.union_all([paper, *([keyed.box.polygon()] if keyed else [])])
    discs = Tokens(district.panel.box, {})
    return Arrangement(
        district, names, (), numbers, listed, keyed, complete, taken, discs, shown
    )  # fmt: skip


def side_mm(layout: Layout, places: TilePlaces) -> float:
    """Return the side of a tile on paper: as large as the map allows, millimetres."""
    at, box = np.array(places.tiles), layout.boxes.box("map")
    room = np.array([box.width, box.height]) - 2 * _MARGIN_MM
    return float(min(*(room / (at.max(axis=0) - at.min(axis=0) + 1)), _LARGEST_MM))


def layers(studio: Studio, names: Arrangement) -> tuple[Layer, Layer]:
    """Draw what lies below and above the tiles.

    Parameters
    ----------
    names : Arrangement
        From ``arranged``.
    """
    layout, box = studio.layout, names.main.panel.box
    below = Layer("ground", (Mark(box_shape(box), layout.colours.paper),), box, _MAP)
    above: list[Item] = [
        *names.main.borders(layout),
        *names.naming.items(names.numbers, layout),
        *names.lists(layout, studio.faces),
    ]
    return below, Layer("names", tuple(above), box, _MAP)


def _district(studio: Studio, places: TilePlaces) -> DrawnDistrict:
    villages, box = studio.villages, studio.layout.boxes.box("map")
    at, side = np.array(places.tiles, dtype=float), side_mm(studio.layout, places)
    corner = np.array(box.centre) - side * (at.max(axis=0) - at.min(axis=0) + 1) / 2
    areas = _squares(corner + side * (at - at.min(axis=0)), side)
    # A panel without a place on the earth: nothing of it is read but its box.
    panel = Panel(box, villages.crs, (0.0, 0.0), 1, 1.0)
    return DrawnDistrict(
        panel,
        tuple(str(code) for code in villages.index),
        tuple(villages[UNIT]),
        tuple(villages[PARENT]),
        areas,
    )


def _squares(corners: NDArray[np.float64], side: float) -> NDArray[np.object_]:
    """Return squares that share their corners to the last digit."""
    low = np.round(corners, 6)
    high = np.round(corners + side, 6)
    return np.array(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]), dtype=object)
