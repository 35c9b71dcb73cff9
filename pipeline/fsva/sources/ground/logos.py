"""The coat of arms of a district and the logo of its office, read from picture files.

Owns the reader and its limits of size. ``fsva.drawing.elements.title_logos`` places them on a
sheet. Imports the library of pictures only to read a file.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fsva.core import bounds
from fsva.core.errors import Place, SourceError

if TYPE_CHECKING:
    from PIL import Image

_MOST_DPI = 600
_FORMATS = ("PNG", "JPEG")
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff")
# Modes of Pillow with 8 bits per channel, without CMYK, which has no fixed colours.
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")
# Share of the area from which a colour is kept, and the steps of the other colours.
_LEAST_SHARE, _MOST_EXACT, _ROUNDED = 0.01, 8, 16
# Colours nearer than this (0..255 per channel) count as one in a palette of 256.
_APART = 12


@dataclass(frozen=True, eq=False)
class Logo:
    """A picture of an office.

    Parameters
    ----------
    pixels : array of uint8, shape (n_rows, n_columns, 4)
        Red, green, blue and opacity (255 = opaque); white where fully transparent.
    colours : tuple of str
        Main colours on white paper, ``#RRGGBB``.
    """

    pixels: NDArray[np.uint8]
    colours: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Logos:
    """The pictures beside a title.

    Parameters
    ----------
    crest : Logo or None
        Coat of arms of the district, on the left.
    office : Logo or None
        Logo of the office, on the right.
    """

    crest: Logo | None = None
    office: Logo | None = None

    @property
    def colours(self) -> list[str]:
        """The main colours of both."""
        return [colour for logo in (self.crest, self.office) if logo for colour in logo.colours]


def read(file: Path, room: tuple[float, float]) -> Logo:
    """Read a picture and reduce it to at most 600 dots per inch on paper.

    Parameters
    ----------
    file : Path
        PNG or JPEG, at most 20 MB and 50 million pixels, in sRGB.
    room : (float, float)
        Largest width and height on paper, millimetres.

    Raises
    ------
    SourceError
        Missing, too large, of another kind, broken, in CMYK, or invisible.
    """
    from PIL import Image

    picture = _decoded(file)
    dots = [ceil(mm / 25.4 * _MOST_DPI) for mm in room]
    share = min(1.0, *(most / length for most, length in zip(dots, picture.size, strict=True)))
    if share < 1:
        width, height = (max(1, round(length * share)) for length in picture.size)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    pixels = np.array(picture)
    if not pixels[..., 3].any():
        raise SourceError("logo_tak_tampak", [Place(file)])
    pixels[pixels[..., 3] == 0] = 255, 255, 255, 0
    return Logo(pixels, _main_colours(picture))


def _decoded(file: Path) -> Image.Image:
    """Return an upright picture in RGBA."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    data = _bytes(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _check(file, picture)
                picture.load()
                return ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _too_many_pixels(file, None) from problem
    except UnidentifiedImageError as problem:
        if data.startswith(_SIGNATURES):
            raise SourceError("logo_rusak", [Place(file)]) from problem
        raise SourceError("logo_jenis", [Place(file)]) from problem
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        LookupError,
        struct.error,
        zlib.error,
    ) as problem:
        raise SourceError("logo_rusak", [Place(file)]) from problem


def _bytes(file: Path) -> bytes:
    limits = bounds.load().picture
    if file.is_file() and file.stat().st_size > limits.most_bytes:
        raise SourceError("logo_ukuran", [Place(file)], {"batas": _millions(limits.most_bytes)})
    return bounds.content(file, limits.most_bytes)


def _check(file: Path, picture: Image.Image) -> None:
    """Refuse a file by its head, before decoding."""
    width, height = picture.size
    limits = bounds.load().picture
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise _too_many_pixels(file, f"{width} x {height}")
    if picture.mode not in _MODES:
        raise SourceError("logo_warna", [Place(file, found=picture.mode)])


def _too_many_pixels(file: Path, found: str | None) -> SourceError:
    limits = bounds.load().picture
    place, most = Place(file, found=found), _millions(limits.pixels)
    return SourceError("logo_piksel", [place], {"batas": most, "sisi": bounds.told(limits.side)})


def _millions(number: int) -> str:
    return str(number // 1_000_000)


def _main_colours(picture: Image.Image) -> tuple[str, ...]:
    """Return the colours of large areas, then representative colours of the others."""
    from PIL import Image

    paper = Image.new("RGBA", picture.size, "white")
    seen = Image.alpha_composite(paper, picture).convert("RGB")
    values, counts = np.unique(np.asarray(seen).reshape(-1, 3), axis=0, return_counts=True)
    largest = np.argsort(-counts, kind="stable")[:_MOST_EXACT]
    exact = values[largest[counts[largest] >= _LEAST_SHARE * counts.sum()]]
    rounded = seen.quantize(_ROUNDED, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    near = np.array(rounded.getpalette(), dtype=np.uint8).reshape(-1, 3)[:_ROUNDED]
    kept: list[NDArray[np.int64]] = []
    for colour in np.concatenate([exact, near]).astype(np.int64):
        if all(np.abs(colour - other).max() >= _APART for other in kept):
            kept.append(colour)
    return tuple(f"#{bytes(colour.tolist()).hex().upper()}" for colour in kept)
