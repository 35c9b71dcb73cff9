"""The villages of the district on one panel: areas, borders, and where their names stand.

Owns what all maps of an edition share of the district; a map adds only its fills.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures import borders, labels, wording
from pipeline.figures.fonts import Faces
from pipeline.figures.labels import Candidates
from pipeline.figures.panel import Panel
from pipeline.figures.scene import Item, Mark, Shape, Stroke, Text, shape_of
from pipeline.figures.wording import Placed
from pipeline.layout import Layout


@dataclass(frozen=True, eq=False)
class District:
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
        layout : Layout
            Width of the hairline.
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
        window = self.panel.box.inset(0.6).polygon()
        areas: NDArray[np.object_] = shapely.intersection(self.areas, window)
        return areas

    def outline(self) -> shapely.Geometry:
        """Return the paper that the villages cover."""
        return shapely.union_all(self.areas)


def on_panel(villages: gpd.GeoDataFrame, panel: Panel, tolerance_mm: float) -> District:
    """Bring the villages that a panel shows onto paper.

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
    return District(
        panel,
        tuple(str(code) for code in shown.index),
        tuple(shown["desa"]),
        tuple(shown["kecamatan"]),
        areas,
        tuple(shape_of(area) for area in areas),
    )


@dataclass(frozen=True)
class Naming:
    """Where the names of a panel stand.

    Parameters
    ----------
    villages : dict of str to Placed
        Kemendagri code to the place of the name.
    numbers : dict of str to Placed
        Kemendagri code to the place of a number, for villages without room for their names.
    kecamatan : dict of str to Placed
        Name to place.
    """

    villages: dict[str, Placed]
    numbers: dict[str, Placed]
    kecamatan: dict[str, Placed]

    def texts(self, layout: Layout) -> list[Text]:
        """Return all names as texts with halos."""
        ink, halo = layout.colours.ink, layout.colours.halo
        small, large = Stroke(halo, 0.55), Stroke(halo, 0.8)
        texts = [
            replace(text, code=code)
            for code, place in self.villages.items()
            for text in place.texts("regular", ink, small)
        ]
        return texts + [t for p in self.kecamatan.values() for t in p.texts("bold", ink, large)]

    def number_texts(self, codes: Sequence[str], layout: Layout) -> list[Text]:
        """Return the numbers of this panel's numbered villages.

        Parameters
        ----------
        codes : sequence of str
            Villages in the order of their numbers.
        layout : Layout
            Colours.
        """
        ink, halo = layout.colours.ink, Stroke(layout.colours.halo, 0.5)
        texts: list[Text] = []
        for number, code in enumerate(codes, start=1):
            if place := self.numbers.get(code):
                shown = replace(place, wording=replace(place.wording, lines=(str(number),)))
                texts += [replace(text, code=code) for text in shown.texts("bold", ink, halo)]
        return texts


def places(district: District, layout: Layout, faces: Faces) -> Candidates:
    """Find where the names of the villages could stand.

    Parameters
    ----------
    district : District
        Villages on a panel.
    layout : Layout
        Type sizes.
    faces : Faces
        For measuring.
    """
    sizes = layout.type.village
    ways = [wording.wordings(name, faces, "regular", sizes) for name in district.names]
    number = wording.number_wording(faces, "bold", sizes[-1])
    return labels.candidates(district.shown(), ways, number)


def name(
    district: District,
    free: Candidates,
    kecamatan: Collection[str],
    layout: Layout,
    faces: Faces,
) -> Naming:
    """Choose places for the names of villages and of some kecamatan.

    Parameters
    ----------
    district : District
        Villages on a panel.
    free : Candidates
        From ``places``.
    kecamatan : collection of str
        The kecamatan to name on this panel.
    layout : Layout
        Type sizes.
    faces : Faces
        For measuring.
    """
    member, shown = np.array(district.kecamatan), district.shown()
    names = sorted(kecamatan)
    unions = np.array([shapely.union_all(shown[member == k]) for k in names], dtype=object)
    size = [layout.type.kecamatan]
    ways = [wording.wordings(k.upper(), faces, "bold", size) for k in names]
    large, free = labels.place_over(unions, ways, free)
    found = {district.codes[n]: place for n, place in free.best().items()}
    return Naming(
        {code: place for code, place in found.items() if place.wording.lines},
        {code: place for code, place in found.items() if not place.wording.lines},
        dict(zip(names, large, strict=True)),
    )
