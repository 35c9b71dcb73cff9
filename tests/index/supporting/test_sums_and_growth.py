"""Sums, means and growth of supporting tables, against the report and exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.index.supporting import sums_and_growth
from tests.places import pendukung

NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2)


def test_growth_of_the_four_right_rows_of_table_2_3() -> None:
    grown = {
        row.label: row.growth for row in sums_and_growth.rows(pendukung.belu()["pangan-kecamatan"])
    }
    right = {"Nanaet Duabesi": "94.59", "Lasiolat": "114.76", "Lamaknen Selatan": "47.58"}
    assert {name: grown[name] for name in right} == {n: Decimal(g) for n, g in right.items()}
    # Tasifeto Barat is printed 158,32 from unrounded tonnes.
    assert grown["Tasifeto Barat"] == Decimal("158.30")


def test_sums_of_malnutrition_and_deaths_are_those_of_the_report() -> None:
    sick, died = (
        sums_and_growth.totals(pendukung.belu()[name]) for name in ("gizi-buruk", "kematian")
    )
    assert sick is not None
    assert died is not None
    assert sick.values == tuple(map(Decimal, (58, 34, 35, 169, 328)))
    assert sick.total == 624
    assert died.values == (Decimal(12), Decimal(69))
    assert died.total == 81


def test_percentages_have_no_total() -> None:
    assert sums_and_growth.totals(pendukung.belu()["penduduk-miskin"]) is None


@pytest.mark.fuzz
@given(st.lists(NUMBERS | st.none(), min_size=2, max_size=6))
def test_a_row_is_summed_exactly(values: list[Decimal | None]) -> None:
    made = sums_and_growth.of_row("x", tuple(values))
    known = [Fraction(value) for value in values if value is not None]
    if not known:
        assert made.total is made.mean is None
        return
    assert made.total is not None
    assert Fraction(made.total) == sum(known)
    if made.growth is not None:
        assert values[0] is not None
        assert values[-1] is not None
        exact = (Fraction(values[-1]) / Fraction(values[0]) - 1) * 100
        # The quotient has 28 digits before it is rounded.
        assert abs(Fraction(made.growth) - exact) <= Fraction(1, 200) + abs(exact) / 10**20
