"""The errata of the report of Belu 2021: every known fault with its place, and no right line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from fsva import cli
from fsva.comparison.errata import errata_files, report_errata
from fsva.comparison.errata.erratum import Erratum
from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import run_order, tabulation
from tests.places import small

INDONESIAN = texts.load("id")


@cache
def found() -> tuple[Erratum, ...]:
    order = run_order.place(edition.load(small.BELU), None, INDONESIAN)
    made = tabulation.tabulate(order.edition, order.village_layer)
    return report_errata.find(order.edition, made, INDONESIAN).errata


def of(kind: str, subject: str | None = None) -> list[Erratum]:
    return [e for e in found() if e.kind == kind and subject in (None, e.subject)]


def villages(kind: str, subject: str) -> set[str]:
    return {str(one.facts["desa"]) for one in of(kind, subject)}


def shown(one: Erratum) -> tuple[str, str, str]:
    said = (errata_files.told(value, INDONESIAN) for value in (one.printed, one.right))
    return (one.place, *said)  # type: ignore[return-value]


def test_shares_that_do_not_follow_from_their_counts() -> None:
    """The report's table of shares: printed_faults, with the places in the report."""
    assert {shown(one) for one in of("persen")} == {
        ("Ringkasan eksekutif butir 6", "25,92 %", "25,93 %"),
        ("Bab 2.1 butir 3", "21,99 %", "20,99 %"),
        ("Bab 2.3 butir 4", "25,92 %", "25,93 %"),
        ("Tabel 2.8 prioritas 4", "25,92 %", "25,93 %"),
        ("Tabel 4.1 prioritas 2", "13,59 %", "13,58 %"),
        ("Tabel 4.1 prioritas 5", "16,49 %", "16,05 %"),
        ("Bab 4.2 butir 2", "16,49 %", "16,05 %"),
        ("Bab 4.2 butir 5", "16,49 %", "16,05 %"),
        ("Tabel 4.2 prioritas 2", "16,49 %", "16,05 %"),
        ("Tabel 4.2 prioritas 5", "16,49 %", "16,05 %"),
        ("Bab 5.1 butir 6", "12,34 %", "12,35 %"),
    }


def test_all_printed_counts_of_classes_are_right() -> None:
    assert of("jumlah_kelas") == []
    assert of("sebutan_jumlah") == []


LAMAKNEN_SELATAN = {
    "Debululik", "Lutha Rato", "Henes", "Lakmaras", "Nualain", "Ekin", "Loonuna", "Sisi Fatuberal",
}  # fmt: skip
IN_TWO = {
    "lahan": set(),
    "sarana": {"Takirin", "Tialai", "Maumutin", "Raifatus", "Tohe Leten", "Berdao"},
    "tidak_sejahtera": {"Raifatus"},
    "akses": {"Fatulotu", "Lakanmau"},
    "air_bersih": {"Maudemu", "Tialai"},
    "nakes": {"Baudaok"},
    "komposit": {"Leosama", "Henes"},
}
IN_NONE = {
    "lahan": {"Lawalutolus"},
    "sarana": {"Bauho", "Sarabau", "Leosama", "Raiulun"},
    "tidak_sejahtera": {"Lasiolat"},
    "akses": LAMAKNEN_SELATAN | {"Sadi", "Sarabau", "Bauho", "Halimodok", "Tialai"},
    "air_bersih": {"Asumanu", "Berdao"},
    "nakes": {"Faturika", "Raiulun"},
    "komposit": {"Lakmaras"},
}


@pytest.mark.parametrize("measure", list(IN_TWO))
def test_villages_in_two_classes_and_in_none(measure: str) -> None:
    assert villages("dua_kelas", measure) == IN_TWO[measure]
    assert villages("tanpa_kelas", measure) == IN_NONE[measure]
    assert of("kelas_lain", measure) == []
    assert of("nama_lain", measure) == []


def test_the_lists_have_the_39_faults_that_are_known() -> None:
    doubtful = sum(len(IN_TWO[name]) + len(IN_NONE[name]) for name in IN_TWO)
    assert doubtful + len(of("kecamatan_lain")) == 39
    (dirun,) = of("kecamatan_lain")
    assert (dirun.place, dirun.printed, dirun.right) == ("Bab 2.1 butir 4.5", "Dirun", "Lamaknen")


def test_lines_whose_number_is_not_that_of_their_names() -> None:
    assert {shown(one) for one in of("banyak_nama")} == {
        ("Bab 3.1 butir 6.8", "7", "8"), ("Bab 4.2 butir 1.1", "3", "2"),
    }  # fmt: skip
    assert {shown(one) for one in of("jumlah_daftar")} == {
        ("Bab 2.3 butir 6", "8", "10"), ("Bab 3.2 butir 4", "74", "63"),
        ("Bab 4.2 butir 1", "27", "26"), ("Bab 5.1 butir 4", "22", "23"),
    }  # fmt: skip


def test_a_village_in_two_classes_tells_both_places_and_the_right_class() -> None:
    (henes,) = [e for e in of("dua_kelas", "komposit") if e.facts["desa"] == "Henes"]
    assert shown(henes) == ("Bab 5.1 butir 3.6; Bab 5.1 butir 5.11", "3, 5", "5")


def test_limits_and_headings_of_tables_and_forms() -> None:
    places = [one.place for one in of("batas")]
    assert places[0] == "Tabel 2.1 prioritas 1"
    assert [p for p in places if p.startswith("Tabel 2.8")] == [
        f"Tabel 2.8 prioritas {n}" for n in range(2, 7)
    ]
    assert [p for p in places if p.startswith("Tabel 4.2")] == [
        f"Tabel 4.2 prioritas {n}" for n in range(2, 7)
    ]
    assert not [p for p in places if p.startswith(("Tabel 3.2", "Tabel 4.1", "Tabel 5.1"))]
    in_form = {one.subject for one in of("batas") if one.place.startswith("Lampiran")}
    assert in_form == {"tidak_sejahtera", "air_bersih", "nakes"}
    (category,) = of("kategori")
    assert (category.printed, category.right) == ("1", "4")
    (heading,) = of("kepala")
    assert (heading.place, heading.subject) == ("Tabel 5.1 prioritas 1", "komposit")
    (missing,) = of("tanpa_tabel")
    assert missing.subject == "akses"  # Tabel 3.3


def test_a_limit_is_shown_with_the_digits_that_stand_in_the_report() -> None:
    told = {one.place: shown(one)[1:] for one in of("batas")}
    assert told["Tabel 2.8 prioritas 6"] == ("≤ 0,655", "> 0,0655")
    assert told["Tabel 4.2 prioritas 2"] == ("100 – < 15", "≥ 10,0000 – < 15,0000")


def test_a_place_names_its_column_as_the_report_heads_it() -> None:
    places = {e.place for e in of("pendukung")}
    assert "Tabel 2.2: Padi, rata-rata" in places
    assert "Tabel 2.3: Raimanuk, pertumbuhan (%)" in places
    assert not [place for place in places if "_" in place]


def test_sentences_about_kecamatan() -> None:
    assert {(e.place, str(e.right)) for e in of("sebutan_kurang")} == {
        ("Bab 2.3 kalimat kecamatan", "Kota Atambua"), ("Bab 6 butir 1.1", "Tasifeto Barat"),
    }  # fmt: skip


def test_the_text_on_roads_names_twelve_villages_of_another_class() -> None:
    told = {str(e.facts["desa"]): e.right for e in of("uraian", "akses")}
    assert len(told) == 12
    # Nine are of class 4; three the analysis rates 3, the text 2.
    assert {name for name, right in told.items() if right == "3"} == {"Teun", "Renrua", "Lookeu"}


def test_numbers_that_the_text_repeats_wrongly() -> None:
    (poverty,) = of("kutipan_tahun")
    assert (poverty.place, poverty.facts["lain"]) == ("Bab 3.1 teks", "2016")
    assert {e.subject for e in of("kutipan")} == {"padi", "ubi-kayu", "ubi-jalar"}


def test_faults_of_supporting_tables_are_among_them() -> None:
    said = " ".join(str(e.facts["pesan"]) for e in of("pendukung"))
    assert said.count("bergeser satu tahun") == 4
    growth = [e for e in of("pendukung", "pangan-kecamatan") if "pertumbuhan" in e.place]
    assert len(growth) == 8
    assert {("395", "3.395"), ("856", "85")} <= {shown(e)[1:] for e in of("pendukung")}


def test_every_erratum_has_a_place_and_words_in_both_languages() -> None:
    for one in found():
        assert one.place
        for language in texts.LANGUAGES:
            assert errata_files.sentence(one, texts.load(language))


def test_the_command_writes_table_page_and_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["banding", str(small.BELU), "--cetakan", "--keluaran", str(tmp_path)]
    assert cli.main(words) == 0
    shown = capsys.readouterr().out
    assert f"{len(found())} salah cetak" in shown
    assert f"dan {len(found()) - 20} lagi" in shown
    assert {f.name for f in tmp_path.iterdir()} == {"ralat.csv", "ralat.html", "manifest.json"}
    text = (tmp_path / "ralat.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == len(found())
    page = (tmp_path / "ralat.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == len(found()) + len({e.subject for e in found()})
    assert "Dirun disebut di Kecamatan Raihat" in page
    record = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert "editions/belu-2021/cetakan/daftar.csv" in record["masukan"]


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "editions" / "belu"
    shutil.copytree(small.BELU, folder)
    return folder


def test_a_report_without_its_faults_has_no_such_errata(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "cetakan" / "angka.csv"
    text = file.read_text(encoding="utf-8-sig").replace("25,92", "25,93")
    file.write_text(text, encoding="utf-8-sig")
    order = run_order.place(edition.load(folder), None, INDONESIAN)
    made = tabulation.tabulate(order.edition, order.village_layer)
    errata = report_errata.find(order.edition, made, INDONESIAN).errata
    assert len([e for e in found() if e.kind == "persen"]) - 3 == len(
        [e for e in errata if e.kind == "persen"]
    )


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("angka.csv", "12;14,81", "dua belas;14,81"), 20, "angka.csv"),
        (("daftar.csv", ";butir;lahan;", ";butir;lahn;"), 11, "lahn"),
        (("batas.csv", "tanda_atas", "tanda"), 20, "tanda_atas"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, change: tuple[str, str, str], code: int, said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = copied(tmp_path)
    name, old, new = change
    file = folder / "cetakan" / name
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8-sig")
    assert cli.main(["banding", str(folder), "--cetakan", "--layar"]) == code
    assert said in capsys.readouterr().err


def test_one_edition_that_says_what_its_report_prints_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["banding", str(small.BELU), str(small.BELU), "--cetakan"]) == 2
    folder = copied(tmp_path)
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").partition("# Yang tercetak di laporan")[0]
    file.write_text(text, encoding="utf-8")
    assert cli.main(["banding", str(folder), "--cetakan"]) == 11
    assert "[cetakan]" in capsys.readouterr().err
