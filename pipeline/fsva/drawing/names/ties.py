"""Ties: the lines that join a detached part of a village to the village.

Owns which parts need one. A part among other villages would be taken for one of them, or for a
village without a name; an island at sea would not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.drawing.lettering.labels import inner_point
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.paper.scene import Item, Mark, Shape, Stroke, shape_of

# A smaller part is not seen as one.
_LEAST_MM2 = 0.3
_TOUCHING_MM = 0.05
# How far a line goes on into the village, so that both of its ends are seen to lie inside.
_INTO_MM = 1.2
_LINE_MM, _CASING_MM, _FOOT_MM = 0.22, 0.6, 0.4
_CLEAR_MM = 0.35


@dataclass(frozen=True, eq=False)
class Tie:
    """A line between two parts of a village.

    Parameters
    ----------
    code : str
        Kemendagri code.
    line : LineString
        From the detached part into the larger one.
    """

    code: str
    line: shapely.LineString

    def paper(self) -> shapely.Geometry:
        """Return the paper that the line takes."""
        return shapely.buffer(self.line, _CLEAR_MM, quad_segs=2)

    def draw(self, layout: Layout) -> list[Item]:
        """Draw the line with a light casing and a dot at both ends."""
        line = Shape((shapely.get_coordinates(self.line),), closed=False)
        ink, halo = layout.colours.ink, layout.colours.halo
        feet = shapely.buffer(shapely.get_point(self.line, [0, -1]), _FOOT_MM, quad_segs=4)
        return [
            Mark(line, stroke=Stroke(halo, _CASING_MM)),
            Mark(line, stroke=Stroke(ink, _LINE_MM)),
            *(Mark(shape_of(foot), ink, Stroke(halo, _LINE_MM / 2)) for foot in feet.tolist()),
        ]


def of(district: DrawnDistrict) -> tuple[Tie, ...]:
    """Return the ties of the villages that a panel shows.

    Parameters
    ----------
    district : DrawnDistrict
        Villages on a panel; parts off it need none.
    """
    shown = district.shown()
    several = np.flatnonzero(shapely.get_num_geometries(district.areas) > 1).tolist()
    tree = shapely.STRtree(district.areas)
    return tuple(
        Tie(district.codes[n], line) for n in several for line in _lines(n, shown[n], tree)
    )


def _lines(n: int, area: shapely.Geometry, tree: shapely.STRtree) -> Iterator[shapely.LineString]:
    """Yield a line for each part among other villages, to the nearest larger part."""
    parts = shapely.get_parts(area)
    parts = parts[shapely.area(parts) >= _LEAST_MM2]
    order = np.argsort(-shapely.area(parts), kind="stable")
    for place, k in enumerate(order[1:].tolist(), start=1):
        near = tree.query(parts[k], predicate="dwithin", distance=_TOUCHING_MM).tolist()
        if set(near) - {n}:
            larger = parts[order[:place]]
            body = larger[int(np.argmin(shapely.distance(larger, parts[k])))]
            yield _line(parts[k], body)


def _line(part: shapely.Geometry, body: shapely.Geometry) -> shapely.LineString:
    """Return a line from the middle of a part into the larger one."""
    start = inner_point(part)
    reached = shapely.get_coordinates(shapely.shortest_line(shapely.Point(start), body))[1]
    away = float(np.hypot(*(reached - start)))
    further = reached + (reached - start) / max(away, 1e-9) * _INTO_MM
    inside = shapely.contains_xy(body, *further)
    return shapely.LineString([start, further if inside else reached])
