"""The kind of village before the names of a table: left out where it is no part of them."""

from __future__ import annotations

import pytest

from fsva.config.editions import headings
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.sources.cells import village_names
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow

ATTRIBUTES = headings.shipped().attributes
BARE = [
    "Bokon",
    "Fafinesu",
    "Sapaen",
    "Tainsala",
    "Oelneke",
    "Naku",
    "Upfaon",
    "Bitefa",
    "Oesena",
    "Baru",
]


def read(names: list[str], kecamatan: str = "Insana") -> tuple[list[str], list[str], list[Note]]:
    rows = [
        TableRow(n + 2, {BPS: f"53050110{n:02d}", PARENT: kecamatan, UNIT: name})
        for n, name in enumerate(names)
    ]
    done, notes = village_names.without_kinds(rows, ATTRIBUTES)
    return [r.cells[UNIT] for r in done], [r.cells[PARENT] for r in done], notes


@pytest.mark.parametrize(
    "word", ["Desa ", "DESA ", "Ds. ", "Kelurahan ", "Gampong ", "Kampung ", "Nagari ", "Pekon "]
)
def test_a_word_before_every_name_is_left_out_and_told_once(word: str) -> None:
    names, _, notes = read([word + name for name in BARE])
    assert names == BARE
    assert [(note.key, note.facts["jumlah"]) for note in notes] == [("kata_desa", "10")]
    assert notes[0].facts["contoh"] == ", ".join(word + name for name in BARE[:3])


def test_two_kinds_and_a_name_that_lacks_them() -> None:
    names, _, notes = read(
        [*(f"Desa {n}" for n in BARE[:7]), "Kel. Naku", "Kelurahan Oesena", "Baru"]
    )
    assert names == [*BARE[:7], "Naku", "Oesena", "Baru"]
    assert [note.key for note in notes] == ["kata_desa"]


@pytest.mark.parametrize("called", ["Kampung Baru", "Desa Baru", "Nagari Tengah", "Kampung Bugis"])
def test_a_village_may_truly_be_called_so(called: str) -> None:
    names, _, notes = read([*BARE[:9], called])
    assert names == [*BARE[:9], called]
    assert [(note.key, note.facts["jumlah"]) for note in notes] == [("kata_desa_tetap", "1")]


def test_half_with_the_word_lose_it_unless_it_is_part_of_the_name() -> None:
    names, _, notes = read([*(f"Kampung {n}" for n in BARE[:6]), "Kampung Baru", *BARE[6:9]])
    assert names == [*BARE[:6], "Kampung Baru", *BARE[6:9]]
    assert [note.key for note in notes] == ["kata_desa", "kata_desa_tetap"]


def test_words_that_begin_no_name_go_wherever_they_stand() -> None:
    names, _, notes = read(["Kel. Bokon", "Kelurahan Naku", *BARE[2:9]])
    assert names[:2] == ["Bokon", "Naku"]
    assert [note.facts["jumlah"] for note in notes] == ["2"]


@pytest.mark.parametrize(
    "written", ["Kec. Insana", "Kecamatan Insana", "KEC INSANA", "Distrik Insana"]
)
def test_the_word_kecamatan_is_never_a_part_of_its_name(written: str) -> None:
    _, above, notes = read(BARE, written)
    assert {name.casefold() for name in above} == {"insana"}
    assert [note.key for note in notes] == ["kata_kecamatan"]


def test_names_without_the_word_are_silent() -> None:
    assert read(BARE, "Kecubung")[1:] == (["Kecubung"] * 10, [])
