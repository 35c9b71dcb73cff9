"""Villages without the detail that no map of the whole district shows, for very detailed layers.

Owns how much detail that is, and how fine villages stay. Every map simplifies them to its own
scale; with millions of points that takes seconds each time, so that it is done once for all maps
that show the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.maps import panel as panels
from fsva.sources.plain.shape_table import ShapeTable

# Layers of fewer points are simplified by each map as they are.
_MANY_POINTS = 500_000
# Of the detail of the main map, so that its own simplification finds what it needs.
_FINER = 0.5


@dataclass(frozen=True, eq=False)
class CoarseVillages:
    """Villages for maps that show nothing finer.

    Parameters
    ----------
    villages : ShapeTable
        The same rows; neighbours still share their borders.
    metres : float
        Their detail.
    """

    villages: ShapeTable
    metres: float


def coarse(villages: ShapeTable, layout: Layout) -> CoarseVillages | None:
    """Return villages half as coarse as the main map draws them; None where they have few points.

    Parameters
    ----------
    villages : ShapeTable
        A clean coverage in metres.
    layout : Layout
        Gives the scale and the detail of the main map.
    """
    if shapely.get_num_coordinates(villages.geometry).sum() < _MANY_POINTS:
        return None
    rules, box = layout.map, layout.boxes.box("map")
    around = villages.total_bounds
    main = panels.fit(around, villages.crs, box, rules.denominators, rules.margin)
    metres = _FINER * rules.tolerance / main.mm_per_metre
    simple: NDArray[np.object_] = shapely.coverage_simplify(villages.geometry, metres)
    return CoarseVillages(villages.with_geometry(simple), metres)
