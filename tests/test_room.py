"""Room inside an area: how much of a rectangle at every place lies in it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures import room

AREA = shapely.Polygon([(0, 0), (12, 0), (12, 4), (6, 4), (6, 10), (0, 10)])


@given(st.floats(0.5, 9), st.floats(0.5, 9))
def test_shares_are_those_of_the_area(width: float, height: float) -> None:
    space = room.of_area(AREA, 2.0)
    shares = space.shares(width, height)
    wide, high = (room.cells(length) * room.STEP_MM for length in (width, height))
    centres = space.centres(np.ones(shares.shape, dtype=bool), width, height)
    for (x, y), share in list(zip(centres.tolist(), shares.ravel().tolist(), strict=True))[::37]:
        window = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        true = shapely.area(shapely.intersection(window, AREA)) / shapely.area(window)
        # Cells on the edge count whole or not at all.
        assert share == pytest.approx(true, abs=2 * room.STEP_MM * (1 / wide + 1 / high))


def test_a_rectangle_larger_than_the_grid_has_no_place() -> None:
    assert room.of_area(AREA, 1.0).shares(50, 1).size == 0
    assert room.of_area(AREA, 1.0).shares(1, 50).size == 0


@pytest.mark.parametrize(("length", "expected"), [(0.1, 1), (0.4, 1), (0.41, 2), (1.2, 3)])
def test_a_length_is_covered_by_whole_cells(length: float, expected: int) -> None:
    assert room.cells(length) == expected


def test_the_middle_is_the_centre_of_gravity() -> None:
    centre = shapely.centroid(AREA)
    assert room.of_area(AREA, 2.0).middle == (centre.x, centre.y)
