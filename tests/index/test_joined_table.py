"""The one table of an edition, and that Belu 2021 is right to the digit."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions import edition
from fsva.config.editions.edition import Edition
from fsva.config.editions.sections import Override
from fsva.core.columns import KEYS
from fsva.sources.cells import table_text
from tests.places import small
from tests.places.framed import crs, edition_tables, join, repair
from tests.places.frames import composite, joined_table

METHOD = small.shipped_method()
INDICATORS = [i.id for i in METHOD.indicators]
# Tabel 2.1, 2.8, 3.2, 4.1, 4.2, 5.1 of the report; akses as its text.
COUNTS = {
    "lahan": (12, 12, 17, 16, 12, 12),
    "sarana": (1, 4, 22, 21, 25, 8),
    "tidak_sejahtera": (1, 0, 1, 6, 33, 40),
    "akses": (1, 0, 6, 74, 0, 0),
    "air_bersih": (13, 11, 16, 17, 13, 11),
    "nakes": (27, 13, 11, 16, 13, 1),
    "komposit": (0, 4, 17, 22, 28, 10),
}


def belu_edition() -> Edition:
    return edition.load(small.BELU)


def published() -> pd.DataFrame:
    return edition_tables.read_published(table_text.open_file(small.BELU / "terbit.csv"), METHOD)


@cache
def belu(layer_file: Path | None = None) -> pd.DataFrame:
    """Return the table of Belu 2021, its villages joined to a layer."""
    belu = belu_edition()
    settings = belu.settings
    accepted = frozenset((a.code, a.indicator) for a in settings.acceptances)
    names = join.JoinedFiles(
        belu.path(settings.data.indicators),
        belu.path(settings.data.crosswalk),
        layer_file or belu.path(settings.boundary.layer),
    )
    own = small.villages_of(names.layer, settings.district.code)
    mended, _ = repair.repair(crs.project(own, names.layer))
    values = edition_tables.read_indicators(table_text.open_file(names.table), METHOD, accepted)
    joined = join.join(values, edition_tables.read_crosswalk(names.crosswalk), mended, names)
    return joined_table.tabulate(joined.villages, published(), settings.overrides, METHOD)


def by_bps() -> pd.DataFrame:
    return belu().set_index("kode_bps")


def of_village(name: str) -> pd.Series:
    rows = belu()[belu()["desa"] == name]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize("measure", list(METHOD.measures()), ids=lambda m: m.id)
def test_class_counts_are_those_of_the_report(measure: joined_table.Measure) -> None:
    counts = joined_table.count_classes(belu(), measure, 6)
    assert tuple(counts.values()) == (0, *COUNTS[measure.id])


@pytest.mark.parametrize("name", [*INDICATORS, "komposit"])
def test_every_class_is_the_published_one(name: str) -> None:
    column = f"{name}_kelas"
    pd.testing.assert_series_equal(by_bps()[column].sort_index(), published()[column].sort_index())


@pytest.mark.shared
def test_every_class_is_the_resolved_one_of_the_reference(shared_dir: Path) -> None:
    file = shared_dir / "reference" / "belu-2021" / "published_classes.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = by_bps()
    expected = {(r["kode_desa"], r["indikator"]): int(r["kelas_terselesaikan"]) for r in rows}
    assert len(expected) >= 81 * 6
    found = {key: int(table.loc[key[0], f"{key[1]}_kelas"]) for key in expected}
    assert found == expected


def reference_score(text: str) -> tuple[float, float]:
    """Return the bounds of a resolved score: ``47.82``, ``antara 64.78 dan 65.11`` or lost."""
    numbers = [float(word) for word in text.split() if word[0].isdigit()]
    return (min(numbers), max(numbers)) if numbers else (0, 100)


@pytest.mark.shared
def test_complete_villages_have_the_reference_score_within_a_hundredth(shared_dir: Path) -> None:
    file = shared_dir / "reference" / "belu-2021" / "published_composite.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        expected = {r["kode_desa"]: r["skor_terselesaikan"] for r in csv.DictReader(stream)}
    found = composite.index(by_bps(), METHOD).dropna()
    bounds = {code: reference_score(expected[code]) for code in found.index}
    assert len(found) == 52
    # 24 of the 52 stand behind the end of the printed table: their ranks test them.
    assert sum(low == high for low, high in bounds.values()) == 27
    assert sum(bound == (0, 100) for bound in bounds.values()) == 24
    for code, score in found.items():
        low, high = bounds[str(code)]
        assert low - 0.01 - 1e-9 <= score <= high + 0.01 + 1e-9, code


def test_complete_villages_have_the_printed_score_within_a_hundredth() -> None:
    found = composite.index(by_bps(), METHOD).dropna()
    printed = published()["komposit"].reindex(found.index).dropna()
    assert len(printed) > 20
    assert (found[printed.index] - printed).abs().max() <= 0.01 + 1e-9


def test_the_81_ranks_are_the_published_ones_without_a_tie() -> None:
    ranks = by_bps()["peringkat"].sort_index()
    assert sorted(ranks) == list(range(1, 82))
    pd.testing.assert_series_equal(ranks, published()["peringkat"].sort_index())


@pytest.mark.parametrize(
    ("village", "name", "value", "number"),
    [
        ("Loonuna", "lahan", 0.0093, 1),
        ("Raiulun", "lahan", 0.0373, 2),
        ("Mandeu", "lahan", 0.1766, 3),
        ("Maumutin", "lahan", 0.2651, 4),
    ],
)
def test_ties_go_to_the_more_vulnerable_class(
    village: str, name: str, value: float, number: int
) -> None:
    row = of_village(village)
    assert (row[name], row[f"{name}_kelas"], row[f"{name}_dasar"]) == (value, number, "nilai")


@pytest.mark.parametrize("village", ["Leosama", "Sarabau"])
def test_a_lost_score_leaves_published_rank_and_class(village: str) -> None:
    row = of_village(village)
    print_row = published().loc[row["kode_bps"]]
    assert pd.isna(row["komposit"])
    assert row["komposit_dasar"] == "terbit"
    for column in ("komposit_kelas", "peringkat"):
        assert row[column] == print_row[column]


def test_a_printed_score_stands_in_for_one_that_cannot_be_computed() -> None:
    table = by_bps()
    printed = table[table[INDICATORS].isna().any(axis=1) & table["komposit"].notna()]
    assert len(printed) == 27
    assert set(printed["komposit_dasar"]) == {"terbit"}
    assert printed["komposit"].equals(published()["komposit"].reindex(printed.index))


def test_the_basis_of_every_class_is_told() -> None:
    columns = [f"{name}_dasar" for name in INDICATORS]
    counts = belu()[columns].melt()["value"].value_counts().to_dict()
    assert counts == {"nilai": 81 * 6 - 60, "terbit": 59, "timpa": 1}
    assert belu()["komposit_dasar"].value_counts().to_dict() == {"nilai": 52, "terbit": 29}


def test_the_one_override_is_manumutin() -> None:
    row = of_village("Manumutin")
    assert (row["sarana"], row["sarana_kelas"], row["sarana_dasar"]) == (0.0172, 3, "timpa")


def test_the_columns_have_the_stated_order() -> None:
    groups = [(name, f"{name}_kelas", f"{name}_dasar") for name in (*INDICATORS, "komposit")]
    expected = [*KEYS, *(column for group in groups for column in group), "peringkat"]
    assert list(belu().columns) == expected
    assert belu().index.is_monotonic_increasing


@pytest.mark.shared
def test_an_official_layer_gives_the_same_table(shared_dir: Path) -> None:
    file = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    pd.testing.assert_frame_equal(belu(file), belu())


def small_villages() -> pd.DataFrame:
    return small.table().rename_axis("kode_bps").reset_index().set_axis(list(small.CODES))


@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_value_before_print_before_nothing(lost: set[int], printed: set[int]) -> None:
    villages = small_villages()
    villages.iloc[sorted(lost), villages.columns.get_loc("lahan")] = pd.NA
    columns = [f"{m.id}_kelas" for m in METHOD.measures()]
    report = pd.DataFrame(index=list(small.BPS_CODES), columns=columns).astype("Int8")
    report["lahan_kelas"] = pd.array([6 if n in printed else None for n in range(12)], "Int8")
    report["komposit"] = pd.array([None] * 12, "Float64")
    report["peringkat"] = pd.array([None] * 12, "Int32")
    table = joined_table.tabulate(villages, report, (), METHOD)
    complete = joined_table.tabulate(small_villages(), None, (), METHOD)
    for n in range(12):
        basis, found = table["lahan_dasar"].iloc[n], table["lahan_kelas"].iloc[n]
        if n not in lost:
            assert (basis, found) == ("nilai", complete["lahan_kelas"].iloc[n])
        elif n in printed:
            assert (basis, found) == ("terbit", 6)
        else:
            assert basis == "kosong"
            assert pd.isna(found)
    no_score = table["komposit_dasar"] == "kosong"
    assert no_score.tolist() == [n in lost for n in range(12)]
    assert sum(joined_table.count_classes(table, METHOD.indicators[0], 6).values()) == 12


def test_an_override_changes_one_class_and_nothing_else() -> None:
    reason = {"id": "uji", "en": "test"}
    override = Override(
        code=small.BPS_CODES[4], village="Lima", indicator="nakes", priority=1, reason=reason
    )
    plain = joined_table.tabulate(small_villages(), None, (), METHOD)
    changed = joined_table.tabulate(small_villages(), None, [override], METHOD)
    assert plain["nakes_kelas"].iloc[4] != 1
    difference = plain.compare(changed, keep_equal=False)
    assert difference.index.tolist() == [small.CODES[4]]
    assert set(difference.columns.get_level_values(0)) == {"nakes_kelas", "nakes_dasar"}
    assert changed["nakes_dasar"].iloc[4] == "timpa"
