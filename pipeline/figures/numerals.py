"""The second channel as numbers: the class of each village written where its name leaves room.

Owns the places, which are the same on all maps of an edition, and the numbers of one map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures.district import District
from pipeline.figures.fonts import CAP_HEIGHT
from pipeline.figures.scene import MM_PER_PT, Box, Item, Layer, Mark, Stroke, Text, shape_of
from pipeline.layout import Layout
from pipeline.specification import MapSpecification

_MARGIN_MM = 0.3
_RIM_MM = 0.12
# Radius of the disc and width of a further letter, in heights of a capital letter.
_DISC, _LETTER = 0.85, 0.75


@dataclass(frozen=True, eq=False)
class Numerals:
    """Where the classes of a panel's villages are written.

    Parameters
    ----------
    panel_box : Box
        Nothing is written outside it.
    places : dict of str to (float, float)
        Kemendagri code to the middle of the number; villages without room are missing.
    layout : Layout
        Type size and colours.
    """

    panel_box: Box
    places: dict[str, tuple[float, float]]
    layout: Layout

    def layer(self, one: MapSpecification) -> Layer:
        """Write the classes of a map; villages without data have none.

        Parameters
        ----------
        one : MapSpecification
            Classes of the villages, and how its legend names them.
        """
        words = {row.priority: row.heading or str(row.priority) for row in one.legend}
        items: list[Item] = []
        for code, place in self.places.items():
            if priority := one.priorities[code]:
                items += badge(words[priority], *place, self.layout, code)
        return Layer("numerals", tuple(items), self.panel_box)


def badge(words: str, x: float, y: float, layout: Layout, code: str = "") -> list[Item]:
    """Return a class number in a disc, which no number of the key has.

    Parameters
    ----------
    words : str
        The number.
    x, y : float
        Millimetres.
    layout : Layout
        Type size and colours.
    code : str
        Village that it belongs to, or "".
    """
    size, colours = layout.type.village[-1], layout.colours
    high = CAP_HEIGHT * size * MM_PER_PT
    # Several classes in one, e.g. 4-6, take a longer disc.
    length = (len(words) - 1) * high * _LETTER
    disc = shapely.LineString([(x - length / 2, y), (x + length / 2 + 1e-6, y)]).buffer(
        radius(layout)
    )
    return [
        Mark(shape_of(disc), colours.halo, Stroke(colours.ink, _RIM_MM), code),
        Text(words, x, y - high / 2, size, "regular", colours.ink, "centre", code=code),
    ]


def radius(layout: Layout) -> float:
    """Return the radius of a disc, millimetres."""
    return CAP_HEIGHT * layout.type.village[-1] * MM_PER_PT * _DISC


def place(district: District, taken: Sequence[shapely.Polygon], layout: Layout) -> Numerals:
    """Find room for the class number in each village.

    Parameters
    ----------
    district : District
        Villages on a panel.
    taken : sequence of Polygon
        Paper under names, keys and insets.
    layout : Layout
        Type size.
    """
    least = radius(layout) + _MARGIN_MM
    free = _free(district.shown(), np.array(taken, dtype=object))
    circles = shapely.maximum_inscribed_circle(free, tolerance=0.05)
    rooms = zip(district.codes, circles, strict=True)
    places = {
        code: tuple(shapely.get_coordinates(circle)[0].tolist())
        for code, circle in rooms
        if shapely.length(circle) >= least
    }
    return Numerals(district.panel.box, places, layout)


def _free(areas: NDArray[np.object_], names: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the largest part of each area that no name covers."""
    free = areas.copy()
    area, name = shapely.STRtree(names).query(areas, predicate="intersects")
    for n in np.unique(area).tolist():
        free[n] = shapely.difference(areas[n], shapely.union_all(names[name[area == n]]))
    parts, owner = shapely.get_parts(free, return_index=True)
    largest = np.full(len(areas), shapely.Polygon(), dtype=object)
    order = np.argsort(shapely.area(parts), kind="stable")
    for n in order.tolist():
        if shapely.get_dimensions(parts[n]) == 2:
            largest[owner[n]] = parts[n]
    return largest
