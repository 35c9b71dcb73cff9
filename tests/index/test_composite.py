"""The composite index: scores, weighted sum, rank."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.places import sebelas, small
from tests.places.frames import composite

METHOD = small.shipped_method()


def floats(*values: float | None) -> pd.Series[float]:
    return pd.Series(list(values), dtype="Float64")


def ranks(*values: int | None) -> pd.Series[int]:
    return pd.Series(list(values), dtype="Int32")


@pytest.mark.parametrize(
    ("name", "values", "scores"),
    [
        ("lahan", (0, 0.83295, 1.6659), (0, 50, 100)),  # high is better
        ("akses", (1, 2.5, 4), (100, 50, 0)),  # low is better
        ("sarana", (-1, 0.2), (0, 100)),  # beyond the baseline's bounds
        ("air_bersih", (-1, 0.7), (100, 0)),
    ],
)
def test_standard_score_runs_from_worst_to_best(
    name: str, values: tuple[float, ...], scores: tuple[float, ...]
) -> None:
    found = composite.standard_score(floats(*values), small.indicator(name))
    assert found.tolist() == pytest.approx(scores)


row = st.tuples(
    *(
        st.sampled_from([Decimal(c) for c in i.categories])
        if i.categories
        else st.decimals(i.bounds[0] - 1, i.bounds[1] + 1, places=i.digits)
        for i in METHOD.indicators
    )
)


def exact_index(values: tuple[Decimal, ...]) -> Fraction:
    """Compute equation 1 in fractions, without any rounding."""
    total = Fraction(0)
    for value, indicator in zip(values, METHOD.indicators, strict=True):
        low, high = map(Fraction, indicator.bounds)
        share = min(max((Fraction(value) - low) / (high - low), Fraction(0)), Fraction(1))
        total += indicator.weight * (share if indicator.better == "tinggi" else 1 - share)
    return 100 * total


@given(row)
def test_index_is_the_exact_weighted_sum_to_two_digits(values: tuple[Decimal, ...]) -> None:
    table = pd.DataFrame(
        {i.id: floats(float(v)) for i, v in zip(METHOD.indicators, values, strict=True)}
    )
    found = composite.index(table, METHOD).iloc[0]
    assert abs(Fraction(found) - exact_index(values)) <= Fraction(5001, 10**6)
    assert found == round(found, 2)


@pytest.mark.parametrize("name", [i.id for i in METHOD.indicators])
def test_without_one_indicator_there_is_no_index(name: str) -> None:
    table = small.table()
    table.loc[small.BPS_CODES[0], name] = pd.NA
    assert composite.index(table, METHOD).isna().tolist() == [True] + [False] * 11


@given(st.lists(st.integers(0, 10_000), min_size=1, unique=True))
def test_the_highest_score_is_first_and_no_place_is_left_out(units: list[int]) -> None:
    scores = floats(*(u / 100 for u in units))
    found = composite.rank(scores, ranks(*[None] * len(units)))
    assert sorted(found) == list(range(1, len(units) + 1))
    assert [scores[n] for n in found.sort_values().index] == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("scores", "published", "expected"),
    [
        ((50, 60, 70), (9, 9, 9), (3, 2, 1)),  # a known score decides, not the print
        ((50, None, 70), (None, 2, None), (3, 2, 1)),  # a lost score keeps its printed place
        ((50, 60, 70), (1, None, None), (3, 2, 1)),  # published, but the score is known
        ((50, None, 70), (None, None, None), (2, None, 1)),  # neither known: no rank
        ((60, 60, 50), (None, None, None), (1, 1, 3)),  # equal scores share the better place
        ((60, 60, 60, 50), (None,) * 4, (1, 1, 1, 4)),  # ... three of them too
    ],
)
def test_rank_of_lost_and_equal_scores(
    scores: tuple[float | None, ...],
    published: tuple[int | None, ...],
    expected: tuple[int | None, ...],
) -> None:
    found = composite.rank(floats(*scores), ranks(*published))
    pd.testing.assert_series_equal(found, ranks(*expected))


def test_a_zero_that_says_there_is_none_scores_nothing_and_what_is_missing_stays_so() -> None:
    ncpr = sebelas.RULES.indicators[0]
    values = pd.Series([0.0, 0.01, None], dtype="Float64", index=list("abc"), name="ncpr")
    found = composite.standard_score(values, ncpr)
    assert found.iloc[0] == 0
    assert found.iloc[1] > 90
    assert found.isna().tolist() == [False, False, True]
    assert (found.dtype, found.name, found.index.tolist()) == ("Float64", "ncpr", list("abc"))


def test_the_index_keeps_the_villages_of_its_table_in_their_order() -> None:
    table = small.table().iloc[::-1]
    table.iloc[0, table.columns.get_loc("lahan")] = pd.NA
    found = composite.index(table, METHOD)
    assert found.index.tolist() == table.index.tolist()
    assert found.dtype == "Float64"
    assert found.isna().tolist() == [True] + [False] * 11
