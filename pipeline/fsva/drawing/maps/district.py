"""The villages of the district on one panel: areas and borders.

Owns the parts that all maps of an edition share; a map adds its fills.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.maps import border_colours, shores
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper import borders
from fsva.drawing.paper.borders import Borders
from fsva.drawing.paper.scene import Item, Mark, Shape, Stroke, shape_of, shapes_of
from fsva.sources.plain.shape_table import ShapeTable

# Lines between villages are left out where so many of them are wider than the median village.
_LEAST_WIDTHS = 4.0


@dataclass(frozen=True, eq=False)
class DrawnDistrict:
    """Villages on a panel, in millimetres of paper.

    Parameters
    ----------
    panel : Panel
        Where and at what scale.
    codes, names, kecamatan : tuple of str
        Per village.
    areas : array of Polygon and MultiPolygon
        Per village, simplified to what the paper can show.
    """

    panel: Panel
    codes: tuple[str, ...]
    names: tuple[str, ...]
    kecamatan: tuple[str, ...]
    areas: NDArray[np.object_]

    def only(self, kept: Sequence[int]) -> DrawnDistrict:
        """Return some villages; borders with the others stay the same lines.

        Parameters
        ----------
        kept : sequence of int
            Their positions.
        """
        return DrawnDistrict(
            self.panel,
            tuple(self.codes[n] for n in kept),
            tuple(self.names[n] for n in kept),
            tuple(self.kecamatan[n] for n in kept),
            self.areas[np.array(kept, dtype=np.intp)],
        )

    def cut_off(self) -> DrawnDistrict:
        """Return the villages of which the panel shows something, cut off at its edge."""
        areas = within(self.areas, self.panel.box)
        return replace(self, areas=areas).only(np.flatnonzero(shapely.area(areas) > 0).tolist())

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The areas of the villages, ready to draw; all maps have the same."""
        return tuple(shapes_of(self.areas))

    def fills(self, colours: Mapping[str, str], layout: Layout) -> list[Item]:
        """Colour the villages; a hairline of the same colour closes the seams between them.

        Parameters
        ----------
        colours : mapping of str to str
            Kemendagri code to ``#RRGGBB``.
        """
        return [
            Mark(shape, colours[code], Stroke(colours[code], layout.lines.seam), code)
            for code, shape in zip(self.codes, self.shapes, strict=True)
        ]

    def has_village_lines(self, layout: Layout) -> bool:
        """Tell whether borders of villages are drawn: narrower villages would be lines only."""
        return self.median_side() >= _LEAST_WIDTHS * layout.lines.village

    def village_lines(self, colours: Mapping[str, str], layout: Layout) -> list[Item]:
        """Draw the borders of villages within a kecamatan, each in the shade of its class.

        Parameters
        ----------
        colours : mapping of str to str
            Kemendagri code to ``#RRGGBB``, as for ``fills``. Between two colours the border is the
            darker one's.
        """
        if not self.has_village_lines(layout):
            return []
        rules, width = layout.theme.borders, layout.lines.village
        fills = [colours[code] for code in self.codes]
        shade = {fill: border_colours.luminance(fill) for fill in set(fills)}
        strokes = {f: Stroke(border_colours.within(f, rules), width) for f in shade}
        darker = [min(fills[a], fills[b], key=shade.__getitem__) for a, b in self._sides]
        rows = sorted(zip(darker, self._lines, strict=True), key=lambda row: -shade[row[0]])
        return [Mark(shape, stroke=strokes[fill]) for fill, shape in rows]

    @cached_property
    def edges(self) -> Borders:
        """The borders, sorted by what they divide."""
        return borders.of_coverage(self.areas, self.kecamatan)

    @cached_property
    def _sides(self) -> list[list[int]]:
        pairs: list[list[int]] = self.edges.sides.tolist()
        return pairs

    @cached_property
    def _lines(self) -> list[Shape]:
        """The borders of villages, ready to draw; all maps have the same."""
        return [shape_of(line) for line in self.edges.between]

    def borders(self, layout: Layout, beyond: shapely.Geometry | None = None) -> list[Item]:
        """Draw the borders of kecamatan and of the district, on land and at the coast.

        Parameters
        ----------
        beyond : Geometry or None
            Land around the district, in millimetres: there its border is one on land. None counts
            all of it as such.
        """
        nowhere: shapely.Geometry = shapely.MultiLineString()
        land, coast = self.edges.outline, nowhere
        if beyond is not None:
            land, coast = shores.parted(self.edges.outline, beyond)
        strokes = shores.strokes(layout)
        rows = [
            *((self.edges.kecamatan, stroke) for stroke in strokes.kecamatan),
            *((land, stroke) for stroke in strokes.kabupaten),
            (coast, strokes.coast),
        ]
        return [Mark(shape_of(line), stroke=s) for line, s in rows if not shapely.is_empty(line)]

    @cached_property
    def alone(self) -> frozenset[str]:
        """The villages that touch no other."""
        pairs = shapely.STRtree(self.areas).query(self.areas, predicate="intersects")
        touching = np.unique(pairs[0][pairs[0] != pairs[1]])
        return frozenset(self.codes).difference(self.codes[n] for n in touching.tolist())

    def median_side(self) -> float:
        """Return the side of a square as large as the median village, millimetres."""
        return float(np.sqrt(np.median(shapely.area(self.areas))))

    def shown(self) -> NDArray[np.object_]:
        """Return the parts of the villages that the panel shows."""
        return self._shown.copy()

    @cached_property
    def _shown(self) -> NDArray[np.object_]:
        return self._within(self.areas)

    def small(self, mm2: float) -> NDArray[np.object_]:
        """Return the parts of small villages that the panel shows.

        Parameters
        ----------
        mm2 : float
            Paper of the smallest that counts as large.
        """
        shown = self._shown
        small: NDArray[np.object_] = shown[(shapely.area(shown) < mm2) & ~shapely.is_empty(shown)]
        return small

    def united(self, kecamatan: Collection[str]) -> dict[str, shapely.Geometry]:
        """Return the parts of some kecamatan that the panel shows, by name and in its order.

        Parameters
        ----------
        kecamatan : collection of str
            Names; kecamatan outside the panel are left out.
        """
        member, names = np.array(self.kecamatan), sorted(kecamatan)
        whole = [shapely.coverage_union_all(self.areas[member == name]) for name in names]
        shown = self._within(np.array(whole, dtype=object))
        return {n: a for n, a in zip(names, shown, strict=True) if not shapely.is_empty(a)}

    def _within(self, areas: NDArray[np.object_]) -> NDArray[np.object_]:
        """Cut areas off at the edge of the panel."""
        shown: NDArray[np.object_] = shapely.intersection(
            areas, self.panel.box.inset(0.6).polygon()
        )
        return shown

    def outline(self) -> shapely.Geometry:
        """Return the paper that the villages cover."""
        return self._outline

    @cached_property
    def _outline(self) -> shapely.Geometry:
        outline: shapely.Geometry = shapely.coverage_union_all(self.areas)
        return outline


def within(areas: NDArray[np.object_], box: Box) -> NDArray[np.object_]:
    """Return the parts of areas in a box.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        Millimetres of paper.
    """
    west, south, east, north = shapely.bounds(areas).T
    over = (west < box.left) | (south < box.bottom) | (east > box.right) | (north > box.top)
    parts = areas.copy()
    parts[over] = shapely.intersection(areas[over], box.polygon())
    return parts


def on_panel(villages: ShapeTable, panel: Panel, tolerance_mm: float | None) -> DrawnDistrict:
    """Project the villages that a panel shows onto paper.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code: ``desa``, ``kecamatan``, geometry in metres.
    panel : Panel
        Where and at what scale.
    tolerance_mm : float or None
        Detail that paper does not show; borders are simplified together, so that neighbours
        still share them. None where the villages are simplified already.
    """
    inside = shapely.intersects(villages.geometry, panel.ground())
    return whole(villages.rows(inside), panel, tolerance_mm)


def whole(shown: ShapeTable, panel: Panel, tolerance_mm: float | None) -> DrawnDistrict:
    """Project villages onto paper, those beside the panel too.

    Parameters
    ----------
    shown : ShapeTable
        As for ``on_panel``.
    panel : Panel
        Where and at what scale.
    tolerance_mm : float or None
        As for ``on_panel``.
    """
    simple = shown.geometry
    if tolerance_mm is not None:
        simple = shapely.coverage_simplify(simple, tolerance_mm / panel.mm_per_metre)
    areas = panel.to_paper(simple)
    codes = tuple(str(code) for code in shown.index)
    return DrawnDistrict(panel, codes, tuple(shown[UNIT]), tuple(shown[PARENT]), areas)
