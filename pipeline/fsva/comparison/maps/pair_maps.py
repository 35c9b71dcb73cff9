"""The small maps of a pair: villages drawn once for all measures, in one window or in several.

Owns what a map shares with the same map of other measures: ground, borders, names of kecamatan,
discs of villages on islets. Groups of islands far from each other stand side by side where that
shows them larger. Which map stands where is known to ``pair_sheets``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from fsva.comparison.maps import change_signs
from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.maps.change_signs import Sign
from fsva.comparison.maps.drawn_sides import Half, unhatched
from fsva.core.box import Box
from fsva.core.columns import PARENT
from fsva.drawing.framing import frames
from fsva.drawing.framing.packing import InsetPlace, TitleStrip
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import ground, second_channel
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.second_channel import Channel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset, islet_discs, naming
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.paper import moving
from fsva.drawing.paper.scene import (
    DECORATION,
    Layer,
    Mark,
    Placement,
    Stroke,
    Text,
    box_shape,
)
from fsva.drawing.paper.text_boxes import text_area
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words.specification import MapSpecification

_MAP = ("map",)
_HALO_MM = 0.7
# Windows side by side show more of every village than this, or there is one map of the whole.
_MOSTLY = 0.5
# Windows have no titles.
_NO_STRIP = TitleStrip(0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class PairWindow:
    """One of the windows of a map: of the whole district, or of a group of islands.

    Parameters
    ----------
    studio : Studio
        The edition, whose theme may have lines over its classes.
    below, above : Layer
        Ground; borders with the names of the kecamatan, and the frame of a group.
    channel : Channel
        Villages on the panel, with the lines of their classes.
    discs : Tokens
        Of villages on islets that show too little of their class.
    place : Placement
        Where it stands: it is drawn at the place of the first map, so that equal villages have
        equal names and discs on all three.
    """

    studio: Studio
    below: Layer
    channel: Channel
    above: Layer
    discs: Tokens
    place: Placement

    @property
    def panel(self) -> Panel:
        """Its ground and scale, where it stands."""
        drawn = self.channel.district.panel
        return replace(drawn, box=self.place.on_paper(drawn.box))

    def layers(
        self,
        shown: MapSpecification,
        signs: Mapping[str, Sign] | None = None,
        palette: ChangePalette | None = None,
    ) -> list[Layer]:
        """Draw ground, villages, borders, discs and, if there are any, signs.

        Parameters
        ----------
        shown : MapSpecification
            Colours.
        signs : mapping of str to (str, str) or None
            Kemendagri code to the sign in a village and its colour.
        palette : ChangePalette or None
            Sizes of the signs.
        """
        studio, district = self.studio, self.channel.district
        layout = studio.layout.for_villages(district.median_side())
        colours = {0: studio.method.no_data_colour} | {r.priority: r.colour for r in shown.legend}
        fills = {code: colours[shown.priorities.get(code, 0)] for code in district.codes}
        box = district.panel.box
        villages = Layer("villages", tuple(district.fills(fills, layout)), box, _MAP)
        hatched = self.channel.layer(shown, layout.theme)
        lines = tuple(district.village_lines(fills, layout))
        drawn = [self.below, villages]
        drawn += [replace(hatched, tag=_MAP)] if hatched else []
        drawn += [Layer("edges", lines, box, _MAP)] if lines else []
        drawn.append(self.above)
        if self.discs.places:
            drawn.append(replace(self.discs.layer(fills, layout), tag=_MAP))
        if signs is not None and palette is not None:
            how = (studio.layout.colours.halo, studio.faces)
            drawn.append(change_signs.layer_of(villages, self.above, signs, palette.signs, how))
        return [moving.layer(layer, self.place) for layer in drawn]


def prepare(
    b: Half, a: Half | None, boxes: tuple[Box, Box, Box], palette: ChangePalette
) -> tuple[tuple[PairWindow, ...], ...]:
    """Draw what the maps of A, B and the change share, on windows of one scale and one ground.

    Parameters
    ----------
    a : Half or None
        The earlier edition, if its borders are known.
    boxes : tuple of Box
        Where the three maps stand, all of one size.
    palette : ChangePalette
        Sizes.

    Returns
    -------
    tuple of tuple of PairWindow
        Of each of the three maps.
    """
    now = b.studio.villages
    before = a.studio.villages.to_crs(now.crs) if a else now
    first = boxes[0]
    whole = _whole(first, (before, now), b.studio)
    places = _side_by_side(b.studio, (before, now), first)
    parts = [inset.of_window(now, place, whole, _NO_STRIP).panel for place in places] or [whole]
    change = unhatched(b.studio)
    made = []
    for box, villages, studio in zip(
        boxes, (before, now, now), (b.studio, b.studio, change), strict=True
    ):
        to = Placement(1.0, box.left - first.left, box.bottom - first.bottom)
        windows = [
            _window(studio, villages, panel, (kecamatan, palette), to, is_part=bool(places))
            for panel, kecamatan in zip(parts, _kecamatan_in(villages, parts), strict=True)
        ]
        made.append(tuple(windows))
    return tuple(made)


def _whole(box: Box, both: Sequence[ShapeTable], studio: Studio) -> Panel:
    """Return the panel of the villages of both editions."""
    bounds = np.array([villages.total_bounds for villages in both])
    west, south = bounds[:, :2].min(axis=0).tolist()
    east, north = bounds[:, 2:].max(axis=0).tolist()
    rules = studio.layout.map
    around = (west, south, east, north)
    return panels.fit(around, both[-1].crs, box, rules.denominators, rules.margin)


def _side_by_side(
    studio: Studio, both: tuple[ShapeTable, ShapeTable], box: Box
) -> tuple[InsetPlace, ...]:
    """Return windows for groups of islands; none where they would hide a village of A or B."""
    places = frames.side_by_side(both[1], studio.layout, box)
    grounds = shapely.union_all([shapely.box(*place.bounds) for place in places])
    for villages in both:
        areas = villages.geometry
        inside = shapely.area(shapely.intersection(areas, grounds))
        if (inside <= _MOSTLY * shapely.area(areas)).any():
            return ()
    return places


def _kecamatan_in(villages: ShapeTable, parts: Sequence[Panel]) -> list[set[str]]:
    """Return the kecamatan that each window names: those of which no other shows more."""
    areas, names = villages.geometry, villages[PARENT].astype(str)
    grounds = np.array([panel.ground() for panel in parts], dtype=object)
    inside = shapely.area(shapely.intersection(areas[:, None], grounds))
    every, member = np.unique(names, return_inverse=True)
    shown = np.zeros((len(every), len(parts)))
    np.add.at(shown, member, inside)
    most = shown.argmax(axis=1)
    return [set(every[most == n].tolist()) for n in range(len(parts))]


def _window(
    studio: Studio,
    villages: ShapeTable,
    panel: Panel,
    named: tuple[set[str], ChangePalette],
    place: Placement,
    *,
    is_part: bool,
) -> PairWindow:
    """Draw the parts of a window that all measures share."""
    district = districts.on_panel(villages, panel, studio.layout.map.tolerance)
    layout = studio.layout.for_villages(district.median_side())
    below = ground.draw(panel, studio.surroundings, district.outline(), layout)
    edges = district.borders(layout, below.beyond)
    names = _names(district, studio, *named)
    taken = [text_area(text, studio.faces) for text in names]
    frame = [Mark(box_shape(panel.box), stroke=Stroke(layout.colours.ink, layout.lines.frame))]
    return PairWindow(
        studio,
        Layer("ground", tuple(below.items), panel.box, DECORATION),
        second_channel.prepare(district, layout.theme),
        Layer("names", (*edges, *names, *(frame if is_part else ())), panel.box, _MAP),
        islet_discs.place(district.cut_off(), layout, taken),
        place,
    )


def _names(
    district: DrawnDistrict, studio: Studio, kecamatan: set[str], palette: ChangePalette
) -> list[Text]:
    """Name the kecamatan: villages are not named on small maps."""
    layout, faces = studio.layout, studio.faces
    sizes = layout.type.of_kecamatan(palette.pair.kecamatan_size)
    small = layout.model_copy(update={"type": sizes})
    nothing = naming.places(district, small, faces)
    placed = naming.name(district, nothing, kecamatan, small, faces).kecamatan_names
    halo = Stroke(layout.colours.halo, _HALO_MM)
    inks = layout.colours.ink
    return [text for place in placed.values() for text in place.texts("bold", inks, halo)]
