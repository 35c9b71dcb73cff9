"""Pages of a PDF as PNG pictures, drawn by PDFium.

The picture is made from the very PDF that is published, so that the two cannot disagree.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

SRGB_INTENT_PERCEPTUAL = 0


def page_image(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """Draw a page of a PDF.

    Parameters
    ----------
    pdf : bytes
        A PDF file.
    page : int
        Number of the page, from 0.
    dpi : int
        Pixels per inch of paper.

    Returns
    -------
    Image
        RGB, without transparency.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dpi / 72, rev_byteorder=True)
        image: Image.Image = bitmap.to_pil().convert("RGB")
    return image


def encode(image: Image.Image, palette: Image.Image, dpi: int) -> bytes:
    """Return a picture as a PNG file with 256 colours.

    Parameters
    ----------
    image : Image
        RGB.
    palette : Image
        Mode P; its colours. Those of the classes are among them, so that they stay exact; the
        shades of smoothed edges become the nearest one.
    dpi : int
        Written into the file.
    """
    reduced = image.quantize(palette=palette, dither=Image.Dither.NONE)
    target = io.BytesIO()
    reduced.save(target, "PNG", dpi=(dpi, dpi), compress_level=6)
    return target.getvalue()
