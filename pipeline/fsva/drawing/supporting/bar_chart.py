"""Bars: a group per row, a bar per column of numbers.

Owns the places of groups and bars, and the legend of the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fsva.core.box import Box
from fsva.drawing.paper.scene import Item, Mark, Sheet, Stroke, Text, box_shape, line_shape
from fsva.drawing.supporting.chart_frame import ChartFrame
from fsva.sources.supporting.printed_tables import PrintedRow
from fsva.words.supporting import table_words

_GAP_MM = 1.6
_SWATCH_MM = 2.4


def sheet(frame: ChartFrame) -> Sheet:
    """Draw the rows of a table as groups of bars.

    Parameters
    ----------
    frame : ChartFrame
        Its table has numbers of zero and more.
    """
    return frame.sheet(list(_items(frame)))


def _items(frame: ChartFrame) -> Iterator[Item]:
    table, look, room = frame.table, frame.look.room, frame.room
    legend = look.legend if len(table.columns) > 1 else 0.0
    bars = Box(
        room.left + look.label,
        room.bottom,
        room.width - look.label - look.value,
        room.height - legend,
    )
    if legend:
        yield from _legend(frame, Box(bars.left, bars.top, bars.width, legend))
    numbers = [abs(n) for row in table.rows for n in row.values if n is not None]
    longest = max(numbers, default=Decimal(0)) or Decimal(1)
    step = bars.height / len(table.rows)
    for place, row in enumerate(table.rows):
        group = Box(bars.left, bars.top - (place + 1) * step, bars.width, step)
        yield from _group(frame, row, group, longest)
    axis = line_shape((bars.left, bars.bottom), (bars.left, bars.top))
    yield Mark(axis, stroke=Stroke(frame.ink, frame.plate.bars.axis))


def _legend(frame: ChartFrame, room: Box) -> Iterator[Item]:
    size, x = frame.plate.type.interval, room.left
    for n, column in enumerate(map(table_words.column_name, frame.table.columns)):
        base = room.centre[1] - frame.cap(size) / 2
        swatch = Box(x, room.centre[1] - _SWATCH_MM / 2, _SWATCH_MM, _SWATCH_MM)
        yield Mark(box_shape(swatch), frame.colour(n))
        yield Text(column, swatch.right + _GAP_MM, base, size, colour=frame.ink)
        x = swatch.right + 3 * _GAP_MM + frame.width(column, size)


def _group(frame: ChartFrame, row: PrintedRow, group: Box, longest: Decimal) -> Iterator[Item]:
    sizes, label = frame.plate.type, frame.look.room.label
    size = min(sizes.label, max(sizes.foot, sizes.label * group.height / 5))
    size = frame.fitting(row.label, size, label - 2 * _GAP_MM)
    base = group.centre[1] - frame.cap(size) / 2
    x = group.left - _GAP_MM
    yield Text(row.label, x, base, size, colour=frame.ink, align="right")
    thick = group.height * frame.look.bars.share / len(row.values)
    top = group.centre[1] + thick * len(row.values) / 2
    for n, value in enumerate(row.values):
        bar = Box(group.left, top - (n + 1) * thick, _length(value, longest, group), thick)
        if bar.width:
            yield Mark(box_shape(bar), frame.colour(n))
        words = table_words.number(value, frame.table.digits, frame.studio.texts)
        if thick >= frame.cap(sizes.foot):
            base = bar.centre[1] - frame.cap(sizes.foot) / 2
            yield Text(words, bar.right + _GAP_MM / 2, base, sizes.foot, colour=frame.ink)


def _length(value: Decimal | None, longest: Decimal, group: Box) -> float:
    return 0.0 if value is None else float(abs(value) / longest) * group.width
