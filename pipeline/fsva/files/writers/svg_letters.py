"""Letters as paths: the same in every program, whatever fonts a computer has.

Owns the outlines of a line of text. Qt, on which QGIS layouts are built, loads no font from an SVG
and takes a list of families for the name of one.
"""

from __future__ import annotations

from functools import lru_cache

from fsva.drawing.paper import missing_letters
from fsva.drawing.paper.fonts import Face, Faces, text_width
from fsva.drawing.paper.scene import MM_PER_PT, Stroke, Text
from fsva.drawing.paper.text_boxes import SHIFTS
from fsva.files.writers.pdf_content import UNITS_PER_MM

_KEPT = 4096


def path(text: Text, faces: Faces, sheet_height_mm: float, halo: Stroke | None) -> str:
    """Return the attributes of the SVG path that draws a text or its halo.

    Parameters
    ----------
    sheet_height_mm : float
        Millimetres from the base of the sheet to its top, where SVG begins to count.
    halo : Stroke or None
        Line around the letters, drawn instead of them.

    Returns
    -------
    str
        Empty for a text without any outline.
    """
    face = faces[text.face]
    size = text.size_pt * MM_PER_PT
    scale = size * UNITS_PER_MM / face.units_per_em
    drawn = _line(face, text.text, round(text.spacing_mm * UNITS_PER_MM / scale))
    if not drawn:
        return ""
    x, y = text.x * UNITS_PER_MM, (sheet_height_mm - text.y) * UNITS_PER_MM
    turned = f" rotate({-text.angle:.2f})" if text.angle else ""
    shift = SHIFTS[text.align] * text_width(text, faces)
    along = f" translate({-shift * UNITS_PER_MM:.1f} 0)" if shift else ""
    look = f'fill="{text.colour}"'
    if halo:
        # The scale of the letters widens their line too.
        wide = halo.width_mm * UNITS_PER_MM / scale
        look = f'stroke="{halo.colour}" stroke-width="{wide:.0f}"'
    return (
        f'd="{drawn}" {look} fill-rule="nonzero" '
        f'transform="translate({x:.1f} {y:.1f}){turned}{along} scale({scale:.5f} {-scale:.5f})"'
    )


@lru_cache(_KEPT)
def _line(face: Face, words: str, spacing: int) -> str:
    """Return the outlines of a line of text in font units."""
    parts, start = [], 0
    glyphs = face.shape(words)
    if any(glyph.number == missing_letters.MISSING for glyph in glyphs):
        missing_letters.refuse([(face.name, words)], {face.name: face})
    for glyph in glyphs:
        parts.append(_glyph(face, glyph.number, start))
        start += glyph.advance + spacing
    return "".join(parts)


@lru_cache(_KEPT)
def _glyph(face: Face, number: int, start: int) -> str:
    """Return the outline of a glyph that begins so far along its line, in relative steps."""
    parts, here = [], (0, 0)
    for name, points in face.outline(number):
        if name == "Z":
            parts.append("z")
            continue
        placed = [
            (round(x) + start, round(y)) for x, y in zip(points[::2], points[1::2], strict=True)
        ]
        if name == "M":
            parts.append(f"M{placed[0][0]} {placed[0][1]}")
        else:
            steps = " ".join(f"{x - here[0]} {y - here[1]}" for x, y in placed)
            parts.append(f"{name.lower()}{steps}")
        here = placed[-1]
    return "".join(parts)
