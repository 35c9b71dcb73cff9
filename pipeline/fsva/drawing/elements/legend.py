"""The legend: six classes with name, range and number of villages, and the lines of the map.

Owns the samples of lines at its foot; ``class_rows`` draws the classes above them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import shapely

from fsva.config.editions.ground_sections import BaseFiles
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.elements import class_rows, line_samples
from fsva.drawing.elements.class_rows import GAP_MM, PAD_MM, LegendRoom, LegendSetting
from fsva.drawing.elements.line_samples import Sample
from fsva.drawing.maps import base_map, shores
from fsva.drawing.maps.ground import line_strokes
from fsva.drawing.names import tokens
from fsva.drawing.paper.fonts import Faces, line_height
from fsva.drawing.paper.scene import Item, Mark, Stroke, Text, tagged
from fsva.words.specification import MapSpecification

_LINE_ROW_MM = 3.9
# Shares of the height of a line of letters: the step from row to row, and the paper above the
# first row for letters that reach below their line.
_LINE_STEP, _ABOVE = 1.1, 0.25
_LINE_SAMPLE_MM = 8.5
_SAMPLE_HIGH_MM = 2.4
LINE_ROWS = 3
_DISC, _TAG = "cakram", "lines"


def draw(
    box: Box,
    shown: MapSpecification,
    layout: Layout,
    texts: Texts,
    faces: Faces,
    made: LegendSetting | None = None,
    *,
    below: float | None = None,
) -> list[Item]:
    """Draw the rows of the classes.

    Parameters
    ----------
    layout : Layout
        Type sizes and colours.
    made : LegendSetting or None
        From ``setting``; None for that of this map alone.
    below : float or None
        Millimetres to leave below, from ``foot``; None for those of three rows.
    """
    desk = _desk(box, layout, texts, faces, below)
    return class_rows.draw(desk, shown, made or class_rows.setting(desk, [shown]))


def setting(
    box: Box,
    maps: Sequence[MapSpecification],
    layout: Layout,
    texts: Texts,
    faces: Faces,
    *,
    below: float | None = None,
) -> LegendSetting:
    """Return the setting in which the legends of all maps fit a box.

    Parameters
    ----------
    below : float or None
        As for ``draw``.
    """
    desk = _desk(box, layout, texts, faces, below)
    return class_rows.setting(desk, maps)


def _desk(box: Box, layout: Layout, texts: Texts, faces: Faces, below: float | None) -> LegendRoom:
    """Leave the samples of lines their room at the foot."""
    kept = foot(layout, LINE_ROWS) if below is None else below
    return LegendRoom(
        Box(box.left, box.bottom + kept, box.width, box.height - kept), layout, texts, faces
    )


def line_rows(
    box: Box,
    layout: Layout,
    texts: Texts,
    classes: Sequence[str],
    shown: Collection[Stroke] | None = None,
    *,
    has_tokens: bool = False,
) -> list[Item]:
    """Draw the samples of the border lines at the foot of the legend, in two columns.

    Parameters
    ----------
    layout : Layout
        Line widths, type sizes and colours.
    classes : sequence of str
        Colours of the classes, which borders of villages and kecamatan are shown on.
    shown : collection of Stroke or None
        Coasts and borders of kecamatan and districts that the map shows; None for all.
    has_tokens : bool
        Whether the discs of small villages are explained too.
    """
    unit, columns = layout.furniture, _columns(layout, classes, shown)
    keys = [[key for key, _ in rows] for rows in columns]
    if has_tokens:
        shorter = min(keys, key=len)
        shorter.append(_DISC)
    lowest = max(map(len, keys))
    samples = dict(rows for column in columns for rows in column)
    items: list[Item] = []
    for column, rows in enumerate(keys):
        x = box.left + PAD_MM * unit + column * (box.width / 2 - unit)
        for n, key in enumerate(rows, start=1):
            y = box.bottom + PAD_MM * unit + (lowest - n) * _row(layout)
            room = Box(x, y - 0.4 * unit, _LINE_SAMPLE_MM * unit, _SAMPLE_HIGH_MM * unit)
            label = Text(
                texts(f"peta.{key}"),
                room.right + GAP_MM * unit,
                y,
                layout.type.note,
                colour=layout.colours.ink,
            )
            sample = samples.get(key)
            drawn = line_samples.draw(room, sample, layout) if sample else [
                tokens.disc(room.centre, classes[0], layout)
            ]  # fmt: skip
            items += tagged([*drawn, label], _TAG, f"LI {key}", "LBody")
    return items


def _columns(
    layout: Layout, classes: Sequence[str], shown: Collection[Stroke] | None
) -> tuple[list[tuple[str, Sample]], ...]:
    """Return the samples of both columns, each with the key of its words."""
    ground = layout.colours
    coast, country, neighbour = line_strokes(layout)
    border, middle = shores.strokes(layout), classes[len(classes) // 2]
    edge = Sample((ground.land,), (middle,), border.kabupaten)
    around = (
        ("batas_tetangga", neighbour, Sample((ground.land,), (ground.land,), (neighbour,))),
        ("batas_negara", country, Sample((ground.foreign,), (ground.land,), (country,))),
        ("garis_pantai", coast, Sample((ground.sea,), (middle,), (coast,))),
    )
    every = tuple(classes)
    between = (
        ("batas_kecamatan", border.kecamatan[-1], Sample(every, every, border.kecamatan)),
        ("batas_kabupaten", border.kabupaten[-1], edge),
    )
    of_villages = ("batas_desa", Sample(every, every, ()))
    inner, outer = (
        [(key, sample) for key, stroke, sample in rows if shown is None or stroke in shown]
        for rows in (between, around)
    )
    return [of_villages, *inner], outer


def drawn_lines(items: Sequence[Item], box: Box, layout: Layout) -> frozenset[Stroke]:
    """Return which coasts and borders a map shows: a legend explains no others.

    Parameters
    ----------
    items : sequence of Item
        The ground of the map, and the borders of the district.
    box : Box
        Of the map; what lies beyond it is not seen.
    """
    own, frame = shores.strokes(layout), box.polygon()
    strokes = (*line_strokes(layout), own.kecamatan[-1], own.kabupaten[-1])
    return frozenset(
        item.stroke
        for item in items
        if isinstance(item, Mark)
        and item.stroke in strokes
        and any(shapely.LineString(part).intersects(frame) for part in item.shape.parts)
    )


def rows_of(items: Iterable[Item]) -> int:
    """Return how many rows of samples were drawn.

    Parameters
    ----------
    items : iterable of Item
        From ``line_rows`` and ``base_rows``; others do not count.
    """
    return len({round(i.y, 3) for i in items if isinstance(i, Text) and i.tag[:1] == (_TAG,)})


def foot(layout: Layout, rows: int) -> float:
    """Return the millimetres that rows of samples take at the foot of a legend."""
    above = _ABOVE * line_height(layout.type.note)
    return (PAD_MM + _SAMPLE_HIGH_MM) * layout.furniture + (rows - 1) * _row(layout) + above


def _row(layout: Layout) -> float:
    """Return the distance of two samples: that of A4 made larger, and never less than a line."""
    return max(_LINE_ROW_MM * layout.furniture, _LINE_STEP * line_height(layout.type.note))


def base_rows(
    box: Box, given: BaseFiles, layout: Layout, texts: Texts, below: int = LINE_ROWS
) -> list[Item]:
    """Draw samples of rivers, roads and capital towns in a row above those of the border lines.

    Parameters
    ----------
    layout : Layout
        Styles of the theme, type sizes.
    below : int
        Rows of border lines.
    """
    kinds = (("sungai", given.rivers), ("jalan", given.roads), ("ibu_kota", given.towns))
    shown = [kind for kind, file in kinds if file]
    items: list[Item] = []
    unit, ink, size = layout.furniture, layout.colours.ink, layout.type.note
    for n, kind in enumerate(shown):
        x = box.left + PAD_MM * unit + n * (box.width - PAD_MM * unit) / len(kinds)
        y = box.bottom + PAD_MM * unit + below * _row(layout)
        beside = x + (_LINE_SAMPLE_MM + GAP_MM) * unit
        label = Text(texts(f"gaya.{kind}"), beside, y, size, colour=ink)
        sample = base_map.sample(kind, x, y + 0.8 * unit, _LINE_SAMPLE_MM * unit, layout)
        items += tagged([*sample, label], _TAG, f"LI {kind}", "LBody")
    return items
