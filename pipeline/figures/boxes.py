"""The paper that texts cover: for keeping texts apart, and for tests that they are.

Owns the measuring of a drawn text in any direction.
"""

from __future__ import annotations

import math

from pipeline.figures.fonts import CAP_HEIGHT, DESCENT, Faces, text_width
from pipeline.figures.scene import MM_PER_PT, Box, Text

_SHIFT = {"left": 0.0, "centre": 0.5, "right": 1.0}


def text_box(text: Text, faces: Faces) -> Box:
    """Return the smallest upright rectangle around a text.

    Parameters
    ----------
    text : Text
        In any direction.
    faces : Faces
        For measuring.
    """
    width = text_width(text, faces)
    size = text.size_pt * MM_PER_PT
    left = -_SHIFT[text.align] * width
    angle = math.radians(text.angle)
    corners = [
        (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))
        for x in (left, left + width)
        for y in (-DESCENT * size, CAP_HEIGHT * size)
    ]
    xs, ys = zip(*corners, strict=True)
    return Box(text.x + min(xs), text.y + min(ys), max(xs) - min(xs), max(ys) - min(ys))
