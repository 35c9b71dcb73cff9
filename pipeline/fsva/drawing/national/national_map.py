"""One map of many districts: areas filled by class or share, with a legend and notes.

Owns the sheet. The map lies in degrees, drawn as wide as they are at its middle, and is as large as
the paper lets it be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from fsva.config.styles.national_look import NationalLook
from fsva.core.box import Box
from fsva.core.texts import Language
from fsva.drawing.national import draft_mark
from fsva.drawing.paper.fonts import Faces, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Text,
    box_shape,
    shapes_of,
)
from fsva.sources.plain.arrays import Shapes

_LINE = 1.5
_BELOW_MM = 2.0  # between title and the strip of a draft


@dataclass(frozen=True)
class NationalRow:
    """A row of the legend.

    Parameters
    ----------
    colour : str
        Of the areas.
    words : str
        What they are, with their number.
    border : Stroke or None
        Around the sample, where it stands for a border.
    """

    colour: str
    words: str
    border: Stroke | None = None


@dataclass(frozen=True, eq=False)
class NationalMap:
    """What a map of many districts shows.

    Parameters
    ----------
    title : str
        Printed on top.
    shapes : array of Geometry
        Areas in degrees.
    colours : sequence of str
        The fill of each.
    codes : sequence of str
        Of each area.
    outlines : array of Geometry
        Districts, drawn over the areas.
    line_mm : float
        Width of the areas' borders.
    legend : sequence of NationalRow
        From the most vulnerable on.
    notes : sequence of str
        Below the map.
    told : str
        The map in words.
    drafts : array of Geometry
        Those of the outlines whose editions are drafts.
    marks : sequence of str
        What the strip of a draft may say, the longest first; none without drafts.
    """

    title: str
    shapes: Shapes
    colours: Sequence[str]
    codes: Sequence[str]
    outlines: Shapes
    line_mm: float
    legend: Sequence[NationalRow]
    notes: Sequence[str]
    told: str
    drafts: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))
    marks: Sequence[str] = ()


def sheet(shown: NationalMap, look: NationalLook, faces: Faces, language: Language) -> Sheet:
    """Draw a map.

    Parameters
    ----------
    shown : NationalMap
        At least one area.
    """
    line = look.text_pt * MM_PER_PT * _LINE
    width = look.width - 2 * look.margin
    said = [
        part for note in shown.notes for part in wrap(note, faces["regular"], look.text_pt, width)
    ]
    notes = said[: look.notes]
    foot = look.margin + line * (len(notes) + max(2, (len(shown.legend) + 2) // 3) + 1)
    top = look.height - look.margin - look.title_pt * MM_PER_PT * _LINE
    room = Box(look.margin, foot, width, top - foot)
    layers = (
        Layer("sea", (Mark(box_shape(room), look.sea),)),
        Layer("areas", tuple(_areas(shown, look, room)), room, ("map",)),
        Layer("frame", (Mark(box_shape(room), None, Stroke(look.ink, look.district_line)),)),
        Layer("title", (_title(shown, look),), None, ("title",), True),
        Layer("legend", tuple(_legend(shown, look, foot - line)), None, ("notes",), True),
        Layer("notes", tuple(_notes(notes, look, line)), None, ("notes",), True),
    )
    drawn = Sheet(
        look.width, look.height, shown.title, language, layers, in_words={"map": shown.told}
    )
    if not shown.marks:
        return drawn
    return draft_mark.marked(drawn, shown.marks, look.height - look.margin + _BELOW_MM, faces)


def _title(shown: NationalMap, look: NationalLook) -> Text:
    y = look.height - look.margin - look.title_pt * MM_PER_PT
    return Text(
        shown.title, look.width / 2, y, look.title_pt, "bold", look.ink, "centre", tag=("title",)
    )


def _areas(shown: NationalMap, look: NationalLook, room: Box) -> list[Item]:
    """Return the areas and the outlines of districts in millimetres."""
    placed = _Placing.of(shown.outlines, room)
    border = Stroke(look.ink, shown.line_mm)
    areas: list[Item] = [
        Mark(shape, colour, border, code)
        for shape, colour, code in zip(
            shapes_of(placed.on_paper(shown.shapes, look.tolerance)),
            shown.colours,
            shown.codes,
            strict=True,
        )
        if shape.parts
    ]
    outline = Stroke(look.ink, look.district_line)
    outlines = shapes_of(placed.on_paper(shown.outlines, look.tolerance))
    drafts = shapes_of(placed.on_paper(shown.drafts, look.tolerance))
    rows = [*((s, outline) for s in outlines), *((s, draft_mark.border()) for s in drafts)]
    return [*areas, *(Mark(shape, None, stroke) for shape, stroke in rows if shape.parts)]


@dataclass(frozen=True)
class _Placing:
    """The way from degrees to millimetres."""

    middle: tuple[float, float]
    centre: tuple[float, float]
    across: float
    along: float

    @classmethod
    def of(cls, shapes: Shapes, room: Box) -> _Placing:
        """Return the largest placing of shapes in a room."""
        west, south, east, north = shapely.total_bounds(shapes)
        flat = float(np.cos(np.radians((south + north) / 2)))
        scale = 0.96 * min(room.width / ((east - west) * flat), room.height / (north - south))
        middle = (float(west + east) / 2, float(south + north) / 2)
        centre = (room.left + room.width / 2, room.bottom + room.height / 2)
        return cls(middle, centre, scale * flat, scale)

    def on_paper(self, shapes: Shapes, tolerance_mm: float) -> Shapes:
        """Return shapes in millimetres, no finer than the paper shows."""
        factor = np.array([self.across, self.along])
        moved = shapely.transform(
            shapes, lambda points: (points - np.array(self.middle)) * factor + np.array(self.centre)
        )
        simple: Shapes = shapely.simplify(moved, tolerance_mm)
        return simple


def _legend(shown: NationalMap, look: NationalLook, top: float) -> list[Item]:
    """Return the rows of the legend in three columns."""
    line, per_column = look.text_pt * MM_PER_PT * _LINE, max(2, (len(shown.legend) + 2) // 3)
    items: list[Item] = []
    for n, row in enumerate(shown.legend):
        column, place = divmod(n, per_column)
        x, y = look.margin + column * look.legend, top - place * line
        swatch = Box(x, y - line * 0.15, line * 1.2, line * 0.7)
        border = row.border or Stroke(look.ink, look.district_line)
        items.append(Mark(box_shape(swatch), row.colour, border))
        items.append(Text(row.words, x + line * 1.7, y, look.text_pt, colour=look.ink))
    return items


def _notes(notes: Sequence[str], look: NationalLook, line: float) -> list[Item]:
    lowest = look.margin + line * (len(notes) - 1)
    return [
        Text(words, look.margin, lowest - n * line, look.text_pt, colour=look.ink)
        for n, words in enumerate(notes)
    ]
