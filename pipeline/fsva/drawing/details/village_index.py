"""The index of the sheets per kecamatan: every kecamatan and village with the number of its sheet.

Owns its order (kecamatan, then villages by name) and its columns on paper, of equal height.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fsva.core.box import Box
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.elements import draft_strip, title_logos
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import key
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Text,
    box_shape,
)
from fsva.words import specification
from fsva.words.specification import MapSpecification

_PAD_MM, _GAP_MM, _BETWEEN_MM = 2.5, 3.5, 1.5
_HEADS_MM = 6.0
# Columns shorter than this are no easier to read than fewer, longer ones.
_LEAST_LINES = 12
_COLUMNS = (UNIT, PARENT, "lembar")


@dataclass(frozen=True, order=True)
class Found:
    """A village and the sheet that shows it.

    Parameters
    ----------
    village, kecamatan : str
        Names; no village for the line of a kecamatan.
    sheet : int
        From 1.
    """

    village: str
    kecamatan: str
    sheet: int


@dataclass(frozen=True)
class _IndexColumns:
    """The columns of a page: widths of what stands in one, how far apart, and lines in each."""

    widths: tuple[float, float, float]
    pitch: float
    high: int


@dataclass(frozen=True)
class _Line:
    """A line of the index as printed."""

    village: str
    kecamatan: str
    sheets: str

    @property
    def is_kecamatan(self) -> bool:
        """Whether the line is that of a whole kecamatan."""
        return not self.village


def lines(found: Sequence[Found]) -> list[tuple[str, str, str]]:
    """Return the lines of the index: village, kecamatan, sheets.

    Parameters
    ----------
    found : sequence of Found
        Every village once.

    Examples
    --------
    >>> lines([Found("Sadi", "Tasifeto Timur", 2), Found("Alas", "Kobalima", 1)])
    [('', 'Kobalima', '1'), ('', 'Tasifeto Timur', '2'), ('Alas', 'Kobalima', '1'), \
('Sadi', 'Tasifeto Timur', '2')]
    """
    of_kecamatan = sorted({(one.kecamatan, one.sheet) for one in found})
    heads = [
        ("", kecamatan, _span([sheet for _, sheet in group]))
        for kecamatan, group in groupby(of_kecamatan, key=lambda pair: pair[0])
    ]
    order = sorted(found, key=lambda one: (one.village.casefold(), one.kecamatan, one.sheet))
    return [*heads, *((one.village, one.kecamatan, str(one.sheet)) for one in order)]


def _span(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def sheets(studio: Studio, found: Sequence[Found], shown: MapSpecification) -> list[Sheet]:
    """Draw the index.

    Parameters
    ----------
    found : sequence of Found
        Every village with the number of its sheet.
    shown : MapSpecification
        Subtitle and sources.
    """
    written = [_Line(*line) for line in lines(found)]
    room = _room(studio)
    widths = _widths(studio, written)
    column = sum(widths) + 2 * _BETWEEN_MM
    columns = max(1, int((room.width - 2 * _PAD_MM + _GAP_MM) / (column + _GAP_MM)))
    high = int((room.height - 2 * _PAD_MM - _HEADS_MM) / key.step_mm(studio.layout))
    most = columns * high
    # As far apart as the paper is wide: the columns of a page fill it.
    pitch = (room.width - 2 * _PAD_MM + _GAP_MM) / columns
    pages = [written[n : n + most] for n in range(0, len(written), most)]
    return [
        _sheet(studio, room, page, _IndexColumns(widths, pitch, _lines_in(page, columns)), shown)
        for page in pages
    ]


def _lines_in(page: Sequence[_Line], columns: int) -> int:
    """Return the lines of a column where all columns of a page are equally long."""
    return max(-(-len(page) // columns), _LEAST_LINES)


def _room(studio: Studio) -> Box:
    """Return the paper between title and stamp."""
    boxes = studio.layout.boxes
    title, stamp = boxes.box("title"), boxes.box("stamp")
    gap = 2.0 * studio.layout.furniture
    bottom = stamp.top + gap
    return Box(title.left, bottom, title.width, title.bottom - gap - bottom)


def _widths(studio: Studio, written: Sequence[_Line]) -> tuple[float, float, float]:
    """Return the widths of the columns: village, kecamatan, sheet."""
    size, faces, texts = studio.layout.type.note, studio.faces, studio.texts
    heads = [texts(f"daftar_nama.kolom_{name}") for name in _COLUMNS]
    columns = (
        [line.village for line in written],
        [line.kecamatan for line in written],
        [line.sheets for line in written],
    )
    village, kecamatan, sheet = (
        max(faces["bold"].width_mm(words, size) for words in {head, *column})
        for head, column in zip(heads, columns, strict=True)
    )
    return village, kecamatan, sheet


def _sheet(
    studio: Studio,
    room: Box,
    page: Sequence[_Line],
    form: _IndexColumns,
    shown: MapSpecification,
) -> Sheet:
    layout, texts = studio.layout, studio.texts
    title = texts("daftar_nama.indeks")
    box = layout.boxes.box("title")
    heading = title_logos.heading(studio, box, title.upper(), shown.subtitle, layout)
    ink, lines_mm = layout.colours.ink, layout.lines
    framed = [
        Mark(box_shape(layout.boxes.box("frame")), stroke=Stroke(ink, lines_mm.frame)),
        *(
            Mark(box_shape(one), stroke=Stroke(ink, lines_mm.frame / 2))
            for one in (box, room, layout.boxes.box("stamp"))
        ),
    ]
    sheet = Sheet(
        layout.width,
        layout.height,
        title,
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",), apart=True),
            Layer("list", tuple(_table(studio, room, page, form))),
            Layer("furniture", tuple(framed)),
        ),
        author=studio.settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(studio.settings, texts)),
        source=" ".join(shown.sources),
        bookmark=title,
    )
    return draft_strip.marked(sheet, studio, layout.boxes.box("frame").top)


def _table(
    studio: Studio,
    room: Box,
    page: Sequence[_Line],
    form: _IndexColumns,
) -> Iterator[Item]:
    """Write the lines of a page in columns."""
    (village, kecamatan, sheet), high = form.widths, form.high
    layout, texts = studio.layout, studio.texts
    size, ink, step = layout.type.note, layout.colours.ink, key.step_mm(layout)
    column = village + kecamatan + sheet + 2 * _BETWEEN_MM
    heads = [texts(f"daftar_nama.kolom_{name}") for name in _COLUMNS]
    for k in range(-(-len(page) // high)):
        x = room.left + _PAD_MM + k * form.pitch
        edges = (x, x + village + _BETWEEN_MM, x + column)
        y = room.top - _PAD_MM - CAP_HEIGHT * size * MM_PER_PT
        for n, (words, edge) in enumerate(zip(heads, edges, strict=True)):
            tag = ("list", "TR 0", f"TH {n}") if k == 0 else ()
            yield Text(words, edge, y, size, "italic", ink, "right" if n == 2 else "left", tag=tag)
        for n, line in enumerate(page[k * high : (k + 1) * high]):
            row = ("list", f"TR {1 + k * high + n}")
            base = y - _HEADS_MM - n * step
            face: FaceName = "bold" if line.is_kecamatan else "regular"
            if line.village:
                yield Text(line.village, edges[0], base, size, face, ink, tag=(*row, "TH 0"))
            at = edges[0] if line.is_kecamatan else edges[1]
            head = "TH 0 2" if line.is_kecamatan else "TD 1"
            yield Text(line.kecamatan, at, base, size, face, ink, tag=(*row, head))
            yield Text(line.sheets, edges[2], base, size, face, ink, "right", tag=(*row, "TD 2"))
