"""Letters without a glyph are found and refused by name; never left out, never one for all."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from fsva.config.editions import edition
from fsva.core.columns import UNIT
from fsva.core.errors import EditionError
from fsva.drawing.paper import missing_letters
from fsva.drawing.paper.scene import Layer, Sheet, Text
from fsva.files.writers import pdf
from fsva.runs import sheet_materials
from tests.places import belu
from tests.places.small import ROOT

FACES = belu.made().studio.faces
HAN, JAVANESE, ARABIC = "\u6751", "\ua9a2", "\u0642"


@pytest.mark.parametrize("letter", [HAN, JAVANESE, ARABIC])
def test_letters_of_other_scripts_are_found(letter: str) -> None:
    assert missing_letters.of(f"Desa {letter}{letter}", FACES) == (letter,)


LATIN = ["Fatuba'a", "B\u00e9da", "Be\u0301da", "Nusa\u00a0Penida", "Sa\u2013tu"]


@pytest.mark.parametrize("words", LATIN)
def test_latin_names_lack_nothing(words: str) -> None:
    assert missing_letters.of(words, FACES) == ()


def test_a_village_with_such_a_name_is_refused_by_name_and_letter() -> None:
    studio = belu.made().studio
    villages = studio.villages.copy()
    villages[UNIT] = [f"Umanen {HAN}", *villages[UNIT].tolist()[1:]]
    given = edition.load(ROOT / "editions" / "belu-2021")
    sheet_materials.check_letters(given, studio)
    with pytest.raises(EditionError) as refused:
        sheet_materials.check_letters(given, replace(studio, villages=villages))
    (place,) = refused.value.places
    assert str(villages.index[0]) in str(place.village)
    assert HAN in str(place.found)


def test_text_of_a_pdf_repeats_no_letter_for_others() -> None:
    words = Text(f"Desa {HAN}{JAVANESE}", 10, 10, 8)
    sheet = Sheet(100, 50, "x", "id", (Layer("a", (words,)),))
    data = pdf.PdfWriter([sheet], FACES).write([sheet], "x")
    with pikepdf.open(io.BytesIO(data)) as file:
        (font,) = file.pages[0].Resources.Font.values()
        mapped = font.ToUnicode.read_bytes()
    assert b"<0000> <FFFD>" in mapped
    assert f"<{ord(HAN):04X}>".encode() not in mapped
