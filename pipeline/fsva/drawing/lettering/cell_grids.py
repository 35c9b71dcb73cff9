"""Grids over areas: which cells lie inside.

Owns the counting of borders along rows of cells, for many grids in one go.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray


def inside(
    areas: NDArray[np.object_],
    corners: NDArray[np.float64],
    steps: NDArray[np.float64],
    shapes: NDArray[np.int64],
) -> list[NDArray[np.uint8]]:
    """Tell for the cells of grids whether their middles lie inside areas.

    Along a row of cells, a cell is inside after an odd number of borders. Every border is counted
    at the first cell behind it, for all rows of all grids together. This is ten times faster than a
    test per cell.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        In the unit of the grids.
    corners : array, shape (n, 2)
        x and y of the lower left corner of the grid of each area.
    steps : array, shape (n, 2)
        Width and height of its cells.
    shapes : array of int, shape (n, 2)
        Its rows and columns.

    Returns
    -------
    list of array, each shape (rows, columns)
        1 inside, 0 outside; rows from below.
    """
    rows, columns = shapes.T
    # One more column for borders behind the last cell, so that every row has an even number.
    starts = np.concatenate([[0], np.cumsum(rows * (columns + 1))])
    grid, row, cut = _crossings(areas, corners, steps, rows)
    column = np.clip(np.ceil(cut), 0, columns[grid]).astype(np.int64)
    noted = np.bincount(starts[grid] + row * (columns[grid] + 1) + column, minlength=starts[-1])
    odd = (noted.cumsum(dtype=np.int32) & 1).astype(np.uint8)
    return [
        odd[start : start + high * (wide + 1)].reshape(high, wide + 1)[:, :-1]
        for start, high, wide in zip(
            starts[:-1].tolist(), rows.tolist(), columns.tolist(), strict=True
        )
    ]


def _crossings(
    areas: NDArray[np.object_],
    corners: NDArray[np.float64],
    steps: NDArray[np.float64],
    rows: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return where borders cross the middles of rows: grid, row, and place along the row.

    The place is counted in cells, 0 in the middle of the first.
    """
    parts, area_of = shapely.get_parts(areas, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    grid = area_of[part_of[ring_of]]
    x, y = ((points - corners[grid]) / steps[grid] - 0.5).T
    # A border crosses the rows from its lower end up to the row before its upper end.
    row = np.clip(np.ceil(y), 0, rows[grid]).astype(np.int64)
    first = np.flatnonzero((ring_of[:-1] == ring_of[1:]) & (row[:-1] != row[1:]))
    crossed = np.abs(row[first + 1] - row[first])
    edge = np.repeat(first, crossed)
    passed = np.arange(len(edge)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
    at = np.minimum(row[edge], row[edge + 1]) + passed
    slope = (x[first + 1] - x[first]) / (y[first + 1] - y[first])
    return grid[edge], at, x[edge] + (at - y[edge]) * np.repeat(slope, crossed)
