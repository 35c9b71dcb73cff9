"""Names led out of their villages: written on free paper, with a line to the village.

Owns the places around a district and the choice among them. No line crosses a name or another
line, and none runs far over other villages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures.labels import corners, inner_point
from pipeline.figures.scene import Box, Item, Mark, Shape, Stroke, shape_of
from pipeline.figures.wording import Placed, Wording
from pipeline.layout import Layout

# Lengths of a line, from the middle of the village, and its directions.
_REACHES_MM = (3.0, 4.0, 5.5, 7.0, 8.5, 10.0, 12.0, 14.0)
_DIRECTIONS = 32
# Of a direction's two parts the one that counts as none.
_ASIDE = 0.35
# The most of a line that may lie over other villages.
_OVER_OTHERS_MM = 3.0
_SAMPLES = 25
# Paper around a led name, and between it and the district.
_CLEAR_MM = 0.4
_OFF_MM = 0.7
_LINE_MM, _CASING_MM, _FOOT_MM = 0.18, 0.55, 0.4


@dataclass(frozen=True, eq=False)
class Leader:
    """A name beside the district.

    Parameters
    ----------
    placed : Placed
        The name.
    line : LineString
        From the village to the name.
    """

    placed: Placed
    line: shapely.LineString

    def paper(self) -> shapely.Geometry:
        """Return the paper that name and line take."""
        return shapely.union(self.placed.area(_CLEAR_MM), shapely.buffer(self.line, _CLEAR_MM))

    def draw(self, layout: Layout) -> list[Item]:
        """Draw the line, with a light casing, thicker where it begins in the village."""
        line = Shape((shapely.get_coordinates(self.line),), closed=False)
        foot = shapely.buffer(shapely.get_point(self.line, 0), _FOOT_MM, quad_segs=4)
        ink, halo = layout.colours.ink, layout.colours.halo
        return [
            Mark(line, stroke=Stroke(halo, _CASING_MM)),
            Mark(line, stroke=Stroke(ink, _LINE_MM)),
            Mark(shape_of(foot), ink, Stroke(halo, _LINE_MM)),
        ]


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Where led names may stand, and what their lines may cross.

    Parameters
    ----------
    outline : Geometry
        Paper that the district covers.
    free : Geometry
        Paper on which names may stand.
    taken : STRtree
        Names and boxes that neither names nor lines may touch.
    most_over : float
        The most of a line that may lie over other villages, millimetres.
    """

    outline: shapely.Geometry
    free: shapely.Geometry
    taken: shapely.STRtree
    most_over: float


def beside(
    outline: shapely.Geometry, frame: Box, taken: Sequence[shapely.Geometry]
) -> Surroundings:
    """Let names stand on free paper around the district only.

    Parameters
    ----------
    outline : Geometry
        Paper that the district covers.
    frame : Box
        The panel.
    taken : sequence of Polygon
        Names on the district and boxes beside it.
    """
    blocked = shapely.buffer(shapely.simplify(outline, 0.1), _OFF_MM, quad_segs=2)
    free = shapely.difference(frame.polygon(), blocked)
    shapely.prepare([free, outline])
    return Surroundings(outline, free, shapely.STRtree(list(taken)), _OVER_OTHERS_MM)


def anywhere(
    outline: shapely.Geometry, frame: Box, taken: Sequence[shapely.Geometry]
) -> Surroundings:
    """Let numbers stand over other villages too, where no name stands.

    Parameters
    ----------
    outline, frame, taken
        As for ``beside``.
    """
    free = frame.polygon()
    shapely.prepare([free, outline])
    return Surroundings(outline, free, shapely.STRtree(list(taken)), _REACHES_MM[-1])


def lead(
    areas: Mapping[int, shapely.Geometry], ways: Mapping[int, Wording], around: Surroundings
) -> dict[int, Leader]:
    """Lead names out of villages.

    Parameters
    ----------
    areas : mapping of int to Geometry
        The villages without room, in millimetres.
    ways : mapping of int to Wording
        How each name is set.
    around : Surroundings
        Where they may stand.

    Returns
    -------
    dict of int to Leader
        For the villages that found a place.
    """
    found = [
        choice
        for village in sorted(areas)
        if shapely.distance(shapely.centroid(areas[village]), around.free) < _REACHES_MM[-1]
        for choice in _choices(village, areas[village], ways[village], around)
    ]
    return _chosen(found)


def _choices(
    village: int, area: shapely.Geometry, way: Wording, around: Surroundings
) -> list[tuple[float, int, Leader]]:
    """Return the places around a village that disturb nothing, with their prices."""
    middles, lines = _rays(_foot(area, around.taken), way)
    sizes = np.tile([way.width + 2 * _CLEAR_MM, way.height + 2 * _CLEAR_MM], (len(middles), 1))
    boxes = np.array(shapely.polygons(corners(np.pad(middles, ((0, 0), (0, 1))), sizes)))
    allowed = shapely.covers(around.free, boxes)
    if not allowed.any():
        return []
    middles, lines, boxes = middles[allowed], lines[allowed], boxes[allowed]
    over = _over_others(lines, around.outline, area)
    allowed = over <= around.most_over
    for part in (boxes, lines):
        allowed[around.taken.query(part, predicate="dwithin", distance=_CLEAR_MM / 2)[0]] = False
    price = shapely.length(lines) + 2 * over
    return [
        (float(price[n]), village, Leader(Placed(way, *middles[n].tolist()), lines[n]))
        for n in np.flatnonzero(allowed).tolist()
    ]


def _foot(area: shapely.Geometry, taken: shapely.STRtree) -> NDArray[np.float64]:
    """Return where a line begins: in the widest part of a village that no name covers."""
    names = taken.geometries[taken.query(area, predicate="intersects")]
    bare = shapely.difference(area, shapely.buffer(shapely.union_all(names), _CLEAR_MM))
    return inner_point(area if shapely.is_empty(bare) else bare)


def _over_others(
    lines: NDArray[np.object_], outline: shapely.Geometry, area: shapely.Geometry
) -> NDArray[np.float64]:
    """Return how much of each line lies over other villages, in millimetres, from samples."""
    shares = np.linspace(0, 1, _SAMPLES)
    points = shapely.line_interpolate_point(lines[:, None], shares, normalized=True)
    x, y = shapely.get_x(points), shapely.get_y(points)
    others = shapely.contains_xy(outline, x, y) & ~shapely.contains_xy(area, x, y)
    length: NDArray[np.float64] = others.mean(axis=1) * shapely.length(lines)
    return length


def _rays(
    point: NDArray[np.float64], way: Wording
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return middles of names in all directions and distances, and the lines to them."""
    angles = np.arange(_DIRECTIONS) * 2 * np.pi / _DIRECTIONS
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    # The line meets the name at a corner or in the middle of a side.
    beside = np.where(np.abs(rays) > _ASIDE, np.sign(rays), 0.0)
    ends = (rays[None] * np.array(_REACHES_MM)[:, None, None]).reshape(-1, 2) + point
    gap = np.sign(np.tile(beside, (len(_REACHES_MM), 1)))
    middles = ends + gap * (way.width / 2 + _CLEAR_MM, way.height / 2 + _CLEAR_MM / 2)
    starts = np.broadcast_to(point, ends.shape)
    lines = np.array(shapely.linestrings(np.stack([starts, ends], axis=1)), dtype=object)
    return middles, lines


def _chosen(found: Sequence[tuple[float, int, Leader]]) -> dict[int, Leader]:
    """Take the cheapest places one after another, as long as they keep off those taken."""
    chosen: dict[int, Leader] = {}
    papers: list[shapely.Geometry] = []
    for _, village, leader in sorted(found, key=lambda choice: choice[:2]):
        if village in chosen:
            continue
        paper = leader.paper()
        if not shapely.intersects(paper, np.array(papers, dtype=object)).any():
            chosen[village] = leader
            papers.append(paper)
    return chosen
