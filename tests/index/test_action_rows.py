"""Rows of the action plan: which villages, which causes, what they have and need."""

from __future__ import annotations

import csv
import io

import pandas as pd
from hypothesis import given

from fsva.config.editions.sections import EXTREME_POVERTY
from fsva.config.methods import interventions
from fsva.config.methods.interventions import Intervention
from fsva.core import texts
from fsva.core.toml import Bilingual
from fsva.files.tables import target_tables
from fsva.index.action_rows import ActionRow
from tests.index.test_targeting import (
    LIMITS,
    METHOD,
    RULES,
    SAMPLE,
    Persons,
    laid_over,
    some_persons,
    table,
)
from tests.places import contoh, small
from tests.places.frames import action_rows, causes, targeting

IDS = [i.id for i in METHOD.indicators]
PLAN = interventions.plan((), RULES.rows, [*IDS, EXTREME_POVERTY])


def of_belu() -> list[ActionRow]:
    made = contoh.belu().table.frame
    laid = targeting.overlay(made, None, METHOD, LIMITS)
    return action_rows.rows(laid, made, PLAN, METHOD, LIMITS)


def of(counts: Persons) -> list[ActionRow]:
    return action_rows.rows(laid_over(counts), table(), PLAN, METHOD, LIMITS)


def written(rows: list[ActionRow]) -> list[dict[str, str]]:
    text = target_tables.actions_csv(rows, METHOD, texts.load("id")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_without_poverty_only_the_21_villages_of_class_1_to_3_of_belu_get_rows() -> None:
    rows, made = of_belu(), contoh.belu().table.frame
    need = made.loc[made["komposit_kelas"] <= 3, "kode_bps"]
    assert len(need) == 21
    assert {row.code for row in rows} == set(need)
    priorities = [row.priority or 0 for row in rows]
    assert priorities == sorted(priorities)


def test_the_causes_of_a_village_stand_in_their_order_with_all_their_programmes() -> None:
    rows, made = of_belu(), contoh.belu().table.frame
    weak = causes.of_villages(made, METHOD)
    for code, own in weak.groupby("kode_kemendagri"):
        wanted = [
            (order, name, one.programme)
            for order, name in zip(own["urutan"], own["indikator"], strict=True)
            for one in RULES.rows
            if one.indicator == name
        ]
        found = [
            (row.cause.rank, row.cause.measure, row.planned.what.programme)
            for row in rows
            if row.code == made["kode_bps"][code] and row.cause and row.planned
        ]
        assert found == wanted


def test_a_row_says_what_the_village_has_and_what_the_next_class_needs() -> None:
    rows = written(of_belu())
    loonuna = {r["penyebab"]: r for r in rows if r["desa"] == "Loonuna"}
    land = loonuna["Rasio lahan pertanian"]
    # Printed 0.0093 on the cut-off of class 1, (a, b]: class 2 begins at 0.0094.
    assert (land["nilai"], land["kelas_penyebab"], land["dasar_kelas"]) == ("0,0093", "1", "nilai")
    assert (land["nilai_sasaran"], land["kelas_sasaran"]) == ("0,0094", "2")
    assert land["keberhasilan"] == "Rasio lahan pertanian paling sedikit 0,0094 (Prioritas 2)"
    assert land["sumber_program"].startswith("Belu 2021, ")
    road = next(r for r in rows if r["desa"] == "Lakanmau" and r["kelas_penyebab"] == "1")
    assert road["keberhasilan"] == "Akses penghubung: kategori 3 (Prioritas 2)"
    lost = [r for r in rows if not r["nilai"]]
    assert lost
    assert {r["dasar_kelas"] for r in lost} == {"terbit"}
    assert all(r["nilai_sasaran"] for r in lost)


@given(some_persons)
def test_pockets_get_rows_whatever_their_class(counts: Persons) -> None:
    rows, laid = of(counts), laid_over(counts)
    pockets = set(laid.loc[laid["kantong"].fillna(False).astype(bool), "kode_bps"])
    need = set(laid.loc[laid["rentan"].fillna(False).astype(bool), "kode_bps"])
    assert {row.code for row in rows} == pockets | need
    poor = [r for r in rows if r.cause and r.cause.measure == EXTREME_POVERTY]
    assert {row.code for row in poor} == pockets
    assert all(r.cause and r.cause.value and r.cause.value > 100 for r in poor)


@given(some_persons)
def test_a_small_count_changes_no_row(counts: Persons) -> None:
    """Counts of 1 to 4, and any other count up to 100, stand in no row of the plan."""
    other = [0 if c is not None and c <= 100 else c for c in counts]
    assert written(of(counts)) == written(of(other))


def test_a_pocket_without_a_class_comes_last_and_keeps_its_weak_indicators() -> None:
    made = table()
    made.loc[small.CODES[1], "komposit_kelas"] = pd.NA
    persons = pd.Series(pd.array(SAMPLE, dtype="Int64"), index=list(small.BPS_CODES))
    laid = targeting.overlay(made, persons, METHOD, LIMITS)
    rows = action_rows.rows(laid, made, PLAN, METHOD, LIMITS)
    assert rows[-1].code == small.BPS_CODES[1]
    assert rows[-1].priority is None
    weak = {i for i in IDS if made[f"{i}_kelas"][small.CODES[1]] <= 3}
    found = {r.cause.measure for r in rows if r.code == small.BPS_CODES[1] and r.cause}
    assert found == weak | {EXTREME_POVERTY}


def test_a_cause_without_a_programme_keeps_its_row_and_is_named() -> None:
    others = tuple(row for row in RULES.rows if row.indicator != "sarana")
    plan = interventions.plan((), others, [*IDS, EXTREME_POVERTY])
    made = contoh.belu().table.frame
    laid = targeting.overlay(made, None, METHOD, LIMITS)
    rows = action_rows.rows(laid, made, plan, METHOD, LIMITS)
    outlets = [r for r in rows if r.cause and r.cause.measure == "sarana"]
    assert outlets
    assert all(r.planned and r.planned.what.programme is None for r in outlets)
    assert action_rows.unanswered(rows) == ["sarana"]
    assert action_rows.unanswered(of_belu()) == []


def test_the_offices_interventions_replace_those_of_their_indicator_only() -> None:
    own = Intervention(indikator="lahan", program=Bilingual(id="Irigasi", en="Irrigation"))
    plan = interventions.plan([own], RULES.rows, IDS)
    assert [(p.what, p.proposed) for p in plan["lahan"]] == [(own, False)]
    assert list(plan["lahan"][0].unfilled()) == ["instansi", "strategi", "sumber_dana", "tahun"]
    assert plan["sarana"] == PLAN["sarana"]
    assert all(p.proposed for p in plan["sarana"])
