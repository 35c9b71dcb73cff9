"""The seven classes of a village: value, class, and where the value lies among the cut-offs.

Owns the strips: a field per class from the most vulnerable on, cut-offs between them, a mark at the
value. Within a field the mark stands as far as the value lies between its two cut-offs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fsva.config.methods.method import Indicator, Measure
from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    Item,
    Mark,
    Points,
    Shape,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.profiles.profile_frame import PAD_MM, Desk
from fsva.words.profiles.profile_words import ClassLine

_HEAD_MM = 12.5
# Columns: name, value, class, strip; shares of the width.
_NAME, _VALUE, _CLASS = 0.32, 0.5, 0.57
_STRIP_MM, _CHIP_MM = 3.4, 4.2
_MARK_MM = 1.7
_RIM_MM = 0.12
_EDGE = 0.04  # a mark keeps so much of a field between itself and the cut-offs
_COMPOSITE = (0.0, 100.0)


def draw(desk: Desk, lines: Sequence[ClassLine], box: Box) -> list[Item]:
    """Draw the table of a village.

    Parameters
    ----------
    lines : sequence of ClassLine
        One per measure.
    """
    texts, kind = desk.studio.texts, desk.plate.type
    edges = [box.left + PAD_MM + share * (box.width - 2 * PAD_MM) for share in _shares()]
    heads = [texts(f"profil.kolom_{name}") for name in ("ukuran", "nilai", "kelas", "cut_off")]
    title = texts("profil.kepala_ukuran")
    caption = Text(title, edges[0], box.top - 5.2, kind.heading, "bold", desk.ink,
                   tag=("list", "Caption"))  # fmt: skip
    items: list[Item] = [*desk.framed(box), caption]
    for n, (words, x) in enumerate(zip(heads, edges, strict=True)):
        tag = ("list", "TR 0", f"TH {n}")
        items.append(Text(words, x, box.top - 10.0, kind.small, "italic", desk.ink, tag=tag))
    step = (box.height - _HEAD_MM) / len(lines)
    for n, line in enumerate(lines, start=1):
        middle = box.top - _HEAD_MM - (n - 0.5) * step
        items += _row(desk, line, (*edges, box.right - PAD_MM), middle, n)
    return items


def _shares() -> tuple[float, ...]:
    return (0.0, _NAME, _VALUE, _CLASS)


def _row(
    desk: Desk, line: ClassLine, edges: tuple[float, ...], middle: float, n: int
) -> Iterator[Item]:
    """Draw one measure."""
    kind, row = desk.plate.type, ("list", f"TR {n}")
    face: FaceName = "regular" if isinstance(line.measure, Indicator) else "bold"
    base = middle - CAP_HEIGHT * kind.body * MM_PER_PT / 2
    name, value, of_class, left, right = edges
    room = value - name - 1.5
    said = wrap(line.name, desk.studio.faces[face], kind.body, room)
    unit = wrap(line.unit, desk.studio.faces["italic"], kind.small, room)
    high = (len(said) + len(unit) - 1) * 3.1
    for k, words in enumerate([*said, *unit]):
        is_name = k < len(said)
        size = kind.body if is_name else kind.small
        y = base + high / 2 - k * 3.1
        shown: FaceName = face if is_name else "italic"
        yield Text(words, name, y, size, shown, desk.ink, tag=(*row, "TH 0"))
    noted = 1.4 if line.note else 0.0
    yield Text(line.value, value, base + noted, kind.body, face, desk.ink, tag=(*row, "TD 1"))
    if line.note:
        at = base - 1.6
        yield Text(line.note, value, at, kind.small, "italic", desk.ink, tag=(*row, "TD 1"))
    yield from _chip(desk, line.priority, of_class, middle, (*row, "TD 2"))
    yield from _strip(desk, line, Box(left, middle - _STRIP_MM / 2, right - left, _STRIP_MM), row)


def _chip(
    desk: Desk, priority: int, left: float, middle: float, tag: tuple[str, ...]
) -> Iterator[Item]:
    """Show a class by number and colour."""
    size = desk.plate.type.body
    sample = Box(left, middle - _CHIP_MM / 2, _CHIP_MM, _CHIP_MM)
    yield Mark(box_shape(sample), desk.colour(priority), Stroke(desk.ink, _RIM_MM))
    words = str(priority) if priority else "-"
    base = middle - CAP_HEIGHT * size * MM_PER_PT / 2
    yield Text(words, sample.right + 1.0, base, size, "bold", desk.ink, tag=tag)


def _strip(desk: Desk, line: ClassLine, box: Box, row: tuple[str, ...]) -> Iterator[Item]:
    """Draw the fields of the classes, the cut-offs between them, and the mark of the value."""
    classes = len(desk.studio.method.classes)
    wide, measure, size = box.width / classes, line.measure, desk.plate.type.small
    rim = Stroke(desk.studio.layout.colours.village_line, _RIM_MM)
    for k in range(classes):
        field = Box(box.left + k * wide, box.bottom, wide, box.height)
        yield Mark(box_shape(field), desk.colour(k + 1), rim)
    for k, words in enumerate(_between(desk, measure), start=1):
        x, y = box.left + k * wide, box.bottom - CAP_HEIGHT * size * MM_PER_PT - 0.7
        yield Text(words, x, y, size, colour=desk.ink, align="centre", tag=(*row, "TD 3"))
    if (place := position(line)) is not None:
        yield from _mark(desk, box.left + place * wide, box)


def _between(desk: Desk, measure: Measure) -> list[str]:
    """Return the cut-offs as printed, from the most vulnerable class on; none for categories."""
    texts = desk.studio.texts
    return [texts.decimal(c, measure.digits) for c in measure.cut_offs or ()]


def position(line: ClassLine) -> float | None:
    """Return where a village's value lies, in fields from the left: 2.5 is the middle of class 3.

    Parameters
    ----------
    line : ClassLine
        One measure.

    Returns
    -------
    float or None
        None without a class. The middle of the field for categories and unknown values.
    """
    if not line.priority:
        return None
    field, cut_offs = line.priority - 1, line.measure.cut_offs
    if cut_offs is None or np.isnan(line.number):
        return field + 0.5
    worst, best = _ends(line.measure)
    ends = (worst, *map(float, cut_offs), best)
    start, end = ends[field], ends[field + 1]
    share = (line.number - start) / (end - start) if end != start else 0.5
    return field + min(max(share, _EDGE), 1 - _EDGE)


def _ends(measure: Measure) -> tuple[float, float]:
    """Return the worst and the best value of a scale."""
    low, high = map(float, measure.bounds) if isinstance(measure, Indicator) else _COMPOSITE
    return (low, high) if measure.better == "tinggi" else (high, low)


def _mark(desk: Desk, x: float, box: Box) -> Iterator[Item]:
    """Draw a line through the strip with a triangle above it."""
    half, top = _MARK_MM / 2, box.top + _MARK_MM
    corners: Points = np.array([(x, box.top), (x - half, top), (x + half, top), (x, box.top)])
    halo = Stroke(desk.studio.layout.colours.halo, 0.9)
    line = Shape((np.array([(x, box.bottom), (x, box.top)]),), closed=False)
    yield Mark(line, stroke=halo)
    yield Mark(line, stroke=Stroke(desk.ink, 0.45))
    yield Mark(Shape((corners,), closed=True), desk.ink)
