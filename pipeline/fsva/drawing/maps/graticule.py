"""Lines of longitude and latitude, and their labels along the frame.

Owns the choice of the spacing and the way the lines cross a projected map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import DECORATION, MM_PER_PT, Item, Mark, Shape, Stroke, Text

Axis = Literal["longitude", "latitude"]

_POINTS = 41
_TICK_MM = 1.2
_LABEL_GAP_MM = 0.9


def interval_minutes(panel: Panel, intervals: Sequence[int], spacing_mm: float) -> int:
    """Return the smallest spacing whose lines stand far enough apart.

    Parameters
    ----------
    intervals : sequence of int
        Minutes of arc to choose from.
    spacing_mm : float
        Least distance of two lines on paper.
    """
    west, _ = panel.degrees_of_paper(panel.box.left, panel.box.centre[1])
    east, _ = panel.degrees_of_paper(panel.box.right, panel.box.centre[1])
    mm_per_minute = panel.box.width / ((east - west) * 60)
    wide = [i for i in sorted(intervals) if i * mm_per_minute >= spacing_mm]
    return wide[0] if wide else max(intervals)


def _range(panel: Panel) -> tuple[float, float, float, float]:
    """Return west, south, east, north in minutes that the box reaches."""
    box = panel.box
    corners = [
        (x, y)
        for x in (box.left, box.centre[0], box.right)
        for y in (box.bottom, box.centre[1], box.top)
    ]
    longitudes, latitudes = panel.degrees_of_points(np.array(corners)).T * 60
    return longitudes.min(), latitudes.min(), longitudes.max(), latitudes.max()


def _steps(low: float, high: float, interval: int) -> NDArray[np.int64]:
    return np.arange(np.ceil(low / interval), np.floor(high / interval) + 1).astype(int) * interval


def lines(panel: Panel, interval: int) -> tuple[list[Shape], list[Shape]]:
    """Return the meridians and the parallels that cross a map, in millimetres.

    Parameters
    ----------
    interval : int
        Minutes of arc between two lines.
    """
    west, south, east, north = _range(panel)
    along_y = np.linspace(south, north, _POINTS) / 60
    along_x = np.linspace(west, east, _POINTS) / 60
    meridians = [
        panel.paper_of_degrees(np.full(_POINTS, m / 60), along_y)
        for m in _steps(west, east, interval)
    ]
    parallels = [
        panel.paper_of_degrees(along_x, np.full(_POINTS, m / 60))
        for m in _steps(south, north, interval)
    ]
    return [Shape((p,), False) for p in meridians], [Shape((p,), False) for p in parallels]


def frame_labels(
    panel: Panel, interval: int, size_pt: float, ink: str, texts: Texts
) -> list[Mark | Text]:
    """Return ticks and labels where the lines meet the frame; those at the sides stand upright.

    Parameters
    ----------
    interval : int
        Minutes of arc between two lines.
    size_pt : float
        Type size.
    texts : Texts
        Words for east, south and north.
    """
    west, south, east, north = _range(panel)
    meridians, parallels = lines(panel, interval)
    items: list[Mark | Text] = []
    for minutes, line in zip(_steps(west, east, interval), meridians, strict=True):
        label = degree_text(int(minutes) * 60, "longitude", texts)
        items += _at_edges(panel.box, line, label, size_pt, ink, vertical=True)
    for minutes, line in zip(_steps(south, north, interval), parallels, strict=True):
        label = degree_text(int(minutes) * 60, "latitude", texts)
        items += _at_edges(panel.box, line, label, size_pt, ink, vertical=False)
    return items


def degree_text(seconds: int, axis: Axis, texts: Texts) -> str:
    """Write a coordinate in degrees and minutes, and in seconds unless they are zero.

    Parameters
    ----------
    seconds : int
        Seconds of arc; negative is south.
    axis : {"longitude", "latitude"}
        Which coordinate.
    """
    minutes, rest = divmod(abs(seconds), 60)
    degrees, minutes = divmod(minutes, 60)
    south = "lintang_selatan" if seconds < 0 else "lintang_utara"
    key = "bujur_timur" if axis == "longitude" else south
    if rest:
        return texts(f"peta.{key}_detik", derajat=degrees, menit=minutes, detik=rest)
    return texts(f"peta.{key}", derajat=degrees, menit=minutes)


def _at_edges(
    box: Box, line: Shape, label: str, size_pt: float, ink: str, *, vertical: bool
) -> list[Mark | Text]:
    """Label the two ends of a line; a line too near a corner gets no label there."""
    points = line.parts[0] if vertical else line.parts[0][:, ::-1]
    ends = (box.bottom, box.top) if vertical else (box.left, box.right)
    low, high = (box.left, box.right) if vertical else (box.bottom, box.top)
    room = 8.0
    items: list[Mark | Text] = []
    for end, outward in zip(ends, (-1, 1), strict=True):
        along = float(np.interp(end, points[:, 1], points[:, 0]))
        if not low + room < along < high - room:
            continue
        tick = np.array([(along, end), (along, end + outward * _TICK_MM)])
        tick = tick if vertical else tick[:, ::-1]
        items.append(Mark(Shape((tick,), False), stroke=Stroke(ink, 0.2)))
        items.append(_label(label, along, end, outward, size_pt, ink, vertical=vertical))
    return items


def _label(
    label: str, along: float, end: float, outward: int, size_pt: float, ink: str, *, vertical: bool
) -> Text:
    cap = CAP_HEIGHT * size_pt * MM_PER_PT
    away = end + outward * (_TICK_MM + _LABEL_GAP_MM)
    base = away if outward > 0 else away - cap
    if vertical:
        return Text(label, along, base, size_pt, colour=ink, align="centre")
    # Reading upwards, the letters' feet point right.
    x = away if outward < 0 else away + cap
    return Text(label, x, along, size_pt, colour=ink, align="centre", angle=90)


def marks(panel: Panel, layout: Layout) -> list[Item]:
    """Draw the meridians and parallels below the villages."""
    interval = interval_minutes(panel, layout.map.intervals, layout.map.spacing)
    meridians, parallels = lines(panel, interval)
    stroke = Stroke(layout.colours.graticule, layout.lines.graticule)
    shapes = (*meridians, *parallels)
    return [Mark(shape, stroke=stroke, tag=DECORATION) for shape in shapes]
