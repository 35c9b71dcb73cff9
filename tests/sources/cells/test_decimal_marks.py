"""A point between groups of three digits is a decimal mark only where its column proves it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.sources.cells import decimal_marks
from fsva.sources.cells.grid import NumberText


@pytest.mark.parametrize(
    ("column", "unclear"),
    [
        (["1.234", "980"], ["1.234"]),
        (["1,234"], ["1,234"]),
        (["1.234", "0.5"], []),
        (["1.234", "12.3456"], []),
        (["1.234", "1234.567"], []),
        (["0.247", "0.250"], []),
        (["1.234", "1.234.567"], ["1.234", "1.234.567"]),
        (["1.234", "1.234,5", "2,5"], ["1.234", "1.234,5"]),
        (["1.234", "0,5"], ["1.234"]),
        (["1.234.567", "0.5", "2.345"], ["1.234.567", "2.345"]),
        (["", "-", "banyak", "12"], []),
        ([NumberText("1.234")], []),
        (["1.234", NumberText("0.5")], ["1.234"]),
    ],
)
def test_only_proven_marks_are_decimal(column: list[str], unclear: list[str]) -> None:
    assert decimal_marks.unclear(column) == unclear


@given(st.lists(st.integers(0, 10**9), min_size=1), st.sampled_from(".,"))
def test_grouped_thousands_never_pass_for_decimals(counts: list[int], mark: str) -> None:
    column = [f"{count:,}".replace(",", mark) for count in counts]
    assert decimal_marks.unclear(column) == [text for text in column if mark in text]


@given(st.lists(st.integers(0, 10**6), min_size=1), st.integers(1, 6), st.sampled_from(".,"))
def test_a_column_of_decimals_passes_unless_all_have_three_digits(
    units: list[int], digits: int, mark: str
) -> None:
    column = [str(Decimal(n).scaleb(-digits)).replace(".", mark) for n in units]
    column = [text for text in column if "E" not in text]
    assert digits == 3 or decimal_marks.unclear(column) == []


def test_both_readings_are_given() -> None:
    assert decimal_marks.readings(" 12.345 ") == ("12345", "12,345")
