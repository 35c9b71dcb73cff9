"""The title of a sheet, in its frame.

Owns the breaking of a long title and the size at which it fits.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, Face, Faces, line_height, wrap
from fsva.drawing.paper.scene import MM_PER_PT, Item, Text

_STEP = 1.22
_PAD_MM = 4.0
_ABOVE_MM = 0.8
_NARROWER_MM = 1.0


def fitting_size(box: Box, titles: Sequence[str], layout: Layout, faces: Faces) -> float:
    """Return the size at which every one of some titles fits: the layout's, or a smaller one.

    Parameters
    ----------
    titles : sequence of str
        Of sheets that belong together.
    layout : Layout
        Type sizes.
    """
    share = layout.type.subtitle / layout.type.title
    points, room, width = layout.type.title, box.height - 2 * _ABOVE_MM, box.width - _PAD_MM
    while any(_height(wrap(t, faces["bold"], points, width), points, share) > room for t in titles):
        points -= 0.25
    return points


def draw(
    box: Box,
    title: str,
    subtitle: str,
    layout: Layout,
    faces: Faces,
    points: float | None = None,
) -> list[Item]:
    """Draw title and subtitle, centred.

    Parameters
    ----------
    layout : Layout
        Type sizes and ink.
    points : float or None
        Size of the title, from ``fitting_size``; None for that of this title alone.
    """
    share = layout.type.subtitle / layout.type.title
    size = points or fitting_size(box, [title], layout, faces)
    lines = balanced(title, faces["bold"], size, box.width - _PAD_MM)
    sizes = [size] * len(lines) + [size * share]
    y = box.centre[1] + _height(lines, size, share) / 2
    items: list[Item] = []
    for text, line_size in zip([*lines, subtitle], sizes, strict=True):
        step = line_height(line_size) * _STEP
        base = y - step / 2 - CAP_HEIGHT * line_size * MM_PER_PT / 2
        items.append(
            Text(text, box.centre[0], base, line_size, "bold", layout.colours.ink, "centre")
        )
        y -= step
    return items


def balanced(title: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Break a title into as few lines as fit a width, of about the same length.

    Parameters
    ----------
    size : float
        Type size in points.
    width : float
        Millimetres.
    """
    lines = narrower = wrap(title, face, size, width)
    while len(narrower) == len(lines) > 1 and width > 0:
        lines, width = narrower, width - _NARROWER_MM
        narrower = wrap(title, face, size, width)
    return lines


def _height(lines: Sequence[str], size: float, share: float) -> float:
    return line_height(size) * _STEP * (len(lines) + share)
