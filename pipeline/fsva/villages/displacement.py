"""Parts of villages that were moved: their outline fits a neighbour's, or they lie far from all.

Owns the comparison of outlines, and of distances. Neighbours share the points of their border, so
a stretch of it that both have, with a distance between, tells who was moved and how far, also
between islands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from fsva.sources.plain.arrays import Floats, Positions, Shapes

# Sides are equal if they differ by less than the first; sides shorter than the second are ignored.
_GRID_KM = 1e-4
_SHORTEST_KM = 0.02
# Two outlines farther apart than this are not one border that was drawn twice.
_MOVED_KM = 0.2
# A move needs so many sides, displaced alike within this spread, and of this length together.
_LEAST_SIDES = 4
_SPREAD_KM = 5e-3
_LEAST_KM = 0.3


@dataclass(frozen=True)
class Moved:
    """A village of which a part was moved.

    Parameters
    ----------
    village, neighbour : int
        Places in the layer; whose border tells it.
    km : float
        How far.
    """

    village: int
    neighbour: int
    km: float


@dataclass(frozen=True)
class _Sides:
    """Sides of outlines: the part they belong to, their middles and vectors, in kilometres."""

    part: Positions
    middle: Floats
    vector: Floats

    def taken(self, which: Positions) -> _Sides:
        """Return some of the sides, by their positions."""
        return _Sides(self.part[which], self.middle[which], self.vector[which])


def find(flat: Shapes) -> Iterator[Moved]:
    """Yield the villages of which a part was moved, each once.

    Parameters
    ----------
    flat : array of Geometry
        Polygons on a flat grid in kilometres.
    """
    parts, owner = shapely.get_parts(flat, return_index=True)
    one, other = _pairs(_sides(parts))
    way = one.middle - other.middle
    far = np.hypot(*way.T)
    moved = np.flatnonzero((far > _MOVED_KM) & (one.part != other.part))
    staying = _count(one, other, np.flatnonzero(far < _SPREAD_KM), len(parts))
    leaving = _count(one, other, moved, len(parts))
    seen: set[int] = set()
    for a, b, km in _agreeing(one.taken(moved), other.taken(moved)):
        for part, beside in ((a, b), (b, a)):
            village = int(owner[part])
            stays = (staying[part], -leaving[part]) > (staying[beside], -leaving[beside])
            if not stays and village not in seen and village != owner[beside]:
                seen.add(village)
                yield Moved(village, int(owner[beside]), km)


def _count(one: _Sides, other: _Sides, which: Positions, n_parts: int) -> Positions:
    """Return how many of some pairs of sides each part has."""
    both = np.concatenate([one.part[which], other.part[which]])
    return np.bincount(both, minlength=n_parts)


def _sides(parts: Shapes) -> _Sides:
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    vector = (points[1:] - points[:-1])[same]
    middle = ((points[1:] + points[:-1]) / 2)[same]
    long = np.hypot(*vector.T) >= _SHORTEST_KM
    return _Sides(part[ring[1:][same]][long], middle[long], vector[long])


def _pairs(sides: _Sides) -> tuple[_Sides, _Sides]:
    """Return the sides that stand twice in the layer, once in each direction."""
    grid = np.round(sides.vector / _GRID_KM).astype(np.int64)
    ahead = (grid[:, 0] > 0) | ((grid[:, 0] == 0) & (grid[:, 1] > 0))
    grid[~ahead] *= -1
    _, key, times = np.unique(grid, axis=0, return_inverse=True, return_counts=True)
    key = key.ravel()
    twice = np.flatnonzero(times[key] == 2)
    twice = twice[np.argsort(key[twice], kind="stable")]
    first, second = twice[::2], twice[1::2]
    facing = ahead[first] != ahead[second]
    return sides.taken(first[facing]), sides.taken(second[facing])


def _agreeing(one: _Sides, other: _Sides) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of parts of which enough sides are apart by the same way, and how far."""
    couples = np.column_stack([one.part, other.part])
    turned = couples[:, 0] > couples[:, 1]
    way = np.where(turned[:, None], -1, 1) * (one.middle - other.middle)
    couples.sort(axis=1)
    for a, b in np.unique(couples, axis=0):
        ours = np.flatnonzero((couples == (a, b)).all(axis=1))
        usual = np.median(way[ours], axis=0)
        agree = ours[np.hypot(*(way[ours] - usual).T) < _SPREAD_KM]
        length = float(np.hypot(*one.vector[agree].T).sum())
        if len(agree) >= _LEAST_SIDES and length >= _LEAST_KM:
            yield int(a), int(b), float(np.hypot(*usual))


@dataclass(frozen=True)
class Lone:
    """A part of a village that is far from all others.

    Parameters
    ----------
    village : int
        Its place in the layer.
    shape : Geometry
        The part, in degrees.
    km : float
        How far the nearest other part of the layer is.
    """

    village: int
    shape: Geometry
    km: float


def alone(
    flat: Shapes, shapes: Shapes, land: Geometry | None, apart_km: float, same_land_km: float
) -> Iterator[Lone]:
    """Yield the parts that lie far off, as villages would be judged.

    A village of two pieces lies beside its neighbours with both; its islands may lie near it.

    Parameters
    ----------
    flat, shapes : array of Geometry
        Villages on a flat grid in kilometres, and in degrees.
    land : Geometry or None
        Coarse land, in degrees.
    apart_km, same_land_km : float
        So far off a part is odd anywhere, and on the land of its village.
    """
    parts, owner = shapely.get_parts(flat, return_index=True)
    told = shapely.get_parts(shapes)
    largest = np.zeros(len(flat), dtype=np.intp)
    for n in np.argsort(shapely.area(parts), kind="stable"):
        largest[owner[n]] = n
    others = np.setdiff1d(np.arange(len(parts)), largest)
    if not len(others):
        return
    tree = shapely.STRtree(parts)
    one, near = tree.query(parts[others], predicate="dwithin", distance=same_land_km)
    lone = np.setdiff1d(others, others[one[others[one] != near]])
    lands = shapely.get_parts([] if land is None else [land])
    for n in lone.tolist():
        km = float(shapely.distance(parts[n], np.delete(parts, n)).min())
        main = told[largest[owner[n]]]
        if km > apart_km or _on_one(lands, told[n], main):
            yield Lone(int(owner[n]), told[n], km)


def _on_one(lands: Shapes, one: Geometry, other: Geometry) -> bool:
    """Tell whether two shapes lie on one piece of land."""
    points = shapely.point_on_surface(shapely.make_valid(np.array([one, other], dtype=object)))
    return any(shapely.intersects(land, points).all() for land in lands)
