"""The classes of a legend: what is measured, a row per class, totals, what hatching is for.

Owns the flow of these parts down the box and their type size, which is that of all maps of an
edition. Every map has the same rows at the same places; empty classes stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsva.config.styles.layout import SMALLEST_TYPE_PT, Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.maps import class_numbers, hatching, second_channel
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, line_height, wrap
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape
from fsva.words.legends import legend_words
from fsva.words.specification import LegendRow, MapSpecification

SWATCH_MM = 8.5
PAD_MM = 2.5
GAP_MM = 1.8
_STEP = 1.16  # of a line's height
_ROW_GAP_MM = 1.0
_LOWEST_MM = 3.2  # of a sample
_COLUMN_MM = 4.0  # between names and ranges
_LEAST_GAP_MM = 0.9
_MOST_ROW_MM = 1.6  # how much further apart rows are set where there is room
_ROW_SHARE = 0.4  # of what a gap between parts gets
_SIZE_STEP = 0.1


_Line = tuple[str, int]  # of a row, with its cell: 0 the name, 1 the range


@dataclass(frozen=True)
class LegendRoom:
    """Where and with what a legend is set.

    Parameters
    ----------
    box : Box
        The legend without the samples of lines at its foot.
    layout : Layout
        Type sizes, colours.
    texts : Texts
        Words.
    faces : Faces
        For measuring.
    """

    box: Box
    layout: Layout
    texts: Texts
    faces: Faces

    @property
    def unit(self) -> float:
        """How much larger furniture is than on A4."""
        return self.layout.furniture

    @property
    def width(self) -> float:
        """Room of a line across the box, millimetres."""
        return self.box.width - 2 * PAD_MM * self.unit

    @property
    def beside(self) -> float:
        """Room of a line beside a sample, millimetres."""
        return self.width - (SWATCH_MM + GAP_MM) * self.unit


@dataclass(frozen=True)
class LegendSetting:
    """What the legends of several maps share, so that their rows stand at the same places.

    Parameters
    ----------
    points : float
        Type size.
    unit, totals, hatching : int
        Lines of what is measured, below the rows, and of what the hatching is for.
    rows, lines : int
        Rows, and the lines of the one with the most.
    ranges : float
        Millimetres from the names to the ranges beside them; 0 where ranges stand below names.
    """

    points: float
    unit: int
    totals: int
    hatching: int
    rows: int
    lines: int
    ranges: float

    @property
    def step(self) -> float:
        """Distance of two lines, millimetres."""
        return line_height(self.points) * _STEP

    def row_height(self, unit: float) -> float:
        """Return the least distance of two rows."""
        return max(self.lines * self.step, _LOWEST_MM * unit) + _ROW_GAP_MM * unit

    @property
    def gaps(self) -> float:
        """Gaps between the parts; the one before the words on hatching is half a gap."""
        return 4 + 0.5 * bool(self.hatching)


@dataclass(frozen=True)
class _Lines:
    """The words of a legend in lines: what is measured, rows, totals, what the hatching is for."""

    unit: tuple[str, ...]
    rows: tuple[tuple[_Line, ...], ...]
    totals: tuple[str, ...]
    hatching: tuple[str, ...]


def setting(desk: LegendRoom, maps: Sequence[MapSpecification]) -> LegendSetting:
    """Return the setting, between the sizes of notes and of running text, in which legends fit.

    In a box too small for that, the hatching is not explained and letters may be smaller.

    Parameters
    ----------
    maps : sequence of MapSpecification
        All maps of an edition, so that their legends look alike.
    """
    sizes = desk.layout.type
    for least, explained in ((sizes.note, True), (SMALLEST_TYPE_PT, False)):
        points = sizes.body
        made = _setting(desk, maps, points, explained=explained)
        while points > least and _spare(desk, made) < 0:
            points = max(least, round(points - _SIZE_STEP, 1))
            made = _setting(desk, maps, points, explained=explained)
        if _spare(desk, made) >= 0:
            break
    return made


def _setting(
    desk: LegendRoom, maps: Sequence[MapSpecification], points: float, *, explained: bool
) -> LegendSetting:
    ranges = _apart(desk, maps, points)
    every = [_lines(desk, one, points, ranges) for one in maps]
    return LegendSetting(
        points,
        max(len(one.unit) for one in every),
        max(len(one.totals) for one in every),
        max(len(one.hatching) for one in every) if explained else 0,
        max(len(one.rows) for one in every),
        1 if ranges else max(len(row) for one in every for row in one.rows),
        ranges,
    )


def draw(desk: LegendRoom, shown: MapSpecification, made: LegendSetting) -> list[Item]:
    """Draw the classes of a map from the top of the box down.

    Parameters
    ----------
    made : LegendSetting
        From ``setting``.
    """
    words = _lines(desk, shown, made.points, made.ranges)
    gap, more = _gaps(desk, made)
    ink, box, unit = desk.layout.colours.ink, desk.box, desk.unit
    heading, caption = desk.layout.type.heading + 1, ("legend", "Caption")
    y = box.top - PAD_MM * unit - CAP_HEIGHT * heading * MM_PER_PT
    title = desk.texts("peta.legenda")
    items: list[Item] = [Text(title, box.centre[0], y, heading, "bold", ink, "centre", tag=caption)]
    y -= gap + made.step * (made.unit - len(words.unit)) / 2
    for n, line in enumerate(words.unit, start=1):
        at = (box.centre[0], y - n * made.step)
        items.append(Text(line, *at, made.points, "italic", ink, "centre", tag=caption))
    top = box.top - PAD_MM * unit - CAP_HEIGHT * heading * MM_PER_PT
    top -= 2 * gap + made.unit * made.step
    height = made.row_height(unit) + more
    for n, (row, lines) in enumerate(zip(shown.legend, words.rows, strict=False)):
        items += _row(row, lines, top - n * height, (height, n), desk, made)
    if shown.highlight:
        n = len(shown.legend)
        place = (height, n)
        items += _highlighted(words.rows[-1], top - n * height, place, desk, made)
    y = top - made.rows * height - gap
    return [*items, *_below(words, y, gap, desk, made)]


def _below(
    words: _Lines, y: float, gap: float, desk: LegendRoom, made: LegendSetting
) -> Iterator[Text]:
    """Write the totals and what the hatching is for."""
    x, ink = desk.box.left + PAD_MM * desk.unit, desk.layout.colours.ink
    note = desk.layout.type.note
    for n, line in enumerate(words.totals, start=1):
        tag = ("legend", f"TR {len(words.rows) + n}", "TH 0")
        yield Text(line, x, y - n * made.step, made.points, "bold", ink, tag=tag)
    y -= made.totals * made.step + gap / 2
    for n, line in enumerate(words.hatching if made.hatching else (), start=1):
        at = (x, y - n * line_height(note) * _STEP)
        yield Text(line, *at, note, "italic", ink, tag=("notes", f"P {80 + n}"))


def _lines(desk: LegendRoom, shown: MapSpecification, points: float, ranges: float) -> _Lines:
    """Break the words of a legend into lines."""
    texts, faces, layout = desk.texts, desk.faces, desk.layout
    rows = [
        tuple(
            (line, cell)
            for cell, part in enumerate(both)
            for line in ((part,) if ranges else _broken(part, desk, points))
        )
        for both in _rows(shown, texts)
    ]
    measured = "; ".join(filter(None, (shown.unit, shown.direction)))
    hatched = any(layout.theme.hatch(row.most_vulnerable) for row in shown.legend)
    said = texts("peta.arti_arsir") if hatched else ""
    totals = (line for one in shown.totals for line in wrap(one, faces["bold"], points, desk.width))
    return _Lines(
        wrap(measured, faces["italic"], points, desk.width),
        tuple(rows),
        tuple(totals),
        wrap(said, faces["italic"], layout.type.note, desk.width),
    )


def _rows(shown: MapSpecification, texts: Texts) -> list[tuple[str, str]]:
    """Return name and range of each row."""
    kind = legend_words.units(shown.priorities)
    rows = [(row.counted(kind, texts), row.interval) for row in shown.legend]
    if shown.highlight:
        number = texts.decimal(len(shown.highlight.codes), 0)
        rows.append((texts(f"peta.hitung_{kind}", kelas=shown.highlight.name, jumlah=number), ""))
    return rows


def _apart(desk: LegendRoom, maps: Sequence[MapSpecification], points: float) -> float:
    """Return how far from the names the ranges start, if both have room in one line; else 0."""
    face = desk.faces["regular"]
    both = zip(*(row for one in maps for row in _rows(one, desk.texts)), strict=True)
    names, ranges = (max(face.width_mm(one, points) for one in side) for side in both)
    gap = _COLUMN_MM * desk.unit
    return names + gap if ranges and names + gap + ranges <= desk.beside else 0.0


def _broken(words: str, desk: LegendRoom, points: float) -> tuple[str, ...]:
    return wrap(words, desk.faces["regular"], points, desk.beside)


def _spare(desk: LegendRoom, made: LegendSetting) -> float:
    """Return the height that the parts leave when the gaps between them are the least."""
    unit, layout = desk.unit, desk.layout
    fixed = PAD_MM * unit + CAP_HEIGHT * (layout.type.heading + 1) * MM_PER_PT
    fixed += (made.unit + made.totals) * made.step
    fixed += made.hatching * line_height(layout.type.note) * _STEP
    fixed += made.rows * made.row_height(unit)
    return desk.box.height - fixed - made.gaps * _LEAST_GAP_MM * unit


def _gaps(desk: LegendRoom, made: LegendSetting) -> tuple[float, float]:
    """Return the gap between two parts, and what is added to the least distance of two rows."""
    spare = max(0.0, _spare(desk, made))
    share = spare / (made.gaps + _ROW_SHARE * made.rows)
    more = min(_ROW_SHARE * share, _MOST_ROW_MM * desk.unit)
    return _LEAST_GAP_MM * desk.unit + (spare - more * made.rows) / made.gaps, more


def _row(
    row: LegendRow,
    lines: Sequence[_Line],
    top: float,
    place: tuple[float, int],
    desk: LegendRoom,
    made: LegendSetting,
) -> list[Item]:
    """Draw the sample of a class and its lines."""
    layout = desk.layout
    swatch, frame = _swatch(top, place[0], desk), Stroke(layout.colours.village_line, 0.2)
    hatch = layout.theme.hatch(row.most_vulnerable)
    marks: list[Item] = [Mark(box_shape(swatch), row.colour, frame)]
    if hatch:
        marks += [second_channel.swatch(swatch, hatch), Mark(box_shape(swatch), stroke=frame)]
    if layout.theme.numbers and row.priority:
        marks += class_numbers.badge(row.heading or str(row.priority), *swatch.centre, layout)
    return [*marks, *_written(lines, swatch, place[1], desk, made)]


def _highlighted(
    lines: Sequence[_Line],
    top: float,
    place: tuple[float, int],
    desk: LegendRoom,
    made: LegendSetting,
) -> list[Item]:
    """Show the hatching of some villages with its meaning and their number."""
    swatch = _swatch(top, place[0], desk)
    frame = Mark(box_shape(swatch), stroke=Stroke(desk.layout.colours.village_line, 0.2))
    drawn = hatching.lines(swatch.polygon(), desk.layout)
    return [frame, *drawn, *_written(lines, swatch, place[1], desk, made)]


def _swatch(top: float, height: float, desk: LegendRoom) -> Box:
    """Return the sample of a row of a height."""
    between = _ROW_GAP_MM * desk.unit
    left, width = desk.box.left + PAD_MM * desk.unit, SWATCH_MM * desk.unit
    return Box(left, top - height + between / 2, width, height - between)


def _written(
    lines: Sequence[_Line], swatch: Box, number: int, desk: LegendRoom, made: LegendSetting
) -> Iterator[Text]:
    """Write the lines of a row halfway up its sample; to a reader they are cells of a table."""
    x, middle = swatch.right + GAP_MM * desk.unit, swatch.centre[1]
    high, ink = CAP_HEIGHT * made.points * MM_PER_PT, desk.layout.colours.ink
    first = middle - high / 2 + (0 if made.ranges else (len(lines) - 1) * made.step / 2)
    for n, (line, cell) in enumerate(lines):
        tag = ("legend", f"TR {number}", f"{'TD' if cell else 'TH'} {cell}")
        at = (x + n * made.ranges, first) if made.ranges else (x, first - n * made.step)
        if line:
            yield Text(line, *at, made.points, colour=ink, tag=tag)
