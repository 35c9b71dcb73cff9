"""The locator maps: where the district lies in its province, and the province in the country.

Owns the two small overview maps: the province fills the box, the country lies in a corner of it.
Provinces have no outline here: dots with the names of its kabupaten show which province it is, and
a rectangle on the map of the country shows the extent of the other map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.gazetteer import DistrictPoint
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.maps.ground import HOME
from fsva.drawing.maps.panel import MM_PER_M
from fsva.drawing.maps.sheet_inputs import Studio, Window
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, line_height, text_width, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Align,
    FaceName,
    Item,
    Layer,
    Mark,
    Shape,
    Stroke,
    Text,
    bounds,
    box_shape,
    circle_shape,
    closed_shapes,
)
from fsva.drawing.paper.text_boxes import text_box
from fsva.sources.plain.shape_table import ShapeTable

_TOLERANCE_MM = 0.06
_TRIANGLE = 4  # points of the smallest ring
_AROUND_MM = 1.0
_LEAST_MARK_MM = 1.2
# Half the width and height of the window of a province without a known one.
_WINDOW_DEGREES = (3.2, 2.0)
# Paper beside and above a heading (on A4), between its lines, below it.
_GAP_MM, _STEP, _BELOW_MM = 1.2, 1.1, 0.4
# Width of the map of the country, as a share of the box, where its heading needs no more.
_COUNTRY = 0.4
_COUNTRY_HIGH = 0.8  # of the height, at most
_DOT_MM, _DOT_CORNERS, _LABEL_MM, _HALO_MM = 0.45, 12, 0.35, 0.5
# Between two names, and between a name and the dot of another kabupaten.
_APART_MM, _OTHERS_MM = 0.4, 0.9
_TAG = ("locator",)
# Metres per degree of the equator, on the sphere that small maps use.
_METRES_PER_DEGREE = math.radians(6378137.0)


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
    shown, land = window_of(studio.province, outline), studio.surroundings.land
    title = studio.texts("peta.lokator", nama=studio.settings.district.province)
    beneath, heads = _headed(box, title, layout.type.note + 0.5, layout, studio.faces)
    near = _sketch(beneath, shown)
    marked = _marked(near, outline, layout)
    dots = {one.code: near.on_paper(np.array([[one.longitude, one.latitude]]))[0]
            for one in studio.districts}  # fmt: skip
    title = studio.texts("lembar.negara")
    corner = _corner(beneath, bounds(marked[-1].shape), list(dots.values()), title, studio)
    inner, more = _headed(corner, title, layout.type.note, layout, studio.faces)
    far = _sketch(inner, studio.country)
    frame = Stroke(layout.colours.ink, layout.lines.frame / 2)
    paper = Mark(box_shape(corner), layout.colours.paper)
    return (
        Layer(
            "locator",
            (*_map(near, land, layout), *marked, *_dots(near.box, dots, corner, studio), paper),
            beneath,
            _TAG,
        ),
        Layer(
            "locator country",
            (*_map(far, land, layout), *_framed(far, shown, layout)),
            inner,
            _TAG,
        ),
        Layer(
            "locator head",
            (*heads, *more, Mark(box_shape(corner), stroke=frame)),
            tag=_TAG,
        ),
    )


def window_of(province: Window | None, outline: shapely.Geometry) -> Window:
    """Return the window of the province map; it always holds the whole district."""
    west, south, east, north = shapely.bounds(outline).tolist()
    x, y = shapely.get_coordinates(shapely.centroid(outline))[0].tolist()
    wide, high = _WINDOW_DEGREES
    left, low, right, top = province or (x - wide, y - high, x + wide, y + high)
    return min(west, left), min(south, low), max(east, right), max(north, top)


def _corner(
    box: Box, district: Box, dots: Sequence[NDArray[np.float64]], title: str, studio: Studio
) -> Box:
    """Return the corner for the country: off the district, then over the fewest kabupaten."""
    west, south, east, north = studio.country
    gap, least = _GAP_MM * studio.layout.furniture, studio.layout.type.note
    words = text_width(Text(title, 0, 0, least, "bold"), studio.faces)
    head, shape = gap + line_height(least) * _STEP + _BELOW_MM, (north - south) / (east - west)
    fitting = min(box.width * _COUNTRY, (box.height * _COUNTRY_HIGH - head) / shape)
    width = max(fitting, words + 2 * gap + _GAP_MM / 4)
    height = width * shape + head
    corners = [
        Box(left, low, width, height)
        for low in (box.bottom, box.top - height)
        for left in (box.left, box.right - width)
    ]
    return min(corners, key=lambda corner: (
        shapely.area(shapely.intersection(corner.polygon(), district.polygon())),
        sum(bool(corner.polygon().covers(shapely.Point(*dot))) for dot in dots),
    ))  # fmt: skip


def _headed(
    box: Box, title: str, size: float, layout: Layout, faces: Faces
) -> tuple[Box, list[Text]]:
    """Write a heading at the top of a box; return the rest of the box, and the heading."""
    gap, least = _GAP_MM * layout.furniture, layout.type.note
    width = box.width - 2 * gap
    while text_width(Text(title, 0, 0, size, "bold"), faces) > width and size > least:
        size = max(size - 0.25, least)
    lines = wrap(title, faces["bold"], size, width)
    step = line_height(size) * _STEP
    heads, y = [], box.top - gap - CAP_HEIGHT * size * MM_PER_PT
    for line in lines:
        heads.append(Text(line, box.centre[0], y, size, "bold", layout.colours.ink, "centre"))
        y -= step
    height = gap + len(lines) * step + _BELOW_MM
    return Box(box.left, box.bottom, box.width, box.height - height), heads


def _dots(
    box: Box, places: Mapping[str, NDArray[np.float64]], corner: Box, studio: Studio
) -> list[Item]:
    """Draw a dot for each kabupaten, and its name where nobody can take it for another dot's."""
    own, inner = studio.settings.district.code, box.inset(_DOT_MM)
    shown = {
        code: (x, y)
        for code, (x, y) in places.items()
        if inner.left <= x <= inner.right
        and inner.bottom <= y <= inner.top
        and not corner.inset(-_DOT_MM).polygon().covers(shapely.Point(x, y))
    }
    x0, y0 = places.get(own, box.centre)
    drawn: list[Item] = [
        Mark(circle_shape(x, y, _DOT_MM, _DOT_CORNERS), studio.layout.colours.ink)
        for code, (x, y) in shown.items()
        if code != own
    ]
    taken: list[shapely.Polygon] = [corner.inset(-_APART_MM).polygon()]
    nearest = sorted(
        (one for one in studio.districts if one.code in shown),
        key=lambda one: (one.code != own, math.dist(shown[one.code], (x0, y0))),
    )
    # A name keeps away from other dots, or readers take it for theirs. That of the district itself
    # is bold and coloured: it only must not cover another dot.
    at = [*shown.values()]
    beside, apart = _circles(at, _DOT_MM), _circles(at, _DOT_MM + _OTHERS_MM)
    for one in nearest:
        around = beside if one.code == own else apart
        others = [circle for code, circle in zip(shown, around, strict=True) if code != one.code]
        text = _label(one, shown[one.code], own, [*taken, *others], box, studio)
        if text is not None:
            taken.append(text_box(text, studio.faces).inset(-_APART_MM).polygon())
            drawn.append(text)
    return drawn


def _circles(middles: Sequence[tuple[float, float]], radius: float) -> list[shapely.Polygon]:
    points = np.array([shapely.Point(at) for at in middles], dtype=object)
    around: NDArray[np.object_] = shapely.buffer(points, radius, quad_segs=16)
    return list(around)


def _label(
    district: DistrictPoint,
    at: tuple[float, float],
    own: str,
    taken: Sequence[shapely.Polygon],
    frame: Box,
    studio: Studio,
) -> Text | None:
    """Return the name of a kabupaten at the first free place around its dot."""
    colours = studio.layout.colours
    is_own = district.code == own
    face: FaceName = "bold" if is_own else "regular"
    colour = colours.place if is_own else colours.ink
    size, (x, y) = studio.layout.type.note, at
    high, away = CAP_HEIGHT * size * MM_PER_PT, _DOT_MM + _LABEL_MM
    places: tuple[tuple[float, float, Align], ...] = (
        (x + away, y - high / 2, "left"),
        (x - away, y - high / 2, "right"),
        (x, y + away, "centre"),
        (x, y - away - high, "centre"),
        (x + away, y + away / 2, "left"),
        (x - away, y + away / 2, "right"),
        (x + away, y - away / 2 - high, "left"),
        (x - away, y - away / 2 - high, "right"),
    )
    halo, inside = Stroke(colours.halo, _HALO_MM), frame.inset(0.3).polygon()
    for left, base, align in places:
        text = Text(district.short, left, base, size, face, colour, align, halo=halo)
        paper = text_box(text, studio.faces).polygon()
        if inside.contains(paper) and not shapely.intersects(paper, list(taken)).any():
            return text
    return None


def _sketch(box: Box, window: Window) -> Sketch:
    """Return the map that shows a window at the largest scale that fits a box."""
    west, south, east, north = window
    centre = (west + east) / 2, (south + north) / 2
    narrower = math.cos(math.radians(centre[1]))
    width, height = (east - west) * narrower, north - south
    metres_per_mm = max(width / box.width, height / box.height) * _METRES_PER_DEGREE
    scale = MM_PER_M / round(metres_per_mm * MM_PER_M) * _METRES_PER_DEGREE
    return Sketch(box, centre, (scale * narrower, scale))


def _map(sketch: Sketch, land: ShapeTable, layout: Layout) -> list[Item]:
    """Draw sea and land."""
    colours = layout.colours
    near = shapely.clip_by_rect(land.geometry, *sketch.window(margin_mm=1))
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


def _marked(sketch: Sketch, outline: shapely.Geometry, layout: Layout) -> list[Mark]:
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
