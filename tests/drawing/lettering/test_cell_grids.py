"""Which cells of a grid lie inside an area: the same as when each is asked for."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fsva.drawing.lettering import cell_grids

RING = shapely.Point(5, 4).buffer(3.3).difference(shapely.Point(5.3, 4).buffer(1.7))
PARTS = shapely.MultiPolygon([RING, shapely.Polygon([(9.03, 0.07), (12.9, 1.13), (9.77, 6.61)])])


@given(st.floats(0, 180), st.floats(0.11, 0.9), st.floats(0.13, 0.7), st.floats(-3, 8))
def test_cells_are_inside_as_their_middles_are(
    angle: float, wide: float, high: float, left: float
) -> None:
    area = shapely.affinity.rotate(PARTS, angle, origin=(6, 4))
    rows, columns = 17, 29
    x = left + (np.arange(columns) + 0.5) * wide
    y = -1.03 + (np.arange(rows) + 0.5) * high
    grid_x, grid_y = np.meshgrid(x, y)
    # Where a middle lies on a border nothing is promised.
    far = shapely.distance(shapely.boundary(area), shapely.points(grid_x, grid_y)) > 1e-9
    (found,) = _inside([area], [(left, -1.03)], [(wide, high)], [(rows, columns)])
    assert found.shape == (rows, columns)
    assert (found.astype(bool) == shapely.contains_xy(area, grid_x, grid_y))[far].all()


def test_each_area_has_its_own_grid() -> None:
    square = shapely.box(0, 0, 2, 2)
    first, second, third = _inside(
        [square, shapely.Polygon(), square],
        [(0.7, 0.3), (0, 0), (-2, 1)],
        [(1, 1), (1, 1), (1, 0.5)],
        [(2, 3), (1, 2), (3, 4)],
    )
    assert first.tolist() == [[1, 0, 0], [1, 0, 0]]
    assert second.tolist() == [[0, 0]]
    assert third.tolist() == [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]]


def _inside(
    areas: list[shapely.Geometry],
    corners: list[tuple[float, float]],
    steps: list[tuple[float, float]],
    shapes: list[tuple[int, int]],
) -> list[NDArray[np.uint8]]:
    return cell_grids.inside(
        np.array(areas, dtype=object),
        np.array(corners, dtype=float),
        np.array(steps, dtype=float),
        np.array(shapes),
    )
