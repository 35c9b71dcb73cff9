"""The table of a name list: number, name and class of every village, below its kecamatan.

Owns the columns on paper, and what each cell is to a reader who hears the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from fsva.core.box import Box
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import key
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Tag, Text, box_shape, line_shape
from fsva.words.specification import MapSpecification

_HEAD_MM = 10.2  # heading and names of the columns, with the gap below them
_PAD_MM, _GAP_MM = 1.6, 1.6
_INDENT_MM = 0.5  # between the cells of a line
_COLUMNS = 3
_RULE_MM = 0.1
_CHIP_MM = (1.8, 1.4)


@dataclass(frozen=True)
class Entry:
    """A line of the table: a village, or a kecamatan that heads its villages.

    Parameters
    ----------
    name : str
        As printed.
    number : str
        As on the map; none for a kecamatan.
    priority : int
        Class of the village, 0 without one.
    """

    name: str
    number: str = ""
    priority: int = 0


@dataclass(frozen=True)
class NameTable:
    """Room for a table and its columns of paper, which stand side by side.

    Parameters
    ----------
    box : Box
        The room.
    number, column : float
        Width of the numbers, and of a column of paper, millimetres.
    columns, lines : int
        Columns of paper, and lines in each.
    """

    box: Box
    number: float
    column: float
    columns: int
    lines: int

    @property
    def entries(self) -> int:
        """How many lines there is surely room for: a head may leave the last of a column free."""
        return self.columns * self.lines - (self.columns - 1)


def measure(studio: Studio, numbers: Collection[str], box: Box) -> NameTable:
    """Divide a room into as many columns as the longest name allows."""
    size, faces = studio.layout.type.note, studio.faces
    written = {*numbers, studio.texts("daftar_nama.kolom_nomor")}
    number = max(faces["regular"].width_mm(digits, size) for digits in written) + _INDENT_MM
    of_class = _INDENT_MM + _CHIP_MM[0] + _INDENT_MM + faces["regular"].width_mm("0", size)
    longest = max(faces["regular"].width_mm(name, size) for name in {*studio.villages[UNIT]})
    widest = max(faces["bold"].width_mm(name, size) for name in {*studio.villages[PARENT]})
    least = max(number + longest + of_class, widest)
    columns = max(1, int((box.width - 2 * _PAD_MM + _GAP_MM) / (least + _GAP_MM)))
    column = (box.width - 2 * _PAD_MM + _GAP_MM) / columns - _GAP_MM
    lines = int((box.height - _HEAD_MM - _PAD_MM) / key.step_mm(studio.layout))
    return NameTable(box, number, column, columns, lines)


def draw(
    studio: Studio, table: NameTable, entries: Sequence[Entry], shown: MapSpecification
) -> list[Item]:
    """Write the table.

    Parameters
    ----------
    table : NameTable
        From ``measure``; it has room for all entries.
    entries : sequence of Entry
        From above.
    """
    layout, texts, box = studio.layout, studio.texts, table.box
    size, ink = layout.type.note, layout.colours.ink
    heading = Text(
        texts("daftar_nama.kepala"),
        box.left + _PAD_MM,
        box.top - 3.8,
        size + 1,
        "bold",
        ink,
        tag=("list", "Caption"),
    )
    places = list(_places(entries, table.lines))
    used = range(max(column for column, _ in places) + 1)
    items: list[Item] = [heading]
    for column in used:
        items += _heads(studio, table, column)
    for column in used[1:]:  # a line before each but the first
        x = _left(table, column) - _GAP_MM / 2
        line = line_shape((x, box.bottom + _PAD_MM), (x, box.top - _HEAD_MM + _PAD_MM))
        items.append(Mark(line, stroke=Stroke(layout.colours.village_line, _RULE_MM)))
    for n, (entry, place) in enumerate(zip(entries, places, strict=True), start=1):
        row = ("list", f"TR {n}")
        items += _line(studio, table, place, entry, row)
        items += _chip(studio, table, place, entry, shown)
    return items


def _places(entries: Sequence[Entry], lines: int) -> Iterator[tuple[int, int]]:
    """Yield column and line of each entry; no head stands below the villages of another column."""
    n = 0
    for entry in entries:
        n += not entry.number and n % lines == lines - 1
        yield divmod(n, lines)
        n += 1


def _heads(studio: Studio, table: NameTable, column: int) -> Iterator[Item]:
    """Name the columns; to a reader only once."""
    texts, size, ink = studio.texts, studio.layout.type.note, studio.layout.colours.ink
    x, y = _left(table, column), table.box.top - 7.6
    words = [texts(f"daftar_nama.kolom_{name}") for name in ("nomor", "desa", "kelas")]
    edges = (x, x + table.number, x + table.column)
    for n, (word, edge) in enumerate(zip(words, edges, strict=True)):
        tag = ("list", "TR 0", f"TH {n}") if column == 0 else ()
        align = "right" if n == _COLUMNS - 1 else "left"
        yield Text(word, edge, y, size, "italic", ink, align, tag=tag)  # type: ignore[arg-type]


def _line(
    studio: Studio, table: NameTable, place: tuple[int, int], entry: Entry, row: Tag
) -> Iterator[Item]:
    """Write one line."""
    size, ink = studio.layout.type.note, studio.layout.colours.ink
    x, y = _left(table, place[0]), _base(studio, table, place[1])
    if not entry.number:
        yield Text(entry.name, x, y, size, "bold", ink, tag=(*row, f"TH 0 {_COLUMNS}"))
        return
    words = str(entry.priority) if entry.priority else studio.texts("daftar_nama.tanpa_kelas")
    right = x + table.column
    yield Text(entry.number, x, y, size, colour=ink, tag=(*row, "TD 0"))
    yield Text(entry.name, x + table.number, y, size, colour=ink, tag=(*row, "TH 1"))
    yield Text(words, right, y, size, colour=ink, align="right", tag=(*row, "TD 2"))


def _chip(
    studio: Studio, table: NameTable, place: tuple[int, int], entry: Entry, shown: MapSpecification
) -> Iterator[Item]:
    """Set the colour of a class beside it."""
    layout, (wide, high) = studio.layout, _CHIP_MM
    colour = next((r.colour for r in shown.legend if r.priority == entry.priority), None)
    if colour and entry.priority:
        size, right = layout.type.note, _left(table, place[0]) + table.column
        left = right - studio.faces["regular"].width_mm("0", size) - _INDENT_MM - wide
        middle = _base(studio, table, place[1]) + CAP_HEIGHT * size * MM_PER_PT / 2
        chip = box_shape(Box(left, middle - high / 2, wide, high))
        yield Mark(chip, colour, Stroke(layout.colours.village_line, _RULE_MM))


def _base(studio: Studio, table: NameTable, line: int) -> float:
    """Return the height at which the letters of a line of the table stand."""
    layout = studio.layout
    top = table.box.top - _HEAD_MM - CAP_HEIGHT * layout.type.note * MM_PER_PT
    return top - line * key.step_mm(layout)


def _left(table: NameTable, column: int) -> float:
    return table.box.left + _PAD_MM + column * (table.column + _GAP_MM)
