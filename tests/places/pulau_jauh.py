"""A kecamatan of Belu with an island far away: its first village, and an islet of its second."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import shapely
from shapely import affinity

from fsva.core.columns import PARENT
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.sources.plain.shape_table import ShapeTable
from tests.places import belu
from tests.places.framed import shape_table_of

FAR_M = 60_000.0


@cache
def kecamatan() -> tuple[Studio, ShapeTable]:
    """Return the largest kecamatan of Belu, its first village an island far at sea.

    The second one has an islet beside that island.
    """
    studio = belu.made().studio
    villages = studio.villages.geo_frame
    name = villages[PARENT].value_counts().index[0]
    first, second = villages.index[villages[PARENT] == name][:2]
    moved = affinity.translate(villages.loc[first, "geometry"], FAR_M, FAR_M)
    islet = shapely.box(*moved.bounds[2:], moved.bounds[2] + 700, moved.bounds[3] + 700)
    villages.loc[first, "geometry"] = moved
    both = shapely.union_all([villages.loc[second, "geometry"], islet])
    villages.loc[second, "geometry"] = both
    moved_apart = shape_table_of(villages)
    own = moved_apart.rows(moved_apart[PARENT] == name)
    return replace(studio, villages=moved_apart), own
