"""The key of the villages that carry a number because their names do not fit.

Owns the numbers, the box of the key and where it finds room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.names import number_tags
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces, line_height
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape, tagged

_PAD_MM = 1.8
_STEP = 1.15
_MOST_COLUMNS = 6
# Largest share of the map's height for a key that could be broader instead.
_TALLEST = 0.62


@dataclass(frozen=True)
class KeyRow:
    """A line of a key.

    Parameters
    ----------
    number : str
        As on the map; empty for a heading.
    name : str
        Village, or the text of the heading.
    """

    number: str
    name: str


def numbered(district: DrawnDistrict) -> dict[str, str]:
    """Give every village its number within its kecamatan, in the order of the codes.

    Returns
    -------
    dict of str to str
        Code to number, from 1.
    """
    counts: dict[str, int] = {}
    numbers: dict[str, str] = {}
    for code, kecamatan in sorted(zip(district.codes, district.kecamatan, strict=True)):
        counts[kecamatan] = counts.get(kecamatan, 0) + 1
        numbers[code] = str(counts[kecamatan])
    return numbers


def rows(district: DrawnDistrict, numbers: Mapping[str, str], *, headed: bool) -> list[KeyRow]:
    """Return the lines of a key.

    Parameters
    ----------
    district : DrawnDistrict
        Names of the villages.
    numbers : mapping of str to str
        Kemendagri code to number.
    headed : bool
        Whether each kecamatan is named above its villages, because numbers begin anew in it.
    """
    villages = zip(district.codes, district.names, district.kecamatan, strict=True)
    wanted = sorted(
        (kecamatan if headed else "", code, name)
        for code, name, kecamatan in villages
        if code in numbers
    )
    key_rows: list[KeyRow] = []
    for kecamatan, group in groupby(wanted, key=lambda village: village[0]):
        key_rows += [KeyRow("", kecamatan)] if headed else []
        key_rows += [KeyRow(numbers[code], name) for _, code, name in group]
    return key_rows


@dataclass(frozen=True)
class KeyPlace:
    """A key that has found room; a theme gives its colours when it is drawn.

    Parameters
    ----------
    heading : str
        Above the lines.
    rows : tuple of KeyRow
        In their order.
    box : Box
        Where it stands, millimetres.
    lines : int
        Per column.
    column : float
        Width of a column, millimetres.
    """

    heading: str
    rows: tuple[KeyRow, ...]
    box: Box
    lines: int
    column: float

    def draw(self, layout: Layout, faces: Faces) -> list[Item]:
        """Return the frame, the heading and the lines.

        Parameters
        ----------
        layout, faces
            Sizes and colours, type faces.
        """
        box, size, ink = self.box, layout.type.note, layout.colours.ink
        stroke = Stroke(ink, layout.lines.frame / 2)
        top = box.top - _PAD_MM - CAP_HEIGHT * size * MM_PER_PT
        head = Text(self.heading, box.left + _PAD_MM, top, size, "bold", ink)
        below = Box(box.left, box.bottom, box.width, box.height - _PAD_MM - step_mm(layout))
        return [
            Mark(box_shape(box), layout.colours.paper, stroke),
            *tagged([head], "key", "Caption"),
            *columns_of(below, self.rows, self.lines, self.column, layout, faces),
        ]


def place(
    heading: str, rows: Sequence[KeyRow], vacancy: Vacancy, layout: Layout, faces: Faces
) -> KeyPlace | None:
    """Find room for the key on free paper of the map.

    Parameters
    ----------
    heading : str
        Above the lines.
    rows : sequence of KeyRow
        In their order.
    layout, faces
        Sizes, type faces.

    Returns
    -------
    KeyPlace or None
        None if there is no room for it.
    """
    size = layout.type.note
    step = step_mm(layout)
    column = widest(rows, faces, size) + 2 * _PAD_MM
    least = faces["bold"].width_mm(heading, size) + 2 * _PAD_MM
    for columns in range(1, _MOST_COLUMNS + 1):
        lines = -(-len(rows) // columns)
        height = (lines + 1) * step + 2 * _PAD_MM
        if height > _TALLEST * vacancy.frame.height and columns < _MOST_COLUMNS:
            continue
        if box := vacancy.place(max(column * columns, least), height):
            return KeyPlace(heading, tuple(rows), box, lines, column)
    return None


def widest(rows: Sequence[KeyRow], faces: Faces, size: float) -> float:
    """Return the width of the longest line, 0 without lines.

    Parameters
    ----------
    size : float
        Type size in points.
    """
    names = (faces["regular" if r.number else "bold"].width_mm(r.name, size) for r in rows)
    return _number_width(rows, faces, size) + max(names, default=0.0)


def _number_width(rows: Sequence[KeyRow], faces: Faces, size: float) -> float:
    """Return the width of the widest plate and the gap behind it."""
    plate = number_tags.list_width(faces, [row.number for row in rows if row.number], size)
    return plate + faces["regular"].width_mm("  ", size) if plate else 0.0


def step_mm(layout: Layout) -> float:
    """Return the distance of two lines of a key in millimetres."""
    return line_height(layout.type.note) * _STEP


def columns_of(
    box: Box, rows: Sequence[KeyRow], lines: int, column: float, layout: Layout, faces: Faces
) -> list[Item]:
    """Write the lines of a key in columns.

    Parameters
    ----------
    box : Box
        The first line stands at its top.
    rows : sequence of KeyRow
        In their order.
    lines : int
        Per column.
    column : float
        Width of a column, millimetres.
    layout, faces
        Sizes and colours, type faces.
    """
    size, ink = layout.type.note, layout.colours.ink
    step = step_mm(layout)
    indent = _number_width(rows, faces, size)
    plate = number_tags.list_width(faces, [row.number for row in rows if row.number], size)
    items: list[Item] = []
    for n, row in enumerate(rows):
        line = ("key", f"LI {n}")
        x = box.left + _PAD_MM + (n // lines) * column
        y = box.top - CAP_HEIGHT * size * MM_PER_PT - (n % lines) * step
        if row.number:
            items += number_tags.in_list(row.number, x, y, plate, size, layout, (*line, "Lbl"))
            items.append(Text(row.name, x + indent, y, size, colour=ink, tag=(*line, "LBody")))
        else:
            items.append(Text(row.name, x, y, size, "bold", ink, tag=(*line, "LBody")))
    return items
