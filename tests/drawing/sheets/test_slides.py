"""A slide is read from the back of the room: nothing on it is smaller than 12 points."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.drawing.paper.scene import Text
from tests.places import lembar_daerah

LEAST_PT = 12.0


@pytest.mark.slow
@pytest.mark.parametrize("district", ["terpencil", "nusantara"])
def test_no_letter_on_a_slide_is_smaller_than_12_points(district: str) -> None:
    layer = lembar_daerah.layer_of(Path(), district)
    made = lembar_daerah.drawn(layer, district, "salindia")
    for sheet in made.sheets:
        texts = [i for layer in sheet.layers for i in layer.items if isinstance(i, Text)]
        assert [(t.text, t.size_pt) for t in texts if t.size_pt < LEAST_PT] == []
        for text in texts:
            assert 0 < text.x < sheet.width_mm
            assert 0 < text.y < sheet.height_mm
