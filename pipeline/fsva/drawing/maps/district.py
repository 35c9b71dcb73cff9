"""The villages of the district on one panel: areas and borders.

Owns the parts that all maps of an edition share; a map adds its fills.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.columns import PARENT, UNIT
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper import borders
from fsva.drawing.paper.scene import Item, Mark, Shape, Stroke, shape_of, shapes_of


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
    shapes : tuple of Shape
        The same, ready to draw.
    """

    panel: Panel
    codes: tuple[str, ...]
    names: tuple[str, ...]
    kecamatan: tuple[str, ...]
    areas: NDArray[np.object_]
    shapes: tuple[Shape, ...]

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

    def borders(self, layout: Layout) -> list[Item]:
        """Draw the borders of villages, kecamatan and district, each line once."""
        lines = borders.of_coverage(self.areas, self.kecamatan)
        widths, colours = layout.lines, layout.colours
        rows = [
            (lines.villages, Stroke(colours.village_line, widths.village)),
            (lines.kecamatan, Stroke(colours.kecamatan_line, widths.kecamatan)),
            (lines.outline, Stroke(colours.kabupaten_line, widths.kabupaten)),
        ]
        return [Mark(shape_of(line), stroke=s) for line, s in rows if not shapely.is_empty(line)]

    def shown(self) -> NDArray[np.object_]:
        """Return the parts of the villages that the panel shows."""
        return self._shown.copy()

    @cached_property
    def _shown(self) -> NDArray[np.object_]:
        return self._within(self.areas)

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


def on_panel(villages: gpd.GeoDataFrame, panel: Panel, tolerance_mm: float) -> DrawnDistrict:
    """Project the villages that a panel shows onto paper.

    Parameters
    ----------
    villages : GeoDataFrame
        Indexed by Kemendagri code: ``desa``, ``kecamatan``, geometry in metres.
    panel : Panel
        Where and at what scale.
    tolerance_mm : float
        Detail that paper does not show; borders are simplified together, so that neighbours
        still share them.
    """
    shown = villages[villages.intersects(panel.ground())]
    tolerance_m = tolerance_mm / panel.mm_per_metre
    simple = shapely.coverage_simplify(shown.geometry.to_numpy(), tolerance_m)
    areas = panel.to_paper(simple)
    return DrawnDistrict(
        panel,
        tuple(str(code) for code in shown.index),
        tuple(shown[UNIT]),
        tuple(shown[PARENT]),
        areas,
        tuple(shapes_of(areas)),
    )
