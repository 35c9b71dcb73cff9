"""Ready indicators beside the area and people of their villages, and the baseline's scale."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from fsva.checks import repetition_rules, scale_rules
from fsva.checks.check_data import Material
from tests.checks.test_checks import LIMITS, raw_table
from tests.places import small
from tests.places.framed import read_tables

# Twelve villages of 4 to 15 km2 with two health workers each, 800 to 1,900 people.
VALUES = {
    "luas_ha": [400.0 + 100 * n for n in range(12)],
    "penduduk": [800.0 + 100 * n for n in range(12)],
    "nakes": [2.0 + 0.5 * n for n in range(12)],
    "tidak_sejahtera": [0.02 + 0.015 * n for n in range(12)],
    "air_bersih": [0.05 * n for n in range(12)],
}


def made(**changes: list[float]) -> Material:
    table = raw_table()[["kecamatan", "desa", "baris"]]
    for name, numbers in (VALUES | changes).items():
        table[name] = pd.array(numbers, dtype="Float64")
    numbers = read_tables.village_numbers(table)
    return Material("indikator.csv", numbers, small.shipped_method(), LIMITS)


def found(material: Material) -> list[tuple[str, str, tuple[str, ...]]]:
    findings = scale_rules.other_unit(material).findings
    return [(f.key.rpartition(".")[2], f.village, f.columns) for f in findings]


def test_sound_values_are_not_odd() -> None:
    assert found(made()) == []


@pytest.mark.parametrize("least", [2.0, 20.0])
def test_more_area_per_health_worker_than_a_village_has(least: float) -> None:
    """A decimal mark that moved: some values still lie among the cut-offs."""
    wrong = made(nakes=[least, *(10 * value for value in VALUES["nakes"][1:])])
    assert found(wrong) == [("satuan_luas", "", ("nakes",))]


def test_areas_come_from_the_polygons_where_the_table_has_none() -> None:
    wrong = made(nakes=[value * 10 for value in VALUES["nakes"]], luas_ha=[float("nan")] * 12)
    keyed = dict(zip(wrong.table.codes, VALUES["luas_ha"], strict=True))
    columns = {name: v for name, v in wrong.table.numbers.items() if name != "luas_ha"}
    bare = replace(wrong, table=replace(wrong.table, numbers=columns))
    assert ("satuan_luas", "", ("nakes",)) not in found(bare)
    assert ("satuan_luas", "", ("nakes",)) in found(replace(bare, polygons_ha=keyed))


def test_exchanged_columns_leave_the_scale_of_the_baseline() -> None:
    """Belu's scale of tidak_sejahtera ends at 0.1971: 8 of 12 shares of air_bersih lie above."""
    exchanged = made(tidak_sejahtera=VALUES["air_bersih"], air_bersih=VALUES["tidak_sejahtera"])
    (told,) = [f for f in scale_rules.other_unit(exchanged).findings if f.key.endswith("_skala")]
    assert told.columns == ("tidak_sejahtera",)
    assert (told.facts["jumlah"], told.facts["semua"], told.facts["tinggi"]) == (8, 12, 0.1971)


def test_a_share_of_less_than_one_person_names_its_village() -> None:
    """0.0007 of 900 people is 0.6 of a person; 0.0007 of 1,900 may be one, rounded."""
    values = list(VALUES["tidak_sejahtera"])
    values[1] = values[11] = 0.0007
    odd = [f for f in found(made(tidak_sejahtera=values)) if f[0] == "satuan_kurang"]
    assert odd == [("satuan_kurang", small.NAMES[1], ("tidak_sejahtera", "penduduk"))]


def test_people_and_areas_beside_ready_values_hide_no_rule() -> None:
    """Silent before: with one raw column, rules left the ready values out."""
    values = list(VALUES["tidak_sejahtera"])
    values[4] = 100 * values[4]
    assert ("satuan", small.NAMES[4], ("tidak_sejahtera",)) in found(made(tidak_sejahtera=values))
    filled = [0.05] * 6 + VALUES["air_bersih"][6:]
    (run,) = repetition_rules.copied(made(air_bersih=filled)).findings
    assert (run.village, run.columns) == (small.NAMES[0], ("air_bersih",))
    stands = made(nakes=[*VALUES["nakes"][:11], 999.0])
    (mark,) = scale_rules.stand_ins(stands).findings
    assert (mark.village, mark.columns) == (small.NAMES[11], ("nakes",))
