"""Insets: towns whose villages are too small for their names, drawn larger on free paper.

Owns the choice of what an inset shows, at which scale, and where it finds room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.columns import PARENT
from fsva.drawing.framing import islands, packing
from fsva.drawing.framing.packing import MARGIN_MM, InsetPlace, TitleStrip
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

# Villages without room for their names form a town if they are this near to each other.
_NEAR_MM = 1.5
_LEAST_VILLAGES = 4
# Largest area on the main map of a village in a town.
_SMALL_MM2 = 60.0
# Largest share of the map's width and height for an inset.
_LARGEST = (0.5, 0.48)
# If a group is too wide for an inset, these shares of it are tried, at its densest part.
_CORES = (0.7, 0.5, 0.3)
# For more villages than this no inset is large enough to be useful.
_MOST_VILLAGES = 60


@dataclass(frozen=True)
class Inset:
    """An inset: its map, the strip for its title, its villages.

    Parameters
    ----------
    panel : Panel
        Its map.
    head : Box
        Strip above the map for its title.
    codes : tuple of str
        Villages for which it was made.
    is_far : bool
        Whether the main map does not show its ground.
    told : tuple of float or None
        West, south, east, north of the ground that the main map marks, where that is not all that
        the inset shows.
    """

    panel: Panel
    head: Box
    codes: tuple[str, ...]
    is_far: bool = False
    told: tuple[float, float, float, float] | None = None

    @property
    def box(self) -> Box:
        """Map and title together."""
        inner = self.panel.box
        return Box(inner.left, inner.bottom, inner.width, inner.height + self.head.height)


def clusters(areas: NDArray[np.object_]) -> list[list[int]]:
    """Group areas that lie near each other, the largest group first.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        In millimetres.

    Returns
    -------
    list of list of int
        Positions in ``areas``.
    """
    group = islands.components(areas, _NEAR_MM)
    order = np.argsort(group, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    return sorted((g.tolist() for g in groups), key=lambda g: (-len(g), g))


def towns(villages: ShapeTable, nameless: Sequence[str], main: Panel) -> list[ShapeTable]:
    """Return the groups of small villages without names, the largest first.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, geometry in metres.
    nameless : sequence of str
        Codes of the villages whose names do not fit on the main map.
    """
    at = np.array([villages.positions[code] for code in nameless], dtype=np.intp)
    geometry = villages.geometry
    small = at[shapely.area(geometry[at]) * main.mm_per_metre**2 < _SMALL_MM2]
    groups = clusters(main.to_paper(geometry[small])) if len(small) else []
    return [villages.rows(small[group]) for group in groups if len(group) >= _LEAST_VILLAGES]


def of_window(villages: ShapeTable, window: InsetPlace, main: Panel, strip: TitleStrip) -> Inset:
    """Return the inset of a group of islands.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, geometry in metres.
    window : InsetPlace
        From the frame of the district.
    strip : TitleStrip
        Room for its title.
    """
    west, south, east, north = window.bounds
    shown = villages.index[
        shapely.intersects(villages.geometry, shapely.box(west, south, east, north))
    ]
    centre = ((west + east) / 2, (south + north) / 2)
    codes = tuple(str(code) for code in shown)
    made = _inset(window.box, codes, centre, main, (window.denominator, strip))
    return replace(made, is_far=window.is_far, told=window.bounds if window.is_map else None)


def windows(
    villages: ShapeTable,
    town: ShapeTable,
    main: Panel,
    vacancy: Vacancy,
    layout: Layout,
) -> list[Inset]:
    """Return the insets that could show a group of villages.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, geometry in metres.
    town : ShapeTable
        Some of them.
    layout : Layout
        Round scales.

    Returns
    -------
    list of Inset
        At most two: whole kecamatan, which are easier to read, and the group alone; each at the
        largest scale that fits. Empty if there is no room at a useful scale.
    """
    whole = _with_whole_kecamatan(villages, town)
    placed = [
        _placed(whole, main, vacancy, layout, 2.0),
        _placed(town, main, vacancy, layout, 1.5),
    ]
    return [window for window in placed if window]


def cores(town: ShapeTable, main: Panel, vacancy: Vacancy, layout: Layout) -> list[Inset]:
    """Return possible insets of the densest part of a group that is too wide for one inset.

    Parameters
    ----------
    town : ShapeTable
        Villages without names, geometry in metres.
    layout : Layout
        Round scales.
    """
    if len(town) > _MOST_VILLAGES:
        return []
    counts = [max(_LEAST_VILLAGES, round(share * len(town))) for share in _CORES]
    closest = [town.rows(_closest(town, count)) for count in dict.fromkeys(counts)]
    windows = [_placed(core, main, vacancy, layout, 1.5) for core in closest]
    return [window for window in windows if window]


def _closest(town: ShapeTable, count: int) -> list[int]:
    """Return the positions of a number of villages in the densest part of a group."""
    points = shapely.get_coordinates(shapely.centroid(town.geometry))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    middle = int(np.argmin(np.sort(apart, axis=1)[:, count - 1]))
    nearest: list[int] = np.argsort(apart[middle], kind="stable")[:count].tolist()
    return sorted(nearest)


def _with_whole_kecamatan(villages: ShapeTable, town: ShapeTable) -> ShapeTable:
    """Add the other villages of every kecamatan if at least half of it belongs to the town."""
    every, enlarged = Counter(villages[PARENT]), Counter(town[PARENT])
    whole = {kecamatan for kecamatan, count in enlarged.items() if count >= every[kecamatan] / 2}
    return villages.rows(plain_table.is_in(villages[PARENT], whole) | villages.is_in(town.codes))


def _placed(
    town: ShapeTable,
    main: Panel,
    vacancy: Vacancy,
    layout: Layout,
    least_gain: float,
) -> Inset | None:
    """Return the inset at the largest scale for which there is room."""
    codes = tuple(str(code) for code in town.index)
    west, south, east, north = town.total_bounds
    strip = packing.strip(layout)
    for denominator in sorted(layout.map.denominators):
        if denominator * least_gain > main.denominator:
            break
        scale = panels.MM_PER_M / denominator / main.distortion
        width = (east - west) * scale + 2 * MARGIN_MM
        height = (north - south) * scale + 2 * MARGIN_MM
        if width > _LARGEST[0] * main.box.width or height > _LARGEST[1] * main.box.height:
            continue
        if box := vacancy.place(max(width, strip.width), height + strip.height):
            centre = ((west + east) / 2, (south + north) / 2)
            return _inset(box, codes, centre, main, (denominator, strip))
    return None


def _inset(
    box: Box,
    codes: tuple[str, ...],
    centre: tuple[float, float],
    main: Panel,
    drawn: tuple[int, TitleStrip],
) -> Inset:
    """Return an inset of some ground, at a scale and with a strip for its title."""
    denominator, strip = drawn
    inner = Box(box.left, box.bottom, box.width, box.height - strip.height)
    panel = Panel(inner, main.crs, centre, denominator, main.distortion)
    return Inset(panel, Box(box.left, inner.top, box.width, strip.height), codes)
