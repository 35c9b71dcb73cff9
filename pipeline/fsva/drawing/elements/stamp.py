"""The stamp of a sheet: which sheet it is, of which edition, and its print number.

Owns the words and their places: one row, or two if one row is too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper import digests
from fsva.drawing.paper.fonts import CAP_HEIGHT, line_height
from fsva.drawing.paper.scene import MM_PER_PT, Align, FaceName, Layer, Sheet, Text
from fsva.words import specification

_PAD_MM = 2.5
_GAP_MM = 2.0
_STEP = 1.3


def numbered(studio: Studio, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Give sheets their print numbers, and their stamps where the layout has room for one.

    Parameters
    ----------
    sheets : sequence of Sheet
        All of a file, without stamps. The number of each depends on what it shows and on its place
        among them.
    """
    done = []
    for n, sheet in enumerate(sheets, start=1):
        number = digests.print_number(sheet, n, len(sheets))
        stamp = [_draw(studio, n, len(sheets), number)] if studio.layout.boxes.stamp else []
        done.append(replace(sheet, layers=(*sheet.layers, *stamp), number=number))
    return tuple(done)


def _draw(studio: Studio, place: int, total: int, number: str) -> Layer:
    """Write which sheet of how many it is, edition and print number."""
    texts, layout = studio.texts, studio.layout
    sheet = texts("lembar.nomor", nomor=place, jumlah=total)
    issued = specification.issued(studio.settings, texts)
    edition = studio.draft.titled(texts("lembar.edisi", tanggal=issued))
    printed = texts("lembar.cetak", nomor=number)
    box, size, unit = layout.boxes.box("stamp"), layout.type.note, layout.furniture
    parts = (sheet, edition, printed)
    width = sum(studio.faces[_face(words, printed)].width_mm(words, size) for words in parts)
    in_one_line = width + 2 * (_GAP_MM + _PAD_MM) * unit <= box.width
    rows: tuple[tuple[tuple[str, Align], ...], ...] = (
        (((sheet, "left"), (edition, "centre"), (printed, "right")),)
        if in_one_line
        else (((sheet, "left"), (printed, "right")), ((edition, "left"),))
    )
    step, pad = line_height(size) * _STEP, _PAD_MM * unit
    first, _, last = (studio.faces[_face(words, printed)].width_mm(words, size) for words in parts)
    middle = (box.left + pad + first + box.right - pad - last) / 2
    places = {"left": box.left + pad, "centre": middle, "right": box.right - pad}
    y = box.centre[1] + (len(rows) - 1) * step / 2 - CAP_HEIGHT * size * MM_PER_PT / 2
    ink = layout.colours.ink
    written = [
        Text(words, places[align], y - n * step, size, _face(words, printed), ink, align)
        for n, row in enumerate(rows)
        for words, align in row
    ]
    return Layer("stamp", tuple(written), tag=("notes", "P 99"))


def _face(words: str, printed: str) -> FaceName:
    """Return the face of a part: the print number is no number of a sheet."""
    return "regular" if words == printed else "bold"
