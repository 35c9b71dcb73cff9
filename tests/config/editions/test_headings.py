"""Headings as offices write them: what each means was decided by reading it, not by the program."""

from __future__ import annotations

import pytest

from fsva.config.editions import headings
from fsva.config.editions.headings import Vocabulary
from fsva.config.methods import method
from fsva.core import resources
from fsva.sources.cells.grouped_headings import recognise, settled

STYLES = resources.packaged("styles")
WORDS = headings.shipped()
KEYS = ("kode_bps", "kode_kemendagri", "kecamatan", "desa")


def of_table(rules: str, baseline: str | None, raw: bool) -> Vocabulary:
    file = STYLES / "dasar" / f"{baseline}.toml" if baseline else None
    loaded = method.load(STYLES / "metode" / f"{rules}.toml", file)
    return WORDS.with_names(headings.of_method(loaded, raw) | dict.fromkeys(KEYS, ()))


SIX = of_table("fsva-kabupaten-6", "belu-2021", raw=False)
COUNTS = of_table("fsva-kabupaten-6", "belu-2021", raw=True)
ELEVEN = of_table("fsva-2025-11", None, raw=False)
ELEVEN_COUNTS = of_table("fsva-2025-11", None, raw=True)


def named(words: Vocabulary, heading: str) -> str | None:
    return recognise((heading,), words).name


@pytest.mark.parametrize(
    ("words", "name", "heading"),
    [
        (COUNTS, "luas_ha", "1. Luas Wilayah"),
        (COUNTS, "luas_ha", "Luas Wil. (Ha)"),
        (COUNTS, "luas_ha", "Luas Kelurahan (ha)"),
        (COUNTS, "luas_sawah", "a. Sawah"),
        (COUNTS, "luas_sawah", "Luas Sawah 2023"),
        (COUNTS, "luas_ladang", "Tegal/Kebun"),
        (COUNTS, "penduduk", "Jml. Pddk"),
        (COUNTS, "penduduk", "Jumlah Penduduk Tahun 2024 (jiwa)"),
        (COUNTS, "penduduk", "Total Penduduk"),
        (COUNTS, "rumah_tangga", "Jml RT"),
        (COUNTS, "rumah_tangga", "Banyaknya Ruta"),
        (COUNTS, "jumlah_sarana", "Sarana Pangan (unit)"),
        (COUNTS, "jumlah_sarana", "Jml Sarpras Penyedia Pangan"),
        (COUNTS, "penduduk_desil_1", "Jumlah Penduduk Desil I"),
        (COUNTS, "akses_kategori", "Akses Penghubung (kategori)"),
        (COUNTS, "rt_tanpa_air", "RT tanpa akses air bersih"),
        (COUNTS, "rt_tanpa_air", "Jml RT Tanpa Akses ke Air Bersih"),
        (COUNTS, "rt_tanpa_air", "Jumlah rumah tangga yang tidak memiliki akses air bersih"),
        (COUNTS, "tenaga_kesehatan", "Nakes (orang)"),
        (COUNTS, "desa", "Nama Ds/Kel"),
        (COUNTS, "kecamatan", "Nama Distrik/Kecamatan"),
        (SIX, "lahan", "Rasio Luas Lahan Pertanian thd Luas Wilayah"),
        (SIX, "sarana", "Rasio Jumlah Sarana Prasarana Penyedia Pangan thd Jml RT"),
        (SIX, "tidak_sejahtera", "Rasio Pddk dgn Tingkat Kesejahteraan Terendah"),
        (SIX, "akses", "Desa yang tidak memiliki akses penghubung memadai"),
        (SIX, "air_bersih", "RT tanpa akses air bersih"),
        (SIX, "air_bersih", "Rasio ruta tanpa akses air bersih"),
        (SIX, "nakes", "Rasio Penduduk per Nakes"),
        (ELEVEN, "ncpr", "Rasio Konsumsi Normatif thd Ketersediaan Pangan"),
        (ELEVEN, "energi", "Ketersediaan energi thd AKE"),
        (ELEVEN, "protein_hewani", "Ketersediaan Protein Hewani thd AKP (%)"),
        (ELEVEN, "cadangan", "Rasio Cadangan Pangan Pemda"),
        (ELEVEN, "miskin", "Prosentase Pddk Miskin"),
        (ELEVEN, "cv_harga", "Koef. Variasi Harga Pangan"),
        (ELEVEN, "pou", "Prevalensi ketidakcukupan konsumsi"),
        (ELEVEN, "sekolah_perempuan", "Rerata Lama Sekolah Perempuan"),
        (ELEVEN, "sekolah_perempuan", "Lama Sekolah Perempuan >15 Tahun"),
        (ELEVEN, "air_bersih", "% RT Tanpa Akses Air Bersih"),
        (ELEVEN, "pph", "Skor Pola Pangan Harapan 2024"),
        (ELEVEN, "stunting", "Prevalensi stunting pada balita"),
        (ELEVEN_COUNTS, "balita_stunting", "Jml Balita Stunting (anak)"),
        (ELEVEN_COUNTS, "balita_stunting", "Kasus stunting"),
        (ELEVEN_COUNTS, "penduduk_miskin", "Jml Pddk Miskin"),
        (ELEVEN_COUNTS, "balita", "Jml Balita"),
        (ELEVEN_COUNTS, "cv_telur", "CV Telur Ayam"),
        (ELEVEN_COUNTS, "prevalensi_pou", "PoU (%)"),
        (ELEVEN_COUNTS, "produksi_pokok", "Produksi pangan pokok (ton)"),
        (ELEVEN_COUNTS, "kecukupan_energi", "AKE (kkal)"),
    ],
)
def test_headings_are_read_in_the_words_of_the_field(
    words: Vocabulary, name: str, heading: str
) -> None:
    assert named(words, heading) == name


@pytest.mark.parametrize("words", [COUNTS, SIX, ELEVEN, ELEVEN_COUNTS])
@pytest.mark.parametrize(
    "heading",
    [
        "RT", "RW", "Jumlah RW", "KK", "Jumlah KK", "RT Miskin", "Total", "2024", "No 5", "i", "X",
        "Persentase RT dengan akses air bersih", "Rasio rumah tangga dengan akses air bersih",
        "Penduduk Laki-laki", "Jumlah Penduduk Desil 1-4", "Penduduk 2020-2024", "Desil 2",
        "Luas Sawah Irigasi", "Kelas rasio lahan 2024", "Skor lahan", "Rasio Sarana Kesehatan",
        "Rata-rata lama sekolah laki-laki",
        "Ketersediaan Protein Nabati", "Nama Kepala Desa", "Jumlah desa", "Desa Tertinggal",
    ],
)  # fmt: skip
def test_other_headings_are_no_columns_of_the_method(words: Vocabulary, heading: str) -> None:
    assert named(words, heading) is None


def test_a_count_is_not_the_share_that_it_is_made_of() -> None:
    assert named(ELEVEN, "Jumlah Penduduk Miskin") == "penduduk_miskin"
    assert named(ELEVEN, "Jumlah Balita Stunting") == "balita_stunting"
    assert named(ELEVEN_COUNTS, "Persentase Penduduk Miskin") == "miskin"


def test_a_heading_that_stands_as_it_is_known_comes_first() -> None:
    found = settled([recognise((h,), COUNTS) for h in ("Penduduk", "Jml Pddk 2020")], COUNTS)
    assert [one.name for one in found] == ["penduduk", None]
    found = settled([recognise((h,), COUNTS) for h in ("Jml Pddk 2019", "Jml Pddk 2020")], COUNTS)
    assert [one.name for one in found] == ["penduduk", "penduduk"]  # which one, the officer says


def test_households_by_another_name_stop_in_any_spelling() -> None:
    assert COUNTS.counts_other_unit("Jml KK", "rumah_tangga")
    assert COUNTS.counts_other_unit("Jumlah KK tanpa akses ke air bersih", "rt_tanpa_air")
    assert not COUNTS.counts_other_unit("Jml Ruta", "rumah_tangga")
