"""The edge of a district: on land, where other land begins, and at the coast.

Owns the parting of the two and the strokes of borders above those of villages. The land around a
district comes from a coarse layer, so that it decides by nearness and short turns do not count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.paper.scene import Stroke

# Land nearer than this on paper to the edge of the district makes it a border on land.
_NEAR_MM = 0.9
# Land narrower than this between the district and the sea is an error of the coarse layer.
_NARROW_MM = 0.8
# Shorter pieces between two of the other kind are taken for these.
_SHORT_MM = 2.5
# Smaller parts have a coast all around, whatever the coarse layer draws beside them.
_ISLET_MM2 = 8.0
_COARSE_MM = 0.1


@dataclass(frozen=True)
class BorderStrokes:
    """How borders are drawn, from below.

    Parameters
    ----------
    kecamatan, kabupaten : tuple of Stroke
        The light casing and the dark line on it.
    coast : Stroke
        The district's edge at the sea, and all other coasts.
    """

    kecamatan: tuple[Stroke, Stroke]
    kabupaten: tuple[Stroke, Stroke]
    coast: Stroke


def strokes(layout: Layout) -> BorderStrokes:
    """Return the strokes of a theme, as wide as the map wants them."""
    lines, colours = layout.lines, layout.colours
    inner, outer = lines.kecamatan, lines.kabupaten
    return BorderStrokes(
        (
            Stroke(colours.halo, inner + 2 * lines.casing),
            Stroke(colours.kecamatan_line, inner),
        ),
        (
            Stroke(colours.halo, outer + 2 * lines.casing),
            Stroke(colours.kabupaten_line, outer, lines.dashes),
        ),
        Stroke(colours.coast, lines.coast),
    )


def parted(
    outline: shapely.Geometry, beyond: shapely.Geometry
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Part the edge of a district where the land around it ends.

    Parameters
    ----------
    outline : MultiLineString
        The edge, millimetres.
    beyond : Geometry
        Land outside the district, millimetres.

    Returns
    -------
    land, coast : Geometry
        Lines; together they are the whole edge.
    """
    half = _NARROW_MM / 2
    wide = shapely.buffer(shapely.buffer(beyond, -half, quad_segs=2), half, quad_segs=2)
    near = shapely.buffer(shapely.simplify(wide, _COARSE_MM), _NEAR_MM, quad_segs=2)
    large = _without_islets(outline)
    if shapely.is_empty(near) or shapely.is_empty(large):
        return shapely.MultiLineString(), outline
    land = _without_short(shapely.intersection(large, near))
    coast = shapely.difference(outline, shapely.buffer(land, 1e-6))
    short = _pieces(coast, longest=_SHORT_MM)
    between = short[shapely.dwithin(short, land, 1e-3) & ~shapely.is_closed(short)]
    if len(between):
        land = shapely.line_merge(shapely.union_all([land, *between]))
        coast = shapely.difference(outline, shapely.buffer(land, 1e-6))
    return land, coast


def _without_islets(outline: shapely.Geometry) -> shapely.Geometry:
    """Leave out the rings of small parts: a border on land would cover them."""
    pieces = _pieces(outline)
    rings = shapely.is_closed(pieces)
    size = np.full(len(pieces), np.inf)
    size[rings] = [shapely.Polygon(ring.coords).area for ring in pieces[rings]]
    kept: shapely.Geometry = shapely.MultiLineString(list(pieces[size > _ISLET_MM2]))
    return kept


def _without_short(lines: shapely.Geometry) -> shapely.Geometry:
    pieces = _pieces(lines)
    kept = pieces[shapely.length(pieces) >= _SHORT_MM]
    long: shapely.Geometry = shapely.MultiLineString(list(kept))
    return long


def _pieces(lines: shapely.Geometry, longest: float = np.inf) -> NDArray[np.object_]:
    """Return the connected pieces of lines up to a length."""
    pieces: NDArray[np.object_] = shapely.get_parts(shapely.line_merge(lines))
    pieces = pieces[shapely.get_dimensions(pieces) == 1]
    kept: NDArray[np.object_] = pieces[
        (shapely.length(pieces) < longest) & (shapely.length(pieces) > 0)
    ]
    return kept
