"""Which village has which tile: kecamatan hang together and lie where they lie on the earth.

Owns the search and what it keeps of the map: neighbours and places. First kecamatan share the
tiles, each as near to its own middle as all together allow; then villages share those of their
kecamatan; then villages change places where more neighbours stay beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.drawing.tiles import assignment, contiguity, region
from fsva.drawing.tiles.region import Tile
from fsva.drawing.tiles.tile_swaps import TileSwaps

# Of the paper by which a shape is grown to be rounder, so much is taken away again.
_BACK = 0.9
# Detail of the land, in widths of a tile.
_DETAIL = 10
# Villages whose common border is shorter than this only touch, metres.
_LEAST_BORDER_M = 1.0


@dataclass(frozen=True, eq=False)
class TilePlaces:
    """The tiles of a district.

    Parameters
    ----------
    tiles : tuple of (int, int)
        Column and row of each village, from the lower left.
    pairs : array of int, shape (n, 2)
        Villages that share a border on the earth.
    moved : array of float, shape (n_villages,)
        How far each tile is from where its village would lie, in widths of a tile.
    """

    tiles: tuple[Tile, ...]
    pairs: NDArray[np.int64]
    moved: NDArray[np.float64]

    @property
    def beside(self) -> float | None:
        """Share of the neighbours whose tiles share a side; None where there are no neighbours."""
        return self._kept(lambda way: np.asarray(way.sum(axis=1) == 1))

    @property
    def touching(self) -> float | None:
        """Share of the neighbours whose tiles share a side or a corner."""
        return self._kept(lambda way: np.asarray(way.max(axis=1) == 1))

    @property
    def displacement(self) -> float:
        """Mean over the villages of how far they have moved, in widths of a tile."""
        return float(self.moved.mean())

    def _kept(self, is_near: Callable[[NDArray[np.int64]], NDArray[np.bool_]]) -> float | None:
        if not len(self.pairs):
            return None
        at = np.array(self.tiles)
        return float(is_near(np.abs(at[self.pairs[:, 0]] - at[self.pairs[:, 1]])).mean())


def arrange(geometry: NDArray[np.object_], kecamatan: Sequence[str]) -> TilePlaces:
    """Give each village of a district a tile.

    Parameters
    ----------
    geometry : array of Polygon and MultiPolygon, shape (n_villages,)
        A coverage, in metres.
    kecamatan : sequence of str
        Of each village.
    """
    points = shapely.get_coordinates(shapely.centroid(geometry))
    member = np.unique(np.array(kecamatan, dtype=str), return_inverse=True)[1]
    homes = _homes(shapely.coverage_union_all(geometry), points, member)
    wanted = _on_grid(points, np.array(sorted(homes), dtype=float))
    pairs = _neighbours(geometry)
    chosen = TileSwaps(wanted, member, pairs, _within(wanted, member, homes)).improved()
    moved = np.linalg.norm(np.array(chosen) - wanted, axis=1)
    return TilePlaces(tuple(chosen), pairs, moved)


def _homes(
    land: shapely.Geometry, points: NDArray[np.float64], member: NDArray[np.int64]
) -> dict[Tile, int]:
    """Return the kecamatan of each tile: in the shape of the land, else in a rounder one."""
    for shape in _shapes(land, len(points)):
        tiles = region.of_land(shape, len(points))
        at = np.array(tiles, dtype=float)
        owners = _shared_out(_on_grid(points, at), member, at)
        homes = contiguity.mended(dict(zip(tiles, owners.tolist(), strict=True)))
        if homes is not None:
            return homes
    return _in_a_row(points, member)


def _shapes(land: shapely.Geometry, count: int) -> Iterator[shapely.Geometry]:
    """Yield the land, then rounder shapes of it; without those that lie in several large pieces."""
    tile = shapely.area(land) / count
    coarse = shapely.simplify(land, np.sqrt(tile) / _DETAIL)
    west, south, east, north = shapely.bounds(land).tolist()
    most, radius = max(east - west, north - south), 0.0
    while radius < most:
        closed = shapely.buffer(shapely.buffer(coarse, radius), -_BACK * radius)
        shape = closed if radius else land
        parts = shapely.get_parts(shape)
        if (shapely.area(parts) > shapely.area(shape) / count / 2).sum() <= 1:
            yield shape
        radius = 2 * radius or float(np.sqrt(tile)) / 2


def _in_a_row(points: NDArray[np.float64], member: NDArray[np.int64]) -> dict[Tile, int]:
    """Return kecamatan one after another along a winding row: they hang together in any case."""
    columns = int(np.ceil(np.sqrt(len(points))))
    middles = [points[member == k].mean(axis=0).tolist() for k in range(member.max() + 1)]
    order = np.argsort(np.argsort([-y for _, y in middles], kind="stable"))
    homes = {}
    for n, village in enumerate(np.lexsort((member, order[member])).tolist()):
        row, along = divmod(n, columns)
        homes[(along if row % 2 == 0 else columns - 1 - along, -row)] = int(member[village])
    return homes


def _on_grid(points: NDArray[np.float64], tiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where villages would lie on the grid: with the middle and the extent of the tiles."""
    spread = points.std(axis=0)
    scale = np.where(spread > 0, tiles.std(axis=0) / np.where(spread > 0, spread, 1), 0)
    placed: NDArray[np.float64] = (points - points.mean(axis=0)) * scale + tiles.mean(axis=0)
    return placed


def _shared_out(
    wanted: NDArray[np.float64], member: NDArray[np.int64], tiles: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the kecamatan of each tile: as near to its middle as all together allow."""
    middles = np.array([wanted[member == k].mean(axis=0) for k in range(member.max() + 1)])
    away = ((middles[:, None] - tiles[None]) ** 2).sum(axis=2)
    return assignment.share(away, np.bincount(member))


def _within(
    wanted: NDArray[np.float64], member: NDArray[np.int64], homes: dict[Tile, int]
) -> list[Tile]:
    """Return the tile of each village, among those of its kecamatan."""
    chosen: dict[int, Tile] = {}
    for k in range(member.max() + 1):
        villages = np.flatnonzero(member == k)
        tiles = sorted(tile for tile, owner in homes.items() if owner == k)
        at = np.array(tiles, dtype=float)
        points = _on_grid(wanted[villages], at)
        got = assignment.assign(((points[:, None] - at[None]) ** 2).sum(axis=2))
        chosen |= {int(v): tiles[t] for v, t in zip(villages, got.tolist(), strict=True)}
    return [chosen[n] for n in range(len(member))]


def _neighbours(geometry: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the pairs of villages that share a border."""
    one, other = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    first = one < other
    one, other = one[first], other[first]
    shared = shapely.length(shapely.intersection(geometry[one], geometry[other]))
    pairs: NDArray[np.int64] = np.column_stack([one, other])[shared > _LEAST_BORDER_M]
    return pairs
