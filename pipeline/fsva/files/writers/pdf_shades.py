"""Grids of shade in a PDF: black with an opacity mask, which every viewer supports.

Owns the two images of a grid.
"""

from __future__ import annotations

from pikepdf import Array, Name, Object, Pdf

from fsva.drawing.paper.scene import Shade
from fsva.files.packing import deflate_streams


def image(pdf: Pdf, shade: Shade) -> Object:
    """Embed a grid as an image that darkens the drawing below it."""
    rows, columns = shade.darkness.shape
    shared = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": columns,
        "Height": rows,
        "ColorSpace": Name.DeviceGray,
        "Filter": Name.FlateDecode,
    }
    darkness = deflate_streams.packed(shade.darkness.tobytes())
    mask = pdf.make_stream(darkness, BitsPerComponent=8, **shared)
    black = bytes((columns + 7) // 8 * rows)
    packed = deflate_streams.packed(black)
    return pdf.make_stream(packed, BitsPerComponent=1, SMask=mask, Decode=Array([0, 1]), **shared)
