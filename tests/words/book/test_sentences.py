"""Sentences of a report where its district is another than Belu: a kota, villages without data."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core import texts as catalogues
from fsva.index.needed_change import Change
from fsva.runs import run_order, tabulation
from fsva.runs.book import edition_book
from fsva.words.book.content import Blank, BookParagraph, Figure, Listing, Part, plain
from fsva.words.needed import needed_words
from fsva.words.needed.needed_words import VillageNeed
from tests.places import buku_belu, shapes, small


def said(shape: str, folder: Path, tag: str | None = None) -> str:
    """Return what a report says in its paragraphs and lists, or in one of its parts."""
    made = buku_belu.made.__wrapped__("id", shapes.write(shapes.SHAPES[shape], folder))
    blocks = made.part(tag).blocks if tag else made.book.blocks()
    return "\n".join(_lines(blocks))


def _lines(blocks: object) -> list[str]:
    found = []
    for block in blocks:  # type: ignore[attr-defined]
        if isinstance(block, BookParagraph):
            found.append(plain(block.sentence))
        if isinstance(block, Listing):
            found += [plain(entry.sentence) for entry in block.entries]
    return found


def test_a_kota_has_kelurahan_and_no_desa(tmp_path: Path) -> None:
    words = said("kota mentah", tmp_path)
    assert "menilai 12 kelurahan di 2 kecamatan" in words
    assert "desa" not in words.lower()


@pytest.mark.parametrize(
    ("points", "is_told"), [(Fraction(1, 16659) * 100, False), (Fraction(1), True)]
)
def test_a_pair_is_told_only_where_both_change_by_more_than_a_last_digit(
    points: Fraction, is_told: bool
) -> None:
    material = buku_belu.made().drawn.material
    table, method, texts = material.table, material.method, material.texts
    water = Change("air_bersih", Fraction(10), Decimal("0.4943"))
    # The bounds of lahan are 0 and 1.6659: its last digit is 100 / 16659 points.
    pair = (Change("lahan", points, Decimal("0.2471")), water)
    need = VillageNeed(0, 3, 4, "ada", Fraction(2), water, (), pair)
    assert ("atau bila" in needed_words.sentence(need, table, method, texts)) is is_told


def test_villages_without_a_class_are_told_in_the_executive_summary(tmp_path: Path) -> None:
    words = said("tanpa sebagian", tmp_path, "ringkasan")
    assert "Menurut indeks komposit 3 dari 9 desa" in words
    assert "Selain itu 3 desa tidak punya kelas komposit" in words


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_programmes_stand_in_the_order_of_the_causes(language: str) -> None:
    made = buku_belu.made(language)  # type: ignore[arg-type]
    rows = made.table("tabel-intervensi").rows
    summary = _lines(made.part("ringkasan").blocks)[-1]
    places = [summary.index(row[1]) for row in rows]
    assert places == sorted(places)


def test_a_subtotal_names_its_aspect_once() -> None:
    rows = buku_belu.made().table("tabel-bobot").rows
    assert [row[1] for row in rows if not row[0]] == [
        "Subtotal Aspek Ketersediaan Pangan",
        "Subtotal Aspek Akses Pangan",
        "Subtotal Aspek Pemanfaatan Pangan",
    ]


def test_a_place_for_the_author_names_its_aspect_once() -> None:
    asked = [piece.guide for piece in buku_belu.made().book.pieces if isinstance(piece, Blank)]
    assert "strategi daerah dalam aspek akses pangan" in asked


def test_a_report_without_data_claims_nothing(tmp_path: Path) -> None:
    words = said("tanpa data", tmp_path)
    assert "()" not in words
    assert "Tidak ada desa di Prioritas" not in words
    assert words.count("Tidak satu pun dari 12 desa mempunyai kelas komposit") == 2


def test_a_secure_district_is_told_once(tmp_path: Path) -> None:
    summary = said("tahan", tmp_path, "ringkasan")
    assert "tidak satu pun dari 12 desa rentan pangan (Prioritas 1-3)" in summary
    assert "0 desa" not in summary


def test_one_kecamatan_is_not_compared_with_itself(tmp_path: Path) -> None:
    words = said("satu kecamatan", tmp_path)
    assert "dari 1 kecamatan" not in words
    assert "(50,00%), di 1 kecamatan" not in words


def test_kinds_and_kecamatan_stay_apart_in_a_mixed_district(tmp_path: Path) -> None:
    summary = said("campur", tmp_path, "ringkasan")
    assert "berada di kedua kecamatan" in summary
    assert "Kecamatan Utara 2 desa dan 1 kelurahan; Kecamatan Selatan 3 desa." in summary


def test_a_word_before_a_name_is_said_once(tmp_path: Path) -> None:
    """The small edition names its province "Provinsi Contoh"."""
    assert "di Provinsi Contoh terdiri atas" in said("tahan", tmp_path, "wilayah")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "words"),
    [("standar", "Gradasi merah menunjukkan Prioritas 1-3"), ("aman-warna", "gaya Aman warna")],
)
def test_colours_are_told_as_the_maps_have_them(theme: str, words: str) -> None:
    chosen = edition.load(small.BELU).in_theme(theme)
    order = run_order.place(chosen, None, catalogues.load("id"))
    made = tabulation.tabulate(order.edition, order.village_layer)
    drawn = edition_book.gather(order.edition, made, order.texts, "0", with_svg=False)
    book = edition_book.compose(drawn)
    (part,) = (p for p in book.pieces if isinstance(p, Part) and p.tag == "pemetaan")
    (told,) = _lines(part.blocks)
    assert words in told
    assert ("hijau" in told) == (theme == "standar")


def test_a_chart_is_not_told_as_a_map() -> None:
    figures = {b.picture: b.alt for b in buku_belu.made().book.blocks() if isinstance(b, Figure)}
    told = figures["grafik-1-lahan"]
    assert told.startswith("Grafik batang")
    # Tabel 2.1 of the report: 12 villages in class 1, 17 in class 3.
    assert "12 (14,8" in told
    assert "17 (21" in told or "17 (20,99" in told
    assert figures["peta-1-lahan"].startswith("Peta 81 desa/kelurahan")
