"""The second channel: fine lines over the class colours, for readers who confuse the colours.

Owns the lines. They follow one grid for the whole sheet and end at the borders of villages; they
are lines, not patterns, and so look the same in every viewer. Their directions, distances and
colours are the theme's. The bold hatching of single villages is ``fsva.drawing.maps.hatching``.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.theme import Hatch, Theme
from fsva.core.box import Box
from fsva.drawing.maps.district import DrawnDistrict, within
from fsva.drawing.paper import turning
from fsva.drawing.paper.scene import Item, Layer, Mark, Points, Shape, Stroke
from fsva.words.specification import MapSpecification

# A village with hardly any line of the grid gets a line through its middle.
_LEAST_MM = 0.8
_SHORTEST_MM = 0.01


@dataclass(frozen=True, eq=False)
class Channel:
    """The lines that every village of a panel would carry in each hatched class.

    Parameters
    ----------
    district : DrawnDistrict
        Villages on the panel.
    lines : dict of Hatch to dict of str to tuple of array
        Hatch to Kemendagri code to lines, each shape (2, 2), millimetres of paper.
    """

    district: DrawnDistrict
    lines: Mapping[Hatch, Mapping[str, tuple[Points, ...]]]

    def layer(self, shown: MapSpecification, theme: Theme) -> Layer | None:
        """Return the lines of a map; None if no village of it is hatched.

        Parameters
        ----------
        shown : MapSpecification
            Classes of the villages, and which classes each row of its legend joins.
        """
        items: list[Item] = []
        for row in shown.legend:
            if hatch := theme.hatch(row.most_vulnerable):
                codes = (c for c in self.district.codes if shown.priorities[c] == row.priority)
                lines = self.lines[hatch]
                parts = tuple(line for code in codes for line in lines.get(code, ()))
                items += [_mark(parts, hatch)] if parts else []
        return Layer("class hatching", tuple(items), self.district.panel.box) if items else None


def prepare(district: DrawnDistrict, theme: Theme, numbered: Collection[str] = ()) -> Channel:
    """Cut the grids of a theme to the villages of a panel, once for all maps.

    Parameters
    ----------
    theme : Theme
        With hatches or without.
    numbered : collection of str
        Codes of villages that carry the number of their class and so need no lines.
    """
    if theme.channel == "tidak":
        return Channel(district, {})
    bare = [n for n, code in enumerate(district.codes) if code not in numbered]
    codes = [district.codes[n] for n in bare]
    shown = within(district.areas[bare], district.panel.box)
    lines = {hatch: dict(zip(codes, cut(shown, hatch), strict=True)) for hatch in theme.hatches}
    return Channel(district, lines)


def together(
    areas: Mapping[int, shapely.Geometry], shown: MapSpecification, theme: Theme
) -> list[Item]:
    """Draw the lines of a map over all villages of a class as one area.

    Parameters
    ----------
    areas : mapping of int to Polygon and MultiPolygon
        Priority class to its paper, millimetres.
    shown : MapSpecification
        As for ``Channel.layer``.
    """
    items: list[Item] = []
    for row in shown.legend:
        hatch = theme.hatch(row.most_vulnerable)
        if hatch and row.priority in areas:
            (lines,) = cut(np.array([areas[row.priority]], dtype=object), hatch)
            items += [_mark(lines, hatch)] if lines else []
    return items


@cache
def swatch(box: Box, hatch: Hatch) -> Mark:
    """Return the lines over a sample of the legend."""
    half, middle = (box.width / 2, box.height / 2), np.array(box.centre)
    area = shapely.box(-half[0], -half[1], *half)  # so that the lines lie evenly about its middle
    (lines,) = cut(np.array([area], dtype=object), hatch)
    return _mark(tuple(line + middle for line in lines), hatch)


def _mark(lines: tuple[Points, ...], hatch: Hatch) -> Mark:
    return Mark(Shape(lines, closed=False), stroke=Stroke(hatch.colour, hatch.width))


def cut(areas: NDArray[np.object_], hatch: Hatch) -> list[tuple[Points, ...]]:
    """Return the lines of a hatch within each area.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        Millimetres of paper.

    Returns
    -------
    list of tuple of array, length n
        Lines, each shape (2, 2), millimetres of paper.
    """
    drawn, owners = [], []
    for angle in hatch.angles:
        along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        lines, owner = _crossed(areas, along, hatch.spacing)
        lengths = np.bincount(
            owner, np.ptp(turning.along(lines, along), axis=1), minlength=len(areas)
        )
        missed = np.flatnonzero((lengths < _LEAST_MM) & ~shapely.is_empty(areas))
        if len(missed):
            kept = ~np.isin(owner, missed)
            middles = shapely.get_coordinates(shapely.point_on_surface(areas[missed]))
            through, number = _crossed(areas[missed], along, hatch.spacing, middles)
            lines = np.concatenate([lines[kept], through])
            owner = np.concatenate([owner[kept], missed[number]])
        drawn.append(lines)
        owners.append(owner)
    owner = np.concatenate(owners)
    pieces = list(np.concatenate(drawn)[np.argsort(owner, kind="stable")])
    ends = np.cumsum(np.bincount(owner, minlength=len(areas))).tolist()
    return [tuple(pieces[start:end]) for start, end in itertools.pairwise([0, *ends])]


def _crossed(
    areas: NDArray[np.object_], along: Points, spacing: float, through: Points | None = None
) -> tuple[Points, NDArray[np.int64]]:
    """Return the parts of parallel lines that lie within areas, and in which area each lies.

    The lines are those of one grid, or one line through a point of each area. A line enters and
    leaves an area where it crosses the rings: along the line, crossings come in pairs.
    """
    across = np.array([-along[1], along[0]])
    parts, part_owner = shapely.get_parts(areas, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    owner = part_owner[ring_part[ring]]
    origin = np.zeros(len(areas)) if through is None else turning.along(through, across) / spacing
    place = turning.along(points, across) / spacing - origin[owner]
    way = turning.along(points, along)
    edge = np.flatnonzero(ring[1:] == ring[:-1])
    # Lines n with low <= n < high cross an edge, so that a corner on a line counts once.
    low = np.ceil(np.minimum(place[edge], place[edge + 1])).astype(np.int64)
    counts = np.ceil(np.maximum(place[edge], place[edge + 1])).astype(np.int64) - low
    edge, first = np.repeat(edge, counts), np.repeat(np.cumsum(counts) - counts, counts)
    number = np.repeat(low, counts) + np.arange(len(edge)) - first
    share = (number - place[edge]) / (place[edge + 1] - place[edge])
    crossing = way[edge] + share * (way[edge + 1] - way[edge])
    order = np.lexsort((crossing, number, owner[edge]))
    if through is not None:
        order = order[number[order] == 0]
    ends = crossing[order].reshape(-1, 2)
    of_line, of_area = number[order][::2], owner[edge][order][::2]
    aside = ((of_line + origin[of_area]) * spacing)[:, None, None] * across
    lines = ends[:, :, None] * along + aside
    long = ends[:, 1] - ends[:, 0] > _SHORTEST_MM
    return lines[long], of_area[long]
