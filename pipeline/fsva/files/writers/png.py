"""Pages of a PDF as PNG pictures, drawn by PDFium.

Draws pictures from the streams of the published PDF, so that the two cannot disagree. The ground
that all pages share is drawn once.
"""

from __future__ import annotations

import ctypes
import io
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import raw

from fsva.drawing.paper.colours import Rgb, mixed, rgb
from fsva.drawing.paper.scene import MM_PER_PT, Sheet
from fsva.files.packing.picture import PalettePicture, PictureFacts
from fsva.files.writers import xml_text

# Place of width and height in a PNG file (its header is always the first chunk).
_SIZE = slice(16, 24)
# Shades between two colours, for smooth edges.
_SHADES = 4
_CELLS_APART = 12
# Effort for a lossless WebP, 0..100; more takes longer and saves little.
_WEBP_EFFORT = 20
_CHANNELS = 3
_WHITE = (255, 255, 255, 255)
# Rows reduced to the palette at once.
_STRIP = 250


def palette(colours: Sequence[str], more: Sequence[str] = ()) -> Image.Image:
    """Return the palette of the pictures: the given colours and their shades for edges.

    Parameters
    ----------
    colours : sequence of str
        ``#RRGGBB``; they stay exact.
    more : sequence of str
        Other colours of areas, e.g. shaded slopes; one that is nearly a given colour becomes that
        colour.

    Returns
    -------
    Image
        Mode P, one pixel, at most 256 colours.
    """
    base = list(dict.fromkeys(rgb(colour) for colour in colours))
    black, white = (0, 0, 0), (255, 255, 255)
    shades = [
        mixed(colour, other, step / (_SHADES + 1))
        for step in range(1, _SHADES + 1)
        for other in (white, black)
        for colour in base
    ]
    anchors = list(dict.fromkeys([*base, black, white]))
    areas = [
        candidate
        for candidate in map(rgb, more)
        if all(_apart(candidate, colour) for colour in anchors)
    ]
    exact = list(dict.fromkeys([*anchors, *areas]))
    apart = [shade for shade in shades if all(_apart(shade, colour) for colour in exact)]
    chosen = list(dict.fromkeys([*exact, *apart]))[:256]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in chosen for part in colour])
    return image


def _apart(colour: Rgb, other: Rgb) -> bool:
    """Tell whether two colours differ so much that Pillow cannot confuse them.

    Pillow looks colours up in cells of four steps per channel.
    """
    return max(abs(a - b) for a, b in zip(colour, other, strict=True)) >= _CELLS_APART


@dataclass(frozen=True)
class Print:
    """Palette and resolution of pictures.

    Parameters
    ----------
    colours : Image
        From ``palette``.
    dpi : int
        Pixels per inch of paper; stored in the file.
    """

    colours: Image.Image
    dpi: int


@dataclass(frozen=True, eq=False)
class Backdrop:
    """The common ground of pictures.

    Parameters
    ----------
    drawn : PdfBitmap
        The ground in red, green and blue.
    over : PdfBitmap
        A bitmap of the same size, for pages drawn over a copy of the ground.
    dpi : int
        Pixels per inch of paper.
    """

    drawn: pypdfium2.PdfBitmap
    over: pypdfium2.PdfBitmap
    dpi: int

    def under(self, page: pypdfium2.PdfPage) -> NDArray[np.uint8]:
        """Draw a page over a copy of the ground, pixel for pixel as on one page.

        Parameters
        ----------
        page : PdfPage
            Of an open document, of the size of the ground. The page drawn before is lost.
        """
        ctypes.memmove(self.over.buffer, self.drawn.buffer, self.over.stride * self.over.height)
        _draw(page, self.over)
        drawn: NDArray[np.uint8] = self.over.to_numpy()
        return drawn


class Painter:
    """Draws pages as pictures, all in the same memory: fresh memory costs a quarter of the time.

    Parameters
    ----------
    colours : Image
        Palette of the pictures, from ``palette``.
    size : (int, int)
        Pixels of the largest picture, if known; else memory grows as needed.
    """

    def __init__(self, colours: Image.Image, size: tuple[int, int] = (0, 0)) -> None:
        self._colours = colours
        self._take(size[0] * size[1] * _CHANNELS)

    def _take(self, length: int) -> None:
        self._buffers = [(ctypes.c_ubyte * length)() for _ in range(2)]

    def ground(self, below: bytes, dpi: int) -> Backdrop:
        """Draw the ground of pictures; the earlier one is lost.

        Parameters
        ----------
        below : bytes
            A PDF file; its first page is drawn.
        dpi : int
            Pixels per inch of paper.
        """
        with pypdfium2.PdfDocument(below) as pdf:
            page = pdf[0]
            width, height = (math.ceil(points * dpi / 72) for points in page.get_size())
            if (length := width * height * _CHANNELS) > len(self._buffers[0]):
                self._take(length)
            drawn, over = (
                pypdfium2.PdfBitmap.new_native(
                    width, height, raw.FPDFBitmap_BGR, rev_byteorder=True, buffer=buffer
                )
                for buffer in self._buffers
            )
            drawn.fill_rect(_WHITE, 0, 0, width, height)
            _draw(page, drawn)
            return Backdrop(drawn, over, dpi)

    def pictures(
        self, ground: Backdrop, above: bytes, about: Sequence[Mapping[str, str]]
    ) -> Iterator[bytes]:
        """Draw pages over a common ground as PNG pictures.

        Parameters
        ----------
        ground : Backdrop
            The last that was drawn.
        above : bytes
            A PDF file with pages of the same size: what each picture has over the ground.
        about : sequence of mapping of str to str
            Metadata of each picture, from ``about``.

        Yields
        ------
        bytes
            A PNG file per page. While one page is drawn, the one before is compressed; no more
            than these two are in memory.
        """
        how = Print(self._colours, ground.dpi)
        with pypdfium2.PdfDocument(above) as pages, ThreadPoolExecutor(1) as packer:
            before: Future[bytes] | None = None
            for page, words in zip(pages, about, strict=True):
                drawn = ground.under(page)
                if before:
                    yield before.result()
                before = packer.submit(encode, reduced(drawn, self._colours), how, words)
            if before:
                yield before.result()


def _draw(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap) -> None:
    flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, bitmap.width, bitmap.height, 0, flags)


def pixels(mm: float, dpi: int) -> int:
    """Return the number of pixels along one side of the paper."""
    return math.ceil(round(mm / MM_PER_PT, 2) * dpi / 72)


def about(sheet: Sheet) -> dict[str, str]:
    """Return the metadata of a picture by the keywords of PNG (11.3.3.2), without dates."""
    words = {
        "Title": sheet.title,
        "Author": sheet.author,
        "Description": sheet.in_words.get("map", ""),
        "Edition": sheet.edition,
        "Source": sheet.source,
    }
    return {key: xml_text.kept(value) for key, value in words.items() if value}


def reduced(pixels: NDArray[np.uint8], colours: Image.Image) -> PalettePicture:
    """Reduce a picture to the colours of a palette, strip by strip to save memory.

    Parameters
    ----------
    pixels : array of uint8, shape (n_rows, n_columns, 3)
        Red, green, blue; every pixel becomes the nearest colour of the palette.
    colours : Image
        From ``palette``.
    """
    picture = PalettePicture.blank(*pixels.shape[:2])
    for top in range(0, len(pixels), _STRIP):
        strip = Image.fromarray(pixels[top : top + _STRIP])
        found = strip.quantize(palette=colours, dither=Image.Dither.NONE)
        picture.pixels[top : top + _STRIP] = np.asarray(found)
    return picture


def encode(picture: PalettePicture, how: Print, about: Mapping[str, str]) -> bytes:
    """Return a picture as a PNG file of 256 colours in sRGB.

    Parameters
    ----------
    picture : PalettePicture
        From ``reduced``.
    """
    said = PictureFacts(how.dpi, is_srgb=True, words=about)
    return picture.file(how.colours.getpalette() or [], said)


def as_webp(data: bytes) -> bytes:
    """Return a PNG picture as lossless WebP."""
    target = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.convert("RGB").save(target, "WEBP", lossless=True, quality=_WEBP_EFFORT)
    return target.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file in pixels."""
    width, height = struct.unpack(">II", data[_SIZE])
    return width, height
