"""The map of one kecamatan, or of a part of it: its villages in class colours, named or numbered.

Owns what stands around it: other kecamatan of the district are white and bear their names, so that
they are not taken for foreign land.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely

from fsva.core.box import Box
from fsva.core.columns import PARENT
from fsva.drawing.lettering import labels, typesetting
from fsva.drawing.lettering.typesetting import Placed
from fsva.drawing.maps import class_numbers, graticule, ground, second_channel
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import naming
from fsva.drawing.names.naming import Naming
from fsva.drawing.paper.scene import Layer, Stroke
from fsva.words.specification import MapSpecification

_MAP = ("map",)  # what areas and names are to a reader


@dataclass(frozen=True, eq=False)
class DetailMap:
    """Some villages on a panel of their own.

    Parameters
    ----------
    whole, own : DrawnDistrict
        All villages that the panel shows, and those whose map it is.
    names : Naming
        Where the names and numbers of its own villages stand.
    neighbours : tuple of Placed
        Names of the other kecamatan.
    """

    whole: DrawnDistrict
    own: DrawnDistrict
    names: Naming
    neighbours: tuple[Placed, ...]

    @property
    def panel(self) -> Panel:
        """The panel of the map."""
        return self.whole.panel

    @property
    def lost(self) -> set[str]:
        """Villages that the map neither names nor numbers."""
        return set(self.own.codes) - self.names.named - self.names.numbered


def settle(studio: Studio, group: gpd.GeoDataFrame, box: Box) -> DetailMap:
    """Find scale and names for the map of some villages.

    Parameters
    ----------
    group : GeoDataFrame
        Rows of the studio's villages, of one kecamatan.
    box : Box
        Where the map stands on its sheet.
    """
    rules = studio.layout.map
    west, south, east, north = group.total_bounds.tolist()
    bounds = (west, south, east, north)
    panel = panels.fit(bounds, group.crs, box, rules.denominators, rules.margin)
    whole = districts.on_panel(studio.villages, panel, rules.tolerance)
    codes = {str(code) for code in group.index}
    own = _part(whole, codes)
    others = shapely.coverage_union_all(_part(whole, set(whole.codes) - codes).areas)
    around = _neighbour_names(studio, whole, str(group[PARENT].iloc[0]))
    names = _named(studio, own, others, around)
    return DetailMap(whole, own, names, around)


def _part(district: DrawnDistrict, codes: Collection[str]) -> DrawnDistrict:
    """Return some villages of a district; borders to the others stay the same lines."""
    kept = [n for n, code in enumerate(district.codes) if code in codes]
    return DrawnDistrict(
        district.panel,
        tuple(district.codes[n] for n in kept),
        tuple(district.names[n] for n in kept),
        tuple(district.kecamatan[n] for n in kept),
        district.areas[kept],
        tuple(district.shapes[n] for n in kept),
    )


def _neighbour_names(studio: Studio, whole: DrawnDistrict, own: str) -> tuple[Placed, ...]:
    """Name the other kecamatan where the panel shows enough of them."""
    layout, faces = studio.layout, studio.faces
    others = whole.united(set(whole.kecamatan) - {own})
    sizes = (layout.type.note,)
    ways = [typesetting.wordings(name, faces, "italic", sizes) for name in others]
    areas = np.array([*others.values()], dtype=object)
    return tuple(labels.candidates(areas, ways).best().values()) if len(areas) else ()


def _named(
    studio: Studio, own: DrawnDistrict, others: shapely.Geometry, around: tuple[Placed, ...]
) -> Naming:
    """Name villages on their areas, then beside them with a line; number what is left."""
    fonts = (studio.layout, studio.faces)
    placed = naming.name(own, naming.places(own, *fonts), (), *fonts)
    boxes = [*typesetting.papers(around)]
    rest = [code for code in own.codes if code not in placed.named]
    placed = naming.lead(own, placed, rest, boxes, fonts)
    rest = [code for code in rest if code not in placed.named | placed.numbered]
    return naming.lead_numbers(own, placed, rest, boxes, fonts, others)


def layers(
    studio: Studio, detail: DetailMap, shown: MapSpecification, numbers: dict[str, str]
) -> tuple[Layer, ...]:
    """Draw the map.

    Parameters
    ----------
    shown : MapSpecification
        Classes and their colours.
    numbers : dict of str to str
        Kemendagri code to number.
    """
    whole, own, box = detail.whole, detail.own, detail.panel.box
    layout = studio.layout.for_villages(own.median_side())
    colours = fills(studio, detail, shown)
    around = ground.draw(detail.panel, studio.surroundings, whole.outline(), layout)
    taken = shapely.union_all([whole.outline(), *_papers(detail)])
    fonts = (studio.texts, studio.faces)
    below = [
        *around.items,
        *graticule.marks(detail.panel, layout),
        *ground.names(detail.panel, studio.surroundings, taken, layout, *fonts),
    ]
    lines = [*own.village_lines(colours, layout), *whole.borders(layout, around.beyond)]
    muted = layout.colours.neighbour_name
    halo = Stroke(layout.colours.halo, layout.lines.halo)
    names = [text for place in detail.neighbours for text in place.texts("italic", muted, halo)]
    return (
        Layer("ground", tuple(below), box, _MAP),
        Layer("villages", tuple(whole.fills(colours, layout)), box, _MAP),
        *_channel(studio, detail, shown, layout.theme.numbers),
        Layer("edges", tuple(lines), box, _MAP),
        Layer("names", (*names, *detail.names.items(numbers, layout)), box, _MAP),
    )


def fills(studio: Studio, detail: DetailMap, shown: MapSpecification) -> dict[str, str]:
    """Return the colours of the villages: their classes, and white for other kecamatan."""
    by_class = {row.priority: row.colour for row in shown.legend}
    plain = studio.method.no_data_colour
    own = set(detail.own.codes)
    return {
        code: by_class.get(shown.priorities[code], plain)
        if code in own
        else studio.layout.colours.paper
        for code in detail.whole.codes
    }


def _channel(
    studio: Studio, detail: DetailMap, shown: MapSpecification, with_numbers: bool
) -> list[Layer]:
    """Draw the second channel of the theme: lines over the classes, or class numbers."""
    drawn: list[Layer] = []
    numbered: tuple[str, ...] = ()
    if with_numbers:
        numerals = class_numbers.place(detail.own, _papers(detail), studio.layout)
        numbered = (*numerals.places,)
        drawn.append(replace(numerals.layer(shown), tag=_MAP))
    channel = second_channel.prepare(detail.own, studio.layout.theme, numbered)
    if lines := channel.layer(shown, studio.layout.theme):
        drawn.insert(0, replace(lines, tag=_MAP))
    return drawn


def _papers(detail: DetailMap) -> list[shapely.Geometry]:
    """Return the paper that names and their lines take."""
    led = [*detail.names.led.values(), *detail.names.led_numbers.values()]
    return [
        *detail.names.papers(),
        *(leader.paper() for leader in led),
        *typesetting.papers(detail.neighbours),
    ]
