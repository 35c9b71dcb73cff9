"""North arrow and scale: which way is true north, and how far is a kilometre.

Owns the arrow, the numeric scale and the double-box scale bar.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.maps.panel import Panel, north_angle
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape, ring_shape

_ROUND_KM = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500)
# Four segments, unless another number makes the bar longer by this factor.
_SEGMENTS = (4, 3, 2)
_WORTH = 1.25
# Round lengths that give a round bar only with an even number of segments.
_HALVES_KM = (0.25, 2.5, 25, 250)
_DIGIT_EM = 0.556  # width of a digit
_HEIGHT_MM = 1.1
_BAR_MM = 5.0  # from the lower edge of its room to the bar
# From the bar down to the foot of the letters of its unit, and the least paper above them.
_UNIT_MM, _UNIT_GAP_MM = 2.9, 0.8
_LETTER_MM = 1.4  # above the tip of the arrow
_LETTER_PT = 11
# Height of the box for which the parts have their usual places; of the arrow with its letter; paper
# above and below the arrow; how far below the upper edge the scale stands.
_USUAL_MM, _ARROW_MM, _AROUND_MM, _SCALE_MM = 18.5, 19.5, 1.4, 5.6
# Shares of the further height that go below the bar and above the scale.
_BELOW, _ABOVE = 0.35, 0.3


def draw(box: Box, panel: Panel, layout: Layout, texts: Texts) -> list[Item]:
    """Draw arrow, numeric scale and scale bar into a box.

    Parameters
    ----------
    panel : Panel
        The map whose scale and north are shown.
    layout : Layout
        Type sizes and colours.
    """
    unit = layout.furniture
    # The further height of a higher box goes between the parts; a lower box has a smaller arrow,
    # and the scale beside the bar.
    more = box.height - _USUAL_MM * unit
    share = min(1.0, (box.height - 2 * _AROUND_MM * unit) / (_ARROW_MM * unit))
    arrow = (box.left + 10 * unit, box.centre[1] - _LETTER_MM * unit * (1 - share))
    bar = Box(box.left + 18 * unit, box.bottom, box.width - 20 * unit, box.height)
    scale, y = _numeric(bar, panel, layout, texts), box.top - _SCALE_MM * unit - more * _ABOVE
    if more < 0:
        width = len(scale.text) * _DIGIT_EM * scale.size_pt * MM_PER_PT
        scale = replace(scale, x=bar.left, align="left")
        y = box.centre[1] - CAP_HEIGHT * scale.size_pt * MM_PER_PT / 2
        low = box.centre[1] - (_BAR_MM + _HEIGHT_MM) * unit
        bar = Box(bar.left + width, low, bar.width - width, bar.height)
    else:
        bar = Box(bar.left, box.bottom + more * _BELOW, bar.width, bar.height)
    return [
        *_arrow(arrow, share * unit, north_angle(panel), layout.colours.ink, texts, layout),
        replace(scale, y=y),
        *scale_bar(bar, panel, layout, texts),
    ]


def _numeric(bar: Box, panel: Panel, layout: Layout, texts: Texts) -> Text:
    """Write the scale as a number."""
    scale = texts("peta.skala", penyebut=texts.decimal(panel.denominator, 0))
    size, ink = layout.type.heading + 1, layout.colours.ink
    return Text(scale, bar.centre[0], bar.centre[1], size, "bold", ink, "centre")


def segment_km(panel: Panel, width_mm: float, segments: int = _SEGMENTS[0]) -> float:
    """Return the longest round length in km for which the segments fit into a width.

    Parameters
    ----------
    panel : Panel
        Gives the scale; its denominator is true on the ground.
    width_mm : float
        Paper for the whole bar.
    segments : int
        Number of segments.
    """
    km_per_mm = panel.denominator / 1e6
    lengths = [km for km in _ROUND_KM if segments % 2 == 0 or km not in _HALVES_KM]
    fitting = [km for km in lengths if km * segments / km_per_mm <= width_mm]
    return fitting[-1] if fitting else _ROUND_KM[0]


def division(panel: Panel, width_mm: float, layout: Layout, texts: Texts) -> tuple[int, list[str]]:
    """Return the number of segments of a bar and their labels, for the longest bar."""
    longest, best = 0.0, (_SEGMENTS[-1], ["0"])
    for segments in _SEGMENTS:
        km = segment_km(panel, width_mm, segments)
        labels = [_label(n * km, texts) for n in range(segments + 1)]
        step = km * 1e6 / panel.denominator
        if segments != _SEGMENTS[-1] and _room(labels, layout) > step:
            continue
        if step * segments > longest * _WORTH:
            longest, best = step * segments, (segments, labels)
    return best


def _label(km: float, texts: Texts) -> str:
    """Write a length without trailing zeros."""
    short = f"{km:g}"
    return texts.decimal(km, len(short.partition(".")[2]))


def _room(labels: list[str], layout: Layout) -> float:
    """Return the distance in millimetres at which labels do not touch."""
    digit = _DIGIT_EM * layout.type.body * MM_PER_PT
    return max((len(a) + len(b)) / 2 + 1 for a, b in pairwise(labels)) * digit


def scale_bar(bar: Box, panel: Panel, layout: Layout, texts: Texts) -> list[Item]:
    """Draw two rows of alternating boxes with the kilometres above their ends.

    Parameters
    ----------
    bar : Box
        Room; the bar is centred in its width.
    layout : Layout
        Type sizes and colours.
    """
    ink, paper, unit = layout.colours.ink, layout.colours.paper, layout.furniture
    width = bar.width - 6 * unit
    segments, labels = division(panel, width, layout, texts)
    step = segment_km(panel, width, segments) * 1e6 / panel.denominator
    left = bar.centre[0] - step * segments / 2
    bottom, height = bar.bottom + _BAR_MM * unit, _HEIGHT_MM * unit
    size = layout.type.body
    items: list[Item] = []
    for n in range(segments):
        for row in range(2):
            cell = Box(left + n * step, bottom + row * height, step, height)
            fill = ink if (n + row) % 2 else paper
            items.append(Mark(box_shape(cell), fill, Stroke(ink, 0.15)))
    label_y = bottom + 2 * height + unit
    for n, label in enumerate(labels):
        items.append(Text(label, left + n * step, label_y, size, colour=ink, align="centre"))
    end, high = left + segments * step, CAP_HEIGHT * size * MM_PER_PT
    below = bottom - max(_UNIT_MM * unit, high + _UNIT_GAP_MM * unit)
    return [*items, Text(texts("peta.km"), end, below, size, colour=ink, align="centre")]


def _arrow(
    at: tuple[float, float], unit: float, angle: float, ink: str, texts: Texts, layout: Layout
) -> list[Item]:
    """Draw a two-sided arrow, turned to true north, with its letter above the tip."""
    (x, y), points = at, max(_LETTER_PT * unit, layout.type.note)
    half, width, notch = 7.5 * unit, 3.2 * unit, -4.6 * unit

    def turned(dx: float, dy: float) -> tuple[float, float]:
        """Return a point turned about the middle."""
        a = math.radians(angle)
        return (x + dx * math.cos(a) - dy * math.sin(a), y + dx * math.sin(a) + dy * math.cos(a))

    shift = -2.0 * unit
    tip, foot = turned(0, half + shift), turned(0, notch + shift)
    left, right = turned(-width, -half + shift), turned(width, -half + shift)
    letter_x, letter_y = turned(0, half + shift + 1.4 * unit)
    outline = Stroke(ink, 0.2)
    return [
        Mark(ring_shape(tip, left, foot), ink, outline),
        Mark(ring_shape(tip, foot, right), layout.colours.paper, outline),
        Text(texts("peta.utara"), letter_x, letter_y, points, "bold", ink, "centre", angle),
    ]
