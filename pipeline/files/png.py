"""Pages of a PDF as PNG pictures, drawn by PDFium.

The picture is made from the very PDF that is published, so that the two cannot disagree.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
from PIL import Image

# Shades between two colours that smoothed edges are given.
_SHADES = 4
# Higher levels take longer and save little.
_COMPRESSION = 4
_CELLS_APART = 12


def palette(colours: Sequence[str]) -> Image.Image:
    """Return the palette of the pictures: the given colours, and shades of them for edges.

    Parameters
    ----------
    colours : sequence of str
        ``#RRGGBB``; they stay exact.

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
    apart = [shade for shade in shades if all(_apart(shade, colour) for colour in own)]
    chosen = list(dict.fromkeys([*own, *apart]))[:256]
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


def pictures(pdf: bytes, colours: Image.Image, dpi: int) -> Iterator[bytes]:
    """Draw every page of a PDF as a PNG picture.

    Parameters
    ----------
    pdf : bytes
        A PDF file.
    colours : Image
        From ``palette``.
    dpi : int
        Pixels per inch of paper.

    Yields
    ------
    bytes
        A PNG file per page. While one page is drawn, the ones before it are packed.
    """
    with pypdfium2.PdfDocument(pdf) as document, ThreadPoolExecutor(1) as packer:
        waiting = [packer.submit(encode, page_image(page, dpi), colours, dpi) for page in document]
        for packed in waiting:
            yield packed.result()


def page_image(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    """Draw one page.

    Parameters
    ----------
    page : PdfPage
        Of an open document.
    dpi : int
        Pixels per inch of paper.

    Returns
    -------
    Image
        RGB.
    """
    image: Image.Image = page.render(scale=dpi / 72, rev_byteorder=True).to_pil()
    return image


def encode(image: Image.Image, colours: Image.Image, dpi: int) -> bytes:
    """Return a picture as a PNG file of 256 colours.

    Parameters
    ----------
    image : Image
        RGB.
    colours : Image
        From ``palette``; every pixel becomes the nearest of them.
    dpi : int
        Written into the file.
    """
    reduced = image.quantize(palette=colours, dither=Image.Dither.NONE)
    target = io.BytesIO()
    reduced.save(target, "PNG", dpi=(dpi, dpi), compress_level=_COMPRESSION)
    return target.getvalue()
