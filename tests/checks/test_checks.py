"""The rules over an edition's data: what each finds, what it leaves alone, what it cannot judge."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.checks import (
    check_thresholds,
    column_rules,
    cross_rules,
    edition_rules,
    finding_words,
    printed_totals,
    rules,
    village_rules,
)
from fsva.checks.check_data import Material
from fsva.checks.findings import Finding, Report, RuleResult
from fsva.config.editions import unfilled
from fsva.core import texts
from fsva.core.errors import StyleError
from fsva.index import indicators
from fsva.sources.tables.extra_columns import PrintedTotal
from tests.places import examples, small
from tests.places.framed import frame, plain, read_tables

STYLES = small.ROOT / "styles"
LIMITS = check_thresholds.load(STYLES / check_thresholds.FILE_NAME)
METHOD = small.shipped_method()
N = 12
# A plausible village, and by how much the next one differs.
PLAUSIBLE = {
    "luas_sawah": (10, 7), "luas_ladang": (20, 5), "luas_pekarangan": (5, 1), "luas_ha": (400, 30),
    "jumlah_sarana": (8, 1), "rumah_tangga": (250, 11), "penduduk_desil_1": (80, 9),
    "penduduk": (1000, 37), "akses_kategori": (1, 0), "rt_tanpa_air": (30, 4),
    "tenaga_kesehatan": (3, 1),
}  # fmt: skip


def raw_table(changes: Mapping[tuple[int, str], float | None] | None = None) -> pd.DataFrame:
    """Return plausible raw counts of the small kabupaten with their indicators, some changed."""
    table = pd.DataFrame(
        {"kecamatan": small.KECAMATAN, "desa": small.NAMES, "baris": range(2, N + 2)},
        index=pd.Index(small.BPS_CODES, name="kode_bps"),
    )
    for name, (first, step) in PLAUSIBLE.items():
        table[name] = pd.array([first + step * n for n in range(N)], dtype="Float64")
    for (n, column), value in (changes or {}).items():
        table.loc[small.BPS_CODES[n], column] = pd.NA if value is None else value
    made = indicators.compute(read_tables.village_numbers(table).numbers, METHOD)
    return frame(plain(table).with_columns(made))


def material(changes: Mapping[tuple[int, str], float | None] | None = None) -> Material:
    return Material("mentah.csv", read_tables.village_numbers(raw_table(changes)), METHOD, LIMITS)


def ratios(values: Mapping[str, Sequence[float | None]]) -> Material:
    """Return material of an edition that has only ready ratios."""
    table = raw_table()[["kecamatan", "desa", "baris"]]
    for name, numbers in values.items():
        table[name] = pd.array(numbers, dtype="Float64")
    return Material("indikator.csv", read_tables.village_numbers(table), METHOD, LIMITS)


def places(result: RuleResult) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.village, f.columns) for f in result.findings]


def test_plausible_counts_give_no_error_and_no_warning() -> None:
    report = rules.run(material())
    assert [(o.rule, f) for level in ("galat", "peringatan") for o, f in report.of_level(level)] \
        == []  # fmt: skip
    applied = {o.rule for o in report.outcomes if o.result.applied}
    assert applied == set(rules.RULES) - {
        "jumlah_kecamatan", "luas_poligon", "tahun_lalu", "desa_tahun_lalu", "kesepakatan",
        "tutupan", "nol_berarti", "rencana_aksi", "celah",
        "desa_kecil",
        "pendukung_jumlah", "pendukung_nilai", "pendukung_laju", "pendukung_wilayah",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "changes", "village", "column"),
    [
        ("rentang", {(4, "jumlah_sarana"): 999}, "Lima", "sarana"),
        ("rentang", {(4, "akses_kategori"): 2.5}, "Lima", "akses"),
        ("bagian", {(2, "luas_sawah"): 900}, "Tiga", "luas_sawah"),
        ("bagian", {(2, "penduduk_desil_1"): 1200}, "Tiga", "penduduk_desil_1"),
        ("rumah_tangga", {(1, "rumah_tangga"): 80}, "Dua", "rumah_tangga"),
        ("rumah_tangga", {(1, "rumah_tangga"): 900}, "Dua", "rumah_tangga"),
        ("kepadatan", {(0, "luas_ha"): 0.5}, "Satu", "luas_ha"),
        ("kepadatan", {(0, "luas_ha"): 4e6}, "Satu", "luas_ha"),
        ("baris_nol", dict.fromkeys([(6, c) for c in PLAUSIBLE if c != "akses_kategori"], 0.0),
         "Tujuh", "luas_sawah"),
        ("nol", {(3, "penduduk"): 0}, "Empat", "penduduk"),
        ("nol", {(3, "rt_tanpa_air"): 0}, "Empat", "rt_tanpa_air"),
        ("pencilan", {(7, "jumlah_sarana"): 250}, "Delapan", "sarana"),
    ],
)  # fmt: skip
def test_a_rule_finds_the_one_village_that_is_wrong(
    rule: str, changes: dict[tuple[int, str], float | None], village: str, column: str
) -> None:
    found = rules.RULES[rule](material(changes)).findings
    assert {f.village for f in found} == {village}
    assert column in found[0].columns
    row = 2 + small.NAMES.index(village)
    assert {(f.row, f.code) for f in found} == {(row, small.BPS_CODES[row - 2])}


def test_villages_that_paper_hardly_shows_are_named_with_their_size_and_the_scale() -> None:
    own = material()
    sizes = dict.fromkeys(small.BPS_CODES, 40.0)
    sizes |= {small.BPS_CODES[3]: 0.996, small.BPS_CODES[4]: 1.0}
    shown = replace(
        own, polygons_ha=dict.fromkeys(sizes, 1.0), paper_mm2=sizes, denominator=350_000
    )
    (found,) = rules.RULES["desa_kecil"](shown).findings
    assert (found.village, found.found, found.facts["penyebut"]) == ("Empat", 0.99, 350_000)
    assert not rules.RULES["desa_kecil"](own).applied


def test_an_accepted_value_is_a_note_and_no_error() -> None:
    own = material({(2, "luas_sawah"): 900})
    accepted = replace(own, accepted=frozenset({(small.BPS_CODES[2], "lahan")}))
    for rule in ("rentang", "bagian"):
        assert [f.level for f in rules.RULES[rule](own).findings] == [None]
        assert [f.level for f in rules.RULES[rule](accepted).findings] == ["info"]


def test_impossible_zeros_are_errors_and_lonely_ones_warnings() -> None:
    assert (
        village_rules.zero_like_missing(material({(3, "penduduk"): 0})).findings[0].level == "galat"
    )
    assert (
        village_rules.zero_like_missing(material({(3, "rt_tanpa_air"): 0})).findings[0].level
        is None
    )


def test_zeros_among_small_numbers_are_left_alone() -> None:
    counts = {(n, "tenaga_kesehatan"): float(n % 4) for n in range(N)}
    assert village_rules.zero_like_missing(material(counts)).findings == ()


def test_land_is_larger_than_the_village_even_where_a_part_is_not_known() -> None:
    found = village_rules.parts_within_whole(
        material({(2, "luas_sawah"): 900, (2, "luas_ladang"): None})
    )
    assert places(found) == [("Tiga", ("luas_sawah", "luas_ladang", "luas_pekarangan", "luas_ha"))]
    assert found.findings[0].facts["batas"] == 460


def test_a_copied_column_is_found_and_a_constant_one_is_not() -> None:
    copied = {(n, "rt_tanpa_air"): 80.0 + 9 * n for n in range(N)}
    (found,) = column_rules.identical_columns(material(copied)).findings
    assert set(found.columns) == {"penduduk_desil_1", "rt_tanpa_air"}
    assert found.row is None
    zeros = {(n, c): 0.0 for n in range(N) for c in ("luas_sawah", "luas_ladang")}
    assert column_rules.identical_columns(material(zeros)).findings == ()
    assert (
        column_rules.identical_columns(material(copied | {(5, "rt_tanpa_air"): 1})).findings == ()
    )


def test_ratios_alone_are_judged_by_what_they_have() -> None:
    own = ratios({"lahan": [0.1 * n for n in range(N)]})
    outcomes = {o.rule: o.result for o in rules.run(own).outcomes}
    assert places(outcomes["rentang"]) == [("Dua Belas", ("lahan",))]
    for rule in ("bagian", "rumah_tangga", "kepadatan", "luas_poligon", "baris_nol"):
        assert not outcomes[rule].applied
        assert outcomes[rule].gaps
    said = finding_words.result(next(o for o in rules.run(own).outcomes if o.rule == "kepadatan"),
                        texts.load("id"))  # fmt: skip
    assert said == "tidak berlaku: tabel tidak memuat kolom penduduk, luas_ha"


def test_few_values_and_values_without_spread_are_said_not_to_be_judged() -> None:
    few = column_rules.outliers(
        ratios({"lahan": [0.1] * 3 + [None] * 9, "sarana": [0.01] * 11 + [0.9]})
    )
    assert not few.applied
    assert [gap.key for gap in few.gaps] == ["sedikit_nilai", "tanpa_sebaran"]


@given(
    st.lists(st.integers(0, 10**6), min_size=3, max_size=40),
    st.integers(1, 1000),
    st.integers(-1000, 1000),
)
def test_robust_z_does_not_depend_on_unit_or_origin(
    numbers: list[int], factor: int, shift: int
) -> None:
    values = np.array(numbers, dtype=np.float64)
    scores, moved = column_rules.robust_z(values), column_rules.robust_z(values * factor + shift)
    if scores is None or moved is None:
        assert scores is moved
    else:
        np.testing.assert_allclose(scores, moved, atol=1e-6)


@examples.one_in(2)
@given(st.lists(st.none() | st.floats(-2, 2, width=32), min_size=N, max_size=N))
def test_a_finding_of_range_is_exactly_a_value_outside(values: list[float | None]) -> None:
    found = village_rules.in_range(ratios({"lahan": values})).findings
    outside = [n for n, value in enumerate(values) if value is not None and not 0 <= value <= 1]
    assert [f.row for f in found] == [n + 2 for n in outside]


@examples.one_in(3)
@given(st.permutations(range(N)))
def test_the_order_of_the_villages_changes_no_finding(order: list[int]) -> None:
    changes = {(2, "luas_sawah"): 900.0, (3, "penduduk"): 0.0, (7, "jumlah_sarana"): 250.0}
    own = material(changes)
    other = replace(own, table=read_tables.village_numbers(raw_table(changes).iloc[order]))

    def found(one: Material) -> set[tuple[str, str, tuple[str, ...]]]:
        return {(o.rule, f.code, f.columns) for o in rules.run(one).outcomes
                for f in o.result.findings}  # fmt: skip

    assert found(own) == found(other)


@given(st.integers(-3, 3))
def test_near_a_cut_off_is_at_most_one_unit_of_the_last_digit(step: int) -> None:
    cut_off = small.indicator("lahan").ascending_cut_offs[2]
    own = ratios({"lahan": [float(cut_off) + step / 10**4] + [0.9] * (N - 1)})
    found = column_rules.near_cut_off(own).findings
    assert [f.row for f in found] == ([2] if abs(step) <= 1 else [])


# Other sides


def totals(kecamatan: str, **numbers: float) -> tuple[PrintedTotal, ...]:
    return (PrintedTotal(kecamatan, 20, numbers),)


@pytest.mark.parametrize(("wrong", "kecamatan"), [(0.0, "Utara"), (5.0, "UTARA"), (5.0, "")])
def test_a_printed_total_must_be_the_sum_of_its_villages(wrong: float, kecamatan: str) -> None:
    own = material()
    table = raw_table()
    total = float(table.loc[table["kecamatan"].isin(["Utara"]) | (not kecamatan), "penduduk"].sum())
    printed = totals(kecamatan, penduduk=total + wrong * total / 100)
    found = printed_totals.totals_add_up(replace(own, totals=printed)).findings
    assert [(f.row, f.columns) for f in found] == ([(20, ("penduduk",))] if wrong else [])
    assert all(f.facts["jumlah"] == total for f in found)


def test_a_total_with_an_unknown_village_is_not_judged() -> None:
    own = material({(0, "penduduk"): None})
    own = replace(own, totals=totals("Utara", penduduk=1))
    assert printed_totals.totals_add_up(own).findings == ()


def test_the_area_of_a_polygon_is_compared_with_the_table() -> None:
    own = material()
    drawn = {c: 1.1 * v for c, v in zip(own.table.codes, own.values("luas_ha"), strict=True)}
    drawn[small.BPS_CODES[4]] *= 3
    found = cross_rules.polygon_area(replace(own, polygons_ha=drawn)).findings
    assert [f.village for f in found] == ["Lima"]
    assert found[0].facts["persen"] == pytest.approx(230)
    assert cross_rules.polygon_area(own).gaps[0].key == "skematis"


def test_last_year_is_compared_cell_by_cell() -> None:
    before = raw_table()
    changed = {(1, "penduduk"): before["penduduk"].iloc[1] * 1.15, (2, "luas_ha"): 500.0,
               (3, "jumlah_sarana"): 30.0, (4, "akses_kategori"): 3.0}  # fmt: skip
    found = cross_rules.change_since_last_year(
        replace(material(changed), previous=read_tables.village_numbers(before))
    ).findings
    cells = {(f.village, f.columns[0]) for f in found}
    assert {("Tiga", "luas_ha"), ("Empat", "jumlah_sarana"), ("Lima", "akses")} <= cells
    assert ("Dua", "penduduk") not in cells  # 15 per cent is plausible, for area it would not be
    assert cross_rules.change_since_last_year(material()).gaps[0].key == "tahun_lalu"


def test_a_category_of_last_year_is_compared_in_steps_and_never_in_per_cent() -> None:
    """Categories 3 to 1.0001 are two steps; 4 to 3, a quarter less, is one and plausible."""
    before = raw_table()
    before["akses_kategori"] = before["akses"] = 3.0
    before.loc[before.index[1], ["akses_kategori", "akses"]] = 4.0
    now = {(n, "akses_kategori"): 3.0 for n in range(len(before))} | {(4, "akses_kategori"): 1.0001}
    found = cross_rules.change_since_last_year(
        replace(material(now), previous=read_tables.village_numbers(before))
    ).findings
    own = [f for f in found if "akses" in f.columns[0]]
    assert [(f.village, f.columns) for f in own] == [("Lima", ("akses",))]
    words = finding_words.sentence(own[0], "pesan", texts.load("id"))
    assert words == (
        "Berubah 2 tingkat dari tahun lalu: dari kategori 3 menjadi kategori 1 (baik)."
    )
    assert "persen" not in words


def test_villages_of_only_one_year_are_named() -> None:
    own = material()
    before = raw_table().drop(index=small.BPS_CODES[0])
    before = before.rename(index={small.BPS_CODES[5]: "9901099"})
    previous = read_tables.village_numbers(before)
    found = cross_rules.villages_of_last_year(replace(own, previous=previous)).findings
    assert [f.code for f in found] == [small.BPS_CODES[0], small.BPS_CODES[5], "9901099"]


def test_agreed_values_are_listed_with_what_was_measured() -> None:
    own = material()
    texts_beside = np.array(["12"] + [None] * 11, dtype=object)
    marked = replace(own.table, texts={"terukur_penduduk": texts_beside})
    (found,) = cross_rules.agreements(replace(own, table=marked)).findings
    assert (found.village, found.found, found.facts["terukur"]) == ("Satu", 1000, "12")


# Thresholds and words


def test_every_rule_has_a_level_and_words_in_both_languages() -> None:
    assert set(LIMITS.levels) == {rules.READING, *rules.RULES}
    for language in texts.LANGUAGES:
        own = texts.load(language).entries["periksa"]
        assert set(own["aturan"]) == set(LIMITS.levels)
        # Rules whose findings differ in kind have words by kind.
        by_kind = {"desa_hilang", "susunan", edition_rules.RULE}
        by_kind |= {name for name in rules.RULES if name.startswith("pendukung_")}
        for name in set(rules.RULES) - by_kind:
            assert set(own["aturan"][name]) == {"nama", "pesan", "harap", "perbaikan"}
        for cause in get_args(unfilled.Cause):
            assert set(own[edition_rules.RULE][cause]) == {"pesan", "harap", "perbaikan"}


def test_every_finding_of_a_damaged_table_can_be_said_in_both_languages() -> None:
    damage = {(2, "luas_sawah"): 900.0, (3, "penduduk"): 0.0, (1, "rumah_tangga"): 80.0,
              (0, "luas_ha"): 4e6, (7, "jumlah_sarana"): 250.0}  # fmt: skip
    own = material(damage)
    drawn = {c: 2 * v for c, v in zip(own.table.codes, own.values("luas_ha"), strict=True)}
    own = replace(
        own,
        previous=read_tables.village_numbers(raw_table()),
        totals=totals("Utara", penduduk=1.0),
        polygons_ha=drawn,
    )
    report = rules.run(own)
    for language in texts.LANGUAGES:
        cells = finding_words.rows(report, texts.load(language))
        assert len(cells) == sum(len(o.result.findings) for o in report.outcomes) > 10
        assert all(re.search(r"[{}]", text) is None for _, row in cells for text in row)


def test_the_atlas_report_counts_warnings_and_shows_the_first() -> None:
    shrunk = {(n, "rumah_tangga"): 50.0 for n in range(5)}
    report = rules.run(material(shrunk))
    (block,) = finding_words.for_atlas(report, texts.load("id"))
    assert "Jiwa per rumah tangga: 5" in block[1]
    assert sum("Jiwa per rumah tangga tidak wajar" in line for line in block) == 3
    assert any(line.strip() == "dan 2 lagi" for line in block)
    assert finding_words.for_atlas(Report(()), texts.load("id")) == []


def test_control_characters_of_a_table_do_not_reach_the_terminal() -> None:
    finding = Finding("periksa.aturan.nol", "a.csv", 2, ("nakes",), "De\x1b[31msa\n", "1", "0")
    assert finding_words.place(finding, texts.load("id")).isprintable()


@pytest.mark.parametrize(
    ("old", "new"), [("wajar = [1.5, 8]", "wajar = [8, 1.5]"), ("ambang = 6", "ambang = 0"),
                     ('nol = "peringatan"', 'nol = "gawat"')]
)  # fmt: skip
def test_impossible_thresholds_are_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (STYLES / check_thresholds.FILE_NAME).read_text(encoding="utf-8")
    assert old in text
    assert tomllib.loads(text)
    file = tmp_path / check_thresholds.FILE_NAME
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(StyleError):
        check_thresholds.load(file)


def test_a_file_of_an_office_without_a_newer_rule_has_the_shipped_level(tmp_path: Path) -> None:
    text = (STYLES / check_thresholds.FILE_NAME).read_text(encoding="utf-8")
    file = tmp_path / check_thresholds.FILE_NAME
    older = text.replace('tutupan = "peringatan"\n', "").replace(
        'nol = "peringatan"', 'nol = "info"'
    )
    file.write_text(older, encoding="utf-8")
    levels = check_thresholds.load(file).levels
    assert levels == {**LIMITS.levels, "nol": "info"}


def test_a_level_of_no_rule_is_refused_with_the_likely_one(tmp_path: Path) -> None:
    text = (STYLES / check_thresholds.FILE_NAME).read_text(encoding="utf-8")
    file = tmp_path / check_thresholds.FILE_NAME
    file.write_text(text.replace("tutupan =", "tutupn ="), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        check_thresholds.load(file)
    assert (caught.value.key, caught.value.facts["maksud"]) == ("skema_tak_dikenal", "tutupan")
    (place,) = caught.value.places
    assert text.splitlines()[(place.row or 0) - 1].startswith("tutupan")
