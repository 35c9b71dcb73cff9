"""Layers of a sheet as PDF content streams.

Owns the drawing operators. Coordinates are whole hundredths of a millimetre, which keeps the
streams small and the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pipeline.figures.fonts import Face, Faces, text_width
from pipeline.figures.scene import MM_PER_PT, Box, Layer, Mark, Shape, Stroke, Text

UNITS_PER_MM = 100
POINTS_PER_UNIT = 72 / 25.4 / UNITS_PER_MM
RESOURCE = {"regular": "/R", "bold": "/B", "italic": "/I"}


def stream(layer: Layer, faces: Faces) -> bytes:
    """Return the drawing operators of a layer.

    Parameters
    ----------
    layer : Layer
        Items in millimetres.
    faces : Faces
        Type faces of its texts.
    """
    commands = ["q", f"{POINTS_PER_UNIT:.8f} 0 0 {POINTS_PER_UNIT:.8f} 0 0 cm", "1 j 1 J"]
    if layer.clip is not None:
        commands.append(f"{_rectangle(layer.clip)} W n")
    for item in layer.items:
        commands += _line(item) if isinstance(item, Mark) else _text(item, faces)
    return "\n".join([*commands, "Q\n"]).encode("ascii")


def _units(mm: float) -> int:
    return round(mm * UNITS_PER_MM)


def _rectangle(box: Box) -> str:
    left, bottom = _units(box.left), _units(box.bottom)
    return f"{left} {bottom} {_units(box.right) - left} {_units(box.top) - bottom} re"


def _colour(colour: str) -> str:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return " ".join(f"{part:.5f}".rstrip("0").rstrip(".") for part in parts)


def _stroke(stroke: Stroke) -> str:
    dash = " ".join(str(_units(d)) for d in stroke.dash_mm)
    return f"{_colour(stroke.colour)} RG {_units(stroke.width_mm)} w [{dash}] 0 d"


def _line(line: Mark) -> Iterator[str]:
    if line.stroke is not None:
        yield _stroke(line.stroke)
    if line.fill is not None:
        yield f"{_colour(line.fill)} rg"
    yield _points(line.shape)
    # Even-odd filling: a ring inside another is a hole, whatever its direction.
    yield {(True, True): "B*", (True, False): "f*", (False, True): "S"}.get(
        (line.fill is not None, line.stroke is not None), "n"
    )


def _points(shape: Shape) -> str:
    commands = []
    for part in shape.parts:
        units = np.rint(part * UNITS_PER_MM).astype(np.int64)
        moved = np.any(np.diff(units, axis=0) != 0, axis=1)
        kept = units[np.concatenate(([True], moved))]
        if len(kept) < 2:
            continue
        (x, y), *rest = kept.tolist()
        if shape.closed:
            rest = rest[:-1]
        lines = "\n".join(f"{a} {b} l" for a, b in rest)
        commands.append(f"{x} {y} m\n{lines}{' h' if shape.closed else ''}")
    return "\n".join(commands)


def _text(text: Text, faces: Faces) -> Iterator[str]:
    face = faces[text.face]
    size = text.size_pt * MM_PER_PT
    shown = f"{_matrix(text, faces)} Tm {_glyphs(text, face, size)} TJ"
    font = f"{RESOURCE[text.face]} {_units(size)} Tf"
    if text.halo is not None:
        # The halo is the same text drawn as a wide outline. A space as its replacement text keeps
        # it out of searches and copies; an empty one PDFium takes for none.
        yield _replaced(" ")
        yield f"BT {font} 1 Tr {_stroke(text.halo)} {shown} ET"
        yield "EMC"
    # Letters set apart would be found one by one, each as a word of its own.
    apart = text.spacing_mm > 0
    if apart:
        yield _replaced(text.text)
    yield f"BT {font} 0 Tr {_colour(text.colour)} rg {shown} ET"
    if apart:
        yield "EMC"


def _replaced(words: str) -> str:
    """Begin a part of the page that readers of its text take for other words."""
    return f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"


def _matrix(text: Text, faces: Faces) -> str:
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align] * text_width(text, faces)
    angle = math.radians(text.angle)
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = text.x - shift * cosine, text.y - shift * sine
    numbers = (f"{n:.5f}".rstrip("0").rstrip(".") for n in (cosine, sine, -sine, cosine))
    return f"{' '.join(numbers)} {_units(x)} {_units(y)}"


def _glyphs(text: Text, face: Face, size: float) -> str:
    """Return glyph numbers with the corrections for kerning and letter spacing."""
    extra = text.spacing_mm / size * 1000 if text.spacing_mm else 0.0
    parts: list[str] = []
    for glyph in face.shape(text.text):
        parts.append(f"<{glyph.number:04X}>")
        kerning = (glyph.natural - glyph.advance) / face.units_per_em * 1000
        if correction := round(kerning - extra):
            parts.append(str(correction))
    return f"[{''.join(parts).replace('><', '')}]"
