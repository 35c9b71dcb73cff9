"""Where the mark of a value stands on the strip of its classes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods.method import Measure
from fsva.drawing.profiles import class_strips
from fsva.words.profiles.profile_words import ClassLine
from tests.index.test_better_class_values import class_of
from tests.places import small

METHOD = small.shipped_method()


def line(measure: Measure, number: float) -> ClassLine:
    priority = class_of(number, measure) if number == number else 2
    return ClassLine(measure, "", "", "", number, priority, "")


@pytest.mark.parametrize(
    ("name", "number", "place"),
    [
        ("lahan", 0.2651 - 0.0885 / 2, 3.5),  # amid 0,1766 and 0,2651
        ("air_bersih", (0.4686 + 0.6897) / 2, 0.5),  # amid the cut-off and the worst value
        ("nakes", 0.4782, 5.96),  # the best value, kept off the end of the strip
        ("akses", 1.0, 3.5),  # a category has no place within its class
        ("sarana", float("nan"), 1.5),  # class of the report, value lost
    ],
)
def test_a_mark_stands_where_the_value_lies(name: str, number: float, place: float) -> None:
    found = class_strips.position(line(small.indicator(name), number))
    assert found == pytest.approx(place, abs=0.005)


@given(st.sampled_from(["lahan", "sarana", "tidak_sejahtera", "air_bersih", "nakes"]), st.data())
def test_a_mark_lies_in_the_field_of_its_class(name: str, data: st.DataObject) -> None:
    indicator = small.indicator(name)
    low, high = map(float, indicator.bounds)
    drawn = data.draw(st.floats(low, high))
    number = round(drawn, indicator.digits)
    shown = line(indicator, number)
    place = class_strips.position(shown)
    assert place is not None
    assert int(place) == shown.priority - 1


def test_a_village_without_a_class_has_no_mark() -> None:
    measure = small.indicator("lahan")
    assert class_strips.position(ClassLine(measure, "", "", "-", float("nan"), 0, "")) is None
