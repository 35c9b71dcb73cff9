"""Pages of a PDF as PNG pictures, drawn by PDFium.

A picture is drawn from the very streams of the PDF that is published, so that the two cannot
disagree; what all pages have at their bottom is drawn once.
"""

from __future__ import annotations

import ctypes
import io
import struct
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin
from pypdfium2 import raw

from pipeline.figures.scene import Sheet
from pipeline.files import markup

# Rendering intent of the sRGB chunk: colours stay what they are, also for proofs.
_RELATIVE_COLORIMETRIC = b"\x01"
# Where a PNG file holds width and height (its header is always the first chunk).
_SIZE = slice(16, 24)
# Shades between two colours that smoothed edges are given.
_SHADES = 4
# Higher levels take longer and save little; this one keeps below a third of a full-colour file.
_COMPRESSION = 4
_CELLS_APART = 12
# Pictures that are packed while the next one is drawn: each takes 35 MiB.
_AT_ONCE = 2
# Rows that are reduced to the palette at once.
_STRIP = 250


def palette(colours: Sequence[str], more: Sequence[str] = ()) -> Image.Image:
    """Return the palette of the pictures: the given colours, and shades of them for edges.

    Parameters
    ----------
    colours : sequence of str
        ``#RRGGBB``; they stay exact.
    more : sequence of str
        Colours that areas may have beside them, e.g. shaded slopes; those that are nearly one of
        the given become it.

    Returns
    -------
    Image
        Mode P, one pixel, at most 256 colours.
    """
    base = list(dict.fromkeys(_rgb(colour) for colour in colours))
    black, white = (0, 0, 0), (255, 255, 255)
    shades = [
        _mixed(one, other, step / (_SHADES + 1))
        for step in range(1, _SHADES + 1)
        for other in (white, black)
        for one in base
    ]
    own = list(dict.fromkeys([*base, black, white]))
    areas = [one for one in map(_rgb, more) if all(_apart(one, colour) for colour in own)]
    exact = list(dict.fromkeys([*own, *areas]))
    apart = [shade for shade in shades if all(_apart(shade, colour) for colour in exact)]
    chosen = list(dict.fromkeys([*exact, *apart]))[:256]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in chosen for part in colour])
    return image


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether two colours are so far apart that Pillow cannot take one for the other.

    Pillow looks colours up in cells of four steps a side.
    """
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) >= _CELLS_APART


def _mixed(
    one: tuple[int, int, int], other: tuple[int, int, int], share: float
) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Print:
    """How pictures are written.

    Parameters
    ----------
    colours : Image
        From ``palette``.
    dpi : int
        Pixels per inch of paper; written into the file.
    """

    colours: Image.Image
    dpi: int


def pictures(
    below: bytes, above: bytes, how: Print, about: Sequence[Mapping[str, str]]
) -> Iterator[bytes]:
    """Draw pages that lie over one common page as PNG pictures.

    Parameters
    ----------
    below : bytes
        A PDF file; its first page is what all pictures have at their bottom, drawn once.
    above : bytes
        A PDF file of pages of the same size: what each picture has over it.
    how : Print
        Palette and resolution.
    about : sequence of mapping of str to str
        What each picture says of itself, from ``about``.

    Yields
    ------
    bytes
        A PNG file per page of ``above``. While one page is drawn, the ones before it are packed.
    """
    with (
        pypdfium2.PdfDocument(below) as ground,
        pypdfium2.PdfDocument(above) as pages,
        ThreadPoolExecutor(_AT_ONCE) as packer,
    ):
        bottom = ground[0].render(scale=how.dpi / 72, rev_byteorder=True)
        canvases = [Canvas(bottom) for _ in range(min(len(pages), _AT_ONCE))]
        waiting: deque[Future[bytes]] = deque()
        for n, (page, words) in enumerate(zip(pages, about, strict=True)):
            if n >= len(canvases):
                yield waiting.popleft().result()
            canvas = canvases[n % len(canvases)]
            canvas.draw(page)
            waiting.append(packer.submit(canvas.packed, how, words))
        for packed in waiting:
            yield packed.result()


class Canvas:
    """Memory in which one page after another is drawn over the same picture.

    Taking fresh memory for every page would take as long as half of its drawing.

    Parameters
    ----------
    bottom : PdfBitmap
        RGB; what every page has at its bottom.
    """

    def __init__(self, bottom: pypdfium2.PdfBitmap) -> None:
        size = bottom.width, bottom.height
        self._bottom = bottom
        self._bitmap = pypdfium2.PdfBitmap.new_native(*size, bottom.format, rev_byteorder=True)

    def draw(self, page: pypdfium2.PdfPage) -> None:
        """Draw a page, pixel for pixel as one page with both contents would be drawn.

        Parameters
        ----------
        page : PdfPage
            Of an open document, as large as the picture at the bottom.
        """
        below, bitmap = self._bottom, self._bitmap
        ctypes.memmove(bitmap.buffer, below.buffer, below.stride * below.height)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, below.width, below.height, 0, flags)

    def packed(self, how: Print, about: Mapping[str, str]) -> bytes:
        """Return what was drawn last as a PNG file.

        Parameters
        ----------
        how, about
            As for ``encode``.
        """
        return encode(reduced(self._bitmap.to_numpy(), how.colours), how, about)


def about(sheet: Sheet) -> dict[str, str]:
    """Return what a picture says of itself, by the keywords of PNG (11.3.3.2); no dates.

    Parameters
    ----------
    sheet : Sheet
        What the picture shows.
    """
    words = {
        "Title": sheet.title,
        "Author": sheet.author,
        "Description": sheet.in_words.get("map", ""),
        "Edition": sheet.edition,
        "Source": sheet.source,
    }
    return {key: markup.kept(value) for key, value in words.items() if value}


def reduced(pixels: NDArray[np.uint8], colours: Image.Image) -> Image.Image:
    """Return a picture in the colours of a palette, strip by strip: whole copies take memory.

    Parameters
    ----------
    pixels : array of uint8, shape (n_rows, n_columns, 3)
        Red, green, blue; every pixel becomes the nearest colour of the palette.
    colours : Image
        From ``palette``.
    """
    rows, columns = pixels.shape[:2]
    image = Image.new("P", (columns, rows))
    for top in range(0, rows, _STRIP):
        strip = Image.fromarray(pixels[top : top + _STRIP])
        image.paste(strip.quantize(palette=colours, dither=Image.Dither.NONE), (0, top))
    image.putpalette(colours.getpalette() or [])
    return image


def encode(image: Image.Image, how: Print, about: Mapping[str, str]) -> bytes:
    """Return a picture as a PNG file of 256 colours, meant as sRGB.

    Parameters
    ----------
    image : Image
        From ``reduced``.
    how : Print
        Its palette and resolution.
    about : mapping of str to str
        Keyword to words.
    """
    chunks = PngImagePlugin.PngInfo()
    chunks.add(b"sRGB", _RELATIVE_COLORIMETRIC)
    for keyword, words in about.items():
        chunks.add_itxt(keyword, words)
    target = io.BytesIO()
    dpi = (how.dpi, how.dpi)
    image.save(target, "PNG", dpi=dpi, compress_level=_COMPRESSION, pnginfo=chunks)
    return target.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file in pixels."""
    width, height = struct.unpack(">II", data[_SIZE])
    return width, height
