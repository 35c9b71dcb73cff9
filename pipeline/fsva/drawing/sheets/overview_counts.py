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
_SAMPLE, _GAP, _APART = 1.0, 0.3, 0.7  # of the size of type


def height(plate: OverviewPlate) -> float:
    """Return the millimetres that the counts take below a map."""
    return _ABOVE_MM + plate.type.foot * MM_PER_PT


def width(plate: OverviewPlate, maps: Sequence[MapSpecification]) -> float:
    """Return the millimetres that the longest row of counts takes."""
    rows = max(len(shown.legend) for shown in maps)
    return rows * _step(plate, maps) - _APART * plate.type.foot * MM_PER_PT


def _step(plate: OverviewPlate, maps: Sequence[MapSpecification]) -> float:
    digits = max(len(str(len(shown.priorities))) for shown in maps)
    return (_SAMPLE + _GAP + digits * _DIGIT + _APART) * plate.type.foot * MM_PER_PT


def draw(studio: Studio, plate: OverviewPlate, shown: MapSpecification, cell: Box) -> list[Item]:
    """Draw a sample of each class with its number of villages at the foot of a cell.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes.
    cell : Box
        Of the small map.
    """
    size, colours = plate.type.foot, studio.layout.colours
    side, step = size * MM_PER_PT, _step(plate, [shown])
    left = cell.centre[0] - width(plate, [shown]) / 2
    base = cell.bottom + side * (1 - CAP_HEIGHT) / 2
    items: list[Item] = []
    for n, row in enumerate(shown.legend):
        sample = Box(left + n * step, cell.bottom, side * _SAMPLE, side)
        count = studio.texts.decimal(row.count, 0)
        x = sample.right + _GAP * side
        items += [
            Mark(box_shape(sample), row.colour, Stroke(colours.village_line, 0.1)),
            Text(count, x, base, size, colour=colours.ink),
        ]
    return items
