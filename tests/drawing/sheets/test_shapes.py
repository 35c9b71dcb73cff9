"""Maps of districts of unlike shapes: nothing is cut, crossed or hidden, every class is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.drawing.maps import visible
from fsva.drawing.sheets import sheet
from tests.places import lembar_daerah, sheet_facts
from tests.places.lembar_daerah import SHAPES, Drawn

FORMS = ("a4", "a3", "kolom", "salindia")
QUICK = (("mini", "kolom"), ("raksasa", "salindia"), ("lebar", "kolom"))
CASES = [
    pytest.param(name, form, marks=[] if (name, form) in QUICK else [pytest.mark.slow])
    for name in SHAPES
    for form in FORMS
]


def drawn(name: str, form: str) -> Drawn:
    return lembar_daerah.drawn(layer(name), name, form)


_LAYERS: dict[str, Path] = {}


def layer(name: str) -> Path:
    if name not in _LAYERS:
        _LAYERS[name] = lembar_daerah.layer_of(Path(), name)
    return _LAYERS[name]


@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_map_holds_its_texts_and_shows_every_class(name: str, form: str) -> None:
    made = drawn(name, form)
    faces = made.studio.faces
    for page in made.sheets:
        assert sheet_facts.cut(page, faces) == []
        assert sheet_facts.crossed(page, faces) == []
        assert sheet_facts.hidden(page, faces) == []
    names = sheet.arranged(made.studio)
    assert len(names.shown_mm2) == len(made.studio.villages)
    assert min(names.shown_mm2.values()) >= visible.LEAST_MM2
    assert names.unnamed_kecamatan == []


def test_a_kota_within_its_kabupaten_is_named_and_is_no_gap() -> None:
    made = drawn("cincin", "a4")
    assert made.studio.surroundings.holes is None
    told = {text.text for text in made.sheets[0].texts()}
    assert "KOTA MAGELANG" in told or {"KOTA", "MAGELANG"} <= told
    assert not any("celah" in words for words in told)
