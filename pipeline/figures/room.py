"""Room inside areas: how much of a rectangle at every place lies inside an area.

Owns the grid that answers this for all places at once. Lengths are millimetres of paper.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

STEP_MM = 0.4


@dataclass(frozen=True, eq=False)
class Room:
    """An area as cells, with the sums that make windows cheap.

    Parameters
    ----------
    left, bottom : float
        Corner of the grid.
    sums : array of int, shape (rows + 1, columns + 1)
        Number of inside cells below and left of each corner of a cell.
    middle : (float, float)
        Centre of gravity of the area.
    step : float
        Side of a cell, millimetres.
    """

    left: float
    bottom: float
    sums: NDArray[np.int64]
    middle: tuple[float, float]
    step: float = STEP_MM

    def shares(self, width: float, height: float) -> NDArray[np.float64]:
        """Return which share of a rectangle lies inside the area, for every place on the grid.

        Parameters
        ----------
        width, height : float
            The rectangle.

        Returns
        -------
        array, shape (places in y, places in x)
            0-1; empty if the rectangle is larger than the grid.
        """
        columns, rows = cells(width, self.step), cells(height, self.step)
        s = self.sums
        if rows >= s.shape[0] or columns >= s.shape[1]:
            return np.empty((0, 0))
        window = s[rows:, columns:] - s[:-rows, columns:] - s[rows:, :-columns]
        inside: NDArray[np.float64] = (window + s[:-rows, :-columns]) / (rows * columns)
        return inside

    def centres(self, where: NDArray[np.bool_], width: float, height: float) -> NDArray[np.float64]:
        """Return the middles of the rectangles at the chosen places, shape (n, 2).

        Parameters
        ----------
        where : array of bool
            As large as what ``shares`` returns for the same rectangle.
        width, height : float
            The rectangle.
        """
        y, x = np.nonzero(where)
        return np.column_stack(
            [
                self.left + (x + cells(width, self.step) / 2) * self.step,
                self.bottom + (y + cells(height, self.step) / 2) * self.step,
            ]
        )


def cells(length: float, step: float = STEP_MM) -> int:
    """Return how many cells of a side cover a length."""
    return max(1, math.ceil(length / step - 1e-9))


def of_area(area: shapely.Geometry, margin: float, step: float = STEP_MM) -> Room:
    """Lay a grid over an area.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        In millimetres.
    margin : float
        Paper around the area that the grid covers too.
    step : float
        Side of a cell: fine for small areas.
    """
    west, south, east, north = shapely.bounds(area)
    left, bottom = west - margin, south - margin
    columns, rows = (cells(length + 2 * margin, step) for length in (east - west, north - south))
    xs = left + (np.arange(columns) + 0.5) * step
    ys = bottom + (np.arange(rows) + 0.5) * step
    shapely.prepare(area)
    inside = np.zeros((rows, columns), dtype=np.int64)
    # Only the cells of the area's own rectangle can be inside it.
    own_x, own_y = (xs >= west) & (xs <= east), (ys >= south) & (ys <= north)
    grid_x, grid_y = np.meshgrid(xs[own_x], ys[own_y])
    inside[np.ix_(own_y, own_x)] = shapely.contains_xy(area, grid_x, grid_y)
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = inside.cumsum(axis=0).cumsum(axis=1)
    middle = shapely.centroid(area)
    return Room(left, bottom, sums, (middle.x, middle.y), step)
