"""Bar charts: how many villages a map has in each class.

Owns a chart's rows and where they stand. Its counts, names, ranges and colours are those of the
map's legend, so chart and map cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.elements.chart_paper import ChartPaper, ChartWords
from fsva.drawing.elements.title import balanced
from fsva.drawing.maps import second_channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Item,
    Mark,
    Sheet,
    Stroke,
    Text,
    box_shape,
    line_shape,
)
from fsva.index import summary
from fsva.words import alt_text
from fsva.words.legends import ranges
from fsva.words.specification import LegendRow, MapSpecification, district_name

_GAP_MM = 1.6
# The widest share, for which the column of shares has room.
_WHOLE = "(100,00%)"
_INTERVAL_STEP = 1.15


@dataclass(frozen=True)
class Bar:
    """One bar with its words.

    Parameters
    ----------
    row : LegendRow
        Class, colour, name, range and number of villages.
    percent : float or None
        Of the villages that have a class, two decimals; None for "no data".
    share : float
        Length, 0..1 of the longest bar.
    """

    row: LegendRow
    percent: float | None
    share: float


def bars(legend: Sequence[LegendRow]) -> tuple[Bar, ...]:
    """Return the bars of a legend's rows, in their order.

    Parameters
    ----------
    legend : sequence of LegendRow
        As on the map; a row without villages gives a bar of no length.

    Examples
    --------
    >>> rows = [LegendRow(0, "#FFFFFF", "Tidak ada data", "", 2),
    ...         LegendRow(1, "#111111", "Rentan", "", 6), LegendRow(2, "#222222", "Tahan", "", 3)]
    >>> [(bar.percent, bar.share) for bar in bars(rows)]
    [(None, 0.3333333333333333), (66.67, 1.0), (33.33, 0.5)]
    """
    counts = np.array([row.count for row in legend], dtype=np.int64)
    has_class = np.array([row.priority > 0 for row in legend])
    percent = summary.shares(counts, np.full_like(counts, counts[has_class].sum()))
    longest = max(int(counts.max()), 1)
    return tuple(
        Bar(row, float(part) if row.priority and not np.isnan(part) else None, row.count / longest)
        for row, part in zip(legend, percent.tolist(), strict=True)
    )


def sheet(
    studio: Studio,
    plate: ChartPlate,
    shown: MapSpecification,
) -> Sheet:
    """Draw the chart of a map, without a number: the caption below a chart gives it one.

    Parameters
    ----------
    plate : ChartPlate
        Sizes.
    shown : MapSpecification
        Gives name, classes and counts.
    """
    paper = ChartPaper(studio, plate, _words(studio, shown))
    room = _room(plate, paper.floor)
    return paper.sheet("bars", _rows(studio, plate, shown, room), room)


def _words(studio: Studio, shown: MapSpecification) -> ChartWords:
    """Return what stands around the bars of a map."""
    texts, settings = studio.texts, studio.settings
    where = district_name(settings, texts)
    return ChartWords(
        shown.name,
        texts("grafik.anak_judul", daerah=where, tahun=settings.year),
        f"{_counted(shown, texts)} {shown.sources[0]}",
        " ".join(shown.sources),
        _in_words(shown, texts),
    )


def _in_words(shown: MapSpecification, texts: Texts) -> str:
    """Say what the bars show."""
    intervals = [_range(row, shown, texts) for row in shown.legend]
    return alt_text.of_chart(shown, intervals, [bar.percent for bar in bars(shown.legend)], texts)


def _rows(studio: Studio, plate: ChartPlate, shown: MapSpecification, room: Box) -> list[Item]:
    drawn = bars(shown.legend)
    step = room.height / len(drawn)
    axis = line_shape((room.left, room.bottom), (room.left, room.top))
    items: list[Item] = []
    for place, bar in enumerate(drawn):
        middle = room.top - (place + 0.5) * step
        items += _label(studio, plate, bar.row, _range(bar.row, shown, studio.texts), middle)
        items += _bar(studio, plate, bar, Box(room.left, middle - step / 2, room.width, step))
    ink = studio.layout.colours.ink
    return [*items, Mark(axis, stroke=Stroke(ink, plate.bars.axis))]


def _range(row: LegendRow, shown: MapSpecification, texts: Texts) -> str:
    """Return the values of a class with their unit; categories have none."""
    if not shown.direction or row.interval in {"", ranges.NONE}:
        return row.interval
    return texts("grafik.rentang", rentang=row.interval, satuan=shown.unit)


def _label(
    studio: Studio, plate: ChartPlate, row: LegendRow, interval: str, middle: float
) -> list[Item]:
    """Write name and range beside a bar, the range below the name."""
    sizes, ink = plate.type, studio.layout.colours.ink
    right = plate.boxes.box("labels").right - _GAP_MM
    cap, small = (CAP_HEIGHT * size * MM_PER_PT for size in (sizes.label, sizes.interval))
    if not interval:
        return [Text(row.words, right, middle - cap / 2, sizes.label, colour=ink, align="right")]
    lines = _broken(studio, interval, sizes.interval, plate.boxes.box("labels").width - _GAP_MM)
    gap, step = (
        (0.9 if len(lines) == 1 else 0.6) * small,
        sizes.interval * MM_PER_PT * _INTERVAL_STEP,
    )
    base = middle + (cap + gap + small + (len(lines) - 1) * step) / 2 - cap
    first = base - gap - small
    return [
        Text(row.words, right, base, sizes.label, colour=ink, align="right"),
        *(
            Text(line, right, first - n * step, size, colour=ink, align="right")
            for n, (line, size) in enumerate(lines)
        ),
    ]


def label_width(studio: Studio, plate: ChartPlate, shown: MapSpecification) -> float:
    """Return the width of labels in which every range with its unit stands on one line."""
    face, size = studio.faces["regular"], plate.type.interval
    written = (_range(row, shown, studio.texts) for row in shown.legend)
    return max(face.width_mm(words, size) for words in written) + _GAP_MM


def _broken(studio: Studio, words: str, size: float, width: float) -> list[tuple[str, float]]:
    """Break a range with a long unit into lines; only a word wider than a line is made smaller."""
    face = studio.faces["regular"]
    values, bracket, unit = words.partition(" (")
    parts = [words] if not bracket or face.width_mm(words, size) <= width else [values, f"({unit}"]
    return [
        (line, size * min(1.0, width / face.width_mm(line, size)))
        for part in parts
        for line in balanced(part, face, size, width)
    ]


def _bar(studio: Studio, plate: ChartPlate, bar: Bar, room: Box) -> list[Item]:
    """Draw a bar; write the number of villages and their share in columns on the right."""
    texts, colours, size = studio.texts, studio.layout.colours, plate.type.value
    thick = room.height * plate.bars.share
    length = bar.share * room.width
    body = Box(room.left, room.centre[1] - thick / 2, length, thick)
    outline = Stroke(colours.village_line, plate.bars.line)
    base = room.centre[1] - CAP_HEIGHT * size * MM_PER_PT / 2
    count = texts("grafik.nilai", jumlah=texts.decimal(bar.row.count, 0))
    last = plate.boxes.box("head").right
    x = last - studio.faces["regular"].width_mm(_WHOLE, size) - _GAP_MM
    items: list[Item] = [Mark(box_shape(body), bar.row.colour)] if length else []
    if length and (hatch := studio.layout.theme.hatch(bar.row.most_vulnerable)):
        items.append(second_channel.swatch(body, hatch))
    items += [Mark(box_shape(body), stroke=outline)] if length else []
    items.append(Text(count, x, base, size, "bold", colours.ink, "right"))
    if bar.percent is not None:
        percent = texts("grafik.persen", persen=texts.decimal(bar.percent, 2))
        items.append(Text(percent, last, base, size, colour=colours.ink, align="right"))
    return items


def _counted(shown: MapSpecification, texts: Texts) -> str:
    """Say how many villages there are, and how many of them have a class."""
    known = sum(row.count for row in shown.legend if row.priority)
    total = len(shown.priorities)
    key = "jumlah" if known == total else "jumlah_tanpa" if known else "jumlah_kosong"
    numbers = {"jumlah": texts.decimal(total, 0), "berkelas": texts.decimal(known, 0)}
    return texts(f"grafik.{key}", **numbers)


def _room(plate: ChartPlate, floor: float) -> Box:
    """Return the room of the bars; a foot of many lines takes some of it."""
    room = plate.boxes.box("bars")
    bottom = max(room.bottom, floor)
    return Box(room.left, bottom, room.width, room.top - bottom)
