"""The georeference of the maps in a PDF.

Owns the viewports with their measures (ISO 32000-2, 12.9 and 12.10; in PDF 1.7 Adobe's
supplement to ISO 32000, level 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from fsva.drawing.paper.scene import MM_PER_PT, GroundExtent

# Corners of a viewport as shares of its width and height, in the order of ``Ground.corners``.
_UNIT_SQUARE = (0, 0, 0, 1, 1, 1, 1, 0)
# Ten decimals of a degree are a hundredth of a millimetre; pikepdf writes six of a float.
_DEGREE = Decimal("1e-10")


def place(pdf: Pdf, page: Object, grounds: Sequence[GroundExtent]) -> None:
    """Add the georeference of the maps to a page.

    Parameters
    ----------
    grounds : sequence of GroundExtent
        The main map first; where two overlap, the later one counts.
    """
    if grounds:
        page.VP = Array([_viewport(pdf, ground) for ground in grounds])


def _viewport(pdf: Pdf, ground: GroundExtent) -> Object:
    box = ground.box
    edges = [round(float(mm) / MM_PER_PT, 4) for mm in (box.left, box.bottom, box.right, box.top)]
    viewport = Dictionary(
        Type=Name.Viewport, BBox=Array(edges), Name=String(ground.name), Measure=_measure(ground)
    )
    return pdf.make_indirect(viewport)


def _measure(ground: GroundExtent) -> Dictionary:
    degrees = [
        Decimal(degree).quantize(_DEGREE)
        for longitude, latitude in ground.corners
        for degree in (latitude, longitude)
    ]
    system = Dictionary(Type=Name.PROJCS, WKT=String(_words(ground)))
    if (number := ground.crs.to_epsg()) is not None:
        system.EPSG = number
    return Dictionary(
        Type=Name.Measure,
        Subtype=Name.GEO,
        Bounds=Array(_UNIT_SQUARE),
        LPTS=Array(_UNIT_SQUARE),
        GPTS=Array(degrees),
        GCS=system,
    )


@lru_cache(64)
def _words(ground: GroundExtent) -> str:
    """Return the projection as WKT; cached, because every page needs it."""
    return str(ground.crs.to_wkt("WKT1_ESRI"))
