"""What must be true of any sheet, reckoned from what is drawn: no text is cut, hidden or crossed.

Owns the reckoning; it looks at the items of a sheet alone, not at how they were placed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from fsva.core.box import Box
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_area

# Letters hardly fill the rectangle of a text: so much of its edge is air.
_AIR_MM = 0.25
# Paper of a text under another thing that no reader misses.
_LEAST_MM2 = 0.15


@dataclass(frozen=True, eq=False)
class _Written:
    """A text, its paper, and how many items lie below it."""

    text: Text
    paper: shapely.Geometry
    order: int
    clip: Box | None


def cut(sheet: Sheet, faces: Faces) -> list[str]:
    """Return the texts that the edge of the paper or of their map cuts off."""
    page = Box(0, 0, sheet.width_mm, sheet.height_mm)
    found = []
    for one in _written(sheet, faces):
        within = one.clip or page
        if not within.inset(-0.1).polygon().covers(one.paper) or not page.polygon().covers(
            one.paper
        ):
            found.append(one.text.text)
    return found


def crossed(sheet: Sheet, faces: Faces) -> list[tuple[str, str]]:
    """Return the pairs of texts that lie over each other, where both are in sight."""
    every = list(_seen(sheet, faces))
    papers = np.array([one.paper for one in every], dtype=object)
    first, second = shapely.STRtree(papers).query(papers, predicate="intersects")
    return [
        (every[a].text.text, every[b].text.text)
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
        if a < b and shapely.area(shapely.intersection(papers[a], papers[b])) > _LEAST_MM2
    ]


def hidden(sheet: Sheet, faces: Faces) -> list[str]:
    """Return the texts of which something drawn later hides a part, but not all."""
    tops, orders = _fills(sheet)
    found = []
    tree = shapely.STRtree(tops)
    for one in _written(sheet, faces):
        above = [n for n in tree.query(one.paper, predicate="intersects").tolist()
                 if orders[n] > one.order]  # fmt: skip
        if not above:
            continue
        over = shapely.union_all(shapely.intersection(tops[above], one.paper))
        if _LEAST_MM2 < over.area < 0.98 * one.paper.area:
            found.append(one.text.text)
    return found


def _written(sheet: Sheet, faces: Faces) -> Iterator[_Written]:
    order = 0
    for layer in sheet.layers:
        for item in layer.items:
            order += 1
            if isinstance(item, Text) and item.text.strip():
                paper = shapely.buffer(text_area(item, faces), -_AIR_MM, join_style="mitre")
                if not shapely.is_empty(paper):
                    yield _Written(item, paper, order, layer.clip)


def _seen(sheet: Sheet, faces: Faces) -> Iterator[_Written]:
    """Yield the texts that nothing hides wholly."""
    tops, orders = _fills(sheet)
    tree = shapely.STRtree(tops)
    for one in _written(sheet, faces):
        above = [n for n in tree.query(one.paper, predicate="intersects").tolist()
                 if orders[n] > one.order]  # fmt: skip
        if not above or not shapely.union_all(tops[above]).covers(one.paper):
            yield one


def _fills(sheet: Sheet) -> tuple[np.ndarray, list[int]]:
    """Return what is filled on a sheet, as far as its layer shows it, and in which order."""
    shapes, orders, order = [], [], 0
    for layer in sheet.layers:
        clip = layer.clip.polygon() if layer.clip else None
        for item in layer.items:
            order += 1
            if isinstance(item, Mark) and item.fill and item.shape.closed:
                area = _area(item)
                shapes.append(shapely.intersection(area, clip) if clip else area)
                orders.append(order)
    return np.array(shapes, dtype=object), orders


def _area(mark: Mark) -> shapely.Geometry:
    """Return the area of a mark; rings within rings are holes."""
    rings = [shapely.Polygon(part) for part in mark.shape.parts if len(part) > 3]
    area: shapely.Geometry = shapely.GeometryCollection()
    for ring in rings:
        area = shapely.symmetric_difference(area, shapely.make_valid(ring))
    return area
