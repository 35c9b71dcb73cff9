"""A report of many vulnerable villages: a table of their needs and a summary of one page.

Belu has 21 of them in 12 kecamatan: the bounds of the template are set below that.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.words.book import template
from fsva.words.book.content import BookTable, Listing, Part, Piece, plain
from fsva.words.book.facts import first
from tests.places import buku_belu
from tests.places.small import ROOT


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Part]:
    text = (ROOT / "styles" / "buku" / "id" / "buku.jinja").read_text(encoding="utf-8")
    for old, new in (("banyak = 100", "banyak = 20"), ("kecamatan = 15", "kecamatan = 11")):
        assert old in text
        text = text.replace(old, new)
    file: Path = tmp_path_factory.mktemp("templat") / "buku.jinja"
    file.write_text(text, encoding="utf-8")
    made: tuple[Piece, ...] = template.pieces(file, buku_belu.made().drawn.material)
    return {piece.tag: piece for piece in made if isinstance(piece, Part)}


def test_the_needs_are_a_table_and_the_causes_stand_in_the_matrix(parts: dict[str, Part]) -> None:
    (drawn,) = (b for b in parts["naik-kelas"].blocks if isinstance(b, BookTable))
    assert drawn.caption is not None
    assert drawn.caption.key == "tabel-naik"
    for tag in ("naik-kelas", "penyebab-desa"):
        assert [b for b in parts[tag].blocks if isinstance(b, Listing)] == []
    assert "tabel-matriks" in repr(parts["penyebab-desa"])


def test_the_summary_names_only_the_kecamatan_with_most(parts: dict[str, Part]) -> None:
    said = [plain(e.sentence) for b in parts["ringkasan"].blocks if isinstance(b, Listing)
            for e in b.entries]  # fmt: skip
    # Prioritas 1-3 of Tabel 5.1: 9 + 8 + 8 + 9 villages of these four have more than the mean.
    assert (
        "Desa/kelurahan Prioritas 1-3 berada di 7 dari 12 kecamatan; terbanyak di Kecamatan "
        "Raimanuk (7 dari 9), Lamaknen Selatan (5 dari 8), Tasifeto Barat (3 dari 8) dan Lamaknen "
        "(3 dari 9)."
    ) in said


def test_a_long_list_ends_with_the_number_of_the_others() -> None:
    material = buku_belu.made().drawn.material
    names = list("abcdefg")
    assert first(names, material.texts) == ["a", "b", "c", "4 kecamatan lain"]
    assert first(names[:4], material.texts) == names[:4]
