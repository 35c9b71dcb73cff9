"""The summary map on the paper of an atlas.

Owns the choice: the sheet as it is, made smaller, where its smallest letters stay readable;
else the same map drawn for the paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fsva.config.methods.method import Measure
from fsva.config.styles.chart_layouts import OverviewPlate
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.core.box import Box
from fsva.drawing.atlas import framed_page
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Placement, Sheet
from fsva.drawing.sheets import overview
from fsva.words.specification import MapSpecification

_GAP_MM, _ABOVE_MM = 2.8, 1.0
# How much of the paper's height the sheet must cover to be shown as it is.
_COVERED = 0.7


def placed(studio: Studio, plate: OverviewPlate, drawn: Sheet) -> Sheet | None:
    """Return the summary map on the paper of an atlas, or None where it would be too small.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes with which it was drawn.
    drawn : Sheet
        From ``fsva.drawing.sheets.overview``.
    """
    layout = studio.layout
    scale = min(layout.width / drawn.width_mm, layout.height / drawn.height_mm)
    smallest = min(plate.type.model_dump().values()) * scale
    if smallest < SMALLEST_TYPE_PT or drawn.height_mm * scale < _COVERED * layout.height:
        return None
    left, free = (
        (layout.width - drawn.width_mm * scale) / 2,
        layout.height - drawn.height_mm * scale,
    )
    bottom = free if studio.draft else free / 2  # the mark of a draft stands at the paper's edge
    return replace(
        drawn,
        width_mm=layout.width,
        height_mm=layout.height,
        placed=Placement(scale, left, bottom),
    )


def anew(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    measures: Mapping[str, Measure],
) -> Sheet:
    """Draw the summary map for the paper of an atlas.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes of type, lines and rows; the boxes are those of the paper.
    """
    layout, unit = studio.layout, studio.layout.furniture
    room, title = (
        _smaller(box, unit) for box in (framed_page.room(studio), layout.boxes.box("title"))
    )
    width, height = layout.width / unit, layout.height / unit
    # What fits on a few lines of a broader sheet takes more lines on this one.
    foot = plate.boxes.foot[3] * max(1.0, plate.width / width)
    bottom = room.bottom + foot + _GAP_MM
    boxes = plate.boxes.model_copy(
        update={
            "title": (title.left, title.bottom, title.width, title.height),
            "maps": (room.left, bottom, room.width, title.bottom - _ABOVE_MM - bottom),
            "foot": (room.left, room.bottom, room.width, foot),
        }
    )
    sizes = {"title": layout.type.title / unit, "subtitle": layout.type.subtitle / unit}
    changed = {
        "width": width,
        "height": height,
        "boxes": boxes,
        "type": plate.type.model_copy(update=sizes),
    }
    drawn = overview.sheet(studio, plate.model_copy(update=changed), maps, measures)
    return replace(
        drawn, width_mm=layout.width, height_mm=layout.height, placed=Placement(unit, 0.0, 0.0)
    )


def _smaller(box: Box, unit: float) -> Box:
    return Box(box.left / unit, box.bottom / unit, box.width / unit, box.height / unit)
