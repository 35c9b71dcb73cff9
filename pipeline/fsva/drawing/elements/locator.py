"""The locator maps: where the district lies in its province, and the province in the country.

Owns the two small overview maps and how they share their box. Provinces have no outline here: a
rectangle on the map of the country shows the extent of the other map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import SMALLEST_TYPE_PT, Layout
from fsva.core.box import Box
from fsva.drawing.maps.ground import HOME
from fsva.drawing.maps.panel import MM_PER_M
from fsva.drawing.maps.sheet_inputs import Studio, Window
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, line_height, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    Item,
    Layer,
    Mark,
    Shape,
    Stroke,
    Text,
    bounds,
    box_shape,
    closed_shapes,
    line_shape,
)

_TOLERANCE_MM = 0.06
_TRIANGLE = 4  # points of the smallest ring
_AROUND_MM = 1.0
_STEP = 1.05
_LEAST_MARK_MM = 1.2
# Half the width and height of the window of a province without a known one.
_WINDOW_DEGREES = (3.2, 2.0)
# In a box at least this much wider than high the two maps stand side by side.
_WIDE = 1.75
_COUNTRY_SHARE = {"beside": 0.42, "below": 0.6}
_TAG = ("locator",)
# Kilometres per degree of the equator, on the sphere that small maps use.
_METRES_PER_DEGREE = math.radians(6378137.0)


@dataclass(frozen=True)
class LocatorBoxes:
    """How the box of the locator is shared.

    Parameters
    ----------
    province, country, words : Box
        The two maps, and the explanation of the second.
    lines : tuple of Mark
        Between them.
    """

    province: Box
    country: Box
    words: Box
    lines: tuple[Mark, ...]


@dataclass(frozen=True)
class Sketch:
    """A small map on which degrees are straight and evenly spaced (equirectangular).

    Parameters
    ----------
    box : Box
        Millimetres on the sheet.
    centre : (float, float)
        Longitude and latitude in its middle.
    mm_per_degree : (float, float)
        Of longitude and of latitude.
    """

    box: Box
    centre: tuple[float, float]
    mm_per_degree: tuple[float, float]

    def on_paper(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return millimetres on the sheet, shape (n, 2), of longitudes and latitudes."""
        return (degrees - self.centre) * self.mm_per_degree + self.box.centre

    def to_paper(self, geometry: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return geometries given in degrees in millimetres on the sheet."""
        moved: NDArray[np.object_] = shapely.transform(geometry, self.on_paper)
        return moved

    def window(self, margin_mm: float) -> Window:
        """Return west, south, east, north of what the box shows, with a margin around it."""
        (x, y), (wide, high) = self.centre, self.mm_per_degree
        half_x = (self.box.width / 2 + margin_mm) / wide
        half_y = (self.box.height / 2 + margin_mm) / high
        return x - half_x, y - half_y, x + half_x, y + half_y


def draw(studio: Studio, outline: shapely.Geometry) -> tuple[Layer, ...]:
    """Draw both maps with their headings.

    Parameters
    ----------
    outline : Geometry
        Of the district, in degrees.
    """
    layout, box = studio.layout, studio.layout.boxes.box("locator")
    shown = _window(studio.province, outline)
    rooms = _rooms(box, studio.country, layout)
    title = studio.texts("peta.lokator", nama=studio.settings.district.province)
    size = layout.type.note + 0.5
    beneath, heads = _headed(rooms.province, title, size, layout, studio.faces)
    near, land = _sketch(beneath, shown), studio.surroundings.land
    far = _sketch(rooms.country, studio.country)
    return (
        Layer(
            "locator",
            tuple(_map(near, land, layout) + _marked(near, outline, layout)),
            beneath,
            _TAG,
        ),
        Layer(
            "locator country",
            tuple(_map(far, land, layout) + _framed(far, shown, layout)),
            rooms.country,
            _TAG,
        ),
        Layer("locator head", (*rooms.lines, *heads, *_told(rooms.words, studio)), tag=_TAG),
    )


def _window(province: Window | None, outline: shapely.Geometry) -> Window:
    """Return the window of the province map; it always holds the whole district."""
    west, south, east, north = shapely.bounds(outline).tolist()
    x, y = shapely.get_coordinates(shapely.centroid(outline))[0].tolist()
    wide, high = _WINDOW_DEGREES
    left, low, right, top = province or (x - wide, y - high, x + wide, y + high)
    return min(west, left), min(south, low), max(east, right), max(north, top)


def _rooms(box: Box, country: Window, layout: Layout) -> LocatorBoxes:
    """Share the box: the country beside the province, or below it where the box is narrow."""
    west, south, east, north = country
    shape = (east - west) / (north - south)
    stroke = Stroke(layout.colours.ink, layout.lines.frame / 2)
    if box.width >= _WIDE * box.height:
        width = box.width * _COUNTRY_SHARE["beside"]
        left, high = box.right - width, width / shape
        low = box.top - high
        lines = (line_shape((left, box.bottom), (left, box.top)),
                 line_shape((left, low), (box.right, low)))  # fmt: skip
        province = Box(box.left, box.bottom, box.width - width, box.height)
        words = Box(left, box.bottom, width, box.height - high)
    else:
        width = box.width * _COUNTRY_SHARE["below"]
        left, high = box.left, width / shape
        low = box.bottom
        lines = (line_shape((left, low + high), (box.right, low + high)),
                 line_shape((left + width, low), (left + width, low + high)))  # fmt: skip
        province = Box(box.left, low + high, box.width, box.height - high)
        words = Box(left + width, low, box.width - width, high)
    country_box = Box(left, low, width, high)
    return LocatorBoxes(
        province, country_box, words, tuple(Mark(line, stroke=stroke) for line in lines)
    )


def _headed(
    box: Box, title: str, size: float, layout: Layout, faces: Faces
) -> tuple[Box, list[Text]]:
    """Write a heading at the top of a box; return the heading and the rest of the box."""
    gap = 1.2 * layout.furniture
    lines = wrap(title, faces["bold"], size, box.width - 2 * gap)
    step = line_height(size) * 1.1
    heads, y = [], box.top - gap - CAP_HEIGHT * size * MM_PER_PT
    for line in lines:
        heads.append(Text(line, box.centre[0], y, size, "bold", layout.colours.ink, "centre"))
        y -= step
    height = gap + len(lines) * step + 0.4
    return Box(box.left, box.bottom, box.width, box.height - height), heads


def _told(box: Box, studio: Studio) -> list[Text]:
    """Explain the rectangle beside the map of the country, in the largest type that fits."""
    layout, gap = studio.layout, studio.layout.furniture
    size = layout.type.note
    while (lines := _lines(box.width - 2 * gap, size, studio)) and size > SMALLEST_TYPE_PT:
        if len(lines) * line_height(size) * _STEP <= box.height - gap:
            break
        size = max(size - 0.25, SMALLEST_TYPE_PT)
    step, cap = line_height(size) * _STEP, CAP_HEIGHT * size * MM_PER_PT
    y = box.centre[1] + ((len(lines) - 1) * step - cap) / 2
    return [
        Text(line, box.left + gap, y - n * step, size, face, layout.colours.ink)
        for n, (line, face) in enumerate(lines)
    ]


def _lines(width: float, size: float, studio: Studio) -> list[tuple[str, FaceName]]:
    paragraphs: tuple[tuple[str, FaceName], ...] = (
        (studio.texts("lembar.negara"), "bold"),
        (studio.texts("lembar.kotak"), "regular"),
    )
    return [
        (line, face)
        for words, face in paragraphs
        for line in wrap(words, studio.faces[face], size, width)
    ]


def _sketch(box: Box, window: Window) -> Sketch:
    """Return the map that shows a window at the largest scale that fits a box."""
    west, south, east, north = window
    centre = (west + east) / 2, (south + north) / 2
    narrower = math.cos(math.radians(centre[1]))
    width, height = (east - west) * narrower, north - south
    metres_per_mm = max(width / box.width, height / box.height) * _METRES_PER_DEGREE
    scale = MM_PER_M / round(metres_per_mm * MM_PER_M) * _METRES_PER_DEGREE
    return Sketch(box, centre, (scale * narrower, scale))


def _map(sketch: Sketch, land: gpd.GeoDataFrame, layout: Layout) -> list[Item]:
    """Draw sea and land."""
    colours = layout.colours
    near = shapely.clip_by_rect(land.geometry.to_numpy(), *sketch.window(margin_mm=1))
    coast = Stroke(colours.coast, layout.lines.coast)
    items: list[Item] = [Mark(box_shape(sketch.box), colours.sea)]
    for iso, shape in zip(land["iso"], _thinned(sketch.to_paper(near)), strict=True):
        if shape.parts:
            items.append(Mark(shape, colours.land if iso == HOME else colours.foreign, coast))
    return items


def _thinned(areas: NDArray[np.object_]) -> list[Shape]:
    """Return areas without detail too fine for paper; the smallest islands become triangles."""
    parts, owner = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    thin = shapely.simplify(rings, _TOLERANCE_MM, preserve_topology=False)
    tiny = shapely.get_num_coordinates(thin) < _TRIANGLE
    thin[tiny] = shapely.simplify(rings[tiny], _TOLERANCE_MM)
    return closed_shapes(thin, owner[part], len(areas))


def _marked(sketch: Sketch, outline: shapely.Geometry, layout: Layout) -> list[Item]:
    """Fill the district and draw a rectangle around it, so that a small district is visible."""
    (shape,) = _thinned(sketch.to_paper(np.array([outline], object)))
    stroke = Stroke(layout.colours.place, 0.3)
    around = bounds(shape).inset(-_AROUND_MM)
    return [Mark(shape, layout.colours.place, stroke), Mark(box_shape(around), stroke=stroke)]


def _framed(sketch: Sketch, window: Window, layout: Layout) -> list[Item]:
    """Draw the window of the other map as a rectangle."""
    (left, low), (right, top) = sketch.on_paper(np.reshape(window, (2, 2))).tolist()
    grow = max(0.0, (_LEAST_MARK_MM - min(right - left, top - low)) / 2)
    around = Box(left, low, right - left, top - low).inset(-grow)
    return [Mark(box_shape(around), stroke=Stroke(layout.colours.place, 0.35))]
