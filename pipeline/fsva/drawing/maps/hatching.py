"""Hatching: lines over the class colours of some villages.

Owns direction, distance and width of its lines. A line of ink lies on a wider light one, so that
it shows on the darkest class too.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.paper.scene import Item, Mark, Stroke, shape_of

_SPACING_MM = 2.4
_INK_MM, _CASING_MM = 0.22, 0.6
# Hatching keeps clear of the borders; an area with less line than this gets a line of its own.
_MARGIN_MM = 0.45
_LEAST_MM = 1.5


def draw(district: DrawnDistrict, codes: Collection[str], layout: Layout) -> list[Item]:
    """Hatch some villages of a panel.

    Parameters
    ----------
    codes : collection of str
        Kemendagri codes of the villages to hatch; those that the panel does not show are left
        out.
    """
    areas = zip(district.codes, district.areas, strict=True)
    return [item for code, area in areas if code in codes for item in lines(area, layout)]


def lines(area: shapely.Geometry, layout: Layout) -> list[Item]:
    """Return the lines that hatch an area.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Millimetres of paper.

    Returns
    -------
    list of Mark
        The light casing and the ink above it; both follow one grid for the whole sheet, so that
        neighbours are hatched as one.
    """
    drawn = shapely.intersection(_grid(area), shapely.buffer(area, -_MARGIN_MM))
    if shapely.length(drawn) < _LEAST_MM:
        drawn = shapely.intersection(_through(shapely.point_on_surface(area)), area)
    pieces = shapely.get_parts(drawn)
    whole = shapely.GeometryCollection(list(pieces[shapely.length(pieces) > 0]))
    strokes = (Stroke(layout.colours.halo, _CASING_MM), Stroke(layout.colours.ink, _INK_MM))
    return [Mark(shape_of(whole), stroke=stroke) for stroke in strokes]


def _grid(area: shapely.Geometry) -> shapely.Geometry:
    """Return rising diagonals over an area; they cross x = 0 at multiples of their distance."""
    west, south, east, north = shapely.bounds(area).tolist()
    step = _SPACING_MM * 2**0.5
    crossings = np.arange(np.floor((south - east) / step), np.ceil((north - west) / step) + 1)
    ends = [[(west, west + c), (east, east + c)] for c in (crossings * step).tolist()]
    grid: shapely.Geometry = shapely.multilinestrings([shapely.linestrings(e) for e in ends])
    return grid


def _through(point: shapely.Geometry) -> shapely.Geometry:
    """Return a diagonal through a point."""
    x, y = shapely.get_coordinates(point)[0].tolist()
    line: shapely.Geometry = shapely.linestrings([(x - 99, y - 99), (x + 99, y + 99)])
    return line
