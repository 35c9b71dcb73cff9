"""Columns of running text: sources, notes, projection, compiler.

Owns the breaking of paragraphs into lines and their fit into a box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, line_height, wrap
from fsva.drawing.paper.scene import MM_PER_PT, FaceName, Item, Text

_STEP = 1.13
_PARAGRAPH_GAP_MM = 0.7
_PAD_MM = 2.5
_LARGER = 1.2  # where the box has room
_SIZE_STEP = 0.1


@dataclass(frozen=True)
class Paragraph:
    """Some sentences in one type face.

    Parameters
    ----------
    text : str
        The words.
    face : {"regular", "bold", "italic"}
        Type face.
    """

    text: str
    face: FaceName = "regular"


def draw(
    box: Box, paragraphs: Sequence[Paragraph], layout: Layout, faces: Faces, size: float
) -> list[Item]:
    """Set paragraphs from the top of a box down.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        In reading order.
    size : float
        Type size in points.
    """
    step = line_height(size) * _STEP
    y = box.top - _PAD_MM - CAP_HEIGHT * size * MM_PER_PT
    items: list[Item] = []
    for n, paragraph in enumerate(paragraphs):
        tag = ("notes", f"P {n}")
        for line in wrap(paragraph.text, faces[paragraph.face], size, box.width - 2 * _PAD_MM):
            ink = layout.colours.ink
            items.append(Text(line, box.left + _PAD_MM, y, size, paragraph.face, ink, tag=tag))
            y -= step
        y -= _PARAGRAPH_GAP_MM
    return items


def fitting_size(
    box: Box,
    texts: Sequence[Sequence[Paragraph]],
    layout: Layout,
    faces: Faces,
    smallest: float,
) -> float:
    """Return the size at which each of several texts fits a box, or the smallest.

    Parameters
    ----------
    texts : sequence of sequence of Paragraph
        Notes of sheets that belong together.
    layout : Layout
        Size of running text.
    smallest : float
        Points.
    """
    size = layout.type.body * _LARGER
    while size > smallest and any(height(t, faces, size, box.width) > box.height for t in texts):
        size = max(smallest, round(size - _SIZE_STEP, 1))
    return size


def height(paragraphs: Sequence[Paragraph], faces: Faces, size: float, width: float) -> float:
    """Return the millimetres that paragraphs need in a column of a width."""
    step = line_height(size) * _STEP
    lines = sum(len(wrap(p.text, faces[p.face], size, width - 2 * _PAD_MM)) for p in paragraphs)
    return lines * step + len(paragraphs) * _PARAGRAPH_GAP_MM + 2 * _PAD_MM
