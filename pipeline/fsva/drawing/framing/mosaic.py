"""A sheet of several maps: one per group of islands, of one scale, and a small one of the whole.

Owns how such a sheet is made of groups. ``fsva.drawing.framing.frames`` decides whether a district
has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.framing import packing, slicing, worth
from fsva.drawing.framing.islands import Group, Islands
from fsva.drawing.framing.packing import Grounds, InsetPlace, TitleStrip
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel

# Groups of which the larger ones have maps; maps of islands beside that of the whole.
_MOST_GROUPS = 16
_MOST_MAPS = 7
# The small map of the whole has at most this share of the paper, and of its width and height.
_SHARE, _SIDE = 0.08, 0.5
_LEAST_MM = 18.0
# Its title is longer than that of a group by this factor.
_TITLE_WIDTHS = 1.4
# Maps whose upper edges differ by less stand in one line to a reader.
_LINE_MM = 15.0
_GAP_MM = 1.5
# What each map takes from the worth; by which factor ground that is on no map of a group is smaller
# than on a map of the whole alone.
_PER_MAP, _SMALLER = 0.04, 2.6
# Paper for names beside the islands of a map, on either side.
_BESIDE_MM = 2.5


@dataclass(frozen=True)
class Mosaic:
    """Maps that fill the map's box of a sheet.

    Parameters
    ----------
    whole : Panel
        The small map of the whole district.
    head : Box
        Strip for its title.
    windows : tuple of InsetPlace
        The maps of the groups, as they are read.
    worth : float
        How well villages are seen, less the cost of the maps.
    """

    whole: Panel
    head: Box
    windows: tuple[InsetPlace, ...]
    worth: float


@dataclass(frozen=True, eq=False)
class IslandDistrict:
    """A district of islands and its paper.

    Parameters
    ----------
    islands : Islands
        Its parts.
    around : array of float, shape (4,)
        West, south, east, north, metres.
    alone : Panel
        The whole district, as large as the paper allows.
    denominators : tuple of int
        Round scales.
    strip : TitleStrip
        Room for the titles of maps.
    """

    islands: Islands
    around: NDArray[np.float64]
    alone: Panel
    denominators: tuple[int, ...]
    strip: TitleStrip


@dataclass(frozen=True, eq=False)
class _Division:
    """Groups that could have a map each.

    Parameters
    ----------
    extents : array of float, shape (n, 4)
        West, south, east, north of each, metres.
    denominator : int
        n of their scale 1 : n.
    worth : float
        What that would be worth.
    """

    extents: NDArray[np.float64]
    denominator: int
    worth: float


def best(district: IslandDistrict, least: float) -> Mosaic | None:
    """Return the maps that are worth most, or None.

    Parameters
    ----------
    least : float
        Maps must be worth more than this.
    """
    for division in _by_worth(district, least):
        if mosaic := _made(district, division):
            return mosaic
    return None


def _by_worth(district: IslandDistrict, least: float) -> list[_Division]:
    """Return the divisions that are worth more than the least, the best first."""
    found = (one for one in _divisions(district) if one.worth > least)
    return sorted(found, key=lambda one: -one.worth)


def side_by_side(district: IslandDistrict, least: float) -> tuple[InsetPlace, ...]:
    """Return maps of groups that fill the paper without one of the whole; none if not worth it.

    Parameters
    ----------
    least : float
        Maps must be worth more than this.
    """
    for division in _by_worth(district, least):
        extents = division.extents
        sizes = _least_sizes(district, extents, division.denominator)
        middles = (extents[:, :2] + extents[:, 2:]) / 2
        if boxes := slicing.cut(district.alone.box, sizes, middles, _GAP_MM):
            return tuple(_windows(division, boxes))
    return ()


def _divisions(district: IslandDistrict) -> Iterator[_Division]:
    """Yield groups that show the larger part of every village, at all scales that may fit."""
    islands, alone = district.islands, district.alone
    paper, whole = alone.box.width * alone.box.height, islands.areas.sum(axis=1)
    for groups in dict.fromkeys(_partings(islands)):
        shown = [island for group in groups for island in group]
        if not (islands.areas[:, shown].sum(axis=1) > whole / 2).all():
            continue
        extents = np.array([islands.extent(group) for group in groups])
        for n in district.denominators:
            sizes = _least_sizes(district, extents, n)
            if n >= alone.denominator or sizes.prod(axis=1).sum() > paper:
                continue
            scale = np.full(len(islands.bounds), alone.mm_per_metre / _SMALLER)
            scale[shown] = panels.MM_PER_M / n / alone.distortion
            most = np.log((islands.areas * scale**2).sum(axis=1))
            seen = (worth.of(islands.sizes(scale)) + worth.of(most)) / 2
            yield _Division(extents, n, seen - _PER_MAP * len(groups))


def _partings(islands: Islands) -> Iterator[tuple[Group, ...]]:
    """Yield groups of islands, and the same without islets that only add sea."""
    for count in range(2, min(_MOST_GROUPS, len(islands.bounds)) + 1):
        for groups in (islands.linked(count), islands.compact(count), islands.tight(count)):
            kept = tuple(g for g in groups if islands.matters(g))
            if 1 < len(kept) <= _MOST_MAPS:
                yield kept
                yield from islands.cores(kept)


def _least_sizes(
    district: IslandDistrict, extents: NDArray[np.float64], denominator: int
) -> NDArray[np.float64]:
    """Return the least width and height of the maps of groups, shape (n, 2), millimetres."""
    grounds = Grounds(extents, is_far=False, strip=district.strip)
    found = packing.sizes(grounds, denominator, district.alone.distortion)
    found[:, 0] += 2 * _BESIDE_MM
    return found


def _made(district: IslandDistrict, division: _Division) -> Mosaic | None:
    """Return the maps of a division; None where they do not find room."""
    alone, strip, extents = district.alone, district.strip, division.extents
    sizes = _least_sizes(district, extents, division.denominator)
    every = np.vstack([extents, district.around])
    boxes = slicing.cut(
        alone.box,
        np.vstack([sizes, _small_size(district)]),
        (every[:, :2] + every[:, 2:]) / 2,
        _GAP_MM,
    )
    if boxes is None:
        return None
    *of_groups, last = boxes
    windows = _windows(division, of_groups)
    windows.sort(key=lambda one: (-round(one.box.top / _LINE_MM), one.box.left))
    inner = Box(last.left, last.bottom, last.width, last.height - strip.height)
    head = Box(last.left, inner.top, last.width, strip.height)
    around, margin = _bounds(district.around), packing.MARGIN_MM
    fitted = panels.fit(around, alone.crs, inner, district.denominators, margin)
    return Mosaic(fitted, head, tuple(windows), division.worth)


def _windows(division: _Division, boxes: Sequence[Box]) -> list[InsetPlace]:
    """Return the maps of the groups of a division in their boxes."""
    return [
        InsetPlace(_bounds(extent), box, division.denominator, is_far=False, is_map=True)
        for extent, box in zip(division.extents, boxes, strict=True)
    ]


def _bounds(extent: NDArray[np.float64]) -> tuple[float, float, float, float]:
    west, south, east, north = extent.tolist()
    return west, south, east, north


def _small_size(district: IslandDistrict) -> NDArray[np.float64]:
    """Return the width and height of the small map of the whole with its title."""
    sides = district.around[2:] - district.around[:2]
    sides, box = sides / max(sides), district.alone.box
    longest = min(
        np.sqrt(_SHARE * box.width * box.height / max(sides.prod(), 0.2)),
        _SIDE * box.width / sides[0],
        _SIDE * box.height / sides[1],
    )
    wide, high = np.maximum(sides * longest + 2 * packing.MARGIN_MM, _LEAST_MM)
    return np.array([max(wide, _TITLE_WIDTHS * district.strip.width), high + district.strip.height])
