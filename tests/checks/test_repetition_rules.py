"""Numbers that were copied down a table: found where other villages differ, and nowhere else."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.checks import check_thresholds, repetition_rules
from fsva.checks.check_data import Material
from fsva.core.resources import packaged
from tests.places import contoh, small
from tests.places.framed import read_tables

LIMITS = check_thresholds.load(packaged("styles") / check_thresholds.FILE_NAME)
METHOD = small.shipped_method()
N = 24
COLUMNS = {
    "luas_sawah": 3.5, "luas_ladang": 5.25, "luas_pekarangan": 0.5, "luas_ha": 31.0,
    "jumlah_sarana": 1.0, "rumah_tangga": 7.0, "penduduk": 29.0, "rt_tanpa_air": 2.0,
}  # fmt: skip


def material(change: dict[tuple[int, str], float] | None = None) -> Material:
    """Return villages whose numbers all differ, with some of them changed."""
    table = pd.DataFrame({name: [100 * step + n * step for n in range(N)]
                          for name, step in COLUMNS.items()})  # fmt: skip
    for (n, column), value in (change or {}).items():
        table.loc[n, column] = value
    codes = [f"9901001{n:03d}" for n in range(N)]
    keys = {"kecamatan": ["Utara"] * N, "desa": [f"Desa {n}" for n in range(N)]}
    table = table.assign(**keys, baris=range(2, N + 2)).set_index(pd.Index(codes, name="kode_bps"))
    return Material("mentah.csv", read_tables.village_numbers(table), METHOD, LIMITS)


def found(own: Material) -> list[tuple[str, int | None, tuple[str, ...]]]:
    findings = repetition_rules.copied(own).findings
    return [(f.key.removeprefix("periksa."), f.row, f.columns) for f in findings]


def row(n: int, source: int) -> dict[tuple[int, str], float]:
    return {(n, column): 100 * step + source * step for column, step in COLUMNS.items()}


def test_different_numbers_are_silent() -> None:
    assert found(material()) == []


@pytest.mark.parametrize("copies", [1, 3])
def test_a_row_copied_down_is_named_with_its_source(copies: int) -> None:
    change = {k: v for n in range(copies) for k, v in row(6 + n, 5).items()}
    findings = repetition_rules.copied(material(change)).findings
    assert [(f.village, f.row, f.facts["nama"]) for f in findings] == [
        (f"Desa {6 + n}", 8 + n, "Desa 5") for n in range(copies)
    ]


@pytest.mark.parametrize(("count", "told"), [(3, False), (4, True), (11, True)])
def test_a_cell_filled_down_is_named_with_its_end(count: int, told: bool) -> None:
    own = material({(4 + n, "penduduk"): 3333.0 for n in range(count)})
    assert found(own) == ([("berulang.kolom", 6, ("penduduk",))] if told else [])
    for finding in repetition_rules.copied(own).findings:
        assert (finding.facts["jumlah"], finding.facts["nama"]) == (count, f"Desa {3 + count}")


def one_column(values: list[float]) -> list[tuple[str, int | None, tuple[str, ...]]]:
    """Return what is found in a table of one column."""
    n = len(values)
    keys = {"kecamatan": ["Utara"] * n, "desa": [f"Desa {i}" for i in range(n)]}
    codes = pd.Index([f"9901001{i:03d}" for i in range(n)], name="kode_bps")
    table = pd.DataFrame({"penduduk": values, **keys, "baris": range(2, n + 2)}, index=codes)
    return found(Material("mentah.csv", read_tables.village_numbers(table), METHOD, LIMITS))


def test_three_rows_are_told_where_no_two_other_villages_have_one_number() -> None:
    """Of 81 different numbers three in turn are equal once in 140,000 tables (3160 pairs)."""
    values = [1000.0 + 7 * n for n in range(81)]
    values[40:43] = [1234.0] * 3
    assert one_column(values) == [("berulang.kolom", 42, ("penduduk",))]
    values[42] = 1294.0
    assert one_column(values) == []  # two in turn: once in 39 tables


def test_more_rows_are_needed_where_numbers_repeat_by_nature() -> None:
    """Sixty numbers for 120 villages: one of 119 others has the same."""
    values = [float(10 + (37 * n) % 60) for n in range(120)]
    for count, told in ((3, False), (4, True)):
        values[50 : 50 + count] = [99.0] * count
        assert bool(one_column(values)) is told


@pytest.mark.parametrize("value", [0.0, 3.0])
def test_a_column_of_few_values_is_silent(value: float) -> None:
    own = material({(n, "jumlah_sarana"): float(n % 3) for n in range(N)}
                   | {(n, "jumlah_sarana"): value for n in range(8)})  # fmt: skip
    assert found(own) == []


def test_one_number_for_all_villages_is_information() -> None:
    own = material({(n, "jumlah_sarana"): 3.0 for n in range(N)})
    assert found(own) == [("berulang.tetap", None, ("jumlah_sarana",))]
    assert {f.level for f in repetition_rules.copied(own).findings} == {"info"}


def test_zeros_in_turn_are_no_copies() -> None:
    assert found(material({(n, "rt_tanpa_air"): 0.0 for n in range(8)})) == []


def test_half_a_person_is_named() -> None:
    assert found(material({(3, "penduduk"): 1.234})) == [("berulang.pecahan", 5, ("penduduk",))]
    assert found(material({(3, "luas_ha"): 1.234})) == []


def test_the_shipped_edition_has_none() -> None:
    report = contoh.checked(contoh.order(small.BELU))
    assert not [f for o in report.outcomes if o.rule == "berulang" for f in o.result.findings]
