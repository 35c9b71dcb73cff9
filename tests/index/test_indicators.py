"""Indicators from raw counts: the arithmetic, what is missing, agreed values, impossible ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fsva.config.methods.formula import ColumnName, Constant, Formula, Operation, Part, Scaled, Sign
from fsva.core.errors import TableError
from fsva.core.units import NUMBER
from fsva.index import indicators
from tests.places import sebelas, small
from tests.places.framed import read_tables, value_run

METHOD = small.shipped_method()
FILE = Path("mentah.csv")
A, B = ColumnName("a"), ColumnName("b")
TABLE = pd.DataFrame(
    {"a": [6.0, 7.0, None, 8.0], "b": [3.0, 2.0, 5.0, 0.0]}, index=list("wxyz"), dtype="Float64"
)


def evaluated(root: Part, table: pd.DataFrame = TABLE) -> list[object]:
    columns = {name: read_tables.floats(table[name]) for name in table}
    found = indicators.evaluate(Formula("", root, NUMBER, ("a", "b")), columns, len(table))
    return [pd.NA if np.isnan(value) else value for value in found.tolist()]


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("+", [9.0, 9.0, pd.NA, 8.0]),
        ("-", [3.0, 5.0, pd.NA, 8.0]),
        ("*", [18.0, 14.0, pd.NA, 0.0]),
        ("/", [2.0, 3.5, pd.NA, pd.NA]),
    ],
)
def test_signs_are_those_of_arithmetic_and_what_is_missing_stays_so(
    sign: Sign, expected: list[object]
) -> None:
    assert evaluated(Operation(sign, A, B)) == expected


def test_a_factor_and_a_constant_count_for_every_row() -> None:
    assert evaluated(Scaled(0.01, A)) == [0.06, 0.07, pd.NA, 0.08]
    assert evaluated(Operation("+", Constant(1.5), B)) == [4.5, 3.5, 6.5, 1.5]


@pytest.mark.parametrize(
    "root",
    [
        Scaled(1e300, A),
        *(Operation(sign, Operation("*", A, A), Operation("*", B, B)) for sign in ("+", "*", "/")),
        Operation("-", Operation("*", B, B), Operation("*", A, A)),
    ],
)
def test_a_number_beyond_all_bounds_is_missing_and_no_warning(root: Part) -> None:
    table = pd.DataFrame({"a": [1e200], "b": [1e-200]}, dtype="Float64")
    assert evaluated(root, table) == [pd.NA]


def counts() -> pd.DataFrame:
    """Return raw counts of three villages, the columns of the formulas' own method."""
    row = {
        "luas_sawah": 12.5, "luas_ladang": 30.0, "luas_pekarangan": 7.5, "luas_ha": 400.0,
        "jumlah_sarana": 9.0, "rumah_tangga": 350.0, "penduduk_desil_1": 120.0,
        "penduduk": 1400.0, "akses_kategori": 2.0, "rt_tanpa_air": 70.0, "tenaga_kesehatan": 4.0,
    }  # fmt: skip
    frame = pd.DataFrame([row] * 3, index=list(small.BPS_CODES[:3]), dtype="Float64")
    return frame.assign(desa=small.NAMES[:3], baris=[2, 3, 4])


def of_villages(
    raw: pd.DataFrame, accepted: frozenset[tuple[str, str]] | None = frozenset()
) -> pd.DataFrame:
    return value_run.with_indicators(raw, METHOD, accepted, FILE)


def test_a_column_named_like_an_indicator_is_taken_as_its_value() -> None:
    raw = counts().assign(lahan=pd.array([0.1, 0.2, None], dtype="Float64"))
    found = of_villages(raw)
    assert found["lahan"].tolist() == [0.1, 0.2, pd.NA]
    assert found.columns.tolist().count("lahan") == 1
    assert found["sarana"].tolist() == [0.0257] * 3


def test_an_agreed_value_wins_and_what_was_computed_is_kept_as_text() -> None:
    raw = counts()
    raw.loc[raw.index[2], "luas_ha"] = pd.NA
    raw["kesepakatan_lahan"] = pd.array([0.3, None, 0.4], dtype="Float64")
    found = of_villages(raw)
    assert found["lahan"].tolist() == [0.3, 0.125, 0.4]
    assert found["terukur_lahan"].tolist() == ["0.125", pd.NA, ""]
    assert found["kesepakatan_lahan"].tolist() == [0.3, pd.NA, 0.4]
    assert "terukur_sarana" not in found


def refused(raw: pd.DataFrame, accepted: frozenset[tuple[str, str]] = frozenset()) -> TableError:
    with pytest.raises(TableError) as caught:
        of_villages(raw, accepted)
    return caught.value


def test_every_impossible_value_is_named_with_its_formula_and_the_possible_range() -> None:
    raw = counts()
    raw.loc[raw.index[[0, 2]], "luas_ha"] = [40.0, 20.0]
    error = refused(raw)
    assert error.key == "nilai_di_luar_rentang"
    assert error.facts == {"dari": "0", "sampai": "1"}
    column = f"lahan = {small.indicator('lahan').calculation}"
    assert [(p.file, p.row, p.column, p.village, p.found) for p in error.places] == [
        (FILE, 2, column, f"Satu ({raw.index[0]})", "1.25"),
        (FILE, 4, column, f"Tiga ({raw.index[2]})", "2.5"),
    ]
    assert [one.keys for one in error.decisions] == [
        (("kode_bps", raw.index[n]), ("desa", name), ("indikator", "lahan"))
        for n, name in ((0, "Satu"), (2, "Tiga"))
    ]


def test_a_value_is_accepted_for_its_village_and_indicator_only() -> None:
    raw = counts()
    raw.loc[raw.index[[0, 2]], "luas_ha"] = [40.0, 20.0]
    first, last = raw.index[0], raw.index[2]
    assert [p.row for p in refused(raw, frozenset({(first, "lahan")})).places] == [4]
    assert len(refused(raw, frozenset({(first, "sarana"), (last, "sarana")})).places) == 2
    both = frozenset({(first, "lahan"), (last, "lahan")})
    assert of_villages(raw, both)["lahan"].tolist() == [1.25, 0.125, 2.5]
    assert of_villages(raw, None)["lahan"].tolist() == [1.25, 0.125, 2.5]


def test_the_ends_of_the_possible_range_are_possible() -> None:
    raw = counts()
    raw.loc[raw.index[0], "luas_ha"] = 50.0
    raw.loc[raw.index[1], ["luas_sawah", "luas_ladang", "luas_pekarangan"]] = 0.0
    assert of_villages(raw)["lahan"].tolist() == [1.0, 0.0, 0.125]


def test_an_unknown_category_is_named_with_those_there_are() -> None:
    raw = counts()
    raw.loc[raw.index[:2], "akses_kategori"] = [1.5, pd.NA]
    error = refused(raw)
    assert error.key == "nilai_bukan_kategori"
    assert error.facts == {"ada": "1, 2, 3, 4"}
    assert [(p.row, p.village, p.found) for p in error.places] == [
        (2, f"Satu ({raw.index[0]})", "1.5")
    ]


def test_a_number_near_a_category_is_read_as_it_and_kept_as_it_was_written() -> None:
    raw = counts().assign(akses_kategori=pd.array([2.0004, None, 3], dtype="Float64"))
    found = of_villages(raw)
    assert found["akses"].tolist() == [2.0, pd.NA, 3.0]
    assert found["tertulis_akses"].tolist() == ["2.0004", pd.NA, pd.NA]
    exact = raw.assign(akses_kategori=pd.array([2, None, 3], dtype="Float64"))
    assert "tertulis_akses" not in of_villages(exact)


@pytest.mark.parametrize(
    ("needed", "available", "produced", "value"),
    [
        (10.0, 8.0, 5.0, 1.25),
        (10.0, 8.0, 0.0, 1.25),  # a ratio that there is counts, whatever was produced
        (10.0, 0.0, 0.0, 0.0),  # nothing to divide by, and nothing produced: printed 0
        (10.0, 0.0, 5.0, pd.NA),
        (10.0, 0.0, 1.0, pd.NA),
        (10.0, 0.0, None, pd.NA),
        (10.0, None, 0.0, 0.0),
        (None, 8.0, 5.0, pd.NA),
        (0.004, 1.0, 5.0, 0.01),  # an amount is never rounded to "no production"
        (0.005, 1.0, 5.0, 0.01),
        (0.014, 1.0, 5.0, 0.01),
        (0.0, 8.0, 5.0, 0.0),
        (8.0, 8.0, 5.0, 1.0),
    ],
)
def test_zero_of_the_eleven_indicators_says_no_production_and_nothing_else(
    needed: float | None, available: float | None, produced: float | None, value: object
) -> None:
    own = {"konsumsi_normatif": needed, "ketersediaan_pokok": available, "produksi_pokok": produced}
    others = {i.id: None for i in sebelas.RULES.indicators if i.id != "ncpr"}
    row = {k: np.array([np.nan if v is None else v]) for k, v in (own | others).items()}
    (found,) = indicators.compute(row, sebelas.RULES)["ncpr"].tolist()
    assert np.isnan(found) if value is pd.NA else found == value


def test_categories_are_not_rounded_and_other_values_to_their_digits() -> None:
    raw = counts().assign(akses_kategori=pd.array([1.5, 2, 2], dtype="Float64"))
    found = indicators.compute(
        read_tables.village_numbers(raw.assign(kecamatan="")).numbers, METHOD
    )
    assert found["akses"].tolist() == [1.5, 2.0, 2.0]
    assert found["tidak_sejahtera"].tolist() == [0.0857] * 3  # 120 / 1400 = 0.085714...
    assert list(found) == [i.id for i in METHOD.indicators]
