"""Every village has one tile, kecamatan hang together, and neighbours stay neighbours."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from fsva.drawing.tiles import contiguity, region, tile_places
from fsva.drawing.tiles.region import Tile
from fsva.drawing.tiles.tile_places import TilePlaces
from tests.places import contoh, kepulauan

Areas = NDArray[np.object_]


def grid(columns: int, rows: int) -> tuple[Areas, list[str]]:
    """Return square villages of 1 km, in kecamatan of two by two."""
    places = [(x, y) for y in range(rows) for x in range(columns)]
    areas = [shapely.box(x * 1e3, y * 1e3, x * 1e3 + 1e3, y * 1e3 + 1e3) for x, y in places]
    return np.array(areas, dtype=object), [f"{x // 2}-{y // 2}" for x, y in places]


def made_up(name: str) -> tuple[Areas, list[str]]:
    codes, areas = zip(*kepulauan.made(name), strict=True)
    return np.array(areas, dtype=object), [code[:8] for code in codes]


def belu() -> tuple[Areas, list[str]]:
    villages = contoh.belu().joined.villages
    return villages.geometry, villages["kecamatan"].tolist()


def by_kecamatan(places: TilePlaces, kecamatan: list[str]) -> dict[str, list[Tile]]:
    found: dict[str, list[Tile]] = defaultdict(list)
    for tile, name in zip(places.tiles, kecamatan, strict=True):
        found[name].append(tile)
    return found


@pytest.mark.parametrize(("columns", "rows"), [(6, 4), (4, 8), (1, 1), (5, 1)])
def test_a_district_that_is_a_grid_stays_as_it_is(columns: int, rows: int) -> None:
    areas, kecamatan = grid(columns, rows)
    places = tile_places.arrange(areas, kecamatan)
    low = np.array(places.tiles).min(axis=0)
    moved = [(int(x), int(y)) for x, y in np.array(places.tiles) - low]
    assert moved == [(x, y) for y in range(rows) for x in range(columns)]
    assert places.displacement == pytest.approx(0, abs=1e-9)
    assert len(places.pairs) == columns * (rows - 1) + rows * (columns - 1)
    assert places.beside == places.touching == (1.0 if len(places.pairs) else None)


@pytest.mark.parametrize(
    "district",
    [belu, lambda: made_up("kembar"), lambda: made_up("gugus"), lambda: made_up("induk")],
    ids=["belu", "kembar", "gugus", "induk"],
)
def test_every_village_has_a_tile_of_its_own_and_kecamatan_are_whole(district) -> None:  # noqa: ANN001
    areas, kecamatan = district()
    places = tile_places.arrange(areas, kecamatan)
    assert len(set(places.tiles)) == len(areas)
    assert region.hang_together(places.tiles)
    for tiles in by_kecamatan(places, kecamatan).values():
        assert region.hang_together(tiles)
    assert tile_places.arrange(areas, kecamatan).tiles == places.tiles


def test_kecamatan_lie_to_each_other_as_on_the_earth() -> None:
    areas, kecamatan = belu()
    places = tile_places.arrange(areas, kecamatan)
    at = shapely.get_coordinates(shapely.centroid(areas))
    names = sorted(set(kecamatan))
    member = np.array(kecamatan)
    real = np.array([at[member == name].mean(axis=0) for name in names])
    drawn = np.array([np.array(places.tiles)[member == name].mean(axis=0) for name in names])
    for axis in (0, 1):  # west to east, south to north
        order = np.corrcoef(np.argsort(np.argsort(real[:, axis])),
                            np.argsort(np.argsort(drawn[:, axis])))[0, 1]  # fmt: skip
        assert order > 0.9


def test_what_is_kept_is_counted_from_the_pairs() -> None:
    pairs = np.array([[0, 1], [0, 2], [0, 3], [1, 3]])
    places = TilePlaces(((0, 0), (1, 0), (1, 1), (3, 0)), pairs, np.array([1.0, 2.0, 0.0, 0.0]))
    assert places.beside == 1 / 4
    assert places.touching == 2 / 4
    assert places.displacement == 0.75


def test_tiles_have_the_shape_of_the_land() -> None:
    land = shapely.box(0, 0, 40, 10).union(shapely.box(0, 10, 10, 20))
    assert len(region.of_land(land, 20)) == 20
    tiles = np.array(region.of_land(land, 20))
    low, high = tiles.min(axis=0), tiles.max(axis=0)
    assert (high - low + 1).tolist() == [8, 4]  # 5 m each
    assert {(int(x), int(y)) for x, y in tiles - low if y >= 2} == {(0, 2), (1, 2), (0, 3), (1, 3)}


def test_groups_of_tiles_move_together_until_they_touch() -> None:
    tiles = region._joined([(0, 0), (0, 1), (5, 0), (5, 1), (9, 7)])
    assert len(tiles) == 5
    assert region.hang_together(tiles)


def test_a_tile_that_is_cut_off_comes_home() -> None:
    row = {(n, 0): owner for n, owner in enumerate("AABBA")}
    owners = {tile: "AB".index(owner) for tile, owner in row.items()}
    mended = contiguity.mended(owners)
    assert mended is not None
    assert sorted(mended.values()) == sorted(owners.values())
    for owner in (0, 1):
        assert region.hang_together([tile for tile, k in mended.items() if k == owner])


def test_a_winding_row_keeps_every_kecamatan_whole() -> None:
    draw = np.random.default_rng(7)
    points, member = draw.uniform(0, 9, (53, 2)), draw.integers(0, 6, 53)
    homes = tile_places._in_a_row(points, member)
    assert np.bincount(list(homes.values())).tolist() == np.bincount(member).tolist()
    for k in range(6):
        assert region.hang_together([tile for tile, owner in homes.items() if owner == k])
