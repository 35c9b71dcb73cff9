"""A map panel: a window of the ground drawn at a scale into a box of the sheet.

Owns the transformation from projected metres to millimetres on paper, and the choice of a round
scale that is true on the ground.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer

from fsva.core.box import Box
from fsva.drawing.paper.scene import GroundExtent
from fsva.sources.layers.crs import METRE_DIGITS

MM_PER_M = 1000.0
_PROBE_M = 1000.0


@dataclass(frozen=True)
class Panel:
    """A box on the sheet and the ground it shows.

    Parameters
    ----------
    box : Box
        Millimetres on the sheet.
    crs : CRS
        Projection; metres.
    centre : (float, float)
        Projected coordinates in the middle of the box.
    denominator : int
        n of the scale 1 : n, true on the ground in the middle of the box.
    distortion : float
        Projected metres per metre on the ground in the middle of the box.
    """

    box: Box
    crs: CRS
    centre: tuple[float, float]
    denominator: int
    distortion: float

    @property
    def mm_per_metre(self) -> float:
        """Paper millimetres per projected metre."""
        return MM_PER_M / self.denominator / self.distortion

    def to_paper(self, geometry: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return geometries in millimetres on the sheet."""
        moved: NDArray[np.object_] = shapely.transform(geometry, self._points_to_paper)
        return moved

    def _points_to_paper(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return (points - self.centre) * self.mm_per_metre + self.box.centre

    def ground(self, margin_mm: float = 0.0) -> shapely.Polygon:
        """Return the projected ground that the box shows, with a margin around it."""
        half_width = (self.box.width / 2 + margin_mm) / self.mm_per_metre
        half_height = (self.box.height / 2 + margin_mm) / self.mm_per_metre
        x, y = self.centre
        return shapely.box(x - half_width, y - half_height, x + half_width, y + half_height)

    def degrees(self, margin_mm: float = 0.0) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees that hold all corners of the ground."""
        west, south, east, north = self.ground(margin_mm).bounds
        xs, ys = [west, west, east, east], [south, north, north, south]
        x, y = self.from_degrees.transform(xs, ys, direction="INVERSE")
        return min(x), min(y), max(x), max(y)

    def project(self, degrees: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return geometries in projected metres that are given in longitude and latitude."""
        moved: NDArray[np.object_] = shapely.transform(degrees, self._project_points)
        return moved

    def _project_points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        metres = np.column_stack(self.from_degrees.transform(*points.T))
        return np.round(metres, METRE_DIGITS)

    @cached_property
    def from_degrees(self) -> Transformer:
        """The way from longitude and latitude (WGS 84) to projected coordinates."""
        return _from_degrees(self.crs)

    def paper_of_degrees(
        self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return millimetres on the sheet, shape (n, 2), of places in degrees."""
        return self._points_to_paper(self._project_points(np.column_stack([longitude, latitude])))

    def degrees_of_paper(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Return the longitude and latitude of a point on the sheet."""
        ((longitude, latitude),) = self.degrees_of_points(np.array([[x_mm, y_mm]])).tolist()
        return longitude, latitude

    def to_degrees(self, paper: shapely.Geometry) -> shapely.Geometry:
        """Return geometries on the sheet in longitude and latitude (WGS 84)."""
        moved: shapely.Geometry = shapely.transform(paper, self.degrees_of_points)
        return moved

    def degrees_of_points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return longitude and latitude, shape (n, 2), of points of the sheet, shape (n, 2)."""
        x, y = ((points - self.box.centre) / self.mm_per_metre + self.centre).T
        return np.column_stack(self.from_degrees.transform(x, y, direction="INVERSE"))

    def georeference(self, name: str) -> GroundExtent:
        """Return the georeference of the panel, for files that a GIS opens."""
        (x, y), (west, south, east, north) = self.centre, self.ground().bounds
        middle_x, middle_y = (mm / self.mm_per_metre for mm in self.box.centre)
        xs, ys = [west, west, east, east], [south, north, north, south]
        degrees = self.from_degrees.transform(xs, ys, direction="INVERSE")
        pairs = [(float(lon), float(lat)) for lon, lat in zip(*degrees, strict=True)]
        origin = (x - middle_x, y - middle_y)
        return GroundExtent(name, self.box, self.crs, tuple(pairs), origin, 1 / self.mm_per_metre)


@cache
def _from_degrees(crs: CRS) -> Transformer:
    """Return the transformation to a projection; cached, because creating it is slow."""
    return Transformer.from_crs(4326, crs, always_xy=True)


def fit(
    bounds: tuple[float, float, float, float],
    crs: CRS,
    box: Box,
    denominators: Sequence[int],
    margin_mm: float,
) -> Panel:
    """Return the panel of the largest round scale that shows the whole of some ground.

    Parameters
    ----------
    bounds : (float, float, float, float)
        West, south, east, north in projected metres.
    crs : CRS
        Projection.
    box : Box
        Where the panel stands.
    denominators : sequence of int
        Round scales; if none is small enough, the last times 2, 5, 10, 20, 50 ... as needed.
    margin_mm : float
        Paper kept free around the ground.
    """
    west, south, east, north = bounds
    centre = ((west + east) / 2, (south + north) / 2)
    distortion = _distortion(crs, centre)
    metres_per_mm = max(
        (east - west) / (box.width - 2 * margin_mm), (north - south) / (box.height - 2 * margin_mm)
    )
    least = metres_per_mm * MM_PER_M / distortion
    fitting = [n for n in sorted(denominators) if n >= least]
    if fitting:
        return Panel(box, crs, centre, fitting[0], distortion)
    further = (max(denominators) * n * 10**power for power in itertools.count() for n in (1, 2, 5))
    denominator = next(n for n in further if n >= least)
    return Panel(box, crs, centre, denominator, distortion)


def _distortion(crs: CRS, centre: tuple[float, float]) -> float:
    """Compare a short projected line with its length on the ellipsoid."""
    x, y = centre
    longitudes, latitudes = _from_degrees(crs).transform(
        [x - _PROBE_M, x + _PROBE_M], [y, y], direction="INVERSE"
    )
    length = Geod(ellps="WGS84").line_length(longitudes, latitudes)
    return 2 * _PROBE_M / float(length)


def north_angle(panel: Panel) -> float:
    """Return the direction of true north in degrees counter-clockwise from up on the sheet."""
    longitude, latitude = panel.degrees_of_paper(*panel.box.centre)
    step = 0.01
    ends = panel.paper_of_degrees(
        np.array([longitude, longitude]), np.array([latitude - step, latitude + step])
    )
    (x0, y0), (x1, y1) = ends
    return float(np.degrees(np.arctan2(x0 - x1, y1 - y0)))
