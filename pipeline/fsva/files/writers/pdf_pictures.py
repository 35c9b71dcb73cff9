"""Pictures of an office in a PDF: colours with an opacity mask.

Owns the two images of a picture. The file does not ask viewers to interpolate, which PDF/A
forbids.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pikepdf import Dictionary, Name, Object, Pdf

from fsva.drawing.paper.scene import Picture
from fsva.files.packing import deflate_streams


def image(pdf: Pdf, picture: Picture) -> Object:
    """Embed a picture; a fully opaque one has no mask."""
    opacity = picture.pixels[..., 3]
    colours = _stream(pdf, picture.pixels[..., :3], Name.DeviceRGB)
    if (opacity < 255).any():
        colours.SMask = _stream(pdf, opacity, Name.DeviceGray)
    return colours


def _stream(pdf: Pdf, cells: NDArray[np.uint8], space: Name) -> Object:
    rows, columns = cells.shape[:2]
    head = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=columns,
        Height=rows,
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )
    return pdf.make_stream(deflate_streams.packed(cells.tobytes()), head)
