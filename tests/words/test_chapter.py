"""Chapter 5 in words: the lists of the report, and silence on classes without villages."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from tests.index.test_joined_table import belu
from tests.places import small
from tests.places.frames import chapter, joined_table, summary

METHOD = small.shipped_method()
SETTINGS = edition.load(small.BELU).settings


def of(table: pd.DataFrame, language: Language = "id") -> str:
    counts = summary.tally(table, list(METHOD.measures()), summary.sizes(table, None), METHOD)
    return chapter.write(table, counts, METHOD, SETTINGS, texts.load(language))


def sections(text: str) -> tuple[str, str]:
    """Return sections 5.1 and 5.2."""
    _, first, second = re.split(r"^5\.[12]\. .*$", text, flags=re.MULTILINE)
    return first, second


# Section 5.1 of the report, without its errors (Leosama in two classes, Lakmaras in none).
REPORTED = {
    "2.1. Kecamatan Raimanuk 2 desa yaitu Teun dan Faturika",
    "2.2. Kecamatan Lasiolat 1 desa yaitu Lakanmau",
    "2.3. Kecamatan Lamaknen Selatan 1 desa yaitu Loonuna",
    "3.2. Kecamatan Tasifeto Barat 3 desa yaitu Bakustulama, Naekasa dan Tukuneno",
    "3.5. Kecamatan Lamaknen 3 desa yaitu Maudemu, Leowalu dan Fulur",
    "5.4. Kecamatan Kota Atambua 2 kelurahan yaitu Fatubenao dan Manumutin",
    "6.4. Kecamatan Atambua Selatan 3 kelurahan yaitu Lidak, Manuaman dan Rinbesi",
    "6.5. Kecamatan Tasifeto Timur 1 desa yaitu Bauho",
}


def test_the_lists_are_those_of_the_report() -> None:
    first, _ = sections(of(belu()))
    lines = {line.strip() for line in first.splitlines()}
    assert lines >= REPORTED
    assert "Cut-off dan skala: tahun dasar Belu 2021." in lines
    assert "1. Prioritas 1 (Rentan pangan tinggi): 0 desa/kelurahan (0,00%)." in lines
    assert "2. Prioritas 2 (Rentan pangan sedang): 4 desa/kelurahan (4,94%), yaitu:" in lines


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_village_stands_in_exactly_one_list(language: Language) -> None:
    first, _ = sections(of(belu(), language))
    listed: list[str] = []
    for line in first.splitlines():
        if match := re.match(r"   \d\.\d+\. Kecamatan .*?(?:yaitu |\()(.*?)\)?$", line):
            listed += re.split(r", | dan | and ", match[1])
    assert sorted(listed) == sorted(belu()["desa"])


def test_the_headline_counts_21_of_81_and_names_the_free_kecamatan() -> None:
    first, _ = sections(of(belu()))
    assert "21 dari 81 desa/kelurahan (25,93%)" in first
    assert "Raimanuk 7 dari 9, Tasifeto Barat 3 dari 8" in first
    assert "di Kecamatan Kakuluk Mesak, Kota Atambua, Atambua Barat, Atambua Selatan dan Raihat."\
        in first  # fmt: skip


def test_causes_are_given_for_classes_2_and_3_and_not_for_the_empty_class_1() -> None:
    _, second = sections(of(belu()))
    assert "Prioritas 1 " not in second
    (two,) = re.findall(r"^- Prioritas 2 .*$", second, re.MULTILINE)
    (three,) = re.findall(r"^- Prioritas 3 .*$", second, re.MULTILINE)
    assert "(1) tingginya rasio rumah tangga tanpa akses air bersih, 3 dari 4" in two
    assert "kurang memadainya akses penghubung, 3 dari 4" in two
    assert "(3) rendahnya rasio sarana prasarana penyedia pangan, 9 dari 17" in three
    assert len(re.findall(r"^- .*, Kecamatan .* \(Prioritas [23]\): ", second, re.MULTILINE)) == 21


def test_without_vulnerable_villages_there_are_no_causes_and_no_headline() -> None:
    secure = belu().copy()
    secure["komposit_kelas"] = secure["komposit_kelas"].clip(lower=4)
    first, second = sections(of(secure))
    assert second.strip() == (
        "Tidak ada desa/kelurahan di Prioritas 1-3; tidak ada faktor penyebab yang perlu diuraikan."
    )
    assert "bersama-sama" not in first
    assert "Rerata" not in first


def small_table(**classes: list[int | None]) -> pd.DataFrame:
    villages = small.table().rename_axis("kode_bps").reset_index().set_axis(list(small.CODES))
    table = joined_table.tabulate(villages, None, (), METHOD)
    for name, values in classes.items():
        table[f"{name}_kelas"] = pd.array(values, dtype="Int8")
    return table


def test_villages_without_a_class_are_named_in_number_and_left_out_of_shares() -> None:
    table = small_table(komposit=[1, None, *[5] * 10])
    first, _ = sections(of(table))
    assert "11 desa/kelurahan, menurut prioritas. 1 desa/kelurahan lain tidak punya" in first
    assert "1 dari 11 desa/kelurahan (9,09%), di Kecamatan Utara 1 dari 5." in first


def test_a_village_without_weak_indicators_is_said_to_have_none() -> None:
    strong: dict[str, list[int | None]] = {i.id: [6] * 12 for i in METHOD.indicators}
    _, second = sections(of(small_table(komposit=[3, *[6] * 11], **strong)))
    assert "- Satu, Kecamatan Utara (Prioritas 3): tidak ada indikator di kelas 1-3." in second
    assert "tidak ada indikator yang lemah di lebih dari 45% desanya." in second


def test_desa_and_kelurahan_of_one_kecamatan_are_told_apart_by_their_codes() -> None:
    table = small_table(komposit=[3] * 12)
    table.index = pd.Index(
        [code.replace(".20", ".10") if n == 1 else code for n, code in enumerate(table.index)]
    )
    first, _ = sections(of(table))
    assert (
        "3.1. Kecamatan Utara 5 desa yaitu Satu, Tiga, Empat, Lima dan Enam "
        "serta 1 kelurahan yaitu Dua"
    ) in first


def test_an_abbreviation_keeps_its_capitals_within_a_sentence() -> None:
    name = {"id": "PPH konsumsi", "en": "PPH of consumption"}
    indicator = small.indicator("lahan").model_copy(
        update={"name": type(small.indicator("lahan").name)(**name)}
    )
    assert chapter.cause(indicator, texts.load("id")) == "rendahnya PPH konsumsi"
    assert chapter.cause(small.indicator("lahan"), texts.load("en")) == "low farm land ratio"


@pytest.mark.parametrize(("language", "word"), [("id", "USULAN"), ("en", "PROPOSAL")])
def test_composite_cut_offs_that_no_office_decided_are_called_a_proposal(
    language: Language, word: str
) -> None:
    table = belu()
    proposed = METHOD.model_copy(update={"proposed": ("komposit",)})
    counts = summary.tally(table, list(METHOD.measures()), summary.sizes(table, None), METHOD)
    text = chapter.write(table, counts, proposed, SETTINGS, texts.load(language))
    assert word in sections(text)[0]
    assert word not in of(table, language)
