"""Every error has a code of its own, words in both languages and a line in the manual."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from fsva.core import texts
from fsva.core.errors import FsvaError, JoinError, Place
from tests.places.small import ROOT
from tests.project.error_keys import CLASSES, KEYS_HEADING, Raised, manual_rows, raised

RAISED = raised()
PARTS = ("pesan", "harap", "perbaikan")
ID, EN = (texts.load(language).entries["galat"] for language in texts.LANGUAGES)
MANUAL = (ROOT / "docs" / "kode-keluar.md").read_text(encoding="utf-8")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_source_is_read() -> None:
    """Guard the other tests: known keys of each way of raising are found."""
    found = {r.key for r in RAISED}
    assert {"kolom_hilang", "toml", "skema_kurang", "kode_bps", "bukan_angka"} <= found
    assert {"cut_off_tinggi", "poligon_kosong", "berubah_banyak"} <= found


def test_every_error_raised_has_its_words_and_no_words_are_idle() -> None:
    assert {r.key for r in RAISED} == set(ID) - {"umum"}


def test_both_catalogues_have_the_same_keys() -> None:
    assert list(ID) == list(EN)
    assert list(ID["umum"]) == list(EN["umum"])


@pytest.mark.parametrize("key", [key for key in ID if key != "umum"])
def test_both_languages_say_all_three_things_with_the_same_placeholders(key: str) -> None:
    assert tuple(ID[key]) == tuple(EN[key]) == PARTS
    for part in PARTS:
        assert ID[key][part] != EN[key][part] or ID[key][part] == "{harap}."
        assert placeholders(ID[key][part]) == placeholders(EN[key][part])


@pytest.mark.parametrize("at", RAISED, ids=lambda r: f"{r.where} {r.key}")
def test_the_facts_given_are_the_placeholders_of_the_words(at: Raised) -> None:
    used = set().union(*(placeholders(ID[at.key][part]) for part in PARTS))
    assert used <= at.facts
    if at.classes == (CLASSES["EditionError"], CLASSES["StyleError"]):
        return  # settings gives every kind of refusal the same two facts
    assert used == at.facts


def test_exit_codes_are_unique_and_leave_0_and_2_to_their_usual_meaning() -> None:
    codes = {name: error.exit_code for name, error in CLASSES.items()}
    assert len(set(codes.values())) == len(codes)
    assert 0 not in codes.values()
    assert codes["UsageError"] == 2


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading of the manual, without its own headings."""
    section = MANUAL.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.*) \|$", section, re.MULTILINE)[1:]
    return [[cell.strip().strip("`") for cell in row.split(" | ")] for row in rows]


def test_the_manual_lists_every_exit_code() -> None:
    rows = {row[1]: int(row[0]) for row in table("Kode keluar / exit codes")}
    codes = {name: error.exit_code for name, error in CLASSES.items()}
    assert rows == {"-": 0} | codes


def test_the_manual_lists_every_error_key_with_its_codes_and_words() -> None:
    assert table(KEYS_HEADING) == manual_rows()


def test_an_error_says_for_developers_what_and_where() -> None:
    error = JoinError("nama_lain", [Place(row=3), Place(row=4)], {"berkas": "a.csv"})
    assert isinstance(error, FsvaError)
    assert str(error).startswith("nama_lain {'berkas': 'a.csv'} at Place(file=None, row=3")
    assert str(JoinError("nama_lain")) == "nama_lain {}"
