"""What a layer shows inside its box, cut before it is written.

Owns the cuts. QGIS layouts and other programs built on Qt know no clip paths: what reaches beyond
its box would cover the rest of the sheet there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.paper import scene
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Layer, Mark, Picture, Shade, Shape, Text
from fsva.drawing.paper.text_boxes import text_area


def inside(layer: Layer, faces: Faces) -> Layer:
    """Return a layer of which nothing reaches beyond its box.

    Parameters
    ----------
    layer : Layer
        One without a box is returned as it is.
    faces : Faces
        Fonts of its texts: those wholly beyond the box are left out.

    Returns
    -------
    Layer
        Areas end at the edge of the box; lines end half their width before it.
    """
    if layer.clip is None:
        return layer
    return replace(layer, items=tuple(_items(layer.items, layer.clip, faces)), clip=None)


def _items(items: tuple[Item, ...], box: Box, faces: Faces) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Mark):
            yield from _mark(item, box)
        elif isinstance(item, Text):
            if _touches(item, box, faces):
                yield item
        else:
            yield from _cells(item, box)


def _mark(mark: Mark, box: Box) -> Iterator[Mark]:
    """Yield a path, or its area and its line apart where the edge of the box cuts it."""
    if not mark.shape.parts:
        return
    reach = mark.stroke.width_mm / 2 if mark.stroke else 0.0
    room, around = box.inset(reach), scene.bounds(mark.shape)
    if room.holds(around):
        yield mark
        return
    if mark.fill:
        parts = tuple(_rings(mark.shape, box))
        if parts:
            yield replace(mark, shape=Shape(parts, closed=True), stroke=None)
    if mark.stroke and room.width > 0 and room.height > 0:
        lines = tuple(_lines(mark.shape, room))
        if lines:
            yield replace(mark, shape=Shape(lines, closed=False), fill=None)


def _rings(shape: Shape, box: Box) -> Iterator[NDArray[np.float64]]:
    """Yield rings inside a box; ring by ring, so that holes stay what they are."""
    window = box.polygon()
    rings = [shapely.Polygon(part) for part in shape.parts if len(part) > 3]
    cut = shapely.intersection(shapely.make_valid(rings), window)
    parts = shapely.get_parts(shapely.get_parts(cut))
    for ring in shapely.get_rings(parts[shapely.get_dimensions(parts) == 2]):
        yield shapely.get_coordinates(ring)


def _lines(shape: Shape, box: Box) -> Iterator[NDArray[np.float64]]:
    """Yield the stretches of lines inside a box."""
    window = box.polygon()
    lines = [shapely.LineString(part) for part in shape.parts if len(part) > 1]
    for cut in shapely.intersection(lines, window):
        joined = cut if cut.geom_type == "LineString" else shapely.line_merge(cut)
        parts = shapely.get_parts(shapely.get_parts(joined))
        for line in parts[shapely.get_dimensions(parts) == 1]:
            yield shapely.get_coordinates(line)


def _touches(text: Text, box: Box, faces: Faces) -> bool:
    """Tell whether a text has a part in a box."""
    return bool(box.polygon().intersects(text_area(text, faces)))


def _cells(item: Shade | Picture, box: Box) -> Iterator[Shade | Picture]:
    """Yield a picture without the rows and columns that reach beyond a box."""
    cells = item.darkness if isinstance(item, Shade) else item.pixels
    wide, high = item.box.width / cells.shape[1], item.box.height / cells.shape[0]
    first = max(0, math.ceil((box.left - item.box.left) / wide - 1e-6))
    last = min(cells.shape[1], math.floor((box.right - item.box.left) / wide + 1e-6))
    top = max(0, math.ceil((item.box.top - box.top) / high - 1e-6))
    below = min(cells.shape[0], math.floor((item.box.top - box.bottom) / high + 1e-6))
    if first >= last or top >= below:
        return
    kept = np.ascontiguousarray(cells[top:below, first:last])
    place = Box(
        item.box.left + first * wide,
        item.box.top - below * high,
        (last - first) * wide,
        (below - top) * high,
    )
    if isinstance(item, Shade):
        yield replace(item, box=place, darkness=kept)
    else:
        yield replace(item, box=place, pixels=kept)
