"""Discs for villages on islets, on maps too small for insets: the cover and the summary.

Owns which villages have one. A village of many islets may cover much paper and still show its
class nowhere, so that its largest islet counts, not their sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.names import tokens
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.names.towns import SIGNED_MM2

# Land of less paper is an islet; villages of larger islands are as small as those of a mainland.
_ISLET_MM2 = 12.0
# For more villages than this there are no discs: they would show a few and hide the others.
_MOST = 2_000


def place(
    district: DrawnDistrict, layout: Layout, taken: Sequence[shapely.Geometry] = ()
) -> Tokens:
    """Place discs for the villages whose islets show too little of their class.

    Parameters
    ----------
    layout : Layout
        The width of coasts, which take paper off the islets.
    taken : sequence of Geometry
        Names.
    """
    small = _unseen(district, layout.lines.coast)
    if len(small) > _MOST:
        return Tokens(district.panel.box, {})
    return tokens.beside(district, small, taken, small)


def _unseen(district: DrawnDistrict, coast_mm: float) -> set[str]:
    """Return the villages that lie on islets, and show less than a disc there."""
    land = shapely.get_parts(district.outline())
    islets = land[shapely.area(land) < _ISLET_MM2]
    if not len(islets):
        return set()
    largest = _largest(district.areas)
    point = shapely.point_on_surface(largest)
    on_islet = np.unique(shapely.STRtree(islets).query(point, predicate="intersects")[0])
    inner = shapely.area(shapely.buffer(largest[on_islet], -coast_mm / 2))
    return {district.codes[n] for n in on_islet[inner < SIGNED_MM2].tolist()}


def _largest(areas: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the largest part of each area."""
    parts, owner = shapely.get_parts(areas, return_index=True)
    order = np.lexsort((shapely.area(parts), owner))
    last = np.append(np.flatnonzero(np.diff(owner[order])), len(order) - 1)
    found: NDArray[np.object_] = parts[order[last]]
    return found
