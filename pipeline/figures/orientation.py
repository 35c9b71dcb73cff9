"""North arrow and scale: which way is true north, and how far is a kilometre.

Owns the arrow, the numeric scale and the double-box scale bar.
"""

from __future__ import annotations

import math

from pipeline.figures.panel import Panel, north_angle
from pipeline.figures.scene import Box, Item, Mark, Stroke, Text, box_shape, ring_shape
from pipeline.layout import Layout
from pipeline.texts import Texts

_ROUND_KM = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_SEGMENTS = 4
_HEIGHT_MM = 1.1


def draw(box: Box, panel: Panel, layout: Layout, texts: Texts) -> list[Item]:
    """Draw arrow, numeric scale and scale bar into a box.

    Parameters
    ----------
    box : Box
        Room for them.
    panel : Panel
        The map whose scale and north are shown.
    layout : Layout
        Type sizes and colours.
    texts : Texts
        The language.
    """
    ink = layout.colours.ink
    scale = texts("peta.skala", penyebut=texts.decimal(panel.denominator, 0))
    arrow_x = box.left + 10
    bar = Box(box.left + 20, box.bottom, box.width - 24, box.height)
    return [
        *_arrow(arrow_x, box.bottom + box.height / 2, north_angle(panel), ink, texts, layout),
        Text(scale, bar.centre[0], box.top - 9.5, layout.type.heading + 1, "bold", ink, "centre"),
        *scale_bar(bar, panel, layout, texts),
    ]


def segment_km(panel: Panel, width_mm: float) -> float:
    """Return the longest round length in km of which four fit into a width.

    Parameters
    ----------
    panel : Panel
        Gives the scale; its denominator is true on the ground.
    width_mm : float
        Paper for the whole bar.
    """
    km_per_mm = panel.denominator / 1e6
    fitting = [km for km in _ROUND_KM if km * _SEGMENTS / km_per_mm <= width_mm]
    return fitting[-1] if fitting else _ROUND_KM[0]


def scale_bar(bar: Box, panel: Panel, layout: Layout, texts: Texts) -> list[Item]:
    """Draw two rows of alternating boxes with the kilometres above their ends.

    Parameters
    ----------
    bar : Box
        Room; the bar is centred in its width.
    panel : Panel
        The map.
    layout : Layout
        Type sizes and colours.
    texts : Texts
        The language.
    """
    ink, paper = layout.colours.ink, layout.colours.paper
    km = segment_km(panel, bar.width - 8)
    step = km * 1e6 / panel.denominator
    left = bar.centre[0] - step * _SEGMENTS / 2
    bottom = bar.bottom + 7
    size = layout.type.body
    digits = 0 if km == int(km) else len(str(km).split(".")[1])
    items: list[Item] = []
    for n in range(_SEGMENTS):
        for row in range(2):
            cell = Box(left + n * step, bottom + row * _HEIGHT_MM, step, _HEIGHT_MM)
            fill = ink if (n + row) % 2 else paper
            items.append(Mark(box_shape(cell), fill, Stroke(ink, 0.15)))
    label_y = bottom + 2 * _HEIGHT_MM + 1.0
    for n in range(_SEGMENTS + 1):
        label = texts.decimal(n * km, digits if n else 0)
        items.append(Text(label, left + n * step, label_y, size, colour=ink, align="centre"))
    unit_x = left + _SEGMENTS * step
    items.append(Text(texts("peta.km"), unit_x, bottom - 2.9, size, colour=ink, align="centre"))
    return items


def _arrow(x: float, y: float, angle: float, ink: str, texts: Texts, layout: Layout) -> list[Item]:
    """Draw a two-sided arrow, turned to true north, with its letter above the tip."""
    half, width, notch = 7.5, 3.2, -4.6

    def turned(dx: float, dy: float) -> tuple[float, float]:
        a = math.radians(angle)
        return (x + dx * math.cos(a) - dy * math.sin(a), y + dx * math.sin(a) + dy * math.cos(a))

    shift = -2.0
    tip, foot = turned(0, half + shift), turned(0, notch + shift)
    left, right = turned(-width, -half + shift), turned(width, -half + shift)
    letter_x, letter_y = turned(0, half + shift + 1.4)
    outline = Stroke(ink, 0.2)
    return [
        Mark(ring_shape(tip, left, foot), ink, outline),
        Mark(ring_shape(tip, foot, right), layout.colours.paper, outline),
        Text(texts("peta.utara"), letter_x, letter_y, 11, "bold", ink, "centre", angle),
    ]
