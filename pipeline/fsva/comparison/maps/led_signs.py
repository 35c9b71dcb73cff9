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
from fsva.core.box import Box
from fsva.drawing.lettering import leaders, typesetting
from fsva.drawing.lettering.leaders import Leader, LeaderSpace
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Layer, Mark, Sheet, Stroke, bounds
from fsva.drawing.paper.scene import Text as Words
from fsva.drawing.paper.text_boxes import text_area

# Lines are for single signs; with more of them the map would be hidden below.
_MOST = 40
# Layers of names, one per map; and all that lies over villages.
_NAMES = ("names", "inset names")
_OVER = (*_NAMES, LAYER, "tokens", "inset frame", "ground", "towns")
_NOTHING = shapely.Polygon()
_HALO_MM, _EDGE_MM, _LINE_MM = 0.5, 1.0, 0.3


def outline(sheet: Sheet, number: int) -> shapely.Geometry:
    """Return the district on one of the maps of a sheet, the same on all maps of change.

    Parameters
    ----------
    number : int
        Of the map: 0 is the main one, insets follow.
    """
    villages = _layers(sheet, "villages")[number]
    return shapely.union_all([area for _, area in _areas(villages, None)])


def add(
    sheet: Sheet,
    marks: Mapping[str, Sign],
    codes: Collection[str],
    how: tuple[Signs, Layout, Faces],
    district: Callable[[int], shapely.Geometry],
) -> tuple[Sheet, tuple[str, ...]]:
    """Set the signs of some villages beside them, each on the map that shows it largest.

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
        With further layers of signs.
    without : tuple of str
        Villages that found no place beside them either.
    """
    maps = _layers(sheet, "villages")
    shown = [dict(_areas(villages, codes)) for villages in maps]
    if not any(shown) or len(codes) > _MOST:
        return sheet, tuple(sorted(codes))
    largest = {
        code: max(range(len(maps)), key=lambda n: shapely.area(shown[n].get(code, _NOTHING)))
        for code in set().union(*shown)
    }
    placed: set[str] = set()
    names = [layer for layer in sheet.layers if layer.name in _NAMES]
    for n, (villages, words) in enumerate(zip(maps, names, strict=False)):
        areas = {code: area for code, area in sorted(shown[n].items()) if largest[code] == n}
        if not areas or villages.clip is None:
            continue
        taken = list(_taken(sheet, how[2], villages.clip))
        room = villages.clip.inset(_EDGE_MM)
        around = leaders.anywhere(district(n), room, taken)
        led = _led(areas, marks, how, around)
        layer = Layer(LAYER, tuple(item for items in led.values() for item in items),
                      words.clip, words.tag)  # fmt: skip
        at = sheet.layers.index(words) + 2  # above the signs that have room
        sheet = replace(sheet, layers=(*sheet.layers[:at], layer, *sheet.layers[at:]))
        placed |= led.keys()
    return sheet, tuple(sorted(set(codes) - placed))


def _led(
    areas: Mapping[str, shapely.Geometry],
    marks: Mapping[str, Sign],
    how: tuple[Signs, Layout, Faces],
    around: LeaderSpace,
) -> dict[str, list[Item]]:
    """Return line and sign of the villages that find a place on a map."""
    style, layout, faces = how
    wanted = [*areas]
    ways = {
        n: typesetting.wordings(marks[code][0], faces, "bold", style.sizes[-1:])[0]
        for n, code in enumerate(wanted)
    }
    by_number = leaders.lead({n: areas[code] for n, code in enumerate(wanted)}, ways, around)
    return {
        wanted[n]: [*_drawn(sign, wanted[n], marks[wanted[n]], layout)]
        for n, sign in sorted(by_number.items())
    }


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


def _taken(sheet: Sheet, faces: Faces, own: Box) -> Iterator[shapely.Geometry]:
    """Yield the paper on which neither signs nor their lines may lie, on the map in a box."""
    for layer in sheet.layers:
        if layer.name == "inset ground" and layer.clip and layer.clip != own:
            yield layer.clip.polygon()
        if layer.name not in _OVER:
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
