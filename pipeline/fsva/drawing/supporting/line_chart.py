"""Lines over years: few rows in one panel, many in a panel each on one scale.

Owns the panels, the axis of years, and where the names of lines stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

import numpy as np

from fsva.core.box import Box
from fsva.drawing.paper.scene import (
    Item,
    Mark,
    Shape,
    Sheet,
    Stroke,
    Text,
    circle_shape,
    line_shape,
)
from fsva.drawing.supporting import number_axis
from fsva.drawing.supporting.chart_frame import ChartFrame
from fsva.drawing.supporting.number_axis import NumberAxis
from fsva.sources.supporting.printed_tables import Numbers
from fsva.words.supporting import table_words

_GAP_MM = 1.2
_YEARS_MM = 1.7  # below the axis, clear of its lowest number
_CORNERS = 24  # of a dot
_APART = 1.35  # lines of names, in heights of their letters


def sheet(frame: ChartFrame) -> Sheet:
    """Draw the rows of a table as lines over its years.

    Parameters
    ----------
    frame : ChartFrame
        Its table has years and at least one number.
    """
    table = frame.table
    numbers = [n for row in table.rows for n in row.values if n is not None]
    axis = number_axis.axis(numbers, from_zero=table.source.adds_up)
    few = len(table.rows) <= frame.look.lines.together
    return frame.sheet(list(_together(frame, axis) if few else _apart(frame, axis)))


def _together(frame: ChartFrame, axis: NumberAxis) -> Iterator[Item]:
    """Yield one panel with all lines, their names at the right."""
    room, size = frame.room, frame.plate.type.interval
    below = frame.cap(size) + _YEARS_MM + _GAP_MM
    named = len(frame.table.rows) > 1
    right = frame.look.room.name if named else frame.look.room.value
    panel = Box(
        room.left + frame.look.room.axis,
        room.bottom + below,
        room.width - frame.look.room.axis - right,
        room.height - below - 3 * _GAP_MM,
    )
    yield from _grid(frame, axis, panel, size)
    yield from _years(frame, panel, frame.table.columns, size)
    for n, (_, values) in enumerate(table_words.series(frame.table)):
        yield from _line(frame, axis, panel, values, frame.colour(n))
    yield from _names(frame, axis, panel, named=named)


def _apart(frame: ChartFrame, axis: NumberAxis) -> Iterator[Item]:
    """Yield a panel per row; only the first of a line of panels has numbers at its axis."""
    rows, room, size = table_words.series(frame.table), frame.room, frame.plate.type.foot
    per_row, gap = frame.look.lines.per_row, frame.look.lines.gap
    left = room.left + frame.look.room.axis
    width = (room.right - left - (per_row - 1) * gap - _GAP_MM) / per_row
    height = room.height / ceil(len(rows) / per_row)
    above, below = frame.cap(size) + 2 * _GAP_MM, frame.cap(size) + _YEARS_MM + _GAP_MM / 2
    for n, (label, values) in enumerate(rows):
        x, top = left + n % per_row * (width + gap), room.top - n // per_row * height
        panel = Box(x, top - height + below, width, height - above - below)
        yield from _grid(frame, axis, panel, size, numbers=n % per_row == 0)
        ends = (frame.table.columns[0], frame.table.columns[-1])
        yield from _years(frame, panel, ends, size)
        yield from _line(frame, axis, panel, values, frame.colour(0))
        yield Text(
            label, panel.left, panel.top + _GAP_MM, frame.fitting(label, size, width * 0.62),
            "bold", frame.ink,
        )  # fmt: skip
        last = table_words.number(values[-1], frame.table.digits, frame.studio.texts)
        yield Text(
            last, panel.right, panel.top + _GAP_MM, size, colour=frame.colour(0), align="right"
        )


def _grid(
    frame: ChartFrame, axis: NumberAxis, panel: Box, size: float, *, numbers: bool = True
) -> Iterator[Item]:
    stroke = Stroke(frame.look.grid, frame.look.lines.grid)
    shown = axis.ticks if numbers and len(axis.ticks) * frame.cap(size) * 2 < panel.height else (
        axis.ticks[0], axis.ticks[-1]
    )  # fmt: skip
    for tick in axis.ticks:
        y = panel.bottom + axis.share(tick) * panel.height
        yield Mark(line_shape((panel.left, y), (panel.right, y)), stroke=stroke)
        if numbers and tick in shown:
            words = frame.studio.texts.decimal(tick, axis.digits)
            base = y - frame.cap(size) / 2
            yield Text(words, panel.left - _GAP_MM, base, size, colour=frame.ink, align="right")


def _years(frame: ChartFrame, panel: Box, years: Sequence[str], size: float) -> Iterator[Item]:
    base = panel.bottom - _YEARS_MM - frame.cap(size)
    every = len(years) == len(frame.table.columns)
    for n, year in enumerate(years):
        x = _x(frame, panel, n) if every else (panel.left, panel.right)[n]
        align = "centre" if every else ("left", "right")[n]
        yield Text(year, x, base, size, colour=frame.ink, align=align)  # type: ignore[arg-type]


def _x(frame: ChartFrame, panel: Box, n: int) -> float:
    return panel.left + n / max(1, len(frame.table.columns) - 1) * panel.width


def _points(
    frame: ChartFrame, axis: NumberAxis, panel: Box, values: Numbers
) -> list[list[tuple[float, float]]]:
    """Return the points of a line, parted where numbers are not known."""
    parts: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            parts.append([])
        else:
            y = panel.bottom + axis.share(value) * panel.height
            parts[-1].append((_x(frame, panel, n), y))
    return [part for part in parts if part]


def _line(
    frame: ChartFrame, axis: NumberAxis, panel: Box, values: Numbers, colour: str
) -> Iterator[Item]:
    lines = frame.look.lines
    for part in _points(frame, axis, panel, values):
        if len(part) > 1:
            yield Mark(Shape((np.array(part),), closed=False), stroke=Stroke(colour, lines.width))
        for x, y in part:
            yield Mark(circle_shape(x, y, lines.dot, _CORNERS), colour)


def _names(frame: ChartFrame, axis: NumberAxis, panel: Box, *, named: bool) -> Iterator[Item]:
    """Yield names and last numbers beside the ends of the lines, moved apart where they meet."""
    size, texts = frame.plate.type.interval, frame.studio.texts
    ends = [
        (panel.bottom + axis.share(last) * panel.height, n, label, last)
        for n, (label, values) in enumerate(table_words.series(frame.table))
        if (last := values[-1]) is not None
    ]
    ends.sort(key=lambda end: (end[0], end[1]))
    step = frame.cap(size) * _APART + 0.4
    middles = [y - frame.cap(size) / 2 for y, *_ in ends]
    bases = _spread(middles, step, panel.bottom - step / 2, panel.top - step / 4)
    for base, (_, n, label, last) in zip(bases, ends, strict=True):
        number = texts.decimal(last, frame.table.digits)
        words = f"{label} {number}" if named else number
        room = (frame.look.room.name if named else frame.look.room.value) - 2 * _GAP_MM
        x = panel.right + 1.5 * _GAP_MM
        yield Text(words, x, base, frame.fitting(words, size, room), colour=frame.colour(n))


def _spread(bases: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Return places at least a step apart, first moved up, then down from the highest.

    Parameters
    ----------
    bases : sequence of float
        Ascending.
    """
    placed: list[float] = []
    for base in bases:
        low = max(base, low)
        placed.append(low)
        low += step
    for n in reversed(range(len(placed))):
        placed[n] = high = min(placed[n], high)
        high -= step
    return placed
