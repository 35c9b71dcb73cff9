"""The second channel as numbers: the class of each village, written where there is room.

Owns the places, which are the same on all maps of an edition, and the numbers of one map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.config.styles.theme import Theme
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Layer, Mark, Stroke, Text, shape_of
from fsva.words.specification import MapSpecification

# Paper around a disc.
_MARGIN_MM = 0.15
_RIM_MM = 0.12
# Beyond an area's rectangle; what lies further away is not looked at.
_AROUND_MM = 1.0
# Radius of the disc and width of each further letter, in heights of a capital letter.
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

    def layer(self, shown: MapSpecification) -> Layer:
        """Write the classes of a map; villages without data have none.

        Parameters
        ----------
        shown : MapSpecification
            Classes of the villages, and how its legend names them.
        """
        words = {row.priority: row.heading or str(row.priority) for row in shown.legend}
        items: list[Item] = []
        for code, place in self.places.items():
            if priority := shown.priorities[code]:
                items += badge(words[priority], *place, self.layout, code)
        return Layer("numerals", tuple(items), self.panel_box)


def badge(words: str, x: float, y: float, layout: Layout, code: str = "") -> list[Item]:
    """Return a class number in a disc, which no number of the key has.

    Parameters
    ----------
    x, y : float
        Millimetres.
    layout : Layout
        Type size and colours.
    code : str
        Village that it belongs to, or "".
    """
    size, colours = layout.type.digit, layout.colours
    high = CAP_HEIGHT * size * MM_PER_PT
    # Joined classes, e.g. 4-6, need a longer disc.
    length = (len(words) - 1) * high * _LETTER
    disc = shapely.LineString([(x - length / 2, y), (x + length / 2 + 1e-6, y)]).buffer(
        radius(layout)
    )
    return [
        Mark(shape_of(disc), colours.halo, Stroke(colours.ink, _RIM_MM), code),
        Text(words, x, y - high / 2, size, "regular", colours.ink, "centre", code=code),
    ]


def explained(theme: Theme, texts: Texts) -> list[str]:
    """Explain the mark of villages without room for a number, if the theme has one.

    Parameters
    ----------
    theme : Theme
        With numbers or without.
    """
    return [texts("gaya.tanpa_nomor")] if theme.numbers and theme.hatches else []


def radius(layout: Layout) -> float:
    """Return the radius of a disc, millimetres."""
    return CAP_HEIGHT * layout.type.digit * MM_PER_PT * _DISC


def place(district: DrawnDistrict, taken: Sequence[shapely.Geometry], layout: Layout) -> Numerals:
    """Find room for the class number in each village.

    Parameters
    ----------
    taken : sequence of Geometry
        Paper under names, their lines, keys and insets.
    layout : Layout
        Type size, widths of borders.
    """
    least = radius(layout) + layout.lines.village / 2 + _MARGIN_MM
    parts, owner = _free(district.shown(), [*taken, *_wide_borders(district, layout)])
    circles = shapely.maximum_inscribed_circle(parts, tolerance=0.05)
    best: dict[int, tuple[float, tuple[float, float]]] = {}
    for n, circle in zip(owner.tolist(), circles, strict=True):
        (x, y), length = shapely.get_coordinates(circle)[0].tolist(), float(shapely.length(circle))
        if length >= max(least, best.get(n, (0.0,))[0]):
            best[n] = length, (x, y)
    places = {district.codes[n]: middle for n, (_, middle) in sorted(best.items())}
    return Numerals(district.panel.box, places, layout)


def _wide_borders(district: DrawnDistrict, layout: Layout) -> list[shapely.Geometry]:
    """Return the paper that borders of kecamatan and district cover beyond those of villages."""
    edges, lines, casing = district.edges, layout.lines, 2 * layout.lines.casing
    wide = (
        (edges.kecamatan, lines.kecamatan + casing),
        (edges.outline, lines.kabupaten + casing),
    )
    return [
        part
        for line, width in wide
        if width > lines.village
        for part in shapely.get_parts(
            shapely.buffer(line, (width - lines.village) / 2, quad_segs=2)
        )
    ]


def _free(
    areas: NDArray[np.object_], taken: Sequence[shapely.Geometry]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return the free parts of the areas, and their villages."""
    free, over = areas.copy(), np.array(taken, dtype=object)
    area, thing = shapely.STRtree(over).query(areas, predicate="intersects")
    around = shapely.bounds(shapely.buffer(shapely.envelope(areas), _AROUND_MM))
    for n in np.unique(area).tolist():
        # Borders are one shape for the whole district: only what is near is united.
        near = shapely.clip_by_rect(over[thing[area == n]], *around[n].tolist())
        free[n] = shapely.difference(areas[n], shapely.union_all(near))
    parts, owner = shapely.get_parts(free, return_index=True)
    kept = (shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)
    return parts[kept], owner[kept]
