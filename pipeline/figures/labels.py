"""Placing names: inside their areas, else across a border, else a number.

Owns the candidate places and the choice among them. The result depends only on the shapes and
the texts; nothing is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures import room
from pipeline.figures.room import Room
from pipeline.figures.wording import Placed, Wording

# Paper between a name and the border of its area, and between two names.
CLEARANCE_MM = 0.2
# Paper between two names of kecamatan, so that they are not read as one.
APART_MM = 2.0
# Free paper around a name that makes its place a good one.
EASY_MM = 1.3
# Least share of a name inside its own area where it cannot stand in it wholly.
CROSSING_SHARE = 0.74
# Places kept per area and way of setting, the best ones.
MOST_PLACES = 32
# Places tried for the name of a large area.
MOST_OPTIONS = 200
_MARGIN_MM = 4.0
_INSIDE, _CROSSING, _NUMBER = range(3)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Places where the names of areas could stand.

    Parameters
    ----------
    wordings : tuple of Wording
        All ways of setting that occur.
    owner, wording, rank : array of int, shape (n,)
        Area of each place; its way of setting; 0 inside the area, 1 across its border, 2 a
        number instead of the name.
    centres : array, shape (n, 2)
        Middle of the name, millimetres.
    merit : array, shape (n,)
        The higher the better, among places of one rank.
    """

    wordings: tuple[Wording, ...]
    owner: NDArray[np.int64]
    wording: NDArray[np.int64]
    rank: NDArray[np.int64]
    centres: NDArray[np.float64]
    merit: NDArray[np.float64]

    def boxes(self) -> NDArray[np.float64]:
        """Return left, bottom, right, top of every place, shape (n, 4)."""
        sizes = np.array([(w.width, w.height) for w in self.wordings]).reshape(-1, 2)
        half = sizes[self.wording] / 2
        return np.hstack([self.centres - half, self.centres + half])

    def only(self, kept: NDArray[np.bool_]) -> Candidates:
        """Return some of the places."""
        return Candidates(
            self.wordings,
            self.owner[kept],
            self.wording[kept],
            self.rank[kept],
            self.centres[kept],
            self.merit[kept],
        )

    def best(self) -> dict[int, Placed]:
        """Choose a place for every area, so that no two names overlap where it can be helped.

        Areas whose name fits inside are served first; then the others, each at the best place
        that is still free; the last resort is the best number, wherever it stands.
        """
        boxes, placed = self.boxes(), dict[int, Placed]()
        order = np.lexsort((self.centres[:, 0], -self.merit, self.rank))
        best_rank = {int(o): int(r) for o, r in zip(self.owner[order][::-1],
                     self.rank[order][::-1], strict=True)}  # fmt: skip
        taken = np.empty((0, 4))
        for area in sorted(best_rank, key=lambda a: (best_rank[a], a)):
            own = order[self.owner[order] == area]
            free = ~_overlap(boxes[own], taken).any(axis=1)
            chosen = int(own[free][0] if free.any() else own[-1])
            taken = np.vstack([taken, boxes[chosen]])
            placed[area] = self.place(chosen)
        return dict(sorted(placed.items()))

    def place(self, n: int) -> Placed:
        """Return the n-th place with its way of setting."""
        x, y = self.centres[n].tolist()
        return Placed(self.wordings[self.wording[n]], x, y)


def candidates(
    areas: NDArray[np.object_], names: Sequence[Sequence[Wording]], number: Wording | None = None
) -> Candidates:
    """Find the places where names could stand.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        In millimetres; an empty one gets no place.
    names : sequence of sequence of Wording, length n
        The ways to set each name, the best first.
    number : Wording or None
        Room for a number where the name has none; without it such an area gets no place, and
        no name crosses a border.
    """
    ways: list[Wording] = []
    found = [(np.empty((0, 4), dtype=np.int64), np.empty((0, 3)))]
    for owner, (area, own) in enumerate(zip(areas, names, strict=True)):
        if shapely.is_empty(area):
            continue
        space = room.of_area(area, _MARGIN_MM)
        places = [(w, _INSIDE, p) for w, p in [_inside(space, own)] if w]
        if number is not None:
            places += [(w, _CROSSING, p) for w, p in [_crossing(space, own)] if w]
            places.append((number, _NUMBER, _number_places(space, area, number)))
        for wording, rank, points in places:
            labels = np.tile([owner, len(ways), rank, 0], (len(points), 1))
            ways.append(wording)
            found.append((labels, points))
    marks = np.concatenate([labels for labels, _ in found])
    points = np.concatenate([points for _, points in found])
    return Candidates(
        tuple(ways), marks[:, 0], marks[:, 1], marks[:, 2], points[:, :2], points[:, 2]
    )


def _inside(space: Room, ways: Sequence[Wording]) -> tuple[Wording | None, NDArray[np.float64]]:
    """Return the first way of setting that fits wholly, with its places and their merits."""
    for way in ways:
        width, height = way.width + 2 * CLEARANCE_MM, way.height + 2 * CLEARANCE_MM
        fitting = space.shares(width, height) > 0.999
        if fitting.any():
            return way, _thinned(space, fitting, way, width, height)
    return None, np.empty((0, 3))


def _crossing(space: Room, ways: Sequence[Wording]) -> tuple[Wording | None, NDArray[np.float64]]:
    """Return the smallest setting whose larger part lies inside, with its best places."""
    best: tuple[Wording | None, NDArray[np.float64]] = None, np.empty((0, 3))
    smallest = min((w.size_pt for w in ways), default=0)
    for way in (w for w in ways if w.size_pt == smallest):
        shares = space.shares(way.width, way.height)
        most = shares.max(initial=0)
        if most >= CROSSING_SHARE and (best[0] is None or most > best[1][:, 2].max()):
            points = space.centres(shares >= most - 0.06, way.width, way.height)
            merit = shares[shares >= most - 0.06]
            best = way, _best_of(points, merit)
    return best


def _number_places(space: Room, area: shapely.Geometry, number: Wording) -> NDArray[np.float64]:
    fitting = space.shares(number.width, number.height) > 0.999
    places = _thinned(space, fitting, number, number.width, number.height)
    return places if len(places) else np.array([[*inner_point(area), 0.0]])


def _thinned(
    space: Room, fitting: NDArray[np.bool_], way: Wording, width: float, height: float
) -> NDArray[np.float64]:
    """Value free paper around a name, and nearness to the middle; keep the best places."""
    points = space.centres(fitting, width, height)
    away = np.hypot(*(points - space.middle).T)
    return _best_of(points, _ease(space, points, way) - 0.04 * away)


def _ease(space: Room, points: NDArray[np.float64], way: Wording) -> NDArray[np.float64]:
    """Return which share of a generous rectangle around a name lies inside the area."""
    width, height = way.width + 2 * EASY_MM, way.height + 2 * EASY_MM
    shares = space.shares(width, height)
    if not shares.size:
        return np.zeros(len(points))
    x = (points[:, 0] - space.left) / room.STEP_MM - room.cells(width) / 2
    y = (points[:, 1] - space.bottom) / room.STEP_MM - room.cells(height) / 2
    columns = np.clip(np.rint(x).astype(int), 0, shares.shape[1] - 1)
    rows = np.clip(np.rint(y).astype(int), 0, shares.shape[0] - 1)
    ease: NDArray[np.float64] = shares[rows, columns]
    return ease


def _best_of(points: NDArray[np.float64], merit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the best places, spread over the ranking so that all parts of an area stay."""
    order = np.lexsort((points[:, 1], points[:, 0], -merit))
    spread = np.unique(np.linspace(0, max(len(order) - 1, 0), MOST_PLACES).astype(int))
    kept = order[spread] if len(order) else order
    return np.column_stack([points[kept], merit[kept]])


def inner_point(area: shapely.Geometry) -> NDArray[np.float64]:
    """Return the middle of the largest circle inside an area, shape (2,), millimetres."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.2)
    point: NDArray[np.float64] = shapely.get_coordinates(circle)[0]
    return point


def place_over(
    areas: NDArray[np.object_], names: Sequence[Sequence[Wording]], below: Candidates
) -> tuple[list[Placed], Candidates]:
    """Place the names of large areas where they take the least room from the small ones.

    Parameters
    ----------
    areas : array, shape (n,)
        The large areas in millimetres.
    names : sequence of sequence of Wording
        The ways to set each large name.
    below : Candidates
        Places of the small names.

    Returns
    -------
    placed : list of Placed
        One per large area.
    below : Candidates
        The places of the small names that are still free; an area that would be left with
        none keeps its last resort.
    """
    placed: list[Placed] = []
    taken = np.empty((0, 4))
    for area, ways in zip(areas, names, strict=True):
        options = _options(area, ways)
        boxes = options.boxes()
        near = _overlap(_around(boxes), below.boxes())[0]
        close = below.only(near)
        hits = _overlap(boxes, close.boxes())
        over = _overlap(boxes, taken, APART_MM).any(axis=1)
        best = int(np.argmin(_loss(hits, close) + 1000 * over - options.merit))
        placed.append(options.place(best))
        taken = np.vstack([taken, boxes[best]])
        free = np.ones(len(near), dtype=bool)
        free[near] = ~hits[best]
        below = below.only(_kept(free, below.owner))
    return placed, below


def _around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the one box around all boxes, shape (1, 4)."""
    return np.array([[*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]])


def _kept(free: NDArray[np.bool_], owner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Keep the free places; areas without any keep all they have."""
    served = np.unique(owner[free])
    return free | ~np.isin(owner, served)


def _options(area: shapely.Geometry, ways: Sequence[Wording]) -> Candidates:
    """Return the best places over an area in steps of 1.2 mm; merit falls with every unease."""
    space = room.of_area(area, _MARGIN_MM)
    found = [np.array([[0, *space.middle, -1e6]])]
    for n, way in enumerate(ways):
        shares = space.shares(way.width, way.height)
        chosen = np.zeros(shares.shape, dtype=bool)
        chosen[::3, ::3] = shares[::3, ::3] > min(0.5, shares.max(initial=0) * 0.8)
        points = space.centres(chosen, way.width, way.height)
        away = np.hypot(*(points - space.middle).T)
        unease = 60 * (1 - shares[chosen]) + 0.15 * away + 0.5 * (len(way.lines) - 1)
        found.append(np.column_stack([np.full(len(points), n), points, -unease]))
    rows = np.concatenate(found)
    rows = rows[np.lexsort((rows[:, 1], -rows[:, 3]))[:MOST_OPTIONS]]
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Candidates(
        tuple(ways), nothing, rows[:, 0].astype(np.int64), nothing, rows[:, 1:3], rows[:, 3]
    )


def _overlap(
    a: NDArray[np.float64], b: NDArray[np.float64], gap: float = CLEARANCE_MM
) -> NDArray[np.bool_]:
    """Tell for every pair of boxes whether they come nearer than a gap, shape (len(a), len(b))."""
    overlap: NDArray[np.bool_] = (
        (a[:, None, 2] + gap > b[None, :, 0])
        & (b[None, :, 2] + gap > a[:, None, 0])
        & (a[:, None, 3] + gap > b[None, :, 1])
        & (b[None, :, 3] + gap > a[:, None, 1])
    )
    return overlap


def _loss(hits: NDArray[np.bool_], below: Candidates) -> NDArray[np.float64]:
    """Price of taking places: high for each small name that would lose its best kind."""
    loss = np.zeros(len(hits))
    for area in np.unique(below.owner[hits.any(axis=0)]):
        own = below.owner == area
        first = own & (below.rank == below.rank[own].min())
        share = hits[:, first].mean(axis=1)
        loss += np.where(share == 1, 60.0, 2.0 * share)
        loss += np.where(hits[:, own].all(axis=1), 500.0, 0.0)
    return loss
