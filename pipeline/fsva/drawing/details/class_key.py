"""The classes of a detail sheet: samples with numbers and names, in two columns.

Owns their room above a table. A map has the whole legend (``fsva.drawing.elements.legend``).
"""

from __future__ import annotations

from fsva.core.box import Box
from fsva.drawing.maps import second_channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import key
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape
from fsva.words.specification import MapSpecification

_COLUMNS = 2
_PAD_MM, _GAP_MM = 1.6, 1.0
_SAMPLE_MM = (5.0, 2.4)
_RIM_MM = 0.1


def parted(studio: Studio, room: Box, shown: MapSpecification) -> tuple[Box, Box]:
    """Part a room into that of the classes and what remains below it.

    Parameters
    ----------
    room : Box
        Of classes and table together.
    """
    rows = -(-len(shown.legend) // _COLUMNS)
    high = rows * key.step_mm(studio.layout) * 1.1 + 2 * _PAD_MM
    top = Box(room.left, room.top - high, room.width, high)
    return top, Box(room.left, room.bottom, room.width, room.height - high)


def draw(studio: Studio, room: Box, shown: MapSpecification) -> list[Item]:
    """Draw the classes.

    Parameters
    ----------
    room : Box
        From ``parted``.
    """
    layout, size = studio.layout, studio.layout.type.note
    rows, step = -(-len(shown.legend) // _COLUMNS), key.step_mm(layout) * 1.1
    column = (room.width - 2 * _PAD_MM) / _COLUMNS
    wide, high = _SAMPLE_MM
    items: list[Item] = []
    for n, row in enumerate(shown.legend):
        left = room.left + _PAD_MM + (n // rows) * column
        middle = room.top - _PAD_MM - (n % rows + 0.5) * step
        sample = Box(left, middle - high / 2, wide, high)
        items.append(Mark(box_shape(sample), row.colour))
        if hatch := layout.theme.hatch(row.most_vulnerable):
            items.append(second_channel.swatch(sample, hatch))
        items.append(Mark(box_shape(sample), None, Stroke(layout.colours.village_line, _RIM_MM)))
        base = middle - CAP_HEIGHT * size * MM_PER_PT / 2
        tag = ("key", f"LI {n}", "LBody")
        words = Text(row.words, left + wide + _GAP_MM, base, size, tag=tag)
        items.append(words)
    return items
