"""What makes villages vulnerable: which indicators, in which order, and silence elsewhere."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions import edition
from fsva.config.editions.action_plan import CommonCauses
from fsva.config.methods.method import Method
from tests.index.test_joined_table import belu
from tests.places import small
from tests.places.frames import causes

METHOD = small.shipped_method()
HALF = CommonCauses()
IDS = [i.id for i in METHOD.indicators]
# A class that may be missing, for the six indicators and the composite of up to nine villages.
CLASS = st.one_of(st.none(), st.integers(1, 6))
CLASSES = st.lists(st.lists(CLASS, min_size=7, max_size=7), max_size=9)


def of(rows: list[list[int | None]]) -> pd.DataFrame:
    """Return a table with these classes of the six indicators and the composite."""
    columns = {
        f"{m.id}_kelas": pd.array([row[n] for row in rows], dtype="Int8")
        for n, m in enumerate(METHOD.measures())
    }
    codes = [f"99.01.01.20{n:02d}" for n in range(len(rows))]
    return pd.DataFrame(columns, index=pd.Index(codes, name="kode_kemendagri"))


def with_weights(*weights: str) -> Method:
    """Return the method with other weights."""
    indicators = tuple(
        i.model_copy(update={"weight": Fraction(w)})
        for i, w in zip(METHOD.indicators, weights, strict=True)
    )
    return METHOD.model_copy(update={"indicators": indicators})


def test_belu_is_vulnerable_by_water_first_and_health_workers_second() -> None:
    found = causes.influence(belu(), METHOD)
    assert list(zip(found["indikator"], found["poin"], found["jumlah"], strict=True)) == [
        ("air_bersih", 46, 20), ("nakes", 43, 18), ("lahan", 16, 11), ("sarana", 14, 11),
        ("akses", 6, 4), ("tidak_sejahtera", 4, 2),
    ]  # fmt: skip
    assert [round(score * 6) for score in found["skor"]] == [46, 43, 16, 14, 6, 4]
    assert found["urutan"].tolist() == [1, 2, 3, 4, 5, 6]


def test_belu_gives_causes_for_its_classes_2_and_3_only() -> None:
    found = causes.of_classes(belu(), METHOD, edition.load(small.BELU).settings.causes)
    by_class = {n: list(g["indikator"]) for n, g in found.groupby("kelas")}
    assert by_class == {
        # The report names the first three, but not akses, as weak as lahan (3 of 4 villages).
        2: ["air_bersih", "nakes", "lahan", "akses"],
        3: ["air_bersih", "nakes", "lahan", "sarana"],  # as the report; lahan 8 of 17
    }
    assert set(zip(found["kelas"], found["desa"], strict=True)) == {(2, 4), (3, 17)}


def test_the_causes_of_one_village_stand_in_order() -> None:
    loonuna = belu().index[belu()["desa"] == "Loonuna"][0]
    found = causes.of_villages(belu(), METHOD)
    rows = found[found["kode_kemendagri"] == loonuna]
    assert list(zip(rows["urutan"], rows["indikator"], rows["kelas"], strict=True)) == [
        (1, "lahan", 1), (1, "air_bersih", 1), (3, "sarana", 2), (3, "nakes", 2),
    ]  # fmt: skip


def test_the_weight_decides_where_the_class_does_not() -> None:
    method = with_weights("1/12", "1/3", "1/12", "1/6", "1/6", "1/6")
    table = of([[1, 3, 2, 4, None, 6, 2]])
    found = causes.of_villages(table, method)
    # 3/12 < 1/3, and twice 1/12 comes last.
    assert found["indikator"].tolist() == ["sarana", "lahan", "tidak_sejahtera"]
    assert found["urutan"].tolist() == [1, 2, 3]


def test_scores_that_are_equal_as_fractions_share_a_place() -> None:
    # 3 x 1/30 = 1/10 = 1 x 3/30: sums of binary fractions would differ.
    method = with_weights("1/30", "3/30", "2/30", "8/30", "8/30", "8/30")
    found = causes.of_villages(of([[1, 3, 6, 6, 6, 6, 3]]), method)
    assert found["urutan"].tolist() == [1, 1]
    assert found["indikator"].tolist() == ["lahan", "sarana"]


def test_an_indicator_in_exactly_half_the_villages_does_not_dominate() -> None:
    rows: list[list[int | None]] = [[1, 1, 6, 6, 6, 6, 3], [1, 6, 6, 6, 6, 6, 3]]
    assert causes.of_classes(of(rows), METHOD, HALF)["indikator"].tolist() == ["lahan"]


@pytest.mark.parametrize(("share", "found"), [(0.0, 3), (0.49, 2), (0.5, 1), (0.75, 1), (0.99, 1)])
def test_the_share_is_the_offices_and_may_differ_by_class(share: float, found: int) -> None:
    # Of four villages lahan is weak in all, sarana in two, akses in one.
    rows: list[list[int | None]] = [[1, 1, 6, 1, 6, 6, 3], [1, 1, 6, 6, 6, 6, 3],
                                    [1, 6, 6, 6, 6, 6, 3], [1, 6, 6, 6, 6, 6, 3]]  # fmt: skip
    for common in (CommonCauses(lebih_dari=share), CommonCauses(lebih_dari_kelas={3: share})):
        assert len(causes.of_classes(of(rows), METHOD, common)) == found
    other = CommonCauses(lebih_dari_kelas={2: share})
    assert len(causes.of_classes(of(rows), METHOD, other)) == 1


@given(CLASSES)
def test_only_weak_indicators_of_vulnerable_villages_are_causes(
    rows: list[list[int | None]],
) -> None:
    found = causes.of_villages(of(rows), METHOD)
    expected = {
        (f"99.01.01.20{n:02d}", name, row[k])
        for n, row in enumerate(rows)
        if row[6] in (1, 2, 3)
        for k, name in enumerate(IDS)
        if row[k] in (1, 2, 3)
    }
    listed = list(zip(found["kode_kemendagri"], found["indikator"], found["kelas"], strict=True))
    assert len(listed) == len(expected)
    assert set(listed) == expected
    for _, rest in found.groupby("kode_kemendagri"):
        assert rest["kelas"].is_monotonic_increasing  # all weights are equal
        assert rest["urutan"].iloc[0] == 1


@given(CLASSES)
def test_nothing_is_said_of_an_empty_class(rows: list[list[int | None]]) -> None:
    table = of(rows)
    present = {row[6] for row in rows} & {1, 2, 3}
    assert set(causes.of_classes(table, METHOD, HALF)["kelas"]) <= present
    assert len(causes.influence(table, METHOD)) == (6 if present else 0)


@given(CLASSES)
def test_influence_is_the_sum_of_the_causes_of_the_villages(
    rows: list[list[int | None]],
) -> None:
    table = of(rows)
    weighed = causes.influence(table, METHOD).set_index("indikator")["skor"]
    summed = causes.of_villages(table, METHOD).groupby("indikator")["skor"].sum()
    for name, score in weighed.items():
        assert abs(score - summed.get(name, 0)) < 1e-9
    assert weighed.is_monotonic_decreasing


@given(CLASSES)
def test_the_order_of_the_villages_does_not_matter(
    rows: list[list[int | None]],
) -> None:
    table = of(rows)
    mixed = table.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(causes.influence(table, METHOD), causes.influence(mixed, METHOD))
    columns = ["kode_kemendagri", "urutan", "indikator"]
    listed = [
        causes.of_villages(t, METHOD).sort_values(columns, ignore_index=True)
        for t in (table, mixed)
    ]
    pd.testing.assert_frame_equal(*listed)
