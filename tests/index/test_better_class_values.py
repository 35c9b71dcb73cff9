"""What the next class needs: exact to one unit of the last digit, whatever the cut-offs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods.measures import Indicator, ZeroMeaning
from fsva.config.methods.method import Measure
from fsva.core.toml import Bilingual
from fsva.index import better_class_values
from fsva.index.better_class_values import Need
from tests.places import contoh, sebelas, small
from tests.places.frames import classes

METHOD = small.shipped_method()
NONE = ZeroMeaning(arti=Bilingual(id="tidak ada", en="none"), dihitung="terburuk")


def changed(**other: Any) -> Indicator:  # noqa: ANN401 - any field of the model
    """Return an indicator with other cut-offs, closure, digits and so on."""
    return small.indicator("sarana").model_copy(update=other)


@st.composite
def measures(draw: st.DrawFn) -> Indicator:
    """Draw an indicator: cut-offs may coincide and lie at the ends of what is possible."""
    digits = draw(st.integers(0, 6))
    better = draw(st.sampled_from(["tinggi", "rendah"]))
    units = sorted(draw(st.lists(st.integers(0, 40), min_size=5, max_size=5)))
    cut_offs = tuple(Decimal(unit).scaleb(-digits) for unit in units)
    return changed(
        digits=digits,
        better=better,
        closed=draw(st.sampled_from(["atas", "bawah"])),
        cut_offs=cut_offs if better == "tinggi" else cut_offs[::-1],
        possible=(Decimal(0), Decimal(50).scaleb(-digits)),
        zero=draw(st.sampled_from([None, NONE])),
    )


def class_of(value: Decimal | float, measure: Measure) -> int:
    (found,) = classes.classify(pd.Series([float(value)], dtype="Float64"), measure)
    return int(found)


def need_of(value: Decimal | float, measure: Measure) -> Need | None:
    priority = np.array([class_of(value, measure)], dtype=np.int64)
    (found,) = better_class_values.needs(np.array([float(value)]), priority, measure)
    return found


@given(measures(), st.integers(0, 50))
def test_at_the_value_the_class_is_better_and_one_unit_less_it_is_not(
    measure: Indicator, units: int
) -> None:
    value, step = Decimal(units).scaleb(-measure.digits), Decimal(1).scaleb(-measure.digits)
    present, found = class_of(value, measure), need_of(value, measure)
    all_values = [Decimal(n).scaleb(-measure.digits) for n in range(51)]
    better = {class_of(v, measure) for v in all_values} - set(range(present + 1))
    if found is None:
        assert not better
        return
    worse = found.value - step if measure.better == "tinggi" else found.value + step
    assert found.priority == min(better)  # the very next class that any value has
    assert class_of(found.value, measure) == found.priority > present
    assert class_of(worse, measure) <= present


@given(measures(), st.integers(0, 50))
def test_without_a_gap_between_cut_offs_the_next_class_is_one_better(
    measure: Indicator, units: int
) -> None:
    shift = [Decimal(2 * n).scaleb(-measure.digits) for n in range(1, 6)]
    cut_offs = tuple(shift if measure.better == "tinggi" else shift[::-1])
    apart = measure.model_copy(update={"cut_offs": cut_offs, "zero": None})
    value = Decimal(units).scaleb(-measure.digits)
    found, present = need_of(value, apart), class_of(value, apart)
    assert (found.priority if found else None) == (present + 1 if present < 6 else None)


@pytest.mark.parametrize(
    ("name", "value", "priority", "needed"),
    [
        ("lahan", 0.0093, 2, "0.0094"),  # (a, b]: Loonuna, on the cut-off
        ("lahan", 0.0094, 3, "0.0374"),
        ("tidak_sejahtera", 0.1971, 2, "0.1773"),  # Belu prints [a, b) for these
        ("nakes", 53.3397, 2, "14.9999"),
        ("air_bersih", 0.0042, 6, "0.0041"),
        ("akses", 4, 2, "3"),
    ],
)
def test_belu_needs(name: str, value: float, priority: int, needed: str) -> None:
    assert need_of(value, small.indicator(name)) == Need(priority, Decimal(needed))


@pytest.mark.parametrize(("name", "best"), [("lahan", 0.4), ("air_bersih", 0.0), ("akses", 1)])
def test_nothing_is_better_than_the_best(name: str, best: float) -> None:
    assert need_of(best, small.indicator(name)) is None


def test_a_zero_that_means_none_is_the_worst_and_never_a_target() -> None:
    ncpr = next(i for i in sebelas.RULES.indicators if i.id == "ncpr")
    # Lower ends included: 1.50 is class 1 still.
    assert need_of(0.0, ncpr) == Need(2, Decimal("1.50") - Decimal(1).scaleb(-ncpr.digits))
    cut_offs = (Decimal(3), *[Decimal(0)] * 4)
    none = changed(better="rendah", cut_offs=cut_offs, zero=NONE, digits=0,
                   possible=(Decimal(0), Decimal(9)))  # fmt: skip
    assert need_of(5.0, none) == Need(2, Decimal(3))
    assert need_of(2.0, none) is None


def test_a_class_that_no_possible_value_has_is_no_target() -> None:
    # [a, b) with the last cut-offs at zero: only a negative share would be class 6.
    measure = changed(better="rendah", closed="bawah", digits=1, possible=(Decimal(0), Decimal(9)),
                      cut_offs=tuple(map(Decimal, ("4", "3", "2", "0", "0"))))  # fmt: skip
    assert need_of(1.0, measure) is None


def test_a_class_by_hand_counts_unless_the_value_is_better_already() -> None:
    outlets = small.indicator("sarana")
    (by_hand, better, lost, none) = better_class_values.needs(
        np.array([0.0172, 0.0500, np.nan, np.nan]), np.array([3, 3, 3, 0]), outlets
    )
    assert by_hand == lost == Need(4, Decimal("0.0284"))
    assert better is none is None


def test_every_village_of_belu_moves_up_by_exactly_one_class() -> None:
    table = contoh.belu().table.frame
    for measure in METHOD.measures():
        priorities = table[f"{measure.id}_kelas"].fillna(0).to_numpy(dtype=np.int64)
        values = table[measure.id].to_numpy(dtype=np.float64, na_value=np.nan)
        found = better_class_values.needs(values, priorities, measure)
        best = 4 if measure.id == "akses" else 6
        for priority, need in zip(priorities.tolist(), found, strict=True):
            assert (need.priority if need else None) == (priority + 1 if priority < best else None)
