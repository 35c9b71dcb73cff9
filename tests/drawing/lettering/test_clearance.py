"""Room inside an area: how much of a rectangle at every place lies in it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fsva.drawing.lettering import clearance

AREA = shapely.Polygon([(0, 0), (12, 0), (12, 4), (6, 4), (6, 10), (0, 10)])


@given(st.floats(0.5, 9), st.floats(0.5, 9))
def test_shares_are_those_of_the_area(width: float, height: float) -> None:
    space = clearance.of_area(AREA, 2.0)
    shares = space.shares(width, height)
    wide, high = (clearance.cells(length) * clearance.STEP_MM for length in (width, height))
    centres = product(*(middles.tolist() for middles in reversed(space.axes(width, height))))
    for (y, x), share in list(zip(centres, shares.ravel().tolist(), strict=True))[::37]:
        window = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        true = shapely.area(shapely.intersection(window, AREA)) / shapely.area(window)
        # Cells on the edge count whole or not at all.
        assert share == pytest.approx(true, abs=2 * clearance.STEP_MM * (1 / wide + 1 / high))


def test_a_rectangle_larger_than_the_grid_has_no_place() -> None:
    assert clearance.of_area(AREA, 1.0).shares(50, 1).size == 0
    assert clearance.of_area(AREA, 1.0).shares(1, 50).size == 0


@pytest.mark.parametrize(("length", "expected"), [(0.1, 1), (0.4, 1), (0.41, 2), (1.2, 3)])
def test_a_length_is_covered_by_whole_cells(length: float, expected: int) -> None:
    assert clearance.cells(length) == expected


def test_the_middle_is_the_centre_of_gravity() -> None:
    centre = shapely.centroid(AREA)
    assert clearance.of_area(AREA, 2.0).middle == (centre.x, centre.y)


def test_rooms_of_several_areas_are_those_of_each() -> None:
    areas = np.array([AREA, shapely.box(-3, 2, 7, 5)], dtype=object)
    steps = np.array([0.4, 0.15])
    for area, step, found in zip(areas, steps, clearance.of_areas(areas, 1.3, steps), strict=True):
        alone = clearance.of_area(area, 1.3, step)
        assert (found.left, found.bottom, found.step) == (alone.left, alone.bottom, alone.step)
        assert (found.sums == alone.sums).all()


def test_shares_at_a_net_are_those_of_the_nearest_places() -> None:
    space = clearance.of_area(AREA, 2.0)
    x, y = space.axes(1.0, 1.0)
    shares = space.shares(1.0, 1.0)
    assert (space.shares_at(x, y, 1.0, 1.0) == shares).all()
    assert (space.shares_at(x[:3] + 0.1, y[4:5] - 0.1, 1.0, 1.0) == shares[4:5, :3]).all()
    assert space.shares_at(np.array([-50.0]), np.array([90.0]), 1.0, 1.0) == shares[-1, 0]
    assert (space.shares_at(x, y, 99.0, 1.0) == 0).all()
