"""``fsva jejak``: what an officer reads of one village."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from fsva import cli
from fsva.cli.check import jejak
from fsva.config.editions import edition
from fsva.core import printed, texts
from fsva.core.texts import Language
from fsva.index import trace as traces
from fsva.sources.tables import village_cells
from fsva.words import trace_words
from tests.places import contoh, small


@cache
def said(village: str, language: Language = "id") -> str:
    """Return the trace of a village of Belu with every run of spaces made one."""
    made = contoh.belu()
    one = traces.of_village(made.table, made.rules, traces.find(made.table, village))
    belu = edition.load(small.BELU)
    records = village_cells.gather(belu, one.bps_code)
    words = texts.load(language)
    return flat(
        trace_words.write(trace_words.TracedVillage(one, records, belu.settings, made.rules, words))
    )


def flat(text: str) -> str:
    return " ".join(text.split())


def run(*words: str | Path) -> int:
    return cli.main(["jejak", *map(str, words)])


def test_the_command_prints_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small.BELU, "Tasain") == 0
    out = capsys.readouterr().out
    assert flat(out) == said("Tasain")
    assert max(map(len, out.splitlines())) <= printed.PARAGRAPH


def test_tasain_from_the_cell_to_the_class() -> None:
    for part in (
        "Tasain, Kecamatan Raimanuk, Kabupaten Belu 2021",
        "BPS 5306032001, Kemendagri 53.04.13.2009 (batas:crosswalk/53.04.csv baris 2)",
        "fsva-kabupaten-6 (FSVA kabupaten, enam indikator)",
        "tahun dasar Belu 2021",
        'indicators.csv baris 2 kolom "lahan": terbaca "0,2470"',
        "nilai 0,2470 ha lahan per ha wilayah",
        "keyakinan B",
        "(asal.csv baris 2)",
        "rumus luas sawah, ladang dan pekarangan / luas wilayah desa",
        "0,1766 < 0,2470 ≤ 0,2651, jadi prioritas 4 (Tahan pangan rendah)",
        "0,0830 ≤ 0,0893 < 0,1274, jadi prioritas 5",
        "0,5633 ≥ 0,4686, jadi prioritas 1",
        "100 × (0,6897 - 0,5633) / (0,6897 - 0,0000) = 18,3268; skala 0,0000 sampai 0,6897",
        "1/6 × 18,3268 = 3,0545 poin, paling banyak 16,6667",
        "2,4711 + 2,4931 + 9,1948 + 16,6667 + 3,0545 + 13,9393 = 47,8195",
        "44,84 < 47,82 ≤ 52,50, jadi prioritas 3 (Rentan pangan rendah)",
        "72 dari 81 (1 = paling tahan pangan)",
    ):
        assert part in said("Tasain")


def test_the_answer_names_what_pulls_down_and_what_lacks() -> None:
    answer = said("Tasain").rsplit("(1 = paling tahan pangan). ", 1)[1]
    assert answer.startswith("Desa/kelurahan Tasain termasuk prioritas 3 (Rentan pangan rendah)")
    order = ["lahan pertanian (14,20 dari 16,67)", "sarana prasarana penyedia pangan (14,17",
             "air bersih (13,61"]  # fmt: skip
    places = [answer.index(words) for words in order]
    assert places == sorted(places)
    assert "air bersih (prioritas 1)" in answer
    assert "lebih dari 52,50; sekarang berjarak 4,68 poin" in answer


def test_manumutin_tells_of_the_class_that_was_set_and_why() -> None:
    line = next(
        number
        for number, text in enumerate(
            (small.BELU / "edition.toml").read_text(encoding="utf-8").splitlines(), start=1
        )
        if text == "[[timpa]]"
    )
    text = said("Manumutin")
    assert "0,0081 < 0,0172 ≤ 0,0172, jadi prioritas 2 (Rentan pangan sedang)." in text
    assert "Ditetapkan prioritas 3 (Rentan pangan rendah): tercetak 0,0172" in text
    assert f"(edition.toml baris {line})" in text


def test_leosama_is_traced_as_published() -> None:
    text = said("Leosama")
    assert 'indicators.csv baris 23 kolom "tidak_sejahtera": kosong' in text
    assert (
        "Nilai tidak ada; dipakai kelas terbit: prioritas 6 (Tahan pangan tinggi) "
        '(terbit.csv baris 23 kolom "tidak_sejahtera_kelas")'
    ) in text
    assert "indeks tidak dapat dihitung; nilai yang tidak ada: Rasio penduduk" in text
    assert '(terbit.csv baris 23 kolom "komposit_kelas")' in text
    assert "26 dari 81 (1 = paling tahan pangan). Sebagaimana diterbitkan" in text
    assert "termasuk prioritas 5 (Tahan pangan sedang) karena laporan menerbitkan" in text


def test_a_printed_score_is_traced_as_published() -> None:
    text = said("Renrua")
    assert "laporan menerbitkan 45,56; angka itulah yang dipakai (terbit.csv baris 4" in text
    assert "karena laporan menerbitkan indeks komposit 45,56: 44,84 < 45,56 ≤ 52,50" in text


def test_an_accepted_value_is_told_with_its_reason() -> None:
    assert re.search(r"diterima: lahan pertanian melebihi luas desa .* \(edition.toml baris \d+\)",
                     said("Faturika"))  # fmt: skip


def test_every_cell_of_every_village_is_the_one_in_the_file() -> None:
    with (small.BELU / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    header = rows[0]
    assert len(rows) == 82
    for number, row in enumerate(rows[1:], start=2):
        text = said(row[0])
        for column, cell in list(zip(header, row, strict=True))[3:]:
            found = f'terbaca "{cell}"' if cell else "kosong"
            assert f'indicators.csv baris {number} kolom "{column}": {found}' in text


def test_every_village_gets_an_answer_in_both_languages() -> None:
    for village in contoh.belu().table.bps_codes:
        assert "Desa/kelurahan" in said(village)
        assert "The village " in said(village, "en")


def test_english_has_english_numbers() -> None:
    text = said("Tasain", "en")
    assert "0.1766 < 0.2470 ≤ 0.2651, hence priority 4 (Slightly secure)." in text
    assert 'indicators.csv row 2 column "lahan": reads "0,2470"' in text


def test_an_unknown_village_ends_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small.BELU, "Tasan") == 2
    error = capsys.readouterr().err
    assert 'Desa "Tasan" tidak ada' in error
    assert "Tasain" in error


def test_raw_counts_are_traced_cell_by_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "contoh", raw=True)
    assert run(folder, "Tiga") == 0
    out = flat(capsys.readouterr().out)
    for part in (
        'mentah.csv baris 4 kolom "luas_sawah": terbaca "2"',
        'mentah.csv baris 4 kolom "luas_pekarangan": terbaca "0,5"',
        'mentah.csv baris 4 kolom "luas_ha": terbaca "100"',
        "(luas_sawah + luas_ladang + luas_pekarangan) / luas_ha",
        "nilai 0,0350 ha lahan per ha wilayah",  # (2 + 1 + 0.5) / 100
        'mentah.csv baris 4 kolom "jumlah_sarana": kosong',
        "indeks tidak dapat dihitung; nilai yang tidak ada: Rasio sarana prasarana",
        "Desa/kelurahan Tiga tidak mempunyai kelas komposit",
        "tidak ada skor terbit",
    ):
        assert part in out


def test_a_division_by_zero_leaves_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "contoh", raw=True)
    assert run(folder, "Empat") == 0
    out = flat(capsys.readouterr().out)
    assert re.search(
        r'kolom "tenaga_kesehatan": terbaca "0" sel .{30,60} nilai tidak diketahui', out
    )


def test_values_are_traced_without_the_columns_of_raw_counts() -> None:
    assert "luas_sawah" not in said("Tasain")


def test_the_trace_names_no_folder_of_this_computer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "contoh")
    assert run(folder, "Satu") == 0
    assert str(tmp_path) not in capsys.readouterr().out


@pytest.mark.shared
def test_an_official_layer_gives_the_same_trace(
    shared_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    assert run(small.BELU, "Tasain", "--batas", layer) == 0
    assert flat(capsys.readouterr().out) == said("Tasain")


def test_the_words_come_from_the_same_function_as_the_command() -> None:
    belu = edition.load(small.BELU)
    assert flat(trace_words.write(jejak.traced(belu, "Manumutin", None, texts.load("id")))) == said(
        "Manumutin"
    )


def test_origins_without_the_column_of_indicators_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh")
    (folder / "asal.csv").write_text("kode_bps;desa;nilai;asal\n9901010001;Satu;1;laporan\n")
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    text = toml.replace("[data]\n", '[data]\nasal = "asal.csv"\n', 1)
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    assert run(folder, "Satu") == 20
    assert "kolom indikator" in flat(capsys.readouterr().err)
