"""The stamp of a sheet: which sheet it is, of which edition, and the number of its run.

Owns the words and their places: one row, or two if one row is too narrow.
"""

from __future__ import annotations

from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, line_height
from fsva.drawing.paper.scene import MM_PER_PT, Align, FaceName, Layer, Text
from fsva.words import specification

_PAD_MM = 2.5
_GAP_MM = 2.0
_STEP = 1.3


def draw(studio: Studio, number: int, total: int) -> Layer:
    """Write sheet number, edition and manifest number.

    Parameters
    ----------
    number, total : int
        Number of the sheet, and of all sheets.
    """
    texts, layout = studio.texts, studio.layout
    sheet = texts("lembar.nomor", nomor=number, jumlah=total)
    issued = specification.issued(studio.settings, texts)
    edition = studio.draft.titled(texts("lembar.edisi", tanggal=issued))
    run = texts("lembar.manifes", nomor=studio.number)
    box, size, unit = layout.boxes.box("stamp"), layout.type.note, layout.furniture
    parts = (sheet, edition, run)
    width = sum(studio.faces[_face(words, run)].width_mm(words, size) for words in parts)
    in_one_line = width + 2 * (_GAP_MM + _PAD_MM) * unit <= box.width
    rows: tuple[tuple[tuple[str, Align], ...], ...] = (
        (((sheet, "left"), (edition, "centre"), (run, "right")),)
        if in_one_line
        else (((sheet, "left"), (run, "right")), ((edition, "left"),))
    )
    step, pad = line_height(size) * _STEP, _PAD_MM * unit
    first, _, last = (studio.faces[_face(words, run)].width_mm(words, size) for words in parts)
    middle = (box.left + pad + first + box.right - pad - last) / 2
    places = {"left": box.left + pad, "centre": middle, "right": box.right - pad}
    y = box.centre[1] + (len(rows) - 1) * step / 2 - CAP_HEIGHT * size * MM_PER_PT / 2
    ink = layout.colours.ink
    written = [
        Text(words, places[align], y - n * step, size, _face(words, run), ink, align)
        for n, row in enumerate(rows)
        for words, align in row
    ]
    return Layer("stamp", tuple(written), tag=("notes", "P 99"))


def _face(words: str, run: str) -> FaceName:
    """Return the face of a part: the number of the run is no number of a sheet."""
    return "regular" if words == run else "bold"
