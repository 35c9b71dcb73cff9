"""The base below the names: relief, rivers, roads and capital towns from the office's layers.

Owns their drawing and the place of a town's name: beside its sign, where there is no other name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.config.styles.theme import BaseStyles
from fsva.core.box import Box
from fsva.drawing.maps import relief
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Align,
    Item,
    Layer,
    Mark,
    Shape,
    Stroke,
    Text,
    circle_shape,
    line_shape,
    shape_of,
)
from fsva.drawing.paper.text_boxes import text_area
from fsva.sources.ground.terrain import Elevation
from fsva.sources.plain.shape_table import ShapeTable

_CORNERS = 24
_GAP_MM = 0.5
_AROUND_NAMES_MM = 0.6
_EDGE_MM = 1.0  # towns nearer to the frame are left out
_HALO_MM = 0.7


@dataclass(frozen=True, eq=False)
class BaseMap:
    """The layers of an office for the ground of its maps, in the projection of the maps.

    Parameters
    ----------
    elevation : Elevation or None
        Heights.
    rivers, roads : MultiLineString or None
        Metres.
    towns : ShapeTable or None
        ``nama`` and points.
    """

    elevation: Elevation | None = None
    rivers: shapely.MultiLineString | None = None
    roads: shapely.MultiLineString | None = None
    towns: ShapeTable | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the office gives nothing."""
        given = (self.elevation, self.rivers, self.roads, self.towns)
        return all(layer is None for layer in given)


class Drawer:
    """Draws a base map on one panel after another; the relief is shaded once.

    Parameters
    ----------
    base : BaseMap
        The layers to draw.
    layout : Layout
        Styles of the theme, type sizes.
    faces : Faces
        For measuring.
    """

    def __init__(self, base: BaseMap, layout: Layout, faces: Faces) -> None:
        self._base, self._layout, self._faces = base, layout, faces
        self._darkened: NDArray[np.uint8] | None = None
        if base.elevation is not None:
            self._darkened = relief.shade(base.elevation, layout.theme.base.relief)

    def below(
        self,
        panel: Panel,
        taken: Sequence[shapely.Geometry],
        names: Sequence[shapely.Geometry] = (),
    ) -> list[Layer]:
        """Draw the layers below borders and names: relief, rivers, roads.

        Parameters
        ----------
        taken : sequence of Polygon
            Paper under names, keys and insets; towns there have their signs below them.
        names : sequence of Polygon
            Paper under names of seas and neighbours, which lie below; lines leave them free.
        """
        signs = [
            sign(x, y, self._layout) for x, y, _, free in self._signs(panel, taken) if not free
        ]
        items = [*self._relief(panel), *self._lines(panel, names), *chain.from_iterable(signs)]
        return [Layer("base", tuple(items), panel.box)] if items else []

    def towns(self, panel: Panel, taken: Sequence[shapely.Geometry]) -> list[Layer]:
        """Draw the capital towns above the borders, where all names stay readable.

        Parameters
        ----------
        taken : sequence of Polygon
            Paper under names, keys and insets; the names of towns keep clear of it.
        """
        items = tuple(self._towns(panel, taken))
        return [Layer("towns", items, panel.box)] if items else []

    def _relief(self, panel: Panel) -> list[Item]:
        if self._base.elevation is None or self._darkened is None:
            return []
        shade = relief.on_panel(self._base.elevation, self._darkened, panel)
        return [shade] if shade else []

    def _lines(self, panel: Panel, names: Sequence[shapely.Geometry]) -> Iterator[Item]:
        styles, tolerance = self._layout.theme.base, self._layout.map.tolerance
        free = shapely.buffer(shapely.union_all(list(names)), _AROUND_NAMES_MM)
        if (rivers := _shown(self._base.rivers, panel, tolerance, free)) is not None:
            yield from river(rivers, styles)
        if (roads := _shown(self._base.roads, panel, tolerance, free)) is not None:
            yield from road(roads, styles)

    def _signs(
        self, panel: Panel, taken: Sequence[shapely.Geometry]
    ) -> Iterator[tuple[float, float, str, bool]]:
        """Yield the place and name of each town on a panel, and whether its place is free."""
        if self._base.towns is None:
            return
        towns, frame = self._base.towns, panel.box.inset(_EDGE_MM)
        points = shapely.get_coordinates(panel.to_paper(towns.geometry))
        for (x, y), name in zip(points.tolist(), towns["nama"], strict=True):
            if _within(x, y, frame):
                sign = self._sign_box(x, y)
                yield x, y, str(name), _is_free(sign.polygon(), taken)

    def _towns(self, panel: Panel, taken: Sequence[shapely.Geometry]) -> Iterator[Item]:
        signs = list(self._signs(panel, taken))
        occupied = [*taken, *(self._sign_box(x, y).polygon() for x, y, _, _ in signs)]
        for x, y, name, free in signs:
            yield from sign(x, y, self._layout) if free else ()
            text = self._name(name, (x, y), panel.box.inset(_EDGE_MM), occupied)
            if text is not None:
                occupied.append(text_area(text, self._faces))
                yield text

    def _sign_box(self, x: float, y: float) -> Box:
        size = self._layout.theme.base.town.size
        return Box(x - size / 2, y - size / 2, size, size)

    def _name(
        self, name: str, at: tuple[float, float], frame: Box, occupied: Sequence[shapely.Geometry]
    ) -> Text | None:
        """Return a town's name at the first free place around its sign, right of it first."""
        if not name:
            return None
        size = max(self._layout.type.village, default=self._layout.type.note)
        reach = self._layout.theme.base.town.size / 2 + _GAP_MM
        high = CAP_HEIGHT * size * MM_PER_PT
        x, y = at
        places: tuple[tuple[float, float, Align], ...] = (
            (x + reach, y - high / 2, "left"),
            (x - reach, y - high / 2, "right"),
            (x, y + reach, "centre"),
            (x, y - reach - high, "centre"),
            (x + reach, y + reach / 2, "left"),
            (x + reach, y - reach / 2 - high, "left"),
            (x - reach, y + reach / 2, "right"),
            (x - reach, y - reach / 2 - high, "right"),
        )
        ink, halo = self._layout.colours.ink, Stroke(self._layout.colours.halo, _HALO_MM)
        for left, base, align in places:
            text = Text(name, left, base, size, "bold", ink, align, halo=halo)
            paper = text_area(text, self._faces)
            if frame.polygon().contains(paper) and _is_free(paper, occupied):
                return text
        return None


def river(shape: Shape, styles: BaseStyles) -> list[Item]:
    """Draw a river in its style."""
    return [Mark(shape, stroke=Stroke(styles.river.colour, styles.river.width))]


def road(shape: Shape, styles: BaseStyles) -> list[Item]:
    """Draw a road in its style: another colour along both its sides."""
    casing = styles.road.width + 2 * styles.road.casing
    return [
        Mark(shape, stroke=Stroke(styles.road.casing_colour, casing)),
        Mark(shape, stroke=Stroke(styles.road.colour, styles.road.width)),
    ]


def sign(x: float, y: float, layout: Layout) -> list[Item]:
    """Draw the sign of a capital town.

    Parameters
    ----------
    x, y : float
        Its middle on paper, millimetres.
    """
    style, ink = layout.theme.base.town, layout.colours.ink
    radius = style.size / 2
    return [
        Mark(circle_shape(x, y, radius, _CORNERS), style.colour, Stroke(ink, style.size / 8)),
        Mark(circle_shape(x, y, radius / 3, _CORNERS), ink),
    ]


def sample(kind: str, x: float, y: float, width: float, layout: Layout) -> list[Item]:
    """Draw a sample for the legend.

    Parameters
    ----------
    kind : {"sungai", "jalan", "ibu_kota"}
        Of what.
    x, y : float
        Left end of the sample and its middle, millimetres.
    width : float
        Length of the sample, millimetres.
    """
    if kind == "ibu_kota":
        return sign(x + width / 2, y, layout)
    line = line_shape((x, y), (x + width, y))
    return (river if kind == "sungai" else road)(line, layout.theme.base)


def _shown(
    lines: shapely.MultiLineString | None,
    panel: Panel,
    tolerance: float,
    without: shapely.Geometry,
) -> Shape | None:
    """Return the lines that a panel shows outside some paper, simplified for printing."""
    if lines is None:
        return None
    cut = shapely.intersection(lines, panel.ground(margin_mm=1))
    (paper,) = panel.to_paper(np.array([cut], dtype=object))
    simple = shapely.difference(shapely.simplify(shapely.line_merge(paper), tolerance), without)
    parts = [p for p in shapely.get_parts(simple) if p.geom_type == "LineString" and p.length > 0]
    return shape_of(shapely.MultiLineString(parts)) if parts else None


def _is_free(paper: shapely.Polygon, occupied: Sequence[shapely.Geometry]) -> bool:
    return not shapely.intersects(paper, list(occupied)).any()


def _within(x: float, y: float, box: Box) -> bool:
    return box.left <= x <= box.right and box.bottom <= y <= box.top
