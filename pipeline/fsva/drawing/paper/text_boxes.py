"""The paper that texts cover: for keeping texts apart, and for tests that they are.

Owns the measuring of a drawn text in any direction.
"""

from __future__ import annotations

import math

import shapely

from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, depth, text_width
from fsva.drawing.paper.scene import MM_PER_PT, Align, Text

# How far left of its place a text begins, as a share of its width.
SHIFTS: dict[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}


def text_box(text: Text, faces: Faces) -> Box:
    """Return the smallest upright rectangle around a text."""
    xs, ys = zip(*_corners(text, faces), strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def text_area(text: Text, faces: Faces) -> shapely.Polygon:
    """Return the rectangle that a text covers, in its own direction."""
    return shapely.Polygon(_corners(text, faces))


def _corners(text: Text, faces: Faces) -> list[tuple[float, float]]:
    """Return the corners around the letters, one after another."""
    width = text_width(text, faces)
    low, high = -depth(text.text, text.size_pt), CAP_HEIGHT * text.size_pt * MM_PER_PT
    left = -SHIFTS[text.align] * width
    angle = math.radians(text.angle)
    cosine, sine = math.cos(angle), math.sin(angle)
    around = ((left, low), (left + width, low), (left + width, high), (left, high))
    return [(text.x + x * cosine - y * sine, text.y + x * sine + y * cosine) for x, y in around]
