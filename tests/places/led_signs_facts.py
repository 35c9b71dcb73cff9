"""What must be true of the signs beside villages on a map of change."""

from __future__ import annotations

import shapely

from fsva.comparison.maps import change_signs
from fsva.core.box import Box
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Layer, Mark, Sheet
from fsva.drawing.paper.text_boxes import text_area, text_box
from tests.places import belu


def _led_on(sheet: Sheet) -> dict[Box, tuple[Layer, Layer]]:
    """Return, by the box of each map, the layer of names and that of the signs beside villages."""
    found: dict[Box, tuple[Layer, Layer]] = {}
    names = {layer.clip: layer for layer in sheet.layers if layer.name in ("names", "inset names")}
    seen: set[Box] = set()
    for layer in belu.layers(sheet, change_signs.LAYER):
        assert layer.clip
        if layer.clip in seen:  # after the signs in villages
            found[layer.clip] = names[layer.clip], layer
        seen.add(layer.clip)
    return found


def assert_clear(sheet: Sheet, faces: Faces) -> int:
    """Assert that signs beside villages touch nothing written; return how many there are."""
    count = 0
    for box, (names, led) in _led_on(sheet).items():
        inside = next(one for one in belu.layers(sheet, change_signs.LAYER) if one.clip == box)
        texts = [*led.texts()]
        written = [*names.texts(), *inside.texts()]
        taken = shapely.STRtree([text_area(t, faces) for t in written])
        for text in texts:
            paper = text_box(text, faces).polygon()
            assert box.inset(0.5).polygon().contains(paper)
            assert taken.query(paper, predicate="overlaps").size == 0
            assert taken.query(paper, predicate="contains").size == 0
        lines = [i for i in led.items if isinstance(i, Mark)]
        assert {line.code for line in lines} == {text.code for text in texts}
        count += len(texts)
    return count
