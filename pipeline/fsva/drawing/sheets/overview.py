"""The summary map: all maps of an atlas side by side on one sheet, with one legend.

Owns the grid of the small maps. Villages carry the colours of their maps and no names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fsva.config.methods.method import Measure
from fsva.config.styles.chart_layouts import OverviewPlate
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip, title_logos
from fsva.drawing.elements.title import balanced
from fsva.drawing.maps import class_numbers, second_channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.sheets import overview_counts, overview_maps
from fsva.drawing.sheets.overview_grid import grid, with_large
from fsva.drawing.sheets.overview_maps import SmallMaps
from fsva.words import alt_text, specification
from fsva.words.specification import MapSpecification, district_name

_LINE_STEP = 1.4
_SWATCH_MM = (11.0, 6.0)
# Of the legend: beside and below a sample, and for its title.
_BESIDE_MM, _BELOW_MM, _TITLE_MM = 3.0, 2.2, 7.5
_ABOVE_MAP_MM, _MOST_LINES = 1.5, 5
# Between the counts of a large map and the legend under it.
_LEGEND_GAP_MM = 4.0


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
    words = _Words(studio, plate, maps, measures)
    cells = _windowed(words, room, has_large=maps[-1].measure_id == studio.method.composite.id)
    small = large = overview_maps.prepare(studio, plate, cells.windows[0])
    if small.has_discs:  # smaller maps would have more of them than land
        cells = _windowed(words, room, has_large=False)
        small = large = overview_maps.prepare(studio, plate, cells.windows[0])
    if cells.of_last.width > cells.windows[0].width:
        large = overview_maps.prepare(studio, plate, cells.of_last)
    each = [*[small] * (len(maps) - 1), large]
    drawn = [
        item
        for one, shown, window in zip(each, maps, cells.windows, strict=False)
        for item in one.draw(shown, studio, window)
    ]
    heading, written = _words(studio, plate, maps, words, cells)
    where = district_name(settings, texts)
    spoken = [
        f"{shown.title}. {alt_text.of_map(shown, studio.kecamatan, studio.method, texts)}"
        for shown in maps
    ]
    foot = _foot(studio, plate, maps, (small, large))
    whole = Sheet(
        plate.width,
        plate.height,
        f"{texts('grafik.judul_ringkasan')} - {where} {settings.year}",
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",)),
            Layer("villages", tuple(drawn), room, ("map",)),
            Layer("words", tuple(written), tag=("map",)),
            Layer("foot", tuple(foot), tag=("notes", "P 0")),
        ),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        source=" ".join(maps[-1].sources),
        in_words={"map": " ".join(spoken)},
    )
    return draft_strip.marked(whole, studio, plate.boxes.box("title").top)


def _windowed(words: _Words, room: Box, *, has_large: bool) -> _Cells:
    """Divide the room of the maps, that of the last one perhaps larger."""
    studio, plate, maps = words.studio, words.plate, words.maps
    west, south, east, north = studio.villages.total_bounds
    ratio, count = (east - west) / (north - south), len(maps) + 1
    gap, least = plate.panels.gap, plate.panels.head
    if has_large:
        rows = len(_legend_rows(studio, maps))
        high = _TITLE_MM + rows * (_SWATCH_MM[1] + _BELOW_MM) + _LEGEND_GAP_MM
        legend = (legend_width(studio, plate, maps, plate.type.legend), high)
        parted = with_large(room, count, gap, least, words.needed, ratio, legend)
    else:
        parted = grid(room, count, gap, least, words.needed, ratio)
    lines = overview_counts.lines(plate, maps, parted.cells[0].width) or 1
    foot = overview_counts.height(plate, lines)
    return _Cells(parted.cells, max(parted.head - foot, 0.0), lines, foot)


def _words(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    names: _Words,
    cells: _Cells,
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
    for shown, cell in zip(maps, cells.boxes, strict=False):
        items += _head(studio, plate, names.title(shown), cell, cells.head)
        items += overview_counts.draw(studio, plate, shown, cell, cells.lines)
    return titles, [*items, *_legend(studio, plate, maps, cells.boxes[-1])]


@dataclass(frozen=True)
class _Cells:
    """The cells, and how much of each the words over and the counts under its map take.

    Parameters
    ----------
    boxes : tuple of Box
        One per map, and the last for the legend.
    head : float
        Millimetres over a map.
    lines : int
        Lines of counts.
    foot : float
        Millimetres under a map for them.
    """

    boxes: tuple[Box, ...]
    head: float
    lines: int
    foot: float

    @property
    def windows(self) -> list[Box]:
        """Where the maps stand in their cells."""
        inner = self.head + self.foot
        return [Box(c.left, c.bottom + self.foot, c.width, c.height - inner) for c in self.boxes]

    @property
    def of_last(self) -> Box:
        """Where the last map stands."""
        return self.windows[-2]


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

    def needed(self, width: float) -> float | None:
        """Return what a cell of a width needs beside its map; None where its words do not fit."""
        size, bold = self.plate.type.panel, self.studio.faces["bold"]
        titles = [wrap(self.title(shown), bold, size, width) for shown in self.maps]
        lines = max(map(len, titles))
        counts = overview_counts.lines(self.plate, self.maps, width)
        fits = (
            lines <= _MOST_LINES
            and all(bold.width_mm(line, size) <= width for title in titles for line in title)
            and _legend_size(self.studio, self.plate, self.maps, width) >= SMALLEST_TYPE_PT
        )
        if not (fits and counts):
            return None
        head = _ABOVE_MAP_MM + ((lines - 1) * _LINE_STEP + CAP_HEIGHT) * size * MM_PER_PT
        return max(self.plate.panels.head, head) + overview_counts.height(self.plate, counts)


def _head(studio: Studio, plate: OverviewPlate, words: str, cell: Box, head: float) -> list[Item]:
    """Write number and name of a small map over it."""
    size, ink = plate.type.panel, studio.layout.colours.ink
    step = size * MM_PER_PT * _LINE_STEP
    lines = balanced(words, studio.faces["bold"], size, cell.width)
    bottom = cell.top - head + _ABOVE_MAP_MM
    return [
        Text(line, cell.centre[0], bottom + n * step, size, "bold", ink, "centre")
        for n, line in enumerate(reversed(lines))
    ]


def _legend_rows(studio: Studio, maps: Sequence[MapSpecification]) -> list[tuple[int, str, str]]:
    """Return number, colour and words of each class, and of no data where there is such a place."""
    method, texts = studio.method, studio.texts
    rows = [(c.number, c.colour, f"{c.number}  {c.name[texts.language]}") for c in method.classes]
    if any(row.priority == 0 and row.count for shown in maps for row in shown.legend):
        rows.insert(0, (0, method.no_data_colour, texts("peta.tanpa_data")))
    return rows


def legend_width(
    studio: Studio, plate: OverviewPlate, maps: Sequence[MapSpecification], size: float
) -> float:
    """Return the width of the legend in millimetres, in type of some size."""
    face, share = studio.faces["regular"], size / plate.type.legend
    words = max(face.width_mm(row[2], size) for row in _legend_rows(studio, maps))
    return (_SWATCH_MM[0] + _BESIDE_MM) * share + words


def _legend_size(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    width: float,
    height: float = math.inf,
) -> float:
    """Return the size of type at which the legend fits a cell: that of the sheet, or less."""
    size, rows = plate.type.legend, len(_legend_rows(studio, maps))
    high = rows * (_SWATCH_MM[1] + _BELOW_MM) + _TITLE_MM
    wide = legend_width(studio, plate, maps, size)
    return size * min(1.0, width / wide, height / high)


def _legend(
    studio: Studio, plate: OverviewPlate, maps: Sequence[MapSpecification], cell: Box
) -> list[Item]:
    """Explain the colours once; ranges differ from map to map and stand on the maps."""
    texts, rows, colours = studio.texts, _legend_rows(studio, maps), studio.layout.colours
    size = max(SMALLEST_TYPE_PT, _legend_size(studio, plate, maps, cell.width, cell.height))
    share = size / plate.type.legend
    wide, high = (side * share for side in _SWATCH_MM)
    step = high + _BELOW_MM * share
    left = cell.centre[0] - legend_width(studio, plate, maps, size) / 2
    top = min(
        cell.centre[1] + (len(rows) * step) / 2,
        cell.top - _TITLE_MM * share,
    )
    above = top + _TITLE_MM / 3 * share
    items: list[Item] = [Text(texts("grafik.legenda"), left, above, size, "bold", colours.ink)]
    for n, (number, colour, words) in enumerate(rows):
        swatch = Box(left, top - n * step - high, wide, high)
        base = swatch.centre[1] - CAP_HEIGHT * size * MM_PER_PT / 2
        items.append(Mark(box_shape(swatch), colour))
        if number and (hatch := studio.layout.theme.hatch(number)):
            items.append(second_channel.swatch(swatch, hatch))
        items.append(Mark(box_shape(swatch), stroke=Stroke(colours.village_line, 0.2)))
        if number and studio.layout.theme.numbers:
            items += class_numbers.badge(
                str(number), *swatch.centre, overview_maps.fine(studio.layout, plate)
            )
        x = swatch.right + _BESIDE_MM * share
        items.append(Text(words, x, base, size, colour=colours.ink))
    return items


def _foot(
    studio: Studio,
    plate: OverviewPlate,
    maps: Sequence[MapSpecification],
    drawn: tuple[SmallMaps, SmallMaps],
) -> list[Item]:
    """Write scale, sources and compiler below the maps."""
    texts, settings, box = studio.texts, studio.settings, plate.boxes.box("foot")
    small, large = (texts.decimal(one.panel.denominator, 0) for one in drawn)
    scale = texts("grafik.skala", penyebut=small)
    if small != large:
        scale = texts("grafik.skala_dua", kecil=small, besar=large)
    parts = [
        *([f"{texts('peta.batas_skematis')}."] if settings.boundary.schematic else []),
        *class_numbers.explained(studio.layout.theme, texts),
        scale,
        *([texts("grafik.berdampingan")] if any(one.is_parted for one in drawn) else []),
        *([texts("grafik.lingkaran")] if any(one.has_discs for one in drawn) else []),
        *maps[-1].sources,
        texts("peta.penyusun", penyusun=settings.compiler),
        texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
    ]
    size, ink = plate.type.foot, studio.layout.colours.ink
    lines = wrap(" ".join(parts), studio.faces["regular"], size, box.width)
    step = size * MM_PER_PT * _LINE_STEP
    top = box.top - CAP_HEIGHT * size * MM_PER_PT
    return [Text(line, box.left, top - n * step, size, colour=ink) for n, line in enumerate(lines)]
