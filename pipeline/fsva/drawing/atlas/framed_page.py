"""What the pages of an atlas around its maps share: frame, title and the room below it."""

from __future__ import annotations

from fsva.core.box import Box
from fsva.drawing.elements import title_logos
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Item, Layer, Mark, Stroke, box_shape

_MARGIN_MM = 4.0


def heading(studio: Studio, words: str, subtitle: str) -> tuple[Layer, ...]:
    """Draw frame and title as a map has them.

    Parameters
    ----------
    words, subtitle : str
        Of the page.
    """
    layout, box = studio.layout, studio.layout.boxes.box("title")
    ink, line = layout.colours.ink, layout.lines.frame
    frame = Mark(box_shape(layout.boxes.box("frame")), stroke=Stroke(ink, line))
    items: list[Item] = [
        Mark(box_shape(box), stroke=Stroke(ink, line / 2)),
        *title_logos.heading(studio, box, words.upper(), subtitle, layout),
    ]
    return Layer("frame", (frame,)), Layer("title", tuple(items), tag=("title",), apart=True)


def room(studio: Studio) -> Box:
    """Return the room below the title of a page."""
    boxes, margin = studio.layout.boxes, _MARGIN_MM * studio.layout.furniture
    frame, title = boxes.box("frame"), boxes.box("title")
    bottom = frame.bottom + margin
    return Box(title.left, bottom, title.width, title.bottom - margin - bottom)
