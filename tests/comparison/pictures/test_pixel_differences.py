"""Pictures are compared as an eye does, and differences are called by the name of the element."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from fsva.comparison.pictures import attribution, element_regions, page_pixels, pixel_differences
from fsva.comparison.pictures.element_regions import Regions
from fsva.comparison.pictures.page_pixels import Pixels
from fsva.core.box import Box
from fsva.core.errors import SourceError
from fsva.drawing.paper.scene import Layer, Sheet
from fsva.drawing.sheets import sheet
from fsva.files.writers import pdf
from fsva.words.specification import MapSpecification
from tests.places import belu

DPI, THRESHOLD, LEAST = 150, 0.1, 24


@cache
def drawn(change: str = "") -> tuple[Sheet, Pixels]:
    """Draw Peta 7 of Belu with one thing changed."""
    made = belu.made()
    one = made.maps[-1]
    (page,) = sheet.sheets(made.studio, [_changed(one, change)])
    content = pdf.PdfWriter([page], made.studio.faces).write([page], page.title)
    return page, page_pixels.of_file("peta.pdf", content, DPI)["peta.pdf"]


def _changed(one: MapSpecification, change: str) -> MapSpecification:
    if change == "title":
        return replace(one, title=one.title + " BARU")
    if change == "count":
        rows = [replace(row, count=row.count + 40) for row in one.legend]
        return replace(one, legend=tuple(rows))
    if change == "notes":
        return replace(one, notes=("Catatan lain.",))
    if change == "class":
        code = next(c for c in one.priorities if c[:8] == "53.04.02")
        return replace(one, priorities=one.priorities | {code: 1 + one.priorities[code] % 6})
    if change == "italic":
        return replace(one, unsure=frozenset(list(one.priorities)[:1]))
    if change == "all":
        return replace(one, priorities={c: 1 + p % 6 for c, p in one.priorities.items()})
    return one


@cache
def areas() -> Regions:
    page, picture = drawn()
    studio = belu.made().studio
    return element_regions.of_sheet(page, studio.layout, studio.faces, picture.shape[:2])


def found(change: str) -> dict[str, tuple[str, ...]]:
    a, b = drawn()[1], drawn(change)[1]
    rows = attribution.compare("peta", a, b, areas(), THRESHOLD, LEAST)
    assert all(0 < row.share < 1 for row in rows)
    return {row.element: row.codes for row in rows}


def test_the_same_page_looks_the_same() -> None:
    assert found("") == {}


@pytest.mark.parametrize(
    ("change", "element"), [("title", "judul"), ("count", "legenda"), ("notes", "keterangan")]
)
def test_changed_words_are_given_to_their_box_alone(change: str, element: str) -> None:
    assert found(change) == {element: ()}


def test_a_changed_class_is_the_fill_of_that_village_and_nothing_above_it() -> None:
    code = next(c for c in belu.made().maps[-1].priorities if c[:8] == "53.04.02")
    assert found("class") == {"isi desa": (code,)}


def test_all_fills_changed_are_all_villages_and_no_name() -> None:
    rows = found("all")
    assert set(rows) == {"isi desa"}
    assert set(rows["isi desa"]) == set(belu.made().maps[-1].priorities)


def test_a_name_set_otherwise_is_a_name() -> None:
    code = next(iter(belu.made().maps[-1].priorities))
    assert found("italic") == {"nama": (code,)}


def test_only_the_layout_is_known_of_finished_pictures() -> None:
    a, b = drawn()[1], drawn("all")[1]
    known = element_regions.of_layout(belu.made().studio.layout, a.shape[:2])
    (row,) = attribution.compare("peta", a, b, known, THRESHOLD, LEAST)
    assert (row.element, row.codes) == ("sekitar", ())
    (row,) = attribution.compare("peta", a, drawn("title")[1], known, THRESHOLD, LEAST)
    assert row.element == "judul"


def test_the_png_and_the_pdf_of_a_map_look_the_same() -> None:
    made = belu.made()
    stem = made.maps[0].file_stem
    png = page_pixels.of_file("a.png", made.files[f"{stem}.png"], 300)["a.png"]
    page = page_pixels.of_file("a.pdf", made.files[f"{stem}.pdf"], 300)["a.pdf"]
    assert (png != page).any()  # the PNG has 256 colours only
    assert not pixel_differences.differing(png, page, THRESHOLD).any()


def test_pages_of_different_size_differ_as_a_whole() -> None:
    a = drawn()[1]
    (row,) = attribution.compare("peta", a, a[:-1], areas(), THRESHOLD, LEAST)
    assert (row.element, row.share) == ("lembar", 1.0)
    with pytest.raises(ValueError, match="!="):
        pixel_differences.differing(a, a[:-1], THRESHOLD)


def test_smoothing_is_no_difference_but_a_line_is() -> None:
    smooth, other = (_disc(way) for way in (Image.Resampling.BOX, Image.Resampling.HAMMING))
    assert (smooth != other).any()
    assert not pixel_differences.differing(smooth, other, THRESHOLD).any()
    line = smooth.copy()
    line[10, 10:90] = (200, 30, 30)
    assert pixel_differences.differing(smooth, line, THRESHOLD)[10, 10:90].all()


def test_the_threshold_is_a_share_of_black_against_white() -> None:
    grey = np.full((9, 9, 3), 128, dtype=np.uint8)
    for step, told in ((20, False), (40, True)):
        other = grey.copy()
        other[2:7, 2:7] += np.uint8(step)
        assert bool(pixel_differences.differing(grey, other, THRESHOLD).any()) is told


def _disc(way: Image.Resampling) -> Pixels:
    """Draw a disc whose edges are smoothed one way or another."""
    size, fine = 100, 8
    image = Image.new("RGB", (size * fine, size * fine), "white")
    ImageDraw.Draw(image).ellipse((160, 160, 160 + 60 * fine, 160 + 60 * fine), "#333333")
    return np.asarray(image.resize((size, size), way))


def test_all_pages_of_a_pdf_are_named() -> None:
    pages = page_pixels.of_file("atlas.pdf", belu.made().files["atlas.pdf"], 72)
    assert list(pages) == ["atlas.pdf", *(f"atlas.pdf#{n}" for n in range(2, 13))]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
@pytest.mark.parametrize("name", ["a.png", "a.pdf"])
def test_what_is_no_picture_is_an_error_by_name(name: str, content: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        page_pixels.of_file(name, content, DPI)
    assert (caught.value.key, str(caught.value.places[0].file)) == ("gambar_rusak", name)


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    Image.new("1", (60000, 3000)).save(target, "PNG")
    with pytest.raises(SourceError) as caught:
        page_pixels.of_file("a.png", target.getvalue(), DPI)
    assert caught.value.key == "gambar_besar"


@pytest.mark.parametrize("left", [150.0, 150.02, 150.04, 150.06, 150.08])
def test_an_inset_reaches_to_the_pixels_that_its_edges_part(left: float) -> None:
    studio = belu.made().studio
    layout, (high, wide) = studio.layout, (2480, 3508)
    box = Box(left, 30.03, 40.03, 50.01)
    inset = Layer("inset ground", (), box)
    page = Sheet(layout.width, layout.height, "", "id", (inset,))
    areas = element_regions.of_sheet(page, layout, studio.faces, (high, wide)).elements
    x, y = wide / layout.width, high / layout.height
    rows = slice(math.floor(high - box.top * y), math.ceil(high - box.bottom * y))
    columns = slice(math.floor(box.left * x), math.ceil(box.right * x))
    assert (areas[rows, columns] == element_regions.NUMBER["inset"]).all()
    assert (areas == element_regions.NUMBER["inset"]).sum() == areas[rows, columns].size
