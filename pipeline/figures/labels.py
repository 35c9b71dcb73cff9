"""Placing names: level or along an area, always inside it; else a number; else nothing.

Owns the candidate places and the choice among them. The result depends only on the shapes and
the texts; nothing is random. Names of large areas lie over the small ones (``labels_over``);
what finds no place here is led out of its area (``leaders``), enlarged (``inset``) or listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures import room
from pipeline.figures.room import Room
from pipeline.figures.wording import Placed, Wording, turn

# Paper between a name and the border of its area, and between two names.
CLEARANCE_MM = 0.2
# Free paper around a name that makes its place a good one.
EASY_MM = 1.3
# Places kept per area and way of setting, the best ones.
MOST_PLACES = 24
# Cells of the grid over an area: small areas get small ones.
_FINEST_MM, _CELLS = 0.15, 60
# A name follows its area only if that is long; it never stands steeper than this.
_LONG = 1.35
_STEEPEST = 75.0
_LEVEL, _SLANTED, _NUMBER = range(3)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Places where the names of areas could stand.

    Parameters
    ----------
    wordings : tuple of Wording
        All ways of setting that occur.
    owner, wording, rank : array of int, shape (n,)
        Area of each place; its way of setting; 0 a level name, 1 one along the area, 2 a number
        instead of the name.
    spots : array, shape (n, 4)
        Middle of the name in millimetres, its direction in degrees, and its merit: the higher
        the better, among places of one rank.
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
        sizes = np.array([(w.width, w.height) for w in self.wordings]).reshape(-1, 2)
        return rectangles(self.spots, sizes[self.wording])

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """Left, bottom, right, top of every place, shape (n, 4)."""
        bounds: NDArray[np.float64] = shapely.bounds(self.areas).reshape(-1, 4)
        return bounds

    def only(self, kept: NDArray[np.bool_]) -> Candidates:
        """Return some of the places."""
        return Candidates(
            self.wordings, self.owner[kept], self.wording[kept], self.rank[kept], self.spots[kept]
        )

    def best(self, taken: Sequence[shapely.Geometry] = ()) -> dict[int, Placed]:
        """Choose a place for every area that has a free one, so that no two names overlap.

        Parameters
        ----------
        taken : sequence of Polygon
            Paper that is no longer free.

        Returns
        -------
        dict of int to Placed
            Area to place; areas without a free place are left out.
        """
        around = shapely.buffer(self.areas, CLEARANCE_MM, join_style="mitre")
        held = shapely.STRtree(list(taken))
        free = np.ones(len(around), dtype=bool)
        free[held.query(around, predicate="intersects")[0]] = False
        order = np.lexsort((self.spots[:, 0], -self.merit, self.rank))
        chosen: dict[int, int] = {}
        for n in order[free[order]].tolist():
            chosen.setdefault(int(self.owner[n]), n)
        return {area: self.place(chosen[area]) for area in sorted(chosen)}

    def place(self, n: int) -> Placed:
        """Return the n-th place with its way of setting."""
        x, y, angle, _ = self.spots[n].tolist()
        return Placed(self.wordings[self.wording[n]], x, y, angle)


def rectangles(spots: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return rectangles by their middles, directions and sizes.

    Parameters
    ----------
    spots : array, shape (n, 3) or wider
        Middle in millimetres, direction in degrees.
    sizes : array, shape (n, 2)
        Width and height.
    """
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
    flat = corners[None] * sizes[:, None]
    angle = np.radians(spots[:, 2])[:, None]
    x = flat[:, :, 0] * np.cos(angle) - flat[:, :, 1] * np.sin(angle)
    y = flat[:, :, 0] * np.sin(angle) + flat[:, :, 1] * np.cos(angle)
    return np.array(shapely.polygons(np.stack([x, y], axis=2) + spots[:, None, :2]), dtype=object)


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
        Room for a number where the name has none; without it no name is slanted either.
    """
    ways: list[Wording] = []
    marks, spots = [np.empty((0, 3), dtype=np.int64)], [np.empty((0, 4))]
    for owner, (area, own) in enumerate(zip(areas, names, strict=True)):
        for wording, rank, found in _of_area(area, own, number):
            marks.append(np.tile([owner, len(ways), rank], (len(found), 1)))
            ways.append(wording)
            spots.append(found)
    owners, wordings, ranks = np.concatenate(marks).T
    every = Candidates(tuple(ways), owners, wordings, ranks, np.concatenate(spots))
    if not len(every.owner):
        return every
    # The grid is coarse: what it allows is measured once more.
    return every.only(shapely.covers(areas[every.owner], every.areas))


def _of_area(
    area: shapely.Geometry, names: Sequence[Wording], number: Wording | None
) -> Iterator[tuple[Wording, int, NDArray[np.float64]]]:
    """Yield the places of one area: level, else slanted, and for a number."""
    if shapely.is_empty(area):
        return
    size = shapely.area(area)
    fitting = [way for way in names if way.width * way.height < size]
    space = _room(area)
    level = next(_fitting(space, fitting), None)
    if level:
        yield level[0], _LEVEL, _spots(level[1], 0.0)
    elif fitting and number:
        yield from _along(area, fitting)
    if number:
        for way, points in _fitting(space, [number]):
            yield way, _NUMBER, _spots(points, 0.0)


def _room(area: shapely.Geometry) -> Room:
    """Lay a grid over an area, the finer the smaller it is."""
    step = float(np.clip(np.sqrt(shapely.area(area)) / _CELLS, _FINEST_MM, room.STEP_MM))
    return room.of_area(area, EASY_MM, step)


def _spots(points: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    return np.insert(points, 2, angle, axis=1)


def _fitting(space: Room, ways: Sequence[Wording]) -> Iterator[tuple[Wording, NDArray[np.float64]]]:
    """Yield the ways of setting that fit wholly, each with its best places and their merits."""
    for way in ways:
        width, height = way.width + 2 * CLEARANCE_MM, way.height + 2 * CLEARANCE_MM
        fitting = space.shares(width, height) > 0.999
        if fitting.any():
            points = space.centres(fitting, width, height)
            away = np.hypot(*(points - space.middle).T)
            yield way, _best_of(points, _ease(space, points, way) - 0.04 * away)


def _along(
    area: shapely.Geometry, ways: Sequence[Wording]
) -> Iterator[tuple[Wording, int, NDArray[np.float64]]]:
    """Yield places for the name along a long area: it is turned level, tried, and turned back."""
    angle = long_axis(area)
    if angle is None:
        return
    back = turn(angle)
    turned = _room(shapely.transform(area, lambda points: points @ back))
    for way, points in list(_fitting(turned, ways))[:1]:
        yield way, _SLANTED, _spots(np.column_stack([points[:, :2] @ back.T, points[:, 2]]), angle)


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


def _ease(space: Room, points: NDArray[np.float64], way: Wording) -> NDArray[np.float64]:
    """Return which share of a generous rectangle around a name lies inside the area."""
    width, height = way.width + 2 * EASY_MM, way.height + 2 * EASY_MM
    shares = space.shares(width, height)
    if not shares.size:
        return np.zeros(len(points))
    x = (points[:, 0] - space.left) / space.step - room.cells(width, space.step) / 2
    y = (points[:, 1] - space.bottom) / space.step - room.cells(height, space.step) / 2
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
