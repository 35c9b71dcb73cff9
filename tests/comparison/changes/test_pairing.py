"""Who is whose counterpart, and why classes changed, on the small hand-drawn kabupaten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fsva.comparison.changes import compare
from fsva.comparison.changes.compare import Wish
from fsva.comparison.changes.descriptions import density_error
from fsva.comparison.values import comparison_thresholds
from fsva.comparison.values.result import Comparison
from fsva.config.editions.sections import Override
from fsva.config.methods.method import Method
from fsva.core import resources
from fsva.core.errors import CompareError
from fsva.core.toml import Bilingual
from fsva.villages.succession import Event, SuccessionLink
from tests.places import banding_kecil as kecil
from tests.places import examples, small
from tests.places.banding_kecil import Bahan

LIMITS = comparison_thresholds.load(resources.packaged("styles") / comparison_thresholds.FILE_NAME)
C, B = small.CODES, small.BPS_CODES


def compared(a: Bahan, b: Bahan, forced: bool = False) -> Comparison:
    held = kecil.side("A", a), kecil.side("B", b, 2022)
    return compare.compare(held, Wish(LIMITS, 1000, forced))


def kinds(found: Comparison) -> dict[str | None, str]:
    """Return what became of each village that is not simply the same."""
    return {v.code_b or v.code_a: v.kind for v in found.villages if v.kind != "tetap"}


def test_the_same_is_the_same() -> None:
    found = compared(Bahan(), Bahan())
    assert found.summary.same
    assert kinds(found) == {}


def test_another_name_alone_is_a_new_name() -> None:
    new = Bahan(table=kecil.renamed(small.table(), {B[0]: "Satu Jaya"}))
    assert kinds(compared(Bahan(), new)) == {C[0]: "ganti nama"}
    spelt = Bahan(table=kecil.renamed(small.table(), {B[0]: "S A T U"}))
    assert kinds(compared(Bahan(), spelt)) == {}


def test_another_code_at_the_same_place_is_the_same_village() -> None:
    new = "99.01.01.2077"
    codes = dict(zip(B, C, strict=True)) | {B[0]: new}
    found = compared(Bahan(), Bahan(codes=codes, layer=kecil.recoded(small.layer(), {C[0]: new})))
    assert kinds(found) == {new: "ganti kode"}
    (link,) = found.counterparts
    assert (link.code_a, link.code_b, link.signs) == (C[0], new, ("nama", "batas"))
    assert found.changes == ()


def test_another_kecamatan_is_a_move() -> None:
    new = "99.01.02.2077"
    codes = dict(zip(B, C, strict=True)) | {B[0]: new}
    table = small.table()
    table.loc[B[0], "kecamatan"] = "Selatan"
    layer = kecil.recoded(small.layer(), {C[0]: new})
    assert kinds(compared(Bahan(), Bahan(table, layer, codes))) == {new: "pindah"}


def test_a_village_that_lies_elsewhere_under_its_code_and_name_has_moved() -> None:
    """Villages 1 and 9 changed places; nobody got poorer."""
    layer = small.layer()
    shapes = layer.geometry.to_dict()
    shapes[C[0]], shapes[C[8]] = shapes[C[8]], shapes[C[0]]
    found = compared(Bahan(), Bahan(layer=layer.set_geometry(gpd.GeoSeries(shapes, crs=layer.crs))))
    assert kinds(found) == {C[0]: "pindah", C[8]: "pindah"}
    assert found.changes == ()
    assert found.summary.differing == ("batas",)


def test_land_that_went_to_a_neighbour_is_a_border_that_changed() -> None:
    layer = small.layer()
    strip = shapely.box(600e3 + 3000, 8990e3, 600e3 + 3600, 8993e3)  # a fifth of village 2
    shapes = layer.geometry.to_dict()
    shapes[C[0]], shapes[C[1]] = shapes[C[0]] | strip, shapes[C[1]] - strip
    moved = layer.set_geometry(gpd.GeoSeries(shapes, crs=layer.crs))
    people = dict.fromkeys(C, 1000.0)
    found = compared(Bahan(population=people), Bahan(layer=moved, population=people))
    assert kinds(found) == {C[0]: "batas berubah", C[1]: "batas berubah"}
    links = {(x.code_a, x.code_b): x for x in found.counterparts}
    gone = links[C[1], C[0]]
    assert gone.share_a == pytest.approx(0.2, abs=0.001)
    assert gone.population == pytest.approx(200, abs=1)
    assert gone.error == pytest.approx(density_error(0.2, 2), abs=0.001)
    # On schematic borders areas prove nothing.
    rough = compared(Bahan(schematic=True), Bahan(layer=moved, schematic=True))
    assert kinds(rough) == {}


def test_new_and_gone_villages_are_neither_better_nor_worse() -> None:
    less = kecil.without(Bahan(), [10])  # the island
    found = compared(Bahan(), less)
    assert kinds(found) == {C[10]: "hilang"}
    assert sum(map(sum, found.transitions[0].villages)) == 11
    assert found.changes == ()
    back = compared(less, Bahan())
    assert kinds(back) == {C[10]: "baru"}
    assert back.changes == ()
    (cells,) = [c for c in back.cells if c.measure == "lahan"]
    assert cells.classes_a[-1] is None
    assert cells.classes_b[-1] is not None


def _merged() -> Bahan:
    """Villages 1 and 2 are one, under the code of 1."""
    less = kecil.without(Bahan(), [1])
    layer = small.layer()
    shapes = less.layer.geometry.to_dict() | {C[0]: layer.geometry[C[0]] | layer.geometry[C[1]]}
    own = less.layer.set_geometry(gpd.GeoSeries(shapes, crs=layer.crs).reindex(less.layer.index))
    return replace(less, layer=own)


def test_a_merge_and_a_split_are_each_others_reverse() -> None:
    merged = compared(Bahan(), _merged())
    assert kinds(merged) == {C[0]: "gabung"}
    assert {(x.code_a, x.kind) for x in merged.counterparts} == {(C[0], "gabung"), (C[1], "gabung")}
    split = compared(_merged(), Bahan())
    assert kinds(split) == {C[0]: "mekar", C[1]: "mekar"}
    assert {x.code_a for x in split.counterparts} == {C[0]}


def test_a_ratio_that_a_succession_table_drops_is_lost_through_it() -> None:
    """The old table of one village serves two new ones: their ratios are nobody's."""
    new = "99.01.01.2077"
    day = date(2022, 5, 1)
    links = [
        SuccessionLink(B[0], to, day, "Perda", None, n)
        for n, to in enumerate((B[0], "9901010077"), 2)
    ]
    event = Event(day, tuple(links))
    table = small.table()
    ids = [i.id for i in small.shipped_method().indicators]
    table.loc[B[0], ids] = pd.NA
    table.loc["9901010077"] = table.loc[B[0]]
    table.loc["9901010077", "desa"] = "Satu Baru"
    layer = small.layer()
    halves = shapely.box(600e3, 8990e3, 601.5e3, 8993e3)
    shapes = layer.geometry.to_dict()
    shapes[new], shapes[C[0]] = shapes[C[0]] & halves, shapes[C[0]] - halves
    names = layer["nama"].to_dict() | {new: "Satu Baru"}
    drawn = gpd.GeoDataFrame({"nama": names}, geometry=gpd.GeoSeries(shapes), crs=layer.crs)
    codes = dict(zip(B, C, strict=True)) | {"9901010077": new}
    b = kecil.side("B", Bahan(table, drawn, codes), 2022)
    assert b.inputs is not None
    # What was read is the old table; the succession makes the new one of it.
    inputs = replace(b.inputs, values=small.table().drop(columns="baris"), events=(event,))
    found = compare.compare((kecil.side("A"), replace(b, inputs=inputs)), Wish(LIMITS, 1000))
    assert kinds(found) == {C[0]: "mekar", new: "mekar"}
    lost = [c for c in found.changes if c.measure == "lahan"]
    assert {c.code_b for c in lost} == {C[0], new}
    for change in lost:
        assert (change.class_b, change.tier, change.delta) == (None, "ada", None)
        assert [(r.part, r.share) for r in change.reasons] == [("kode", -1.0)]


def _other_method() -> Method:
    """Return a method of five indicators with weights of a fifth."""
    base = small.shipped_method()
    kept = tuple(
        i.model_copy(update={"weight": Fraction(1, 5)}) for i in base.indicators if i.id != "nakes"
    )
    return base.model_copy(update={"id": "lima", "indicators": kept})


def test_two_methods_are_refused_and_forced_only_with_marks() -> None:
    other = Bahan(rules=_other_method(), table=small.table().drop(columns="nakes"))
    with pytest.raises(CompareError) as refused:
        compared(Bahan(), other)
    assert refused.value.key == "banding_metode"
    found = compared(Bahan(), other, forced=True)
    assert found.forced == ("metode",)
    assert [m.id for m in found.measures] == [i.id for i in _other_method().measures()]
    assert not found.measures[-1].comparable
    for change in found.changes:
        if change.delta is not None and change.tier in ("lintas", "kelas"):
            assert sum(r.share for r in change.reasons) == pytest.approx(change.delta)
            assert {r.part for r in change.reasons} <= {"metode", "data"}


VALUES = st.lists(st.integers(0, 6000), min_size=12, max_size=12)
PICKS = st.dictionaries(st.integers(0, 11), st.integers(1, 6), max_size=3)


@pytest.mark.slow
@examples.one_in(3)
@given(VALUES, PICKS, st.integers(-90, 90), st.sampled_from(["atas", "bawah"]), st.booleans())
def test_whatever_is_edited_the_reasons_sum_to_the_change(
    values: list[int], picks: dict[int, int], shift: int, closed: str, swapped: bool
) -> None:
    base = small.shipped_method()
    lahan = base.indicators[0]
    cut_offs = tuple(c + Decimal(shift) / 10000 for c in lahan.cut_offs or ())
    edited = lahan.model_copy(update={"cut_offs": cut_offs, "closed": closed})
    rules = base.model_copy(update={"indicators": (edited, *base.indicators[1:])})
    table = small.table()
    table["lahan"] = pd.array([v / 10000 if v else None for v in values], dtype="Float64")
    why = Bilingual(id="uji", en="test")
    overrides = tuple(
        Override(kode_bps=B[n], desa=small.NAMES[n], indikator="lahan", kelas=c, alasan=why)
        for n, c in sorted(picks.items())
    )
    codes = dict(zip(B, C, strict=True))
    if swapped:
        codes[B[2]], codes[B[5]] = codes[B[5]], codes[B[2]]
    found = compared(Bahan(), Bahan(table, codes=codes, rules=rules, overrides=overrides), True)
    assert len({(c.code_b, c.measure) for c in found.changes}) == len(found.changes)
    for change in found.changes:
        total = sum(r.share for r in change.reasons)
        if change.tier in ("lintas", "kelas", "ada"):
            assert change.reasons
            gained = (change.class_b is not None) - (change.class_a is not None)
            assert total == pytest.approx(gained if change.delta is None else change.delta)
        else:
            assert change.reasons == ()
    assert found.summary.same == (found.summary.differing == () and not found.changes)


def test_half_a_village_holds_a_third_to_two_thirds_of_its_people() -> None:
    assert density_error(0.5, 2) == pytest.approx(1 / 6)
    assert density_error(0.0, 2) == density_error(1.0, 2) == 0
    assert density_error(0.5, 1) == 0
