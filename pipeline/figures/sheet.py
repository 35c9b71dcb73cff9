"""The sheets of an edition: what all maps share is made once, a map adds fills and words.

Owns the order of the layers, and the order in which names, inset and key take their room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import shapely

from pipeline import alt_text, specification
from pipeline.figures import base, channel, furniture, ground, hatching, inset, key
from pipeline.figures import district as districts
from pipeline.figures import panel as panels
from pipeline.figures.boxes import text_box
from pipeline.figures.channel import Channel
from pipeline.figures.district import District, Naming
from pipeline.figures.inset import Inset
from pipeline.figures.panel import Panel
from pipeline.figures.scene import (
    Box,
    Ground,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Text,
    bounds,
    box_shape,
    shape_of,
)
from pipeline.figures.studio import Studio
from pipeline.method import Method
from pipeline.specification import MapSpecification
from pipeline.texts import Texts

_MAP = ("map",)  # what areas and names on the maps are to a reader
# What a sheet is made of, from below: layers are the same on all sheets, villages get their
# colours from the map.
Parts = tuple[Layer | District, ...]
Painted = tuple[Layer | Channel, ...]
_WITHIN = 0.6


@dataclass(frozen=True, eq=False)
class Town:
    """The inset with its villages and their names.

    Parameters
    ----------
    inset : Inset
        Window, scale and place.
    district : District
        Villages on the inset's panel.
    naming : Naming
        Where their names stand.
    """

    inset: Inset
    district: District
    naming: Naming


def sheets(studio: Studio, maps: Sequence[MapSpecification]) -> tuple[Sheet, ...]:
    """Draw the sheets of an edition.

    Parameters
    ----------
    studio : Studio
        Geometry, layout, language.
    maps : sequence of MapSpecification
        One per sheet.

    Returns
    -------
    tuple of Sheet
        In the order of the maps; shared layers are the same objects.
    """
    parts = _parts(studio)
    grounds = tuple(_grounds(parts, studio.texts))
    painted = tuple(_painted(parts, studio))
    return tuple(replace(_sheet(studio, painted, one), grounds=grounds) for one in maps)


def _painted(parts: Parts, studio: Studio) -> Iterator[Layer | Channel]:
    """Make the villages of each panel ready for their classes, with the base above them."""
    drawer = base.Drawer(studio.base, studio.layout, studio.faces)
    towns: list[Layer] = []
    for n, part in enumerate(parts):
        if isinstance(part, Layer):
            yield part
            if towns and part.clip == towns[0].clip:
                yield from towns
                towns = []
        else:
            yield channel.prepare(part, studio.layout.theme)
            taken = list(_taken(parts[n + 1 :], studio))
            yield from drawer.below(part.panel, taken)
            towns = drawer.towns(part.panel, taken)


def _taken(above: Parts, studio: Studio) -> Iterator[Box]:
    """Yield the paper that names, keys and insets above a panel cover."""
    for part in above:
        if isinstance(part, District):
            yield part.panel.box
            continue
        for item in part.items:
            if isinstance(item, Text):
                yield text_box(item, studio.faces)
            elif isinstance(item, Mark) and item.fill:
                yield bounds(item.shape)


def _sheet(studio: Studio, parts: Painted, one: MapSpecification) -> Sheet:
    """Colour the villages and add title, legend and notes."""
    colours, settings, texts = _colours(studio.method, one), studio.settings, studio.texts
    layers = [layer for part in parts for layer in _layers(part, colours, one, studio)]
    return Sheet(
        studio.layout.width,
        studio.layout.height,
        f"{one.title} - {one.subtitle}",
        texts.language,
        (furniture.heading(studio, one), *layers, furniture.words(studio, one)),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=texts.date(settings.issued)),
        source=" ".join(one.sources),
        in_words=_in_words(studio, one),
    )


def _in_words(studio: Studio, one: MapSpecification) -> dict[str, str]:
    """Say what the map and the locator show."""
    settings, texts = studio.settings, studio.texts
    kecamatan = {str(code): str(name) for code, name in studio.villages["kecamatan"].items()}
    district = specification.district_name(settings, texts)
    where = texts("alt.lokator", daerah=district, provinsi=settings.district.province)
    return {"map": alt_text.of_map(one, kecamatan, studio.method, texts), "locator": where}


def _grounds(parts: Parts, texts: Texts) -> Iterator[Ground]:
    """Yield where the panels of the maps lie, the main map first."""
    panels = [part.panel for part in parts if isinstance(part, District)]
    for panel in panels:
        scale = texts("peta.skala", penyebut=texts.decimal(panel.denominator, 0))
        yield panel.georeference(scale)


def _colours(method: Method, one: MapSpecification) -> dict[str, str]:
    by_class = {0: method.no_data_colour} | {c.number: c.colour for c in method.classes}
    by_class |= {row.priority: row.colour for row in one.legend}
    return {code: by_class[priority] for code, priority in one.priorities.items()}


def _layers(
    part: Layer | Channel, colours: Mapping[str, str], one: MapSpecification, studio: Studio
) -> list[Layer]:
    """Return a shared layer as it is, or the villages of a panel in the colours of a map."""
    if isinstance(part, Layer):
        return [_slanted(part, one.unsure)] if one.unsure and "names" in part.name else [part]
    district, box = part.district, part.district.panel.box
    fills = district.fills(colours, studio.layout)
    drawn = [Layer("villages", tuple(fills), box, _MAP)]
    if lines := part.layer(one, studio.layout.theme):
        drawn.append(replace(lines, tag=_MAP))
    if one.highlight:
        hatched = hatching.draw(district, one.highlight.codes, studio.layout)
        drawn.append(Layer("hatching", tuple(hatched), box, _MAP))
    return drawn


def _slanted(layer: Layer, codes: frozenset[str]) -> Layer:
    """Set the names of some villages in italics; their letters are as wide as upright ones."""
    items = [
        replace(item, face="italic") if isinstance(item, Text) and item.code in codes else item
        for item in layer.items
    ]
    return replace(layer, items=tuple(items))


def _parts(studio: Studio) -> Parts:
    """Place names, inset and key one after another, each in the room that is left."""
    layout = studio.layout
    panel = main_panel(studio)
    main = districts.on_panel(studio.villages, panel, layout.map.tolerance)
    outline = main.outline()
    free = districts.places(main, layout, studio.faces)
    nameless = districts.name(main, free, (), layout, studio.faces).numbers
    town = _town(studio, panel, outline, list(nameless))
    in_town = set(town.naming.kecamatan) if town else set()
    kecamatan = set(main.kecamatan) - in_town
    naming = districts.name(main, free, kecamatan, layout, studio.faces)
    named = town.naming.villages if town else {}
    numbered = [code for code in naming.numbers if code not in named]
    occupied = shapely.union(outline, town.inset.box.inset(-1.5).polygon()) if town else outline
    key_items, occupied = _key(studio, main, numbered, occupied)
    names = [*naming.texts(layout), *naming.number_texts(numbered, layout)]
    above = [*main.borders(layout), *_window(town, panel, studio), *names, *key_items]
    return (
        _ground(studio, panel, outline, occupied),
        # Beside the map, so its place in the order is free; here it is drawn once for all maps.
        *furniture.shared(studio, panel),
        main,
        Layer("names", tuple(above), panel.box, _MAP),
        *(_town_parts(studio, town, numbered) if town else ()),
    )


def main_panel(studio: Studio) -> Panel:
    """Return the panel of the main map: the largest round scale that shows the district.

    Parameters
    ----------
    studio : Studio
        Villages and layout.
    """
    rules = studio.layout.map
    west, south, east, north = studio.villages.total_bounds.tolist()
    box = studio.layout.boxes.box("map")
    return panels.fit(
        (west, south, east, north), studio.villages.crs, box, rules.denominators, rules.margin
    )


def _ground(
    studio: Studio, panel: Panel, outline: shapely.Geometry, occupied: shapely.Geometry
) -> Layer:
    layout, around = studio.layout, studio.surroundings
    items = [
        *ground.draw(panel, around, outline, layout),
        *ground.graticule_marks(panel, layout),
        *ground.names(panel, around, occupied, layout, studio.texts, studio.faces),
    ]
    return Layer("ground", tuple(items), panel.box, _MAP)


def _key(
    studio: Studio, main: District, numbered: Sequence[str], occupied: shapely.Geometry
) -> tuple[list[Item], shapely.Geometry]:
    """Draw the key of the numbered villages, if there are any."""
    names = [main.names[main.codes.index(code)] for code in numbered]
    if not names:
        return [], occupied
    box = studio.layout.boxes.box("map")
    drawn = key.draw(names, box, occupied, studio.layout, studio.texts, studio.faces)
    if drawn is None:
        return [], occupied
    return drawn[1], shapely.union(occupied, drawn[0].inset(-1.5).polygon())


def _town(
    studio: Studio, panel: Panel, outline: shapely.Geometry, nameless: Sequence[str]
) -> Town | None:
    window = inset.find(studio.villages, nameless, panel, outline, studio.layout)
    if window is None:
        return None
    district = districts.on_panel(studio.villages, window.panel, studio.layout.map.tolerance)
    free = districts.places(district, studio.layout, studio.faces)
    kecamatan = _kecamatan_within(studio, window)
    naming = districts.name(district, free, kecamatan, studio.layout, studio.faces)
    return Town(window, district, naming)


def _kecamatan_within(studio: Studio, window: Inset) -> set[str]:
    """Return the kecamatan that the inset shows almost wholly: they are named there only."""
    villages = studio.villages
    inside = shapely.area(villages.geometry.intersection(window.panel.ground()))
    areas = villages.area.groupby(villages["kecamatan"]).sum()
    shares = pd.Series(inside, villages.index).groupby(villages["kecamatan"]).sum() / areas
    return {str(name) for name in shares.index[shares > _WITHIN]}


def _window(town: Town | None, panel: Panel, studio: Studio) -> list[Item]:
    """Show on the main map which ground the inset enlarges."""
    if town is None:
        return []
    (window,) = panel.to_paper(shapely.from_wkb([town.inset.panel.ground().wkb]))
    return [Mark(shape_of(window), stroke=Stroke(studio.layout.colours.ink, 0.3, (1.2, 0.8)))]


def _town_parts(studio: Studio, town: Town, numbered: Sequence[str]) -> Parts:
    layout, texts = studio.layout, studio.texts
    panel, head = town.inset.panel, town.inset.head
    frame = Stroke(layout.colours.ink, layout.lines.frame / 2)
    scale = texts("peta.inset", penyebut=texts.decimal(panel.denominator, 0))
    size, (x, y) = layout.type.note + 0.5, head.centre
    above: list[Item] = [
        *town.district.borders(layout),
        *town.naming.texts(layout),
        *town.naming.number_texts(numbered, layout),
    ]
    below = ground.draw(panel, studio.surroundings, town.district.outline(), layout)
    title: list[Item] = [
        Mark(box_shape(head), layout.colours.paper, frame),
        Text(scale, x, y - 0.8, size, "bold", layout.colours.ink, "centre"),
        Mark(box_shape(panel.box), stroke=frame),
    ]
    return (
        Layer("inset ground", tuple(below), panel.box, _MAP),
        town.district,
        Layer("inset names", tuple(above), panel.box, _MAP),
        Layer("inset frame", tuple(title), tag=_MAP),
    )
