"""Landscape, portrait or across the sheet: the paper on which a district is largest.

Owns the choice among the layouts of one paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.drawing.framing import frames
from fsva.drawing.maps.panel import Panel
from fsva.sources.plain.shape_table import ShapeTable

# Paper on which the whole district would be smaller by this factor is not for its shape.
_MUCH_SMALLER = 1.35


def main_panel(villages: ShapeTable, layout: Layout) -> Panel:
    """Return the panel of the main map.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    layout : Layout
        Box of the map and round scales.
    """
    return frames.frame(villages, layout).panel


def fitted(layout: Layout, villages: ShapeTable) -> Layout:
    """Return a layout with lines as wide as the villages of a district want them.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    """
    return layout.for_villages(median_side(villages, frames.frame(villages, layout).largest))


def median_side(villages: ShapeTable, panel: Panel) -> float:
    """Return the side of a square as large as the median village on a panel, millimetres."""
    areas = shapely.area(villages.geometry)
    return float(np.sqrt(np.median(areas))) * panel.mm_per_metre


def choose(layouts: Sequence[Layout], villages: ShapeTable) -> Layout:
    """Return the layout that shows the district at the largest scale, or its islands.

    Parameters
    ----------
    layouts : sequence of Layout
        At least one; where several give the same scale the first is taken.
    villages : ShapeTable
        Geometry in metres.
    """
    found = [(frames.frame(villages, one), one) for one in _worth_asking(layouts, villages)]
    if any(frame.windows for frame, _ in found):
        return max(found, key=lambda pair: pair[0].worth)[1]
    return min(found, key=lambda pair: pair[0].panel.denominator)[1]


def _worth_asking(layouts: Sequence[Layout], villages: ShapeTable) -> list[Layout]:
    """Return the layouts that do not show the whole much smaller than another of them.

    A search for the insets of islands takes seconds.
    """
    west, south, east, north = villages.total_bounds
    boxes = [layout.boxes.box("map").inset(layout.map.margin) for layout in layouts]
    sizes = [max((east - west) / box.width, (north - south) / box.height) for box in boxes]
    most = _MUCH_SMALLER * min(sizes)
    return [one for one, size in zip(layouts, sizes, strict=True) if size <= most]


def middle(villages: ShapeTable) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a district, degrees."""
    west, south, east, north = villages.to_crs(4326).total_bounds
    return (west + east) / 2, (south + north) / 2
