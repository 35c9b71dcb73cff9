"""Shares of parts: they sum to the change, idle parts get nothing, gaps are told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fsva.comparison.values import shapley

NONE = float("nan")
CLASSES = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
GAPPY = st.one_of(CLASSES, st.just(NONE))


def games(elements: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    shapes = st.tuples(st.sampled_from([2, 4, 8, 16]), st.integers(1, 4))
    return shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=elements))


@given(games(GAPPY))
def test_shares_sum_to_the_change(worth: np.ndarray) -> None:
    total = shapley.shares(worth).sum(axis=0)
    first, last = worth[0], worth[-1]
    both = ~np.isnan(first) & ~np.isnan(last)
    assert total[both] == pytest.approx((last - first)[both], abs=1e-9)
    gained = (~np.isnan(last)).astype(float) - (~np.isnan(first)).astype(float)
    assert total[~both] == pytest.approx(gained[~both], abs=1e-9)


@given(games(CLASSES))
def test_a_part_that_never_matters_gets_nothing(worth: np.ndarray) -> None:
    doubled = np.concatenate([worth, worth])  # a further part, on top, that changes no state
    shares = shapley.shares(doubled)
    assert shares[-1] == pytest.approx(0, abs=1e-12)
    assert shares[:-1] == pytest.approx(shapley.shares(worth), abs=1e-9)


@given(games(CLASSES))
def test_back_is_the_opposite_of_forth(worth: np.ndarray) -> None:
    assert shapley.shares(worth[::-1]) == pytest.approx(-shapley.shares(worth), abs=1e-9)


def test_orders_through_a_state_without_a_class_are_left_out() -> None:
    """A published class stood in for a value that B knows: the value did it."""
    #        nothing, value, published gone, both
    worth = np.array([[3.0], [5.0], [NONE], [5.0]])
    assert shapley.shares(worth).ravel().tolist() == [2.0, 0.0]


def test_where_every_order_has_a_gap_its_parts_share_equally() -> None:
    worth = np.array([[3.0], [NONE], [NONE], [5.0]])
    assert shapley.shares(worth).ravel().tolist() == [1.0, 1.0]


def test_gaining_a_class_is_shared_as_one() -> None:
    worth = np.array([[NONE], [4.0], [NONE], [4.0]])
    assert shapley.shares(worth).ravel().tolist() == [1.0, 0.0]


def test_six_parts_of_many_cells_are_done_at_once() -> None:
    numbers = np.random.Generator(np.random.PCG64(1)).integers(1, 7, (64, 30)).astype(float)
    shares = shapley.shares(np.tile(numbers, 100))
    assert shares.shape == (6, 3000)
    assert shares[:, :30] == pytest.approx(shares[:, -30:], abs=0)
    assert shapley.shares(np.ones((8, 0))).shape == (3, 0)


@given(games(CLASSES))
def test_the_weights_are_the_mean_over_all_orders(worth: np.ndarray) -> None:
    n_parts = worth.shape[0].bit_length() - 1
    by_orders = [shapley._of_gappy(cell.tolist(), n_parts) for cell in worth.T]
    shares = shapley.shares(worth).T
    assert shares == pytest.approx(np.array(by_orders), abs=1e-9)
