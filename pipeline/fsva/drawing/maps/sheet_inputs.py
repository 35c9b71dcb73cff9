"""The inputs of the sheets of an edition, in one value.

It draws nothing; elements that need several inputs take a ``Studio``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Method
from fsva.config.styles.gazetteer import DistrictPoint
from fsva.config.styles.layout import Layout
from fsva.core.columns import PARENT, UNIT
from fsva.core.texts import Texts
from fsva.drawing.maps import paper_detail
from fsva.drawing.maps.base_map import BaseMap
from fsva.drawing.maps.ground import Surroundings
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.paper_detail import DetailLevels
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.tiles.tile_places import TilePlaces
from fsva.sources.ground.logos import Logos
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words.draft import Draft

Window = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Studio:
    """Geometry, words, sizes and type faces of an edition.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code: ``desa``, ``kecamatan``, geometry in metres.
    surroundings : Surroundings
        Land, neighbours and names around the district.
    settings : Settings
        The edition.
    method : Method
        Colours of the classes.
    layout : Layout
        Sizes, boxes, colours.
    texts : Texts
        Language.
    faces : Faces
        Type faces.
    number : str
        Print number of the run; sheets have numbers of their own.
    country, province : tuple of float
        West, south, east, north of the locator maps in degrees; None = not known.
    draft : Draft
        What the edition leaves open, which every sheet says.
    districts : tuple of DistrictPoint
        Reference points of the province's kabupaten and kota, for the locator.
    base : BaseMap
        Relief, rivers, roads and capital towns, where the office gives them.
    logos : Logos
        Coat of arms and logo of the office, where it gives them.
    tiles : TilePlaces or None
        The tile of each village, if the maps are tile maps.
    detail : DetailLevels or None
        The villages simplified for maps that show all of them; None makes them when they are asked
        for, as it is done for other villages than these.
    """

    villages: ShapeTable
    surroundings: Surroundings
    settings: Settings
    method: Method
    layout: Layout
    texts: Texts
    faces: Faces
    number: str
    country: Window
    province: Window | None
    draft: Draft
    districts: tuple[DistrictPoint, ...] = ()
    base: BaseMap = field(default_factory=BaseMap)
    logos: Logos = field(default_factory=Logos)
    tiles: TilePlaces | None = None
    detail: DetailLevels | None = None

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Names of village and kecamatan by the Kemendagri code of a village."""
        names = zip(self.villages[UNIT], self.villages[PARENT], strict=True)
        return dict(zip(map(str, self.villages.index), names, strict=True))

    def villages_for(self, panel: Panel, tolerance_mm: float) -> tuple[ShapeTable, float | None]:
        """Return the villages for a map of all of them, and what it still has to leave out.

        Parameters
        ----------
        tolerance_mm : float
            Detail that the paper does not show.

        Returns
        -------
        villages : ShapeTable
            As fine as the map needs them.
        tolerance_mm : float or None
            None where they are simplified already.
        """
        simple = self.levels.simple(tolerance_mm / panel.mm_per_metre)
        return (self.villages, tolerance_mm) if simple is None else (simple, None)

    @cached_property
    def levels(self) -> DetailLevels:
        """The villages at every level of detail."""
        if self.detail and self.detail.villages is self.villages:
            return self.detail
        return paper_detail.levels(self.villages, self.layout)

    @cached_property
    def kecamatan(self) -> dict[str, str]:
        """Name of its kecamatan by the Kemendagri code of a village."""
        return {code: str(name) for code, name in self.villages.by_code(PARENT).items()}
