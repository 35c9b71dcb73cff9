"""Landscape or portrait: the paper on which a district is largest.

Owns the choice among the layouts of one paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd

from fsva.config.styles.layout import Layout
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel


def main_panel(villages: gpd.GeoDataFrame, layout: Layout) -> Panel:
    """Return the panel of the main map: the largest round scale that shows the district.

    Parameters
    ----------
    villages : GeoDataFrame
        Geometry in metres.
    layout : Layout
        Box of the map and round scales.
    """
    rules, box = layout.map, layout.boxes.box("map")
    west, south, east, north = villages.total_bounds.tolist()
    bounds = (west, south, east, north)
    return panels.fit(bounds, villages.crs, box, rules.denominators, rules.margin)


def choose(layouts: Sequence[Layout], villages: gpd.GeoDataFrame) -> Layout:
    """Return the layout that shows the district at the largest scale.

    Parameters
    ----------
    layouts : sequence of Layout
        At least one; where several give the same scale the first is taken.
    villages : GeoDataFrame
        Geometry in metres.
    """
    return min(layouts, key=lambda layout: main_panel(villages, layout).denominator)
