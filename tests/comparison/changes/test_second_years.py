"""Second years: each change with its reason, what is no difference, what is never paired."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from fsva.comparison.changes import compare, differences, side_readers
from fsva.comparison.changes.compare import Wish
from fsva.comparison.values import comparison_thresholds
from fsva.comparison.values.result import Comparison
from fsva.comparison.values.side_data import SideData
from fsva.comparison.view import terminal_lists
from fsva.core import resources, texts
from fsva.core.errors import CompareError
from fsva.core.toml import Bilingual
from tests.index import test_cilegon as real
from tests.places import tahun_kedua

ID = texts.load("id")
LIMITS = comparison_thresholds.load(resources.packaged("styles") / comparison_thresholds.FILE_NAME)
WISH = Wish(LIMITS, 5000)
Made = tuple[SideData, SideData, Comparison]


def made_of(folders: tuple[Path, Path]) -> Made:
    a, b = (
        side_readers.of_edition(one, label, ID) for one, label in zip(folders, "AB", strict=True)
    )
    return a, b, compare.compare((a, b), WISH)


@pytest.fixture(scope="module")
def cilegon(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Ready ratios of an invented 2020 beside the raw counts of the real 2024."""
    return made_of(tahun_kedua.cilegon(shared_dir, tmp_path_factory.mktemp("cilegon")))


@pytest.fixture(scope="module")
def belu(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, tuple[Path, Path]]:
    folders = tahun_kedua.belu(tmp_path_factory.mktemp("belu"))
    return made_of(folders), folders


def by_hand(shared: Path) -> dict[str, tuple[int, int, int]]:
    """Count by hand the kelurahan whose class is another, that crossed, whose ratio is another."""
    found = {}
    for name in real.IDS:
        changed = crossed = moved = 0
        for number, case in enumerate(tahun_kedua.cases(shared)):
            before = tahun_kedua.earlier(case, number)[name]
            after = tahun_kedua.ratios(case).get(name, round(float(case["akses_kategori"])))
            a, b = (tahun_kedua.class_of(name, v, real.CUT_OFFS.get(name, "[]"))
                    for v in (before, after))  # fmt: skip
            changed += a != b
            crossed += (a <= 3) != (b <= 3)
            moved += abs(before - after) > (0 if name == "akses" else 0.000001)
        found[name] = changed, crossed, moved
    return found


@pytest.mark.shared
def test_ready_ratios_beside_raw_counts_change_as_counted_by_hand(
    cilegon: Made, shared_dir: Path
) -> None:
    *_, found = cilegon
    counted = {
        m.measure: (m.n_classes, m.n_tiers["lintas"], m.n_values)
        for m in found.summary.measures
        if m.measure != "komposit"
    }
    assert counted == by_hand(shared_dir)
    assert sum(changed for changed, *_ in counted.values()) > 50


@pytest.mark.shared
def test_ready_ratios_beside_raw_counts_have_every_reason(cilegon: Made) -> None:
    *_, found = cilegon
    assert found.summary.differing == ("data",)
    changed = [c for c in found.changes if c.class_a != c.class_b]
    assert len(changed) > 60
    for change in changed:
        assert [reason.part for reason in change.reasons] == ["data"]
        assert change.reasons[0].share == change.delta
    assert all(m.n_unexplained == 0 for m in found.summary.measures)
    assert all(sum(m.reasons.values()) == m.n_classes for m in found.summary.measures)


Rows = list[dict[str, str]]


def causes_by_hand(before: Rows, after: Rows) -> dict[str, set[str]]:
    """Return which columns of a village are another, by BPS code, from the officer's tables."""
    return {
        x["kode_bps"]: {column for column in x if x[column] != y[column]}
        for x, y in zip(before, after, strict=True)
    }


def test_every_change_of_value_alone_names_what_differs_for_that_village(
    belu: tuple[Made, tuple[Path, Path]],
) -> None:
    (_, b, found), folders = belu
    other = causes_by_hand(*(tahun_kedua.rows(folder / "indicators.csv") for folder in folders))
    bps = {str(code): str(known) for code, known in b.table["kode_bps"].items()}
    alone = [change for change in found.changes if change.class_a == change.class_b]
    assert {change.tier for change in alone} >= {"nilai"}
    for change in alone:
        columns = {cause.what for cause in change.causes}
        assert {cause.part for cause in change.causes} == {"data"}
        whole = other[bps[change.code_b]]
        assert columns == (whole if change.measure == "komposit" else {change.measure})
        assert columns <= whole
    assert not any(change.is_unexplained for change in found.changes)


@pytest.mark.shared
def test_ready_ratios_beside_raw_counts_have_the_reason_of_every_value(cilegon: Made) -> None:
    *_, found = cilegon
    alone = [change for change in found.changes if change.class_a == change.class_b]
    assert len(alone) > 50
    for change in alone:
        assert {cause.part for cause in change.causes} == {"data"}
        assert change.measure in {"komposit", *(cause.what for cause in change.causes)}


def test_a_value_changed_behind_the_inputs_has_no_reason_and_says_so(
    belu: tuple[Made, tuple[Path, Path]],
) -> None:
    (a, _, _), _ = belu
    table = a.table.copy()
    code = str(table.index[table["nakes_dasar"] == "nilai"][0])
    table.loc[code, "nakes"] = table.at[code, "nakes"] + 0.001
    found = compare.compare((a, replace(a, table=table)), WISH)
    (change,) = [c for c in found.changes if c.measure == "nakes"]
    assert (change.tier, change.causes, change.is_unexplained) == ("nilai", (), True)
    assert "sebab tidak ditemukan" in terminal_lists.reasons(change, ID)


@pytest.mark.shared
def test_the_inputs_are_compared_by_the_values_that_counts_give(
    cilegon: Made, shared_dir: Path
) -> None:
    *_, found = cilegon
    assert [e.what for e in found.edits if e.code is None] == ["bentuk"]
    listed = Counter(e.what for e in found.edits if e.code)
    for name in real.IDS:
        other = sum(
            tahun_kedua.earlier(case, n)[name]
            != tahun_kedua.ratios(case).get(name, round(float(case["akses_kategori"])))
            for n, case in enumerate(tahun_kedua.cases(shared_dir))
        )
        assert listed[name] == other


def test_published_classes_that_decide_nothing_are_no_difference(
    belu: tuple[Made, tuple[Path, Path]],
) -> None:
    (_, _, found), folders = belu
    one, other = (tahun_kedua.rows(folder / "indicators.csv") for folder in folders)
    cells = sum(x[c] != y[c] for x, y in zip(one, other, strict=True) for c in x)
    printed, new = (tahun_kedua.rows(folder / "terbit.csv") for folder in folders)
    silent = sum(x[c] != y[c] for x, y in zip(printed, new, strict=True) for c in x)
    assert (cells, silent) == (45, 427)
    assert [e for e in found.edits if e.part == "timpa"] == []
    assert found.n_edits == cells
    assert found.summary.differing == ("data",)


def test_a_published_class_that_decides_is_one(belu: tuple[Made, tuple[Path, Path]]) -> None:
    (a, b, _), _ = belu
    assert b.inputs is not None
    assert b.inputs.published is not None
    open_ = b.table[b.table["nakes_dasar"] == "terbit"]
    code = str(open_["kode_bps"].iloc[0])
    before = int(b.inputs.published.at[code, "nakes_kelas"])
    published = b.inputs.published.copy()
    published.loc[code, "nakes_kelas"] = before % 6 + 1
    other = replace(b, inputs=replace(b.inputs, published=published))
    pairing = compare._find(a, other, WISH).pairing
    named = [e for e in differences.edits(a, other, pairing) if e.part == "timpa"]
    assert [(e.code, e.what) for e in named] == [(code, "terbit.nakes_kelas")]
    assert (named[0].a, named[0].b) == (str(before), str(before % 6 + 1))


def without_values(held: SideData, measure: str, codes: list[str]) -> SideData:
    """Return a side in which villages have neither value nor class of a measure."""
    table = held.table.copy()
    table.loc[codes, [measure, f"{measure}_kelas"]] = None
    table.loc[codes, f"{measure}_dasar"] = "kosong"
    return replace(held, table=table)


def test_a_class_on_one_side_only_is_no_change_of_class(
    belu: tuple[Made, tuple[Path, Path]],
) -> None:
    (a, _, _), _ = belu
    codes = [str(code) for code in a.table.index[a.table["lahan_dasar"] == "nilai"][:5]]
    found = compare.compare((a, without_values(a, "lahan", codes)), WISH)
    (lahan,) = [m for m in found.summary.measures if m.measure == "lahan"]
    assert (lahan.n_classes, lahan.n_one_sided, lahan.n_lost, lahan.n_values) == (0, 5, 5, 5)
    assert (lahan.n_rose, lahan.n_fell) == (0, 0)
    assert {c.tier for c in found.changes if c.measure == "lahan"} == {"ada"}
    # Nothing of the inputs differs: the table was changed behind them, and that is said.
    assert all(c.is_unexplained for c in found.changes if c.measure == "lahan")


def test_the_tiers_of_a_measure_are_nested(belu: tuple[Made, tuple[Path, Path]]) -> None:
    (_, _, found), _ = belu
    for m, cells in zip(found.summary.measures, found.cells, strict=True):
        pairs = [(x, y) for x, y in zip(cells.classes_a, cells.classes_b, strict=True) if x and y]
        assert m.n_classes == sum(x != y for x, y in pairs)
        assert m.n_tiers["lintas"] == sum((x <= 3) != (y <= 3) for x, y in pairs) <= m.n_classes
        values = zip(cells.values_a, cells.values_b, strict=True)
        assert m.n_values == sum(
            (x is None) != (y is None) or (x is not None and y is not None
                                           and round(abs(x - y), 6) > 10 ** -digits(found, m))
            for x, y in values
        )  # fmt: skip
        assert m.n_values > m.n_tiers["nilai"] or not m.n_classes
    assert found.n_maps_changed == sum(m.n_classes > 0 for m in found.summary.measures) > 3


def digits(found: Comparison, measure: object) -> int:
    return next(m.digits for m in found.measures if m.id == getattr(measure, "measure", None))


OTHER: tuple[dict[str, object], ...] = (
    {"unit": Bilingual(id="% rumah tangga", en="% of households")},
    {"formula": Bilingual(id="rumah tangga tanpa ledeng / rumah tangga", en="without mains")},
    {"calculation": "rt_tanpa_air / penduduk"},
)


@pytest.mark.parametrize("change", OTHER, ids=[next(iter(change)) for change in OTHER])
def test_another_unit_or_definition_is_never_paired(
    belu: tuple[Made, tuple[Path, Path]], change: dict[str, object]
) -> None:
    (a, b, _), _ = belu
    rules = b.rules
    own = next(i for i in rules.indicators if i.id == "air_bersih")
    given = own.model_copy(update=change)
    others = tuple(given if i.id == own.id else i for i in rules.indicators)
    changed = rules.model_copy(update={"indicators": others})
    assert b.inputs is not None
    other = replace(b, rules=changed, inputs=replace(b.inputs, rules=changed))
    with pytest.raises(CompareError) as refused:
        compare.compare((a, other), WISH)
    assert refused.value.key == "banding_metode"
    found = compare.compare((a, other), replace(WISH, forced=True))
    assert "air_bersih" not in {m.id for m in found.measures}
    assert "air_bersih" not in {c.measure for c in found.changes}
    assert "air_bersih" not in {e.what for e in found.edits}
    assert [one.id for one in found.apart] == ["air_bersih"]
    assert len(found.measures) == 6
    assert not found.measures[-1].comparable  # nor is the composite that it is part of
    named = {"unit": "satuan", "formula": "rumus", "calculation": "hitung"}[next(iter(change))]
    assert [e.what for e in found.edits if e.part == "metode"] == [f"{named}.air_bersih"]


def test_blanks_and_capitals_are_no_other_definition(
    belu: tuple[Made, tuple[Path, Path]],
) -> None:
    (a, b, _), _ = belu
    own = next(i for i in b.rules.indicators if i.id == "lahan")
    loud = own.formula.model_copy(update={"id": f" {own.formula.id.upper()}  "})
    given = own.model_copy(update={"formula": loud})
    others = tuple(given if i.id == own.id else i for i in b.rules.indicators)
    changed = b.rules.model_copy(update={"indicators": others})
    assert compare.compare((a, replace(b, rules=changed)), WISH).apart == ()
