"""The summary map: all maps of an atlas side by side on one sheet, with one legend.

Owns the grid of the small maps. Villages carry the colours of their maps and no names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.methods.method import Measure
from fsva.config.styles.chart_layouts import OverviewPlate
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip, title_logos
from fsva.drawing.maps import class_numbers, second_channel
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.second_channel import Channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, Face, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Item,
    Layer,
    Mark,
    Shape,
    Sheet,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.sheets import overview_counts
from fsva.words import alt_text, specification
from fsva.words.specification import MapSpecification, district_name

_LINE_STEP = 1.4
_MARGIN_MM = 0.5
_SWATCH_MM = (11.0, 6.0)


@dataclass(frozen=True)
class SheetGrid:
    """Cells of equal size, row after row from the upper left.

    Parameters
    ----------
    columns, rows : int
        How many.
    cells : tuple of Box
        As many as were asked for; the last row may be short of some.
    """

    columns: int
    rows: int
    cells: tuple[Box, ...]


def _always(_width: float) -> bool:
    return True


def grid(
    room: Box,
    count: int,
    gap: float,
    head: float,
    ratio: float,
    fits: Callable[[float], bool] = _always,
) -> SheetGrid:
    """Divide a room into the cells in which maps of one shape become largest.

    Parameters
    ----------
    room : Box
        Millimetres.
    count : int
        Cells that are needed, at least 1.
    gap : float
        Millimetres between cells.
    head : float
        Millimetres over each map for its words.
    ratio : float
        Width of the maps divided by their height.
    fits : callable
        Whether the words of a cell fit its width; where no width does, the widest cells are taken.

    Examples
    --------
    >>> wide = grid(Box(0, 0, 320, 160), 8, 4, 10, 1.0)
    >>> (wide.columns, wide.rows, len(wide.cells))
    (4, 2, 8)
    """
    every = [(-(-count // rows), rows) for rows in range(1, count + 1)]
    wide = [way for way in every if _cell(room, way, gap)[1] > head]
    ways = [way for way in wide if fits(_cell(room, way, gap)[0])] or wide[-1:] or every[:1]

    def height(way: tuple[int, int]) -> float:
        """Return the height of a row."""
        width, high = _cell(room, way, gap)
        return min(high - head, width / ratio)

    columns, rows = max(ways, key=height)
    width, high = _cell(room, (columns, rows), gap)
    cells = [
        Box(
            room.left + (n % columns) * (width + gap),
            room.top - (n // columns + 1) * high - (n // columns) * gap,
            width,
            high,
        )
        for n in range(count)
    ]
    return SheetGrid(columns, rows, tuple(cells))


def _cell(room: Box, way: tuple[int, int], gap: float) -> tuple[float, float]:
    columns, rows = way
    return (room.width - (columns - 1) * gap) / columns, (room.height - (rows - 1) * gap) / rows


def sheet(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    measures: Mapping[str, Measure],
) -> Sheet:
    """Draw the summary map.

    Parameters
    ----------
    plate : OverviewPlate
        Sizes.
    maps : sequence of MapSpecification
        Those to show, in their order.
    measures : mapping of str to Measure
        Indicators and composite by id, for the short names.
    """
    texts, settings = studio.texts, studio.settings
    room = plate.boxes.box("maps")
    head = plate.panels.head
    west, south, east, north = studio.villages.total_bounds.tolist()
    words = _Words(studio, plate, maps, measures)
    foot_mm = overview_counts.height(plate)
    cells = grid(
        room,
        len(maps) + 1,
        plate.panels.gap,
        head + foot_mm,
        (east - west) / (north - south),
        words.fits,
    ).cells
    windows = [Box(c.left, c.bottom + foot_mm, c.width, c.height - head - foot_mm) for c in cells]
    denominators = studio.layout.map.denominators
    bounds = (west, south, east, north)
    panel = panels.fit(bounds, studio.villages.crs, windows[0], denominators, _MARGIN_MM)
    drawn = _maps(studio, plate, maps, panel, windows)
    heading, written = _words(studio, plate, maps, words, cells)
    where = district_name(settings, texts)
    spoken = [
        f"{shown.title}. {alt_text.of_map(shown, studio.kecamatan, studio.method, texts)}"
        for shown in maps
    ]
    foot = _foot(studio, plate, maps, panel)
    whole = Sheet(
        plate.width,
        plate.height,
        f"{texts('grafik.judul_ringkasan')} - {where} {settings.year}",
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",)),
            Layer("villages", tuple(drawn), room, ("map",)),
            Layer("words", tuple(written), room, ("map",)),
            Layer("foot", tuple(foot), tag=("notes", "P 0")),
        ),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        source=" ".join(maps[-1].sources),
        in_words={"map": " ".join(spoken)},
    )
    return draft_strip.marked(whole, studio, plate.boxes.box("title").top)


def _maps(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    panel: Panel,
    windows: Sequence[Box],
) -> list[Item]:
    """Draw the villages once and set them, in the colours of each map, into its window."""
    district = districts.on_panel(studio.villages, panel, plate.panels.tolerance)
    layout = _fine(studio.layout, plate)
    written = [class_numbers.place(district, (), layout)] if layout.theme.numbers else []
    numbered = {code for numbers in written for code in numbers.places}
    lines = second_channel.prepare(district, layout.theme, numbered)
    # Without ground around it the district has no borders on land.
    edges = district.borders(layout, shapely.Polygon())
    borders = [mark for mark in edges if isinstance(mark, Mark)]
    drawn: list[Item] = []
    for shown, window in zip(maps, windows, strict=False):
        marks = _villages(district, shown, studio, layout, lines)
        offset = np.subtract(window.centre, panel.box.centre)
        above = [item for numbers in written for item in numbers.layer(shown).items]
        drawn += [_moved(item, offset) for item in [*marks, *borders, *above]]
    return drawn


def _villages(
    district: DrawnDistrict,
    shown: MapSpecification,
    studio: Studio,
    layout: Layout,
    channel: Channel,
) -> list[Mark]:
    """Draw fills, hatching and borders of the villages of one map."""
    by_class = {0: studio.method.no_data_colour} | {
        row.priority: row.colour for row in shown.legend
    }
    colours = {code: by_class[priority] for code, priority in shown.priorities.items()}
    hatched = channel.layer(shown, studio.layout.theme)
    items = [
        *district.fills(colours, layout),
        *(hatched.items if hatched else ()),
        *district.village_lines(colours, layout),
    ]
    return [item for item in items if isinstance(item, Mark)]


def _moved(item: Item, offset: NDArray[np.float64]) -> Item:
    if isinstance(item, Text):
        return replace(item, x=item.x + float(offset[0]), y=item.y + float(offset[1]))
    if isinstance(item, Mark):
        parts = tuple(part + offset for part in item.shape.parts)
        return replace(item, shape=Shape(parts, item.shape.closed))
    return item


def _fine(layout: Layout, plate: OverviewPlate) -> Layout:
    """Return a layout with the borders and class numbers of small maps."""
    widths = {
        "village": plate.panels.village,
        "kecamatan": plate.panels.kecamatan,
        "kabupaten": plate.panels.kabupaten,
    }
    thinnest = layout.theme.lines.of_villages(0.0)
    sizes = layout.type.model_copy(update={"village": (plate.type.foot,)})
    return layout.model_copy(update={"fitted": thinnest.model_copy(update=widths), "type": sizes})


def _words(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    names: _Words,
    cells: Sequence[Box],
) -> tuple[list[Item], list[Item]]:
    """Write the title, and over each small map its name with the legend in the last cell."""
    texts, settings = studio.texts, studio.settings
    where = texts("peta.anak_judul", daerah=district_name(settings, texts), tahun=settings.year)
    heading = texts("grafik.judul_ringkasan")
    sizes = studio.layout.type.model_copy(
        update={"title": plate.type.title, "subtitle": plate.type.subtitle}
    )
    layout = studio.layout.model_copy(update={"type": sizes})
    box = plate.boxes.box("title")
    titles = title_logos.heading(studio, box, heading.upper(), where.upper(), layout)
    items: list[Item] = []
    for shown, cell in zip(maps, cells, strict=False):
        items += _head(studio, plate, names.title(shown), cell)
        items += overview_counts.draw(studio, plate, shown, cell)
    return titles, [*items, *_legend(studio, plate, maps, cells[-1])]


@dataclass(frozen=True)
class _Words:
    """The titles of the small maps and the rows of the legend, and the room that they need."""

    studio: Studio
    plate: OverviewPlate
    maps: Sequence[MapSpecification]
    measures: Mapping[str, Measure]

    def title(self, shown: MapSpecification) -> str:
        """Return number and short name of a map."""
        texts = self.studio.texts
        name = self.measures[shown.measure_id].name[texts.language]
        return texts("grafik.panel", nomor=shown.number, nama=name)

    def fits(self, width: float) -> bool:
        """Tell whether titles have at most as many lines as their room, and the legend fits."""
        size, bold = self.plate.type.panel, self.studio.faces["bold"]
        lines = int((self.plate.panels.head - 1.5) / (size * MM_PER_PT * _LINE_STEP) + 0.3)
        titles = [wrap(self.title(shown), bold, size, width) for shown in self.maps]
        return (
            legend_width(self.studio, self.plate, self.maps) <= width
            and overview_counts.width(self.plate, self.maps) <= width
            and all(len(title) <= lines for title in titles)
            and all(bold.width_mm(line, size) <= width for title in titles for line in title)
        )


def _head(studio: Studio, plate: OverviewPlate, words: str, cell: Box) -> list[Item]:
    """Write number and name of a small map over it, in at most two lines."""
    size, ink = plate.type.panel, studio.layout.colours.ink
    step = size * MM_PER_PT * _LINE_STEP
    lines = _balanced(words, studio.faces["bold"], size, cell.width)
    bottom = cell.top - plate.panels.head + 1.5
    return [
        Text(line, cell.centre[0], bottom + n * step, size, "bold", ink, "centre")
        for n, line in enumerate(reversed(lines))
    ]


def _balanced(words: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Break words into as few lines as the width allows, of about the same length."""
    lines = wrap(words, face, size, width)
    narrower = lines
    while len(narrower) == len(lines) > 1 and width > 0:
        lines, width = narrower, width - 1
        narrower = wrap(words, face, size, width)
    return lines


def _legend_rows(studio: Studio, maps: Sequence[MapSpecification]) -> list[tuple[int, str, str]]:
    """Return number, colour and words of each class, and of no data where there is such a place."""
    method, texts = studio.method, studio.texts
    rows = [(c.number, c.colour, f"{c.number}  {c.name[texts.language]}") for c in method.classes]
    if any(row.priority == 0 and row.count for shown in maps for row in shown.legend):
        rows.insert(0, (0, method.no_data_colour, texts("peta.tanpa_data")))
    return rows


def legend_width(studio: Studio, plate: OverviewPlate, maps: Sequence[MapSpecification]) -> float:
    """Return the width of the legend in millimetres."""
    face, size = studio.faces["regular"], plate.type.legend
    return _SWATCH_MM[0] + 3 + max(face.width_mm(r[2], size) for r in _legend_rows(studio, maps))


def _legend(
    studio: Studio, plate: OverviewPlate, maps: Sequence[MapSpecification], cell: Box
) -> list[Item]:
    """Explain the colours once; ranges differ from map to map and stand on the maps."""
    texts, rows = studio.texts, _legend_rows(studio, maps)
    size, colours = plate.type.legend, studio.layout.colours
    wide, high = _SWATCH_MM
    step = high + 2.2
    left = cell.centre[0] - legend_width(studio, plate, maps) / 2
    top = cell.centre[1] + (len(rows) * step) / 2
    items: list[Item] = [Text(texts("grafik.legenda"), left, top + 2.5, size, "bold", colours.ink)]
    for n, (number, colour, words) in enumerate(rows):
        swatch = Box(left, top - n * step - high, wide, high)
        base = swatch.centre[1] - CAP_HEIGHT * size * MM_PER_PT / 2
        items.append(Mark(box_shape(swatch), colour))
        if number and (hatch := studio.layout.theme.hatch(number)):
            items.append(second_channel.swatch(swatch, hatch))
        items.append(Mark(box_shape(swatch), stroke=Stroke(colours.village_line, 0.2)))
        if number and studio.layout.theme.numbers:
            items += class_numbers.badge(str(number), *swatch.centre, _fine(studio.layout, plate))
        items.append(Text(words, swatch.right + 3, base, size, colour=colours.ink))
    return items


def _foot(
    studio: Studio, plate: OverviewPlate, maps: Sequence[MapSpecification], panel: Panel
) -> list[Item]:
    """Write scale, sources and compiler below the maps."""
    texts, settings, box = studio.texts, studio.settings, plate.boxes.box("foot")
    parts = [
        *([f"{texts('peta.batas_skematis')}."] if settings.boundary.schematic else []),
        *class_numbers.explained(studio.layout.theme, texts),
        texts("grafik.skala", penyebut=texts.decimal(panel.denominator, 0)),
        *maps[-1].sources,
        texts("peta.penyusun", penyusun=settings.compiler),
        texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
    ]
    size, ink = plate.type.foot, studio.layout.colours.ink
    lines = wrap(" ".join(parts), studio.faces["regular"], size, box.width)
    step = size * MM_PER_PT * _LINE_STEP
    top = box.top - CAP_HEIGHT * size * MM_PER_PT
    return [Text(line, box.left, top - n * step, size, colour=ink) for n, line in enumerate(lines)]
