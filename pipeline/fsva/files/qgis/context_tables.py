"""The layers of a project beside the villages: borders, neighbours, land around, as tables.

Owns their shapes, taken from what the sheets are drawn with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.config.styles.locator_windows import Window
from fsva.core.box import Box
from fsva.core.columns import DISTRICT, PARENT
from fsva.drawing.maps import district, ground, panel, shores
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Mark
from fsva.files.layers.feature_tables import FeatureTable, multipart
from fsva.words import layer_fields

BORDERS, NEIGHBOURS, LAND = "garis", "tetangga", "daratan"
ON_LAND, COAST, SUBDISTRICT = DISTRICT, "pantai", PARENT
# Of the land around the district.
SHORE, COUNTRY, NEIGHBOUR = "pantai_sekitar", "negara", "tetangga"
_DEGREES = CRS.from_epsg(4326)
_MARGIN_DEGREES = 0.5


def whole_panel(studio: Studio, box: Box) -> Panel:
    """Return the panel of a map in a box that shows the whole district.

    Parameters
    ----------
    box : Box
        Millimetres on the sheet.
    """
    rules = studio.layout.map
    west, south, east, north = studio.villages.total_bounds
    bounds = (west, south, east, north)
    return panel.fit(bounds, studio.villages.crs, box, rules.denominators, rules.margin)


def tables(studio: Studio, shown: Panel, province: Window) -> tuple[FeatureTable, ...]:
    """Return borders, neighbours where they are known, and land.

    Parameters
    ----------
    shown : Panel
        Of the map.
    province : tuple of float
        West, south, east, north of the locator map in degrees.
    """
    # The box of the locator may be wider or higher than the window of the province.
    left, low, right, top = province
    more = max(right - left, top - low)
    windows = [shown.degrees(), (left - more, low - more, right + more, top + more)]
    west, south, east, north = (
        pick(corner) for pick, corner in zip((min, min, max, max), zip(*windows, strict=True),
                                             strict=True)
    )  # fmt: skip
    around = (west - _MARGIN_DEGREES, south - _MARGIN_DEGREES,
              east + _MARGIN_DEGREES, north + _MARGIN_DEGREES)  # fmt: skip
    return (borders(studio, shown), *_neighbours(studio, around), _land(studio, around))


def borders(studio: Studio, shown: Panel) -> FeatureTable:
    """Return the lines of the map: of kecamatan, the district's edge, and those around it."""
    drawn = district.on_panel(studio.villages, shown, 0.0)
    below = ground.draw(shown, studio.surroundings, drawn.outline(), studio.layout)
    on_land, coast = shores.parted(drawn.edges.outline, below.beyond)
    kinds = {SUBDISTRICT: drawn.edges.kecamatan, ON_LAND: on_land, COAST: coast}
    strokes = ground.line_strokes(studio.layout)
    for kind, stroke in zip((SHORE, COUNTRY, NEIGHBOUR), strokes, strict=True):
        marks = [item for item in below.items if isinstance(item, Mark) and item.stroke == stroke]
        parts = [shapely.LineString(part) for mark in marks for part in mark.shape.parts]
        kinds[kind] = shapely.intersection(shapely.MultiLineString(parts), shown.box.polygon())
    found = {kind: line for kind, line in kinds.items() if not shapely.is_empty(line)}

    def metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points in degrees as metres of the map."""
        return (points - shown.box.centre) / shown.mm_per_metre + shown.centre

    lines = [shapely.transform(_lines(line), metres) for line in found.values()]
    return FeatureTable(
        BORDERS,
        layer_fields.of_borders(),
        {"jenis": list(found)},
        np.array(lines, dtype=object),
        studio.villages.crs,
    )


def _lines(line: shapely.Geometry) -> shapely.Geometry:
    merged = shapely.get_parts(shapely.line_merge(line))
    return shapely.MultiLineString(list(merged[shapely.get_dimensions(merged) == 1]))


def _neighbours(studio: Studio, around: Window) -> list[FeatureTable]:
    known = studio.surroundings.neighbours
    if known is None:
        return []
    pairs = [known["jenis"].tolist(), known["nama"].tolist()]
    return _areas(NEIGHBOURS, ("jenis", "nama"), pairs, known.geometry, around)


def _land(studio: Studio, around: Window) -> FeatureTable:
    land = studio.surroundings.land
    pairs = [land["iso"].tolist(), land["nama"].tolist()]
    (table,) = _areas(LAND, ("iso", "nama"), pairs, land.geometry, around)
    return table


def _areas(
    name: str,
    columns: tuple[str, str],
    values: Sequence[Sequence[object]],
    shapes: NDArray[np.object_],
    around: Window,
) -> list[FeatureTable]:
    """Return areas as far as they lie in a window."""
    near = shapely.clip_by_rect(shapely.make_valid(shapes), *around)
    found = ~shapely.is_empty(near) & (shapely.get_dimensions(near) == 2)
    kept: list[int] = np.flatnonzero(found).tolist()
    cells = {
        column: [None if _is_blank(listed[n]) else str(listed[n]) for n in kept]
        for column, listed in zip(columns, values, strict=True)
    }
    fields = layer_fields.of_surroundings(columns)
    drawn = multipart(near[kept])
    return [FeatureTable(name, fields, cells, drawn, _DEGREES)] if len(kept) else []


def _is_blank(value: object) -> bool:
    return value is None or value != value
