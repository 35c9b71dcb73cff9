"""The maps in words: the figures are those of the map, counted anew from the table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from fsva.config.methods import method
from fsva.core import texts
from fsva.words import alt_text
from fsva.words.specification import Highlight
from tests.places import belu
from tests.places.small import ROOT, shipped_method

ID = texts.load("id")


@pytest.mark.parametrize("n", range(7))
def test_the_words_tell_the_counts_of_the_table(n: int) -> None:
    atlas = belu.made()
    words = atlas.sheets[n].in_words["map"]
    assert words.startswith("Peta 81 desa/kelurahan menurut kelas prioritas. ")
    counts = tuple(int(c) for c in re.findall(r"[1-6] [RT][a-z ]+: (\d+)", words))
    assert counts == belu.COUNTS[n]
    need = sum(belu.COUNTS[n][:3])
    assert f"Prioritas 1-3: {need} dari 81 " in words


@pytest.mark.parametrize("n", range(7))
def test_the_kecamatan_most_affected_come_first(n: int) -> None:
    atlas = belu.made()
    rows = atlas.rows()
    affected = Counter(r["kecamatan"] for r in rows if int(r[f"{belu.IDS[n]}_kelas"]) <= 3)
    villages = Counter(r["kecamatan"] for r in rows)
    found = re.findall(
        r"(?:: |, )([A-Z][\w ]+) \((\d+) dari (\d+)\)", atlas.sheets[n].in_words["map"]
    )
    assert [int(count) for _, count, _ in found] == sorted(affected.values(), reverse=True)[:3]
    assert [(affected[k], villages[k]) for k, _, _ in found] == [
        (int(a), int(b)) for _, a, b in found
    ]


def test_the_words_follow_the_language() -> None:
    words = belu.made("en").sheets[6].in_words
    assert "Priority 1-3: 21 of 81 classified villages (25.9%)." in words["map"]
    assert words["locator"] == (
        "Map of where Kabupaten Belu lies in the province of Nusa Tenggara Timur."
    )


def test_villages_without_a_class_are_in_no_share() -> None:
    one = belu.made().maps[6]
    some = {code: 0 if n < 11 else 4 for n, code in enumerate(sorted(one.priorities))}
    some[max(some)] = 1
    words = alt_text.of_map(
        replace(one, priorities=some), dict.fromkeys(some, "Satu"), shipped_method(), ID
    )
    assert "Prioritas 1-3: 1 dari 70 desa/kelurahan yang berkelas (1,4%)." in words
    assert "Satu (1 dari 70)" in words  # of those with a class, as in the report


@pytest.mark.parametrize(
    ("priority", "said"), [(5, "Tidak ada desa/kelurahan di prioritas"), (0, "")]
)
def test_no_village_in_need_and_no_village_known_are_two_things(priority: int, said: str) -> None:
    one = belu.made().maps[6]
    same = dict.fromkeys(one.priorities, priority)
    words = alt_text.of_map(
        replace(one, priorities=same), dict.fromkeys(same, "Satu"), shipped_method(), ID
    )
    assert said in words
    assert "Kecamatan" not in words
    assert ("Tidak ada" in words) is (priority == 5)


def test_hatched_villages_are_told() -> None:
    one = belu.made().maps[6]
    marked = replace(one, highlight=Highlight(frozenset(list(one.priorities)[:3]), "kantong"))
    words = alt_text.of_map(marked, dict.fromkeys(one.priorities, "Satu"), shipped_method(), ID)
    assert words.endswith("3 desa/kelurahan diarsir: kantong.")


def test_a_map_of_four_classes_counts_those_that_stand_for_one_to_three() -> None:
    eleven = method.load(ROOT / "styles" / "metode" / "fsva-2025-11.toml")
    (joined,) = (i for i in eleven.indicators if i.map_classes)
    one = replace(belu.made().maps[6], measure_id=joined.id)
    assert alt_text.vulnerable(one, eleven) == {1, 2}
    assert alt_text.vulnerable(replace(one, measure_id="komposit"), eleven) == {1, 2, 3}
