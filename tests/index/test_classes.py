"""The rule by which a number becomes a priority class."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods.method import Better, Closed, Measure
from tests.places import sebelas, small
from tests.places.frames import classes

METHOD = small.shipped_method()
WITH_CUT_OFFS = [m for m in METHOD.measures() if m.cut_offs]
measures = st.sampled_from(WITH_CUT_OFFS)
finite = st.floats(allow_nan=False, allow_infinity=False)
printed = st.decimals(-1000, 1000, places=6)


def series(values: list[float]) -> pd.Series[float]:
    return pd.Series(values, dtype="Float64")


def class_of(value: float | Decimal, measure: Measure) -> int:
    return int(classes.classify(series([float(value)]), measure).iloc[0])


def by_the_book(value: Decimal, measure: Measure) -> int:
    """Apply the report's rule in decimals: compare with c1, c2, ... until one holds the value."""
    rounded = value.quantize(Decimal(1).scaleb(-measure.digits), ROUND_HALF_UP)
    high, own = measure.better == "tinggi", measure.closed == "atas"
    for number, cut in enumerate(measure.cut_offs or (), start=1):
        if high and (rounded <= cut if own else rounded < cut):
            return number
        if not high and (rounded > cut if own else rounded >= cut):
            return number
    return 6


@pytest.mark.parametrize("measure", WITH_CUT_OFFS, ids=lambda m: m.id)
def test_a_value_on_a_cut_off_goes_to_the_more_vulnerable_class(measure: Measure) -> None:
    assert measure.cut_offs is not None
    assert [class_of(c, measure) for c in measure.cut_offs] == [1, 2, 3, 4, 5]
    step = Decimal(1).scaleb(-measure.digits) * (1 if measure.better == "tinggi" else -1)
    assert [class_of(c + step, measure) for c in measure.cut_offs] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("better", ["tinggi", "rendah"])
@pytest.mark.parametrize("closed", ["atas", "bawah"])
@given(value=printed, measure=measures)
def test_floats_are_classified_as_their_decimals(
    better: Better, closed: Closed, value: Decimal, measure: Measure
) -> None:
    cut_offs = tuple(sorted(measure.cut_offs or (), reverse=better == "rendah"))
    turned = measure.model_copy(update={"better": better, "closed": closed, "cut_offs": cut_offs})
    assert class_of(value, turned) == by_the_book(value, turned)


@given(value=finite, measure=measures)
def test_every_finite_value_has_exactly_one_class(value: float, measure: Measure) -> None:
    assert class_of(value, measure) in range(1, 7)


@given(pair=st.tuples(finite, finite), measure=measures)
def test_class_is_monotone_in_the_value(pair: tuple[float, float], measure: Measure) -> None:
    low, high = (class_of(value, measure) for value in sorted(pair))
    assert low <= high if measure.better == "tinggi" else low >= high


@given(
    values=st.lists(st.one_of(st.none(), st.floats(-1, 60)), min_size=1),
    measure=measures,
    random=st.randoms(use_true_random=False),
)
def test_class_depends_neither_on_other_villages_nor_on_their_order(
    values: list[float | None], measure: Measure, random: Random
) -> None:
    villages = pd.Series(values, dtype="Float64")
    together = classes.classify(villages, measure)
    order = random.sample(range(len(values)), len(values))
    shuffled = classes.classify(villages.iloc[order], measure)
    pd.testing.assert_series_equal(shuffled.sort_index(), together)
    alone = [classes.classify(villages.iloc[[n]], measure) for n in range(len(values))]
    pd.testing.assert_series_equal(pd.concat(alone), together)


@given(values=st.lists(st.decimals(0, 2, places=4), min_size=2, max_size=40, unique=True))
def test_it_agrees_with_mapclassify_where_that_is_right(values: list[Decimal]) -> None:
    """Compare with intervals closed above, high is better, no missing value."""
    measure = small.indicator("lahan")
    bins = [float(c) for c in measure.cut_offs or ()]
    theirs = mapclassify.UserDefined([float(v) for v in values], bins).yb + 1
    ours = classes.classify(series([float(v) for v in values]), measure)
    assert ours.tolist() == theirs.tolist()


def test_what_is_not_known_has_no_class() -> None:
    found = classes.classify(pd.Series([0.1, None], dtype="Float64"), small.indicator("lahan"))
    assert found.isna().tolist() == [False, True]
    assert found.dtype == "Int8"


def test_categories_have_the_classes_of_the_method() -> None:
    akses = small.indicator("akses")
    assert [class_of(category, akses) for category in (4, 3, 2, 1)] == [1, 2, 3, 4]


def test_coinciding_cut_offs_leave_a_class_empty() -> None:
    measure = small.indicator("lahan").model_copy(
        update={"cut_offs": tuple(Decimal(c) for c in ("0.1", "0.2", "0.2", "0.3", "0.4"))}
    )
    found = [class_of(value, measure) for value in (0.1, 0.15, 0.2, 0.25, 0.35, 0.5)]
    assert found == [1, 2, 2, 4, 5, 6]


@given(value=printed, measure=measures)
def test_interval_holds_exactly_the_values_of_its_class(value: Decimal, measure: Measure) -> None:
    cut_offs = measure.cut_offs or ()
    rounded = value.quantize(Decimal(1).scaleb(-measure.digits), ROUND_HALF_UP)
    lower, upper = classes.interval(measure, class_of(value, measure))
    assert lower is None or cut_offs[lower] <= rounded
    assert upper is None or rounded <= cut_offs[upper]


def test_the_bounds_of_a_class_are_the_cut_offs_beside_it() -> None:
    high, low = small.indicator("lahan"), small.indicator("air_bersih")
    rising = [(None, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, None)]
    assert [classes.interval(high, priority) for priority in range(1, 7)] == rising
    assert [classes.interval(low, priority) for priority in range(1, 7)] == [
        (upper, lower) for lower, upper in rising
    ]


def test_a_zero_that_says_there_is_none_is_class_one_whatever_the_direction() -> None:
    ncpr = sebelas.RULES.indicators[0]
    values = series([0.0, 0.01, 1.0, 10.0])
    values[4] = pd.NA
    assert classes.means_none(values, ncpr).tolist() == [True, False, False, False, False]
    assert classes.classify(values, ncpr).iloc[0] == 1
    assert classes.classify(values, ncpr).iloc[1] == 6
    plain = small.indicator("lahan")
    assert classes.means_none(values, plain).tolist() == [False] * 5
    assert classes.means_none(values, METHOD.composite).index.tolist() == [0, 1, 2, 3, 4]


def test_classes_are_small_whole_numbers() -> None:
    assert classes.of_units(np.array([0, 9_999]), small.indicator("lahan")).dtype == np.int8


@pytest.mark.parametrize(
    ("better", "first", "last", "bounds"),
    [  # c1..c5 by their positions 0..4; class 1 lies beyond c1, class 6 beyond c5
        ("tinggi", 1, 3, (None, 2)), ("tinggi", 4, 6, (2, None)), ("tinggi", 2, 4, (0, 3)),
        ("rendah", 1, 3, (2, None)), ("rendah", 4, 6, (None, 2)), ("rendah", 2, 4, (3, 0)),
        ("tinggi", 5, 5, (3, 4)), ("rendah", 5, 5, (4, 3)), ("tinggi", 1, 6, (None, None)),
    ],
)  # fmt: skip
def test_neighbouring_classes_are_bounded_by_their_outer_cut_offs(
    better: str, first: int, last: int, bounds: tuple[int | None, int | None]
) -> None:
    measure = Measure.model_construct(better=better, cut_offs=tuple(range(5)))
    assert classes.interval_of_several(measure, first, last) == bounds
