"""The elements of a sheet, pixel by pixel: names, borders, villages, legend, title.

Owns the names of the elements. A sheet that was drawn here has all of them; finished pictures have
only the boxes of the layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.comparison.pictures.page_pixels import Paint, blank, painted
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.paper.colours import rgb
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text, box_shape
from fsva.drawing.paper.text_boxes import text_box

# The print number in the stamp differs whenever anything else does, and tells nothing more.
STAMP = "kepala lembar"
# In the order in which they are reported; the place in the list is the number of the pixels.
ELEMENTS = (
    "lembar", "isi desa", "arsir", "nama", "garis batas", "sekitar", "inset", "koordinat", "judul",
    "legenda", "orientasi", "lokator", "keterangan", STAMP,
)  # fmt: skip
NUMBER = {name: number for number, name in enumerate(ELEMENTS)}
# Boxes of a layout from below, with the element that fills each.
_BOXES = {"map": "sekitar", "title": "judul", "orientation": "orientasi", "legend": "legenda",
          "locator": "lokator", "notes": "keterangan", "stamp": STAMP}  # fmt: skip
# Coordinates are written around the map within this distance.
_COORDINATES_MM = 4.0
# The halo of a name and the smoothing of its letters reach beyond its box.
_MARGIN_MM = 0.6


@dataclass(frozen=True, eq=False)
class Regions:
    """The elements of a sheet as areas of pixels.

    Parameters
    ----------
    elements : array of int32, shape (height, width)
        Place in ``ELEMENTS``.
    villages : array of int32, shape (height, width)
        Place in ``codes`` counted from 1; 0 where there is no village, or none is known.
    named : array of int32, shape (height, width)
        Likewise the village whose name stands there.
    ink : (int, int, int)
        Colour of the letters.
    codes : tuple of str
        Kemendagri codes.
    """

    elements: NDArray[np.int32]
    villages: NDArray[np.int32]
    named: NDArray[np.int32]
    ink: tuple[int, int, int]
    codes: tuple[str, ...] = ()


def of_layout(layout: Layout, shape: tuple[int, int]) -> Regions:
    """Return the regions of finished pictures, of which only the layout is known.

    Parameters
    ----------
    shape : (int, int)
        Height and width of the pictures in pixels.
    """
    size = (layout.width, layout.height)
    elements = painted(blank(shape), _boxes(layout), size)
    return Regions(elements, blank(shape), blank(shape), rgb(layout.colours.ink))


def unknown(shape: tuple[int, int]) -> Regions:
    """Return the regions of an unknown page: all of it is the sheet.

    Parameters
    ----------
    shape : (int, int)
        Height and width of the picture in pixels.
    """
    return Regions(blank(shape), blank(shape), blank(shape), (0, 0, 0))


def of_sheet(sheet: Sheet, layout: Layout, faces: Faces, shape: tuple[int, int]) -> Regions:
    """Return the regions of a sheet.

    Parameters
    ----------
    faces : Faces
        For measuring names.
    shape : (int, int)
        Height and width of its picture in pixels.
    """
    size = (sheet.width_mm, sheet.height_mm)
    codes = _codes(sheet)
    place = {code: number for number, code in enumerate(codes, start=1)}
    elements = painted(blank(shape), _boxes(layout), size)
    villages = named = blank(shape)
    for layer in sheet.layers:
        elements = _over(elements, list(_of_layer(layer, faces)), size, layer.clip)
        villages = _over(villages, list(_areas(layer, place)), size, layer.clip)
        named = _over(named, list(_names(layer, faces, place)), size, layer.clip)
    return Regions(elements, villages, named, rgb(layout.colours.ink), codes)


def _over(
    below: NDArray[np.int32],
    paints: Sequence[Paint],
    size: tuple[float, float],
    window: Box | None,
) -> NDArray[np.int32]:
    return painted(below, paints, size, window) if paints else below


def _codes(sheet: Sheet) -> tuple[str, ...]:
    codes = {i.code for layer in sheet.layers for i in layer.items if i.code}
    return tuple(sorted(codes))


def _boxes(layout: Layout) -> Iterator[Paint]:
    around = layout.boxes.box("map").inset(-_COORDINATES_MM)
    yield _box(around, NUMBER["koordinat"])
    for name in layout.boxes.given:
        if element := _BOXES.get(name):
            yield _box(layout.boxes.box(name), NUMBER[element])


def _box(box: Box, value: int) -> Paint:
    return Paint(box_shape(box).parts[0], value)


def _of_layer(layer: Layer, faces: Faces) -> Iterator[Paint]:
    """Yield the parts of a layer that lies on a map; the boxes around are known already."""
    if layer.name == "inset ground" and layer.clip:
        # The layer's window cuts it; between pixels its edges would be a pixel short.
        yield _box(layer.clip.inset(-_MARGIN_MM), NUMBER["inset"])
    elif layer.name == "inset frame":
        heads = (i for i in layer.items if isinstance(i, Mark) and i.fill)
        for mark in heads:
            yield Paint(mark.shape.parts[0], NUMBER["inset"])
    elif layer.name in ("villages", "tokens"):
        yield from _filled(layer, dict.fromkeys((i.code for i in layer.items), NUMBER["isi desa"]))
    elif layer.name in ("hatching", "class hatching"):
        yield from _strokes(layer, NUMBER["arsir"])
    elif layer.name == "numerals":
        yield from (
            Paint(part, NUMBER["arsir"])
            for item in layer.items
            if isinstance(item, Mark)
            for part in item.shape.parts
        )
    elif layer.name in ("edges", "names", "inset names", "signs"):
        yield from _strokes(layer, NUMBER["garis batas"])
        for item in layer.items:
            if isinstance(item, Text):
                yield _box(text_box(item, faces).inset(-_MARGIN_MM), NUMBER["nama"])


def _strokes(layer: Layer, value: int) -> Iterator[Paint]:
    for item in layer.items:
        if isinstance(item, Mark) and item.stroke:
            width = item.stroke.width_mm + 0.2
            yield from (Paint(part, value, width) for part in item.shape.parts)


def _areas(layer: Layer, place: Mapping[str, int]) -> Iterator[Paint]:
    """Yield the villages of a layer; the ground of an inset hides those of the map below."""
    if layer.name == "inset ground" and layer.clip:
        yield _box(layer.clip.inset(-_MARGIN_MM), 0)
    elif layer.name == "villages":
        yield from _filled(layer, place)


def _filled(layer: Layer, value: Mapping[str, int]) -> Iterator[Paint]:
    """Yield the rings of villages, the largest first, so that an enclave lies in its hole."""
    rings: list[tuple[float, Paint]] = []
    for item in layer.items:
        if isinstance(item, Mark) and item.fill and item.code in value:
            rings += _rings(item, value[item.code])
    for _, ring in sorted(rings, key=lambda pair: -pair[0]):
        yield ring


def _rings(mark: Mark, value: int) -> list[tuple[float, Paint]]:
    """Return the rings of a village with their areas; holes run the other way round."""
    areas = [_signed_area(part) for part in mark.shape.parts]
    outer = areas[0] > 0
    return [
        (abs(area), Paint(part, value if (area > 0) == outer else 0))
        for area, part in zip(areas, mark.shape.parts, strict=True)
    ]


def _signed_area(ring: NDArray[np.float64]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def _names(layer: Layer, faces: Faces, place: Mapping[str, int]) -> Iterator[Paint]:
    for item in layer.items:
        if isinstance(item, Text) and item.code:
            yield _box(text_box(item, faces).inset(-_MARGIN_MM), place[item.code])
