"""The charts of an atlas, several on a page of its paper.

Owns their cells. A chart is that of ``fsva.drawing.sheets.chart``, its bars as long and its rows
as high as its cell lets them be; its letters are as large as the notes of the maps.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.core.box import Box
from fsva.drawing.atlas import framed_page
from fsva.drawing.elements import draft_strip
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper import moving
from fsva.drawing.paper.scene import Layer, Placement, Sheet, Tag
from fsva.drawing.sheets import chart
from fsva.words import specification
from fsva.words.specification import MapSpecification

# Of a chart, before it is enlarged for its paper; one that has its page alone may be lower.
_LEAST_MM = (132.0, 84.0)
_ALONE_MM = 78.0
_MOST_MM = (190.0, 110.0)
_GAP_MM = 3.0
_BARS_MM = 36.0  # the least that is left for bars
# Types in the structure of a PDF.
_SECTION = "Sect"
_KINDS = {"title": "H2", "map": "Figure", "notes": "P"}


@dataclass(frozen=True)
class ChartGrid:
    """The cells of a page.

    Parameters
    ----------
    scale : float
        How much larger charts are than their own size.
    cells : tuple of Box
        Row after row.
    """

    scale: float
    cells: tuple[Box, ...]


def grid(room: Box, smallest_pt: float, wanted_pt: float) -> ChartGrid:
    """Part a room into cells for charts.

    Parameters
    ----------
    room : Box
        Millimetres.
    smallest_pt, wanted_pt : float
        Size of the smallest letters of a chart, and of those of the paper, in points.

    Examples
    --------
    >>> len(grid(Box(9, 9, 279, 174), 6, 6).cells), len(grid(Box(9, 9, 192, 260), 6, 6).cells)
    (4, 3)
    """
    wide, high = _LEAST_MM
    scale = min(wanted_pt / smallest_pt, room.width / wide, room.height / _ALONE_MM)
    gap = _GAP_MM * scale
    columns = max(1, int((room.width + gap) // (wide * scale + gap)))
    rows = max(1, int((room.height + gap) // (high * scale + gap)))
    size = [
        min((whole - gap * (count - 1)) / count, most * scale)
        for whole, count, most in zip(
            (room.width, room.height), (columns, rows), _MOST_MM, strict=True
        )
    ]
    left = room.left + (room.width - columns * size[0] - (columns - 1) * gap) / 2
    cells = tuple(
        Box(
            left + (n % columns) * (size[0] + gap),
            room.top - (n // columns + 1) * size[1] - (n // columns) * gap,
            *size,
        )
        for n in range(columns * rows)
    )
    return ChartGrid(scale, cells)


def sheets(
    studio: Studio, plate: ChartPlate, maps: Sequence[MapSpecification]
) -> tuple[list[Sheet], list[int]]:
    """Draw the charts of maps.

    Parameters
    ----------
    plate : ChartPlate
        Sizes of a chart.
    maps : sequence of MapSpecification
        At least one.

    Returns
    -------
    pages : list of Sheet
        In the order of the maps.
    places : list of int
        On which of them, from 0, the chart of each map stands.
    """
    cells = grid(framed_page.room(studio), plate.type.foot, studio.layout.type.note)
    groups = _shared_out(maps, len(cells.cells))
    fitted = _fitted(studio, plate, cells, maps)
    drawn = [
        _page(studio, fitted, group, cells, (n, len(groups)))
        for n, group in enumerate(groups, start=1)
    ]
    return drawn, [n for n, group in enumerate(groups) for _ in group]


def _shared_out(maps: Sequence[MapSpecification], most: int) -> list[Sequence[MapSpecification]]:
    """Share maps out among as few pages as they need, about as many on each."""
    pages = -(-len(maps) // most)
    each, more = divmod(len(maps), pages)
    ends = [0]
    for n in range(pages):
        ends.append(ends[-1] + each + (n < more))
    return [maps[a:b] for a, b in itertools.pairwise(ends)]


def _page(
    studio: Studio,
    plate: ChartPlate,
    maps: Sequence[MapSpecification],
    cells: ChartGrid,
    place: tuple[int, int],
) -> Sheet:
    texts, settings, layout = studio.texts, studio.settings, studio.layout
    number, count = place
    words = (
        texts("atlas.grafik")
        if count == 1
        else texts("atlas.grafik_lanjutan", nomor=number, jumlah=count)
    )
    bare = replace(studio, draft=draft_strip.unmarked(studio.draft))
    layers: list[Layer] = []
    spoken: dict[str, str] = {}
    for n, (shown, cell) in enumerate(zip(maps, cells.cells, strict=False)):
        drawn = chart.sheet(bare, plate, shown)
        where = Placement(cells.scale, cell.left, cell.bottom)
        for layer in drawn.layers:
            layers.append(moving.layer(layer, where, _tag(layer.tag, n)))
        spoken[" ".join(_tag(("map",), n))] = drawn.in_words["map"]
    made = Sheet(
        layout.width,
        layout.height,
        f"{words} - {maps[0].subtitle}",
        texts.language,
        (*framed_page.heading(studio, words, maps[0].subtitle), *layers),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        in_words=spoken,
        label=f"{texts('atlas.label_grafik')}{f' {number}' if count > 1 else ''}",
    )
    return draft_strip.marked(made, studio, layout.boxes.box("frame").top)


def _tag(tag: Tag, number: int) -> Tag:
    """Return what a part of a chart is on a page of several."""
    return "charts", f"{_SECTION} {number}", _KINDS[tag[0]]


def _fitted(
    studio: Studio, plate: ChartPlate, cells: ChartGrid, maps: Sequence[MapSpecification]
) -> ChartPlate:
    """Return the sizes of a chart for its cell: bars and rows take up the difference.

    Labels take width from the bars to keep each range on one line, as long as enough is left.
    """
    cell = cells.cells[0]
    width, height = cell.width / cells.scale, cell.height / cells.scale
    wider, higher = width - plate.width, height - plate.height
    boxes = plate.boxes
    head, labels, bars, foot = boxes.head, boxes.labels, boxes.bars, boxes.foot
    wanted = max(chart.label_width(studio, plate, shown) for shown in maps) - labels[2]
    shift = max(0.0, min(wanted, bars[2] + wider - _BARS_MM))
    changed = boxes.model_copy(
        update={
            "head": (head[0], head[1] + higher, head[2] + wider, head[3]),
            "labels": (*labels[:2], labels[2] + shift, labels[3] + higher),
            "bars": (bars[0] + shift, bars[1], bars[2] + wider - shift, bars[3] + higher),
            "foot": (foot[0], foot[1], foot[2] + wider, foot[3]),
        }
    )
    return plate.model_copy(update={"width": width, "height": height, "boxes": changed})
