"""Meridians and parallels in insets, with their coordinates inside the frame.

Owns the spacing of the lines and where a coordinate finds room. The main map's graticule is
``fsva.drawing.maps.graticule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.texts import Texts
from fsva.drawing.maps.graticule import Axis, degree_text
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces
from fsva.drawing.paper.scene import DECORATION, MM_PER_PT, Item, Mark, Shape, Stroke, Text
from fsva.drawing.paper.text_boxes import text_area

# Seconds of arc between two lines: the fewest that stand so far apart on paper, in widths of a
# coordinate.
_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000)
_WIDTHS = 1.6
_POINTS = 9
_TICK_MM, _GAP_MM, _LINE_MM, _HALO_MM = 1.2, 0.6, 0.2, 0.7
# No coordinate stands nearer to a corner than its own half and this.
_CORNER_MM = 0.8


@dataclass(frozen=True, eq=False)
class InsetGraticule:
    """Lines below the villages of an inset, and what stands above them.

    Parameters
    ----------
    lines : tuple of Mark
        Meridians and parallels.
    labels : tuple of Mark and Text
        Ticks at the frame and their coordinates.
    """

    lines: tuple[Item, ...]
    labels: tuple[Item, ...]


NONE = InsetGraticule((), ())


@dataclass(frozen=True, eq=False)
class _Degree:
    """A meridian or parallel on a panel.

    Parameters
    ----------
    points : array, shape (n, 2)
        Millimetres.
    seconds : int
        Its coordinate.
    axis : {"longitude", "latitude"}
        Which coordinate.
    """

    points: NDArray[np.float64]
    seconds: int
    axis: Axis


def of(
    panel: Panel, taken: Sequence[shapely.Geometry], layout: Layout, texts: Texts, faces: Faces
) -> InsetGraticule:
    """Draw the graticule of an inset.

    Parameters
    ----------
    taken : sequence of Geometry
        Paper under names, lines to names, and discs: coordinates keep off.
    """
    found = [*_lines(panel, "longitude", layout, faces), *_lines(panel, "latitude", layout, faces)]
    stroke = Stroke(layout.colours.graticule, layout.lines.graticule)
    shapes = [Shape((line.points,), False) for line in found]
    below = tuple(Mark(shape, stroke=stroke, tag=DECORATION) for shape in shapes)
    held = list(taken)
    labels: list[Item] = []
    for line in found:
        for tick, text in _ends(panel, line, layout, texts):
            paper = text_area(text, faces).buffer(_GAP_MM)
            if not shapely.intersects(paper, np.array(held, dtype=object)).any():
                labels += [tick, text]
                held.append(paper)
                break
    return InsetGraticule(below, tuple(labels))


def seconds_between(panel: Panel, axis: Axis, layout: Layout, faces: Faces) -> int:
    """Return the spacing of the meridians, or of the parallels, of an inset in seconds of arc."""
    side = 0 if axis == "longitude" else 1
    low, high = _seconds_of_corners(panel)
    length = (panel.box.width, panel.box.height)[side]
    wide = faces["regular"].width_mm("000°00′00″ BT", layout.type.note) * _WIDTHS
    per_second = length / (high - low)[side]
    fitting = (s for s in _SECONDS if s * per_second >= min(wide, length / 2))
    return next(fitting, _SECONDS[-1])


def _seconds_of_corners(panel: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest longitude and latitude of the corners."""
    box = panel.box
    corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    degrees = panel.degrees_of_points(np.array(corners))
    return degrees.min(axis=0) * 3600, degrees.max(axis=0) * 3600


def _lines(panel: Panel, axis: Axis, layout: Layout, faces: Faces) -> Iterator[_Degree]:
    side, step = 0 if axis == "longitude" else 1, seconds_between(panel, axis, layout, faces)
    low, high = _seconds_of_corners(panel)
    along = np.linspace(low[1 - side], high[1 - side], _POINTS) / 3600
    for n in range(int(np.ceil(low[side] / step)), int(np.floor(high[side] / step)) + 1):
        at = np.full(_POINTS, n * step / 3600)
        pair = (at, along) if axis == "longitude" else (along, at)
        yield _Degree(panel.paper_of_degrees(*pair), n * step, axis)


def _ends(panel: Panel, line: _Degree, layout: Layout, texts: Texts) -> Iterator[tuple[Mark, Text]]:
    """Yield tick and coordinate at both ends of a line, inside the frame."""
    box, size = panel.box, layout.type.note
    ink, cap = layout.colours.ink, CAP_HEIGHT * layout.type.note * MM_PER_PT
    halo = Stroke(layout.colours.halo, _HALO_MM)
    upright = line.axis == "longitude"
    label = degree_text(line.seconds, line.axis, texts)
    half = len(label) * size * MM_PER_PT * 0.27 + _CORNER_MM
    points = line.points if upright else line.points[:, ::-1]
    low, high = (box.left, box.right) if upright else (box.bottom, box.top)
    for end, inward in zip(
        (box.bottom, box.top) if upright else (box.left, box.right), (1, -1), strict=True
    ):
        along = float(np.interp(end, points[:, 1], points[:, 0]))
        if not low + half < along < high - half:
            continue
        tick = np.array([(along, end), (along, end + inward * _TICK_MM)])
        near = end + inward * (_TICK_MM + _GAP_MM)
        mark = Mark(
            Shape((tick if upright else tick[:, ::-1],), False), stroke=Stroke(ink, _LINE_MM)
        )
        if upright:
            base = near if inward > 0 else near - cap
            yield mark, Text(label, along, base, size, colour=ink, align="centre", halo=halo)
        else:
            x = near + cap if inward > 0 else near
            yield mark, Text(label, x, along, size, colour=ink, align="centre", angle=90, halo=halo)
