"""The key of the villages that carry a number because their names do not fit.

Owns the box of the key and where it finds room.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from pipeline.figures.fonts import CAP_HEIGHT, Faces, line_height
from pipeline.figures.inset import corners
from pipeline.figures.scene import MM_PER_PT, Box, Item, Mark, Stroke, Text, box_shape
from pipeline.layout import Layout
from pipeline.texts import Texts

_PAD_MM = 1.8
_STEP = 1.15
_MOST_COLUMNS = 4


def draw(
    names: Sequence[str],
    frame: Box,
    occupied: shapely.Geometry,
    layout: Layout,
    texts: Texts,
    faces: Faces,
) -> tuple[Box, list[Item]] | None:
    """Draw the key into a free corner of the map.

    Parameters
    ----------
    names : sequence of str
        Names in the order of their numbers.
    frame : Box
        The map.
    occupied : Geometry
        Paper that is taken, millimetres.
    layout, texts, faces
        Sizes and colours, language, type faces.

    Returns
    -------
    (Box, list of Item) or None
        None if no corner has room.
    """
    size = layout.type.note
    rows = [f"{n}  {name}" for n, name in enumerate(names, start=1)]
    column = max(faces["regular"].width_mm(row, size) for row in rows) + 2 * _PAD_MM
    step = line_height(size) * _STEP
    heading = texts("peta.nomor_desa")
    for columns in range(1, _MOST_COLUMNS + 1):
        lines = -(-len(rows) // columns)
        width = max(column * columns, faces["bold"].width_mm(heading, size) + 2 * _PAD_MM)
        height = (lines + 1) * step + 2 * _PAD_MM
        for box in corners(frame, width, height):
            if not shapely.intersects(occupied, box.polygon()):
                return box, _items(box, heading, rows, lines, column, layout)
    return None


def _items(
    box: Box, heading: str, rows: Sequence[str], lines: int, column: float, layout: Layout
) -> list[Item]:
    size, ink = layout.type.note, layout.colours.ink
    step = line_height(size) * _STEP
    top = box.top - _PAD_MM - CAP_HEIGHT * size * MM_PER_PT
    frame = Mark(box_shape(box), layout.colours.paper, Stroke(ink, layout.lines.frame / 2))
    items: list[Item] = [frame, Text(heading, box.left + _PAD_MM, top, size, "bold", ink)]
    for n, row in enumerate(rows):
        x = box.left + _PAD_MM + (n // lines) * column
        items.append(Text(row, x, top - (n % lines + 1) * step, size, colour=ink))
    return items
