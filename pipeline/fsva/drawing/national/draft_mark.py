"""The mark of drafts on a map of many districts: a strip in the upper margin, and their borders.

Owns how both look there; ``fsva.drawing.elements.draft_strip`` marks the sheets of one edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fsva.config.styles import draft_style
from fsva.config.styles.draft_style import Strip
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Sheet, Stroke

_BORDER_MM, _DASH_MM = 0.6, (2.0, 1.2)


def border() -> Stroke:
    """Return how the border of a district is drawn whose edition is a draft."""
    return Stroke(draft_style.load().strip.ground, _BORDER_MM, _DASH_MM)


def marked(sheet: Sheet, said: Sequence[str], top: float, faces: Faces) -> Sheet:
    """Return a sheet with the strip of a draft.

    Parameters
    ----------
    said : sequence of str
        What the strip may say, the longest first; the first that fits is taken, else the last.
    top : float
        Millimetres from the lower edge, above which the sheet shows nothing.
    """
    style = draft_style.load().strip
    bottom = top + style.gap_mm
    room = Box(0, bottom, sheet.width_mm, sheet.height_mm - bottom)
    words = _fitting(said, style, room.width - 2 * draft_strip.SIDE_MM, faces)
    strip = draft_strip.layer(words, style, room, style.large_pt)
    return replace(sheet, layers=(*sheet.layers, strip))


def colours() -> list[str]:
    """Return the colours of strip and borders."""
    style: Strip = draft_style.load().strip
    return [style.ground, style.ink]


def _fitting(said: Sequence[str], style: Strip, width: float, faces: Faces) -> str:
    fitting = (w for w in said if faces["bold"].width_mm(w, style.large_pt) <= width)
    return next(fitting, said[-1])
