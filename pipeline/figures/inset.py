"""The inset: a town whose villages are too small for their names, drawn larger in a free corner.

Owns the choice of what an inset shows, at which scale, and where it finds room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures import panel as panels
from pipeline.figures.panel import Panel
from pipeline.figures.scene import Box
from pipeline.layout import Layout

# Villages without room for their names are a town if they lie this near to each other.
_NEAR_MM = 5.0
_LEAST_VILLAGES = 3
_LARGEST_MM = (95.0, 80.0)
_HEAD_MM = 5.0
_MARGIN_MM = 2.0
_LEAST_GAIN = 1.5


@dataclass(frozen=True)
class Inset:
    """An inset and what it shows.

    Parameters
    ----------
    panel : Panel
        Its map.
    head : Box
        Strip above the map for its title.
    codes : tuple of str
        Villages for which it was made.
    """

    panel: Panel
    head: Box
    codes: tuple[str, ...]

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
    groups: list[set[int]] = []
    for n, area in enumerate(areas):
        near = set(np.flatnonzero(shapely.dwithin(area, areas, _NEAR_MM)).tolist()) | {n}
        touching = [g for g in groups if g & near]
        groups = [g for g in groups if not g & near] + [near.union(*touching)]
    return sorted((sorted(g) for g in groups), key=lambda g: (-len(g), g))


def find(
    villages: gpd.GeoDataFrame,
    nameless: Sequence[str],
    main: Panel,
    district: shapely.Geometry,
    layout: Layout,
) -> Inset | None:
    """Return the inset for the largest group of villages without room for their names.

    Parameters
    ----------
    villages : GeoDataFrame
        Indexed by Kemendagri code, geometry in metres.
    nameless : sequence of str
        Codes of the villages whose names do not fit on the main map.
    main : Panel
        The main map.
    district : Geometry
        Paper that the district covers.
    layout : Layout
        Round scales.

    Returns
    -------
    Inset or None
        None if there is no town or no free corner at a scale worth it.
    """
    small = villages.loc[list(nameless)]
    groups = clusters(main.to_paper(small.geometry.to_numpy())) if len(small) else []
    if not groups or len(groups[0]) < _LEAST_VILLAGES:
        return None
    town = small.iloc[groups[0]]
    codes = tuple(str(code) for code in town.index)
    blocked = shapely.buffer(district, _MARGIN_MM)
    shapely.prepare(blocked)
    west, south, east, north = town.total_bounds
    for denominator in sorted(layout.map.denominators):
        if denominator * _LEAST_GAIN > main.denominator:
            return None
        scale = panels.MM_PER_M / denominator
        width = (east - west) * scale + 2 * _MARGIN_MM
        height = (north - south) * scale + 2 * _MARGIN_MM
        if width > _LARGEST_MM[0] or height > _LARGEST_MM[1]:
            continue
        for box in corners(main.box, width, height + _HEAD_MM):
            if not shapely.intersects(blocked, box.polygon()):
                return _inset(box, codes, ((west + east) / 2, (south + north) / 2), main,
                              denominator)  # fmt: skip
    return None


def corners(frame: Box, width: float, height: float) -> list[Box]:
    """Return the places in the four corners of a frame where a box could stand.

    Parameters
    ----------
    frame : Box
        The map.
    width, height : float
        Size of the box, millimetres.
    """
    lefts = (frame.right - width - 1, frame.left + 1)
    bottoms = (frame.bottom + 1, frame.top - height - 1)
    return [Box(left, bottom, width, height) for bottom in bottoms for left in lefts]


def _inset(
    box: Box, codes: tuple[str, ...], centre: tuple[float, float], main: Panel, denominator: int
) -> Inset:
    inner = Box(box.left, box.bottom, box.width, box.height - _HEAD_MM)
    panel = Panel(inner, main.crs, centre, denominator, main.distortion)
    return Inset(panel, Box(box.left, inner.top, box.width, _HEAD_MM), codes)
