"""Other weights and scalings, and which assumption matters most."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from fsva.config.editions.assumptions import Assumptions
from fsva.core.errors import UsageError
from fsva.index.sureness.uncertainty import Sampling
from tests.places import small
from tests.places.frames import joined_table, ranges, sensitivity

METHOD = small.shipped_method()
IDS = [i.id for i in METHOD.indicators]
BETTER = {i.id: i.better for i in METHOD.indicators}
SAMPLING = Sampling(2000, 1)


def tabulated(**columns: list[float | None]) -> pd.DataFrame:
    frame = small.table().reset_index()
    frame.index = pd.Index(small.CODES, name="kode_kemendagri")
    for name, values in columns.items():
        frame[name] = pd.array(values, dtype="Float64")
    return joined_table.tabulate(frame, None, (), METHOD)


def ladder() -> dict[str, list[float | None]]:
    """Return values in which every village is better than the one before in everything."""
    steps = {
        "lahan": 0.08, "sarana": 0.009, "tidak_sejahtera": 0.015, "air_bersih": 0.05,
        "nakes": 4.0,
    }  # fmt: skip
    rows: dict[str, list[float | None]] = {
        name: [round(step * (n if BETTER[name] == "tinggi" else 12 - n), 4) for n in range(12)]
        for name, step in steps.items()
    }
    return rows | {"akses": [float(4 - n // 3) for n in range(12)]}


def crossed() -> dict[str, list[float | None]]:
    """Return values in which the better villages of three indicators are worse in three."""
    rows = ladder()
    return rows | {name: rows[name][::-1] for name in ("lahan", "sarana", "nakes")}


def test_a_village_better_in_everything_keeps_its_place_under_all_weights_and_scalings() -> None:
    table = tabulated(**ladder())
    assert table["komposit_kelas"].nunique() > 3
    found = sensitivity.alternatives(table, METHOD, 0.5, SAMPLING)
    assert (found["peluang_bobot"] == 1).all()
    assert (found["kelas_skala_tahun"] == table["komposit_kelas"]).all()
    assert (found["kelas_skala_peringkat"] == table["komposit_kelas"]).all()


def test_villages_that_trade_one_virtue_for_another_depend_on_the_weights() -> None:
    table = tabulated(**crossed())
    found = sensitivity.alternatives(table, METHOD, 0.5, SAMPLING)["peluang_bobot"]
    assert found.min() < 0.9
    narrow = sensitivity.alternatives(table, METHOD, 0.01, SAMPLING)["peluang_bobot"]
    assert narrow.mean() > found.mean()


def test_every_class_keeps_its_number_of_villages() -> None:
    values = ladder()
    values["nakes"] = values["nakes"][::-1]
    table = tabulated(**values)
    found = sensitivity.alternatives(table, METHOD, 0.25, SAMPLING)
    usual = sorted(table["komposit_kelas"])
    for scaling in ("tahun", "peringkat"):
        assert sorted(found[f"kelas_skala_{scaling}"]) == usual


def test_villages_with_a_lost_value_are_left_out_and_disturb_no_other() -> None:
    values = ladder()
    values["sarana"] = [None, *values["sarana"][1:]]
    table = tabulated(**values)
    found = sensitivity.alternatives(table, METHOD, 0.25, SAMPLING)
    assert found.iloc[0].isna().all()
    assert (found["peluang_bobot"].iloc[1:] == 1).all()


def test_the_order_of_the_villages_changes_nothing_and_the_seed_decides() -> None:
    table = tabulated(**crossed())
    one = sensitivity.alternatives(table, METHOD, 0.5, SAMPLING)
    turned = sensitivity.alternatives(table.iloc[::-1], METHOD, 0.5, SAMPLING)
    pd.testing.assert_frame_equal(one, turned.iloc[::-1])
    other = sensitivity.alternatives(table, METHOD, 0.5, Sampling(2000, 2))
    assert not one["peluang_bobot"].equals(other["peluang_bobot"])


@pytest.mark.parametrize("spread", [0.1, 0.25, 0.5])
def test_weights_vary_around_those_of_the_method_as_much_as_stated(spread: float) -> None:
    alpha = sensitivity.concentration(np.full(6, 1 / 6), spread)
    drawn = np.random.Generator(np.random.PCG64(1)).dirichlet(alpha, 50_000)
    assert drawn.mean(axis=0) == pytest.approx(np.full(6, 1 / 6), abs=0.002)
    assert drawn.std(axis=0) * 6 == pytest.approx(np.full(6, spread), rel=0.03)


def sobol(table: pd.DataFrame, **errors: dict[str, float]) -> pd.DataFrame:
    pytest.importorskip("SALib")
    assumed = Assumptions.model_validate({"pembulatan": False, "galat": errors})
    spread = ranges.ranges(table, METHOD, assumed, None)
    return sensitivity.sobol(table, spread, METHOD, (0.25, 1)).set_index(["hasil", "faktor"])


def test_sobol_indices_find_the_one_error_that_is_stated() -> None:
    table = tabulated(**crossed())
    quiet, loud = sobol(table), sobol(table, sarana={"mutlak": 0.1})
    shift = "pergeseran_peringkat"
    for name in IDS:
        assert quiet.loc[(shift, f"galat_{name}"), "st"] == 0
    total = loud.loc[shift, "st"]
    assert total["galat_sarana"] > 0.2
    assert [total[f"galat_{name}"] for name in IDS if name != "sarana"] == [0] * 5
    pd.testing.assert_frame_equal(loud, sobol(table, sarana={"mutlak": 0.1}))


def test_an_order_that_nothing_changes_depends_on_nothing() -> None:
    found = sobol(tabulated(**ladder()))
    assert (found[["s1", "st"]] == 0).all(axis=None)


def test_without_salib_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    table = tabulated()
    spread = ranges.ranges(table, METHOD, Assumptions.model_validate({}), None)
    with pytest.raises(UsageError, match="sobol_tak_ada"):
        sensitivity.sobol(table, spread, METHOD, (0.25, 1))


def test_one_complete_village_is_too_few_for_sobol_indices() -> None:
    pytest.importorskip("SALib")
    table = tabulated(lahan=[0.2, *[None] * 11])
    spread = ranges.ranges(table, METHOD, Assumptions.model_validate({}), None)
    with pytest.raises(UsageError, match="sobol_kurang_desa"):
        sensitivity.sobol(table, spread, METHOD, (0.25, 1))
