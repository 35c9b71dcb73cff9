"""Letters without a glyph are found and refused by name; never left out, never one for all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core.columns import UNIT
from fsva.core.errors import EditionError
from fsva.drawing.paper import fonts, missing_letters
from fsva.drawing.paper.scene import Layer, Sheet, Text
from fsva.files.book import typeset
from fsva.files.writers import pdf, svg
from fsva.runs import sheet_materials
from tests.places import belu
from tests.places.framed import plain
from tests.places.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
HAN, JAVANESE, ARABIC = "\u6751", "\ua9a2", "\u0642"


@pytest.mark.parametrize("letter", [HAN, JAVANESE, ARABIC])
def test_letters_of_other_scripts_are_found(letter: str) -> None:
    assert missing_letters.of(f"Desa {letter}{letter}", FACES) == (letter,)


LATIN = ["Fatuba'a", "B\u00e9da", "Be\u0301da", "Nusa\u00a0Penida", "Sa\u2013tu"]


@pytest.mark.parametrize("words", LATIN)
def test_latin_names_lack_nothing(words: str) -> None:
    assert missing_letters.of(words, FACES) == ()


def test_names_are_suspected_by_their_letters_alone() -> None:
    assert missing_letters.suspects(["Fatuba'a", f"Desa {HAN}", ARABIC], FACES) == {HAN, ARABIC}
    # What lacks no letter alone lacks none in any name.
    plain = [words for words in LATIN if missing_letters.suspects([words], FACES) == frozenset()]
    assert {"Fatuba'a", "B\u00e9da", "Nusa\u00a0Penida"} <= set(plain)


def test_a_village_with_such_a_name_is_refused_by_name_and_letter() -> None:
    studio = belu.made().studio
    villages = studio.villages.geo_frame
    villages[UNIT] = [f"Umanen {HAN}", *villages[UNIT].tolist()[1:]]
    given = edition.load(ROOT / "editions" / "belu-2021")
    sheet_materials.check_letters(given, studio)
    with pytest.raises(EditionError) as refused:
        sheet_materials.check_letters(given, replace(studio, villages=plain(villages)))
    (place,) = refused.value.places
    assert str(villages.index[0]) in str(place.village)
    assert HAN in str(place.found)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("Nusa Tenggara Timur", f"Nusa {HAN}", "daerah.provinsi"),
     ("TNP2K", f"TNP2K {ARABIC}", "sumber.air_bersih.instansi"),
     ("Selat Ombai", f"Selat {JAVANESE}", "sekitar.nama[1].nama"),
     ("Dinas Pertanian dan", f"Dinas {HAN}", "penyusun")],
)  # fmt: skip
def test_words_of_the_edition_are_refused_by_their_key(
    old: str, new: str, key: str, tmp_path: Path
) -> None:
    given = edition.load(ROOT / "editions" / "belu-2021")
    settings = given.settings.model_validate_json(
        given.settings.model_dump_json(by_alias=True).replace(old, new)
    )
    studio = replace(belu.made().studio, settings=settings)
    with pytest.raises(EditionError) as refused:
        sheet_materials.check_letters(given, studio)
    (place,) = refused.value.places
    assert place.column == key
    assert "U+" in str(place.found)


def _sheet() -> Sheet:
    return Sheet(100, 50, "x", "id", (Layer("a", (Text(f"Desa {HAN}{JAVANESE}", 10, 10, 8),)),))


def test_no_sheet_is_written_with_letters_that_a_face_lacks() -> None:
    for write in (lambda: pdf.PdfWriter([_sheet()], FACES),
                  lambda: svg.write(_sheet(), FACES, {}, outlined=True)):  # fmt: skip
        with pytest.raises(EditionError) as refused:
            write()
        assert refused.value.key == "huruf_tiada_lembar"
        (place,) = refused.value.places
        assert str(place.found) == f"Desa {HAN}{JAVANESE}: {HAN} (U+6751), {JAVANESE} (U+A9A2)"


def test_no_report_is_typeset_with_letters_that_a_face_lacks() -> None:
    press = typeset.Press(Path(), None, str(ROOT / "styles" / "fonts"), None, None)  # type: ignore[arg-type]
    said = {"lembar": [{"isi": ["Baik", f"Desa {HAN}"]}], "judul": "\u2013 \u2265"}
    with pytest.raises(EditionError) as refused:
        typeset._check_letters(said, press)
    (place,) = refused.value.places
    assert str(place.found) == f"Desa {HAN}: {HAN} (U+6751)"
    typeset._check_letters({"judul": "Latin saja"}, press)
