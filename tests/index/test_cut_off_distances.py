"""Distances to cut-offs: in the unit, in steps, towards the neighbouring class."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods.method import Indicator
from tests.places.frames import classes, margins
from tests.places.small import indicator, shipped_method

MEASURED = [i.id for i in shipped_method().indicators if not i.categories]


def series(*values: float | None) -> pd.Series[float]:
    return pd.Series(values, dtype="Float64")


@pytest.mark.parametrize(
    ("name", "value", "cut_off", "distance", "steps", "to"),
    [
        ("lahan", 0.0093, 0.0093, 0.0, 1, 2),  # on the cut-off: class 1, one step below 2
        ("lahan", 0.0094, 0.0093, -0.0001, -1, 1),
        ("lahan", 0.0092, 0.0093, 0.0001, 2, 2),
        ("lahan", 1.6659, 0.3671, -1.2988, -12988, 5),
        ("sarana", 0.0172, 0.0172, 0.0, 1, 3),  # Manumutin
        ("tidak_sejahtera", 0.1774, 0.1774, 0.0, -1, 2),
        ("tidak_sejahtera", 0.1773, 0.1774, 0.0001, 1, 1),
        ("tidak_sejahtera", 0.0, 0.0830, 0.0830, 830, 5),
        ("nakes", 9.1286, 10.0, 0.8714, 8714, 2),
    ],
)
def test_the_nearest_other_class(
    name: str, value: float, cut_off: float, distance: float, steps: int, to: int
) -> None:
    (row,) = margins.margins(series(value), indicator(name)).itertuples(index=False)
    assert tuple(row) == pytest.approx((cut_off, distance, steps, to), abs=1e-9)


def test_equally_near_classes_name_the_more_vulnerable() -> None:
    # Between 0.0093 and 0.0373 of lahan (a, b]: 140 steps down from 0.0233, 141 up.
    found = margins.margins(series(0.0233, 0.0234), indicator("lahan"))
    assert list(found["langkah"]) == [-140, 140]
    both = margins.margins(series(0.0224), indicator("tidak_sejahtera"))
    assert list(both["ke_kelas"]) == [5]
    even = indicator("lahan").model_copy(
        update={"cut_offs": tuple(Decimal(c) for c in ("0.1", "0.2001", "0.5", "0.6", "0.7"))}
    )
    assert list(margins.margins(series(0.1501), even)["ke_kelas"]) == [1]


def test_coinciding_cut_offs_are_passed_together() -> None:
    same = indicator("lahan").model_copy(
        update={"cut_offs": tuple(Decimal(c) for c in ("0.1", "0.2", "0.2", "0.2", "0.7"))}
    )
    assert list(margins.margins(series(0.2, 0.21), same)["ke_kelas"]) == [5, 2]


def test_categories_and_lost_values_have_no_distance() -> None:
    assert margins.margins(series(1, 4), indicator("akses")).isna().all(axis=None)
    assert margins.margins(series(None), indicator("lahan")).isna().all(axis=None)


@given(st.sampled_from(MEASURED), st.integers(0, 70_000))
def test_no_smaller_change_leads_to_another_class(name: str, units: int) -> None:
    of: Indicator = indicator(name)
    (row,) = margins.margins(series(units / 10_000), of).itertuples(index=False)
    steps = int(row.langkah)
    assert steps != 0
    around = [*range(-abs(steps) + 1, abs(steps)), steps]
    found = classes.classify(series(*((units + n) / 10_000 for n in around[-400:])), of)
    (own,) = classes.classify(series(units / 10_000), of)
    assert set(found[:-1]) <= {own}
    assert found.iloc[-1] == row.ke_kelas != own
