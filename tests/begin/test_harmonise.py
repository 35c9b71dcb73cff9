"""Proposals for villages that two sides write differently, and what becomes of earlier rows."""

from __future__ import annotations

import builtins
import csv
from itertools import permutations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.begin import crosswalk_rows, harmonise
from fsva.begin.harmonise import Known, Matches, WrittenVillage, best_pairs, propose
from fsva.core.errors import UsageError
from tests.places.small import ROOT

CROSSWALK = ROOT / "boundaries" / "crosswalk" / "53.04.csv"


def belu() -> list[dict[str, str]]:
    text = CROSSWALK.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def table_of(rows: list[dict[str, str]]) -> list[WrittenVillage]:
    return [
        WrittenVillage(r["kode_bps"], r["nama_bps"], harmonise.key(r["kecamatan"]), r["kecamatan"])
        for r in rows
    ]


def layer_of(rows: list[dict[str, str]]) -> list[WrittenVillage]:
    codes = [(r["kode_kemendagri"], r["nama_kemendagri"]) for r in rows]
    return [WrittenVillage(code, name, code[:8]) for code, name in codes]


def pairs_of(found: Matches) -> dict[str, str]:
    return {p.table.code: p.layer.code for p in found.proposals}


def side(*names: str, group: str = "a", start: int = 0) -> list[WrittenVillage]:
    return [WrittenVillage(f"{group}{n}", name, group) for n, name in enumerate(names, start)]


def test_belu_is_proposed_as_its_crosswalk_has_it() -> None:
    rows = belu()
    found = propose(table_of(rows), layer_of(rows))
    assert pairs_of(found) == {r["kode_bps"]: r["kode_kemendagri"] for r in rows}
    assert len(found.proposals) == 81
    assert found.table_left == found.layer_left == ()
    alike = {p.table.name: p.layer.name for p in found.proposals if p.reason == "mirip"}
    assert alike["Raiulun"] == "Dualasi Raiulun"
    different = [
        r for r in rows if harmonise.key(r["nama_bps"]) != harmonise.key(r["nama_kemendagri"])
    ]
    assert len(alike) == len(different)


def test_the_order_of_the_villages_does_not_matter() -> None:
    rows = belu()
    assert propose(table_of(rows), layer_of(rows)) == propose(
        table_of(rows[::-1]), layer_of(rows[::-1])
    )


def test_a_village_is_never_proposed_into_another_kecamatan() -> None:
    left = [*side("Satu", "Dua", "Tiga", group="a"), *side("Empat", "Lima", "Enam", group="b")]
    right = [*side("Satu", "Dua", group="x"), *side("Empat", "Lima", "Enam", "Tiga", group="y")]
    found = propose(left, right)
    assert {(one, other) for one, other, _ in found.kecamatan} == {("a", "x"), ("b", "y")}
    assert [v.name for v in found.table_left] == ["Tiga"]
    assert [v.name for v in found.layer_left] == ["Tiga"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S A D I", "Sadi"),
        ("Gunungsugih", "Gunung Sugih"),
        ("Geukueh", "GEUKUÉH"),
        ("Ma'u", "Mau"),
        ("Desa Kewar", "Kewar"),
        ("Kel. Atambua", "ATAMBUA"),
        ("Kewar", "Gampong Kewar"),
        ("Kampung Baru", "Kampung Baru"),
        ("Desa", "desa"),
    ],
)
def test_spaces_case_marks_and_accents_make_no_other_name(one: str, other: str) -> None:
    (found,) = propose(side(one), side(other, group="x")).proposals
    assert (found.reason, found.score) == ("nama_sama", 100.0)


def test_code_comes_before_name_and_name_before_likeness() -> None:
    left = [
        WrittenVillage("a0", "Makmur", "a", other_code="x1"),
        WrittenVillage("a1", "Sukajaya", "a"),
        WrittenVillage("a2", "Deringo", "a"),
    ]
    found = propose(left, side("Sukajaya", "Makmoer", "Dringo", "Makmur", group="x"))
    assert [(p.table.name, p.layer.name, p.reason) for p in found.proposals] == [
        ("Makmur", "Makmoer", "kode"),
        ("Sukajaya", "Sukajaya", "nama_sama"),
        ("Deringo", "Dringo", "mirip"),
    ]
    assert found.proposals[2].score == pytest.approx(92.3)
    assert [v.name for v in found.layer_left] == ["Makmur"]


def test_twins_are_marked_and_names_too_unlike_are_left() -> None:
    found = propose(
        side("Mekarsari", "Mekarsari", "Kotasari", "Warnasari", "Ciputat"),
        side("Mekarsari", "Mekarsari", "Kotasari", "Warnasari", "Dungus", group="x"),
    )
    assert [p.reason for p in found.proposals] == [
        "nama_kembar", "nama_kembar", "nama_sama", "nama_sama",
    ]  # fmt: skip
    assert [v.name for v in (*found.table_left, *found.layer_left)] == ["Ciputat", "Dungus"]


def test_likeness_is_shared_out_so_that_all_fit_best() -> None:
    # Taken one by one, "Suka Maju" would take "Suka Majul" and leave its twin the worse one.
    found = propose(
        side("Suka Majua", "Suka Majuu", "Gerem"),
        side("Suka Maju", "Suka Majuux", "Gerem", group="x"),
    )
    named = {p.table.name: p.layer.name for p in found.proposals}
    assert named["Suka Majuu"] == "Suka Majuux"
    assert named["Suka Majua"] == "Suka Maju"


def test_what_is_decided_is_not_proposed_again_and_tells_the_kecamatan() -> None:
    left = [*side("Satu", "Dua", "Tiga"), *side("Empat", group="b")]
    right = [*side("Lain", "Dva", group="x"), *side("Satu", "Tiga", group="y")]
    known = Known(confirmed=[("a0", "x0")] * 1, refused=frozenset({("a2", "y1")}))
    found = propose(left, right, known)
    assert ("a", "x", 100.0) in found.kecamatan
    assert pairs_of(found) == {"a1": "x1"}
    waiting = Known(confirmed=[("a0", "x0")], waiting=[("a1", "x1")])
    assert pairs_of(propose(left, right, waiting)) == {}


def test_a_refused_pair_makes_room_for_the_next_best() -> None:
    left, right = side("Deringo", "Kotasari"), side("Dringo", "Deringoe", "Kotasari", group="x")
    assert pairs_of(propose(left, right))["a0"] == "x1"
    refused = Known(refused=frozenset({("a0", "x1")}))
    assert pairs_of(propose(left, right, refused))["a0"] == "x0"


def test_names_of_kecamatan_count_where_the_layer_has_them() -> None:
    left = [
        WrittenVillage("a0", "Satu", "a", "Atambua Barat"),
        WrittenVillage("b0", "Dua", "b", "Raihat"),
    ]
    right = [
        WrittenVillage("x0", "Lain", "x", "ATAMBUA BARAT"),
        WrittenVillage("y0", "Beda", "y", "Ra Ihat"),
    ]
    found = propose(left, right)
    assert {(one, other) for one, other, _ in found.kecamatan} == {("a", "x"), ("b", "y")}
    assert found.proposals == ()


def test_nothing_can_be_proposed_for_an_empty_side() -> None:
    villages = side("Satu")
    assert propose(villages, []).table_left == tuple(villages)
    assert propose([], villages).layer_left == tuple(villages)


def test_without_rapidfuzz_the_remedy_is_named() -> None:
    real = builtins.__import__

    def lacking(name: str, *rest: object) -> object:
        if name.startswith("rapidfuzz"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    with patch.object(builtins, "__import__", lacking), pytest.raises(UsageError) as caught:
        harmonise.likeness(["a"], ["b"])
    assert caught.value.key == "rapidfuzz_hilang"


names = st.lists(st.text("abcdesu ", min_size=1, max_size=8), max_size=6)


@given(names, names)
def test_every_village_is_in_one_pair_or_left(one: list[str], other: list[str]) -> None:
    left, right = side(*one), side(*other, group="x")
    found = propose(left, right)
    rows = [p.table for p in found.proposals] + list(found.table_left)
    columns = [p.layer for p in found.proposals] + list(found.layer_left)
    assert sorted(v.code for v in rows) == [v.code for v in left]
    assert sorted(v.code for v in columns) == [v.code for v in right]
    assert all(harmonise.LEAST_SCORE <= p.score <= 100 for p in found.proposals)


matrices = st.integers(0, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(-1, 9), min_size=n, max_size=n), min_size=0, max_size=5
    ).map(lambda rows: np.array(rows, dtype=float).reshape(len(rows), n))
)


@given(matrices)
def test_no_other_pairing_has_a_higher_sum(scores: np.ndarray) -> None:
    found = list(best_pairs(scores))
    n_rows, n_columns = scores.shape
    assert len({r for r, _ in found}) == len({c for _, c in found}) == min(scores.shape)
    wide = scores if n_rows <= n_columns else scores.T
    best = max(
        sum(wide[n, m] for n, m in enumerate(order))
        for order in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert sum(scores[r, c] for r, c in found) == best


def row(one: str, other: str, status: str = "") -> dict[str, str]:
    return {
        "kode_bps": one, "kode_kemendagri": other, "nama_bps": one, "nama_kemendagri": other,
        "kecamatan": "", "status": status, "catatan": f"catatan {one}",
    }  # fmt: skip


def test_decided_rows_stay_and_proposals_that_no_longer_fit_go() -> None:
    rows = [
        row("a0", "x0"),
        row("a1", "x1", "usulan"),
        row("a2", "x2", "tidak"),
        row("a0", "x3", "usulan"),  # its village is confirmed by now
        row("a4", "x9", "usulan"),  # the layer no longer has that code
        row("a5", "x1", "usulan"),  # another proposal has it already
        row("a9", "x4", "ya"),  # the table no longer has that code
    ]
    book = crosswalk_rows.sort_out(rows, {f"a{n}" for n in range(6)}, {f"x{n}" for n in range(6)})
    assert list(book.kept) == [rows[0], rows[1], rows[2], rows[6]]
    assert list(book.withdrawn) == rows[3:6]
    assert list(book.outdated) == [rows[6]]
    assert book.known == Known(
        [("a0", "x0"), ("a9", "x4")], [("a1", "x1")], frozenset({("a2", "x2")})
    )
