"""Signs of villages that have no room for them: beside the village, with a line to it.

Owns the areas that the lines avoid. ``fsva.drawing.lettering.leaders`` decides where a sign may
stand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
import shapely

from fsva.comparison.maps.change_palette import Signs
from fsva.comparison.maps.change_signs import LAYER, Sign
from fsva.config.styles.layout import Layout
from fsva.drawing.lettering import leaders, typesetting
from fsva.drawing.lettering.leaders import Leader
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Layer, Mark, Sheet, Stroke, bounds
from fsva.drawing.paper.scene import Text as Words
from fsva.drawing.paper.text_boxes import text_area

# Lines are for single signs; with more of them the map would be hidden below.
_MOST = 40
_HALO_MM, _EDGE_MM, _LINE_MM = 0.5, 1.0, 0.3


def outline(sheet: Sheet) -> shapely.Geometry:
    """Return the district on the main map of a sheet, which is the same on all maps of change."""
    (villages, *_) = _layers(sheet, "villages")
    return shapely.union_all([area for _, area in _areas(villages, None)])


def add(
    sheet: Sheet,
    marks: Mapping[str, Sign],
    codes: Collection[str],
    how: tuple[Signs, Layout, Faces],
    district: Callable[[], shapely.Geometry],
) -> tuple[Sheet, tuple[str, ...]]:
    """Set the signs of some villages beside them, on the main map.

    Parameters
    ----------
    marks : mapping of str to (str, str)
        Kemendagri code to sign and colour.
    codes : collection of str
        Villages without room.
    how : (Signs, Layout, Faces)
        Sizes; colours; for measuring.
    district : callable
        Returns what ``outline`` does; called only where a sign is led out.

    Returns
    -------
    sheet : Sheet
        With a further layer of signs.
    without : tuple of str
        Villages that found no place beside them either.
    """
    style, layout, faces = how
    (villages, *_), (names, *_) = _layers(sheet, "villages"), _layers(sheet, "names")
    areas = dict(_areas(villages, codes))
    if not areas or len(codes) > _MOST or villages.clip is None:
        return sheet, tuple(sorted(codes))
    wanted = sorted(areas)
    ways = {
        n: typesetting.wordings(marks[code][0], faces, "bold", style.sizes[-1:])[0]
        for n, code in enumerate(wanted)
    }
    around = leaders.anywhere(district(), villages.clip.inset(_EDGE_MM), list(_taken(sheet, faces)))
    by_number = leaders.lead({n: areas[code] for n, code in enumerate(wanted)}, ways, around)
    items = [
        item
        for n, sign in sorted(by_number.items())
        for item in _drawn(sign, wanted[n], marks[wanted[n]], layout)
    ]
    led = Layer(LAYER, tuple(items), names.clip, names.tag)
    lost = set(codes) - {wanted[n] for n in by_number}
    at = sheet.layers.index(names) + 2  # above the signs that have room
    return replace(sheet, layers=(*sheet.layers[:at], led, *sheet.layers[at:])), tuple(sorted(lost))


def _drawn(leader: Leader, code: str, sign: Sign, layout: Layout) -> Iterator[Item]:
    """Draw line and sign of a village."""
    for mark in leader.draw(layout):
        yield replace(mark, code=code) if isinstance(mark, Mark) else mark
    halo = Stroke(layout.colours.halo, _HALO_MM)
    for text in leader.placed.texts("bold", sign[1], halo):
        yield replace(text, code=code)


def _layers(sheet: Sheet, name: str) -> list[Layer]:
    return [layer for layer in sheet.layers if layer.name == name]


def _areas(
    villages: Layer, codes: Collection[str] | None
) -> Iterator[tuple[str, shapely.Geometry]]:
    """Yield code and area of villages on a map; None for all."""
    window = villages.clip.polygon() if villages.clip else None
    for item in villages.items:
        if isinstance(item, Mark) and (codes is None or item.code in codes):
            area = shapely.build_area(shapely.MultiLineString(list(item.shape.parts)))
            shown = shapely.intersection(area, window) if window else area
            if not shapely.is_empty(shown):
                yield item.code, shown


def _taken(sheet: Sheet, faces: Faces) -> Iterator[shapely.Geometry]:
    """Yield the paper on which neither signs nor their lines may lie."""
    for layer in sheet.layers:
        if layer.name in ("inset ground", "inset frame") and layer.clip:
            yield layer.clip.polygon()
        if layer.name not in ("names", LAYER, "inset frame", "ground", "towns"):
            continue
        for item in layer.items:
            if isinstance(item, Words):
                yield text_area(item, faces)
            elif isinstance(item, Mark) and layer.name != "ground":
                yield from _of_mark(item)


def _of_mark(mark: Mark) -> Iterator[shapely.Geometry]:
    """Yield boxes such as the key, and the straight lines that lead to names."""
    if mark.fill:
        yield bounds(mark.shape).polygon()
    elif not mark.shape.closed and len(mark.shape.parts) == 1 and len(mark.shape.parts[0]) == 2:
        yield shapely.buffer(shapely.LineString(np.asarray(mark.shape.parts[0])), _LINE_MM)
