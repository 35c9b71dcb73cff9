"""The second channel: fine lines over the colours of classes, so that colour is not all.

Owns the lines. They follow one grid for the whole sheet and end at the borders of villages; they
are lines, not patterns, and so look the same in every viewer. Their directions, distances and
colours are the theme's. The bold hatching of single villages is ``pipeline.figures.hatching``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures.district import District
from pipeline.figures.scene import Box, Item, Layer, Mark, Points, Shape, Stroke
from pipeline.specification import MapSpecification
from pipeline.theme import Hatch, Theme

# A village that the grid all but misses gets a line through its middle.
_LEAST_MM = 0.8


@dataclass(frozen=True, eq=False)
class Channel:
    """The lines that every village of a panel would carry in each hatched class.

    Parameters
    ----------
    district : District
        Villages on the panel.
    lines : dict of Hatch to dict of str to tuple of array
        Hatch to Kemendagri code to lines, each shape (2, 2), millimetres of paper.
    """

    district: District
    lines: Mapping[Hatch, Mapping[str, tuple[Points, ...]]]

    def layer(self, one: MapSpecification, theme: Theme) -> Layer | None:
        """Return the lines of a map; None if no village of it is hatched.

        Parameters
        ----------
        one : MapSpecification
            Classes of the villages, and which classes each row of its legend joins.
        theme : Theme
            The hatch of each class.
        """
        items: list[Item] = []
        for row in one.legend:
            if hatch := theme.hatch(row.most_vulnerable):
                codes = (c for c in self.district.codes if one.priorities[c] == row.priority)
                parts = tuple(line for code in codes for line in self.lines[hatch][code])
                items += [_mark(parts, hatch)] if parts else []
        return Layer("class hatching", tuple(items), self.district.panel.box) if items else None


def prepare(district: District, theme: Theme) -> Channel:
    """Cut the grids of a theme to the villages of a panel, once for all maps.

    Parameters
    ----------
    district : District
        Villages on a panel.
    theme : Theme
        With hatches or without.
    """
    if theme.channel != "arsir":
        return Channel(district, {})
    shown = shapely.intersection(district.areas, district.panel.box.polygon())
    lines = {
        hatch: dict(zip(district.codes, _cut(shown, hatch), strict=True)) for hatch in theme.hatches
    }
    return Channel(district, lines)


def swatch(box: Box, hatch: Hatch) -> Mark:
    """Return the lines over a sample of the legend.

    Parameters
    ----------
    box : Box
        The sample.
    hatch : Hatch
        Of its class.
    """
    half, middle = (box.width / 2, box.height / 2), np.array(box.centre)
    area = shapely.box(-half[0], -half[1], *half)  # so that the lines lie evenly about its middle
    (lines,) = _cut(np.array([area], dtype=object), hatch)
    return _mark(tuple(line + middle for line in lines), hatch)


def _mark(lines: tuple[Points, ...], hatch: Hatch) -> Mark:
    return Mark(Shape(lines, closed=False), stroke=Stroke(hatch.colour, hatch.width))


def _cut(areas: NDArray[np.object_], hatch: Hatch) -> list[tuple[Points, ...]]:
    """Return the lines of a hatch within each area."""
    found: list[list[Points]] = [[] for _ in areas]
    for angle in hatch.angles:
        for own, pieces in zip(found, _cut_one_way(areas, angle, hatch.spacing), strict=True):
            own += pieces
    return [tuple(pieces) for pieces in found]


def _cut_one_way(areas: NDArray[np.object_], angle: float, spacing: float) -> list[list[Points]]:
    """Return the lines of one direction; those of two together would be cut at each crossing."""
    found = shapely.intersection(_grids(areas, angle, spacing), areas)
    missed = (shapely.length(found) < _LEAST_MM) & ~shapely.is_empty(areas)
    if missed.any():
        middles = shapely.get_coordinates(shapely.point_on_surface(areas[missed]))
        through = _grids(areas[missed], angle, spacing, middles)
        found[missed] = shapely.intersection(through, areas[missed])
    return [_pieces(lines) for lines in found]


def _grids(
    areas: NDArray[np.object_], angle: float, spacing: float, through: Points | None = None
) -> NDArray[np.object_]:
    """Return parallel lines over the bounds of each area, or only the one through a point."""
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    across = np.array([-along[1], along[0]])
    grids = np.full(len(areas), shapely.MultiLineString(), dtype=object)
    for n, (west, south, east, north) in enumerate(shapely.bounds(areas).tolist()):
        if np.isnan(west):
            continue
        corners = np.array([(west, south), (west, north), (east, south), (east, north)])
        steps, ends = corners @ across / spacing, corners @ along
        offsets = np.arange(np.ceil(steps.min()), np.floor(steps.max()) + 1) * spacing
        if through is not None:
            offsets = through[n : n + 1] @ across
        starts = offsets[:, None] * across
        lines = np.stack([starts + ends.min() * along, starts + ends.max() * along], axis=1)
        grids[n] = shapely.MultiLineString(list(lines))
    return grids


def _pieces(lines: shapely.Geometry) -> list[Points]:
    """Return straight pieces from end to end."""
    parts = shapely.get_parts(lines)
    parts = parts[shapely.get_dimensions(parts) == 1]
    coordinates, owner = shapely.get_coordinates(parts, return_index=True)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    stops = np.append(starts[1:], len(owner)) - 1
    return list(np.stack([coordinates[starts], coordinates[stops]], axis=1))
