"""Belu 2021 beside a synthetic second edition: thirty edits, each found, each with its reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fsva.comparison.changes import compare, mixed_edition, side_readers
from fsva.comparison.changes.compare import Wish
from fsva.comparison.values import comparison_json, comparison_thresholds
from fsva.comparison.values.result import PARTS, Comparison
from fsva.comparison.values.side_data import SideData
from fsva.core import resources, texts
from fsva.core.errors import CompareError
from tests.places import sunting_belu
from tests.places.sunting_belu import SUNTINGAN

ID = texts.load("id")
LIMITS = comparison_thresholds.load(resources.packaged("styles") / comparison_thresholds.FILE_NAME)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[SideData, SideData]:
    """Both editions, read."""
    folder = tmp_path_factory.mktemp("banding")
    shipped = sunting_belu.copy(folder / "a")
    edited = sunting_belu.write(folder / "b")
    return side_readers.of_edition(shipped, "A", ID), side_readers.of_edition(edited, "B", ID)


@pytest.fixture(scope="module")
def found(held: tuple[SideData, SideData]) -> Comparison:
    return compare.compare(held, Wish(LIMITS, 5000, forced=True))


def test_there_are_thirty_edits_of_every_part() -> None:
    assert len(SUNTINGAN) == 30
    assert {one.part for one in SUNTINGAN} == set(PARTS)


def test_classes_of_other_rules_are_refused_unless_forced(held: tuple[SideData, SideData]) -> None:
    with pytest.raises(CompareError) as refused:
        compare.compare(held, Wish(LIMITS, 10))
    assert refused.value.key == "banding_metode"
    named = {place.column for place in refused.value.places}
    assert {"tutup.lahan", "cut_off.sarana.c3", "skala.nakes.maks"} <= named


def test_what_was_forced_is_marked(found: Comparison) -> None:
    assert set(found.forced) == {"metode", "dasar"}
    comparable = {measure.id for measure in found.measures if measure.comparable}
    assert comparable == set()  # each measure has an edit of its rules in the list above


def test_the_inputs_differ_in_exactly_the_thirty_edits(found: Comparison) -> None:
    named = sorted((e.part, e.what, e.village or "", e.a or "", e.b or "") for e in found.edits)
    stated = sorted((s.part, s.what, s.village or "", s.a or "", s.b or "") for s in SUNTINGAN)
    assert named == stated
    assert found.n_edits == 30
    assert found.summary.differing == PARTS


def test_each_class_of_an_indicator_changes_by_the_stated_edit_alone(found: Comparison) -> None:
    stated = {effect: one.part for one in SUNTINGAN for effect in one.effects}
    seen = {
        (c.village, c.measure, c.class_a, c.class_b): c.reasons
        for c in found.changes
        if c.tier in ("lintas", "kelas") and c.measure != "komposit"
    }
    assert set(seen) == set(stated)
    for effect, reasons in seen.items():
        assert [r.part for r in reasons] == [stated[effect]], effect
        assert reasons[0].share == pytest.approx(effect[3] - effect[2])


def test_changes_of_the_composite_are_shared_out_whole(found: Comparison) -> None:
    changed = [c for c in found.changes if c.measure == "komposit" and c.delta]
    assert len(changed) > 5
    for change in changed:
        assert sum(r.share for r in change.reasons) == pytest.approx(change.delta)
    by_village = {change.village: change for change in changed}
    # Both lost or gained a whole indicator by one part alone.
    assert {r.part for r in by_village["Mahuitas"].reasons} >= {"batas"}
    assert {r.part for r in by_village["Lutha Rato"].reasons} >= {"kode"}


def test_a_lost_value_whose_class_was_published_is_a_change_of_value(found: Comparison) -> None:
    (change,) = [c for c in found.changes if (c.village, c.measure) == ("Nualain", "lahan")]
    assert (change.tier, change.value_a, change.value_b) == ("nilai", 0.0064, None)
    assert (change.basis_a, change.basis_b) == ("nilai", "terbit")


def test_one_unit_of_the_last_digit_is_noise(found: Comparison) -> None:
    (change,) = [c for c in found.changes if (c.village, c.measure) == ("Lakmaras", "nakes")]
    assert change.tier == "derau"


def test_the_mixtures_of_one_side_are_that_side(held: tuple[SideData, SideData]) -> None:
    """What the replay starts and ends with is what the editions themselves say."""
    a, b = held
    assert a.inputs is not None
    assert b.inputs is not None
    codes = tuple(a.table.index)
    mixed = mixed_edition.Exchange(a.inputs, b.inputs, mixed_edition.PairedRows(codes, codes))
    for label, side in (("a", a), ("b", b)):
        table = mixed.tabulate(mixed_edition.whole(label))  # type: ignore[arg-type]
        for measure in side.rules.measures():
            for column in (f"{measure.id}_kelas", f"{measure.id}_dasar", measure.id):
                own = side.table[column].tolist()
                assert str(table[column].tolist()) == str(own), (label, column)


def test_the_matrix_counts_every_village_once(found: Comparison) -> None:
    for transition in found.transitions:
        assert np.array(transition.villages).sum() == 81
        moved = sum(m.n_rose + m.n_fell for m in transition.movements)
        off_diagonal = np.array(transition.villages)
        np.fill_diagonal(off_diagonal, 0)
        assert off_diagonal.sum() == moved
        assert transition.population is None  # Belu's table has no people


def test_forth_and_back_are_opposite(held: tuple[SideData, SideData], found: Comparison) -> None:
    back = compare.compare(tuple(reversed(held)), Wish(LIMITS, 5000, forced=True))
    forth = {(c.code_a, c.code_b, c.measure): c for c in found.changes}
    for change in back.changes:
        other = forth[change.code_b, change.code_a, change.measure]
        assert (other.class_a, other.class_b) == (change.class_b, change.class_a)
        assert other.tier == change.tier
        mirrored = {r.part: -r.share for r in other.reasons}
        assert {r.part: r.share for r in change.reasons} == pytest.approx(mirrored)


def test_the_budget_shortens_lists_and_not_counts(held: tuple[SideData, SideData]) -> None:
    short = compare.compare(held, Wish(LIMITS, 3, forced=True))
    assert max(sum(c.tier == t for c in short.changes) for t in short.summary.n_tiers) == 3
    assert len(short.edits) == 3
    assert short.n_edits == 30
    assert sum(short.summary.n_tiers.values()) > 50


def test_an_edition_beside_itself_is_the_same(held: tuple[SideData, SideData]) -> None:
    same = compare.compare((held[0], held[0]), Wish(LIMITS, 10))
    assert same.summary.same
    assert same.forced == ()
    assert (same.changes, same.edits, same.ranks, same.counterparts) == ((), (), (), ())


def test_the_json_is_the_same_twice(held: tuple[SideData, SideData], found: Comparison) -> None:
    again = compare.compare(held, Wish(LIMITS, 5000, forced=True))
    assert comparison_json.to_json(again) == comparison_json.to_json(found)


def test_three_editions_tell_which_villages_keep_changing(
    held: tuple[SideData, SideData], tmp_path: Path
) -> None:
    third = side_readers.of_edition(sunting_belu.copy(tmp_path / "c"), "C", ID)
    found = compare.compare((*held, third), Wish(LIMITS, 5000, forced=True))
    assert set(found.summary.n_tiers.values()) == {0}  # first and last are equal
    assert not found.summary.same  # the second is not
    three = compare.compare((held[0], third, held[0]), Wish(LIMITS, 10))
    assert three.summary.same
    often = {(r.village, r.measure): r for r in found.series if r.n_changes == 2}
    assert often["Tasain", "lahan"].classes == (4, 3, 4)
    assert often["Tasain", "lahan"].values == (0.247, 0.147, 0.247)
    line = next(x for x in found.lines if (x.kecamatan, x.measure) == ("Raimanuk", "sarana"))
    assert line.mean_class[0] == line.mean_class[2] != line.mean_class[1]
