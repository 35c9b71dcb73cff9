"""The locator map: where the district lies in its province.

Owns the small overview map.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from pipeline.figures.ground import HOME
from pipeline.figures.panel import Panel
from pipeline.figures.scene import Box, Item, Mark, Shape, Stroke, box_shape, shape_of
from pipeline.layout import Layout

_TOLERANCE_MM = 0.06


def draw(
    box: Box,
    land: gpd.GeoDataFrame,
    window: tuple[float, float, float, float],
    district: shapely.Geometry,
    layout: Layout,
) -> list[Item]:
    """Draw the land of the province's window with the district marked.

    Parameters
    ----------
    box : Box
        Room for the map.
    land : GeoDataFrame
        Countries in degrees: ``iso``, geometry.
    window : (float, float, float, float)
        West, south, east, north in degrees.
    district : Geometry
        Outline of the district in degrees.
    layout : Layout
        Colours.
    """
    west, south, east, north = window
    crs = CRS.from_proj4(
        f"+proj=eqc +lat_ts={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84 +units=m"
    )
    corners = gpd.GeoSeries([shapely.box(*window), district], crs=4326).to_crs(crs)
    bounds = tuple(shapely.bounds(corners.iloc[0]).tolist())
    scale = max((bounds[2] - bounds[0]) / box.width, (bounds[3] - bounds[1]) / box.height)
    centre = ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    panel = Panel(box, crs, centre, round(scale * 1000), 1.0)
    colours = layout.colours
    items: list[Item] = [Mark(box_shape(box), colours.sea)]
    degrees = gpd.GeoSeries([panel.ground(1)], crs=crs).to_crs(4326).total_bounds
    near = shapely.clip_by_rect(land.geometry.to_numpy(), *degrees)
    shown = panel.to_paper(gpd.GeoSeries(near, crs=4326).to_crs(crs).to_numpy())
    for iso, geometry in zip(land["iso"], shapely.simplify(shown, _TOLERANCE_MM), strict=True):
        if not shapely.is_empty(geometry):
            fill = colours.land if iso == HOME else colours.foreign
            items.append(Mark(shape_of(geometry), fill, Stroke(colours.coast, layout.lines.coast)))
    (area,) = panel.to_paper(np.array([corners.iloc[1]], dtype=object))
    mark = Stroke(colours.place, 0.3)
    items.append(Mark(shape_of(shapely.simplify(area, _TOLERANCE_MM)), colours.place, mark))
    items.append(Mark(_around(area), stroke=mark))
    return items


def _around(area: shapely.Geometry) -> Shape:
    west, south, east, north = shapely.bounds(area)
    gap = 1.0
    return box_shape(Box(west - gap, south - gap, east - west + 2 * gap, north - south + 2 * gap))
