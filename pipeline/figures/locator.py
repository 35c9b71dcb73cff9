"""The locator maps: where the district lies in its province, and the province in the country.

Owns the two small overview maps and how they share their box. A province has no outline of its
own here: a rectangle shows on the map of the country which part of it the other map shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from pipeline.figures.fonts import CAP_HEIGHT, Faces, line_height, wrap
from pipeline.figures.ground import HOME
from pipeline.figures.panel import Panel
from pipeline.figures.scene import (
    MM_PER_PT,
    Box,
    FaceName,
    Item,
    Layer,
    Mark,
    Stroke,
    Text,
    box_shape,
    line_shape,
    shape_of,
)
from pipeline.figures.studio import Studio, Window
from pipeline.layout import SMALLEST_TYPE_PT, Layout

_TOLERANCE_MM = 0.06
_OUTLINE_DEGREES = 0.002
_AROUND_MM = 1.0
_STEP = 1.05
_LEAST_MARK_MM = 1.2
# Half the width and height of the window where none is known for the province.
_WINDOW_DEGREES = (3.2, 2.0)
# A box at least this much wider than high holds the two maps side by side.
_WIDE = 1.75
_COUNTRY_SHARE = {"beside": 0.42, "below": 0.6}
_TAG = ("locator",)


@dataclass(frozen=True)
class Rooms:
    """How the box of the locator is shared.

    Parameters
    ----------
    province, country, words : Box
        The two maps, and what is said of the second.
    lines : tuple of Mark
        Between them.
    """

    province: Box
    country: Box
    words: Box
    lines: tuple[Mark, ...]


def draw(studio: Studio) -> tuple[Layer, ...]:
    """Draw both maps with their headings.

    Parameters
    ----------
    studio : Studio
        Land, district, layout, language.
    """
    layout, box = studio.layout, studio.layout.boxes.box("locator")
    outline, window = _outline(studio.villages), studio.province
    shown = _window(window, outline)
    rooms = _rooms(box, studio.country, layout)
    title = studio.texts("peta.lokator", nama=studio.settings.district.province)
    size = layout.type.note + 0.5
    beneath, heads = _headed(rooms.province, title, size, layout, studio.faces)
    near, land = _panel(beneath, shown), studio.surroundings.land
    far = _panel(rooms.country, studio.country)
    return (
        Layer("locator", tuple(_map(near, land, layout) + _marked(near, outline, layout)),
              beneath, _TAG),
        Layer("locator country", tuple(_map(far, land, layout) + _framed(far, shown, layout)),
              rooms.country, _TAG),
        Layer("locator head", (*rooms.lines, *heads, *_told(rooms.words, studio)), tag=_TAG),
    )  # fmt: skip


def _outline(villages: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the outline of the district in degrees."""
    degrees = villages.geometry.to_crs(4326).to_numpy()
    return shapely.coverage_union_all(shapely.coverage_simplify(degrees, _OUTLINE_DEGREES))


def _window(province: Window | None, outline: shapely.Geometry) -> Window:
    """Return what the map of the province shows: always the whole district too."""
    west, south, east, north = shapely.bounds(outline).tolist()
    x, y = shapely.get_coordinates(shapely.centroid(outline))[0].tolist()
    wide, high = _WINDOW_DEGREES
    left, low, right, top = province or (x - wide, y - high, x + wide, y + high)
    return min(west, left), min(south, low), max(east, right), max(north, top)


def _rooms(box: Box, country: Window, layout: Layout) -> Rooms:
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
    return Rooms(province, country_box, words, tuple(Mark(one, stroke=stroke) for one in lines))


def _headed(
    box: Box, title: str, size: float, layout: Layout, faces: Faces
) -> tuple[Box, list[Text]]:
    """Write a heading into the upper part of a box; return the rest of the box with it."""
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
    """Write beside the map of the country what its rectangle means, as large as there is room."""
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


def _panel(box: Box, window: Window) -> Panel:
    """Return the panel that shows a window as large as a box allows."""
    west, south, east, north = window
    crs = CRS.from_proj4(
        f"+proj=eqc +lat_ts={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84 +units=m"
    )
    left, low, right, top = gpd.GeoSeries([shapely.box(*window)], crs=4326).to_crs(crs).total_bounds
    scale = max((right - left) / box.width, (top - low) / box.height)
    return Panel(box, crs, ((left + right) / 2, (low + top) / 2), round(scale * 1000), 1.0)


def _map(panel: Panel, land: gpd.GeoDataFrame, layout: Layout) -> list[Item]:
    """Draw sea and land."""
    colours = layout.colours
    degrees = gpd.GeoSeries([panel.ground(1)], crs=panel.crs).to_crs(4326).total_bounds
    near = shapely.clip_by_rect(land.geometry.to_numpy(), *degrees)
    shown = panel.to_paper(gpd.GeoSeries(near, crs=4326).to_crs(panel.crs).to_numpy())
    items: list[Item] = [Mark(box_shape(panel.box), colours.sea)]
    for iso, geometry in zip(land["iso"], shapely.simplify(shown, _TOLERANCE_MM), strict=True):
        if not shapely.is_empty(geometry):
            fill = colours.land if iso == HOME else colours.foreign
            items.append(Mark(shape_of(geometry), fill, Stroke(colours.coast, layout.lines.coast)))
    return items


def _marked(panel: Panel, outline: shapely.Geometry, layout: Layout) -> list[Item]:
    """Fill the district and draw a rectangle around it, so that a small one is found too."""
    projected = gpd.GeoSeries([outline], crs=4326).to_crs(panel.crs).to_numpy()
    (area,) = shapely.simplify(panel.to_paper(projected), _TOLERANCE_MM)
    stroke = Stroke(layout.colours.place, 0.3)
    west, south, east, north = shapely.bounds(area).tolist()
    around = Box(west, south, east - west, north - south).inset(-_AROUND_MM)
    return [
        Mark(shape_of(area), layout.colours.place, stroke),
        Mark(box_shape(around), stroke=stroke),
    ]


def _framed(panel: Panel, window: Window, layout: Layout) -> list[Item]:
    """Draw the window of the other map as a rectangle."""
    west, south, east, north = window
    corners = panel.paper_of_degrees(np.array([west, east]), np.array([south, north]))
    (left, low), (right, top) = corners.tolist()
    grow = max(0.0, (_LEAST_MARK_MM - min(right - left, top - low)) / 2)
    around = Box(left, low, right - left, top - low).inset(-grow)
    return [Mark(box_shape(around), stroke=Stroke(layout.colours.place, 0.35))]
