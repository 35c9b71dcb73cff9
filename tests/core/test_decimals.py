"""Numbers as people print them become exact decimals and whole units."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.core import decimals

PRINTED = st.decimals(-99999, 99999, places=6)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,2470", "0.2470"), ("0.2470", "0.2470"), (" 12 ", "12"), ("-1,5", "-1.5"), ("+3", "3")],
)
def test_parse_reads_plain_numbers(text: str, value: str) -> None:
    assert decimals.parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", "NaN", "inf", "1e5", "1.234,5", "1,234,5", "0,", ",5", "O,5", "1 2", "١٢", "0,2470a"],
)
def test_parse_refuses_what_is_no_plain_number(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decimals.parse(text)


@given(PRINTED, st.sampled_from(",."))
def test_parse_gives_back_what_was_printed(value: Decimal, mark: str) -> None:
    assert decimals.parse(f"{value:f}".replace(".", mark)) == value


@given(PRINTED, st.integers(0, 5))
def test_units_of_a_float_are_the_units_of_its_decimal(value: Decimal, digits: int) -> None:
    found = decimals.units_of_floats(np.array([float(value)]), digits)
    assert found.tolist() == [decimals.to_units(value, digits)]


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 8))
def test_units_keep_the_sign_of_every_finite_float(value: float, digits: int) -> None:
    (unit,) = decimals.units_of_floats(np.array([value]), digits).tolist()
    assert unit == 0 or (unit > 0) == (value > 0)
    assert unit != 0 or abs(value) < 10.0**-digits
