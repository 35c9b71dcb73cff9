"""Names of large areas over small ones, placed where they displace the fewest small names.

Owns the cost of a place: small names that lose theirs, small areas that lose their colour.
``fsva.drawing.lettering.labels`` places the small names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.lettering import clearance
from fsva.drawing.lettering.clearance import Room
from fsva.drawing.lettering.labels import CLEARANCE_MM, Candidates
from fsva.drawing.lettering.typesetting import Placed, Wording

# Paper between two names of kecamatan, so that they are not read as one; less if need be.
APART_MM = 2.0
# Requirements for a place: least share inside the area, distance to other such names.
_CLAIMS = ((0.5, APART_MM), (0.5, 0.6), (0.3, 0.5), (0.15, 0.3))
# An area so small that a large name may hide it, what it has to keep, and what hiding it costs.
SMALL_MM2, _KEPT_MM2, _HIDES = 8.0, 1.6, 15.0
# Cost of hiding an area that never had enough, and has a disc beside it.
_HIDES_SIGNED = 5.0
# Places tried for the name of a large area, and paper between them.
MOST_OPTIONS = 200
_STEP_MM = 1.2
_MARGIN_MM = 4.0
# What a millimetre from the area costs a name beside it.
_AWAY = 2.0
# Shares of its area: a name that covers more than the first is set smaller; if it covers more than
# the second when set smallest, it stands beside it; no place over it may hide more than the third.
_MOST_COVERED, _HIDDEN, _MOST_HIDDEN = 0.2, 0.4, 0.48
# Paper between a large name and a small one: the large one's halo, drawn above, cuts no letter.
BESIDE_MM = 0.5
_NONE = np.empty(0, dtype=object)
_NAME_LOST, _ALL_LOST, _SMALLER = 60.0, 240.0, 4.0


def place_over(
    areas: NDArray[np.object_],
    names: Sequence[Sequence[Wording]],
    below: Candidates,
    land: shapely.Geometry,
    frame: Box,
    small: NDArray[np.object_] = _NONE,
    barred: Sequence[Box] = (),
) -> tuple[dict[int, Placed], Candidates]:
    """Place the names of large areas where they displace the fewest small names.

    Parameters
    ----------
    areas : array, shape (n,)
        The large areas in millimetres.
    names : sequence of sequence of Wording
        The ways to set each large name.
    below : Candidates
        Places of the small names.
    land : Geometry
        All that should stay in sight: a name that no area holds stands beside it.
    frame : Box
        Where names may stand.
    small : array of Polygon and MultiPolygon
        Small areas whose colour should stay in sight.
    barred : sequence of Box
        Where no name may stand, such as insets.

    Returns
    -------
    placed : dict of int to Placed
        Large area to its name; an area without a place that touches no other name is left out.
    below : Candidates
        The places of the small names that are still free.
    """
    placed: dict[int, Placed] = {}
    taken = np.array([(b.left, b.bottom, b.right, b.top) for b in barred]).reshape(-1, 4)
    boxes_below = below.boxes
    rooms = list(clearance.of_areas(areas, _MARGIN_MM, np.full(len(areas), clearance.STEP_MM)))
    tree = shapely.STRtree(small)
    # Small areas have the fewest places, so they choose first.
    for n in np.argsort(shapely.area(areas), kind="stable").tolist():
        options = _beside(rooms[n], names[n], taken, areas[n], (land, frame))
        options = options or _options(
            rooms[n], _modest(names[n], areas[n]), taken, (areas[n], frame)
        )
        if options is None:
            continue
        boxes = options.boxes
        near = _overlap(_around(boxes), boxes_below, BESIDE_MM)[0]
        close = below.only(near)
        hits = _overlap(boxes, boxes_below[near], BESIDE_MM)
        best = int(np.argmin(_loss(hits, close) + _hidden(boxes, tree) - options.merit))
        placed[n] = options.place(best)
        taken = np.vstack([taken, boxes[best]])
        free = np.ones(len(near), dtype=bool)
        free[near] = ~hits[best]
        below, boxes_below = below.only(free), boxes_below[free]
    return placed, below


def _hidden(boxes: NDArray[np.float64], small: shapely.STRtree) -> NDArray[np.float64]:
    """Return the cost of places: what they leave of small areas may be next to nothing.

    Parameters
    ----------
    small : STRtree
        Small areas.
    """
    papers: NDArray[np.object_] = np.array(shapely.box(*boxes.T), dtype=object)
    place, area = small.query(papers, predicate="intersects")
    met = small.geometries[area]
    size, lost = shapely.area(met), shapely.area(shapely.intersection(papers[place], met))
    has_enough, is_lost = size >= _KEPT_MM2, lost > size / 2
    cost = np.where(has_enough & (size - lost < _KEPT_MM2), _HIDES, 0.0)
    cost = np.where(~has_enough & is_lost, _HIDES_SIGNED, cost)
    price = np.zeros(len(boxes))
    np.add.at(price, place, cost)
    return price


def _modest(ways: Sequence[Wording], area: shapely.Geometry) -> Sequence[Wording]:
    """Return the ways of setting that leave most of an area in sight, or the smallest of all."""
    most = _MOST_COVERED * shapely.area(area)
    smallest = min(way.size_pt for way in ways)
    modest = [way for way in ways if way.width * way.height <= most]
    return modest or [way for way in ways if way.size_pt == smallest]


def _around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the one box around all boxes, shape (1, 4)."""
    return np.array([[*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]])


def _beside(
    space: Room,
    ways: Sequence[Wording],
    taken: NDArray[np.float64],
    area: shapely.Geometry,
    around: tuple[shapely.Geometry, Box],
) -> Candidates | None:
    """Return places beside an area without room for its name, or None if it has room."""
    shares = [space.shares(way.width, way.height).max(initial=0) for way in ways]
    largest = shapely.area(shapely.get_parts(area)).max()  # islets hold no name together
    hidden = min(way.width * way.height for way in ways) > _HIDDEN * largest
    if max(shares) >= _CLAIMS[0][0] and not hidden:
        return None
    spots = [_free_grid(space, ways, n) for n in range(len(ways))]
    options = _as_candidates(ways, np.concatenate(spots))
    land, frame = around
    clear = ~_overlap(options.boxes, taken, _CLAIMS[1][1]).any(axis=1)
    options = options.only(np.flatnonzero(clear & _within(options.boxes, frame)))
    shapely.prepare(land)
    grown = options.boxes + np.array([-1, -1, 1, 1]) * BESIDE_MM
    papers: NDArray[np.object_] = np.array(shapely.box(*grown.T), dtype=object)
    on_paper: NDArray[np.bool_] = np.logical_not(shapely.intersects(land, papers))
    if not on_paper.any():
        return None
    away = shapely.distance(area, papers[on_paper])
    kept = options.only(np.flatnonzero(on_paper))
    spots_kept = kept.spots.copy()
    spots_kept[:, 3] -= _AWAY * away
    kept = replace(kept, spots=spots_kept)
    best = np.argsort(-kept.merit, kind="stable")[:MOST_OPTIONS]
    return kept.only(np.sort(best))


def _free_grid(space: Room, ways: Sequence[Wording], n: int) -> NDArray[np.float64]:
    """Return way, place, direction and merit of all places that touch nothing of the area."""
    shares = _sample(space.shares(ways[n].width, ways[n].height))
    return _ranked(space, ways, n, np.where(shares <= 0, 0.0, np.nan))


def _options(
    space: Room,
    ways: Sequence[Wording],
    taken: NDArray[np.float64],
    around: tuple[shapely.Geometry, Box],
) -> Candidates | None:
    """Return the best places over an area that are clear of the names already placed.

    Places mostly inside the area and well away from other names come first, then those nearer to
    other names, then those less inside; none hides half of its area.
    """
    area, frame = around
    for least, apart in _CLAIMS:
        spots = [_on_grid(space, ways, n, least) for n in range(len(ways))]
        options = _as_candidates(ways, np.concatenate(spots))
        clear = np.logical_not(_overlap(options.boxes, taken, apart).any(axis=1))
        clear = np.logical_and(clear, _within(options.boxes, frame))
        if clear.any():
            best = np.lexsort((options.spots[:, 0], -options.merit))
            kept = options.only(np.sort(best[clear[best]][:MOST_OPTIONS]))
            hidden = shapely.area(shapely.intersection(kept.areas, area))
            if (modest := hidden <= _MOST_HIDDEN * shapely.area(area)).any():
                return kept.only(modest)
    return None


def _within(boxes: NDArray[np.float64], frame: Box) -> NDArray[np.bool_]:
    """Tell which boxes a frame holds."""
    held: NDArray[np.bool_] = np.logical_and(
        np.logical_and(boxes[:, 0] >= frame.left, boxes[:, 1] >= frame.bottom),
        np.logical_and(boxes[:, 2] <= frame.right, boxes[:, 3] <= frame.top),
    )
    return held


def _on_grid(space: Room, ways: Sequence[Wording], n: int, least: float) -> NDArray[np.float64]:
    """Return way, place, direction and merit of the places that lie mostly in the area."""
    shares = space.shares(ways[n].width, ways[n].height)
    inside, enough = _sample(shares), min(least, shares.max(initial=0) * 0.8)
    return _ranked(space, ways, n, np.where(inside > enough, 60 * (1 - inside), np.nan))


def _sample(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cells of a fine grid whose places are tried."""
    stride = max(1, round(_STEP_MM / clearance.STEP_MM))
    return grid[::stride, ::stride]


def _ranked(
    space: Room, ways: Sequence[Wording], n: int, outside: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return way, place, direction and merit of the sampled places of one way of setting.

    Parameters
    ----------
    outside : array of float
        What each place costs for the part that lies outside the area; NaN = it is no place.
    """
    way, stride = ways[n], max(1, round(_STEP_MM / clearance.STEP_MM))
    row, column = np.nonzero(~np.isnan(outside))
    xs, ys = (middles[::stride] for middles in space.axes(way.width, way.height))
    x, y = xs[column], ys[row]
    away = np.hypot(x - space.middle[0], y - space.middle[1])
    smaller = _SMALLER * (ways[0].size_pt - way.size_pt)
    unease = outside[row, column] + 0.15 * away + 0.5 * (len(way.lines) - 1) + smaller
    return np.column_stack([np.full(len(x), n), x, y, np.zeros(len(x)), -unease])


def _as_candidates(ways: Sequence[Wording], rows: NDArray[np.float64]) -> Candidates:
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Candidates(tuple(ways), nothing, rows[:, 0].astype(np.int64), nothing, rows[:, 1:])


def _overlap(
    a: NDArray[np.float64], b: NDArray[np.float64], gap: float = CLEARANCE_MM
) -> NDArray[np.bool_]:
    """Tell for every pair of boxes whether they are nearer than a gap, shape (len(a), len(b))."""
    overlap: NDArray[np.bool_] = (
        (a[:, None, 2] + gap > b[None, :, 0])
        & (b[None, :, 2] + gap > a[:, None, 0])
        & (a[:, None, 3] + gap > b[None, :, 1])
        & (b[None, :, 3] + gap > a[:, None, 1])
    )
    return overlap


def _loss(hits: NDArray[np.bool_], below: Candidates) -> NDArray[np.float64]:
    """Return the cost of places: high for each small name that would lose its best kind of place.

    The places of an area stand together in ``below``.
    """
    _, start, owner = np.unique(below.owner, return_index=True, return_inverse=True)
    if not len(start):
        return np.zeros(len(hits))
    first = below.rank == np.minimum.reduceat(below.rank, start)[owner]
    lost = np.add.reduceat(hits & first, start, axis=1, dtype=np.int64)
    share = lost / np.add.reduceat(first, start, dtype=np.int64)
    every = np.logical_and.reduceat(hits, start, axis=1)
    prices = [np.where(share == 1, _NAME_LOST, 2.0 * share), np.where(every, _ALL_LOST, 0.0)]
    # Added in a fixed order, so that equal costs stay equal.
    loss: NDArray[np.float64] = (
        np.stack(prices, axis=2).reshape(len(hits), -1).cumsum(axis=1)[:, -1]
    )
    return loss
