"""The one rule for values that an indicator can have."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fsva.sources.tables import possible_values
from tests.places import small

NOBODY: possible_values.Accepted = frozenset()


def test_both_ends_of_the_range_are_possible_and_so_is_what_is_not_known() -> None:
    lahan = small.indicator("lahan")
    values = np.array([0.0, 1.0, np.nan, -0.1, 1.1])  # a share of the village's area
    found = possible_values.judge(lahan, "abcde", values, NOBODY)
    assert found.refused == [3, 4]
    assert found.without_category == []
    assert possible_values.ends(lahan) == ("0", "1")


def test_the_office_can_let_a_value_stand_but_no_category() -> None:
    lahan, akses = small.indicator("lahan"), small.indicator("akses")
    accepted = frozenset({("a", "lahan"), ("a", "akses")})
    found = possible_values.judge(lahan, "ab", np.array([1.6659, 1.6659]), accepted)
    assert (found.refused, found.accepted.tolist()) == ([1], [True, False])
    found = possible_values.judge(akses, "ab", np.array([2.5, 2.0]), accepted)
    assert found.without_category == [0]
    assert possible_values.categories(akses).startswith("1, 2")


@given(st.lists(st.floats(-10, 10) | st.just(float("nan")), max_size=20))
def test_a_value_is_judged_by_itself(values: list[float]) -> None:
    lahan = small.indicator("lahan")
    low, high = map(float, lahan.possible)
    codes = [str(n) for n in range(len(values))]
    found = possible_values.judge(lahan, codes, np.array(values, dtype=float), NOBODY)
    assert found.refused == [n for n, v in enumerate(values) if v < low or v > high]
