"""The sheets of an edition: what all maps share is made once, a map adds fills and words.

Owns the order of the layers. How names share the map is ``fsva.drawing.names.arrangement``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely

from fsva.config.methods.method import Method
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.elements import draft_strip, furniture, stamp
from fsva.drawing.elements.furniture import SheetType
from fsva.drawing.framing import paper_choice
from fsva.drawing.maps import (
    base_map,
    class_numbers,
    graticule,
    ground,
    hatching,
    inset_graticule,
    second_channel,
)
from fsva.drawing.maps.class_numbers import Numerals
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.second_channel import Channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import arrangement, inset_marks
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.names.towns import Town
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import (
    GroundExtent,
    Item,
    Layer,
    Mark,
    Sheet,
    Text,
    bounds,
)
from fsva.drawing.paper.text_boxes import text_area
from fsva.drawing.sheets import tile_sheets
from fsva.words import alt_text, specification
from fsva.words.specification import MapSpecification

# Coordinates in insets keep off villages that are smaller.
_COVERED_MM2 = 20.0
_MAP = ("map",)  # what areas and names on the maps are to a reader
# What a sheet is made of, from below: layers are the same on all sheets, villages get their
# colours from the map.
Parts = tuple[Layer | DrawnDistrict | Tokens, ...]
Painted = tuple[Layer | Channel | Numerals | Tokens, ...]


def sheets(
    studio: Studio, maps: Sequence[MapSpecification], names: Arrangement | None = None
) -> tuple[Sheet, ...]:
    """Draw the sheets of an edition.

    Parameters
    ----------
    maps : sequence of MapSpecification
        One per sheet.
    names : Arrangement or None
        From ``arranged``, if it has been called already.

    Returns
    -------
    tuple of Sheet
        In the order of the maps; shared layers are the same objects.
    """
    arrangement = names or arranged(studio)
    parts = _parts(studio, arrangement, _fills(studio.method, maps))
    grounds = () if studio.tiles else tuple(_grounds(parts, studio.texts))
    painted = tuple(painted_parts(parts, studio, arrangement))
    sizes = _sizes(studio, maps, [part for part in parts if isinstance(part, Layer)])
    drawn = [
        replace(_sheet(studio, painted, shown, own), grounds=grounds)
        for shown, own in zip(maps, sizes, strict=True)
    ]
    return stamp.numbered(studio, drawn)


def _sizes(
    studio: Studio, maps: Sequence[MapSpecification], shared: Sequence[Layer]
) -> Iterator[SheetType]:
    """Yield the type sizes of each map: maps of aspects change none of those before them."""
    measures = {measure.id for measure in studio.method.measures()}
    main = [shown for shown in maps if shown.measure_id in measures] or maps
    of_main = furniture.type_of(studio, main, shared)
    of_all = of_main if len(main) == len(maps) else furniture.type_of(studio, maps, shared)
    for shown in maps:
        yield of_main if shown.measure_id in measures else of_all


def painted_parts(
    parts: Parts, studio: Studio, arrangement: Arrangement
) -> Iterator[Layer | Channel | Numerals | Tokens]:
    """Make the villages of each panel ready for their classes, with the base above them."""
    drawer = base_map.Drawer(studio.base, studio.layout, studio.faces)
    is_plain = studio.base.is_empty and not studio.layout.theme.numbers
    above: list[Layer | Numerals] = []
    for n, part in enumerate(parts):
        if isinstance(part, Layer | Tokens):
            yield part
            if above and isinstance(part, Layer) and "names" in part.name:
                yield from above
                above = []
        elif is_plain:  # nothing has to keep clear of names
            yield second_channel.prepare(part, studio.layout.theme)
        else:
            taken = list(_taken(parts[n + 1 :], studio))
            names = [
                text_area(t, studio.faces)
                for layer in parts[:n]
                if isinstance(layer, Layer) and layer.clip == part.panel.box
                for t in layer.texts()
            ]
            towns = drawer.towns(part.panel, taken)
            written: list[Numerals] = []
            if studio.layout.theme.numbers:
                fine = [*_taken(tuple(towns), studio), *arrangement.fine_lines(part)]
                written = [class_numbers.place(part, [*taken, *fine], studio.layout)]
            numbered = {code for numerals in written for code in numerals.places}
            yield second_channel.prepare(part, studio.layout.theme, numbered)
            yield from drawer.below(part.panel, taken, names)
            above = [*towns, *written]


def _taken(above: Parts, studio: Studio) -> Iterator[shapely.Geometry]:
    """Yield the paper that names, keys and insets above a panel cover."""
    for part in above:
        if isinstance(part, DrawnDistrict):
            yield part.panel.box.polygon()
            continue
        if isinstance(part, Tokens):
            yield from part.papers()
            continue
        for item in part.items:
            if isinstance(item, Text):
                yield text_area(item, studio.faces)
            elif isinstance(item, Mark) and item.fill:
                yield bounds(item.shape).polygon()


def _sheet(studio: Studio, parts: Painted, shown: MapSpecification, sizes: SheetType) -> Sheet:
    """Colour the villages and add title, legend and notes."""
    colours, settings, texts = class_colours(studio.method, shown), studio.settings, studio.texts
    layers = [layer for part in parts for layer in layers_of(part, colours, shown, studio)]
    drawn = Sheet(
        studio.layout.width,
        studio.layout.height,
        f"{shown.title} - {shown.subtitle}",
        texts.language,
        (
            furniture.heading(studio, shown, sizes.title),
            *layers,
            furniture.words(studio, shown, sizes),
        ),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        source=" ".join(shown.sources),
        in_words=_in_words(studio, shown),
        bookmark=texts("peta.judul", nomor=shown.number, judul=shown.name),
        label=texts("peta.label_halaman", nomor=shown.number),
    )
    return draft_strip.marked(drawn, studio, studio.layout.boxes.box("frame").top)


def _in_words(studio: Studio, shown: MapSpecification) -> dict[str, str]:
    """Say what the map and the locator show."""
    settings, texts = studio.settings, studio.texts
    district = specification.district_name(settings, texts)
    where = texts("alt.lokator", daerah=district, provinsi=settings.district.province)
    return {"map": alt_text.of_map(shown, studio.kecamatan, studio.method, texts), "locator": where}


def _grounds(parts: Parts, texts: Texts) -> Iterator[GroundExtent]:
    """Yield where the panels of the maps lie, the main map first."""
    panels = [part.panel for part in parts if isinstance(part, DrawnDistrict)]
    for panel in panels:
        scale = texts("peta.skala", penyebut=texts.decimal(panel.denominator, 0))
        yield panel.georeference(scale)


def class_colours(method: Method, shown: MapSpecification) -> dict[str, str]:
    """Return the colour of each village on a map, by Kemendagri code."""
    by_class = priority_colours(method, shown)
    return {code: by_class[priority] for code, priority in shown.priorities.items()}


def priority_colours(method: Method, shown: MapSpecification) -> dict[int, str]:
    """Return the colour of each class on a map, by its priority; 0 is no data."""
    by_class = {0: method.no_data_colour} | {c.number: c.colour for c in method.classes}
    return by_class | {row.priority: row.colour for row in shown.legend}


def layers_of(
    part: Layer | Channel | Numerals | Tokens,
    colours: Mapping[str, str],
    shown: MapSpecification,
    studio: Studio,
) -> list[Layer]:
    """Return a shared layer as it is, or the villages of a panel in the colours of a map."""
    if isinstance(part, Tokens):
        return [replace(part.layer(colours, studio.layout), tag=_MAP)]
    if isinstance(part, Layer):
        return [_slanted(part, shown.unsure)] if shown.unsure and "names" in part.name else [part]
    if isinstance(part, Numerals):
        return [replace(part.layer(shown), tag=_MAP)]
    district, box = part.district, part.district.panel.box
    fills = district.fills(colours, studio.layout)
    drawn = [Layer("villages", tuple(fills), box, _MAP)]
    edges = district.village_lines(colours, studio.layout)
    if lines := part.layer(shown, studio.layout.theme):
        drawn.append(replace(lines, tag=_MAP))
    if shown.highlight:
        hatched = hatching.draw(district, shown.highlight.codes, studio.layout)
        drawn.append(Layer("hatching", tuple(hatched), box, _MAP))
    if edges:
        drawn.append(Layer("edges", tuple(edges), box, _MAP))
    return drawn


def _slanted(layer: Layer, codes: frozenset[str]) -> Layer:
    """Set the names of some villages in italics; their letters are as wide as upright ones."""
    items = [
        replace(item, face="italic") if isinstance(item, Text) and item.code in codes else item
        for item in layer.items
    ]
    return replace(layer, items=tuple(items))


def arranged(studio: Studio) -> Arrangement:
    """Place the names on the main map and its insets, or in tiles."""
    if studio.tiles:
        return tile_sheets.arranged(studio, studio.tiles)
    return arrangement.arrange(studio, main_panel(studio))


def _fills(method: Method, maps: Sequence[MapSpecification]) -> list[str]:
    """Return the colours of the classes; of maps in other colours, those of their legends."""
    classes = [one.colour for one in method.classes]
    shown = dict.fromkeys(row.colour for one in maps for row in one.legend)
    return classes if shown.keys() <= {*classes, method.no_data_colour} else list(shown)


def _parts(studio: Studio, arrangement: Arrangement, fills: Sequence[str]) -> Parts:
    """Draw what all maps of an edition share."""
    if studio.tiles:
        return _tile_parts(studio, arrangement, fills)
    main, layout, panel = arrangement.main, studio.layout, arrangement.main.panel
    windows = inset_marks.windows(studio, arrangement)
    below, beyond, degrees = _ground(studio, arrangement, windows)
    edges = main.borders(layout, beyond)
    above = [
        *edges,
        *windows,
        *arrangement.naming.items(arrangement.numbers, layout),
        *degrees,
        *arrangement.lists(layout, studio.faces),
    ]
    parts = arrangement.towns[0].inset.panel if arrangement.head else None
    return (
        below,
        # Beside the map, so its place in the order is free; here it is drawn once for all maps.
        *furniture.shared(
            studio, main, below, edges, fills, has_tokens=arrangement.has_discs, parts=parts
        ),
        main,
        Layer("names", tuple(above), panel.box, _MAP),
        *([arrangement.tokens] if arrangement.tokens.places else []),
        *(part for town in arrangement.towns for part in _town_parts(studio, town, arrangement)),
        *_of_whole(studio, arrangement),
    )


def _tile_parts(studio: Studio, arrangement: Arrangement, fills: Sequence[str]) -> Parts:
    main = arrangement.main
    below, names = tile_sheets.layers(studio, arrangement)
    edges = [item for item in names.items if isinstance(item, Mark)]
    return below, *furniture.shared(studio, main, below, edges, fills), main, names


def main_panel(studio: Studio) -> Panel:
    """Return the panel of the main map: the largest round scale that shows the district."""
    return paper_choice.main_panel(studio.villages, studio.layout)


def _ground(
    studio: Studio, arrangement: Arrangement, windows: Sequence[Item]
) -> tuple[Layer, shapely.Geometry, tuple[Item, ...]]:
    """Draw the ground of the main map; return also the land around, and coordinates in the map."""
    main, layout, around = arrangement.main, studio.layout, studio.surroundings
    panel, texts, faces = main.panel, studio.texts, studio.faces
    drawn = ground.draw(panel, around, main.outline(), layout)
    taken = shapely.union_all([arrangement.occupied, *_papers(windows, faces)])
    names = ground.names(panel, around, taken, layout, texts, faces)
    lines, degrees = tuple(graticule.marks(panel, layout)), inset_graticule.NONE
    if arrangement.head:
        words = (text_area(text, faces) for text in names)
        kept = [*words, *arrangement.naming.papers(), main.outline()]
        degrees = inset_graticule.of(panel, kept, layout, texts, faces)
        lines = degrees.lines
    below = Layer("ground", (*drawn.items, *lines, *names), panel.box, _MAP)
    return below, drawn.beyond, degrees.labels


def _papers(windows: Sequence[Item], faces: Faces) -> Iterator[shapely.Geometry]:
    """Yield the paper under the lines of windows and their letters."""
    for item in windows:
        if isinstance(item, Text):
            yield text_area(item, faces)
        elif isinstance(item, Mark):
            yield from (shapely.LineString(part) for part in item.shape.parts)


def _of_whole(studio: Studio, arrangement: Arrangement) -> tuple[Layer, ...]:
    """Draw the title and the frame of the small map of the whole, beside maps of groups."""
    if not arrangement.head:
        return ()
    panel = arrangement.main.panel
    return (_headed(studio, panel, arrangement.head, inset_marks.of_whole(studio, panel)),)


def _headed(studio: Studio, panel: Panel, head: Box, words: str) -> Layer:
    """Draw the frame of an inset and its title."""
    drawn = inset_marks.headed(studio.layout, panel.box, head, words)
    return Layer("inset frame", tuple(drawn), tag=_MAP)


def _town_parts(studio: Studio, town: Town, arrangement: Arrangement) -> Parts:
    layout = studio.layout
    panel, head = town.inset.panel, town.inset.head
    below = ground.draw(panel, studio.surroundings, town.district.outline(), layout)
    kept = [*town.papers(), *town.tokens.papers()]
    # A map of its own has sea enough for coordinates beside all islands.
    kept += [*town.district.small(np.inf if town.inset.told else _COVERED_MM2)]
    # A town's window stands between the main map's meridians; islands lie in open sea.
    degrees = inset_graticule.NONE
    if town.has_islands:
        land = town.district.small(np.inf)
        degrees = inset_graticule.of(panel, kept, layout, studio.texts, studio.faces, [*land])
    above: list[Item] = [
        *town.district.borders(layout, below.beyond),
        *degrees.labels,
        *town.naming.items(arrangement.numbers, layout),
    ]
    return (
        Layer("inset ground", (*below.items, *degrees.lines), panel.box, _MAP),
        town.district,
        Layer("inset names", tuple(above), panel.box, _MAP),
        *([town.tokens] if town.tokens.places else []),
        _headed(studio, panel, head, inset_marks.title(studio, arrangement, town)),
    )
