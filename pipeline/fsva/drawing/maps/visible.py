"""How much of the colour of its class a village shows on paper.

Owns the reckoning from geometry: the area of a village without the lines along it and without the
paper under names. Pixels are counted by ``benchmarks/warna_kelas.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.maps.district import DrawnDistrict

# A village with less of its colour on paper is as good as not drawn.
LEAST_MM2 = 1.0
# Larger villages show their class whatever lies over them.
_LARGE_MM2 = 60.0


def areas(
    district: DrawnDistrict, layout: Layout, papers: Sequence[shapely.Geometry] = ()
) -> dict[str, float]:
    """Return the paper in class colour of the villages that a panel shows, square millimetres.

    Parameters
    ----------
    layout : Layout
        Widths of lines.
    papers : sequence of Geometry
        What lies over the villages, millimetres. Large villages are not measured anew.
    """
    shown = district.shown()
    size = shapely.area(shown)
    small = np.flatnonzero((size < _LARGE_MM2) & (size > 0))
    if len(small):
        size[small] = shapely.area(_bare(district, shown[small], layout, papers))
    return dict(zip(district.codes, size.tolist(), strict=True))


def _bare(
    district: DrawnDistrict,
    shown: NDArray[np.object_],
    layout: Layout,
    papers: Sequence[shapely.Geometry],
) -> NDArray[np.object_]:
    """Return what lines and papers leave of some villages."""
    lines, edges = layout.lines, district.edges
    wide = [
        *shapely.buffer(shapely.get_parts(edges.kecamatan), lines.kecamatan / 2 + lines.casing),
        *shapely.buffer(shapely.get_parts(edges.outline), lines.coast / 2),
        *shapely.buffer(edges.between, lines.village / 2),
        *papers,
    ]
    bare = shown.copy()
    over = np.array(wide, dtype=object)
    village, thing = shapely.STRtree(over).query(bare, predicate="intersects")
    for n in np.unique(village).tolist():
        bare[n] = shapely.difference(bare[n], shapely.union_all(over[thing[village == n]]))
    return bare
