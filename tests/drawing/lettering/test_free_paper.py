"""Free paper: a place found is free, inside the panel, and found whenever there is one."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fsva.core.box import Box
from fsva.drawing.lettering import free_paper

FRAME = Box(10, 20, 100, 80)


@given(st.floats(5, 90), st.floats(5, 70), st.floats(5, 60), st.floats(5, 50))
def test_a_place_is_free_and_inside(x: float, y: float, width: float, height: float) -> None:
    taken = shapely.box(10 + x, 20 + y, 10 + x + 15, 20 + y + 20)
    found = free_paper.of_panel(FRAME).without(taken).place(width, height)
    if found:
        assert (found.width, found.height) == (width, height)
        assert shapely.covers(FRAME.polygon(), found.polygon())
        assert not shapely.intersects(found.polygon(), taken)
    else:
        # Left of it, right of it, below and above there is too little.
        assert width > max(x, 85 - x) - 4
        assert height > max(y, 60 - y) - 4


@pytest.mark.parametrize(
    ("taken", "corner"),
    [
        (shapely.Point(), "right bottom"),
        (shapely.box(70, 20, 110, 60), "left bottom"),
        (shapely.box(10, 20, 110, 60), "right top"),
    ],
)
def test_corners_are_preferred(taken: shapely.Geometry, corner: str) -> None:
    found = free_paper.of_panel(FRAME).without(taken).place(30, 20)
    assert found is not None
    across, up = corner.split()
    assert (found.left == pytest.approx(10)) == (across == "left")
    assert (found.right == pytest.approx(110)) == (across == "right")
    assert (found.bottom == pytest.approx(20)) == (up == "bottom")
    assert (found.top == pytest.approx(100)) == (up == "top")


def test_a_box_larger_than_the_panel_has_no_place() -> None:
    assert free_paper.of_panel(FRAME).place(100, 10) is None
    assert free_paper.of_panel(FRAME).place(10, 80) is None
