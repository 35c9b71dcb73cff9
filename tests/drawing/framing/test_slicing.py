"""Maps side by side in a box: each as large as it must be, none over another, nothing left over."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from fsva.core.box import Box
from fsva.drawing.framing import slicing

PAPER = Box(10.0, 20.0, 200.0, 100.0)


def test_two_maps_too_wide_for_a_row_stand_above_each_other_the_northern_above() -> None:
    sizes = np.array([(150.0, 30.0), (120.0, 60.0)])
    north, south = (0.0, 10.0), (0.0, 0.0)
    first, second = slicing.cut(PAPER, sizes, np.array([south, north]), 2.0) or ()
    # 98 mm of height in the measure 30 : 60, with 2 mm between them.
    assert (first.bottom, first.height) == (20.0, pytest.approx(98 / 3))
    assert (second.top, second.height) == (120.0, pytest.approx(98 * 2 / 3))
    assert first.width == second.width == 200.0


def test_two_maps_too_high_for_a_column_stand_side_by_side_the_western_left() -> None:
    sizes = np.array([(50.0, 90.0), (100.0, 60.0)])
    first, second = slicing.cut(PAPER, sizes, np.array([(9.0, 0.0), (1.0, 5.0)]), 2.0) or ()
    assert (second.left, second.width) == (10.0, pytest.approx(132.0))
    assert (first.right, first.width) == (210.0, pytest.approx(66.0))


def test_maps_that_need_more_than_the_paper_have_no_places() -> None:
    middles = np.zeros((2, 2))
    assert slicing.cut(PAPER, np.array([(150.0, 60.0)] * 2), middles, 2.0) is None
    assert slicing.cut(PAPER, np.array([(201.0, 10.0), (5.0, 5.0)]), middles, 2.0) is None


@pytest.mark.parametrize("seed", range(6))
def test_every_map_is_large_enough_and_all_fill_the_paper(seed: int) -> None:
    draw = np.random.default_rng(seed)
    sizes, middles = draw.uniform(20, 60, (7, 2)), draw.uniform(0, 9, (7, 2))
    boxes = slicing.cut(PAPER, sizes * 0.8, middles, 0.0)
    assert boxes
    for box, (width, height) in zip(boxes, sizes * 0.8, strict=True):
        assert box.width >= width - 1e-9
        assert box.height >= height - 1e-9
    for one, other in pairwise(sorted(boxes, key=lambda b: (b.left, b.bottom))):
        assert not one.inset(1e-6).overlaps(other)
    assert sum(box.width * box.height for box in boxes) == pytest.approx(200 * 100)
