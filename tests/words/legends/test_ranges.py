"""Ranges of classes in words: one form for both directions, and which end belongs."""

from __future__ import annotations

import pytest

from fsva.core import texts
from fsva.words.legends import ranges
from tests.places.small import indicator, shipped_method

ID, EN = texts.load("id"), texts.load("en")


# Cut-offs of Tabel 2.1, 3.2 and 5.1 of the report.
@pytest.mark.parametrize(
    ("measure", "priority", "expected"),
    [
        ("lahan", 1, "sampai 0,0093"),
        ("lahan", 2, "di atas 0,0093 sampai 0,0373"),
        ("lahan", 6, "di atas 0,3671"),
        ("nakes", 1, "15,0000 atau lebih"),
        ("nakes", 2, "10,0000 sampai di bawah 15,0000"),
        ("nakes", 6, "di bawah 0,6200"),
        ("akses", 5, "-"),
    ],
)
def test_the_words_say_which_end_belongs(measure: str, priority: int, expected: str) -> None:
    assert ranges.of_class(indicator(measure), priority, ID) == expected


def test_the_composite_has_the_ranges_of_table_5_1() -> None:
    assert ranges.of_class(shipped_method().composite, 2, ID) == "di atas 32,92 sampai 44,84"


def test_ranges_of_one_indicator_follow_one_another() -> None:
    texts_of = [ranges.of_class(indicator("sarana"), n, EN) for n in range(1, 7)]
    numbers = [[float(w) for w in text.split() if w[0].isdigit()] for text in texts_of]
    ends, starts = [n[-1] for n in numbers[:-1]], [n[0] for n in numbers[1:]]
    assert ends == starts == sorted(ends)


def test_categories_are_named_and_classes_without_one_have_a_dash() -> None:
    akses = indicator("akses")
    named = [ranges.of_class(akses, n, ID) for n in range(1, 7)]
    assert named[4:] == ["-", "-"]
    assert len(set(named[:4])) == 4
    assert "-" not in named[:4]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("closed", ["atas", "bawah"])
@pytest.mark.parametrize("better", ["tinggi", "rendah"])
def test_a_cut_off_belongs_to_the_class_whose_words_hold_it(
    language: texts.Language, closed: str, better: str
) -> None:
    measure = indicator("lahan")
    cut_offs = measure.cut_offs or ()
    ordered = cut_offs if better == "tinggi" else cut_offs[::-1]
    turned = {"closed": closed, "better": better, "cut_offs": ordered}
    words = texts.load(language)
    said = [ranges.of_class(measure.model_copy(update=turned), n, words) for n in range(1, 7)]
    said = said if better == "tinggi" else said[::-1]  # from the lowest range on
    first = words.decimal(sorted(cut_offs)[0], measure.digits)
    below = {"atas": ("sampai", "up to"), "bawah": ("di bawah", "below")}[closed]
    assert said[0] == f"{below[language == 'en']} {first}"
    above = {"atas": (f"di atas {first} ", f"above {first} "), "bawah": (f"{first} ", f"{first} ")}
    assert said[1].startswith(above[closed][language == "en"])
