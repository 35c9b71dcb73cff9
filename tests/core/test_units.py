"""Units as products of words with exponents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.core import units
from fsva.core.units import NUMBER, Unit

words = st.sampled_from(["ha", "km2", "jiwa", "rt", "%"])
any_unit = st.lists(st.tuples(words, st.sampled_from("*/")), max_size=6).map(
    lambda parts: units.parse("1" + "".join(sign + word for word, sign in parts))
)


@pytest.mark.parametrize(
    ("text", "powers"),
    [
        ("ha", (("ha", 1),)),
        ("1", ()),
        ("ha/ha", ()),
        ("jiwa/km2", (("jiwa", 1), ("km2", -1))),
        ("kkal/jiwa/hari", (("hari", -1), ("jiwa", -1), ("kkal", 1))),
        ("m^2*m", (("m", 3),)),
        (" % ", (("%", 1),)),
    ],
)
def test_a_unit_is_read_from_left_to_right(text: str, powers: tuple[tuple[str, int], ...]) -> None:
    assert units.parse(text).powers == powers


@pytest.mark.parametrize("text", ["", "/ha", "ha/", "ha//rt", "2", "ha rt", "ha^0", "ha^-1", "km²"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        units.parse(text)


def test_hectares_and_square_kilometres_do_not_cancel() -> None:
    assert units.parse("ha/km2") != NUMBER


def test_a_unit_keeps_the_words_in_which_it_was_written() -> None:
    written = units.parse("g/jiwa/hari")
    assert str(written) == "g/jiwa/hari"
    assert str(written * NUMBER) == "g/hari/jiwa"
    assert written == written * NUMBER


@given(any_unit, any_unit)
def test_division_undoes_multiplication(a: Unit, b: Unit) -> None:
    assert a * b / b == a
    assert a / b == NUMBER / (b / a)
    assert a * b == b * a


@given(any_unit)
def test_what_is_printed_reads_back(unit: Unit) -> None:
    computed = Unit(unit.powers)
    assert units.parse(str(computed)) == computed
