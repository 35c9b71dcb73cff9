"""Baselines from a year's values: cut-offs, bounds, equation 2, schemes, words to judge them."""

from __future__ import annotations

import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fsva.config.editions import edition
from fsva.config.methods import measures, method
from fsva.config.methods.method import Better, Closed, Composite, Indicator, Method
from fsva.core import texts
from fsva.core.errors import CutOffError, Place, UsageError
from fsva.index.baselines import schemes
from fsva.sources.cells import table_text
from tests.places import sebelas, small
from tests.places.framed import edition_tables
from tests.places.frames import appraisal, classes, derivation, histogram

METODE = small.ROOT / "styles" / "metode"
KOTA = METODE / "fsva-kota-5.toml"
REPORT_LAHAN = ("0.0093", "0.0373", "0.1766", "0.2651", "0.3671")
# Report, section 1.3: 15/30/50/70/85 percent up to each cut-off.
SHARES = (15, 15, 20, 20, 15, 15)
SIDES = [(b, c) for b in ("tinggi", "rendah") for c in ("atas", "bawah")]


def open_method() -> Method:
    return method.load_open(METODE / "fsva-kabupaten-6.toml")


@cache
def belu() -> pd.DataFrame:
    settings = edition.load(small.BELU).settings
    accepted = frozenset((one.code, one.indicator) for one in settings.acceptances)
    return edition_tables.read_indicators(
        table_text.open_file(small.BELU / "indicators.csv"), small.shipped_method(), accepted
    )


def measured(better: Better, closed: Closed) -> Indicator:
    """Return the farm land indicator with another direction and closure."""
    return small.indicator("lahan").model_copy(update={"better": better, "closed": closed})


def series(units: list[int]) -> pd.Series[float]:
    return pd.Series([unit / 10_000 for unit in units], dtype="Float64")


# Individual cut-offs


def test_belu_lahan_gives_back_the_reports_cut_offs() -> None:
    """Four to the digit; the fifth is 0.3670 for 0.3671.

    The village at place 69, Tialai, is printed only as 1.2989, the largest value minus its own:
    1.6659 - 1.2989. Both are rounded to four digits, so that its true value lies anywhere
    between 0.3669 and 0.3671.
    """
    found = derivation.cut_offs(belu()["lahan"], small.indicator("lahan"))
    assert [str(c) for c in found[:4]] == list(REPORT_LAHAN[:4])
    assert str(found[4]) == "0.3670"
    table = belu()
    assert list(table["desa"][table["lahan"] == 0.3670]) == ["Tialai"]


@pytest.mark.shared
def test_the_place_of_the_fifth_cut_off_is_uncertain_by_its_last_digit(shared_dir: Path) -> None:
    cells = pd.read_csv(shared_dir / "reference" / "belu-2021" / "cells.csv", dtype=str)
    cell = cells[(cells["nama_desa"] == "Tialai") & (cells["indikator"] == "lahan")].iloc[0]
    assert "'1.2989' dibalik (1,6659 - x)" in cell["sumber"]
    assert Decimal(cell["nilai"]) == Decimal("1.6659") - Decimal("1.2989")


def test_no_quantile_of_numpy_gives_belus_cut_offs() -> None:
    """The nearest of them, closest_observation, sends the tie 40.5 to the even place 40."""
    lahan = np.sort(belu()["lahan"].to_numpy(dtype=float))
    report = [float(c) for c in REPORT_LAHAN]
    fits = {
        name: [bool(near) for near in abs(np.quantile(lahan, [0.15, 0.3, 0.5, 0.7, 0.85],
                                                       method=name) - report) < 0.00015]
        for name in QUANTILES
    }  # fmt: skip
    assert [name for name, fit in fits.items() if all(fit)] == []
    assert fits["closest_observation"] == [True, True, False, True, True]
    assert max(sum(fit) for name, fit in fits.items() if name != "closest_observation") == 3


QUANTILES = (
    "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf",
    "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased", "lower", "higher",
    "midpoint", "nearest",
)  # fmt: skip


@given(st.integers(1, 100_000))
def test_places_are_percentages_rounded_half_up(n: int) -> None:
    exact = [Decimal(p) * n / 100 for p in (15, 30, 50, 70, 85)]
    rounded = [int(e.quantize(Decimal(1), ROUND_HALF_UP)) for e in exact]
    assert list(derivation.places(n)) == [max(1, place) for place in rounded]


def test_belu_cannot_tell_the_rule_from_its_nearest_rival() -> None:
    """The whole part of percent times (n + 1): the same for Belu's 81, not for every number."""
    percent = measures.PERCENT
    same = [n for n in range(30, 1001)
            if derivation.places(n) == tuple(p * (n + 1) // 100 for p in percent)]  # fmt: skip
    assert 81 in same
    assert len(same) == 436


DIFFERENT = st.lists(st.integers(0, 20_000), min_size=4, max_size=300, unique=True)


@pytest.mark.parametrize(("better", "closed"), SIDES)
@given(units=DIFFERENT)
def test_without_ties_the_classes_have_their_shares(
    better: Better, closed: Closed, units: list[int]
) -> None:
    measure = measured(better, closed)
    found = derivation.cut_offs(series(units), measure)
    cut = measure.model_copy(update={"cut_offs": found})
    counts = classes.classify(series(units), cut).value_counts()
    for number, share in enumerate(SHARES, start=1):
        assert abs(Fraction(int(counts.get(number, 0)), len(units)) - Fraction(share, 100)) <= (
            Fraction(1, len(units))
        )


@pytest.mark.parametrize(("better", "closed"), SIDES)
@given(units=st.lists(st.integers(0, 40), min_size=1, max_size=120))
@example(units=[0])
def test_cut_offs_run_in_their_direction_and_are_values_of_villages(
    better: Better, closed: Closed, units: list[int]
) -> None:
    found = derivation.cut_offs(series(units), measured(better, closed))
    steps = [two - one for one, two in pairwise(found)]
    assert all(step >= 0 if better == "tinggi" else step <= 0 for step in steps)
    assert {int(c * 10_000) for c in found} <= set(units)


@given(units=DIFFERENT, missing=st.integers(0, 50))
def test_villages_without_a_value_change_nothing(units: list[int], missing: int) -> None:
    measure = small.indicator("lahan")
    known = series(units)
    holes = pd.concat([known, pd.Series([pd.NA] * missing, dtype="Float64")])
    assert derivation.cut_offs(holes, measure) == derivation.cut_offs(known, measure)
    assert derivation.bounds(holes, measure) == derivation.bounds(known, measure)


@given(units=DIFFERENT)
def test_the_order_of_the_villages_changes_nothing(units: list[int]) -> None:
    measure = small.indicator("nakes")
    assert derivation.cut_offs(series(units), measure) == derivation.cut_offs(
        series(sorted(units)), measure
    )


def places_by_hand(n: int, percents: tuple[int, ...]) -> list[int]:
    """Return n times p in tenths of exact halves, rounded half up, at least the first place."""
    exact = [(Decimal(n) * p / 100).quantize(Decimal(1), ROUND_HALF_UP) for p in percents]
    return [max(1, int(place)) for place in exact]


@given(units=st.lists(st.integers(0, 500), min_size=1, max_size=100))
def test_places_are_counted_from_the_smallest_value_in_both_directions(units: list[int]) -> None:
    """15 ... 85 % for c1..c5 where high is better, 85 ... 15 % where low is better."""
    for better, percents in (("tinggi", (15, 30, 50, 70, 85)), ("rendah", (85, 70, 50, 30, 15))):
        expected = [sorted(units)[place - 1] for place in places_by_hand(len(units), percents)]
        found = derivation.cut_offs(series(units), measured(better, "atas"))  # type: ignore[arg-type]
        assert [int(c * 10_000) for c in found] == expected


def test_places_of_low_values_are_not_counted_from_the_vulnerable_end() -> None:
    """43 villages: 6.45, 12.9, 21.5, 30.1 and 36.55 are places 6, 13, 22, 30 and 37.

    Counted from the other end they would be 38, 31, 22, 14 and 7: four of five are one off.
    """
    found = derivation.cut_offs(series(list(range(1, 44))), measured("rendah", "atas"))
    assert [int(c * 10_000) for c in found] == [37, 30, 22, 13, 6]


def test_a_share_of_villages_is_rounded_half_up_at_its_very_half() -> None:
    # 7 % of 107 are 7.49 villages, 50 % of 7 are 3.5, 1 % of 3 are none.
    assert derivation.places(107, (7,)) == (7,)
    assert derivation.places(7, (50,)) == (4,)
    assert derivation.places(3, (1,)) == (1,)


def test_a_method_of_five_classes_has_four_cut_offs_at_its_own_shares() -> None:
    """20, 40, 60 and 80 % of 43 villages: 8.6, 17.2, 25.8 and 34.4 are places 9, 17, 26 and 34."""
    values = series(list(range(1, 44)))
    found = derivation.cut_offs(values, measured("tinggi", "atas"), shares=(20, 40, 60, 80))
    assert [int(c * 10_000) for c in found] == [9, 17, 26, 34]


def test_a_derivation_takes_the_shares_of_its_method() -> None:
    rules = open_method().model_copy(update={"percent": (10, 20, 30, 40, 50)})
    ordered = sorted(belu()["lahan"])
    # 10 % of 81 villages are 8.1, 50 % are 40.5.
    found = derivation.derive(belu(), rules).cut_offs["lahan"]
    assert [float(c) for c in found] == [ordered[n - 1] for n in (8, 16, 24, 32, 41)]


def test_a_zero_that_means_none_is_no_value_of_the_year() -> None:
    values = [0.11, 0.25, 0.32, 0.48, 0.57, 0.63, 0.74, 0.89, 0.95, 1.04]
    indicator = next(i for i in sebelas.RULES.indicators if i.id == "ncpr")
    with_zeros = pd.Series([0.0] * 7 + values, dtype="Float64")
    found = derivation.cut_offs(with_zeros, indicator)
    # Places 2, 3, 5, 7 and 9 of ten; the interval holds its lower end, so the next ones.
    assert [str(c) for c in found] == ["1.04", "0.89", "0.63", "0.48", "0.32"]
    assert [str(b) for b in derivation.bounds(with_zeros, indicator)] == ["0.11", "1.04"]


def test_a_column_without_values_has_no_cut_offs() -> None:
    with pytest.raises(CutOffError, match="dasar_tanpa_sebaran") as caught:
        derivation.cut_offs(series([]), small.indicator("lahan"))
    assert caught.value.key == "dasar_tanpa_sebaran"
    assert caught.value.places == [Place(column="lahan", found="0")]


# Bounds


def test_belus_bounds_are_the_years_smallest_and_largest_values() -> None:
    """As recovered from the published scores; the air bound 0.6897 belongs to a lost cell.

    Both indicators whose high values are better begin at 0, so that the scale says the same.
    """
    found = derivation.derive(belu(), open_method()).bounds
    assert {name: (str(a), str(b)) for name, (a, b) in found.items()} == {
        "lahan": ("0.0000", "1.6659"),
        "sarana": ("0.0000", "0.1210"),
        "tidak_sejahtera": ("0.0017", "0.1971"),
        "akses": ("1", "4"),
        "air_bersih": ("0.0000", "0.6851"),
        "nakes": ("0.4782", "53.3397"),
    }


def test_a_scale_of_high_values_runs_from_zero_to_the_spread() -> None:
    """As the workbook scores them: 100 x / (max - min), and 100 (max - x) / (max - min)."""
    assert derivation.bounds(series([200, 500, 900]), measured("tinggi", "atas")) == (
        0,
        Decimal("0.0700"),
    )
    assert derivation.bounds(series([200, 500, 900]), measured("rendah", "atas")) == (
        Decimal("0.0200"),
        Decimal("0.0900"),
    )


def test_bounds_of_categories_do_not_depend_on_the_year() -> None:
    everywhere_good = pd.Series([1.0, 1.0], dtype="Float64")
    assert derivation.bounds(everywhere_good, small.indicator("akses")) == (1, 4)


@pytest.mark.parametrize(("units", "different"), [([], "0"), ([5], "1"), ([5, 5, 5], "1")])
def test_a_scale_needs_two_different_values(units: list[int], different: str) -> None:
    with pytest.raises(CutOffError) as caught:
        derivation.bounds(series(units), small.indicator("lahan"))
    assert caught.value.key == "dasar_tanpa_sebaran"
    assert caught.value.places == [Place(column="lahan", found=different)]


# Equation 2


# A total rounded to two digits; floats may stray by a hundred-millionth before that.
HALF = Fraction("0.00500001")


def equation_2(rules: Method) -> list[Fraction]:
    """Compute the composite cut-offs in fractions, apart from the package's arithmetic."""
    totals = [Fraction(0)] * 5
    for i in rules.indicators:
        low, high = map(Fraction, i.bounds)
        limits = i.cut_offs or tuple(map(Decimal, (4, 3, 2, 1, 1)))
        for j, limit in enumerate(limits):
            share = min(max((Fraction(limit) - low) / (high - low), Fraction(0)), Fraction(1))
            totals[j] += i.weight * 100 * (share if i.better == "tinggi" else 1 - share)
    return totals


def test_equation_2_gives_the_reference_numbers_of_belu() -> None:
    """From the report's cut-offs and the 2021 bounds; akses as 4, 3, 2, 1, 1."""
    found = derivation.composite_cut_offs(small.shipped_method())
    assert [str(c) for c in found] == ["20.32", "34.36", "49.13", "61.83", "72.28"]


@pytest.mark.shared
def test_equation_2_gives_what_the_reference_lists(shared_dir: Path) -> None:
    file = shared_dir / "reference" / "belu-2021" / "scaling.json"
    listed = json.loads(file.read_text(encoding="utf-8"))["cut_off_komposit"]
    expected = listed["dari_rumus_2_dengan_rentang_2021"]["akses 4,3,2,1,1"]
    assert [float(c) for c in derivation.composite_cut_offs(small.shipped_method())] == expected


def test_belus_derived_composite_cut_offs_agree_with_fractions() -> None:
    found = derivation.derive(belu(), open_method())
    exact = equation_2(found.method)
    total = found.cut_offs["komposit"]
    assert all(abs(Fraction(c) - e) <= HALF for c, e in zip(total, exact, strict=True))


@given(st.lists(st.lists(st.integers(0, 10_000), min_size=12, max_size=12), min_size=6, max_size=6))
def test_equation_2_agrees_with_fractions(columns: list[list[int]]) -> None:
    rules = open_method()
    data = {
        i.id: [float(u % 4 + 1) for u in units] if i.categories else [u / 10_000 for u in units]
        for i, units in zip(rules.indicators, columns, strict=True)
    }
    table = pd.DataFrame(data, dtype="Float64")
    table.loc[12] = [4.0 if i.categories else 1.0001 for i in rules.indicators]
    found = derivation.derive(table, rules)
    total = found.cut_offs["komposit"]
    exact = equation_2(found.method)
    assert all(abs(Fraction(c) - e) <= HALF for c, e in zip(total, exact, strict=True))
    assert list(total) == sorted(total)


@pytest.mark.parametrize(
    ("categories", "better", "limits"),
    [
        ({4: 1, 3: 2, 2: 3, 1: 4}, "rendah", (4, 3, 2, 1, 1)),
        ({1: 1, 2: 1, 3: 4, 4: 6}, "tinggi", (2, 2, 2, 3, 3)),
        ({1: 3, 2: 6}, "tinggi", (1, 1, 1, 1, 1)),
        ({5: 1, 4: 2, 3: 3, 2: 4, 1: 5, 0: 6}, "rendah", (5, 4, 3, 2, 1)),
        ({3: 1, 2: 1, 1: 5}, "rendah", (2, 2, 2, 2, 1)),
    ],
)
def test_categories_stand_for_the_cut_offs_of_their_classes(
    categories: dict[int, int], better: str, limits: tuple[int, ...]
) -> None:
    assert derivation.category_limits(categories, better, 5) == limits


# The whole


def test_a_derivation_fills_exactly_what_the_method_leaves_open() -> None:
    rules = open_method()
    found = derivation.derive(belu(), rules)
    names = {f"cut_off.{n}" for n in found.cut_offs} | {f"skala.{n}" for n in found.bounds}
    assert names == set(method.open_numbers(rules))
    assert method.open_numbers(found.method) == ()
    assert found.known == {"lahan": 81, "sarana": 79, "tidak_sejahtera": 56, "akses": 81,
                           "air_bersih": 53, "nakes": 77}  # fmt: skip


def test_numbers_that_the_method_fixes_stay() -> None:
    fixed = small.shipped_method()
    found = derivation.derive(belu(), fixed)
    assert (found.cut_offs, found.bounds) == ({}, {})
    assert found.method == fixed


def test_all_indicators_without_a_spread_are_named_at_once() -> None:
    nobody = pd.array([None] * 81, dtype="Float64")
    values = belu().assign(lahan=0.1, akses=1.0, nakes=nobody)
    with pytest.raises(CutOffError) as caught:
        derivation.derive(values, open_method())
    assert caught.value.key == "dasar_tanpa_sebaran"
    # Categories have their bounds whatever the year says.
    assert caught.value.places == [Place(column="lahan", found="1"),
                                   Place(column="nakes", found="0")]  # fmt: skip
    assert derivation.derive(values, small.shipped_method()).bounds == {}


def test_an_office_may_set_the_composite_cut_offs_and_nothing_else_changes() -> None:
    found = derivation.derive(belu(), open_method())
    own = tuple(Decimal(n) for n in (40, 50, 60, 70, 80))
    agreed = found.with_composite(own)
    assert agreed.method.composite.cut_offs == own
    assert agreed.method.indicators == found.method.indicators
    assert agreed.cut_offs == found.cut_offs | {"komposit": own}
    assert (agreed.bounds, agreed.known) == (found.bounds, found.known)


def test_a_derivation_is_the_same_twice() -> None:
    one, two = (derivation.derive(belu(), open_method()) for _ in range(2))
    assert (one.cut_offs, one.bounds) == (two.cut_offs, two.bounds)


@pytest.mark.shared
def test_a_real_kota_with_many_villages_at_zero(shared_dir: Path) -> None:
    """Kota Cilegon 2024: 14 of 43 kelurahan have no household without water, so c4 = c5 = 0.

    They are class 6, as published, and class 5 is empty.
    """
    raw = pd.read_csv(shared_dir / "cases" / "kota-cilegon-2024.csv")
    columns = {
        "sarana": raw["n_sarana"] / raw["rumah_tangga"],
        "tidak_sejahtera": raw["n_miskin_jiwa"] / raw["penduduk"],
        "akses": raw["akses_kategori"],
        "air_bersih": raw["n_rt_tanpa_air"] / raw["rumah_tangga"],
        "nakes": raw["luas_ha"] / 100 / raw["n_nakes"],
    }
    found = derivation.derive(pd.DataFrame(columns, dtype="Float64"), method.load_open(KOTA))
    by_id = {i.id: i for i in found.method.indicators}
    counts = {name: appraisal.counts(pd.Series(columns[name], dtype="Float64"), by_id[name], 6)
              for name in ("nakes", "air_bersih")}  # fmt: skip
    assert counts == {"nakes": (6, 7, 8, 9, 7, 6), "air_bersih": (6, 7, 8, 8, 0, 14)}
    assert found.cut_offs["air_bersih"][3:] == (0, 0)


# Other schemes


@pytest.mark.parametrize("scheme", sorted(schemes.SCHEMES))
@pytest.mark.parametrize("name", ["lahan", "nakes"])
def test_other_schemes_give_what_mapclassify_gives(scheme: str, name: str) -> None:
    mapclassify = pytest.importorskip("mapclassify")
    indicator, values = small.indicator(name), belu()[name].dropna().to_numpy(dtype=float)
    kind, arguments = schemes.SCHEMES[scheme]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_args, **_kw: None)
        bins = getattr(mapclassify, kind)(values, **(arguments or {"k": 6})).bins[:5]
    found = derivation.cut_offs(belu()[name], indicator, scheme)
    rising = found if indicator.better == "tinggi" else found[::-1]
    assert [float(c) for c in rising] == pytest.approx(list(bins), abs=5.01e-5)


@pytest.mark.parametrize("scheme", ["jenks", "kuantil"])
def test_a_scheme_that_cannot_give_six_classes_says_so(scheme: str) -> None:
    pytest.importorskip("mapclassify")
    with pytest.raises(CutOffError, match="skema_gagal") as caught:
        derivation.cut_offs(series([1, 1, 1, 2, 3, 3]), small.indicator("lahan"), scheme)
    assert caught.value.places[0].found == "3"


def test_a_scheme_without_its_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mapclassify", None)
    assert derivation.cut_offs(belu()["lahan"], small.indicator("lahan"))
    with pytest.raises(UsageError, match="mapclassify_hilang"):
        derivation.cut_offs(belu()["lahan"], small.indicator("lahan"), "jenks")


# Words for the officer


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=80), st.integers(1, 20))
def test_a_histogram_counts_every_value_where_it_looks_it_up(values: list[int], n: int) -> None:
    found = histogram.histogram(pd.Series(values, dtype="Float64"), n)
    assert sum(found.counts) == len(values)
    looked_up = [found.step_of(float(value)) for value in values]
    assert [looked_up.count(step) for step in range(n)] == list(found.counts)
    assert found.step_of(found.edges[0] - 1) == 0
    assert found.step_of(found.edges[-1] + 1) == n - 1


def words() -> str:
    found = derivation.derive(belu(), open_method())
    return appraisal.write(belu(), found.method, small.shipped_method(), texts.load("id"))


def test_the_officer_sees_cut_offs_and_counts_beside_the_present_ones() -> None:
    lines = {" ".join(line.split()) for line in words().splitlines()}
    assert "cut-off usulan 0,0093 0,0373 0,1766 0,2651 0,3670" in lines
    assert "cut-off sekarang 0,0093 0,0373 0,1766 0,2651 0,3671" in lines
    assert "desa, usulan 12 12 17 16 12 12" in lines
    assert "cut-off usulan 24,90 41,59 55,03 67,84 76,82" in lines
    assert "desa, usulan 0 0 20 22 8 2" in lines
    assert "(c1) sampai (c5): cut-off tahun dasar sekarang, Belu 2021." in lines
    assert max(map(len, lines)) < 140


def test_every_cut_off_is_marked_once_in_the_histogram_of_its_indicator() -> None:
    block = next(b for b in words().split("\n\n") if b.startswith("Peta 6"))
    marks = [mark for line in block.splitlines() if "|" in line for mark in line.split()[5:]]
    assert sorted(m for m in marks if "c" in m) == sorted(
        [f"c{n}" for n in range(1, 6)] + [f"(c{n})" for n in range(1, 6)]
    )


def test_without_a_present_baseline_nothing_is_said_of_one() -> None:
    found = derivation.derive(belu(), open_method())
    text = appraisal.write(belu(), found.method, None, texts.load("id"))
    assert "sekarang" not in text
    assert "(c1)" not in text


WARNINGS = {
    "berimpit": (series([1] * 40 + [2] * 40), "Cut-off berimpit: c1 = c2, c2 = c3, c4 = c5."),
    "kosong": (series([1] * 40 + [2] * 40), "Kelas kosong: 2, 3, 5, 6."),
    "sedikit": (
        series(list(range(29))),
        "Hanya 29 nilai; dengan kurang dari 30 nilai, cut-off bergantung pada beberapa desa saja.",
    ),
    "hilang": (
        pd.concat([series(list(range(79))), pd.Series([pd.NA] * 21, dtype="Float64")]),
        "21 dari 100 desa tanpa nilai (21,0%); cut-off hanya mewakili desa yang bernilai.",
    ),
    "skala": (
        series([*range(40), 12_436]),
        "Skala 0,0000 sampai 1,2436 melampaui rentang yang mungkin: nilai yang diterima sebagai "
        "perkecualian ikut menentukannya.",
    ),
}


def derived_lahan(values: pd.Series[float]) -> Indicator:
    measure = small.indicator("lahan")
    update = {
        "cut_offs": derivation.cut_offs(values, measure),
        "bounds": derivation.bounds(values, measure),
    }
    return measure.model_copy(update=update)


@pytest.mark.parametrize("case", WARNINGS)
def test_the_officer_is_warned(case: str) -> None:
    values, expected = WARNINGS[case]
    assert expected in appraisal.warnings(values, derived_lahan(values), texts.load("id"))


def test_nothing_is_warned_of_without_reason() -> None:
    values = pd.concat([series(list(range(30))), pd.Series([pd.NA] * 7, dtype="Float64")])
    assert appraisal.warnings(values, derived_lahan(values), texts.load("id")) == []


def test_empty_classes_of_a_composite_are_named() -> None:
    whole = small.shipped_method().composite
    assert isinstance(whole, Composite)
    scores = pd.Series([10.0, 70.0] * 20, dtype="Float64")
    assert appraisal.warnings(scores, whole, texts.load("en")) == ["Empty classes: 2, 3, 4, 5."]
