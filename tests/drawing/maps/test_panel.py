"""From the ground to paper: round scales that are true, and the direction of north."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod, Proj

from fsva.core.box import Box
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel

UTM_51S = CRS.from_epsg(32751)
BOX = Box(10, 20, 200, 160)
# Belu; and the far west of the zone, where projected metres are longest.
CENTRES = [(718e3, 8990e3), (167e3, 9950e3)]
DENOMINATORS = [50_000, 100_000, 300_000]


def panel(centre: tuple[float, float] = CENTRES[0], denominator: int = 300_000) -> Panel:
    west, south = (c - 1e3 for c in centre)
    return panels.fit((west, south, west + 2e3, south + 2e3), UTM_51S, BOX, [denominator], 3)


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("direction", [(0.05, 0.0), (0.0, 0.05)])
def test_scale_is_true_on_the_ellipsoid(
    centre: tuple[float, float], direction: tuple[float, float]
) -> None:
    shown = panel(centre)
    x, y = shown.degrees_of_paper(*BOX.centre)
    ends = np.array([(x - direction[0], y - direction[1]), (x + direction[0], y + direction[1])])
    paper = shown.paper_of_degrees(*ends.T)
    mm = float(np.hypot(*(paper[1] - paper[0])))
    metres = Geod(ellps="WGS84").line_length(*ends.T)
    assert mm * 300_000 / 1e3 == pytest.approx(metres, rel=2e-4)


@given(st.floats(10, 210), st.floats(20, 180))
def test_paper_and_degrees_lead_back_to_each_other(x: float, y: float) -> None:
    shown = panel()
    longitude, latitude = shown.degrees_of_paper(x, y)
    back = shown.paper_of_degrees(np.array([longitude]), np.array([latitude]))[0]
    assert back == pytest.approx((x, y), abs=1e-5)


def test_the_ground_of_a_panel_fills_its_box() -> None:
    shown = panel()
    (paper,) = shown.to_paper(np.array([shown.ground()], dtype=object))
    assert shapely.bounds(paper) == pytest.approx((10, 20, 210, 180))
    (wider,) = shown.to_paper(np.array([shown.ground(margin_mm=2)], dtype=object))
    assert shapely.bounds(wider) == pytest.approx((8, 18, 212, 182))


@pytest.mark.parametrize(
    ("kilometres", "denominator"), [(1, 50_000), (9.6, 50_000), (9.8, 100_000), (40, 300_000)]
)
def test_the_largest_round_scale_that_fits_is_taken(kilometres: float, denominator: int) -> None:
    x, y = CENTRES[0]
    bounds = (x, y, x + kilometres * 1e3, y + 1e3)
    assert panels.fit(bounds, UTM_51S, BOX, DENOMINATORS, 3).denominator == denominator
    upright = (x, y, x + 1e3, y + kilometres * 1e3 * 154 / 194)
    assert panels.fit(upright, UTM_51S, BOX, DENOMINATORS, 3).denominator == denominator


@pytest.mark.parametrize(
    ("kilometres", "denominator"),
    [(90, 600_000), (200, 1_500_000), (400, 3_000_000), (1900, 15_000_000)],
)
def test_ground_larger_than_any_round_scale_still_fits(kilometres: float, denominator: int) -> None:
    """At the last round scale times 2, 5, 10 ..., as large as it can be."""
    bounds = (200e3, 8.0e6, 200e3 + 300 * kilometres, 8.0e6 + 1000 * kilometres)
    found = panels.fit(bounds, UTM_51S, BOX, DENOMINATORS, 3)
    assert found.denominator == denominator
    (paper,) = found.to_paper(np.array([shapely.box(*bounds)], dtype=object))
    assert shapely.within(paper, BOX.inset(3).polygon())


@pytest.mark.parametrize("centre", CENTRES)
def test_north_is_the_convergence_of_the_meridians(centre: tuple[float, float]) -> None:
    shown = panel(centre)
    longitude, latitude = shown.degrees_of_paper(*BOX.centre)
    expected = Proj(UTM_51S).get_factors(longitude, latitude).meridian_convergence
    assert abs(expected) > 0.003
    assert panels.north_angle(shown) == pytest.approx(expected, abs=0.001)
