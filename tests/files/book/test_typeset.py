"""The PDF of the report: the same bytes, tagged, vector maps, and page numbers that are true."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest
import typst

from fsva.core.errors import StyleError
from fsva.core.texts import Language
from fsva.files.book import typeset
from fsva.files.book.typeset import Press
from fsva.runs.book import edition_book
from fsva.words.book.content import BookParagraph, BookTable, Figure, plain
from tests.places import buku_belu
from tests.places.buku_belu import BookOfBelu


def press(made: BookOfBelu) -> Press:
    """Return what a report is typeset with."""
    return edition_book.press_of(made.drawn.edition, made.drawn.texts)


def text_of_pages(pdf: bytes) -> list[str]:
    return [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)]


def test_the_same_report_has_the_same_bytes() -> None:
    made = buku_belu.made()
    again = edition_book.typeset(made.drawn, made.book)
    assert again.pdf == made.typeset.pdf


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_pdfua_finds_nothing(language: str, tmp_path: Path) -> None:
    file = tmp_path / "buku.pdf"
    file.write_bytes(buku_belu.made("en" if language == "en" else "id").typeset.pdf)
    report = pdfua.validate(str(file))
    assert [(f.rule_id, f.message) for f in report.findings] == []


def test_it_says_which_standards_it_keeps_and_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(buku_belu.made().typeset.pdf)) as document:
        about = document.open_metadata()
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["dc:title"] == (
            "Peta Ketahanan dan Kerentanan Pangan (FSVA) Kabupaten Belu Tahun 2021"
        )
        assert str(document.Root.Lang) == "id"


def test_maps_are_drawings_and_no_pictures() -> None:
    with pikepdf.open(io.BytesIO(buku_belu.made().typeset.pdf)) as document:
        pictures = [
            o for o in document.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        ]  # fmt: skip
    assert pictures == []


def test_page_numbers_of_contents_are_those_printed_on_the_pages() -> None:
    made = buku_belu.made()
    pages = [" ".join(page.split()) for page in text_of_pages(made.typeset.pdf)]
    captions = [b.caption for b in made.book.blocks() if isinstance(b, BookTable | Figure)]
    labels = {c.key: f"{c.label}. {c.title.split(':')[0]}"[:40] for c in captions if c}
    assert len(labels) > 20
    for key, start in labels.items():
        # The lists at the front, with their dots, name it first.
        dots = ("....", ". . .")
        page = next(p for p in pages if start in p and not any(dot in p for dot in dots))
        assert made.typeset.page_of[key] in page.split(), start


def test_a_look_that_typst_refuses_is_named(tmp_path: Path) -> None:
    made = buku_belu.made()
    look = tmp_path / "buku.typ"
    look.write_text("#tidak-ada()", encoding="utf-8")
    broken = replace(press(made), look=look)
    with pytest.raises(StyleError) as caught:
        typeset.typeset(replace(made.book, pieces=()), {}, broken)
    assert caught.value.key == "buku_typst"
    assert caught.value.places[0].file == look


def test_a_fault_within_typst_is_our_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst's wheel raises a fault of its own as a class that is no Exception."""
    fault = type("PanicException", (BaseException,), {})

    def compile_(*_: object, **__: object) -> bytes:
        raise fault("index out of bounds")

    made = buku_belu.made()
    monkeypatch.setattr(typst, "compile", compile_)
    with pytest.raises(StyleError) as caught:
        typeset.typeset(
            replace(made.book, pieces=()),
            {},
            press(made),
        )
    assert caught.value.key == "buku_typst"
    assert "index out of bounds" in str(caught.value.places[0].found)
    monkeypatch.setattr(typst, "compile", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        typeset.typeset(
            replace(made.book, pieces=()),
            {},
            press(made),
        )


def test_the_mark_of_a_draft_is_red() -> None:
    made = buku_belu.made()
    said = (BookParagraph(("DRAF",), "draf"),)
    pdf = typeset.typeset(replace(made.book, pieces=said), {}, press(made)).pdf
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().convert("RGB")
    counted = {colour: n for n, colour in picture.getcolors(1 << 20) or ()}
    assert counted[(0xB0, 0x00, 0x20)] > 50


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_signatures_stand_apart_from_the_table_of_the_annex(language: Language) -> None:
    blocks = edition_book.compose(buku_belu.made(language).drawn, "lampiran-keputusan").blocks()
    last = max(n for n, block in enumerate(blocks) if isinstance(block, BookTable))
    signed = [plain(b.sentence) for b in blocks[last + 1 :] if isinstance(b, BookParagraph)]
    assert signed[0] == ""
    assert signed[1] != ""
