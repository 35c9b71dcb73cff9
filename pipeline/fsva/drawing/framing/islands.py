"""Islands: the parts of a district that lie apart, and groups of them.

Owns what counts as one island and which islands form a group. What is drawn of them, and where, is
``fsva.drawing.framing.frames``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.villages import faulty_parts

Group = tuple[int, ...]
# Islets as near as this share of the longest side of the district count as one island.
_NEAR = 0.01
# With more islands than this, nearer ones are joined until there are fewer.
_MOST = 200
# A map has paper around its islands as wide as this share of the longest side of the district.
_ASIDE = 0.02
# Of the villages on the islands of an inset, the share that its core holds; the rest stands on the
# main map alone.
_CORES = (0.95, 0.85, 0.7, 0.55)
# Shares of a distance at which areas are joined to groups, the nearest first.
_WIDENING = (0.01, 0.1, 1.0)


@dataclass(frozen=True, eq=False)
class Islands:
    """The islands of a district.

    Parameters
    ----------
    bounds : array of float, shape (n_islands, 4)
        West, south, east, north in metres.
    areas : array of float, shape (n_villages, n_islands)
        Square metres of each village on each island.
    apart : array of float, shape (n_islands, n_islands)
        Metres of sea between them.
    """

    bounds: NDArray[np.float64]
    areas: NDArray[np.float64]
    apart: NDArray[np.float64]

    def linked(self, count: int) -> list[Group]:
        """Return groups such that the sea between two of them is as wide as possible.

        Parameters
        ----------
        count : int
            How many groups, at most the number of islands.
        """
        return _merged(self.apart, count, np.minimum, lambda _: None)

    def compact(self, count: int) -> list[Group]:
        """Return groups that are as short as possible from end to end.

        Parameters
        ----------
        count : int
            How many groups, at most the number of islands.
        """
        bounds = self.bounds.copy()

        def joined(pair: tuple[int, int]) -> NDArray[np.float64]:
            """Join two groups; return how large each other group would be with them."""
            kept, gone = pair
            bounds[kept] = _around(bounds[[kept, gone]])
            return _longest(bounds[kept], bounds)

        return _merged(_longest(bounds[:, None], bounds[None]), count, np.maximum, joined)

    def tight(self, count: int) -> list[Group]:
        """Return groups whose boxes hold as little sea as possible.

        Parameters
        ----------
        count : int
            How many groups, at most the number of islands.
        """
        bounds = self.bounds.copy()
        aside = _ASIDE * float(max(_around(bounds)[2:] - _around(bounds)[:2]))

        def joined(pair: tuple[int, int]) -> NDArray[np.float64]:
            """Join two groups; return how much paper each other group would cost with them."""
            kept, gone = pair
            bounds[kept] = _around(bounds[[kept, gone]])
            return _added(bounds[kept], bounds, aside)

        return _merged(_added(bounds[:, None], bounds[None], aside), count, np.maximum, joined)

    def core(self, group: Group, share: float) -> Group:
        """Return the islands of a group that hold most of it, without those far out at sea.

        Parameters
        ----------
        share : float
            Of the villages in the group, parts counting by their area, that stays at least.
        """
        if (group, share) not in self._cores:
            self._cores[group, share] = self._core(group, share)
        return self._cores[group, share]

    @cached_property
    def _cores(self) -> dict[tuple[Group, float], Group]:
        """Cores found so far: plans share most of their groups."""
        return {}

    def _core(self, group: Group, share: float) -> Group:
        kept, worth = list(group), self._worth
        least = share * worth[kept].sum()
        while len(kept) > 1:
            bounds = self.bounds[kept]
            edges = {int(n) for n in (*bounds[:, :2].argmin(axis=0), *bounds[:, 2:].argmax(axis=0))}
            saved = {n: _extent_area(np.delete(bounds, n, axis=0)) for n in edges}
            whole = _extent_area(bounds)
            price = {n: worth[kept[n]] / max(whole - area, 1.0) for n, area in saved.items()}
            left = {n: price[n] for n in edges if worth[kept].sum() - worth[kept[n]] >= least}
            if not left:
                break
            kept.pop(min(left, key=lambda n: (left[n], n)))
        return tuple(kept)

    def cores(self, groups: Sequence[Group]) -> Iterator[tuple[Group, ...]]:
        """Yield what remains of groups without islets that only add sea."""
        for share in _CORES:
            cores = tuple(self.core(group, share) for group in groups)
            if cores != tuple(groups):
                yield cores

    def matters(self, group: Group) -> bool:
        """Tell whether the larger part of some village lies in a group."""
        held = self.areas[:, list(group)].sum(axis=1)
        return bool((held > self.areas.sum(axis=1) / 2).any())

    def sizes(self, scale: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the logarithm of the villages' paper; parts at several scales count by area.

        Parameters
        ----------
        scale : array of float, shape (n_islands,)
            Millimetres per metre.
        """
        sizes: NDArray[np.float64] = self._logs + 2 * (self._shares * np.log(scale)).sum(axis=1)
        return sizes

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        """Share of each village on each island, shape (n_villages, n_islands)."""
        shares: NDArray[np.float64] = self.areas / self.areas.sum(axis=1)[:, None]
        return shares

    @cached_property
    def _logs(self) -> NDArray[np.float64]:
        """Logarithm of the square metres of each village."""
        logs: NDArray[np.float64] = np.log(self.areas.sum(axis=1))
        return logs

    @cached_property
    def _worth(self) -> NDArray[np.float64]:
        """Villages on each island; parts of villages count as such, shape (n_islands,)."""
        villages: NDArray[np.float64] = self._shares.sum(axis=0)
        return villages

    def villages(self, group: Group) -> float:
        """Return how many villages lie in a group, parts of villages counting as such."""
        if group not in self._villages:
            held = self.areas[:, list(group)].sum(axis=1)
            self._villages[group] = float((held / self.areas.sum(axis=1)).sum())
        return self._villages[group]

    @cached_property
    def _villages(self) -> dict[Group, float]:
        return {}

    def extent(self, group: Group) -> NDArray[np.float64]:
        """Return west, south, east, north of a group in metres."""
        if group not in self._extents:
            self._extents[group] = _around(self.bounds[list(group)])
        return self._extents[group]

    @cached_property
    def _extents(self) -> dict[Group, NDArray[np.float64]]:
        return {}


def of(geometry: NDArray[np.object_]) -> Islands:
    """Find the islands of a district.

    Parameters
    ----------
    geometry : array of Polygon and MultiPolygon, shape (n_villages,)
        In metres.
    """
    parts, village = shapely.get_parts(geometry, return_index=True)
    side = _side(geometry)
    near, island = _NEAR * side, components(parts, _NEAR * side)
    while island.max() >= _MOST:
        near *= 2
        island = components(parts, near)
    count = int(island.max()) + 1
    areas = np.zeros((len(geometry), count))
    np.add.at(areas, (village, island), shapely.area(parts))
    whole = np.array(
        [shapely.multipolygons(parts[island == n]) for n in range(count)], dtype=object
    )
    thin = shapely.simplify(whole, near / 4)
    apart = np.array([shapely.distance(one, thin) for one in thin])
    return Islands(shapely.bounds(whole), areas, apart)


def components(areas: NDArray[np.object_], near: float) -> NDArray[np.int64]:
    """Return for each area the number of its group: areas nearer than a distance are in one.

    Most areas touch their neighbours: they are grouped first, so that larger distances are asked
    of few groups, not of every pair of areas within them.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        Any unit, none of them empty.
    near : float
        The distance, in the same unit.
    """
    found, groups = np.arange(len(areas)), areas
    parts, owner = shapely.get_parts(areas, return_index=True)
    for share in _WIDENING:
        found = _linked(groups, near * share)[found]
        order = np.argsort(found[owner], kind="stable")
        groups = np.array(shapely.multipolygons(parts[order], indices=found[owner][order]))
    return found


def _linked(areas: NDArray[np.object_], near: float) -> NDArray[np.int64]:
    """Group areas by looking at all pairs that are nearer than a distance."""
    ones, others = shapely.STRtree(areas).query(areas, predicate="dwithin", distance=near)
    found = faulty_parts.linked(len(areas), ones, others)
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def lie_apart(geometry: NDArray[np.object_], share: float) -> bool:
    """Tell whether a district may have parts that lie apart; quick, and False is certain.

    Parameters
    ----------
    geometry : array of Polygon and MultiPolygon, shape (n_villages,)
        In metres.
    share : float
        Of the longest side of the district: less sea parts nothing.
    """
    boxes = np.array(shapely.box(*shapely.bounds(shapely.get_parts(geometry)).T))
    return int(components(boxes, share * _side(geometry)).max()) > 0


def _side(geometry: NDArray[np.object_]) -> float:
    """Return the longest side of a district, metres."""
    west, south, east, north = shapely.total_bounds(geometry).tolist()
    return float(max(east - west, north - south))


def _merged(
    cost: NDArray[np.float64],
    count: int,
    combine: np.ufunc,
    joined: Callable[[tuple[int, int]], NDArray[np.float64] | None],
) -> list[Group]:
    """Join the two groups that cost least until a number of groups is left."""
    cost = cost.astype(float)
    np.fill_diagonal(cost, np.inf)
    groups: list[list[int]] = [[n] for n in range(len(cost))]
    for _ in range(len(cost) - count):
        low, high = sorted(divmod(int(np.argmin(cost)), len(cost)))
        groups[low] += groups[high]
        groups[high] = []
        told = joined((low, high))
        new = combine(cost[low], cost[high]) if told is None else told
        new = np.where(np.isinf(cost[low]) & np.isinf(cost[high]), np.inf, new)
        new[low] = np.inf
        cost[low], cost[:, low] = new, new
        cost[high], cost[:, high] = np.inf, np.inf
    return sorted((tuple(sorted(g)) for g in groups if g), key=lambda g: (-len(g), g))


def _extent_area(bounds: NDArray[np.float64]) -> float:
    """Return the area of the box around boxes, square metres."""
    west, south, east, north = _around(bounds).tolist()
    return float((east - west) * (north - south))


def _around(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([*bounds[:, :2].min(axis=0), *bounds[:, 2:].max(axis=0)])


def _longest(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the longest side of the boxes around each of two boxes."""
    low = np.minimum(one[..., :2], other[..., :2])
    high = np.maximum(one[..., 2:], other[..., 2:])
    longest: NDArray[np.float64] = (high - low).max(axis=-1)
    return longest


def _added(
    one: NDArray[np.float64], other: NDArray[np.float64], aside: float
) -> NDArray[np.float64]:
    """Return by how much a box around two boxes is larger than both together, with their paper."""
    low = np.minimum(one[..., :2], other[..., :2])
    high = np.maximum(one[..., 2:], other[..., 2:])
    added: NDArray[np.float64] = (high - low + 2 * aside).prod(axis=-1)
    for box in (one, other):
        added = added - (box[..., 2:] - box[..., :2] + 2 * aside).prod(axis=-1)
    return added
