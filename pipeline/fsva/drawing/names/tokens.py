"""Tokens: discs in the colour of a class for villages that are too small to show it.

Owns their size and their places: before the name that is led out of the village, else beside the
village with a line of their own, else on it: on islands, and where no other class is lost by it.
A map gives the colours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering import leaders
from fsva.drawing.lettering.leaders import Leader
from fsva.drawing.lettering.typesetting import Wording
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.paper.scene import Item, Layer, Mark, Stroke, shape_of

RADIUS_MM = 0.9
# Of a disc among villages, where a larger one would hide them: just enough to be seen.
SMALL_MM = 0.66
RIM_MM = 0.12
_GAP_MM = 0.5
# A line that ends so near to its disc is led up to it.
_REACH_MM = 1.2
# The line ends so far from the village, which it would cover.
_OFF_MM = 0.25
# So many discs may lie over other villages, where there is no free paper.
_MOST_OVER = 40

# A village of less paper would not show its class under a disc of another one.
_SPARED_MM2 = 8.0

Spot = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Tokens:
    """Discs on a panel.

    Parameters
    ----------
    box : Box
        The panel.
    places : dict of str to (float, float)
        Kemendagri code to the middle of the disc, millimetres.
    leaders : tuple of Leader
        Lines of discs without a name.
    small : frozenset of str
        Codes of the villages with a small disc.
    """

    box: Box
    places: dict[str, Spot]
    leaders: tuple[Leader, ...] = ()
    small: frozenset[str] = frozenset()

    def radius(self, code: str) -> float:
        """Return the radius of the disc of a village, millimetres."""
        return SMALL_MM if code in self.small else RADIUS_MM

    def layer(self, colours: Mapping[str, str], layout: Layout) -> Layer:
        """Draw the discs of a map.

        Parameters
        ----------
        colours : mapping of str to str
            Kemendagri code to ``#RRGGBB``.
        """
        items: list[Item] = [item for led in self.leaders for item in led.draw(layout)]
        items += [
            disc(spot, colours[code], layout, code, self.radius(code))
            for code, spot in sorted(self.places.items())
        ]
        return Layer("tokens", tuple(items), self.box)

    def shown_mm2(self) -> dict[str, float]:
        """Return the class colour that each village has by its disc, square millimetres."""
        return {code: np.pi * (self.radius(code) - RIM_MM / 2) ** 2 for code in self.places}

    def papers(self) -> list[shapely.Geometry]:
        """Return the paper that discs and their lines cover."""
        discs = [disc_of(spot, self.radius(code)) for code, spot in self.places.items()]
        return [*discs, *(led.paper() for led in self.leaders)]


def disc(
    spot: Spot, colour: str, layout: Layout, code: str = "", radius: float = RADIUS_MM
) -> Mark:
    """Draw a disc.

    Parameters
    ----------
    colour : str
        ``#RRGGBB`` of the class.
    code : str
        Village that it stands for, or "".
    radius : float
        Millimetres.
    """
    shape = shape_of(shapely.buffer(shapely.Point(spot), radius, quad_segs=8))
    return Mark(shape, colour, Stroke(layout.colours.ink, RIM_MM), code)


def before(way: Wording) -> Wording:
    """Return a name with room for a disc before it."""
    return replace(way, width=way.width + _step())


def parted(led: Leader, area: shapely.Geometry) -> tuple[Leader, Spot]:
    """Part a name that was led out with its disc, which stands where the line comes from.

    Parameters
    ----------
    led : Leader
        Name and disc together, from ``before``.
    area : Geometry
        The village, which the line does not touch.

    Returns
    -------
    leader : Leader
        The name, beside the disc.
    spot : (float, float)
        Middle of the disc.
    """
    placed, way = led.placed, led.placed.wording
    name = replace(placed, wording=replace(way, width=way.width - _step()))
    end = shapely.get_point(led.line, -1)
    # The disc stands where the line comes from.
    side = 1 if end.x > placed.x + way.width / 4 else -1
    spot = (placed.x + side * (way.width / 2 - RADIUS_MM), placed.y)
    moved = replace(led, placed=replace(name, x=placed.x - side * _step() / 2))
    if shapely.distance(end, shapely.Point(spot)) < RADIUS_MM + _REACH_MM:
        moved = _up_to(moved, spot)
    return _off(moved, area), spot


def beside(
    district: DrawnDistrict,
    codes: Collection[str],
    taken: Sequence[shapely.Geometry],
    alone: Collection[str],
) -> Tokens:
    """Place discs without names.

    Parameters
    ----------
    codes : collection of str
        Villages to place.
    taken : sequence of Geometry
        Names, lines and boxes.
    alone : collection of str
        Villages that touch no other: where there is no room their disc stands on them.
    """
    shown, frame = district.shown(), district.panel.box.inset(1.0)
    at = {
        n: c for n, c in enumerate(district.codes) if c in codes and not shapely.is_empty(shown[n])
    }
    if not at:
        return Tokens(district.panel.box, {})
    way = Wording((), 6.0, 2 * RADIUS_MM, 2 * RADIUS_MM)
    around = leaders.beside(district.outline(), frame, taken)
    found = leaders.lead({n: shown[n] for n in at}, dict.fromkeys(at, way), around)
    left = [n for n in at if n not in found]
    if 0 < len(left) <= _MOST_OVER:
        papers = [*taken, *(led.paper() for led in found.values())]
        over = leaders.anywhere(district.outline(), frame, papers)
        small = dict.fromkeys(left, shapely.union_all(district.small(_SPARED_MM2)))
        found |= leaders.lead({n: shown[n] for n in left}, dict.fromkeys(left, way), over, small)
    led = {
        at[n]: _off(_up_to(one, (one.placed.x, one.placed.y)), shown[n])
        for n, one in sorted(found.items())
    }
    places = {code: (one.placed.x, one.placed.y) for code, one in led.items()}
    lines = [one.paper() for one in led.values()]
    solid = [*taken, *map(disc_of, places.values())]
    small_ones: set[str] = set()
    for n, code in at.items():
        if code in places:
            continue
        room = _room(n, shown, (solid, lines), code in alone)
        if room is None:
            continue
        places[code], radius = room
        solid.append(disc_of(*room))
        if radius == SMALL_MM:
            small_ones.add(code)
    return Tokens(district.panel.box, places, tuple(led.values()), frozenset(small_ones))


def disc_of(spot: Spot, radius: float = RADIUS_MM) -> shapely.Polygon:
    """Return the paper of a disc with its rim."""
    return shapely.buffer(shapely.Point(spot), radius + RIM_MM)


def _middle(area: shapely.Geometry) -> Spot:
    """Return the middle of the largest part of a village."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    x, y = shapely.get_coordinates(shapely.centroid(largest))[0].tolist()
    return x, y


def _room(
    own: int,
    shown: NDArray[np.object_],
    taken: tuple[Sequence[shapely.Geometry], Sequence[shapely.Geometry]],
    is_alone: bool,
) -> tuple[Spot, float] | None:
    """Return middle and radius of the disc for which a village has room; None if it has none.

    What is taken are names and discs, and lines; a village alone has a small disc even on a line,
    or beside its middle.
    """
    solid, lines = taken
    middle, every = _middle(shown[own]), [*solid, *lines]
    disc = disc_of(middle)
    if _is_clear(disc, every) and (is_alone or _covers_no_class(disc, own, shown)):
        return middle, RADIUS_MM
    if not is_alone:
        return None
    edge = shapely.get_coordinates(shapely.buffer(shapely.Point(middle), SMALL_MM, quad_segs=2))
    spots: list[Spot] = [middle, *((float(x), float(y)) for x, y in edge[:-1])]
    return next(((s, SMALL_MM) for s in spots if _is_clear(disc_of(s, SMALL_MM), solid)), None)


def _is_clear(disc: shapely.Polygon, taken: Sequence[shapely.Geometry]) -> bool:
    """Tell whether a disc touches no name, line or other disc."""
    return not shapely.intersects(disc, np.array([*taken], dtype=object)).any()


def _covers_no_class(disc: shapely.Polygon, own: int, shown: NDArray[np.object_]) -> bool:
    """Tell whether a disc on its village leaves enough of other villages."""
    met = np.flatnonzero(shapely.intersects(disc, shown))
    left = shapely.area(shapely.difference(shown[met], disc))
    return bool((left[met != own] >= _SPARED_MM2 / 2).all())


def _off(led: Leader, area: shapely.Geometry) -> Leader:
    """Let a line begin beside a village, and without a foot in it."""
    free = shapely.difference(led.line, shapely.buffer(area, _OFF_MM))
    parts = [p for p in shapely.get_parts(free) if p.length > 0]
    line = max(parts, key=shapely.length, default=led.line)
    return replace(led, line=line, has_foot=False)


def _up_to(led: Leader, spot: Spot) -> Leader:
    """Let a line end at the rim of a disc: places are found for the square around it."""
    start = shapely.get_coordinates(led.line)[0]
    away = np.array(spot) - start
    apart = float(np.hypot(*away))
    if apart <= RADIUS_MM:
        return led
    line = shapely.LineString([start, start + away * (1 - RADIUS_MM / apart)])
    return replace(led, line=line)


def _step() -> float:
    return 2 * RADIUS_MM + _GAP_MM
