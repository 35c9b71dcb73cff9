"""The legend: six classes with name, range and number of villages, and the lines of the map.

Owns the rows. Every map has the same rows at the same places; empty classes stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from fsva.config.editions.ground_sections import BaseFiles
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.elements import line_samples
from fsva.drawing.elements.line_samples import Sample
from fsva.drawing.maps import base_map, class_numbers, hatching, second_channel, shores
from fsva.drawing.maps.ground import line_strokes
from fsva.drawing.names import tokens
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Mark, Stroke, Text, box_shape, tagged
from fsva.words.specification import Highlight, LegendRow, MapSpecification

_SWATCH = (8.5, 4.2)
_ROW_MM = 5.6
_PAD_MM = 2.5
_GAP_MM = 1.8
_COLUMN_GAP_MM = 2.6
_LINE_ROW_MM = 3.9
_LINE_SAMPLE_MM = 8.5
_SAMPLE_HIGH_MM = 2.4
_LAST_COLUMN = 2
_HEADS_MM = 10.2
_LINE_ROWS = 3


def draw(
    box: Box,
    specification: MapSpecification,
    layout: Layout,
    texts: Texts,
    faces: Faces,
    *,
    has_base: bool = False,
) -> list[Item]:
    """Draw the rows of the classes.

    Parameters
    ----------
    layout : Layout
        Type sizes and colours.
    has_base : bool
        Whether ``base_rows`` are drawn too.
    """
    ink, size, unit = layout.colours.ink, layout.type.body, layout.furniture
    left, right = box.left + _PAD_MM * unit, box.right - _PAD_MM * unit
    widest = max(faces["regular"].width_mm(r.words, size) for r in specification.legend)
    interval_x = left + (_SWATCH[0] + _GAP_MM + _COLUMN_GAP_MM) * unit + widest
    y = box.top - 5.2 * unit
    heading = texts("peta.legenda")
    caption = Text(heading, box.centre[0], y, layout.type.heading + 1, "bold", ink, "centre")
    items = tagged([caption], "legend", "Caption")
    classes = specification.class_heading or texts("peta.kolom_prioritas")
    heads = [
        Text(classes, left, y - 9 * unit, size, "bold", ink),
        Text(specification.unit, box.centre[0], y - 4.6 * unit, size, "italic", ink, "centre"),
        Text(texts("peta.kolom_desa"), right, y - 9 * unit, size, "bold", ink, "right"),
    ]
    items += _in_table(heads, 0)
    y -= _HEADS_MM * unit
    step = _step(box, specification, layout, _LINE_ROWS + has_base)
    for n, row in enumerate(specification.legend, start=1):
        y -= step
        items += _in_table(_row(row, y, (left, interval_x, right), layout, texts), n)
    if highlight := specification.highlight:
        drawn = _highlight_row(highlight, y - step, (left, right), layout, texts)
        items += _in_table(drawn, len(specification.legend) + 1)
    return items


def _step(box: Box, specification: MapSpecification, layout: Layout, line_rows: int) -> float:
    """Return the distance between two rows; it is smaller only if the box cannot hold all rows."""
    unit = layout.furniture
    rows = len(specification.legend) + (1 if specification.highlight else 0)
    foot = _PAD_MM + line_rows * _LINE_ROW_MM
    return min(_ROW_MM * unit, (box.height - (5.2 + _HEADS_MM + foot) * unit) / rows)


def _in_table(items: Sequence[Item], row: int) -> list[Item]:
    """Tag texts with their row and column of the legend; the last column holds the counts."""
    texts = [item for item in items if isinstance(item, Text)]
    columns = dict(zip(map(id, texts), (*range(len(texts) - 1), _LAST_COLUMN), strict=True))
    return [
        replace(item, tag=("legend", f"TR {row}", _cell(row, columns[id(item)])))
        if isinstance(item, Text)
        else item
        for item in items
    ]


def _cell(row: int, column: int) -> str:
    """Return the tag of a cell; the first row and the first column are headers."""
    return f"{'TD' if row and column else 'TH'} {column}"


def _highlight_row(
    highlight: Highlight, y: float, ends: tuple[float, float], layout: Layout, texts: Texts
) -> list[Item]:
    """Show the hatching with its meaning and the number of villages that carry it."""
    (left, right), unit = ends, layout.furniture
    width, height = _SWATCH[0] * unit, _SWATCH[1] * unit
    ink, size, base = layout.colours.ink, layout.type.body, y + 1.15 * unit
    swatch = Box(left, y, width, height)
    frame = Stroke(layout.colours.village_line, 0.2)
    return [
        Mark(box_shape(swatch), stroke=frame),
        *hatching.lines(swatch.polygon(), layout),
        Text(highlight.name, left + width + _GAP_MM * unit, base, size, colour=ink),
        Text(texts.decimal(len(highlight.codes), 0), right, base, size, "bold", ink, "right"),
    ]


def _row(
    row: LegendRow, y: float, columns: tuple[float, float, float], layout: Layout, texts: Texts
) -> list[Item]:
    left, interval_x, right = columns
    ink, size, unit = layout.colours.ink, layout.type.body, layout.furniture
    width, height = _SWATCH[0] * unit, _SWATCH[1] * unit
    swatch = Box(left, y, width, height)
    base = y + 1.15 * unit
    name_x = left + width + _GAP_MM * unit
    frame = Stroke(layout.colours.village_line, 0.2)
    hatch = layout.theme.hatch(row.most_vulnerable)
    lines: list[Item] = []
    if hatch:
        lines = [second_channel.swatch(swatch, hatch), Mark(box_shape(swatch), stroke=frame)]
    if layout.theme.numbers and row.priority:
        lines += class_numbers.badge(row.heading or str(row.priority), *swatch.centre, layout)
    return [
        Mark(box_shape(swatch), row.colour, frame),
        *lines,
        Text(row.words, name_x, base, size, colour=ink),
        Text(row.interval, interval_x, base, size, colour=ink),
        Text(texts.decimal(row.count, 0), right, base, size, "bold", ink, "right"),
    ]


def line_rows(
    box: Box,
    layout: Layout,
    texts: Texts,
    classes: Sequence[str],
    shown: Collection[Stroke] | None = None,
) -> list[Item]:
    """Draw the samples of the border lines at the foot of the legend, in two columns.

    Parameters
    ----------
    layout : Layout
        Line widths, type sizes and colours.
    classes : sequence of str
        Colours of the classes, which borders of villages and kecamatan are shown on.
    shown : collection of Stroke or None
        Coasts and borders around the district that the map shows; None for all.
    """
    unit, ground = layout.furniture, layout.colours
    coast, country, neighbour = line_strokes(layout)
    border = shores.strokes(layout)
    middle = classes[len(classes) // 2]
    columns: tuple[tuple[tuple[str, Sample], ...], ...] = (
        (
            ("batas_desa", Sample(tuple(classes), tuple(classes), ())),
            ("batas_kecamatan", Sample(tuple(classes), tuple(classes), border.kecamatan)),
            ("batas_kabupaten", Sample((ground.land,), (middle,), border.kabupaten)),
        ),
        tuple(
            (key, sample)
            for key, stroke, sample in (
                ("batas_tetangga", neighbour, Sample((ground.land,), (ground.land,), (neighbour,))),
                ("batas_negara", country, Sample((ground.foreign,), (ground.land,), (country,))),
                ("garis_pantai", coast, Sample((ground.sea,), (middle,), (coast,))),
            )
            if shown is None or stroke in shown
        ),
    )
    items: list[Item] = []
    for column, rows in enumerate(columns):
        x = box.left + _PAD_MM * unit + column * (box.width / 2 - unit)
        for n, (key, sample) in enumerate(rows, start=1):
            y = box.bottom + (_PAD_MM + (_LINE_ROWS - n) * _LINE_ROW_MM) * unit
            way = ("lines", f"LI {key}", "LBody")
            room = Box(x, y - 0.4 * unit, _LINE_SAMPLE_MM * unit, _SAMPLE_HIGH_MM * unit)
            label = Text(
                texts(f"peta.{key}"),
                room.right + _GAP_MM * unit,
                y,
                layout.type.note,
                colour=layout.colours.ink,
            )
            items += tagged([*line_samples.draw(room, sample, layout), label], *way)
    return items


def token_row(box: Box, layout: Layout, texts: Texts, colour: str) -> list[Item]:
    """Explain the discs of small villages, in the last row of the second column.

    Parameters
    ----------
    colour : str
        ``#RRGGBB`` of a class, for the sample.
    """
    unit = layout.furniture
    x = box.left + _PAD_MM * unit + box.width / 2 - unit
    y = box.bottom + _PAD_MM * unit
    width = _LINE_SAMPLE_MM * unit
    label = Text(
        texts("peta.cakram"),
        x + width + _GAP_MM * unit,
        y,
        layout.type.note,
        colour=layout.colours.ink,
    )
    sample = tokens.disc((x + width / 2, y + 0.8 * unit), colour, layout)
    kind = "cakram"
    return tagged([sample, label], "lines", f"LI {kind}", "LBody")


def base_rows(box: Box, given: BaseFiles, layout: Layout, texts: Texts) -> list[Item]:
    """Draw samples of rivers, roads and capital towns in a row above those of the border lines.

    Parameters
    ----------
    layout : Layout
        Styles of the theme, type sizes.
    """
    kinds = (("sungai", given.rivers), ("jalan", given.roads), ("ibu_kota", given.towns))
    shown = [kind for kind, file in kinds if file]
    items: list[Item] = []
    unit, ink, size = layout.furniture, layout.colours.ink, layout.type.note
    for n, kind in enumerate(shown):
        x = box.left + _PAD_MM * unit + n * (box.width - _PAD_MM * unit) / len(kinds)
        y = box.bottom + (_PAD_MM + _LINE_ROWS * _LINE_ROW_MM) * unit
        beside = x + (_LINE_SAMPLE_MM + _GAP_MM) * unit
        label = Text(texts(f"gaya.{kind}"), beside, y, size, colour=ink)
        sample = base_map.sample(kind, x, y + 0.8 * unit, _LINE_SAMPLE_MM * unit, layout)
        items += tagged([*sample, label], "lines", f"LI {kind}", "LBody")
    return items
