"""The contents of an atlas: its parts with their pages, each a link to its page.

Owns the columns of the list, and how many pages it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fsva.core.box import Box
from fsva.drawing.atlas import framed_page
from fsva.drawing.elements import draft_strip
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, line_height, wrap
from fsva.drawing.paper.scene import (
    DECORATION,
    MM_PER_PT,
    FaceName,
    Item,
    Layer,
    Link,
    Mark,
    Sheet,
    Stroke,
    Text,
    line_shape,
)
from fsva.words import specification
from fsva.words.atlas import page_headings
from fsva.words.atlas.page_headings import PartHeading
from fsva.words.specification import MapSpecification

_ENTRY = "TOCI"  # its type in the structure of a PDF
_SIZE = 1.2  # of the headings on a map
_STEP, _GAP_MM, _INDENT_MM = 1.75, 8.0, 5.0
_LEAST_MM, _MOST_MM = 120.0, 190.0  # width of a column, in type of 10 points
_DOTS_MM, _DOT_MM, _AFTER_MM = 1.6, 0.22, 2.0


@dataclass(frozen=True)
class _Row:
    """A heading in its column: its lines and how far it is set in."""

    heading: PartHeading
    depth: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ContentsForm:
    """The size of the list and its columns.

    Parameters
    ----------
    size : float
        Type size in points.
    room : Box
        Of all columns.
    columns, lines : int
        How many columns, and lines in each.
    """

    size: float
    room: Box
    columns: int
    lines: int

    @property
    def step(self) -> float:
        """Millimetres from line to line."""
        return line_height(self.size) * _STEP

    def column(self, number: int) -> Box:
        """Return the room of a column, numbered from 0."""
        gap = _GAP_MM * self.size / 10
        wide = (self.room.width - gap * (self.columns - 1)) / self.columns
        return Box(self.room.left + number * (wide + gap), self.room.bottom, wide, self.room.height)


def form(studio: Studio, parts: Sequence[PartHeading]) -> ContentsForm:
    """Return the form of the list on the paper of an edition: one column, or several.

    Parameters
    ----------
    parts : sequence of PartHeading
        What it lists.
    """
    size, room = studio.layout.type.heading * _SIZE, framed_page.room(studio)
    lines = int(room.height // (line_height(size) * _STEP))
    wide = min(room.width, _MOST_MM * size / 10)
    middle = Box(room.left + (room.width - wide) / 2, room.bottom, wide, room.height)
    alone = ContentsForm(size, middle, 1, lines)
    columns = int(room.width // (_LEAST_MM * size / 10))
    if columns <= 1 or sum(len(row.lines) for row in _rows(studio, alone, parts)) <= lines:
        return alone
    return ContentsForm(size, room, columns, lines)


def sheets(studio: Studio, parts: Sequence[PartHeading], shown: MapSpecification) -> list[Sheet]:
    """Draw the contents.

    Parameters
    ----------
    parts : sequence of PartHeading
        With pages as if there were no contents; they are moved by the number of its sheets.
    shown : MapSpecification
        Gives the subtitle.
    """
    like = form(studio, parts)
    count = len(_paged(like, _rows(studio, like, parts)))
    pages = _paged(like, _rows(studio, like, [heading.later(count) for heading in parts]))
    return [
        _sheet(studio, like, columns, shown, (n, count)) for n, columns in enumerate(pages, start=1)
    ]


def _rows(studio: Studio, like: ContentsForm, parts: Sequence[PartHeading]) -> list[_Row]:
    rows = []
    for heading, depth in page_headings.walked(parts):
        room = like.column(0).width - depth * _INDENT_MM * like.size / 10
        number = studio.faces["regular"].width_mm("0000", like.size) + _AFTER_MM
        lines = wrap(heading.words, studio.faces[_face(depth)], like.size, room - number)
        rows.append(_Row(heading, depth, lines))
    return rows


def _face(depth: int) -> FaceName:
    return "regular" if depth else "bold"


def _paged(like: ContentsForm, rows: Sequence[_Row]) -> list[list[list[_Row]]]:
    """Share rows out among pages and their columns; no heading is parted from the first below."""
    columns: list[list[_Row]] = [[]]
    taken = 0
    for n, row in enumerate(rows):
        following = rows[n + 1] if n + 1 < len(rows) else None
        needed = len(row.lines)
        if following is not None and following.depth > row.depth:
            needed += len(following.lines)
        if columns[-1] and taken + needed > like.lines:
            columns.append([])
            taken = 0
        columns[-1].append(row)
        taken += len(row.lines)
    return [columns[at : at + like.columns] for at in range(0, len(columns), like.columns)]


def _sheet(
    studio: Studio,
    like: ContentsForm,
    columns: Sequence[Sequence[_Row]],
    shown: MapSpecification,
    place: tuple[int, int],
) -> Sheet:
    texts, settings, layout = studio.texts, studio.settings, studio.layout
    number, count = place
    words = (
        texts("atlas.isi")
        if count == 1
        else texts("atlas.isi_lanjutan", nomor=number, jumlah=count)
    )
    items: list[Item] = []
    dots: list[Item] = []
    links: list[Link] = []
    for at, rows in enumerate(columns):
        for made, dotted, link in _column(studio, like, rows, like.column(at), len(links)):
            items += made
            dots += dotted
            links.append(link)
    drawn = Sheet(
        layout.width,
        layout.height,
        f"{words} - {shown.subtitle}",
        texts.language,
        (
            *framed_page.heading(studio, words, shown.subtitle),
            Layer("contents", tuple(items)),
            Layer("dots", tuple(dots), tag=DECORATION),
        ),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        bookmark=texts("atlas.isi"),
        label=f"{texts('atlas.label_isi')}{f' {number}' if count > 1 else ''}",
        links=tuple(links),
    )
    return draft_strip.marked(drawn, studio, layout.boxes.box("frame").top)


def _column(
    studio: Studio, like: ContentsForm, rows: Sequence[_Row], column: Box, first: int
) -> list[tuple[list[Item], list[Item], Link]]:
    """Set the rows of a column from its top down."""
    y = column.top
    made = []
    for n, row in enumerate(rows, start=first):
        high = len(row.lines) * like.step
        left = column.left + row.depth * _INDENT_MM * like.size / 10
        box = Box(left, y - high, column.right - left, high)
        made.append(_entry(studio, like, row, box, n))
        y -= high
    return made


def _entry(
    studio: Studio, like: ContentsForm, row: _Row, box: Box, number: int
) -> tuple[list[Item], list[Item], Link]:
    """Write a heading and its page, with dots between them, as one link."""
    tag = ("contents", f"{_ENTRY} {number}", "Reference", "Link")
    face, ink, size = _face(row.depth), studio.layout.colours.ink, like.size
    rise = like.step / 2 + CAP_HEIGHT * size * MM_PER_PT / 2
    items: list[Item] = [
        Text(line, box.left, box.top - n * like.step - rise, size, face, ink, tag=tag)
        for n, line in enumerate(row.lines)
    ]
    base = box.top - (len(row.lines) - 1) * like.step - rise
    shown = str(row.heading.page)
    items.append(Text(shown, box.right, base, size, face, ink, "right", tag=tag))
    start = box.left + studio.faces[face].width_mm(row.lines[-1], size) + _AFTER_MM
    end = box.right - studio.faces[face].width_mm(shown, size) - _AFTER_MM
    stroke = Stroke(ink, _DOT_MM, (0.01, _DOTS_MM))
    dots: list[Item] = (
        [Mark(line_shape((start, base), (end, base)), stroke=stroke)]
        if end - start > _DOTS_MM
        else []
    )
    words = studio.texts("atlas.tautan", judul=row.heading.words, halaman=row.heading.page)
    return items, dots, Link(box, row.heading.page, words, tag)
