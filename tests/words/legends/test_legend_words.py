"""What a legend says of a whole map: its units, its villages, the people in vulnerable ones."""

from __future__ import annotations

from functools import cache
from math import nan

import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.index.joined_table import JoinedTable
from fsva.runs import run_order, tabulation
from fsva.words import chapter
from fsva.words.legends import legend_words
from tests.places import small
from tests.places.small import shipped_method

ID, EN = texts.load("id"), texts.load("en")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["99.01.01.2001", "99.01.01.3002"], "Jumlah: 2 desa"),
        (["99.01.01.1001"], "Jumlah: 1 kelurahan"),
        (["99.01.01.1001", "99.01.01.2002"], "Jumlah: 2 desa dan kelurahan"),
        ([f"99.01.{n:02d}.2001" for n in range(1234)], "Jumlah: 1.234 desa"),
    ],
)
def test_the_total_names_the_units_that_a_map_has(codes: list[str], words: str) -> None:
    assert legend_words.of_villages(codes, ID) == words


def test_a_map_of_a_kota_names_no_desa() -> None:
    kota = legend_words.fitting(ID, ["99.01.01.1001"])
    assert kota("peta.sumber_batas", sumber="BIG") == "Batas kelurahan: BIG."
    assert kota("peta.cakram") == "Kelurahan sangat kecil"
    assert kota("peta.nomor_desa") == "Nomor kelurahan"
    assert kota("peta.batas_desa") == "Batas kelurahan"
    for codes in (["99.01.01.2001"], ["99.01.01.1001", "99.01.01.2002"]):
        assert legend_words.fitting(ID, codes)("peta.cakram") == "Desa sangat kecil"
    assert legend_words.fitting(EN, ["99.01.01.1001"])("peta.cakram") == EN("peta.cakram")


@cache
def table() -> JoinedTable:
    """Return the joined table of Belu."""
    order = run_order.place(edition.load(small.BELU), None, ID)
    return tabulation.tabulate(order.edition, order.village_layer).table


def test_titles_of_a_method_fit_a_kota() -> None:
    title = "Rasio Lahan terhadap Luas Wilayah Desa; desa, pedesaan"
    kota, mixed = (legend_words.fitting(ID, c) for c in (["99.01.01.1001"], ["1.1001", "1.2001"]))
    said = "Rasio Lahan terhadap Luas Wilayah Kelurahan; kelurahan, pedesaan"
    assert legend_words.placed(title, kota) == said
    assert legend_words.placed(title, mixed) == title
    assert legend_words.placed(title, ID) == title
    english = legend_words.fitting(EN, ["99.01.01.1001"])
    assert legend_words.placed("Ratio of Farm Land to Village Area", english).endswith(
        "Village Area"
    )


def people_of(persons: list[float]) -> list[str]:
    """Return what the legend of Belu's composite says beside the number of villages."""
    method = shipped_method()
    said = legend_words.totals(table(), method.composite, method, persons, ID)
    return list(said)[1:]


def test_people_of_vulnerable_villages_are_counted_where_all_are_known() -> None:
    classes = table().classes["komposit"].tolist()
    vulnerable = [0 < n <= 3 for n in classes]
    assert sum(vulnerable) == 21  # Tabel 5.1: 0 + 4 + 17
    persons = [float(n) for n in range(1000, 1000 + len(classes))]
    wanted = sum(n for n, one in zip(persons, vulnerable, strict=True) if one)
    assert people_of(persons) == [f"Penduduk di prioritas 1-3: {ID.decimal(wanted, 0)} jiwa"]
    without = [nan if one else n for n, one in zip(persons, vulnerable, strict=True)]
    assert people_of(without) == []
    elsewhere = [n if one else nan for n, one in zip(persons, vulnerable, strict=True)]
    assert people_of(elsewhere) == people_of(persons)
    assert people_of([nan] * len(classes)) == []


def test_the_chapter_says_how_many_people_live_in_vulnerable_villages() -> None:
    method = shipped_method()
    said = chapter.inhabitants(1234.0, 5000.0, method, ID)
    assert said == "Di desa/kelurahan Prioritas 1-3 tinggal 1.234 dari 5.000 jiwa (24,68%)."
    assert "1.234 jiwa" in chapter.inhabitants(1234.0, nan, method, ID)
    assert chapter.inhabitants(nan, 5000.0, method, ID) == ""
