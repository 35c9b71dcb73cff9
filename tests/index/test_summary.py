"""Counts, shares and means per class: Belu as published, parts that add up, honest rounding."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.index.summary import ALL, NO_DATA, SECURE, VULNERABLE, WHOLE, Sizes
from tests.index.test_joined_table import belu
from tests.places import small
from tests.places.frames import composite, joined_table, summary

METHOD = small.shipped_method()
MEASURES = list(METHOD.measures())
NOTHING = ("Kakuluk Mesak", "Kota Atambua", "Atambua Barat", "Atambua Selatan", "Raihat")
# Chapter 5.1 of the report.
VULNERABLE_OF_BELU = {
    "Raimanuk": 7, "Tasifeto Barat": 3, "Nanaet Duabesi": 1, "Tasifeto Timur": 1, "Lasiolat": 1,
    "Lamaknen": 3, "Lamaknen Selatan": 5, **dict.fromkeys(NOTHING, 0),
}  # fmt: skip
IN_ORDER = [
    "Raimanuk", "Tasifeto Barat", "Kakuluk Mesak", "Nanaet Duabesi", "Kota Atambua",
    "Atambua Barat", "Atambua Selatan", "Tasifeto Timur", "Raihat", "Lasiolat", "Lamaknen",
    "Lamaknen Selatan",
]  # fmt: skip


def unknown(table: pd.DataFrame) -> Sizes:
    return summary.sizes(table, None)


def of_belu() -> pd.DataFrame:
    return summary.tally(belu(), MEASURES, unknown(belu()), METHOD)


def rows(counts: pd.DataFrame, measure: str, label: str) -> pd.DataFrame:
    return counts[(counts["ukuran"] == measure) & (counts["kelas"] == label)]


def test_belu_has_its_vulnerable_villages_where_the_report_has_them() -> None:
    found = rows(of_belu(), "komposit", VULNERABLE)
    parts = found[found["kecamatan"] != WHOLE]
    assert dict(zip(parts["kecamatan"], parts["jumlah"], strict=True)) == VULNERABLE_OF_BELU
    assert parts["kecamatan"].tolist() == IN_ORDER


def test_belu_has_21_of_81_villages_in_class_1_to_3() -> None:
    found = rows(of_belu(), "komposit", VULNERABLE).iloc[0]
    assert (found["kecamatan"], found["jumlah"], found["persen"]) == (WHOLE, 21, 25.93)
    whole = rows(of_belu(), "komposit", ALL).iloc[0]
    assert whole["jumlah"] == 81


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.id)
def test_the_whole_of_belu_is_counted_as_on_the_maps(measure: joined_table.Measure) -> None:
    found = of_belu()
    whole = found[(found["kecamatan"] == WHOLE) & (found["ukuran"] == measure.id)]
    counts = whole.set_index("kelas")["jumlah"]
    on_map = joined_table.count_classes(belu(), measure, 6)
    assert {str(n): counts[str(n)] for n in range(1, 7)} == {str(n): on_map[n] for n in range(1, 7)}
    assert counts[NO_DATA] == on_map[0]


def test_the_shares_of_belu_are_those_of_table_5_1() -> None:
    found = of_belu()
    whole = found[(found["kecamatan"] == WHOLE) & (found["ukuran"] == "komposit")]
    shares = whole.set_index("kelas")["persen"]
    assert [shares[str(n)] for n in range(1, 7)] == [0, 4.94, 20.99, 27.16, 34.57, 12.35]


@st.composite
def tables(draw: st.DrawFn) -> tuple[pd.DataFrame, Sizes]:
    """Draw villages of two kabupaten with classes, people and areas, some of them not known."""
    n = draw(st.integers(1, 15))
    kabupaten = draw(st.lists(st.sampled_from(["99.01", "99.02"]), min_size=n, max_size=n))
    codes = [f"{k}.01.20{i:02d}" for i, k in enumerate(kabupaten)]
    names = st.sampled_from(["Utara", "Selatan", "Barat"])
    table = pd.DataFrame(index=pd.Index(codes, name="kode_kemendagri"))
    table["kode_bps"] = [f"{k.replace('.', '')}0100{i:02d}" for i, k in enumerate(kabupaten)]
    table["kecamatan"] = draw(st.lists(names, min_size=n, max_size=n))
    one = st.one_of(st.none(), st.integers(1, 6))
    for measure in MEASURES:
        classes = draw(st.lists(one, min_size=n, max_size=n))
        table[f"{measure.id}_kelas"] = pd.array(classes, dtype="Int8")
    people = st.one_of(st.none(), st.integers(0, 50_000))
    hundredths = st.integers(0, 10**7).map(lambda units: units / 100)
    table["penduduk"] = pd.array(draw(st.lists(people, min_size=n, max_size=n)), dtype="Float64")
    table["luas_ha"] = pd.array(draw(st.lists(hundredths, min_size=n, max_size=n)), "Float64")
    return table, summary.sizes(table, None)


@given(tables())
def test_kecamatan_add_up_to_their_kabupaten_in_every_measure(
    given_: tuple[pd.DataFrame, Sizes],
) -> None:
    found = summary.tally(given_[0], MEASURES, given_[1], METHOD)
    keys = ["kabupaten", "ukuran", "kelas"]
    wholes = found[found["kecamatan"] == WHOLE].set_index(keys).sort_index()
    parts = found[found["kecamatan"] != WHOLE].groupby(keys)
    assert parts["jumlah"].sum().to_dict() == wholes["jumlah"].to_dict()
    areas = parts["luas_ha"].sum()
    assert np.allclose((areas - wholes["luas_ha"]).to_numpy(dtype=float), 0, atol=1e-6)
    if found["penduduk"].notna().any():
        known = ~parts["penduduk"].apply(lambda one: one.isna().any())
        assert (wholes["penduduk"].notna() == known).all()
        assert (parts["penduduk"].sum()[known] == wholes["penduduk"][known]).all()


@pytest.mark.slow
@given(tables())
def test_labels_add_up_to_all_villages_of_the_place(given_: tuple[pd.DataFrame, Sizes]) -> None:
    table = given_[0]
    found = summary.tally(table, MEASURES, given_[1], METHOD)
    wide = found.pivot(index=["kabupaten", "kecamatan", "ukuran"], columns="kelas")["jumlah"]
    assert (wide[["1", "2", "3"]].sum(axis=1) == wide[VULNERABLE]).all()
    assert (wide[["4", "5", "6"]].sum(axis=1) == wide[SECURE]).all()
    assert (wide[[VULNERABLE, SECURE, NO_DATA]].sum(axis=1) == wide[ALL]).all()
    places = table.groupby([table.index.str[:5], "kecamatan"]).size()
    for (kabupaten, kecamatan), size in places.items():
        assert set(wide.loc[(kabupaten, kecamatan), ALL]) == {size}


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_share_is_rounded_half_up_and_never_to_none_or_all(part: int, whole: int) -> None:
    part = min(part, whole)
    found = float(summary.shares(np.array(part), np.array(whole)))
    exact = Decimal(100 * part) / whole
    if 0 < part < whole:
        near = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert found == float(min(max(near, Decimal("0.01")), Decimal("99.99")))
    else:
        assert found == (100 if part else 0)


def test_a_share_of_nothing_is_not_known() -> None:
    assert np.isnan(summary.shares(np.array(0), np.array(0)))


def test_villages_without_a_class_are_counted_apart_and_in_no_share() -> None:
    table = belu().copy()
    table.loc[table["kecamatan"] == "Raihat", "komposit_kelas"] = pd.NA
    counts = summary.tally(table, MEASURES, unknown(table), METHOD).query("ukuran == 'komposit'")
    whole = counts[counts["kecamatan"] == WHOLE].set_index("kelas")
    assert whole.loc[NO_DATA, "jumlah"] == 6
    assert pd.isna(whole.loc[NO_DATA, "persen"])
    assert whole.loc[VULNERABLE, "persen"] == 28.0  # 21 of 75
    raihat = counts[counts["kecamatan"] == "Raihat"].set_index("kelas")
    assert raihat["persen"].isna().all()


def small_table() -> pd.DataFrame:
    villages = small.table().rename_axis("kode_bps").reset_index().set_axis(list(small.CODES))
    return joined_table.tabulate(villages, None, (), METHOD)


def test_area_is_the_tables_or_that_of_the_polygons_or_unknown() -> None:
    layer = small.layer()
    polygons = summary.sizes(small_table(), layer.geometry.area)
    assert polygons.area_origin == "poligon"
    assert polygons.area_ha[small.CODES[0]] == 900.0
    given_ = small_table().assign(luas_ha=[float(n) for n in range(12)])
    stated = summary.sizes(given_, layer.geometry.area)
    assert (stated.area_origin, stated.area_ha.iloc[3]) == ("tabel", 3)
    schematic = summary.sizes(small_table(), None)
    assert schematic.area_origin == "tidak_ada"
    assert schematic.area_ha.isna().all()


def test_a_place_with_one_unknown_population_has_an_unknown_one() -> None:
    table = small_table()
    table["penduduk"] = pd.array([100] * 11 + [None], dtype="Float64")
    found = summary.tally(table, MEASURES, summary.sizes(table, None), METHOD)
    everybody = rows(found, "komposit", ALL).set_index("kecamatan")["penduduk"]
    assert everybody["Utara"] == 600
    assert pd.isna(everybody["Selatan"])
    assert pd.isna(everybody[WHOLE])


def test_population_that_nobody_gave_is_not_zero_even_where_no_village_is() -> None:
    assert of_belu()["penduduk"].isna().all()
    assert of_belu()["luas_ha"].isna().all()


def test_means_are_of_the_villages_whose_score_is_known() -> None:
    found = summary.means(belu(), METHOD).set_index("ukuran")
    water = next(i for i in METHOD.indicators if i.id == "air_bersih")
    own = belu()[belu()["komposit_kelas"] <= 3]
    scores = composite.standard_score(own["air_bersih"], water).dropna()
    assert found.loc["air_bersih", "desa_rentan"] == len(scores) == 14
    assert found.loc["air_bersih", "rerata_rentan"] == pytest.approx(sum(scores) / len(scores))
    assert found.loc["komposit", ["desa_rentan", "desa_tahan"]].tolist() == [21, 58]
    assert found.loc["komposit", "rerata_rentan"] < found.loc["komposit", "rerata_tahan"]


def test_a_mean_of_no_village_is_not_known() -> None:
    table = belu()[belu()["komposit_kelas"] > 3]
    found = summary.means(table, METHOD)
    assert found["rerata_rentan"].isna().all()
    assert (found["desa_rentan"] == 0).all()


@pytest.mark.shared
def test_people_and_area_of_a_real_kota_per_class(shared_dir: Path) -> None:
    file = shared_dir / "cases" / "kota-cilegon-2024.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        real = list(csv.DictReader(stream))
    table = pd.DataFrame(index=pd.Index([f"36.72.01.{1000 + n}" for n in range(len(real))]))
    for name in ("kode_bps", "kecamatan"):
        table[name] = [row[name] for row in real]
    table["komposit_kelas"] = pd.array([int(row["p_komposit"]) for row in real], dtype="Int8")
    for name in ("penduduk", "luas_ha"):
        table[name] = pd.array([float(row[name]) for row in real], dtype="Float64")
    found = summary.tally(table, [METHOD.composite], summary.sizes(table, None), METHOD)
    whole = found[found["kecamatan"] == WHOLE].set_index("kelas")
    for number in "123456":
        own = [row for row in real if row["p_komposit"] == number]
        assert whole.loc[number, "jumlah"] == len(own)
        assert whole.loc[number, "penduduk"] == sum(int(row["penduduk"]) for row in own)
        area = sum(round(float(row["luas_ha"]), 2) for row in own)
        assert whole.loc[number, "luas_ha"] == pytest.approx(area, abs=1e-6)
