"""Type faces: shaping, measuring and subsetting, through HarfBuzz.

Owns the font files' contents. Text is measured with the same glyphs and kerning with which it
is written, so that what fits here fits on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from fsva.drawing.paper.scene import MM_PER_PT, FaceName, Text

FILES: dict[FaceName, str] = {
    "regular": "LiberationSans-Regular.ttf",
    "bold": "LiberationSans-Bold.ttf",
    "italic": "LiberationSans-Italic.ttf",
}
# Letters stand between the base line and this share of the type size; g and y reach below.
CAP_HEIGHT = 0.73
DESCENT = 0.21
_SPACES = re.compile(r"[ \n\t]+")
_BELOW = frozenset("gjpqyQ,;()[]{}/|@_")


class Glyph(NamedTuple):
    """A glyph of a shaped text.

    Attributes
    ----------
    number : int
        Glyph number in the font file.
    advance : int
        Way to the next glyph in font units, kerning included.
    natural : int
        The same without kerning.
    cluster : int
        Position of its first letter in the text.
    """

    number: int
    advance: int
    natural: int
    cluster: int


Step = tuple[str, tuple[float, ...]]


class _Pen:
    """Notes the steps of outlines."""

    def __init__(self) -> None:
        self._funcs = hb.DrawFuncs()
        self._funcs.set_move_to_func(self._noting("M"))
        self._funcs.set_line_to_func(self._noting("L"))
        self._funcs.set_quadratic_to_func(self._noting("Q"))
        self._funcs.set_cubic_to_func(self._noting("C"))
        self._funcs.set_close_path_func(self._noting("Z"))

    def draw(self, font: hb.Font, number: int, steps: list[Step]) -> None:
        """Add the outline of a glyph to steps."""
        font.draw_glyph(number, self._funcs, steps)

    @staticmethod
    def _noting(step: str) -> Callable[..., None]:
        def note(*arguments: object) -> None:
            """Keep a step of an outline with its points."""
            *points, steps = arguments
            steps.append((step, tuple(points)))  # type: ignore[attr-defined]

        return note


_PEN = _Pen()


class Face:
    """One font file.

    Parameters
    ----------
    name : {"regular", "bold", "italic"}
        How texts refer to it.
    data : bytes
        Content of a TrueType file.
    """

    def __init__(self, name: FaceName, data: bytes) -> None:
        self.name = name
        self._face = hb.Face(hb.Blob(data))
        self._font = hb.Font(self._face)
        self.shape = lru_cache(maxsize=None)(self._shape)
        # Most texts are only measured, many times over: that needs no list of glyphs.
        self._units = lru_cache(maxsize=None)(self._advance)
        # Kept in the face, not for all faces: who keeps a face keeps all that it has shaped.
        self.lines = lru_cache(4096)(self._lines)

    @cached_property
    def units_per_em(self) -> int:
        """Font units in the type size."""
        return int(self._face.upem)

    @cached_property
    def postscript_name(self) -> str:
        """Name of the font as PDF wants it, e.g. ``LiberationSans-Bold``."""
        return str(self._face.get_name(6, "en"))

    @cached_property
    def extents(self) -> tuple[int, int]:
        """Ascender and descender in font units; the descender is negative."""
        extents = self._font.get_font_extents("ltr")
        return int(extents.ascender), int(extents.descender)

    def _shape(self, text: str) -> tuple[Glyph, ...]:
        buffer = self._shaped(text)
        # HarfBuzz gives None, not an empty list, for a text without letters.
        infos, positions = buffer.glyph_infos or [], buffer.glyph_positions or []
        return tuple(
            Glyph(
                info.codepoint,
                position.x_advance,
                self._font.get_glyph_h_advance(info.codepoint),
                info.cluster,
            )
            for info, position in zip(infos, positions, strict=True)
        )

    def _advance(self, text: str) -> int:
        """Return the width of a text in font units."""
        return sum(position.x_advance for position in self._shaped(text).glyph_positions or ())

    def _lines(self, text: str, size_pt: float, width_mm: float) -> tuple[str, ...]:
        """Break a text into lines, as ``wrap`` does."""
        lines: list[str] = []
        for word in _SPACES.split(text.strip()) if text.strip() else ():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_mm(longer, size_pt) <= width_mm:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(line.replace("\u00a0", " ") for line in lines)

    def _shaped(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        # Ligatures would hide letters from a search in the PDF.
        hb.shape(self._font, buffer, {"kern": True, "liga": False})
        return buffer

    def width_mm(self, text: str, size_pt: float, spacing_mm: float = 0.0) -> float:
        """Return the width of a text on paper.

        Parameters
        ----------
        size_pt : float
            Type size in points.
        spacing_mm : float
            Added between letters.
        """
        units, spaces = self._units(text), max(len(text) - 1, 0)
        return units / self.units_per_em * size_pt * MM_PER_PT + spacing_mm * spaces

    def outline(self, number: int) -> tuple[Step, ...]:
        """Return the outline of a glyph in font units, from the base line up.

        Returns
        -------
        tuple of (str, tuple of float)
            Steps of a path as SVG names them, with absolute points: M, L, Q, C, Z.
        """
        steps: list[Step] = []
        _PEN.draw(self._font, number, steps)
        return tuple(steps)

    def natural_width(self, number: int) -> int:
        """Return the advance of a glyph without kerning, in font units."""
        return int(self._font.get_glyph_h_advance(number))

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Return a TrueType file with only these glyphs, their numbers kept.

        Parameters
        ----------
        glyphs : iterable of int
            Glyph numbers.
        """
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(sorted(glyphs))
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
        return bytes(hb.subset(self._face, wanted).blob.data)

    def subset_of(self, letters: Iterable[str]) -> bytes:
        """Return a TrueType file with only these letters, which finds them by their characters.

        Parameters
        ----------
        letters : iterable of str
            Single characters.
        """
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(sorted(ord(letter) for letter in letters))
        wanted.flags = hb.SubsetFlags.NO_HINTING
        return bytes(hb.subset(self._face, wanted).blob.data)


Faces = dict[FaceName, Face]


def load(folder: Path) -> Faces:
    """Read the project's type faces.

    Parameters
    ----------
    folder : Path
        ``styles/fonts``.
    """
    return {name: Face(name, (folder / file).read_bytes()) for name, file in FILES.items()}


def text_width(text: Text, faces: Faces) -> float:
    """Return the width in millimetres of a text on a sheet."""
    return faces[text.face].width_mm(text.text, text.size_pt, text.spacing_mm)


def depth(words: str, size_pt: float) -> float:
    """Return how far the letters of a text reach below its base line, in millimetres.

    Parameters
    ----------
    size_pt : float
        Type size in points.
    """
    plain = words.isascii() and not _BELOW.intersection(words)
    return 0.0 if plain else DESCENT * size_pt * MM_PER_PT


def line_height(size_pt: float) -> float:
    """Return the height in millimetres from the descenders to the top of the capitals."""
    return (CAP_HEIGHT + DESCENT) * size_pt * MM_PER_PT


def wrap(text: str, face: Face, size_pt: float, width_mm: float) -> tuple[str, ...]:
    """Break a text into lines that fit a width.

    Parameters
    ----------
    text : str
        Words separated by spaces; a word wider than the line stands alone. At no-break spaces,
        which become plain ones, no line ends.
    size_pt : float
        Type size.
    width_mm : float
        Width of the column.
    """
    return face.lines(text, size_pt, width_mm)
