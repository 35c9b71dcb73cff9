"""Signs in villages whose class changed: +1, −2, so that colour is not the only channel.

Owns their position: inside the village, off its name and its borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import shapely

from fsva.comparison.maps.change_palette import Signs
from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces
from fsva.drawing.paper.scene import MM_PER_PT, Layer, Mark, Sheet, Stroke, Text
from fsva.drawing.paper.text_boxes import text_box

# What stands in a village, and its colour.
Sign = tuple[str, str]
MINUS = "−"
LAYER = "signs"
_HALO_MM = 0.5
_PRECISION_MM = 0.15
_LEAST_MM2 = 1.0


def words(delta: int) -> str:
    """Return a change of class as it is printed.

    Examples
    --------
    >>> words(2), words(-1), words(0)
    ('+2', '−1', '0')
    """
    return f"+{delta}" if delta > 0 else f"{MINUS}{-delta}" if delta < 0 else "0"


def add(
    sheet: Sheet, signs: Mapping[str, Sign], style: Signs, halo: str, faces: Faces
) -> tuple[Sheet, tuple[str, ...]]:
    """Put signs on every map of a sheet.

    Parameters
    ----------
    signs : mapping of str to (str, str)
        Kemendagri code of a village to its sign and the colour of it.
    style : Signs
        Colours and sizes.

    Returns
    -------
    sheet : Sheet
        With a layer of signs above the names of each map.
    without : tuple of str
        Codes of villages without room for a sign on any map.
    """
    layers: list[Layer] = []
    placed: set[str] = set()
    for layer, around in _with_names(sheet):
        layers.append(layer)
        if around is not None:
            drawn = layer_of(around, layer, signs, style, (halo, faces))
            placed |= {item.code for item in drawn.items}
            layers.append(drawn)
    without = tuple(sorted(set(signs) - placed))
    return replace(sheet, layers=tuple(layers)), without


def _with_names(sheet: Sheet) -> Iterator[tuple[Layer, Layer | None]]:
    """Yield every layer, the names of a map with the villages that they belong to."""
    villages = [layer for layer in sheet.layers if layer.name == "villages"]
    names = [layer for layer in sheet.layers if layer.name in ("names", "inset names")]
    owner = {id(n): v for n, v in zip_longest(names, villages) if n is not None}
    for layer in sheet.layers:
        yield layer, owner.get(id(layer))


def layer_of(
    villages: Layer,
    names: Layer,
    signs: Mapping[str, Sign],
    style: Signs,
    how: tuple[str, Faces],
) -> Layer:
    """Draw the signs of one map.

    Parameters
    ----------
    villages : Layer
        Areas with their codes.
    signs, style : mapping, Signs
        As for ``add``.
    how : (str, Faces)
        Colour around the figures, and faces for measuring.
    """
    halo, faces = how
    boxes = [text_box(item, faces) for item in names.items if isinstance(item, Text)]
    taken = shapely.STRtree([box.inset(-style.margin).polygon() for box in boxes])
    window = villages.clip.polygon() if villages.clip else None
    texts = []
    for item in villages.items:
        if isinstance(item, Mark) and item.code in signs:
            sign, colour = signs[item.code]
            text = _fitted(sign, _free(item, taken, window, style.margin), style, faces)
            if text:
                around = Stroke(halo, _HALO_MM)
                texts.append(replace(text, colour=colour, code=item.code, halo=around))
    return Layer(LAYER, tuple(texts), villages.clip, villages.tag)


def _free(
    mark: Mark, taken: shapely.STRtree, window: shapely.Geometry | None, margin: float
) -> shapely.Geometry:
    """Return the paper of a village that no name covers."""
    rings = shapely.MultiLineString(list(mark.shape.parts))
    whole: shapely.Geometry = shapely.build_area(rings)
    area: shapely.Geometry = shapely.buffer(whole, -margin)
    if window is not None:
        area = shapely.intersection(area, window)
    near = taken.geometries[taken.query(area)]
    covered: shapely.Geometry = shapely.union_all(near)
    return shapely.difference(area, covered)


def _fitted(text: str, free: shapely.Geometry, style: Signs, faces: Faces) -> Text | None:
    """Set a sign in the widest free place, at the largest size that fits."""
    spots = _spots(free)
    for size in style.sizes:
        width, height = faces["bold"].width_mm(text, size), CAP_HEIGHT * size * MM_PER_PT
        for x, y in spots:
            box = Box(x - width / 2, y - height / 2, width, height)
            if shapely.contains_properly(free, box.polygon()):
                return Text(text, x, y - height / 2, size, "bold", align="centre")
    return None


def _spots(free: shapely.Geometry) -> list[tuple[float, float]]:
    """Return the middles of the largest circles within the parts of an area."""
    parts = shapely.get_parts(free)
    parts = parts[shapely.area(parts) > _LEAST_MM2]
    return [spot for _, spot in sorted(map(widest, parts), key=lambda spot_of: -spot_of[0])]


def widest(area: shapely.Geometry) -> tuple[float, tuple[float, float]]:
    """Return radius and middle of the largest circle within an area, in millimetres.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Not empty.
    """
    (circle,) = shapely.maximum_inscribed_circle(np.array([area], dtype=object), _PRECISION_MM)
    x, y = shapely.get_coordinates(circle)[0].tolist()
    return float(shapely.length(circle)), (float(x), float(y))
