"""The mark of a draft on a sheet: a strip in its upper margin that says what is missing.

Owns its place, where no sheet writes anything, and how much of the list it has room for.
"""

from __future__ import annotations

from dataclasses import replace

from fsva.config.styles import draft_style
from fsva.config.styles.draft_style import Strip
from fsva.core.box import Box
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, Face, line_height
from fsva.drawing.paper.scene import MM_PER_PT, Layer, Mark, Sheet, Text, box_shape
from fsva.words.draft import Draft

NAME = "draft"
SIDE_MM = 2.0
_STEP_PT = 0.25
_TAG = ("notes", "P 98")


def marked(sheet: Sheet, studio: Studio, top: float) -> Sheet:
    """Return a sheet as it is, or marked as that of a draft: on paper and in its title.

    Every function that makes a sheet passes it through here.

    Parameters
    ----------
    top : float
        Millimetres from the lower edge, above which the sheet shows nothing.
    """
    draft = studio.draft
    if not draft:
        return sheet
    style = draft_style.load().strip
    bottom = top + style.gap_mm
    room = Box(0, bottom, sheet.width_mm, sheet.height_mm - bottom)
    least = studio.layout.type.note
    sizes = (max(style.large_pt, least), max(style.small_pt, least))
    strip = _layer(draft, style, room, studio.faces["bold"], sizes)
    return replace(sheet, title=draft.titled(sheet.title), layers=(*sheet.layers, strip))


def chart_head(head: Box, height: float, draft: Draft) -> Box:
    """Return where the title of a chart stands: on a draft below the strip.

    Parameters
    ----------
    head : Box
        Where it stands on a chart that is no draft.
    height : float
        Of the chart, millimetres.
    """
    if not draft:
        return head
    style = draft_style.load().strip
    top = min(head.top, height - style.chart_mm - style.chart_gap_mm)
    return replace(head, bottom=head.bottom - (head.top - top))


def marked_chart(sheet: Sheet, studio: Studio) -> Sheet:
    """Return a chart as it is, or marked as that of a draft; its title is at ``chart_head``."""
    style = draft_style.load().strip
    return marked(sheet, studio, sheet.height_mm - style.chart_mm - style.gap_mm)


def unmarked(draft: Draft) -> Draft:
    """Return a draft that marks nothing, for a part of a sheet: the sheet bears the mark."""
    return replace(draft, missing=(), open=())


def colours(draft: Draft) -> list[str]:
    """Return the colours of the strip; none for a complete edition."""
    style = draft_style.load().strip
    return [style.ground, style.ink] if draft else []


def _layer(draft: Draft, style: Strip, room: Box, face: Face, sizes: tuple[float, float]) -> Layer:
    """Draw the strip in the largest of its sizes that fits, from large to small."""
    size = _size(draft.sentence, room, face, sizes)
    return layer(_fitting(draft, face, size, room.width - 2 * SIDE_MM), style, room, size)


def layer(words: str, style: Strip, room: Box, size: float) -> Layer:
    """Return the strip of a draft.

    Parameters
    ----------
    words : str
        What it says; one line.
    room : Box
        The strip on the sheet.
    size : float
        Type size in points.
    """
    x, middle = room.centre
    base = middle - CAP_HEIGHT * size * MM_PER_PT / 2
    items = (
        Mark(box_shape(room), style.ground),
        Text(words, x, base, size, "bold", style.ink, "centre"),
    )
    return Layer(NAME, items, tag=_TAG, apart=True)


def _size(words: str, room: Box, face: Face, sizes: tuple[float, float]) -> float:
    """Return the largest size at which a line is no higher and no wider than the strip."""
    size, small = sizes
    while size > small and (
        line_height(size) > room.height or face.width_mm(words, size) > room.width - 2 * SIDE_MM
    ):
        size -= _STEP_PT
    return max(size, small)


def _fitting(draft: Draft, face: Face, size: float, width: float) -> str:
    """Return the mark with as much of what is missing as has room; the rest is counted."""
    texts, missing = draft.texts, draft.missing
    for shown in range(len(missing), 0, -1):
        rest = len(missing) - shown
        listed = "; ".join(missing[:shown])
        more = f" {texts('draf.dan_lagi', n=rest)}" if rest else ""
        words = draft.said(f"{listed}{more}")
        if face.width_mm(words, size) <= width:
            return words
    return draft.cap
