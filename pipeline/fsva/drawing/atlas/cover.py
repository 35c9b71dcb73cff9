"""The cover of an atlas: title, district, year, office, and the composite's map in small.

Owns the places of these on every kind of paper: beside the map where the paper is broad, above
and below it where it is tall or the district wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.details import class_key
from fsva.drawing.elements import draft_strip, title, title_logos
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import ground, second_channel
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import MM_PER_M, Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import islet_discs
from fsva.drawing.paper import digests
from fsva.drawing.paper.fonts import CAP_HEIGHT, line_height, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    Item,
    Layer,
    Mark,
    Picture,
    Sheet,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.sheets import class_areas
from fsva.drawing.sheets import sheet as map_sheets
from fsva.words import alt_text, specification
from fsva.words.atlas import cover_words
from fsva.words.specification import MapSpecification

# Shares of the frame: the map's on broad paper, and on tall paper the words above and below it.
_MAP_SHARE, _HEAD_SHARE, _FOOT_SHARE = 0.56, 0.27, 0.11
_BROAD = 1.15
# Millimetres on A4; other papers enlarge them as they do the rest of a sheet.
_MARGIN_MM, _GAP_MM, _AROUND_MM, _LOGO_MM = 7.0, 4.0, 3.0, 24.0
_TITLE, _DISTRICT, _SMALLEST = 1.9, 1.5, 0.6  # of the type size of a map's title
_STEP = 1.3
_KEY = 1.2  # of the type size of running text
_DETAIL_MM = 0.1


@dataclass(frozen=True)
class CoverBoxes:
    """Where the parts of a cover stand.

    Parameters
    ----------
    head, foot : Box
        Logos, title and district; office, date and number of the print.
    map, key : Box
        The small map, and its classes.
    """

    head: Box
    foot: Box
    map: Box
    key: Box


def sheet(studio: Studio, shown: MapSpecification, numbers: Sequence[str] = ()) -> Sheet:
    """Draw the cover of an atlas.

    Parameters
    ----------
    shown : MapSpecification
        The map that the cover shows: the composite's.
    numbers : sequence of str
        The print numbers of the atlas's sheets, on which that of the cover depends.
    """
    settings, texts, layout = studio.settings, studio.texts, studio.layout
    words, boxes = cover_words.of(settings, texts), rooms(studio, shown)
    drawn = Sheet(
        layout.width,
        layout.height,
        f"{words.title} - {shown.subtitle}",
        texts.language,
        tuple(_layers(studio, shown, words, boxes)),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        source=" ".join(shown.sources),
        in_words={"map": alt_text.of_map(shown, studio.kecamatan, studio.method, texts)},
        bookmark=texts("atlas.sampul"),
        label=texts("atlas.sampul"),
    )
    number = digests.print_number(drawn, *numbers)
    foot: list[tuple[str, FaceName]] = list(words.foot)
    foot.append((texts("lembar.cetak", nomor=number), "regular"))
    last = Layer("foot", tuple(_foot(studio, boxes.foot, foot)))
    whole = replace(drawn, layers=(*drawn.layers, last), number=number)
    return draft_strip.marked(whole, studio, layout.boxes.box("frame").top)


def _layers(
    studio: Studio, shown: MapSpecification, words: cover_words.CoverWords, boxes: CoverBoxes
) -> Iterator[Layer]:
    """Yield all but what stands at the foot."""
    box, line = studio.layout.boxes.box("frame"), studio.layout.lines.frame
    yield Layer("frame", (Mark(box_shape(box), stroke=Stroke(_ink(studio), line)),))
    yield Layer("title", tuple(_head(studio, boxes.head, words)), tag=("title",), apart=True)
    yield from _map(studio, shown, boxes.map)
    yield Layer("key", tuple(_key(studio, shown, boxes.key)))


def rooms(studio: Studio, shown: MapSpecification) -> CoverBoxes:
    """Part the frame of a sheet into the rooms of a cover.

    On broad paper the words stand beside the map, or above it where it is larger so.
    """
    unit = studio.layout.furniture
    inner = studio.layout.boxes.box("frame").inset(_MARGIN_MM * unit)
    gap, legend = _GAP_MM * unit, _key_height(studio, shown)
    stacked = _stacked(inner, gap, legend)
    if inner.width < _BROAD * inner.height:
        return stacked
    beside = _beside(inner, gap, legend)
    return min(beside, stacked, key=lambda one: _metres_per_mm(studio, one.map))


def _beside(inner: Box, gap: float, legend: float) -> CoverBoxes:
    wide = inner.width * _MAP_SHARE
    left, words = inner.right - wide, inner.width - wide - 2 * gap
    foot = inner.height * 2 * _FOOT_SHARE
    return CoverBoxes(
        Box(inner.left, inner.bottom + foot, words, inner.height - foot),
        Box(inner.left, inner.bottom, words, foot),
        Box(left, inner.bottom + legend + gap, wide, inner.height - legend - gap),
        Box(left, inner.bottom, wide, legend),
    )


def _stacked(inner: Box, gap: float, legend: float) -> CoverBoxes:
    head, foot = inner.height * _HEAD_SHARE, inner.height * _FOOT_SHARE
    below = inner.bottom + foot + gap
    high = inner.top - head - gap - below - legend - gap
    return CoverBoxes(
        Box(inner.left, inner.top - head, inner.width, head),
        Box(inner.left, inner.bottom, inner.width, foot),
        Box(inner.left, below + legend + gap, inner.width, high),
        Box(inner.left, below, inner.width, legend),
    )


def _ink(studio: Studio) -> str:
    return studio.layout.colours.ink


def _head(studio: Studio, box: Box, words: cover_words.CoverWords) -> list[Item]:
    """Draw logos, title, district and year, in the middle of their room."""
    pictures = _logos(studio, box)
    logo = max((picture.box.height for picture in pictures), default=0.0)
    gap = _GAP_MM * studio.layout.furniture if pictures else 0.0
    room = Box(box.left, box.bottom, box.width, box.height - logo - gap)
    lines = _fitting(studio, room, words)
    high = sum(line_height(size) * _STEP for _, size, _ in lines)
    y = room.bottom + (room.height + high) / 2
    lift = room.top - y
    items: list[Item] = [_lowered(picture, lift / 2) for picture in pictures]
    y += lift / 2 if pictures else 0.0
    for line, size, face in lines:
        step = line_height(size) * _STEP
        base = y - step / 2 - CAP_HEIGHT * size * MM_PER_PT / 2
        items.append(Text(line, box.centre[0], base, size, face, _ink(studio), "centre"))
        y -= step
    return items


def _lowered(picture: Picture, by: float) -> Picture:
    box = picture.box
    return Picture(
        Box(box.left, box.bottom - by, box.width, box.height),
        picture.pixels,
        picture.alt,
        tag=picture.tag,
    )


def _logos(studio: Studio, box: Box) -> list[Picture]:
    """Place the logos side by side at the top of a room."""
    unit = studio.layout.furniture
    side = min(_LOGO_MM * unit, box.height / 3)
    rules = studio.layout.logo.model_copy(
        update={"height": side, "width": box.width / 2 - _GAP_MM * unit, "gap": 0.0}
    )
    pictures = title_logos.draw(studio, Box(box.left, box.top - side, box.width, side), rules)
    gap = _GAP_MM * unit
    left = box.centre[0] - (sum(p.box.width for p in pictures) + gap * (len(pictures) - 1)) / 2
    placed = []
    for picture in pictures:
        own = picture.box
        moved = Box(left, own.bottom, own.width, own.height)
        placed.append(Picture(moved, picture.pixels, picture.alt, tag=picture.tag))
        left += own.width + gap
    return placed


def _fitting(
    studio: Studio, room: Box, words: cover_words.CoverWords
) -> list[tuple[str, float, FaceName]]:
    """Return the lines of the title with their sizes, as large as their room lets them be."""
    kind, faces = studio.layout.type, studio.faces
    for share in np.arange(1.0, _SMALLEST, -0.02):
        rows: list[tuple[str, float, FaceName]] = []
        parts: Sequence[tuple[str, float, FaceName]] = (
            (words.title.upper(), kind.title * _TITLE, "bold"),
            (words.district.upper(), kind.title * _DISTRICT, "bold"),
            (words.province, kind.subtitle, "regular"),
            (words.year, kind.title * _DISTRICT, "bold"),
        )
        for text, points, face in parts:
            size = round(points * float(share), 2)
            lines = title.balanced(text, faces[face], size, room.width)
            rows += [(line, size, face) for line in lines]
        wide = max(faces[face].width_mm(line, size) for line, size, face in rows)
        if wide <= room.width and sum(line_height(s) * _STEP for _, s, _ in rows) <= room.height:
            break
    return rows


def _map(studio: Studio, shown: MapSpecification, box: Box) -> list[Layer]:
    """Draw the district with the ground around it, as large as its room."""
    panel = _panel(studio, box)
    villages, tolerance = studio.villages_for(panel, _DETAIL_MM)
    district = districts.whole(villages, panel, tolerance)
    layout = studio.layout.for_villages(district.median_side())
    below = ground.draw(panel, studio.surroundings, district.outline(), layout)
    colours = map_sheets.class_colours(studio.method, shown)
    items = [
        *below.items,
        *_classes(studio, district, shown, layout),
        *district.village_lines(colours, layout),
        *district.borders(layout, below.beyond),
    ]
    frame = Mark(box_shape(box), stroke=Stroke(_ink(studio), layout.lines.frame / 2))
    around = Layer("furniture", (frame,), tag=("map",))
    discs = islet_discs.place(district, layout).layer(colours, layout)
    return [Layer("map", (*items, *discs.items), box, ("map",)), around]


def _classes(
    studio: Studio, district: DrawnDistrict, shown: MapSpecification, layout: Layout
) -> list[Item]:
    """Draw fills and hatching; of very many villages those of a class together."""
    if class_areas.are_due(studio, district, layout):
        return class_areas.draw(studio, district, _DETAIL_MM, shown, layout)
    colours = map_sheets.class_colours(studio.method, shown)
    lines = second_channel.prepare(district, layout.theme).layer(shown, layout.theme)
    return [*district.fills(colours, layout), *(lines.items if lines else ())]


def _panel(studio: Studio, box: Box) -> Panel:
    west, south, east, north = studio.villages.total_bounds
    middle = ((west + east) / 2, (south + north) / 2)
    metres = _metres_per_mm(studio, box)
    return Panel(box, studio.villages.crs, middle, math.ceil(metres * MM_PER_M), 1.0)


def _metres_per_mm(studio: Studio, box: Box) -> float:
    """Return the metres of a millimetre where the district fills a room."""
    west, south, east, north = studio.villages.total_bounds
    room = box.inset(_AROUND_MM * studio.layout.furniture)
    return max((east - west) / room.width, (north - south) / room.height)


def _of_key(studio: Studio) -> Studio:
    """Return the studio with the type of the classes, which is larger than that of notes."""
    layout = studio.layout
    sizes = layout.type.model_copy(update={"note": max(layout.type.note, layout.type.body) * _KEY})
    return replace(studio, layout=layout.model_copy(update={"type": sizes}))


def _key_height(studio: Studio, shown: MapSpecification) -> float:
    room, _ = class_key.parted(_of_key(studio), Box(0, 0, 0, 0), shown)
    return room.height + line_height(studio.layout.type.heading) * _STEP


def _key(studio: Studio, shown: MapSpecification, box: Box) -> list[Item]:
    """Name the map and explain its classes."""
    words = studio.texts("peta.judul", nomor=shown.number, judul=shown.name)
    bold, size = studio.faces["bold"], studio.layout.type.heading
    size *= min(1.0, box.width / bold.width_mm(words, size))
    base = box.top - CAP_HEIGHT * size * MM_PER_PT
    room, _ = class_key.parted(_of_key(studio), box, shown)
    low = Box(box.left, box.bottom, box.width, room.height)
    first = Text(words, box.left, base, size, "bold", _ink(studio), tag=("key", "Caption"))
    return [first, *class_key.draw(_of_key(studio), low, shown)]


def _foot(studio: Studio, box: Box, words: Sequence[tuple[str, FaceName]]) -> list[Item]:
    """Write office, date and number of the print from the bottom of their room up."""
    kind, width = studio.layout.type, box.width
    for share in np.arange(1.4, 0.79, -0.05):
        size = max(kind.note, kind.body * float(share))
        rows = [
            (line, face, n)
            for n, (text, face) in enumerate(words)
            for line in wrap(text, studio.faces[face], size, width)
        ]
        step = line_height(size) * _STEP
        if len(rows) * step <= box.height:
            break
    return [
        Text(
            line,
            box.centre[0],
            box.bottom + (len(rows) - 1 - at) * step + 0.3 * step,
            size,
            face,
            _ink(studio),
            "centre",
            tag=("notes", f"P {n}"),
        )
        for at, (line, face, n) in enumerate(rows)
    ]
