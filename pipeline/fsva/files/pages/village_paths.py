"""Villages as SVG paths in whole units, simplified for a screen.

Owns the conversion from metres on the ground to units of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.columns import PARENT
from fsva.drawing.paper import borders
from fsva.sources.plain.shape_table import ShapeTable

# Detail that no screen shows, in units of the drawing.
_TOLERANCE = 0.7
_MARGIN = 0.01


@dataclass(frozen=True)
class Drawing:
    """The villages of one side as paths.

    Parameters
    ----------
    codes : tuple of str
        Kemendagri codes.
    paths : tuple of str
        SVG path data of each village.
    lines : tuple of (str, str)
        Borders between kecamatan, and around the district.
    spots : tuple of (int, int, int)
        Centre and radius of the largest circle within each village.
    """

    codes: tuple[str, ...]
    paths: tuple[str, ...]
    lines: tuple[str, str]
    spots: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Window:
    """The area of a drawing.

    Parameters
    ----------
    west, north : float
        Projected metres at the upper left corner.
    scale : float
        Units per metre.
    width, height : int
        Units.
    """

    west: float
    north: float
    scale: float
    width: int
    height: int

    def point(self, x: float, y: float) -> tuple[int, int]:
        """Return a place in metres as whole units of the drawing."""
        return round((x - self.west) * self.scale), round((self.north - y) * self.scale)


def window(layers: Sequence[ShapeTable], detail: int) -> Window:
    """Return the area of all layers together.

    Parameters
    ----------
    layers : sequence of ShapeTable
        Layers in one projection.
    detail : int
        Units along the longer side.
    """
    bounds = np.array([layer.total_bounds for layer in layers])
    west, south = bounds[:, :2].min(axis=0).tolist()
    east, north = bounds[:, 2:].max(axis=0).tolist()
    margin = _MARGIN * max(east - west, north - south)
    scale = detail / (max(east - west, north - south) + 2 * margin)
    width, height = (
        round((end - start + 2 * margin) * scale) for start, end in ((west, east), (south, north))
    )
    return Window(west - margin, north + margin, scale, width, height)


def draw(villages: ShapeTable, shown: Window) -> Drawing:
    """Draw the villages of one side.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, with ``kecamatan``; a clean coverage in metres.
    shown : Window
        From ``window``.
    """
    simple = shapely.coverage_simplify(villages.geometry, _TOLERANCE / shown.scale)

    def to_units(points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return coordinates in units of the page."""
        x = (points[:, 0] - shown.west) * shown.scale
        return np.column_stack([x, (shown.north - points[:, 1]) * shown.scale])

    areas = shapely.transform(simple, to_units)
    lines = borders.of_coverage(areas, [str(name) for name in villages[PARENT]])
    within, around = paths([lines.kecamatan, lines.outline])
    circles = shapely.maximum_inscribed_circle(areas, 1.0)
    middles = shapely.get_coordinates(shapely.get_point(circles, 0)).round().astype(int).tolist()
    radii = shapely.length(circles).round().astype(int).tolist()
    return Drawing(
        tuple(str(code) for code in villages.index),
        tuple(paths(areas)),
        (within, around),
        tuple((x, y, r) for (x, y), r in zip(middles, radii, strict=True)),
    )


def paths(geometries: NDArray[np.object_] | Sequence[shapely.Geometry]) -> list[str]:
    """Return polygons or lines as SVG path data in whole units.

    Parameters
    ----------
    geometries : array or sequence of Geometry
        All with an area, or none.

    Returns
    -------
    list of str
        One text for each.

    Examples
    --------
    >>> paths([shapely.Polygon([(0, 0), (9, 0), (9, 5.2)])])
    ['M0,0l9,5v-5z']
    """
    areal = bool((shapely.get_dimensions(geometries) == 2).any())
    lines, owner = shapely.get_parts(shapely.normalize(geometries), return_index=True)
    if areal:
        lines, part = shapely.get_rings(lines, return_index=True)
        owner = owner[part]
    points, line = shapely.get_coordinates(lines, return_index=True)
    whole = points.round().astype(int)
    begins = np.diff(line, prepend=-1) != 0
    moved = begins | np.any(np.diff(whole, axis=0, prepend=whole[:1]) != 0, axis=1)
    whole, line, begins = whole[moved], line[moved], begins[moved]
    steps, places = np.diff(whole, axis=0, prepend=whole[:1]).tolist(), whole.tolist()
    words = [
        f"M{x},{y}" if is_first else _step(dx, dy)
        for (x, y), (dx, dy), is_first in zip(places, steps, begins.tolist(), strict=True)
    ]
    ends = [*np.flatnonzero(begins).tolist(), len(words)]
    found = [""] * len(geometries)
    for first, end in pairwise(ends):
        drawn = words[first : end - (areal and places[first] == places[end - 1])]
        if len(drawn) > 1:
            found[owner[line[first]]] += "".join(drawn) + ("z" if areal else "")
    return found


def _step(dx: int, dy: int) -> str:
    if not dy:
        return f"h{dx}"
    return f"v{dy}" if not dx else f"l{dx},{dy}"
