"""Small discs among villages: places that hide nothing else."""

from itertools import pairwise

import pytest
import shapely

from fsva.core.box import Box
from fsva.drawing.names import small_discs, tokens
from fsva.drawing.names.small_discs import ENOUGH_MM2, Crowd
from fsva.drawing.names.tokens import Tokens

FRAME = Box(0, 0, 40, 40)
SIDE = 1.6


def grid() -> dict[str, shapely.Polygon]:
    """Return villages of 2.56 mm2 all around a tiny one in the middle of four."""
    cells = {
        f"{x}-{y}": shapely.box(x * SIDE, y * SIDE, (x + 1) * SIDE, (y + 1) * SIDE)
        for x in range(25)
        for y in range(25)
    }
    middle = shapely.box(12 * SIDE - 0.3, 12 * SIDE - 0.3, 12 * SIDE + 0.3, 12 * SIDE + 0.3)
    return {code: cell.difference(middle) for code, cell in cells.items()} | {"kecil": middle}


def crowd(taken: list[shapely.Geometry], elsewhere: dict[str, float] | None = None) -> Crowd:
    areas = grid()
    bare = {
        code: area.difference(shapely.union_all(taken)) if taken else area
        for code, area in areas.items()
    }
    return Crowd(FRAME, areas, bare, elsewhere or {}, taken)


def left_of(made: Tokens, among: Crowd) -> dict[str, float]:
    """Return what discs and lines leave of the villages."""
    discs = [tokens.disc_of(spot, made.radius(code)) for code, spot in made.places.items()]
    lines = [shapely.buffer(led.line, 0.275) for led in made.leaders]
    over = shapely.union_all([*discs, *lines])
    return {code: bare.difference(over).area for code, bare in among.bare.items()}


def test_a_tiny_village_has_a_disc_that_leaves_its_neighbours_in_sight() -> None:
    among = crowd([])
    made = small_discs.added(Tokens(FRAME, {}), among, ["kecil"])
    assert made.small == {"kecil"}
    assert made.shown_mm2()["kecil"] >= 1.0
    left = left_of(made, among)
    assert min(size for code, size in left.items() if code != "kecil") >= ENOUGH_MM2
    # On the village there is room, so no line is needed.
    assert not made.leaders
    assert tokens.disc_of(made.places["kecil"], tokens.SMALL_MM).intersects(among.areas["kecil"])


def test_a_village_under_a_name_has_its_disc_beside_the_name_with_a_line() -> None:
    name = shapely.box(14, 17, 24, 21)
    among = crowd([name])
    made = small_discs.added(Tokens(FRAME, {}), among, ["kecil"])
    disc = tokens.disc_of(made.places["kecil"], tokens.SMALL_MM)
    assert not disc.intersects(name)
    (led,) = made.leaders
    assert not led.line.crosses(name)
    start, end = (shapely.get_point(led.line, n) for n in (0, -1))
    assert start.distance(name) < 0.1
    assert end.distance(disc) < 0.01
    before, left = among.bare, left_of(made, among)
    hidden = [c for c in left if left[c] < min(ENOUGH_MM2, before[c].area) and c != "kecil"]
    assert not hidden


def test_discs_touch_no_other_and_no_name() -> None:
    name = shapely.box(14, 17, 24, 21)
    among = crowd([name])
    codes = ["kecil", "9-11", "12-10", "13-12"]
    made = small_discs.added(Tokens(FRAME, {}), among, codes)
    assert made.places.keys() == {*codes}
    discs = [tokens.disc_of(spot, tokens.SMALL_MM) for spot in made.places.values()]
    for one, other in pairwise(discs):
        assert not one.intersects(other)
    assert not any(disc.intersects(name) for disc in discs)


@pytest.mark.parametrize(("elsewhere", "placed"), [({}, False), ("all", True)])
def test_without_room_there_is_no_disc_unless_others_are_seen_elsewhere(
    elsewhere: str | dict[str, float], placed: bool
) -> None:
    areas = {
        f"{x}-{y}": shapely.box(x * 1.07, y * 1.07, (x + 1) * 1.07, (y + 1) * 1.07)
        for x in range(20)
        for y in range(20)
    }
    shown = dict.fromkeys(areas, 3.0) if elsewhere else {}
    among = Crowd(Box(0, 0, 23, 23), areas, areas, shown, [])
    made = small_discs.added(Tokens(FRAME, {}), among, ["10-10"])
    assert bool(made.places) is placed
