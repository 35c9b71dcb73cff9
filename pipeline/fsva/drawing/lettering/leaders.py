"""Names led out of their villages: written on free paper, with a line to the village.

Owns the places around a district and the choice among them. No line crosses a name or another
line, and none runs far over other villages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering.labels import inner_point
from fsva.drawing.lettering.typesetting import Placed, Wording, rectangles
from fsva.drawing.paper.scene import Item, Mark, Shape, Stroke, shape_of

# Lengths of a line, from the middle of the village, and its directions.
_REACHES_MM = (3.0, 4.0, 5.5, 7.0, 8.5, 10.0, 12.0, 14.0)
_DIRECTIONS = 32
# A component of a direction below this counts as zero.
_ASIDE = 0.35
# The longest part of a line that may lie over other villages.
_OVER_OTHERS_MM = 3.0
_SAMPLES = 25
# Villages of which all places are looked at in one go: enough to be quick, few enough for memory.
_AT_ONCE = 256
# Paper around a led name, and between it and the district.
_CLEAR_MM = 0.4
_OFF_MM = 0.7
# A smaller part is not marked by a foot, which would cover it.
_LEAST_FOOTED_MM2 = 2.0
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
    has_foot : bool
        Whether a dot in the village marks where the line begins.
    """

    placed: Placed
    line: shapely.LineString
    has_foot: bool = True

    def paper(self) -> shapely.Geometry:
        """Return the paper that name and line take."""
        return shapely.union(self.placed.area(_CLEAR_MM), shapely.buffer(self.line, _CLEAR_MM))

    def draw(self, layout: Layout) -> list[Item]:
        """Draw the line, with a light casing, thicker where it begins in the village."""
        line = Shape((shapely.get_coordinates(self.line),), closed=False)
        foot = shapely.buffer(shapely.get_point(self.line, 0), _FOOT_MM, quad_segs=4)
        ink, halo = layout.colours.ink, layout.colours.halo
        dot = [Mark(shape_of(foot), ink, Stroke(halo, _LINE_MM))] if self.has_foot else []
        return [
            Mark(line, stroke=Stroke(halo, _CASING_MM)),
            Mark(line, stroke=Stroke(ink, _LINE_MM)),
            *dot,
        ]


@dataclass(frozen=True, eq=False)
class LeaderSpace:
    """The paper for led names and their lines.

    Parameters
    ----------
    outline : Geometry
        Paper that the district covers.
    free : Geometry
        Paper on which names may stand.
    goal : Geometry
        What every line must reach: the edge of the district, or any place in it.
    taken : STRtree
        Names and boxes that neither names nor lines may touch.
    most_over : float
        The most of a line that may lie over other villages, millimetres.
    """

    outline: shapely.Geometry
    free: shapely.Geometry
    goal: shapely.Geometry
    taken: shapely.STRtree
    most_over: float


def beside(
    outline: shapely.Geometry,
    frame: Box,
    taken: Sequence[shapely.Geometry],
    strokes: Sequence[shapely.Geometry] = (),
) -> LeaderSpace:
    """Allow names on the free paper around the district only.

    Parameters
    ----------
    taken : sequence of Polygon
        Names on the district and boxes beside it.
    strokes : sequence of Polygon
        Lines such as those around windows, which a line may cross, but no name.
    """
    blocked: shapely.Geometry = shapely.buffer(shapely.simplify(outline, 0.1), _OFF_MM, quad_segs=2)
    if strokes:
        blocked = shapely.union_all([blocked, *strokes])
    free, edge = shapely.difference(frame.polygon(), blocked), shapely.boundary(outline)
    shapely.prepare([free, outline, edge])
    return LeaderSpace(outline, free, edge, shapely.STRtree(list(taken)), _OVER_OTHERS_MM)


def anywhere(
    outline: shapely.Geometry, frame: Box, taken: Sequence[shapely.Geometry]
) -> LeaderSpace:
    """Allow numbers over other villages too, where there is no name.

    Parameters
    ----------
    outline, frame, taken
        As for ``beside``.
    """
    free = frame.polygon()
    shapely.prepare([free, outline])
    return LeaderSpace(outline, free, outline, shapely.STRtree(list(taken)), _REACHES_MM[-1])


def lead(
    areas: Mapping[int, shapely.Geometry],
    ways: Mapping[int, Wording],
    around: LeaderSpace,
    barred: Mapping[int, shapely.Geometry] | None = None,
) -> dict[int, Leader]:
    """Lead names out of villages.

    Parameters
    ----------
    areas : mapping of int to Geometry
        The villages without room, in millimetres.
    ways : mapping of int to Wording
        How each name is set.
    around : LeaderSpace
        Where they may stand.
    barred : mapping of int to Geometry or None
        Where the name of a village may not stand, though others may.

    Returns
    -------
    dict of int to Leader
        For the villages that found a place.
    """
    numbers = sorted(areas)
    shapes = np.array([areas[n] for n in numbers], dtype=object)
    near = np.flatnonzero(_near(shapes, around)).tolist()
    numbers = [numbers[n] for n in near]
    shown, set_ways = shapes[near], [ways[n] for n in numbers]
    parts = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        found = _choices(numbers[some], shown[some], set_ways[some], around)
        parts.append(found.off(barred) if barred else found)
    chosen = _chosen(_together(parts))
    return {n: _footed(led, areas[n]) for n, led in chosen.items()}


def _footed(led: Leader, area: shapely.Geometry) -> Leader:
    """Leave out the foot where it would cover most of the islet that it stands on."""
    foot = shapely.get_point(led.line, 0)
    parts = shapely.get_parts(area)
    nearest = parts[int(np.argmin(shapely.distance(parts, foot)))]
    return led if nearest.area > _LEAST_FOOTED_MM2 else replace(led, has_foot=False)


def _near(areas: NDArray[np.object_], around: LeaderSpace) -> NDArray[np.bool_]:
    """Tell which areas are near enough to free paper and to the goal of their lines."""
    # A sample stands for the length around it, so a line may exceed the limit slightly.
    most = (around.most_over + _REACHES_MM[-1] / _SAMPLES) * _SAMPLES / (_SAMPLES - 1)
    reaching: NDArray[np.bool_] = shapely.dwithin(around.goal, areas, most)
    return reaching & (shapely.distance(shapely.centroid(areas), around.free) < _REACHES_MM[-1])


@dataclass(frozen=True, eq=False)
class _Choices:
    """Places of led names, with their lines.

    Parameters
    ----------
    villages : array of int, shape (n,)
        Whose names they are.
    ways : sequence of Wording
        How each of these names is set, one for each place.
    middles : array, shape (n, 2)
        Middles of the names, millimetres.
    boxes : array, shape (n, 4)
        Left, bottom, right, top of the names with the paper around them.
    lines : array of LineString, shape (n,)
        From the village to the name.
    prices : array, shape (n,)
        Lower is better.
    """

    villages: NDArray[np.int64]
    ways: Sequence[Wording]
    middles: NDArray[np.float64]
    boxes: NDArray[np.float64]
    lines: NDArray[np.object_]
    prices: NDArray[np.float64]

    def rivals(self, n: int) -> NDArray[np.bool_]:
        """Tell which places the n-th excludes: those of its village and those that it overlaps."""
        low, high = self.boxes[:, :2], self.boxes[:, 2:]
        touching: NDArray[np.bool_] = ((low <= high[n]) & (low[n] <= high)).all(axis=1)
        touching |= self.villages == self.villages[n]
        return touching

    def off(self, barred: Mapping[int, shapely.Geometry]) -> _Choices:
        """Leave out the places that touch what is barred to their village."""
        every = list({id(area): area for area in barred.values()}.values())
        shapely.prepare(every)
        ground = np.array([barred[n] for n in self.villages.tolist()], dtype=object)
        names = np.array(shapely.box(*self.boxes.T), dtype=object)
        kept = ~shapely.intersects(ground, names)
        ways = [way for way, free in zip(self.ways, kept.tolist(), strict=True) if free]
        parts = (self.middles[kept], self.boxes[kept], self.lines[kept], self.prices[kept])
        return _Choices(self.villages[kept], ways, *parts)

    def leader(self, n: int) -> Leader:
        """Return the n-th place with its line."""
        return Leader(Placed(self.ways[n], *self.middles[n].tolist()), self.lines[n])


def _choices(
    villages: Sequence[int],
    areas: NDArray[np.object_],
    ways: Sequence[Wording],
    around: LeaderSpace,
) -> _Choices:
    """Return the places around villages that touch nothing, with their prices."""
    sizes = np.array([(way.width, way.height) for way in ways]).reshape(-1, 2)
    feet = np.array([_foot(area, around.taken) for area in areas]).reshape(-1, 2)
    owner, middles, ends = _rays(feet, sizes)
    # The middles are checked first, because most are not free.
    kept = np.flatnonzero(shapely.contains_xy(around.free, *middles.T))
    boxes = rectangles(np.pad(middles, ((0, 0), (0, 1)))[kept], sizes[owner[kept]] + 2 * _CLEAR_MM)
    fitting = shapely.covers(around.free, boxes)
    kept, boxes = kept[fitting], boxes[fitting]
    starts = feet[owner[kept]]
    length = np.linalg.norm(ends[kept] - starts, axis=1)
    over = length * _others(starts, ends[kept], around.outline, areas[owner[kept]])
    short = over <= around.most_over
    kept, boxes, price = kept[short], boxes[short], (length + 2 * over)[short]
    lines = np.array(shapely.linestrings(np.stack([starts[short], ends[kept]], axis=1)))
    clear = np.ones(len(kept), dtype=bool)
    for part in (boxes, lines):
        near = around.taken.query(part, predicate="dwithin", distance=_CLEAR_MM / 2)[0]
        clear[near] = False
    owners = owner[kept][clear]
    return _Choices(
        np.array(villages, dtype=np.int64)[owners],
        [ways[n] for n in owners.tolist()],
        middles[kept][clear],
        shapely.bounds(boxes[clear]).reshape(-1, 4),
        lines[clear],
        price[clear],
    )


def _together(parts: Sequence[_Choices]) -> _Choices:
    """Return the places of several lots of villages as one."""
    numbers = [np.empty(0, dtype=np.int64), *(part.villages for part in parts)]
    return _Choices(
        np.concatenate(numbers),
        [way for part in parts for way in part.ways],
        np.concatenate([np.empty((0, 2)), *(part.middles for part in parts)]),
        np.concatenate([np.empty((0, 4)), *(part.boxes for part in parts)]),
        np.concatenate([np.empty(0, dtype=object), *(part.lines for part in parts)]),
        np.concatenate([np.empty(0), *(part.prices for part in parts)]),
    )


def _foot(area: shapely.Geometry, taken: shapely.STRtree) -> NDArray[np.float64]:
    """Return the start of a line: the widest part of a village that no name covers."""
    names = taken.geometries[taken.query(area, predicate="intersects")]
    bare = shapely.difference(area, shapely.buffer(shapely.union_all(names), _CLEAR_MM))
    return inner_point(area if shapely.is_empty(bare) else bare)


def _rays(
    feet: NDArray[np.float64], sizes: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return lines from each foot in all directions and lengths: foot, middle of name, end."""
    angles = np.arange(_DIRECTIONS) * 2 * np.pi / _DIRECTIONS
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    # The line meets the name at a corner or in the middle of a side.
    beside = np.sign(np.where(np.abs(rays) > _ASIDE, np.sign(rays), 0.0))
    steps = (rays[None] * np.array(_REACHES_MM)[:, None, None]).reshape(-1, 2)
    ends = steps + feet[:, None]
    gaps = (sizes + np.array([2 * _CLEAR_MM, _CLEAR_MM])) / 2
    middles = ends + np.tile(beside, (len(_REACHES_MM), 1)) * gaps[:, None]
    owner = np.repeat(np.arange(len(feet)), len(steps))
    return owner, middles.reshape(-1, 2), ends.reshape(-1, 2)


def _others(
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    outline: shapely.Geometry,
    areas: NDArray[np.object_],
) -> NDArray[np.float64]:
    """Return the share of each line over villages other than its own, from samples."""
    shares = np.linspace(0, 1, _SAMPLES)[:, None]
    points = starts[:, None] + shares * (ends - starts)[:, None]
    x, y = points[:, :, 0], points[:, :, 1]
    shapely.prepare(areas)
    others = shapely.contains_xy(outline, x, y)
    others[others] = ~shapely.contains_xy(
        np.broadcast_to(areas[:, None], x.shape)[others], x[others], y[others]
    )
    share: NDArray[np.float64] = others.mean(axis=1)
    return share


def _chosen(choices: _Choices) -> dict[int, Leader]:
    """Choose the cheapest places one after another, skipping those that touch a chosen one."""
    chosen: dict[int, Leader] = {}
    papers: list[shapely.Geometry] = []
    left = np.ones(len(choices.villages), dtype=bool)
    for n in np.lexsort((choices.villages, choices.prices)).tolist():
        if not left[n]:
            continue
        leader = choices.leader(n)
        paper = leader.paper()
        if not shapely.intersects(paper, np.array(papers, dtype=object)).any():
            chosen[int(choices.villages[n])] = leader
            papers.append(paper)
            left &= ~choices.rivals(n)
    return chosen
