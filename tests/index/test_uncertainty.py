"""Intervals of the values and probabilities of the classes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions.assumptions import Assumptions
from fsva.config.methods import method
from fsva.core.errors import EditionError, Place, TableError
from fsva.index.sureness.error_intervals import Ranges
from fsva.index.sureness.uncertainty import Certainty, Sampling
from tests.places import examples, small
from tests.places.framed import edition_tables
from tests.places.frames import joined_table, ranges, uncertainty
from tests.project.test_imports import loaded_by

METHOD = small.shipped_method()
IDS = [i.id for i in METHOD.indicators]
NO_ERROR = Assumptions.model_validate({"pembulatan": False})
ROUNDING = Assumptions.model_validate({})


def villages(**columns: list[float | None]) -> pd.DataFrame:
    """Return the small kabupaten's table with some columns replaced."""
    frame = small.table().reset_index()
    frame.index = pd.Index(small.CODES, name="kode_kemendagri")
    for name, values in columns.items():
        frame[name] = pd.array(values, dtype="Float64")
    return frame


def tabulated(**columns: list[float | None]) -> pd.DataFrame:
    return joined_table.tabulate(villages(**columns), None, (), METHOD)


def judge(table: pd.DataFrame, assumed: Assumptions, draws: int = 2000, seed: int = 1) -> Certainty:
    spread = ranges.ranges(table, METHOD, assumed, None)
    return uncertainty.simulate(table, spread, METHOD, Sampling(draws, seed))


def shown(sure: Certainty, table: pd.DataFrame, name: str) -> pd.Series[float]:
    measure = next(m for m in METHOD.measures() if m.id == name)
    return sure.of_class(table[f"{name}_kelas"], measure)


def relative(share: float) -> Assumptions:
    errors = {name: {"nisbi": share} for name in IDS if name != "akses"}
    return Assumptions.model_validate({"galat": errors})


@given(st.lists(st.integers(0, 4000), min_size=12, max_size=12))
@examples.one_in(2)
def test_without_error_every_class_is_sure(units: list[int]) -> None:
    table = tabulated(lahan=[u / 10_000 for u in units], sarana=[u / 40_000 for u in units])
    sure = judge(table, NO_ERROR, draws=100)
    for measure in METHOD.measures():
        assert (shown(sure, table, measure.id) == 1).all()
    assert sure.hangs_on.isna().all()
    assert (sure.ranks["peringkat_5"] == table["peringkat"]).all()
    assert (sure.ranks["peringkat_95"] == table["peringkat"]).all()


def test_without_error_the_eleven_indicators_are_sure_too() -> None:
    """Ranges that include their lower end, and bounds that clip."""
    national = method.load(small.ROOT / "styles" / "metode" / "fsva-2025-11.toml")
    generator = np.random.Generator(np.random.PCG64(1))
    frame = villages()
    for indicator in national.indicators:
        low, high = (float(bound) for bound in indicator.bounds)
        cut_offs = [float(c) for c in indicator.cut_offs or ()]
        drawn = np.round(generator.uniform(low, high, 12 - len(cut_offs)), indicator.digits)
        frame[indicator.id] = pd.array([*cut_offs, *drawn], dtype="Float64")
    table = joined_table.tabulate(frame, None, (), national)
    spread = ranges.ranges(table, national, NO_ERROR, None)
    sure = uncertainty.simulate(table, spread, national, Sampling(100, 1))
    for measure in national.measures():
        assert (sure.of_class(table[f"{measure.id}_kelas"], measure) == 1).all()


def test_a_value_that_was_computed_and_not_rounded_is_sure_too() -> None:
    table = tabulated(lahan=[0.009349 + n / 7 for n in range(12)])
    assert (shown(judge(table, NO_ERROR, draws=100), table, "lahan") == 1).all()
    assert (shown(judge(table, NO_ERROR, draws=100), table, "komposit") == 1).all()


@given(st.floats(0, 0.5), st.integers(0, 5))
@examples.one_in(3)
def test_probabilities_are_shares_of_one(share: float, seed: int) -> None:
    sure = judge(tabulated(), relative(share), draws=200, seed=seed)
    for found in sure.probabilities.values():
        assert found.to_numpy() == pytest.approx(np.clip(found.to_numpy(), 0, 1))
        assert found.sum(axis=1).to_numpy() == pytest.approx(np.ones(12))


def test_a_value_on_a_cut_off_is_a_toss_up_and_one_beside_it_is_not() -> None:
    # Rounding lets 0.0172 lie on either side of the cut-off 0.0172; 0.0173 begins at 0.01725.
    table = tabulated(sarana=[0.0172, 0.0173, 0.0171, *[0.05] * 9])
    sure = judge(table, ROUNDING, draws=20_000)
    on, above, below = shown(sure, table, "sarana")[:3]
    assert on == pytest.approx(0.5, abs=0.02)
    assert (above, below) == (1, 1)
    other = sure.other_class(table["sarana_kelas"], METHOD.indicators[1])
    assert other["kelas"].iloc[0] == 3
    assert other["kelas"].iloc[1:].isna().all()


def test_the_probability_is_the_part_of_the_interval_within_the_class() -> None:
    # 0.10 to 0.30 of lahan with the cut-offs 0.1766 and 0.2651: 38.3, 44.25 and 17.45 per cent.
    table = tabulated(lahan=[0.2] * 12)
    assumed = Assumptions.model_validate({"pembulatan": False, "galat": {"lahan": {"mutlak": 0.1}}})
    found = judge(table, assumed, draws=20_000).probabilities["lahan"].mean()
    assert list(found) == pytest.approx([0, 0, 0.383, 0.4425, 0.1745, 0], abs=0.005)


def test_a_category_may_be_another_one_if_an_error_is_stated() -> None:
    table = tabulated(akses=[1.0, 2.0, 4.0] * 4)
    assumed = Assumptions.model_validate({"galat": {"akses": {"mutlak": 1}}})
    found = judge(table, assumed, draws=20_000).probabilities["akses"]
    assert list(found.iloc[0]) == pytest.approx([0, 0, 1 / 2, 1 / 2, 0, 0], abs=0.02)
    assert list(found.iloc[1]) == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3, 0, 0], abs=0.02)
    assert list(found.iloc[2]) == pytest.approx([1 / 2, 1 / 2, 0, 0, 0, 0], abs=0.02)


def test_the_order_of_the_villages_changes_nothing() -> None:
    table = tabulated()
    straight, turned = judge(table, relative(0.2)), judge(table.iloc[::-1], relative(0.2))
    for name, found in straight.probabilities.items():
        pd.testing.assert_frame_equal(found, turned.probabilities[name].iloc[::-1])
    pd.testing.assert_frame_equal(straight.ranks, turned.ranks.iloc[::-1])
    pd.testing.assert_series_equal(straight.hangs_on, turned.hangs_on.iloc[::-1])


def test_the_seed_decides_and_portions_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tabulated()
    one, other = (judge(table, relative(0.2), seed=seed) for seed in (1, 2))
    assert not one.probabilities["komposit"].equals(other.probabilities["komposit"])
    monkeypatch.setattr("fsva.index.sureness.uncertainty._CELLS_AT_ONCE", 500)
    again = judge(table, relative(0.2), seed=1)
    for name, found in one.probabilities.items():
        pd.testing.assert_frame_equal(found, again.probabilities[name])
    pd.testing.assert_frame_equal(one.ranks, again.ranks)


def test_ranks_left_out_leave_the_probabilities_as_they_are() -> None:
    table = tabulated()
    spread = ranges.ranges(table, METHOD, relative(0.2), None)
    full, short = (
        uncertainty.simulate(table, spread, METHOD, Sampling(1000, 1, ranks=wanted))
        for wanted in (True, False)
    )
    for name, found in full.probabilities.items():
        pd.testing.assert_frame_equal(found, short.probabilities[name])
    pd.testing.assert_series_equal(full.hangs_on, short.hangs_on)
    assert short.ranks.isna().all(axis=None)


def test_more_error_makes_classes_less_sure_on_average() -> None:
    table = tabulated()
    means = [shown(judge(table, relative(s), 5000), table, "komposit").mean()
             for s in (0, 0.05, 0.2, 0.5)]  # fmt: skip
    # Three standard errors of a mean over 12 villages and 5000 draws.
    assert all(after <= before + 0.007 for before, after in pairwise(means))
    assert means[-1] < means[0]


def test_a_composite_hangs_on_the_indicator_whose_error_moves_it() -> None:
    table = tabulated()
    only = Assumptions.model_validate({"galat": {"nakes": {"mutlak": 30}}})
    hangs = judge(table, only).hangs_on
    assert set(hangs.dropna()) == {"nakes"}
    sure = shown(judge(table, only), table, "komposit")
    assert set(sure[hangs.notna()] < 1) == {True}


def test_ranks_share_the_better_place_and_start_with_the_highest() -> None:
    found = uncertainty.rank_rows(np.array([[50, 70, 50, 10], [1, 2, 3, 4]]))
    assert found.tolist() == [[2, 1, 2, 4], [4, 3, 2, 1]]


def origins(**cells: tuple[str, float, float]) -> pd.DataFrame:
    """Return a record of origins of the first village."""
    frame = pd.DataFrame(index=pd.Index(small.BPS_CODES, name="kode_bps"))
    for name in IDS:
        kind, low, high = cells.get(name, ("cetak", None, None))
        first = [kind, *["cetak"] * 11]
        frame[f"{name}_asal"] = pd.array(first, dtype="str")
        frame[f"{name}_bawah"] = pd.array([low, *[None] * 11], dtype="Float64")
        frame[f"{name}_atas"] = pd.array([high, *[None] * 11], dtype="Float64")
    return frame


def spread_of(table: pd.DataFrame, record: pd.DataFrame) -> Ranges:
    return ranges.ranges(table, METHOD, ROUNDING, record)


def test_bounds_of_recovered_cells_are_their_error() -> None:
    table = tabulated(lahan=[0.2] * 12)
    spread = spread_of(table, origins(lahan=("pulih", 0.15, 0.2), nakes=("cetak", 0, 50)))
    assert spread.low["lahan"].iloc[0] == pytest.approx(0.15)
    assert spread.high["lahan"].iloc[0] == pytest.approx(0.20005)
    assert spread.reasons.iloc[0][["lahan", "nakes", "akses"]].tolist() == [
        "asal", "pembulatan", "tetap",
    ]  # fmt: skip
    assert spread.high["lahan"].iloc[1] - spread.low["lahan"].iloc[1] == pytest.approx(0.0001)


def test_a_lost_value_has_probabilities_from_its_bounds_and_stays_lost() -> None:
    table = tabulated(lahan=[None, *[0.2] * 11])
    spread = spread_of(table, origins(lahan=("kosong", 0.0373, 0.2651)))
    sure = uncertainty.simulate(table, spread, METHOD, Sampling(5000, 1))
    found = sure.probabilities["lahan"].iloc[0]
    share = (0.1766 - 0.0373) / (0.2651 - 0.0373)
    assert list(found) == pytest.approx([0, 0, share, 1 - share, 0, 0], abs=0.03)
    assert sure.probabilities["komposit"].iloc[0].sum() == pytest.approx(1)
    assert table["lahan"].isna().iloc[0]
    assert pd.isna(shown(sure, table, "lahan").iloc[0])  # no class is shown
    assert spread.reasons["lahan"].iloc[0] == "kosong"


def test_a_lost_value_without_bounds_leaves_its_village_without_probability() -> None:
    table = tabulated(lahan=[None, *[0.2] * 11])
    sure = judge(table, ROUNDING)
    for name in ("lahan", "komposit"):
        assert sure.probabilities[name].iloc[0].isna().all()
        assert sure.probabilities[name].iloc[1:].notna().all(axis=None)
    assert sure.ranks.iloc[0].isna().all()
    assert sure.other_class(table["lahan_kelas"], METHOD.indicators[0]).iloc[0].isna().all()


def test_a_published_score_stands_unless_a_measurement_error_is_stated() -> None:
    published = pd.DataFrame({"komposit": pd.array([44.85], dtype="Float64"),
                              "komposit_kelas": pd.array([3], dtype="Int8"),
                              "peringkat": pd.array([None], dtype="Int32")},
                             index=[small.BPS_CODES[0]])  # fmt: skip
    for name in IDS:
        published[f"{name}_kelas"] = pd.array([1], dtype="Int8")
    raw = villages(lahan=[None, *[0.2] * 11])
    table = joined_table.tabulate(raw, published, (), METHOD)
    record = origins(lahan=("kosong", 0.0, 1.0))
    sure = uncertainty.simulate(table, spread_of(table, record), METHOD, Sampling(500, 1))
    assert sure.probabilities["komposit"].iloc[0].tolist() == [0, 0, 1, 0, 0, 0]
    stated = Assumptions.model_validate({"galat": {"sarana": {"mutlak": 0.02}}})
    spread = ranges.ranges(table, METHOD, stated, record)
    moved = uncertainty.simulate(table, spread, METHOD, Sampling(500, 1))
    assert 0 < moved.probabilities["komposit"].iloc[0][2] < 1
    assert moved.hangs_on.iloc[0] == "sarana"


def test_intervals_end_at_the_possible_range_unless_the_value_lies_outside() -> None:
    table = tabulated(lahan=[0.0, 1.0, 1.2436, *[0.2] * 9])
    spread = ranges.ranges(table, METHOD, relative(0.1), None)
    assert spread.low["lahan"].iloc[0] == 0
    assert spread.high["lahan"].iloc[1] == 1
    assert spread.high["lahan"].iloc[2] == pytest.approx(1.2436)


def test_errors_of_unknown_indicators_are_refused() -> None:
    wrong = Assumptions.model_validate({"galat": {"lahann": {"nisbi": 0.1}}})
    with pytest.raises(EditionError, match="keyakinan_indikator") as caught:
        wrong.check(IDS, Place(Path("a.toml")))
    assert caught.value.places[0].found == "lahann"


HEAD = "kode_bps;indikator;asal;batas_bawah;batas_atas\n"


@pytest.mark.parametrize(
    ("rows", "key", "row"),
    [
        ("9901010001;lahann;cetak;;\n", "asal_indikator", 2),
        ("9901010001;lahan;cetak;;\n9901010001;lahan;pulih;;\n", "asal_ganda", 2),
        ("9901010001;lahan;cetak;0,x;\n", "bukan_angka", 2),
    ],
)
def test_a_broken_record_of_origins_is_refused(
    tmp_path: Path, rows: str, key: str, row: int
) -> None:
    file = tmp_path / "asal.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(TableError, match=key) as caught:
        edition_tables.read_origins(file, METHOD)
    assert caught.value.places[0].row == row


def test_the_record_of_belu_has_bounds_for_lost_cells() -> None:
    record = edition_tables.read_origins(small.BELU / "asal.csv", METHOD)
    counts = [(record[f"{name}_asal"] == "kosong").sum() for name in IDS]
    assert counts == [0, 2, 25, 0, 28, 4]
    for name in IDS:
        lost = record[f"{name}_asal"] == "kosong"
        assert record.loc[lost, [f"{name}_bawah", f"{name}_atas"]].notna().all(axis=None)


def test_the_computation_imports_nothing_that_draws_or_opens_files() -> None:
    modules = (
        "fsva.index.cut_off_distances",
        "fsva.index.sureness.uncertainty",
        "fsva.index.sureness.error_intervals",
        "fsva.index.sureness.sensitivity",
        "fsva.index.classes",
        "fsva.index.composite",
        "fsva.index.joined_table",
        "fsva.index.summary",
    )
    loaded = loaded_by(f"import {', '.join(modules)}")
    assert loaded >= {"numpy", *modules}
    forbidden = {"matplotlib", "PIL", "pikepdf", "pypdfium2", "uharfbuzz", "pyogrio", "fiona",
                 "geopandas", "shapely", "SALib", "scipy", "requests", "click"}  # fmt: skip
    assert loaded & forbidden == set()
    own = ("fsva.files", "fsva.drawing", "fsva.sources", "fsva.core.publishing.publish")
    # The modules of plain columns are the readers' own and open nothing.
    columns = {
        *("fsva.sources", "fsva.sources.tables", "fsva.sources.tables.read_tables"),
        *("fsva.sources.plain", "fsva.sources.plain.arrays", "fsva.sources.plain.plain_table"),
    }
    assert [name for name in loaded if name.startswith(own) and name not in columns] == []
