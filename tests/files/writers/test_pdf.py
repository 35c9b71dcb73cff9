"""The maps as PDF: size, fonts, words that can be found, bookmarks, nothing that changes."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from fsva.core.texts import Language
from fsva.drawing.paper.scene import Sheet
from fsva.files.writers.pdf import PdfWriter
from tests.places import belu
from tests.places.belu import Made

MAPS = [f"{stem}.pdf" for stem in belu.STEMS]
FILES = [*MAPS, "atlas.pdf"]
# Cover, contents, seven maps, two pages of charts, the summary map.
BOUND, FRONT = 12, 2
A4_LANDSCAPE_PT = (841.89, 595.28)
LARGEST_BYTES = 400_000


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


@pytest.fixture
def opened(atlas: Made, name: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(atlas.files[name])) as pdf:
        yield pdf


def page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words_of(sheet: Sheet) -> Counter[str]:
    return Counter(word for text in sheet.texts() for word in text.text.split())


@pytest.mark.parametrize("name", FILES)
def test_pages_are_a4_landscape_in_pdf_1_7(atlas: Made, opened: pikepdf.Pdf, name: str) -> None:
    assert atlas.files[name].startswith(b"%PDF-1.7")
    assert len(opened.pages) == (BOUND if name == "atlas.pdf" else 1)
    for page in opened.pages:
        left, bottom, *size = (float(edge) for edge in page.mediabox)
        assert (left, bottom) == (0, 0)
        assert size == pytest.approx(A4_LANDSCAPE_PT, abs=0.3)


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_small(atlas: Made, name: str) -> None:
    assert len(atlas.files[name]) < LARGEST_BYTES


@pytest.mark.parametrize("name", FILES)
def test_fonts_are_embedded_in_part_and_readable(opened: pikepdf.Pdf, name: str) -> None:
    for page in opened.pages:
        fonts = list(page.resources.Font.values())
        assert len(fonts) == (3 if name in MAPS else len(fonts))
        for font in fonts:
            descendant = font.DescendantFonts[0]
            assert re.match(r"^/[A-Z]{6}\+LiberationSans", str(font.BaseFont))
            assert str(descendant.BaseFont) == str(font.BaseFont)
            embedded = descendant.FontDescriptor.FontFile2.read_bytes()
            assert 1000 < len(embedded) < 100_000
            assert b"beginbfchar" in font.ToUnicode.read_bytes()


@pytest.mark.parametrize("n", range(7))
def test_halos_and_letters_set_apart_leave_every_word_found_once(atlas: Made, n: int) -> None:
    (text,) = page_texts(atlas.files[MAPS[n]])
    assert Counter(text.split()) == words_of(atlas.sheets[n])


@pytest.mark.poppler
@pytest.mark.parametrize("order", [(), ("-raw",)])
def test_poppler_finds_every_village_once_and_no_letters_apart(
    tmp_path: Path, atlas: Made, order: tuple[str, ...]
) -> None:
    file = tmp_path / "peta.pdf"
    file.write_bytes(atlas.files[MAPS[0]])
    command = ["pdftotext", *order, str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    found, drawn = Counter(text.split()), words_of(atlas.sheets[0])
    names = {word for row in atlas.rows() for word in row["desa"].split()}
    assert {name: found[name] for name in names} == {name: drawn[name] for name in names}
    assert "SELAT OMBAI" in text


def test_the_atlas_holds_the_same_words_and_the_number_of_the_page(atlas: Made) -> None:
    found = [Counter(text.split()) for text in page_texts(atlas.files["atlas.pdf"])]
    drawn = [words_of(sheet) + Counter([str(n)]) for n, sheet in enumerate(atlas.sheets, start=3)]
    assert found[FRONT : FRONT + 7] == drawn


def test_every_village_and_kecamatan_is_found(atlas: Made) -> None:
    (text,) = page_texts(atlas.files[MAPS[0]])
    running = " ".join(text.split())
    names = {row["desa"] for row in atlas.rows()} | {
        row["kecamatan"].upper() for row in atlas.rows()
    }
    assert len(names) == 81 + 12
    assert [name for name in sorted(names) if name not in running] == []
    assert "SELAT OMBAI" in running
    assert belu.TITLES[0].upper() in running


def test_bookmarks_lead_to_the_maps(atlas: Made) -> None:
    with pikepdf.open(io.BytesIO(atlas.files["atlas.pdf"])) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        targets = [item.destination for item in outline.root]
        pages = [pikepdf.Page(t[0]).index for t in targets if isinstance(t, pikepdf.Array)]
    assert pages == [*range(10), 11]
    assert titles == ["Sampul", "Daftar Isi", *belu.TITLES,
                      "Grafik Jumlah Desa/Kelurahan menurut Prioritas",
                      "Peta Ringkasan Ketahanan dan Kerentanan Pangan"]  # fmt: skip


def test_pages_are_labelled_as_their_maps(atlas: Made) -> None:
    with pypdfium2.PdfDocument(atlas.files["atlas.pdf"]) as pdf:
        labels = [pdf.get_page_label(n) for n in range(len(pdf))]
    maps = [f"Peta {n}" for n in range(1, 8)]
    assert labels == ["Sampul", "Isi", *maps, "Grafik 1", "Grafik 2", "Ringkasan"]


@pytest.mark.parametrize("name", FILES)
def test_a_page_is_exactly_a4(opened: pikepdf.Pdf, name: str) -> None:
    sides = [sorted(float(side) * 25.4 / 72 for side in page.mediabox[2:]) for page in opened.pages]
    assert sides == [pytest.approx([210, 297], abs=0.01)] * len(sides), name


@pytest.mark.parametrize("name", FILES)
def test_nothing_in_a_file_tells_when_it_was_made(opened: pikepdf.Pdf, name: str) -> None:
    assert {"/CreationDate", "/ModDate"}.isdisjoint(opened.docinfo.keys())
    xmp = opened.Root.Metadata.read_bytes()
    assert re.search(rb"Date>|xmp:|\b20\d\d-\d\d-\d\dT", xmp) is None


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("n", range(7))
def test_title_compiler_and_language_are_in_the_metadata(language: Language, n: int) -> None:
    atlas = belu.made(language)
    with pikepdf.open(io.BytesIO(atlas.files[MAPS[n]])) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = f"{atlas.maps[n].title} - {atlas.maps[n].subtitle}"
        with pdf.open_metadata() as xmp:
            assert (str(pdf.docinfo["/Title"]), xmp["dc:title"]) == (title, title)
            assert xmp["dc:language"] in ({language}, [language])
        assert "Dinas Pertanian" in str(pdf.docinfo["/Author"])


def test_whatever_stands_in_a_title_the_metadata_can_be_read() -> None:
    atlas, title = belu.made(), "Peta <b> & \x00\x0b'\"]]>"
    with pikepdf.open(io.BytesIO(_written(atlas, title))) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        with pdf.open_metadata(strict=True) as xmp:
            assert xmp["dc:title"] == "Peta <b> & '\"]]>"


def _written(atlas: Made, title: str) -> bytes:
    sheet = atlas.sheets[0]
    return PdfWriter([sheet], atlas.studio.faces).write([sheet], title)


def test_what_the_maps_share_is_in_the_atlas_once(atlas: Made) -> None:
    others = (name for name in atlas.files if name.endswith(".pdf") and name != "atlas.pdf")
    assert len(atlas.files["atlas.pdf"]) < 0.7 * sum(len(atlas.files[name]) for name in others)
