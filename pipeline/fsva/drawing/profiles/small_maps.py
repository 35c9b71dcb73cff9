"""The small map of a profile: a kecamatan in class colours, one village of it outlined.

Owns which layers profiles share: the map of a kecamatan is drawn once for all its villages, so
that a file holds it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import shapely

from fsva.core.box import Box
from fsva.core.columns import PARENT
from fsva.drawing.details import detail_insets, kecamatan_maps
from fsva.drawing.details.kecamatan_maps import DetailMap
from fsva.drawing.lettering import free_paper
from fsva.drawing.maps import district as districts
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    GroundExtent,
    Item,
    Layer,
    Mark,
    Stroke,
    Text,
    box_shape,
    shape_of,
)
from fsva.drawing.profiles.profile_frame import Desk
from fsva.drawing.sheets import sheet
from fsva.drawing.sheets.name_furniture import IndexMap

_LINE_MM, _CASING_MM = 0.9, 1.7
# A smaller part of a village has a fine line, and a dot none: it would leave nothing of its colour.
_BOLD_MM2, _FINE_MM2, _FINE_MM = 9.0, 1.0, 0.15
_INSET_MM = 1.6


@dataclass(frozen=True, eq=False)
class SmallMap:
    """The map of a kecamatan in a box of a profile.

    Parameters
    ----------
    desk : Desk
        What it is drawn with.
    detail : DetailMap
        Scale and names.
    numbers : dict of str to str
        Kemendagri code to number.
    whole : DrawnDistrict
        All villages, for the map of where it lies.
    """

    desk: Desk
    detail: DetailMap
    numbers: dict[str, str]
    whole: DrawnDistrict

    def place(self, box: Box) -> Layer:
        """Show where in the district the kecamatan lies.

        Parameters
        ----------
        box : Box
            Room for the outline of the district.
        """
        items = IndexMap(self.desk.studio.layout, self.whole, box).items(self.detail.codes)
        return Layer("index", tuple(items), box, ("locator",))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The map with its frame and scale, the same for all villages."""
        studio, box = self.desk.studio, self.detail.panel.box
        what = (studio, self.detail, self.desk.shown, self.numbers)
        drawn = [*kecamatan_maps.layers(*what), *detail_insets.layers(*what)]
        size, layout = self.desk.plate.type.small, studio.layout
        wide = studio.faces["regular"].width_mm(self.ground.name, size)
        high = CAP_HEIGHT * size * MM_PER_PT
        plate = self._freest(wide + 2 * _INSET_MM, high + 2 * _INSET_MM)
        at = (plate.left + _INSET_MM, plate.bottom + _INSET_MM)
        framed = (
            Mark(box_shape(plate), layout.colours.paper),
            *self.desk.framed(box, plate),
            Text(self.ground.name, *at, size, "regular", self.desk.ink),
        )
        return (*drawn, Layer("furniture", framed, tag=("map",)))

    def _freest(self, width: float, height: float) -> Box:
        """Return free paper for a plate, else the corner in which it covers the least."""
        box = self.detail.panel.box
        papers = kecamatan_maps.papers(self.detail)
        taken = [*papers, *detail_insets.windows(self.detail), self.detail.own.outline()]
        free = free_paper.of_panel(box).without(shapely.union_all(taken))
        return free.place(width, height) or self._least_covered(width, height)

    def _least_covered(self, width: float, height: float) -> Box:
        """Return the corner of the map in which a plate covers the least of names and villages."""
        box = self.detail.panel.box
        corners = [
            Box(left, bottom, width, height)
            for bottom in (box.bottom, box.top - height)
            for left in (box.left, box.right - width)
        ]
        papers = np.array(kecamatan_maps.papers(self.detail), dtype=object)
        land = self.detail.own.outline()

        def covered(corner: Box) -> tuple[float, float]:
            """Return the paper of names and insets under a corner, then that of villages."""
            ground = corner.polygon()
            names = shapely.area(shapely.intersection(papers, ground)).sum()
            own = shapely.area(shapely.intersection(land, ground))
            return round(float(names), 3), round(float(own), 3)

        return min(corners, key=covered)

    @cached_property
    def ground(self) -> GroundExtent:
        """Where the map lies."""
        texts, panel = self.desk.studio.texts, self.detail.panel
        scale = texts.decimal(panel.denominator, 0)
        return panel.georeference(texts("peta.skala", penyebut=scale))

    def outlined(self, code: str) -> Layer:
        """Draw a bold line around a village, and a fine one around islets that it would cover."""
        shown = self._showing(code)
        own = shown.own
        area = own.areas[own.codes.index(code)]
        parts, colours = shapely.get_parts(area), self.desk.studio.layout.colours
        size = shapely.area(parts)
        large, dots = size >= _BOLD_MM2, size < _FINE_MM2
        bold = (Stroke(colours.halo, _CASING_MM), Stroke(colours.ink, _LINE_MM))
        items: tuple[Item, ...] = tuple(
            Mark(shape_of(shapely.boundary(shapely.MultiPolygon(list(some)))), stroke=stroke)
            for some, strokes in (
                (parts[~large & ~dots], (Stroke(colours.ink, _FINE_MM),)),
                (parts[large], bold),
            )
            for stroke in strokes
            if len(some)
        )
        return Layer("outline", items, shown.panel.box, ("map",))

    def _showing(self, code: str) -> DetailMap:
        """Return the map on which a village is named, or else one that shows it."""
        maps = [self.detail, *(one.detail for one in self.detail.insets)]
        known = [one for one in maps if code in one.own.codes]
        return next((one for one in known if code in one.named_here), known[0])


def of_kecamatan(
    desk: Desk, codes: Sequence[str], box: Box, numbers: dict[str, str]
) -> dict[str, SmallMap]:
    """Make the maps of the kecamatan of some villages.

    Parameters
    ----------
    codes : sequence of str
        Kemendagri codes.
    box : Box
        Where the map stands on a sheet.
    numbers : dict of str to str
        Kemendagri code to number within its kecamatan.

    Returns
    -------
    dict of str to SmallMap
        By the name of the kecamatan.
    """
    villages, studio = desk.studio.villages, desk.studio
    panel = sheet.main_panel(studio)
    whole = districts.whole(villages, panel, studio.layout.map.tolerance)
    wanted = set(villages.at(codes)[PARENT])
    made = partial(kecamatan_maps.settle, studio, box=box, has_insets=True)
    return {
        str(name): SmallMap(desk, made(group), numbers, whole)
        for name, group in villages.sorted().groups(PARENT).items()
        if name in wanted
    }
