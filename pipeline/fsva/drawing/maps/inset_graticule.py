"""Meridians and parallels in insets, with their coordinates inside the frame.

Owns the spacing of the lines and where a coordinate finds room. The main map's graticule is
``fsva.drawing.maps.graticule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.maps.graticule import Axis, degree_text
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces
from fsva.drawing.paper.scene import DECORATION, MM_PER_PT, Item, Mark, Shape, Stroke, Text
from fsva.drawing.paper.text_boxes import text_area

# The longest coordinate.
LONGEST = "000°00′00″ BT"
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
_AXES: tuple[Axis, Axis] = ("longitude", "latitude")
# Where a coordinate stands: in the middle of its line, or, if none finds room so, on either side.
_SIDES = ((0,), (-1, 1))
# A tick at the frame and its coordinate.
_Label = tuple[Mark, Text]


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
    panel: Panel,
    taken: Sequence[shapely.Geometry],
    layout: Layout,
    texts: Texts,
    faces: Faces,
    land: Sequence[shapely.Geometry] = (),
) -> InsetGraticule:
    """Draw the graticule of an inset.

    Parameters
    ----------
    taken : sequence of Geometry
        Paper under names, lines to names, and discs: coordinates keep off.
    land : sequence of Geometry
        Paper under villages: a coordinate stands there only where an axis has no other, and then
        covers as little of them as it can.
    """
    stroke = Stroke(layout.colours.graticule, layout.lines.graticule)
    below: list[Item] = []
    labels: list[Item] = []
    held, kept = list(taken), shapely.union_all(list(land))
    for axis in _AXES:
        found = list(_lines(panel, axis, layout, faces))
        below += [Mark(Shape((f.points,), False), stroke=stroke, tag=DECORATION) for f in found]
        over, beside = (
            [list(_ends(panel, line, layout, texts, sides)) for line in found] for sides in _SIDES
        )
        told = (
            list(_clear(over, held, faces, kept))
            or list(_clear(beside, held, faces, kept))
            or list(_least([*over, *beside], held, faces, kept))
        )
        labels += (item for label in told for item in label)
        held += (text_area(text, faces).buffer(_GAP_MM) for _, text in told)
    return InsetGraticule(tuple(below), tuple(labels))


def _clear(
    ends: Sequence[Sequence[_Label]],
    held: Sequence[shapely.Geometry],
    faces: Faces,
    land: shapely.Geometry,
) -> Iterator[_Label]:
    """Yield the first coordinate of each line that touches nothing."""
    taken = [*held, land]
    for both in ends:
        for label in both:
            paper = text_area(label[1], faces).buffer(_GAP_MM)
            if not shapely.intersects(paper, np.array(taken, dtype=object)).any():
                taken.append(paper)
                yield label
                break


def _least(
    ends: Sequence[Sequence[_Label]],
    held: Sequence[shapely.Geometry],
    faces: Faces,
    land: shapely.Geometry,
) -> Iterator[_Label]:
    """Yield the one coordinate of an axis that covers the least land."""
    every = [label for both in ends for label in both]
    papers = [text_area(text, faces).buffer(_GAP_MM) for _, text in every]
    covered = [shapely.intersection(paper, land).area for paper in papers]
    free = [
        n
        for n, paper in enumerate(papers)
        if not shapely.intersects(paper, np.array(held, dtype=object)).any()
    ]
    if free:
        yield every[min(free, key=lambda n: covered[n])]


def seconds_between(panel: Panel, axis: Axis, layout: Layout, faces: Faces) -> int:
    """Return the spacing of the meridians, or of the parallels, of an inset in seconds of arc."""
    side = 0 if axis == "longitude" else 1
    low, high = _seconds_of_corners(panel)
    length = (panel.box.width, panel.box.height)[side]
    wide = faces["regular"].width_mm(LONGEST, layout.type.note) * _WIDTHS
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


def _ends(
    panel: Panel, line: _Degree, layout: Layout, texts: Texts, sides: Sequence[int]
) -> Iterator[_Label]:
    """Yield tick and coordinate at both ends of a line, inside the frame, on some of its sides."""
    size, upright = layout.type.note, line.axis == "longitude"
    label = degree_text(line.seconds, line.axis, texts)
    half = len(label) * size * MM_PER_PT * 0.27 + _CORNER_MM
    points = line.points if upright else line.points[:, ::-1]
    box = panel.box if upright else _turned(panel.box)
    for side, (end, inward) in product(sides, ((box.bottom, 1), (box.top, -1))):
        along, aside = float(np.interp(end, points[:, 1], points[:, 0])), side * half
        if box.left + half < along + aside < box.right - half:
            yield _label(label, (along, end), aside, inward, layout, upright=upright)


def _turned(box: Box) -> Box:
    return Box(box.bottom, box.left, box.height, box.width)


def _label(
    words: str,
    at: tuple[float, float],
    aside: float,
    inward: int,
    layout: Layout,
    *,
    upright: bool,
) -> _Label:
    """Return a tick at the end of a line and its coordinate, shifted along the frame."""
    (along, end), size, ink = at, layout.type.note, layout.colours.ink
    cap, halo = CAP_HEIGHT * size * MM_PER_PT, Stroke(layout.colours.halo, _HALO_MM)
    tick = np.array([(along, end), (along, end + inward * _TICK_MM)])
    mark = Mark(Shape((tick if upright else tick[:, ::-1],), False), stroke=Stroke(ink, _LINE_MM))
    near, x = end + inward * (_TICK_MM + _GAP_MM), along + aside
    if upright:
        base = near if inward > 0 else near - cap
        return mark, Text(words, x, base, size, colour=ink, align="centre", halo=halo)
    base = near + cap if inward > 0 else near
    return mark, Text(words, base, x, size, colour=ink, align="centre", angle=90, halo=halo)
