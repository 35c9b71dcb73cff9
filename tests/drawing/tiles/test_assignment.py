"""The assignment of places costs as little as SciPy's."""

from __future__ import annotations

import numpy as np
import pytest

from fsva.drawing.tiles import assignment


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("whole", [True, False], ids=["many equal", "all different"])
def test_no_assignment_costs_less(seed: int, whole: bool) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    draw = np.random.default_rng(seed)
    cost = draw.integers(0, 5, (17, 17)).astype(float) if whole else draw.normal(0, 9, (17, 17))
    best = cost[optimize.linear_sum_assignment(cost)].sum()
    for prices in (None, draw.normal(0, 3, 17)):
        columns = assignment.assign(cost, prices)
        assert sorted(columns.tolist()) == list(range(17))
        assert cost[np.arange(17), columns].sum() == pytest.approx(best)


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_as_large_as_they_must_be_and_cost_the_least(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    draw = np.random.default_rng(seed)
    cost, sizes = draw.uniform(0, 9, (4, 20)), np.array([3, 9, 1, 7])
    owners = assignment.share(cost, sizes)
    assert np.bincount(owners).tolist() == sizes.tolist()
    repeated = cost[np.repeat(np.arange(4), sizes)]
    best = repeated[optimize.linear_sum_assignment(repeated)].sum()
    assert cost[owners, np.arange(20)].sum() == pytest.approx(best)
