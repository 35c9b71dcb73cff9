"""Landscape or portrait: the paper on which a district is largest.

Owns the choice among the layouts of one paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.drawing.framing import frames
from fsva.drawing.maps.panel import Panel


def main_panel(villages: gpd.GeoDataFrame, layout: Layout) -> Panel:
    """Return the panel of the main map.

    Parameters
    ----------
    villages : GeoDataFrame
        Geometry in metres.
    layout : Layout
        Box of the map and round scales.
    """
    return frames.frame(villages, layout).panel


def fitted(layout: Layout, villages: gpd.GeoDataFrame) -> Layout:
    """Return a layout with lines as wide as the villages of a district want them.

    Parameters
    ----------
    villages : GeoDataFrame
        Geometry in metres.
    """
    return layout.for_villages(median_side(villages, frames.frame(villages, layout).largest))


def median_side(villages: gpd.GeoDataFrame, panel: Panel) -> float:
    """Return the side of a square as large as the median village on a panel, millimetres."""
    areas = shapely.area(villages.geometry.to_numpy())
    return float(np.sqrt(np.median(areas))) * panel.mm_per_metre


def choose(layouts: Sequence[Layout], villages: gpd.GeoDataFrame) -> Layout:
    """Return the layout that shows the district at the largest scale, or its islands.

    Parameters
    ----------
    layouts : sequence of Layout
        At least one; where several give the same scale the first is taken.
    villages : GeoDataFrame
        Geometry in metres.
    """
    found = [(frames.frame(villages, layout), layout) for layout in layouts]
    if any(frame.windows for frame, _ in found):
        return max(found, key=lambda pair: pair[0].worth)[1]
    return min(found, key=lambda pair: pair[0].panel.denominator)[1]


def middle(villages: gpd.GeoDataFrame) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a district, degrees."""
    west, south, east, north = (float(edge) for edge in villages.to_crs(4326).total_bounds)
    return (west + east) / 2, (south + north) / 2
