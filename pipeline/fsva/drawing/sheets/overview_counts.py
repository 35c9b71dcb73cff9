"""The counts below a small map of the summary: a sample of each class with its villages.

Owns the row of samples. Every map has the same classes at the same places.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.config.styles.chart_layouts import OverviewPlate
from fsva.core.box import Box
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape
from fsva.words.specification import MapSpecification

_ABOVE_MM = 1.2
# A digit of Liberation Sans is 0.556 of its size wide.
_DIGIT = 0.556
_LINE_STEP = 1.35
_SAMPLE, _GAP, _APART = 1.0, 0.3, 0.7  # of the size of type


def lines(plate: OverviewPlate, maps: Sequence[MapSpecification], width: float) -> int | None:
    """Return in how many lines the counts fit a width: one, two, or None for neither.

    Parameters
    ----------
    maps : sequence of MapSpecification
        The one with the most classes decides for all.
    width : float
        Of a cell, in millimetres.
    """
    rows = max(len(shown.legend) for shown in maps)
    step, gap = _step(plate, maps), _APART * plate.type.foot * MM_PER_PT
    return next((n for n in (1, 2) if -(-rows // n) * step - gap <= width), None)


def height(plate: OverviewPlate, lines: int) -> float:
    """Return the millimetres that the counts take below a map."""
    size = plate.type.foot * MM_PER_PT
    return _ABOVE_MM + size + (lines - 1) * size * _LINE_STEP


def _step(plate: OverviewPlate, maps: Sequence[MapSpecification]) -> float:
    digits = max(len(str(len(shown.priorities))) for shown in maps)
    return (_SAMPLE + _GAP + digits * _DIGIT + _APART) * plate.type.foot * MM_PER_PT


def draw(
    studio: Studio, plate: OverviewPlate, shown: MapSpecification, cell: Box, lines: int
) -> list[Item]:
    """Draw a sample of each class with its number of villages at the foot of a cell.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes.
    cell : Box
        Of the small map.
    lines : int
        From ``lines``, the same for all maps.
    """
    size, colours = plate.type.foot, studio.layout.colours
    side, step = size * MM_PER_PT, _step(plate, [shown])
    each = -(-len(shown.legend) // lines)
    left = cell.centre[0] - (each * step - _APART * side) / 2
    items: list[Item] = []
    for n, row in enumerate(shown.legend):
        bottom = cell.bottom + (lines - 1 - n // each) * side * _LINE_STEP
        base = bottom + side * (1 - CAP_HEIGHT) / 2
        sample = Box(left + n % each * step, bottom, side * _SAMPLE, side)
        count = studio.texts.decimal(row.count, 0)
        x = sample.right + _GAP * side
        items += [
            Mark(box_shape(sample), row.colour, Stroke(colours.village_line, 0.1)),
            Text(count, x, base, size, colour=colours.ink),
        ]
    return items
