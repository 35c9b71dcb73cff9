"""Type faces: widths as they are written, lines that fit, files with only what is used."""

from __future__ import annotations

import gc
import weakref
from itertools import pairwise

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from fsva.drawing.paper import fonts
from fsva.drawing.paper.fonts import Face
from fsva.drawing.paper.scene import FaceName, Text
from tests.places.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
WORDS = st.lists(st.text("ABCdefgijk", min_size=1, max_size=9), min_size=1, max_size=15)


def test_a_width_grows_with_size_and_spacing() -> None:
    face = FACES["regular"]
    assert face.width_mm("Belu", 20) == pytest.approx(2 * face.width_mm("Belu", 10))
    assert face.width_mm("Belu", 10, 0.5) == pytest.approx(face.width_mm("Belu", 10) + 1.5)
    assert fonts.text_width(Text("Belu", 0, 0, 10, spacing_mm=0.5), FACES) == pytest.approx(
        face.width_mm("Belu", 10, 0.5)
    )


def test_kerning_is_measured() -> None:
    face = FACES["regular"]
    assert face.width_mm("AV", 10) < face.width_mm("A", 10) + face.width_mm("V", 10)


def test_digits_are_of_one_width_so_that_columns_stand_in_line() -> None:
    face = FACES["bold"]
    assert len({round(face.width_mm(digit, 10), 6) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("text", ["≤ 0,0093", "≥ 1", "124°50′ BT", "é", "–"])
def test_every_sign_of_the_maps_is_in_the_fonts(text: str) -> None:
    for face in FACES.values():
        assert 0 not in [glyph.number for glyph in face.shape(text)]


def test_letters_are_not_joined_to_ligatures() -> None:
    assert len(FACES["regular"].shape("ffi fl")) == 6


@pytest.mark.parametrize("name", ["regular", "bold", "italic"])
def test_a_subset_keeps_glyph_numbers_and_widths(name: FaceName) -> None:
    face = FACES[name]
    used = {glyph.number for glyph in face.shape("Kabupaten Belu 2021")}
    data = face.subset(used)
    small = hb.Font(hb.Face(hb.Blob(data)))
    assert len(data) < 20_000
    assert {g: small.get_glyph_h_advance(g) for g in used} == {
        g: face.natural_width(g) for g in used
    }


def test_a_subset_is_the_same_whatever_the_order() -> None:
    face = FACES["regular"]
    assert face.subset([40, 36, 38]) == face.subset([38, 40, 36, 36])


def test_postscript_names_are_those_of_the_files() -> None:
    names = {face.postscript_name for face in FACES.values()}
    assert names == {"LiberationSans", "LiberationSans-Bold", "LiberationSans-Italic"}


@given(WORDS, st.floats(5, 60))
def test_wrapped_lines_fit_and_lose_no_word(words: list[str], width: float) -> None:
    face: Face = FACES["regular"]
    lines = fonts.wrap(" ".join(words), face, 8, width)
    assert " ".join(lines).split() == words
    for line in lines:
        assert face.width_mm(line, 8) <= width or " " not in line
    for one, following in pairwise(lines):
        assert face.width_mm(f"{one} {following.split()[0]}", 8) > width


def test_capitals_and_descenders_lie_within_the_line_height() -> None:
    face = hb.Face(hb.Blob((ROOT / "styles" / "fonts" / fonts.FILES["regular"]).read_bytes()))
    font = hb.Font(face)
    for letter in "ABDFHKgjpqy":
        extents = font.get_glyph_extents(font.get_nominal_glyph(ord(letter)))
        top = extents.y_bearing / face.upem
        assert top <= fonts.CAP_HEIGHT + 0.02, letter
        assert top + extents.height / face.upem >= -fonts.DESCENT - 0.005, letter


def test_a_face_is_given_up_with_all_that_it_has_measured() -> None:
    """One process makes many editions, each with faces of its own."""
    face = fonts.load(ROOT / "styles" / "fonts")["regular"]
    assert fonts.wrap("dua kata", face, 8, 1) == ("dua", "kata")
    face.shape("dua")
    held = weakref.ref(face)
    del face
    gc.collect()
    assert held() is None
