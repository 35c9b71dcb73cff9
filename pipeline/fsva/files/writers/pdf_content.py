"""Layers of a sheet as PDF content streams.

Owns the drawing operators, and the marked content that links them to the structure of the page.
Coordinates are whole hundredths of a millimetre: streams stay small and the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from fsva.core.box import Box
from fsva.drawing.paper.colours import rgb
from fsva.drawing.paper.fonts import Face, Faces, text_width
from fsva.drawing.paper.scene import (
    DECORATION,
    MM_PER_PT,
    Item,
    Layer,
    Mark,
    Picture,
    Placement,
    Shade,
    Stroke,
    Tag,
    Text,
)
from fsva.drawing.paper.text_boxes import SHIFTS
from fsva.files.writers import pdf_paths
from fsva.files.writers.pdf_paths import UNITS_PER_MM as UNITS_PER_MM

POINTS_PER_UNIT = 72 / 25.4 / UNITS_PER_MM
# Words that are cached for the other maps: enough for a large edition; `forget` drops them in a
# process that makes many.
_REMEMBERED = 131_072
# The parts of a sheet and their structure types, in the order in which they are read.
PARTS = {
    "title": "H1",
    "contents": "TOC",
    "charts": "Sect",
    "crest": "Figure",
    "office": "Figure",
    "map": "Figure",
    "key": "L",
    "list": "Table",
    "legend": "Table",
    "lines": "L",
    "locator": "Figure",
    "notes": "Div",
}
RESOURCE = {"regular": "/R", "bold": "/B", "italic": "/I"}


@dataclass(frozen=True)
class Stream:
    """A layer as drawing operators.

    Parameters
    ----------
    content : bytes
        The operators.
    first : int
        Number of the first marked part.
    tags : tuple of tuple of str
        Tag of each marked part, in the order of their numbers.
    """

    content: bytes
    first: int
    tags: tuple[Tag, ...]


def stream(layer: Layer, faces: Faces, first: int = 0) -> Stream:
    """Return the drawing operators of a layer.

    Parameters
    ----------
    layer : Layer
        Items in millimetres.
    first : int
        Number of its first marked part; numbers are unique on a page.
    """
    commands = ["q", f"{POINTS_PER_UNIT:.8f} 0 0 {POINTS_PER_UNIT:.8f} 0 0 cm", "1 j 1 J"]
    if layer.clip is not None:
        commands.append(f"{_rectangle(layer.clip)} W n")
    tags: list[Tag] = []
    pdf_paths.remember(item.shape for item in layer.items if isinstance(item, Mark))
    for run in runs(layer):
        commands += _halos(run, faces)
        commands.append(_begin(run, first + len(tags)))
        tags += [] if run.tag == DECORATION else [run.tag]
        for item in run.items:
            commands += _item(item, run.tag, faces)
        commands.append("EMC")
    pdf_paths.trim()
    content = "\n".join([*commands, "Q\n"]).encode("ascii")
    return Stream(content, first, tuple(tags))


def moved(placed: Placement) -> tuple[bytes, bytes]:
    """Return the operators before and after a sheet that stands otherwise than it was drawn."""
    left, bottom = (round(mm / MM_PER_PT, 4) for mm in (placed.left, placed.bottom))
    scale = f"{placed.scale:.6f}"
    return f"q {scale} 0 0 {scale} {left} {bottom} cm\n".encode("ascii"), b"Q\n"


def forget() -> None:
    """Drop the paths and words of an edition: the next one has others, and would add to them."""
    pdf_paths.forget()
    _glyphs.cache_clear()


def parts(layer: Layer) -> int:
    """Return the number of marked parts in the stream of a layer."""
    return sum(run.tag != DECORATION for run in runs(layer))


@dataclass(frozen=True)
class Run:
    """Consecutive items that form one marked part.

    Parameters
    ----------
    tag : tuple of str
        Place of the items in the structure of the page.
    has_halo : bool
        Whether the items are names with halos.
    apart : int
        Position in the layer of a letter-spaced or slanted text, or -1.
    items : tuple of Mark and Text
        In drawing order.
    """

    tag: Tag
    has_halo: bool
    apart: int
    items: tuple[Item, ...]


def runs(layer: Layer) -> Iterator[Run]:
    """Split the items of a layer where their tags change, at halos, and at letter-spaced texts.

    Parameters
    ----------
    layer : Layer
        Its runs hold all its items, in their order.
    """

    def key(place: tuple[int, Item]) -> tuple[Tag, bool, int]:
        """Return what items of one run share."""
        number, item = place
        tag = item.tag or layer.tag or DECORATION
        if not isinstance(item, Text):
            return tag, False, -1
        return tag, item.halo is not None, number if _is_apart(item) else -1

    for mark, items in groupby(enumerate(layer.items), key):
        yield Run(*mark, tuple(item for _, item in items))


def kind(tag: Tag) -> str:
    """Return the structure type (ISO 32000, 14.8.4) of a tag."""
    return tag[-1].split()[0] if len(tag) > 1 else PARTS[tag[0]]


def _is_apart(text: Text) -> bool:
    """Tell whether a text is letter-spaced or slanted: readers take its letters for words."""
    return text.spacing_mm > 0 or text.angle % 90 != 0


def _begin(run: Run, number: int) -> str:
    if run.tag == DECORATION:
        return "/Artifact BMC"
    return f"/{kind(run.tag)} <</MCID {number}>> BDC"


def _halos(run: Run, faces: Faces) -> Iterator[str]:
    """Draw the halos of a run of names, as wide outlines below all names.

    A space as replacement text keeps the halos out of searches and copies; PDFium ignores an empty
    one.
    """
    if run.has_halo:
        yield "/Artifact BMC"
        yield _replaced(" ")
        for text in run.items:
            if isinstance(text, Text) and text.halo is not None:
                yield f"BT {_font(text)} 1 Tr {_stroke(text.halo)} {_shown(text, faces)} ET"
        yield "EMC EMC"


def _replaced(words: str) -> str:
    """Begin content whose text readers replace by other words.

    The mark is a span of its own, because poppler accepts replacement text only there.
    """
    return f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"


def _item(item: Item, tag: Tag, faces: Faces) -> Iterator[str]:
    if isinstance(item, Mark):
        yield from _line(item)
    elif isinstance(item, Shade | Picture):
        left, bottom = _units(item.box.left), _units(item.box.bottom)
        size = f"{_units(item.box.width)} 0 0 {_units(item.box.height)}"
        yield f"q {size} {left} {bottom} cm /{item.name} Do Q"
    else:
        # A space after each line keeps its last word apart from the next line's first.
        space = faces[item.face].shape(" ")[0].number
        after = "" if tag == DECORATION else f"<{space:04X}>"
        drawn = f"{_colour(item.colour)} rg {_shown(item, faces, after)}"
        if apart := _is_apart(item):
            yield _replaced(item.text)
        yield f"BT {_font(item)} 0 Tr {drawn} ET"
        if apart:
            yield "EMC"


def _units(mm: float) -> int:
    return round(mm * UNITS_PER_MM)


def _rectangle(box: Box) -> str:
    left, bottom = _units(box.left), _units(box.bottom)
    return f"{left} {bottom} {_units(box.right) - left} {_units(box.top) - bottom} re"


@cache
def _colour(colour: str) -> str:
    parts = (part / 255 for part in rgb(colour))
    return " ".join(f"{part:.5f}".rstrip("0").rstrip(".") for part in parts)


@cache
def _stroke(stroke: Stroke) -> str:
    dash = " ".join(str(_units(d)) for d in stroke.dash_mm)
    return f"{_colour(stroke.colour)} RG {_units(stroke.width_mm)} w [{dash}] 0 d"


def _line(line: Mark) -> Iterator[str]:
    if line.stroke is not None:
        yield _stroke(line.stroke)
    if line.fill is not None:
        yield f"{_colour(line.fill)} rg"
    yield pdf_paths.of(line.shape)
    # Even-odd filling: an inner ring is a hole, whatever its direction.
    yield {(True, True): "B*", (True, False): "f*", (False, True): "S"}.get(
        (line.fill is not None, line.stroke is not None), "n"
    )


def _font(text: Text) -> str:
    return f"{RESOURCE[text.face]} {_units(text.size_pt * MM_PER_PT)} Tf"


def _shown(text: Text, faces: Faces, after: str = "") -> str:
    size = text.size_pt * MM_PER_PT
    extra = text.spacing_mm / size * 1000 if text.spacing_mm else 0.0
    glyphs = f"{_glyphs(text.text, faces[text.face], extra)}{after}".replace("><", "")
    return f"{_matrix(text, faces)} Tm [{glyphs}] TJ"


def _matrix(text: Text, faces: Faces) -> str:
    shift = SHIFTS[text.align] * text_width(text, faces)
    cosine, sine, numbers = _direction(text.angle)
    return f"{numbers} {_units(text.x - shift * cosine)} {_units(text.y - shift * sine)}"


@cache
def _direction(degrees: float) -> tuple[float, float, str]:
    """Return cosine and sine of an angle, and the rotation matrix for texts."""
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    numbers = (f"{n:.5f}".rstrip("0").rstrip(".") for n in (cosine, sine, -sine, cosine))
    return cosine, sine, " ".join(numbers)


@lru_cache(_REMEMBERED)
def _glyphs(words: str, face: Face, extra: float) -> str:
    """Return glyph numbers with corrections for kerning and letter spacing.

    The extra spacing is in thousandths of the type size. Cached, because sheets repeat words.
    """
    parts: list[str] = []
    for glyph in face.shape(words):
        parts.append(f"<{glyph.number:04X}>")
        kerning = (glyph.natural - glyph.advance) / face.units_per_em * 1000
        if correction := round(kerning - extra):
            parts.append(str(correction))
    return "".join(parts)
