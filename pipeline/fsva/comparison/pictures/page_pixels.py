"""Pages of PNG and PDF files as arrays of pixels, and shapes of a sheet as areas of pixels.

Owns the opening of pictures: any other file raises an error that names it, and a picture of absurd
size is refused before it is unpacked.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw, UnidentifiedImageError

from fsva.core.box import Box
from fsva.core.errors import Place, SourceError

Pixels = NDArray[np.uint8]
# An A3 sheet at 600 dpi has 70 million.
_MOST_PIXELS = 120_000_000
_POINTS_PER_INCH = 72
# Part of a pixel by which a page stays below whole pixels, as layouts do.
_LESS = 0.03
_PNG = b"\x89PNG\r\n\x1a\n"


def of_file(name: str, content: bytes, dpi: int) -> dict[str, Pixels]:
    """Return the pages of a picture file.

    Parameters
    ----------
    name : str
        File name; its ending tells PNG from PDF.
    dpi : int
        Pixels per inch at which the pages of a PDF are drawn; a PNG keeps its own.

    Returns
    -------
    dict of str to array of uint8, shape (height, width, 3)
        The file name, for a PDF of several pages with ``#2`` and so on from the second page.

    Raises
    ------
    SourceError
        The file is no picture, is damaged, or has more pixels than any sheet.
    """
    try:
        if name.lower().endswith(".pdf"):
            return _pages(name, content, dpi)
        return {name: _picture(name, content)}
    except (OSError, SyntaxError, UnidentifiedImageError, pypdfium2.PdfiumError) as problem:
        raise SourceError("gambar_rusak", [Place(Path(name))]) from problem


def _picture(name: str, content: bytes) -> Pixels:
    if content[:8] == _PNG:  # size first: Pillow would only warn
        _check_size(name, *struct.unpack(">II", content[16:24].ljust(8, b"\0")))
    with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
        return np.asarray(image.convert("RGB"))


def _pages(name: str, content: bytes, dpi: int) -> dict[str, Pixels]:
    with pypdfium2.PdfDocument(content) as document:
        return {
            name if number == 1 else f"{name}#{number}": _page(name, page, dpi)
            for number, page in enumerate(document, start=1)
        }


def _page(name: str, page: pypdfium2.PdfPage, dpi: int) -> Pixels:
    scale = dpi / _POINTS_PER_INCH
    _check_size(name, round(page.get_width() * scale), round(page.get_height() * scale))
    _cut_to_whole_pixels(page, scale)
    drawn = page.render(scale=scale, rev_byteorder=True)
    return np.array(drawn.to_numpy()[:, :, :3])


def _cut_to_whole_pixels(page: pypdfium2.PdfPage, scale: float) -> None:
    """Cut less than half a pixel off the right and the top of a page.

    PDFium would stretch the page over each pixel that it begins. A PDF has the exact size of the
    paper and its PNG the whole pixels that fit; both lie on the lower left corner.
    """
    left, bottom, *_ = page.get_cropbox()
    wide, high = (
        min(side, (max(round(side * scale), 1) - _LESS) / scale)
        for side in (page.get_width(), page.get_height())
    )
    page.set_cropbox(left, bottom, left + wide, bottom + high)


def _check_size(name: str, width: int, height: int) -> None:
    if width * height > _MOST_PIXELS:
        raise SourceError(
            "gambar_besar", [Place(Path(name))], {"lebar": str(width), "tinggi": str(height)}
        )


@dataclass(frozen=True)
class Paint:
    """A part of a sheet and the number of its pixels.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Millimetres from the lower left corner of the sheet: a ring, or a line.
    value : int
        The number.
    width_mm : float
        For a line: how wide; 0 for a ring, which is filled.
    """

    points: NDArray[np.float64]
    value: int
    width_mm: float = 0.0


def blank(shape: tuple[int, int]) -> NDArray[np.int32]:
    """Return a raster of zeros, on which shapes are painted.

    Parameters
    ----------
    shape : (int, int)
        Height and width in pixels.
    """
    return np.zeros(shape, dtype=np.int32)


def painted(
    below: NDArray[np.int32],
    paints: Iterable[Paint],
    size_mm: tuple[float, float],
    window: Box | None = None,
) -> NDArray[np.int32]:
    """Paint parts of a sheet over a raster; later parts lie above.

    Parameters
    ----------
    below : array of int32, shape (height, width)
        Numbers of what lies below.
    paints : iterable of Paint
        From below.
    size_mm : (float, float)
        Width and height of the sheet.
    window : Box or None
        Nothing is painted outside it.

    Returns
    -------
    array of int32, shape (height, width)
    """
    height, width = below.shape
    scale = np.array([width / size_mm[0], height / size_mm[1]])
    image = Image.fromarray(below)
    draw = ImageDraw.Draw(image)
    for paint in paints:
        pixels = paint.points * scale
        corners = [(x, height - y) for x, y in pixels.tolist()]
        if paint.width_mm:
            draw.line(corners, paint.value, max(1, round(paint.width_mm * float(scale[0]))))
        elif len(corners) > 2:
            draw.polygon(corners, paint.value)
    drawn = np.asarray(image, dtype=np.int32)
    if window is None:
        return drawn
    # Whole pixels: one that an edge of the window parts shows some of what is inside.
    left, right = math.floor(window.left * scale[0]), math.ceil(window.right * scale[0])
    top, bottom = (height - window.top * scale[1], height - window.bottom * scale[1])
    top, bottom = math.floor(top), math.ceil(bottom)
    result = below.copy()
    inside = (slice(max(top, 0), bottom), slice(max(left, 0), right))
    result[inside] = drawn[inside]
    return result
