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
_NARROWER = 0.96


def draw(box: Box, title: str, subtitle: str, layout: Layout, faces: Faces) -> list[Item]:
    """Draw title and subtitle, centred, as large as the layout's size and the box allow.

    Parameters
    ----------
    layout : Layout
        Type sizes and ink.
    """
    share = layout.type.subtitle / layout.type.title
    size = layout.type.title
    room = box.height - 2 * _ABOVE_MM
    while _height(wrap(title, faces["bold"], size, box.width - _PAD_MM), size, share) > room:
        size -= 0.25
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
    lines = wrap(title, face, size, width)
    longest = max(len(word) for word in title.split())
    while min(map(len, lines)) < max(map(len, lines)) and max(map(len, lines)) > longest:
        width *= _NARROWER
        narrower = wrap(title, face, size, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _height(lines: Sequence[str], size: float, share: float) -> float:
    return line_height(size) * _STEP * (len(lines) + share)
