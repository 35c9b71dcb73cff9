"""Numbers in another unit, numbers that stand for "no data", and indicators without a value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.checks import check_thresholds, rules, scale_rules
from fsva.checks.check_data import Material
from fsva.checks.findings import RuleResult
from fsva.config.methods import method
from tests.checks.test_checks import LIMITS, STYLES, material, raw_table
from tests.places import small
from tests.places.framed import read_tables

ELEVEN = method.load_open(STYLES / "metode" / "fsva-2025-11.toml")
SHARES = {
    "energi": (72, 3.1), "protein_hewani": (61, 4.3), "miskin": (6, 2.3), "cv_harga": (5, 0.6),
    "pou": (4, 2.1), "air_bersih": (12, 5.7), "pph": (66, 2.3), "stunting": (9, 2.9),
}  # fmt: skip


def eleven(changes: dict[str, list[float]] | None = None) -> Material:
    """Return ready percentages that lie on both sides of the national cut-offs."""
    table = raw_table()[["kecamatan", "desa", "baris"]]
    for name, (first, step) in SHARES.items():
        numbers = (changes or {}).get(name) or [first + step * n + 0.1 for n in range(12)]
        table[name] = pd.array(numbers, dtype="Float64")
    return Material("indikator.csv", read_tables.village_numbers(table), ELEVEN, LIMITS)


def column(name: str) -> list[float]:
    return eleven().values(name).tolist()


def told(result: RuleResult) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.key.rpartition(".")[2], f.village, f.columns) for f in result.findings]


def test_plausible_shares_are_in_their_unit() -> None:
    assert told(scale_rules.other_unit(eleven())) == []


@pytest.mark.parametrize("name", SHARES)
def test_a_column_of_fractions_is_no_column_of_percentages(name: str) -> None:
    """Silent before: all values lay within their range."""
    scaled = eleven({name: [value / 100 for value in column(name)]})
    (found,) = scale_rules.other_unit(scaled).findings
    assert (found.key, found.columns, found.row) == ("periksa.satuan.satuan_kolom", (name,), None)
    assert found.facts["seharusnya"] == pytest.approx(np.median(column(name)))


@pytest.mark.parametrize("name", ["miskin", "stunting", "pou"])
def test_a_column_of_whole_numbers_may_be_counts(name: str) -> None:
    counts = eleven({name: [float(3 * n + 2) for n in range(12)]})
    assert told(scale_rules.other_unit(counts)) == [("satuan_bulat", "", (name,))]


@pytest.mark.parametrize(
    ("name", "villages", "times"),
    [("miskin", [4], 0.01), ("stunting", [2, 7], 0.01), ("energi", [0, 5, 9], 0.01),
     ("energi", [3], 100), ("pph", [11], 0.01)],
)  # fmt: skip
def test_some_shares_in_another_unit_are_named(
    name: str, villages: list[int], times: float
) -> None:
    own = column(name)
    for n in villages:
        own[n] *= times
    found = scale_rules.other_unit(eleven({name: own}))
    assert told(found) == [("satuan", small.NAMES[n], (name,)) for n in villages]


@pytest.mark.parametrize(
    ("name", "n", "times"),
    [("penduduk", 3, 0.001), ("luas_ha", 6, 0.01), ("luas_ha", 2, 10_000), ("luas_sawah", 5, 0.01),
     ("rumah_tangga", 0, 1000)],
)  # fmt: skip
def test_a_count_in_another_unit_is_named(name: str, n: int, times: float) -> None:
    right = material().values(name)[n]
    found = scale_rules.other_unit(material({(n, name): right * times}))
    assert ("satuan", small.NAMES[n], (name,)) in told(found)
    (cell,) = (f for f in found.findings if f.columns == (name,))
    assert cell.facts["seharusnya"] == pytest.approx(right)


@given(st.lists(st.floats(1, 7.9), min_size=12, max_size=12))
def test_values_of_one_magnitude_are_left_alone(values: list[float]) -> None:
    own = material({(n, "jumlah_sarana"): value for n, value in enumerate(values)})
    assert all(f.columns != ("jumlah_sarana",) for f in scale_rules.other_unit(own).findings)


@pytest.mark.parametrize(("small_one", "is_told"), [(0.18, True), (0.2, False), (0.1, False)])
def test_a_share_rounded_nearly_to_nothing_is_no_fraction(small_one: float, is_told: bool) -> None:
    """Of 200 plausible tables 17 had a false warning, nearly all for a value of one digit."""
    own = column("stunting")
    own[3] = small_one
    named = told(scale_rules.other_unit(eleven({"stunting": own})))
    assert bool(named) is is_told


def test_a_column_of_several_magnitudes_may_have_small_values() -> None:
    """One outlet per 900 households among villages with one per ten: rare, not another unit."""
    wide = [0.0009, 0.0011, 0.008, 0.012, 0.019, 0.027, 0.03, 0.05, 0.08, 0.11, 0.2, 0.3]
    own = material({(n, "jumlah_sarana"): 1000 * value for n, value in enumerate(wide)})
    assert all(f.columns != ("jumlah_sarana",) for f in scale_rules.other_unit(own).findings)


# Numbers that stand for "no data".


@pytest.mark.parametrize(
    ("name", "mark", "villages"),
    [("stunting", 99.0, [4]), ("energi", 999.0, [0, 8]), ("cv_harga", 88.0, [3]),
     ("pph", 9999.0, [1, 2, 3])],
)  # fmt: skip
def test_a_mark_for_no_data_is_named(name: str, mark: float, villages: list[int]) -> None:
    own = [mark if n in villages else value for n, value in enumerate(column(name))]
    found = scale_rules.stand_ins(eleven({name: own}))
    assert told(found) == [("penanda", small.NAMES[n], (name,)) for n in villages]


@pytest.mark.parametrize(("name", "mark"), [("energi", 99.0), ("pph", 88.0), ("energi", 98.0)])
def test_the_same_number_among_the_others_is_a_value(name: str, mark: float) -> None:
    assert told(scale_rules.stand_ins(eleven({name: [mark, *column(name)[1:]]}))) == []


# Indicators that a divisor of zero leaves without a value.


@pytest.mark.parametrize(
    ("zero", "indicators"),
    [("tenaga_kesehatan", ["nakes"]), ("rumah_tangga", ["sarana", "air_bersih"]),
     ("luas_ha", ["lahan", "nakes"])],
)  # fmt: skip
def test_a_divisor_of_zero_is_named_with_its_village(zero: str, indicators: list[str]) -> None:
    found = scale_rules.without_value(material({(4, zero): 0}))
    assert {f.facts["indikator"] for f in found.findings} == set(indicators)
    assert {(f.village, f.columns) for f in found.findings} == {("Lima", (zero,))}


def test_a_blank_cell_says_itself_that_it_has_no_value() -> None:
    assert told(scale_rules.without_value(material({(4, "tenaga_kesehatan"): None}))) == []
    assert not scale_rules.without_value(eleven()).applied


@pytest.mark.parametrize("name", ["energi", "pph"])
@pytest.mark.parametrize("villages", [[2], [0, 1, 4, 5]])
def test_a_value_that_cannot_be_zero_is_an_error_however_often(
    name: str, villages: list[int]
) -> None:
    own = eleven({name: [0.0 if n in villages else v for n, v in enumerate(column(name))]})
    found = rules.RULES["nol"](own).findings
    assert [(f.village, f.level) for f in found] == [(small.NAMES[n], "galat") for n in villages]
    accepted = frozenset((small.BPS_CODES[n], name) for n in villages)
    found = rules.RULES["nol"](replace(own, accepted=accepted)).findings
    assert {f.level for f in found} == {"info"}


def test_a_file_of_an_office_without_newer_sections_is_read(tmp_path: Path) -> None:
    file = tmp_path / check_thresholds.FILE_NAME
    text = (STYLES / check_thresholds.FILE_NAME).read_text(encoding="utf-8")
    for section in ("satuan", "penanda", "desa_kecil", "pendukung"):
        begin = text.index(f"\n[{section}]\n")
        end = text.find("\n[", begin + 1)
        text = text[:begin] + (text[end:] if end > 0 else "")
    file.write_text(text, encoding="utf-8")
    assert check_thresholds.load(file) == LIMITS
