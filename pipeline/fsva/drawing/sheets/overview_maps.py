"""The small maps of the summary: villages drawn once, and set into a window per map.

Owns what all of them share: the panel, insets for islands that lie apart, discs of islets, fine
borders. Which window is whose is known to ``overview``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.chart_layouts import OverviewPlate
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import frames, packing
from fsva.drawing.framing.packing import InsetPlace, TitleStrip
from fsva.drawing.maps import class_numbers, second_channel
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.class_numbers import Numerals
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.second_channel import Channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset, inset_marks, islet_discs
from fsva.drawing.names.inset import Inset
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Item,
    Mark,
    Shape,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.sheets import class_areas
from fsva.drawing.sheets import sheet as map_sheets
from fsva.words.specification import MapSpecification

_MARGIN_MM = 0.5


def fine(layout: Layout, plate: OverviewPlate) -> Layout:
    """Return a layout with the borders, margins and letters of small maps."""
    widths = {
        "village": plate.panels.village,
        "kecamatan": plate.panels.kecamatan,
        "kabupaten": plate.panels.kabupaten,
    }
    thinnest = layout.theme.lines.of_villages(0.0)
    foot = (plate.type.foot,)
    sizes = layout.type.model_copy(
        update={"village": foot, "kecamatan": foot, "note": plate.type.foot - 0.5}
    )
    return layout.model_copy(
        update={
            "fitted": thinnest.model_copy(update=widths),
            "type": sizes,
            "map": layout.map.model_copy(update={"margin": _MARGIN_MM}),
        }
    )


@dataclass(frozen=True, eq=False)
class _Part:
    """The villages of the map, or of one of its insets, with their discs.

    Parameters
    ----------
    detail_mm : float or None
        Detail that paper does not show, where classes are drawn and not villages.
    """

    district: DrawnDistrict
    discs: Tokens
    layout: Layout
    detail_mm: float | None = None

    @cached_property
    def numerals(self) -> list[Numerals]:
        """The class numbers, where the theme has them."""
        if not self.layout.theme.numbers:
            return []
        return [class_numbers.place(self.district, (), self.layout)]

    @cached_property
    def channel(self) -> Channel:
        """The lines over the classes of villages without a number."""
        numbered = {code for numbers in self.numerals for code in numbers.places}
        return second_channel.prepare(self.district, self.layout.theme, numbered)

    @cached_property
    def borders(self) -> list[Item]:
        """The borders of kecamatan and district, the same on all maps."""
        # Without ground around it the district has no borders on land.
        return self.district.borders(self.layout, shapely.Polygon())

    def draw(self, shown: MapSpecification, studio: Studio) -> Iterator[Item]:
        """Draw fills, hatching, borders, numbers and discs in the colours of a map."""
        colours = map_sheets.class_colours(studio.method, shown)
        if self.detail_mm is not None:
            yield from class_areas.draw(studio, self.district, self.detail_mm, shown, self.layout)
        else:
            yield from self.district.fills(colours, self.layout)
            if hatched := self.channel.layer(shown, self.layout.theme):
                yield from hatched.items
        yield from self.district.village_lines(colours, self.layout)
        yield from self.borders
        for numbers in self.numerals:
            yield from numbers.layer(shown).items
        yield from self.discs.layer(colours, self.layout).items


@dataclass(frozen=True, eq=False)
class SmallMaps:
    """What the small maps share.

    Parameters
    ----------
    parts : tuple
        The map and its insets.
    around : tuple of Mark and Text
        Frames and titles of the insets.
    window : Box
        The first window, in which they stand.
    is_parted : bool
        Whether groups of islands stand side by side.
    """

    parts: tuple[_Part, ...]
    around: tuple[Item, ...]
    window: Box
    is_parted: bool = False

    @property
    def panel(self) -> Panel:
        """The panel of the map, or of one of its groups of islands, in the first window."""
        return self.parts[0].district.panel

    @property
    def has_discs(self) -> bool:
        """Whether discs stand for villages on islets."""
        return any(part.discs.places for part in self.parts)

    def draw(self, shown: MapSpecification, studio: Studio, window: Box) -> list[Item]:
        """Draw the villages in the colours of a map into its window."""
        offset = np.subtract(window.centre, self.window.centre)
        every = [*(item for part in self.parts for item in part.draw(shown, studio)), *self.around]
        return _moved(every, offset)


def prepare(studio: Studio, plate: OverviewPlate, window: Box) -> SmallMaps:
    """Draw what the small maps share.

    Only ground that would shrink the rest stands in insets: enlarged ground beside a map of the
    whole would leave so small a map no room. Else groups of islands far from each other stand side
    by side where that shows them larger.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes.
    window : Box
        The first of their windows; all are of one size.
    """
    villages, layout = studio.villages, fine(studio.layout, plate)
    frame = frames.of_islands(villages, layout, window)
    if frame is None or not all(one.is_far for one in frame.windows) or not frame.windows:
        if windows := frames.side_by_side(villages, layout, window):
            return _parted(studio, plate, windows, window)
        west, south, east, north = villages.total_bounds
        bounds = (west, south, east, north)
        panel = panels.fit(bounds, villages.crs, window, layout.map.denominators, _MARGIN_MM)
        return SmallMaps((_part(studio, plate, panel, layout),), (), window)
    strip = packing.strip(layout)
    places = [inset.of_window(villages, one, frame.panel, strip) for one in frame.windows]
    panels_of_all = (frame.panel, *(one.panel for one in places))
    parts = tuple(_part(studio, plate, panel, layout) for panel in panels_of_all)
    around = tuple(_around(studio, layout, parts[0].district, places))
    return SmallMaps(parts, around, window)


def _parted(
    studio: Studio, plate: OverviewPlate, windows: Sequence[InsetPlace], window: Box
) -> SmallMaps:
    """Draw groups of islands side by side, in frames without titles."""
    villages, layout = studio.villages, fine(studio.layout, plate)
    west, south, east, north = villages.total_bounds
    bounds = (west, south, east, north)
    whole = panels.fit(bounds, villages.crs, window, layout.map.denominators, _MARGIN_MM)
    strip = TitleStrip(0.0, 0.0, 0.0)
    places = [inset.of_window(villages, one, whole, strip) for one in windows]
    parts = tuple(_part(studio, plate, one.panel, layout) for one in places)
    line = Stroke(layout.colours.ink, layout.lines.frame / 4)
    frames_of = tuple(Mark(box_shape(one.panel.box), stroke=line) for one in places)
    return SmallMaps(parts, frames_of, window, is_parted=True)


def _part(studio: Studio, plate: OverviewPlate, panel: Panel, layout: Layout) -> _Part:
    """Draw the villages that a panel shows, cut off at its edge."""
    villages, tolerance = studio.villages_for(panel, plate.panels.tolerance)
    district = districts.on_panel(villages, panel, tolerance).cut_off()
    detail = plate.panels.tolerance
    due = class_areas.are_due(studio, district, layout)
    return _Part(district, islet_discs.place(district, layout), layout, detail if due else None)


def _around(
    studio: Studio, layout: Layout, main: DrawnDistrict, places: Sequence[Inset]
) -> Iterator[Item]:
    """Draw frames and titles of the insets."""
    small = replace(studio, layout=layout)
    marks = inset_marks.letters(len(places))
    stroke, ink = Stroke(layout.colours.ink, layout.lines.frame / 4), layout.colours.ink
    size = packing.title_pt(layout)
    for one, mark in zip(places, marks, strict=True):
        words = inset_marks.heading(small, mark, one.panel, main)
        x, middle = one.head.centre
        base = middle - CAP_HEIGHT / 2 * size * MM_PER_PT
        yield Mark(box_shape(one.box), stroke=stroke)
        yield Text(words, x, base, size, "bold", ink, "centre")


def _moved(items: Sequence[Item], offset: NDArray[np.float64]) -> list[Item]:
    """Return items elsewhere: all their points are moved at once."""
    parts = [part for item in items if isinstance(item, Mark) for part in item.shape.parts]
    points = np.concatenate([np.empty((0, 2)), *parts]) + offset
    ends = itertools.accumulate(map(len, parts), initial=0)
    pieces = (points[start:end] for start, end in itertools.pairwise(ends))
    x, y = offset.tolist()
    moved: list[Item] = []
    for item in items:
        if isinstance(item, Mark):
            shape = Shape(tuple(itertools.islice(pieces, len(item.shape.parts))), item.shape.closed)
            moved.append(Mark(shape, item.fill, item.stroke, item.code, item.tag))
        elif isinstance(item, Text):
            moved.append(replace(item, x=item.x + x, y=item.y + y))
        else:
            moved.append(item)
    return moved
