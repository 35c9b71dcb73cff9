"""The map of one kecamatan, or of a part of it: its villages in class colours, named or numbered.

Owns what stands around it: other kecamatan of the district are white and bear their names, so that
they are not taken for foreign land.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from fsva.core.box import Box
from fsva.drawing.framing import frames, packing
from fsva.drawing.lettering import labels, typesetting
from fsva.drawing.lettering.typesetting import Placed
from fsva.drawing.maps import class_numbers, graticule, ground, second_channel
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset, naming
from fsva.drawing.names.inset import Inset
from fsva.drawing.names.naming import Naming
from fsva.drawing.paper.scene import Item, Layer, Stroke
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words.specification import MapSpecification

_MAP = ("map",)  # what areas and names are to a reader
# A panel that shows no larger share of a village than this leaves its name to another panel.
_MOSTLY = 0.5
# A village with less paper has no room for its name.
_NAMED_MM2 = 50.0
# A sheet of few villages is for looking at them: larger is better up to here.
_LARGE_MM2 = 2000.0


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
    insets : tuple of DetailInset
        Of islands that lie apart, each with its own names.
    """

    whole: DrawnDistrict
    own: DrawnDistrict
    names: Naming
    neighbours: tuple[Placed, ...]
    insets: tuple[DetailInset, ...] = ()

    @property
    def panel(self) -> Panel:
        """The panel of the map."""
        return self.whole.panel

    @property
    def codes(self) -> set[str]:
        """The villages whose map it is, those that only an inset shows among them."""
        return set(self.own.codes).union(*(one.detail.own.codes for one in self.insets))

    @property
    def named_here(self) -> set[str]:
        """Villages that the map names or numbers, without its insets."""
        return self.names.named | self.names.numbered

    @property
    def told(self) -> set[str]:
        """Villages that the map or an inset names or numbers."""
        return self.named_here.union(*(one.detail.named_here for one in self.insets))

    @property
    def lost(self) -> set[str]:
        """Villages that the map neither names nor numbers."""
        return self.codes - self.told


@dataclass(frozen=True, eq=False)
class DetailInset:
    """An inset of such a map, for islands that lie apart.

    Parameters
    ----------
    place : Inset
        Where it stands, and whether the map does not show its ground.
    detail : DetailMap
        Its own map.
    """

    place: Inset
    detail: DetailMap


def settle(studio: Studio, group: ShapeTable, box: Box, *, has_insets: bool = False) -> DetailMap:
    """Find scale and names for the map of some villages.

    Parameters
    ----------
    group : ShapeTable
        Rows of the studio's villages, of one kecamatan.
    box : Box
        Where the map stands on its sheet.
    has_insets : bool
        Whether islands that lie apart may have insets, and many small villages beside large ones.
    """
    layout = studio.layout
    frame = frames.of_islands(group, layout, box, enough=_LARGE_MM2) if has_insets else None
    if frame is None:
        west, south, east, north = group.total_bounds
        bounds, rules = (west, south, east, north), layout.map
        panel = panels.fit(bounds, group.crs, box, rules.denominators, rules.margin)
        if not has_insets:
            return _settled(studio, group, panel)
        frame = frames.of_villages(group, layout, panel, _NAMED_MM2)
    strip = packing.strip(layout)
    places = [inset.of_window(group, one, frame.panel, strip) for one in frame.windows]
    insets = tuple(
        DetailInset(one, _settled(studio, group, one.panel, is_far=one.is_far)) for one in places
    )
    return _settled(studio, group, frame.panel, insets)


def _settled(
    studio: Studio,
    group: ShapeTable,
    panel: Panel,
    insets: tuple[DetailInset, ...] = (),
    *,
    is_far: bool = False,
) -> DetailMap:
    """Name villages on a panel: those that it mostly shows and no inset names.

    What the map does not show is named in its inset, however small a part of a village it is.
    """
    whole = districts.on_panel(studio.villages, panel, studio.layout.map.tolerance)
    codes = {str(code) for code in group.index}
    own = _part(whole, codes)
    others = shapely.coverage_union_all(_part(whole, set(whole.codes) - codes).areas)
    boxes = [one.place.box for one in insets]
    around = _neighbour_names(studio, whole, own, boxes)
    named = (one.detail.told & _mostly_shown(one.detail.own) for one in insets)
    due = set(own.codes) if is_far else _mostly_shown(own).difference(*named)
    taken = [*typesetting.papers(around), *(box.polygon() for box in boxes)]
    return DetailMap(whole, own, _named(studio, own, others, taken, due), around, insets)


def _mostly_shown(own: DrawnDistrict) -> set[str]:
    """Return the villages of which the panel shows the larger part; islets beyond it are few."""
    share = shapely.area(own.shown()) / shapely.area(own.areas)
    return {code for code, shown in zip(own.codes, share.tolist(), strict=True) if shown > _MOSTLY}


def _part(district: DrawnDistrict, codes: Collection[str]) -> DrawnDistrict:
    """Return some villages of a district; borders to the others stay the same lines."""
    return district.only([n for n, code in enumerate(district.codes) if code in codes])


def _neighbour_names(
    studio: Studio, whole: DrawnDistrict, own: DrawnDistrict, insets: Sequence[Box]
) -> tuple[Placed, ...]:
    """Name the other kecamatan where the panel shows enough of them.

    A part of the own kecamatan that another sheet shows is named after it too.
    """
    layout, faces = studio.layout, studio.faces
    others = whole.united(set(whole.kecamatan) - set(own.kecamatan))
    elsewhere = _part(whole, set(whole.codes) - set(own.codes))
    others |= elsewhere.united(set(own.kecamatan) & set(elsewhere.kecamatan))
    sizes = (layout.type.note,)
    texts = studio.texts
    words = [
        texts("daftar_nama.lembar_lain", kecamatan=name) if name in own.kecamatan else name
        for name in others
    ]
    ways = [typesetting.wordings(name, faces, "italic", sizes) for name in words]
    areas = np.array([*others.values()], dtype=object)
    for box in insets:
        areas = shapely.difference(areas, box.polygon())
    return tuple(labels.candidates(areas, ways).best().values()) if len(areas) else ()


def _named(
    studio: Studio,
    own: DrawnDistrict,
    others: shapely.Geometry,
    taken: Sequence[shapely.Geometry],
    due: Collection[str],
) -> Naming:
    """Name villages on their areas, then beside them with a line; number what is left."""
    fonts = (studio.layout, studio.faces)
    placed = naming.name(own, naming.places(own, *fonts, due), (), *fonts)
    rest = [code for code in own.codes if code in due and code not in placed.named]
    placed = naming.lead(own, placed, rest, taken, fonts)
    rest = [code for code in rest if code not in placed.named | placed.numbered]
    return naming.lead_numbers(own, placed, rest, taken, fonts, others)


@dataclass(frozen=True)
class MapGround:
    """What a map shows whatever the classes of its villages are.

    Parameters
    ----------
    below : tuple of Item
        Sea, land and neighbours, the graticule, and the names around the district.
    borders : tuple of Item
        Of kecamatan and of the district.
    """

    below: tuple[Item, ...]
    borders: tuple[Item, ...]


def grounded(studio: Studio, detail: DetailMap, *, is_inset: bool = False) -> MapGround:
    """Draw what lies around the villages of a map.

    Parameters
    ----------
    is_inset : bool
        Whether seas and neighbours go without names, which stand on the map around it.
    """
    outline = detail.whole.outline()
    layout = studio.layout.for_villages(detail.own.median_side())
    around = ground.draw(detail.panel, studio.surroundings, outline, layout)
    below = [*around.items, *graticule.marks(detail.panel, layout)]
    if not is_inset:
        taken = shapely.union_all([outline, *papers(detail)])
        fonts = (studio.texts, studio.faces)
        below += ground.names(detail.panel, studio.surroundings, taken, layout, *fonts)
    return MapGround(tuple(below), tuple(detail.whole.borders(layout, around.beyond)))


def layers(
    studio: Studio,
    detail: DetailMap,
    shown: MapSpecification,
    numbers: dict[str, str],
    *,
    around: MapGround | None = None,
) -> tuple[Layer, ...]:
    """Draw the map.

    Parameters
    ----------
    shown : MapSpecification
        Classes and their colours.
    numbers : dict of str to str
        Kemendagri code to number.
    around : MapGround or None
        From ``grounded``, if it is known already.
    """
    whole, own, box = detail.whole, detail.own, detail.panel.box
    layout = studio.layout.for_villages(own.median_side())
    colours = fills(studio, detail, shown)
    around = around or grounded(studio, detail)
    lines = [*own.village_lines(colours, layout), *around.borders]
    muted = layout.colours.neighbour_name
    halo = Stroke(layout.colours.halo, layout.lines.halo)
    names = [text for place in detail.neighbours for text in place.texts("italic", muted, halo)]
    return (
        Layer("ground", around.below, box, _MAP),
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
        numerals = class_numbers.place(detail.own, papers(detail), studio.layout)
        numbered = (*numerals.places,)
        drawn.append(replace(numerals.layer(shown), tag=_MAP))
    channel = second_channel.prepare(detail.own, studio.layout.theme, numbered)
    if lines := channel.layer(shown, studio.layout.theme):
        drawn.insert(0, replace(lines, tag=_MAP))
    return drawn


def papers(detail: DetailMap) -> list[shapely.Geometry]:
    """Return the paper that names, their lines and insets take."""
    led = [*detail.names.led.values(), *detail.names.led_numbers.values()]
    return [
        *detail.names.papers(),
        *(leader.paper() for leader in led),
        *typesetting.papers(detail.neighbours),
        *(one.place.box.polygon() for one in detail.insets),
    ]
