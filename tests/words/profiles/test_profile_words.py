"""Profiles in words: the report's numbers of Belu, in both languages, and what is not known."""

from __future__ import annotations

import numpy as np
import pytest

from fsva.core import texts
from fsva.core.texts import Language
from fsva.index import what_if
from fsva.words.profiles import kecamatan_words
from fsva.words.profiles.profile_words import Earlier, ProfileWriter, VillageProfile
from tests.places import contoh


def writer(
    language: Language = "id", earlier: Earlier | None = None, people: float = np.nan
) -> ProfileWriter:
    made = contoh.belu()
    everybody = np.full(len(made.table), people)
    return ProfileWriter(made.table, made.rules, everybody, earlier, texts.load(language))


def village(name: str, **how: object) -> VillageProfile:
    written = writer(**how)  # type: ignore[arg-type]
    return written.village(list(written.table.names).index(name))


def test_a_village_has_the_values_classes_and_rank_of_the_report() -> None:
    fulur = village("Fulur")
    assert (fulur.kecamatan, fulur.class_name) == ("Lamaknen", "Prioritas 3: Rentan pangan rendah")
    assert [(line.measure.id, line.value, line.priority) for line in fulur.lines] == [
        ("lahan", "0,1802", 4),
        ("sarana", "0,0257", 3),
        ("tidak_sejahtera", "0,0900", 5),
        ("akses", "kategori 1 (baik)", 4),
        ("air_bersih", "0,4904", 1),
        ("nakes", "6,4516", 3),
        ("komposit", "50,74", 3),
    ]
    assert fulur.facts == (
        "Skor komposit 50,74 dari 100 (makin tinggi makin tahan pangan)",
        "Peringkat 66 dari 81 desa/kelurahan (1 = paling tahan pangan)",
    )


def test_causes_stand_in_the_order_of_their_weight() -> None:
    """Class 1 weighs three points, class 3 one; equal ones in the order of the maps."""
    assert village("Fulur").causes == (
        "Indikator rentan, yang terberat lebih dahulu: "
        "Rasio rumah tangga tanpa akses air bersih (kelas 1); "
        "Rasio sarana prasarana penyedia pangan (kelas 3); "
        "Penduduk per tenaga kesehatan terhadap kepadatan penduduk (kelas 3)."
    )


def test_what_the_next_class_needs_is_said_with_figures_that_are_enough() -> None:
    lacking, one, first, *_ = village("Fulur").needed
    assert lacking == "Untuk Prioritas 4 kurang 1,77 poin skor komposit."
    assert one.startswith("Cukup salah satu")
    assert first == (
        "Rasio lahan pertanian: paling sedikit 0,3563, kini 0,1802 (+10,57 poin skor baku)"
    )
    assert village("Fulur", language="en").needed[0] == (
        "For Priority 4 the composite score lacks 1.77 points."
    )


def test_a_pair_is_said_too_and_it_is_enough() -> None:
    pair = village("Fulur").needed[-1]
    assert pair == (
        "Atau dua bersama-sama, dengan poin paling sedikit: Rasio lahan pertanian: paling sedikit "
        "0,2683, kini 0,1802 (+5,29 poin skor baku); Rasio sarana prasarana penyedia pangan: "
        "paling sedikit 0,0321, kini 0,0257 (+5,29 poin skor baku)."
    )
    written = writer()
    at = list(written.table.names).index("Fulur")
    changes: dict[tuple[int, str], float] = {(at, "lahan"): 0.2683, (at, "sarana"): 0.0321}
    after = what_if.changed(written.table, written.method, changes)
    assert after.classes["komposit"][at] == 4
    less = what_if.changed(written.table, written.method, {**changes, (at, "lahan"): 0.2681})
    assert less.classes["komposit"][at] == 3


def test_of_class_two_both_aims_are_said() -> None:
    """Teun needs 1.11 points for class 3, 8.77 for class 4."""
    needed = village("Teun").needed
    assert needed[0] == "Untuk Prioritas 3 kurang 1,11 poin skor komposit."
    assert needed[-1].startswith(
        "Untuk Prioritas 4 kurang 8,77 poin skor komposit. Rasio lahan pertanian: paling sedikit "
        "0,9271, kini 0,0510 (+52,59 poin skor baku); atau "
    )
    assert "; or " in village("Teun", language="en").needed[-1]


def test_of_a_village_without_a_value_it_says_which_is_missing() -> None:
    written = writer()
    table = written.table
    at = list(table.names).index("Manleten")
    missing = [i.name.id for i in written.method.indicators if np.isnan(table.values[i.id][at])]
    assert missing
    assert written.village(at).needed == (
        f"Tidak dapat dihitung, karena nilainya tidak diketahui: {', '.join(missing)}.",
    )


def test_the_best_class_needs_nothing() -> None:
    written = writer()
    best = int(np.flatnonzero(written.table.classes["komposit"] == 6)[0])
    assert written.village(best).needed == ("Sudah di kelas terbaik.",)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (2, "Tahun 2020: Prioritas 2; membaik 1 kelas"),
        (5, "Tahun 2020: Prioritas 5; memburuk 2 kelas"),
        (3, "Tahun 2020: Prioritas 3; tetap"),
        (0, "Tahun 2020: kelas tidak diketahui"),
    ],
)
def test_the_change_since_the_year_before_is_told(before: int, words: str) -> None:
    code = village("Fulur").code
    earlier = Earlier("2020", {code: before} if before else {})
    assert village("Fulur", earlier=earlier, people=1234.0).facts[2:] == (
        "Penduduk 1.234 jiwa",
        words,
    )


def test_a_kecamatan_counts_its_villages_as_the_report_does() -> None:
    profiles = kecamatan_words.of_kecamatan(writer())
    assert len(profiles) == 12
    totals = np.sum(
        [
            dict(profile.counts)["Ketahanan dan kerentanan pangan (komposit)"]
            for profile in profiles
        ],
        axis=0,
    )
    assert totals.tolist() == [0, 4, 17, 22, 28, 10]  # Tabel 5.1
    (lamaknen,) = (p for p in profiles if p.name == "Lamaknen")
    assert [row.name for row in lamaknen.villages[:3]] == ["Maudemu", "Leowalu", "Fulur"]
    assert [row.rank for row in lamaknen.villages[:3]] == ["70", "67", "66"]
    assert lamaknen.facts[0] == "3 dari 9 desa/kelurahan di Prioritas 1-3"
    assert lamaknen.villages[2].needed == "Rasio lahan pertanian: ≥ 0,3563 (+10,57 poin)"


def test_people_are_those_of_vulnerable_villages_and_what_is_unknown_is_said() -> None:
    written = writer(people=100.0)
    lamaknen = next(p for p in kecamatan_words.of_kecamatan(written) if p.name == "Lamaknen")
    assert lamaknen.facts[1] == ("300 jiwa tinggal di desa/kelurahan Prioritas 1-3, dari 900 jiwa")
    written.people[0] = np.nan
    first = kecamatan_words.of_kecamatan(written)
    assert any("penduduk 1 desa/kelurahan tidak diketahui" in f for p in first for f in p.facts)


def test_changes_of_a_kecamatan_are_counted() -> None:
    table = contoh.belu().table
    classes = dict(zip(table.codes, (table.classes["komposit"] - 1).tolist(), strict=True))
    written = writer(earlier=Earlier("2020", {c: n for c, n in classes.items() if n}))
    (lamaknen,) = (p for p in kecamatan_words.of_kecamatan(written) if p.name == "Lamaknen")
    assert lamaknen.facts[-1] == "Sejak 2020: 9 membaik, 0 memburuk, 0 tetap"
