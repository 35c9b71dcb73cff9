"""The trace of a village: the same numbers as on the maps, and their sum."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.core.errors import UsageError
from tests.places import contoh, small
from tests.places.frames import causes, classes, trace

METHOD = small.shipped_method()
WITH_CUT_OFFS = [m for m in METHOD.measures() if m.cut_offs]


def table() -> pd.DataFrame:
    return contoh.belu().table.frame


def traces() -> list[trace.Trace]:
    return [trace.of_village(table(), METHOD, str(code)) for code in table().index]


def of(name: str) -> trace.Trace:
    return trace.of_village(table(), METHOD, trace.find(table(), name))


def test_the_points_of_the_52_complete_villages_sum_to_the_composite() -> None:
    complete = [one for one in traces() if one.total is not None]
    assert len(complete) == 52
    for one in complete:
        assert one.basis == "nilai"
        points = [step.contribution for step in one.steps]
        assert sum(p for p in points if p is not None) == one.total
        # Half a hundredth of rounding, and the noise of binary sums.
        assert abs(Decimal(str(one.total)) - Decimal(str(one.score))) <= Decimal("0.0050001")
        assert abs(sum(step.lost for step in one.steps) - (100 - (one.total or 0))) < 1e-9


def test_every_class_score_and_rank_is_that_of_the_joined_table() -> None:
    for one in traces():
        row = table().loc[one.code]
        assert (one.village, one.kecamatan, one.bps_code) == (
            row["desa"], row["kecamatan"], row["kode_bps"],
        )  # fmt: skip
        found = [one.priority, *(step.priority for step in one.steps)]
        ids = ["komposit", *(i.id for i in METHOD.indicators)]
        assert found == [row[f"{name}_kelas"] for name in ids]
        assert [s.basis for s in one.steps] == [row[f"{i.id}_dasar"] for i in METHOD.indicators]
        assert (one.score is None) == pd.isna(row["komposit"])
        assert one.score is None or one.score == row["komposit"]
        assert one.rank == row["peringkat"]
        assert (one.n_villages, one.n_ranked, one.n_same_rank) == (81, 81, 1)


def lies_within(ends: trace.Ends, value: Decimal) -> bool:
    """Tell whether a value lies between the cut-offs of a class."""
    low, high = ends.lower, ends.upper
    if ends.upper_belongs:
        return (low is None or low < value) and (high is None or value <= high)
    return (low is None or low <= value) and (high is None or value < high)


def test_every_value_lies_between_the_cut_offs_that_are_named_for_it() -> None:
    measured = 0
    for one in traces():
        for step in one.steps:
            if step.value is not None and step.computed and step.indicator.cut_offs:
                assert lies_within(
                    trace.ends(step.indicator, step.computed), Decimal(str(step.value))
                )
                measured += 1
        if one.score is not None and one.priority is not None:
            assert lies_within(trace.ends(METHOD.composite, one.priority), Decimal(str(one.score)))
    assert measured == 81 * 5 - 59


@given(st.sampled_from(WITH_CUT_OFFS), st.integers(-1000, 700_000))
def test_the_cut_offs_of_the_class_of_any_value_hold(measure: Measure, units: int) -> None:
    value = Decimal(units).scaleb(-measure.digits)
    number = int(classes.classify(pd.Series([float(value)], dtype="Float64"), measure).iloc[0])
    for other in range(1, 7):
        assert lies_within(trace.ends(measure, other), value) == (other == number)


@given(st.sampled_from(WITH_CUT_OFFS), st.integers(0, 4))
def test_a_value_on_a_cut_off_is_said_to_lie_in_the_more_vulnerable_class(
    measure: Measure, position: int
) -> None:
    cut_offs = measure.cut_offs or ()
    value = cut_offs[position]
    lowest = min(n for n in range(1, 7) if lies_within(trace.ends(measure, n), value))
    assert lowest == cut_offs.index(value) + 1
    assert decimals.to_units(value, measure.digits) == value.scaleb(measure.digits)


def step(one: trace.Trace, name: str) -> trace.TraceStep:
    return next(s for s in one.steps if s.indicator.id == name)


def test_manumutin_shows_the_class_of_its_value_and_the_one_that_was_set() -> None:
    found = step(of("Manumutin"), "sarana")
    assert (found.value, found.computed, found.priority, found.basis) == (0.0172, 2, 3, "timpa")


def test_leosama_has_no_score_but_its_published_class_and_rank() -> None:
    one = of("Leosama")
    assert (one.score, one.total, one.priority, one.rank) == (None, None, 5, 26)
    assert one.basis == "terbit"
    lost = [s.indicator.id for s in one.steps if s.value is None]
    assert lost == ["tidak_sejahtera", "air_bersih"]
    for name in lost:
        found = step(one, name)
        assert (found.computed, found.score, found.contribution) == (None, None, None)
        assert (found.basis, found.lost) == ("terbit", 0)
        assert found.priority is not None


def test_tasain_by_hand() -> None:
    """2.4711 + 2.4931 + 9.1948 + 16.6667 + 3.0545 + 13.9393 = 47.82, class 3."""
    one = of("Tasain")
    points = [round(s.contribution or 0, 4) for s in one.steps]
    assert points == [2.4711, 2.4931, 9.1948, 16.6667, 3.0545, 13.9393]
    assert (one.score, one.priority, one.rank) == (47.82, 3, 72)
    assert [i.id for i in one.causes] == ["air_bersih", "sarana", "nakes"]


def test_causes_are_those_of_the_whole_kabupaten() -> None:
    weak = causes.of_villages(table(), METHOD)
    for one in traces():
        own = weak.loc[weak["kode_kemendagri"] == one.code, "indikator"].tolist()
        assert [i.id for i in one.causes] == own
        assert bool(own) == ((one.priority or 9) <= 3)


def test_a_value_outside_the_scale_counts_as_its_end() -> None:
    lahan = small.indicator("lahan")
    low, high = (float(b) for b in lahan.bounds)
    for value, clipped in ((high + 1, high), (low - 1, low), (0.5, 0.5)):
        assert trace.TraceStep(lahan, value, 1, 1, "nilai", 0.0, 0.0).clipped == clipped


def test_villages_of_equal_rank_are_counted() -> None:
    tied = table().copy()
    tied.loc[tied["desa"].isin(["Tasain", "Teun", "Renrua"]), "peringkat"] = 5
    assert trace.of_village(tied, METHOD, trace.find(tied, "Teun")).n_same_rank == 4


@pytest.mark.parametrize(
    "wanted", ["Tasain", "tasain", " TASAIN ", "T a s a i n", "5306032001", "53.04.13.2009"]
)
def test_a_village_is_found_by_name_or_code(wanted: str) -> None:
    assert trace.find(table(), wanted) == "53.04.13.2009"


def test_every_village_is_found_by_each_of_its_three_names() -> None:
    for code, row in table().iterrows():
        assert trace.find(table(), row["kode_bps"]) == trace.find(table(), str(code)) == code
        assert trace.find(table(), row["desa"]) == code


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("Tasan", "Tasain"), ("raulun", "Raiulun"), ("53060320099", "5306032009")],
)
def test_an_unknown_village_is_answered_with_the_nearest(wanted: str, nearest: str) -> None:
    with pytest.raises(UsageError) as caught:
        trace.find(table(), wanted)
    assert caught.value.key == "jejak_desa"
    assert caught.value.facts["desa"] == wanted
    assert caught.value.facts["maksud"].startswith(nearest)


def test_a_name_that_several_villages_have_is_answered_with_their_codes() -> None:
    double = table().copy()
    double.loc[double["desa"] == "Teun", "desa"] = "Tasain"
    with pytest.raises(UsageError) as caught:
        trace.find(double, "Tasain")
    assert caught.value.key == "jejak_rangkap"
    described = [place.village or "" for place in caught.value.places]
    assert len(described) == 2
    assert any("5306032001" in d and "53.04.13.2009" in d for d in described)
    assert trace.find(double, "5306032001") == "53.04.13.2009"


def test_categories_have_no_cut_offs_to_lie_between() -> None:
    akses = small.indicator("akses")
    assert isinstance(akses, Indicator)
    assert akses.cut_offs is None
    assert all(step(one, "akses").computed in {1, 2, 3, 4} for one in traces())
