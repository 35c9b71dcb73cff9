"""Insets for ground whose villages are too small on the main map for the colour of their class.

Owns which ground that is and how far the main map moves aside. Islands are
``fsva.drawing.framing.frames``; insets for names alone, ``fsva.drawing.names.inset``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.framing import packing
from fsva.drawing.framing.packing import InsetPlace, TitleStrip
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel

# On A4, a village with less paper shows next to nothing beside its lines and the names over it.
SEEN_MM2 = 2.5
# Fewer villages than this, or a smaller share of all than this, are left to discs.
_LEAST, _SHARE = 6, 0.01
_MOST_INSETS = 2
# Where more villages than this are too small, insets could show only a few of them: there are none.
_MOST_SMALL = 2_000
# An inset is larger than the main map by a factor between these.
_LARGER, _LARGEST = 1.4, 3.2
# Largest share of the main map's width and height for an inset, and the smallest of its sides.
_WIDEST, _NARROWEST = (0.62, 0.55), 0.2
_ASPECTS = (2.4, 1.6, 1.0, 0.65)
_STEP_MM = 3.0
# Paper between two insets.
_ASIDE_MM = 1.0


@dataclass(frozen=True, eq=False)
class VillageGround:
    """The villages of a district, and the paper on which their sizes are judged.

    Parameters
    ----------
    geometry : array of Polygon and MultiPolygon, shape (n_villages,)
        In metres, a clean coverage.
    denominators : tuple of int
        Round scales.
    margin : float
        Paper between the district and the box, millimetres.
    strip : TitleStrip
        Room for the titles of insets.
    enough : float
        Square millimetres of a village that is large enough.
    """

    geometry: NDArray[np.object_]
    denominators: tuple[int, ...]
    margin: float
    strip: TitleStrip
    enough: float

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """West, south, east, north of each village in metres, shape (n_villages, 4)."""
        found: NDArray[np.float64] = shapely.bounds(self.geometry)
        return found

    @cached_property
    def areas(self) -> NDArray[np.float64]:
        """Square metres of each village."""
        found: NDArray[np.float64] = shapely.area(self.geometry)
        return found

    def seen(self, mm_per_metre: float) -> NDArray[np.bool_]:
        """Tell which villages are large enough at a scale."""
        large: NDArray[np.bool_] = self.areas * mm_per_metre**2 >= self.enough
        return large


def insets(ground: VillageGround, main: Panel) -> tuple[Panel, tuple[InsetPlace, ...]]:
    """Return the main map, moved aside if need be, and insets for its smallest villages.

    Parameters
    ----------
    main : Panel
        The whole district.

    Returns
    -------
    panel : Panel
        At the scale of ``main``.
    windows : tuple of InsetPlace
        Empty where the villages are large enough, or too few or very many are not, or there is
        no room.
    """
    small = ~ground.seen(main.mm_per_metre)
    least = max(_LEAST, _SHARE * len(small))
    if not least <= small.sum() <= _MOST_SMALL:
        return main, ()
    fine = 0.3 / main.mm_per_metre
    land = shapely.simplify(shapely.coverage_union_all(ground.geometry), fine)
    around = shapely.total_bounds(ground.geometry)
    panels_of = [packing.anchored(main, around, at, ground.margin) for at in packing.ANCHORS]
    rooms = [packing.room(panel, land) for panel in dict.fromkeys(panels_of)]
    firsts = [
        (_first(ground, panel, small, free), panel, free)
        for panel, free in zip(dict.fromkeys(panels_of), rooms, strict=True)
    ]
    first, panel, free = max(firsts, key=lambda one: one[0].gain if one[0] else 0)
    windows: list[InsetPlace] = []
    while first and first.gain >= least and len(windows) < _MOST_INSETS:
        windows.append(first.place)
        small = small & ~first.shown
        free = free.without_box(first.place.box.inset(-_ASIDE_MM))
        first = _first(ground, panel, small, free)
    return (panel if windows else main), tuple(windows)


@dataclass(frozen=True, eq=False)
class _Choice:
    """A possible inset.

    Parameters
    ----------
    place : InsetPlace
        Its ground, box and scale.
    shown : array of bool, shape (n_villages,)
        Villages that it shows whole and large enough.
    gain : int
        How many of them the main map does not show.
    """

    place: InsetPlace
    shown: NDArray[np.bool_]
    gain: int

    @property
    def denominator(self) -> int:
        """The smaller its scale, the more of the ground around an inset shows."""
        return self.place.denominator


def _first(
    ground: VillageGround, panel: Panel, left: NDArray[np.bool_], free: Vacancy
) -> _Choice | None:
    """Return the inset that shows the most villages which nothing shows yet."""
    return max(
        _choices(ground, panel, left, free), key=lambda c: (c.gain, c.denominator), default=None
    )


def _choices(
    ground: VillageGround, panel: Panel, left: NDArray[np.bool_], free: Vacancy
) -> Iterator[_Choice]:
    """Yield the best ground for each shape of inset that finds room, at each scale."""
    if not left.any():
        return
    boxes = list(_boxes(panel, free, ground.strip))
    for n in sorted(ground.denominators):
        if not n * _LARGER <= panel.denominator <= n * _LARGEST:
            continue
        scale = panels.MM_PER_M / n / panel.distortion
        for box in boxes:
            sides = np.array([box.width, box.height - ground.strip.height]) / scale
            yield _best(ground, left, sides, box, (n, scale))


def _boxes(panel: Panel, free: Vacancy, strip: TitleStrip) -> Iterator[Box]:
    """Yield the largest free box of each shape."""
    widest = _WIDEST[0] * panel.box.width
    least = (max(strip.width, _NARROWEST * panel.box.width), _NARROWEST * panel.box.height)
    for aspect in _ASPECTS:
        largest = None
        for width in np.arange(least[0], widest, _STEP_MM).tolist():
            height = width / aspect + strip.height
            if height < least[1] or height > _WIDEST[1] * panel.box.height:
                continue
            if (box := free.place(width, height)) is None:
                break
            largest = box
        if largest:
            yield largest


def _best(
    ground: VillageGround,
    left: NDArray[np.bool_],
    sides: NDArray[np.float64],
    box: Box,
    at_scale: tuple[int, float],
) -> _Choice:
    """Return the ground of an inset that shows the most villages which nothing else shows."""
    denominator, scale = at_scale
    seen = ground.seen(scale)
    some = ground.bounds[left]
    net = _net((some[:, :2] + some[:, 2:]) / 2, sides)
    inner = sides / 2 - packing.MARGIN_MM / 2 / scale
    wanted = ground.bounds[left & seen]
    across, along = (_within(wanted, axis, net[axis], inner[axis]) for axis in (0, 1))
    held = across @ along.T  # villages whole in the window at each point of the net
    column, row = divmod(int(np.argmax(held)), held.shape[1])
    middle = np.array([net[0][column], net[1][row]])
    (west, south), (east, north) = (middle - sides / 2).tolist(), (middle + sides / 2).tolist()
    shown = seen & (ground.bounds[:, :2] >= middle - inner).all(axis=1)
    shown &= (ground.bounds[:, 2:] <= middle + inner).all(axis=1)
    place = InsetPlace((west, south, east, north), box, denominator, is_far=False)
    return _Choice(place, shown, int(held[column, row]))


def _within(
    bounds: NDArray[np.float64], axis: int, middles: NDArray[np.float64], inner: float
) -> NDArray[np.float64]:
    """Return 1 for each village between the sides of a window, shape (n_middles, n_villages)."""
    low, high = middles - inner, middles + inner
    held = (bounds[:, axis] >= low[:, None]) & (bounds[:, axis + 2] <= high[:, None])
    return held.astype(np.float64)


def _net(middles: NDArray[np.float64], sides: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the lines of a net over the small villages, a sixth of a window apart."""
    low, high = middles.min(axis=0), middles.max(axis=0)
    steps = sides / 6
    return [np.arange(a, b + s, s) for a, b, s in zip(low, high, steps, strict=True)]


def paper_of(
    ground: VillageGround, main: Panel, windows: Sequence[InsetPlace]
) -> NDArray[np.float64]:
    """Return the square millimetres of each village where it is drawn largest, shape (n_villages,).

    Parameters
    ----------
    main : Panel
        The whole district.
    windows : sequence of InsetPlace
        Its insets.
    """
    scale = np.full(len(ground.areas), main.mm_per_metre)
    for window in windows:
        west, south, east, north = window.bounds
        b = ground.bounds
        inside = (b[:, 0] >= west) & (b[:, 1] >= south) & (b[:, 2] <= east) & (b[:, 3] <= north)
        scale[inside] = panels.MM_PER_M / window.denominator / main.distortion
    found: NDArray[np.float64] = ground.areas * scale**2
    return found
