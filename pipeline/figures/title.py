"""The title of a sheet, in its frame.

Owns the breaking of a long title and the size at which it fits.
"""

from __future__ import annotations

from pipeline.figures.fonts import CAP_HEIGHT, Faces, line_height, wrap
from pipeline.figures.scene import MM_PER_PT, Box, Item, Text
from pipeline.layout import Layout

_STEP = 1.22
_PAD_MM = 4.0


def draw(box: Box, title: str, subtitle: str, layout: Layout, faces: Faces) -> list[Item]:
    """Draw title and subtitle, centred, as large as the layout's size and the box allow.

    Parameters
    ----------
    box : Box
        Frame of the title.
    title, subtitle : str
        As printed.
    layout : Layout
        Type sizes and ink.
    faces : Faces
        For measuring.
    """
    share = layout.type.subtitle / layout.type.title
    size = layout.type.title
    while _height(wrap(title, faces["bold"], size, box.width - _PAD_MM), size, share) > box.height:
        size -= 0.25
    lines = wrap(title, faces["bold"], size, box.width - _PAD_MM)
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


def _height(lines: list[str], size: float, share: float) -> float:
    return line_height(size) * _STEP * (len(lines) + share)
