"""Samples of borders for the legend: each line on what it divides on the map.

Owns their drawing; which lines a legend explains is ``fsva.drawing.elements.legend``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.maps import border_colours
from fsva.drawing.paper.scene import Item, Mark, Stroke, box_shape, line_shape


@dataclass(frozen=True)
class Sample:
    """What a line divides and how it is drawn.

    Parameters
    ----------
    above, below : tuple of str
        Fills on both sides, ``#RRGGBB``, side by side from the left.
    strokes : tuple of Stroke
        The line, from below; none for borders of villages, whose colours follow from the fills.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    strokes: tuple[Stroke, ...]


def draw(room: Box, sample: Sample, layout: Layout) -> list[Item]:
    """Draw a border as on the map, with the ground on both its sides.

    Parameters
    ----------
    room : Box
        Where it stands, millimetres; the line runs through its middle.
    """
    half = room.height / 2
    middle = room.bottom + half
    upper = Box(room.left, middle, room.width, half)
    lower = Box(room.left, room.bottom, room.width, half)
    items = [*_cells(upper, sample.above), *_cells(lower, sample.below)]
    ends = (room.left, middle), (room.right, middle)
    items += [Mark(line_shape(*ends), stroke=stroke) for stroke in sample.strokes]
    if not sample.strokes:
        items += _within(lower, sample.below, layout)
    return items


def _cells(room: Box, fills: Sequence[str]) -> list[Item]:
    return [
        Mark(box_shape(cell), fill) for cell, fill in zip(_parts(room, fills), fills, strict=True)
    ]


def _within(lower: Box, fills: Sequence[str], layout: Layout) -> list[Item]:
    """Draw the border within each class, along the upper edge of its cell."""
    width, rules = layout.lines.village, layout.theme.borders
    return [
        Mark(
            line_shape((cell.left, cell.top), (cell.right, cell.top)),
            stroke=Stroke(border_colours.within(fill, rules), width),
        )
        for cell, fill in zip(_parts(lower, fills), fills, strict=True)
    ]


def _parts(room: Box, fills: Sequence[str]) -> list[Box]:
    width = room.width / len(fills)
    return [Box(room.left + n * width, room.bottom, width, room.height) for n in range(len(fills))]
