"""The classes of very many villages on small maps, those of one class as one area.

Owns when villages are drawn so, and the drawing. On a map whose villages are narrower than lines,
none can be told from the next of its class; of tens of thousands, areas and hatches for each would
take most of the time and memory of an atlas.
"""

from __future__ import annotations

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import second_channel
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Item, Mark, Stroke, shape_of
from fsva.drawing.sheets import sheet as map_sheets
from fsva.words.specification import MapSpecification


def are_due(studio: Studio, district: DrawnDistrict, layout: Layout) -> bool:
    """Tell whether a map of the whole shows classes and not villages.

    Parameters
    ----------
    district : DrawnDistrict
        Its villages on the map.
    layout : Layout
        Widths of lines.
    """
    return studio.levels.are_used and not district.has_village_lines(layout)


def draw(
    studio: Studio,
    district: DrawnDistrict,
    tolerance_mm: float,
    shown: MapSpecification,
    layout: Layout,
) -> list[Item]:
    """Draw fills and hatches of a map.

    Parameters
    ----------
    district : DrawnDistrict
        Gives the panel.
    tolerance_mm : float
        Detail that paper does not show.
    """
    panel = district.panel
    priorities = tuple(shown.priorities[str(code)] for code in studio.villages.index)
    ground = studio.levels.together(tolerance_mm / panel.mm_per_metre, priorities)
    paper = panel.to_paper(np.array([*ground.values()], dtype=object))
    areas = dict(zip(ground, districts.within(paper, panel.box), strict=True))
    colours = map_sheets.priority_colours(studio.method, shown)
    fills = [
        Mark(shape_of(area), colours[n], Stroke(colours[n], layout.lines.seam))
        for n, area in areas.items()
        if not shapely.is_empty(area)
    ]
    return [*fills, *second_channel.together(areas, shown, layout.theme)]
