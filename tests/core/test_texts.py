"""Words and number formats of both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fsva.core import texts
from fsva.core.texts import Language, Texts


@pytest.mark.parametrize(
    ("language", "value", "digits", "printed"),
    [
        ("id", Decimal("0.2470"), 4, "0,2470"),
        ("en", Decimal("0.2470"), 4, "0.2470"),
        ("id", 12345.6, 1, "12.345,6"),
        ("en", 12345.6, 1, "12,345.6"),
        ("id", 0.0655, 4, "0,0655"),
        ("id", Decimal("0.00005"), 4, "0,0001"),
        ("id", Decimal("2.5"), 0, "3"),
        ("id", 1000, 0, "1.000"),
        ("id", -0.5, 2, "-0,50"),
    ],
)
def test_numbers_have_the_marks_of_the_language(
    language: Language, value: Decimal | float, digits: int, printed: str
) -> None:
    assert texts.load(language).decimal(value, digits) == printed


def test_dates_name_their_month() -> None:
    day = date(2021, 5, 9)
    assert texts.load("id").date(day) == "9 Mei 2021"
    assert texts.load("en").date(day) == "9 May 2021"


WORDS = Texts("id", {"a": {"b": "{n} desa", "c": {"d": "tetap"}}})


def test_placeholders_are_filled() -> None:
    assert WORDS("a.b", n=3) == "3 desa"
    assert WORDS.raw("a.b") == "{n} desa"
    assert WORDS("a.c.d") == "tetap"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 villages are"), (1, "1 village is"), (2, "2 villages are"), ("1", "1 village is")],
)
def test_a_noun_and_its_verb_follow_the_number(number: object, said: str) -> None:
    words = Texts("en", {"a": "{n} {n:village is|villages are} hatched"})
    assert words("a", n=number) == f"{said} hatched"


@pytest.mark.parametrize("key", ["x", "a", "a.x", "a.b.c", "a.c"])
def test_an_unknown_key_is_a_defect_of_the_program(key: str) -> None:
    assert not WORDS.has(key)
    with pytest.raises((KeyError, TypeError)):
        WORDS(key)


def test_a_fact_that_is_not_given_is_a_defect_of_the_program() -> None:
    with pytest.raises(KeyError):
        WORDS("a.b")


@pytest.mark.parametrize("value", [Decimal("1" * 30), Decimal("1" * 30 + ".25"), 1e300])
def test_a_number_of_any_length_is_written(value: Decimal | float) -> None:
    whole = texts.load("id").decimal(value, 1).split(",")[0].replace(".", "")
    assert int(whole) == int(Decimal(str(value)))
