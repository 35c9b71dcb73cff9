"""The numbers of the pages of an atlas, at the foot of each inside its frame.

Owns their place; paper whose frame has no room for them carries none.
"""

from __future__ import annotations

from dataclasses import replace

from fsva.core.box import Box
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import DECORATION, MM_PER_PT, Layer, Sheet, Text

_CLEAR_MM = 0.8


def numbered(studio: Studio, sheet: Sheet, number: int) -> Sheet:
    """Return a page with its number; the cover carries none.

    Parameters
    ----------
    number : int
        From 1.
    """
    layout = studio.layout
    frame, place = layout.boxes.box("frame"), _corner(studio)
    size = min(layout.type.heading, (place.height - _CLEAR_MM) / CAP_HEIGHT / MM_PER_PT)
    if number == 1 or size < layout.type.note:
        return sheet
    high = CAP_HEIGHT * size * MM_PER_PT
    base = frame.bottom + (place.height - high) / 2
    x, y = sheet.placed.on_sheet(place.right, base)
    points, ink = size / sheet.placed.scale, layout.colours.ink
    written = Text(str(number), x, y, points, "regular", ink, "right")
    return replace(sheet, layers=(*sheet.layers, Layer("numbers", (written,), tag=DECORATION)))


def _corner(studio: Studio) -> Box:
    """Return the strip between the frame of a sheet and the boxes in it."""
    boxes = studio.layout.boxes
    frame = boxes.box("frame")
    within = [boxes.box(name) for name in boxes.given if name != "frame"]
    left, right = min(box.left for box in within), max(box.right for box in within)
    lowest = min(box.bottom for box in within)
    return Box(left, frame.bottom, right - left, lowest - frame.bottom)
