"""Islands of a district and their groups."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from fsva.drawing.framing import islands
from tests.places import kepulauan


def squares(*places: tuple[float, float]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([shapely.box(x, y, x + 1, y + 1) for x, y in places], dtype=object)


def test_areas_that_touch_are_one_island_and_parts_of_a_village_are_counted_apart() -> None:
    first, second, third = squares((0, 0), (1, 0), (50, 0))
    villages = np.array([shapely.multipolygons([first, third]), second], dtype=object)
    found = islands.of(villages)
    assert found.areas.tolist() == [[1, 1], [1, 0]]
    assert found.apart[0, 1] == pytest.approx(48, abs=0.2)
    assert found.bounds.tolist() == [[0, 0, 2, 1], [50, 0, 51, 1]]


def test_groups_are_parted_by_the_widest_sea_or_kept_short() -> None:
    # A chain of five with gaps of 4, and one islet 6 away from its end.
    found = islands.of(squares((0, 0), (5, 0), (10, 0), (15, 0), (20, 0), (27, 0)))
    assert found.linked(2) == [(0, 1, 2, 3, 4), (5,)]
    ends = {tuple(found.extent(group)[[0, 2]].tolist()) for group in found.compact(2)}
    assert max(east - west for west, east in ends) < 20
    assert sorted(n for group in found.compact(3) for n in group) == list(range(6))


@pytest.mark.parametrize(("name", "sizes"), [("kembar", [6, 12]), ("gugus", [25] * 4)])
def test_groups_of_the_made_up_districts_are_found(name: str, sizes: list[int]) -> None:
    codes, areas = zip(*kepulauan.made(name), strict=True)
    found = islands.of(np.array(areas, dtype=object))
    for groups in (found.linked(len(sizes)), found.compact(len(sizes))):
        within = [found.areas[:, list(group)].sum(axis=1) > 0 for group in groups]
        assert sorted(int(inside.sum()) for inside in within) == sizes
        for inside in within:  # each is a kecamatan
            assert len({code[:8] for code, there in zip(codes, inside, strict=True) if there}) == 1


def test_a_district_in_one_piece_is_told_at_once() -> None:
    near, far = squares((0, 0), (1.3, 0)), squares((0, 0), (9, 0))
    assert not islands.lie_apart(near, 0.2)
    assert islands.lie_apart(far, 0.2)


def test_more_islets_than_can_be_searched_are_joined() -> None:
    places = [(3.0 * n, 400.0 * k) for n in range(200) for k in range(2)]
    found = islands.of(squares(*places))
    assert len(found.bounds) <= 200
    assert found.areas.sum() == pytest.approx(400)


@pytest.mark.parametrize("near", [0.05, 1.0, 4.0, 30.0])
def test_groups_are_those_of_all_pairs(near: float) -> None:
    rng = np.random.default_rng(4)
    areas = squares(*rng.uniform(0, 60, (150, 2)).tolist())
    found = islands.components(areas, near)
    pairs = shapely.distance(areas[:, None], areas[None]) <= near
    reached = pairs.copy()
    while (wider := (reached.astype(int) @ pairs) > 0).sum() > reached.sum():
        reached = wider
    assert ((found[:, None] == found[None]) == reached).all()
    first = [int(np.argmax(found == group)) for group in range(found.max() + 1)]
    assert first == sorted(first)
