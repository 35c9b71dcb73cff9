"""Placing names: level or along an area, always inside it; else a number; else nothing.

Owns the candidate places and the choice among them. The result depends only on the shapes and the
texts; nothing is random. Names of large areas lie over the small ones (``labels_over``). A name
without a place here gets a line (``leaders``), an inset (``inset``) or a row in a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.drawing.lettering import clearance
from fsva.drawing.lettering.clearance import Room
from fsva.drawing.lettering.typesetting import Placed, Wording, rectangles, turn
from fsva.drawing.paper import turning

# Paper between a name and the border of its area, and between two names.
CLEARANCE_MM = 0.2
# Free paper around a name at a good place.
EASY_MM = 1.3
# Number of best places kept per area and way of setting.
MOST_PLACES = 24
# Cells of the grid over an area: small areas get small ones.
_FINEST_MM, _CELLS = 0.15, 60
# A name follows its area only if the area is long; its steepest direction in degrees.
_LONG = 1.35
_STEEPEST = 75.0
_LEVEL, _SLANTED, _NUMBER = range(3)

# A way of setting and the places where it fits: middle, direction, merit.
Places = tuple[Wording, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Places where the names of areas could stand: area by area, the best of each first.

    Parameters
    ----------
    wordings : tuple of Wording
        All ways of setting that occur.
    owner, wording, rank : array of int, shape (n,)
        Area of each place; its way of setting; 0 a level name, 1 one along the area, 2 a number
        instead of the name.
    spots : array, shape (n, 4)
        Middle of the name in millimetres, its direction in degrees, and its merit; among places of
        one rank the higher merit is better.
    """

    wordings: tuple[Wording, ...]
    owner: NDArray[np.int64]
    wording: NDArray[np.int64]
    rank: NDArray[np.int64]
    spots: NDArray[np.float64]

    @property
    def merit(self) -> NDArray[np.float64]:
        """How good each place is, shape (n,)."""
        return self.spots[:, 3]

    @cached_property
    def areas(self) -> NDArray[np.object_]:
        """The paper that a name covers at each place, as polygons, shape (n,)."""
        return rectangles(self.spots, self._sizes)

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """Left, bottom, right, top of every place, shape (n, 4)."""
        angle = np.radians(self.spots[:, 2:3])
        across, up = np.abs(np.cos(angle)), np.abs(np.sin(angle))
        half = self._sizes / 2
        reach = half * across + half[:, ::-1] * up
        return np.hstack([self.spots[:, :2] - reach, self.spots[:, :2] + reach])

    @property
    def _sizes(self) -> NDArray[np.float64]:
        sizes = np.array([(w.width, w.height) for w in self.wordings]).reshape(-1, 2)
        return sizes[self.wording]

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Candidates:
        """Return some of the places."""
        return Candidates(
            self.wordings, self.owner[kept], self.wording[kept], self.rank[kept], self.spots[kept]
        )

    def best(
        self, taken: Sequence[shapely.Geometry] | NDArray[np.object_] = ()
    ) -> dict[int, Placed]:
        """Choose a place for every area that has a free one, so that no two names overlap.

        Parameters
        ----------
        taken : sequence or array of Polygon
            Paper that is no longer free.

        Returns
        -------
        dict of int to Placed
            Area to place; areas without a free place are left out.
        """
        free = np.ones(len(self.owner), dtype=bool)
        free[self._touching(taken)] = False
        places = np.flatnonzero(free)
        areas, first = np.unique(self.owner[places], return_index=True)
        return {
            area: self.place(n)
            for area, n in zip(areas.tolist(), places[first].tolist(), strict=True)
        }

    def named(self) -> set[int]:
        """Return the areas that have room for their names, not only for numbers."""
        return set(self.owner[self.rank < _NUMBER].tolist())

    def _touching(
        self, taken: Sequence[shapely.Geometry] | NDArray[np.object_]
    ) -> NDArray[np.int64]:
        """Return the places too near to taken paper."""
        held = shapely.STRtree(list(taken))
        reach = 2 * CLEARANCE_MM  # A corner reaches further than a side does.
        boxes = shapely.box(*(self.boxes + np.array([-reach, -reach, reach, reach])).T)
        near = np.unique(held.query(boxes)[0])
        around = shapely.buffer(self.only(near).areas, CLEARANCE_MM, join_style="mitre")
        touching: NDArray[np.int64] = near[held.query(around, predicate="intersects")[0]]
        return touching

    def place(self, n: int) -> Placed:
        """Return the n-th place with its way of setting."""
        x, y, angle, _ = self.spots[n].tolist()
        return Placed(self.wordings[self.wording[n]], x, y, angle)


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
        Size of a number, for areas without room for the name; without it no name is slanted either.
    """
    # No place is larger than its area: most areas of a very large district are left out here.
    of_number = _paper(number) if number else np.inf
    of_names = [min(map(_paper, ways), default=np.inf) for ways in names]
    size, least = shapely.area(areas), np.minimum(of_names, of_number)
    shown = np.flatnonzero((size >= least) & ~shapely.is_empty(areas))
    ways = {n: [w for w in names[n] if _paper(w) < size[n]] for n in shown.tolist()}
    gathered: list[tuple[int, int, Places]] = []
    rest: dict[int, list[Wording]] = {}
    for (n, set_ways), space in zip(ways.items(), _rooms(areas[shown]), strict=True):
        if places := _fitting(space, set_ways):
            gathered.append((n, _LEVEL, places))
        elif set_ways and number:
            rest[n] = set_ways
        if number and (places := _fitting(space, [number])):
            gathered.append((n, _NUMBER, places))
    gathered += [(n, _SLANTED, places) for n, places in _along(areas, rest)]
    every = _gathered(sorted(gathered, key=lambda candidate: candidate[:2]))
    # The grid is coarse: its places are checked against the exact area.
    shapely.prepare(areas)
    return every.only(shapely.covers(areas[every.owner], every.areas))


def _paper(way: Wording) -> float:
    return way.width * way.height


def _gathered(places: Sequence[tuple[int, int, Places]]) -> Candidates:
    """Put the places of all areas, with their ranks, into one table."""
    counts = [len(spots) for _, _, (_, spots) in places]
    marks = [(owner, n, rank) for n, (owner, rank, _) in enumerate(places)]
    table = np.repeat(np.array(marks, dtype=np.int64).reshape(-1, 3), counts, axis=0)
    spots = np.concatenate([np.empty((0, 4)), *(spots for _, _, (_, spots) in places)])
    owners, wordings, ranks = table.T
    return Candidates(tuple(way for _, _, (way, _) in places), owners, wordings, ranks, spots)


def _rooms(areas: NDArray[np.object_]) -> Iterator[Room]:
    """Lay a grid over each area, the finer the smaller it is."""
    steps = np.clip(np.sqrt(shapely.area(areas)) / _CELLS, _FINEST_MM, clearance.STEP_MM)
    return clearance.of_areas(areas, EASY_MM, steps)


def _fitting(space: Room, ways: Sequence[Wording]) -> Places | None:
    """Return the first way of setting that fits, with its best places."""
    for way in ways:
        width, height = way.width + 2 * CLEARANCE_MM, way.height + 2 * CLEARANCE_MM
        fitting = space.shares(width, height) > 0.999
        if fitting.any():
            return way, _best_of(space, way, fitting)
    return None


def _best_of(space: Room, way: Wording, fitting: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Keep the best places, spread over the ranking so that all parts of an area stay.

    The merit of a place is the share of a generous rectangle around the name inside the area.
    """
    xs, ys = space.axes(way.width + 2 * CLEARANCE_MM, way.height + 2 * CLEARANCE_MM)
    # From left to right, then from below: of equally good places the first counts.
    column, row = np.nonzero(fitting.T)
    x, y = xs[column], ys[row]
    ease = space.shares_at(xs, ys, way.width + 2 * EASY_MM, way.height + 2 * EASY_MM)[row, column]
    merit = ease - 0.04 * np.hypot(x - space.middle[0], y - space.middle[1])
    kept = np.argsort(-merit, kind="stable")[_spread(len(merit))]
    return np.column_stack([x[kept], y[kept], np.zeros(len(kept)), merit[kept]])


@cache
def _spread(count: int) -> NDArray[np.int64]:
    """Return the positions to keep of a ranking: first, last, and evenly spread ones between."""
    return np.unique(np.linspace(0, count - 1, MOST_PLACES).astype(int))


def _along(
    areas: NDArray[np.object_], ways: Mapping[int, Sequence[Wording]]
) -> Iterator[tuple[int, Places]]:
    """Yield places for names along long areas: turn the area level, find places, turn them back."""
    angles = {n: angle for n in ways if (angle := long_axis(areas[n])) is not None}
    back = {n: turn(angle) for n, angle in angles.items()}
    turned = [_turned(areas[n], matrix) for n, matrix in back.items()]
    for n, space in zip(angles, _rooms(np.array(turned, dtype=object)), strict=True):
        if places := _fitting(space, ways[n]):
            way, spots = places
            level = turning.turned(spots[:, :2], back[n].T)
            yield n, (way, np.column_stack([level, np.full(len(spots), angles[n]), spots[:, 3]]))


def _turned(area: shapely.Geometry, matrix: NDArray[np.float64]) -> shapely.Geometry:
    return shapely.transform(area, lambda points: turning.turned(points, matrix))


def long_axis(area: shapely.Geometry) -> float | None:
    """Return the direction of a long area in degrees, -90 to 90; None if it is not long.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Its largest part counts.
    """
    largest = max(shapely.get_parts(area), key=shapely.area)
    box = shapely.minimum_rotated_rectangle(largest)
    sides = np.diff(shapely.get_coordinates(box), axis=0)[:2]
    if len(sides) < 2:
        return None
    short, long = np.sort(np.hypot(*sides.T))
    along = sides[int(np.argmax(np.hypot(*sides.T)))]
    angle = float((np.degrees(np.arctan2(along[1], along[0])) + 90) % 180 - 90)
    if long < _LONG * short or abs(angle) < 3:
        return None
    return angle if abs(angle) <= _STEEPEST else 90.0


def inner_point(area: shapely.Geometry) -> NDArray[np.float64]:
    """Return the middle of the largest circle inside an area, shape (2,), millimetres."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.2)
    point: NDArray[np.float64] = shapely.get_coordinates(circle)[0]
    return point
