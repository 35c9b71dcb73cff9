"""Room inside areas: how much of a rectangle at every place lies inside an area.

Owns the sums that answer this for all places at once; ``cell_grids`` finds the cells inside.
Lengths are millimetres of paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.drawing.lettering import cell_grids

STEP_MM = 0.4
# Grids filled in one go: enough to be quick, few enough to take little memory.
_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Room:
    """An area as a grid of cells, with running sums for fast queries of rectangles.

    Parameters
    ----------
    left, bottom : float
        Corner of the grid.
    sums : array of int32, shape (rows + 1, columns + 1)
        Number of inside cells below and left of each corner of a cell.
    middle : (float, float)
        Centre of gravity of the area.
    step : float
        Side of a cell, millimetres.
    """

    left: float
    bottom: float
    sums: NDArray[np.int32]
    middle: tuple[float, float]
    step: float = STEP_MM

    def shares(self, width: float, height: float) -> NDArray[np.float64]:
        """Return the share of a rectangle inside the area, for every place on the grid.

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
        window = s[rows:, columns:] - s[:-rows, columns:]
        window -= s[rows:, :-columns]
        window += s[:-rows, :-columns]
        inside: NDArray[np.float64] = window / (rows * columns)
        return inside

    def axes(self, width: float, height: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the x of the middles of all rectangles on the grid, and the y.

        Parameters
        ----------
        width, height : float
            The rectangle.

        Returns
        -------
        x : array, shape (places in x,)
        y : array, shape (places in y,)
        """
        wide, high = cells(width, self.step), cells(height, self.step)
        rows, columns = self.sums.shape
        return (
            self.left + (np.arange(columns - wide) + wide / 2) * self.step,
            self.bottom + (np.arange(rows - high) + high / 2) * self.step,
        )

    def shares_at(
        self, x: NDArray[np.float64], y: NDArray[np.float64], width: float, height: float
    ) -> NDArray[np.float64]:
        """Return the share of a rectangle inside the area, with its middle at the nodes of a net.

        Parameters
        ----------
        x : array, shape (n_x,)
            Middles of the rectangles; those beyond the grid are moved to its edge.
        y : array, shape (n_y,)
            The same upwards.
        width, height : float
            The rectangle.

        Returns
        -------
        array, shape (n_y, n_x)
            0-1; 0 if the rectangle is larger than the grid.
        """
        shares = self.shares(width, height)
        if not shares.size:
            return np.zeros((len(y), len(x)))
        columns = np.rint((x - self.left) / self.step - cells(width, self.step) / 2).astype(int)
        rows = np.rint((y - self.bottom) / self.step - cells(height, self.step) / 2).astype(int)
        last_row, last_column = shares.shape[0] - 1, shares.shape[1] - 1
        inside: NDArray[np.float64] = shares[
            np.minimum(np.maximum(rows, 0), last_row)[:, None],
            np.minimum(np.maximum(columns, 0), last_column),
        ]
        return inside


def cells(length: float, step: float = STEP_MM) -> int:
    """Return the number of cells that cover a length."""
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
    return next(of_areas(np.array([area], dtype=object), margin, np.array([step])))


def of_areas(
    areas: NDArray[np.object_], margin: float, steps: NDArray[np.float64]
) -> Iterator[Room]:
    """Lay a grid over each of several areas, one after another.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        In millimetres, none of them empty.
    margin : float
        Paper around each area that its grid covers too.
    steps : array, shape (n,)
        Side of the cells of each grid: fine for small areas.
    """
    for start in range(0, len(areas), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        yield from _of_some(areas[some], margin, steps[some, None])


def _of_some(
    areas: NDArray[np.object_], margin: float, steps: NDArray[np.float64]
) -> Iterator[Room]:
    bounds = shapely.bounds(areas)
    corners, sides = bounds[:, :2] - margin, bounds[:, 2:] - bounds[:, :2] + 2 * margin
    columns_rows = np.maximum(1, np.ceil(sides / steps - 1e-9)).astype(np.int64)
    inside = cell_grids.inside(areas, corners, np.hstack([steps, steps]), columns_rows[:, ::-1])
    middles = shapely.get_coordinates(shapely.centroid(areas))
    for (left, bottom), within, (x, y), (step,) in zip(
        corners.tolist(), inside, middles.tolist(), steps.tolist(), strict=True
    ):
        yield Room(left, bottom, _sums(within), (x, y), step)


def _sums(cells: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return the number of inside cells below and left of each corner of a cell."""
    rows, columns = cells.shape
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    cells.cumsum(axis=0, out=sums[1:, 1:])
    sums.cumsum(axis=1, out=sums)
    return sums
