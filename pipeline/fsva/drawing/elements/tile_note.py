"""What stands on tile maps in place of north arrow and scale: that they have neither.

Owns its lines.
"""

from __future__ import annotations

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.paper.fonts import line_height
from fsva.drawing.paper.scene import FaceName, Item, Text

_STEP = 1.5


def draw(box: Box, layout: Layout, texts: Texts) -> list[Item]:
    """Write the lines into the middle of a box.

    Parameters
    ----------
    layout : Layout
        Type sizes and colours.
    """
    size, ink = layout.type.body, layout.colours.ink
    rows: tuple[tuple[str, float, FaceName], ...] = (
        (texts("ubin.kepala"), layout.type.heading + 1, "bold"),
        (texts("ubin.satu_ubin"), size, "regular"),
        (texts("ubin.tanpa_skala"), size, "italic"),
    )
    x, middle = box.centre
    step = line_height(size) * _STEP
    top = middle + step * (len(rows) - 1) / 2 - line_height(size) / 3
    return [
        Text(words, x, top - n * step, points, face, ink, "centre")
        for n, (words, points, face) in enumerate(rows)
    ]
