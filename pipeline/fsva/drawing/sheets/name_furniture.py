"""What stands beside map and table on the sheets of a name list: scale, place, sources, frames.

Owns the rooms of these sheets, which are cut from the boxes of the maps' layout.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.elements import furniture, north_and_scale, notes
from fsva.drawing.elements.notes import Paragraph
from fsva.drawing.maps import graticule
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Item, Mark, Shape, Stroke, box_shape, shape_of
from fsva.words.specification import MapSpecification

_GAP_MM = 2.0
_INDEX_SHARES = (0.36, 0.3, 0.24)  # of the width of the notes, the first with which they fit
_LOWEST_MM = 18.0
_AROUND_MM = 1.5
_FINE_MM = 0.15
_OUTLINE_MM, _PARTS_MM = 0.2, 0.06


@dataclass(frozen=True)
class NameSheetBoxes:
    """Where the parts of a sheet beside the map stand.

    Parameters
    ----------
    table, orientation, notes, index : Box
        The list; arrow and scale; sources; the map of where in the district the sheet lies.
    """

    table: Box
    orientation: Box
    notes: Box
    index: Box


def rooms(studio: Studio, shown: MapSpecification) -> NameSheetBoxes:
    """Cut the rooms from the boxes of the layout, the largest for the table.

    Parameters
    ----------
    studio : Studio
        Layout, and what the notes say.
    """
    boxes, gap = studio.layout.boxes, _GAP_MM * studio.layout.furniture
    way, legend, locator, below = (
        boxes.box(name) for name in ("orientation", "legend", "locator", "notes")
    )
    foot = _foot(studio, shown, below)
    if legend.left == locator.left == below.left:  # one above the other
        return NameSheetBoxes(_down_to(legend, foot.top + gap), way, *_parted(studio, shown, foot))
    if legend.bottom >= max(way.top, locator.top, below.top):  # the legend above the others
        high = max(way.height, foot.top - locator.bottom)
        way = Box(way.left, locator.bottom, way.width, high)
        return NameSheetBoxes(
            _down_to(legend, max(way.top, foot.top) + gap), way, *_parted(studio, shown, foot)
        )
    table = Box.around_all([legend, locator, way])
    if not any(table.overlaps(other) for other in (below, boxes.box("stamp"), boxes.box("map"))):
        way = Box(below.left, below.top - way.height, below.width, way.height)
        foot = Box(below.left, below.bottom, below.width, below.height - way.height - gap)
        return NameSheetBoxes(table, way, *_parted(studio, shown, foot))
    return NameSheetBoxes(legend, way, below, locator)


def _foot(studio: Studio, shown: MapSpecification, below: Box) -> Box:
    """Return as much of the box of the notes as notes and index map need."""
    needed = _needed(studio, shown, below.width * (1 - _INDEX_SHARES[0]))
    high = min(below.height, max(needed, _LOWEST_MM * studio.layout.furniture))
    return Box(below.left, below.bottom, below.width, high)


def _needed(studio: Studio, shown: MapSpecification, width: float) -> float:
    said = paragraphs(studio, shown)
    return notes.height(said, studio.faces, studio.layout.type.note, width)


def _down_to(box: Box, bottom: float) -> Box:
    return Box(box.left, bottom, box.width, box.top - bottom)


def _parted(studio: Studio, shown: MapSpecification, box: Box) -> tuple[Box, Box]:
    """Return the room of the notes and that of the index map to their right."""
    widths = [box.width * share for share in _INDEX_SHARES]
    fitting = (w for w in widths if _needed(studio, shown, box.width - w) <= box.height)
    width = next(fitting, widths[-1])
    return (
        Box(box.left, box.bottom, box.width - width, box.height),
        Box(box.right - width, box.bottom, width, box.height),
    )


def paragraphs(studio: Studio, shown: MapSpecification) -> list[Paragraph]:
    """Return what the notes of a sheet say.

    Parameters
    ----------
    studio : Studio
        Edition, projection, language.
    """
    settings, texts = studio.settings, studio.texts
    warning = [texts("peta.batas_skematis")] if settings.boundary.schematic else []
    of_classes = texts("daftar_nama.kelas_dari", nomor=shown.number)
    *_, borders, around = shown.sources
    return [
        *[Paragraph(line, "bold") for line in warning],
        *[Paragraph(line) for line in (of_classes, borders, around)],
        Paragraph(furniture.projection(studio)),
        *[Paragraph(line) for line in furniture.publisher(studio)],
    ]


def draw(
    studio: Studio, shown: MapSpecification, panel: Panel, rooms: NameSheetBoxes
) -> list[Item]:
    """Draw frames, coordinates, arrow and scale, and the notes.

    Parameters
    ----------
    rooms : NameSheetBoxes
        From ``rooms``.
    """
    layout, texts = studio.layout, studio.texts
    interval = graticule.interval_minutes(panel, layout.map.intervals, layout.map.spacing)
    size, ink = layout.type, layout.colours.ink
    said = paragraphs(studio, shown)
    return [
        *_frames(studio, rooms),
        *graticule.frame_labels(panel, interval, size.coordinate, ink, texts),
        *north_and_scale.draw(rooms.orientation, panel, layout, texts),
        *notes.draw(rooms.notes, said, layout, studio.faces, size.note),
    ]


def _frames(studio: Studio, rooms: NameSheetBoxes) -> list[Item]:
    boxes, lines, ink = studio.layout.boxes, studio.layout.lines, studio.layout.colours.ink
    bold, thin = Stroke(ink, lines.frame), Stroke(ink, lines.frame / 2)
    of_maps = [(boxes.box(name), bold) for name in ("frame", "map")]
    others = [boxes.box("title"), boxes.box("stamp"), rooms.table, rooms.orientation]
    of_maps += [(box, thin) for box in (*others, rooms.notes, rooms.index)]
    return [Mark(box_shape(box), stroke=stroke) for box, stroke in of_maps]


@dataclass(frozen=True, eq=False)
class IndexMap:
    """The small map of a district on which each sheet marks its part.

    Parameters
    ----------
    layout : Layout
        Colours and sizes.
    district : DrawnDistrict
        All villages.
    box : Box
        Room for its outline.
    """

    layout: Layout
    district: DrawnDistrict
    box: Box

    def items(self, codes: Collection[str]) -> list[Item]:
        """Show where in the district some villages lie."""
        colours = self.layout.colours
        member = np.array([code in codes for code in self.district.codes])
        part = self._small(shapely.union_all(self.district.areas[member]))
        return [
            Mark(box_shape(self.box), colours.paper),
            Mark(self._whole, colours.land, Stroke(colours.kabupaten_line, _OUTLINE_MM)),
            Mark(shape_of(part), colours.place, Stroke(colours.place, _PARTS_MM)),
        ]

    @cached_property
    def _whole(self) -> Shape:
        """The outline of the district, the same on all sheets."""
        return shape_of(self._small(self.district.outline()))

    def _small(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return an outline in the size of the index."""
        bounds = shapely.bounds(self.district.outline())
        inner = self.box.inset(_AROUND_MM * self.layout.furniture)
        factor = min(inner.width / (bounds[2] - bounds[0]), inner.height / (bounds[3] - bounds[1]))
        middle = (bounds[:2] + bounds[2:]) / 2
        simple = shapely.simplify(geometry, _FINE_MM / factor)
        moved: shapely.Geometry = shapely.transform(
            simple, lambda points: (points - middle) * factor + self.box.centre
        )
        return moved
