"""Small discs on the maps of a sheet, for villages that show too little of their class on all.

Owns the account over all maps of a sheet and their order: insets first, where a disc covers less.
Places of single discs are ``fsva.drawing.names.small_discs``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from fsva.drawing.maps import ground, shores, visible
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.maps.visible import VisibleAreas
from fsva.drawing.names import small_discs, towns
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.names.towns import Town

# Where every village shows more, its border on land cannot hide it.
_SURE_MM2 = 5.0 * visible.LEAST_MM2
_FRAME_MM = 1.0


@dataclass(frozen=True, eq=False)
class _Map:
    """A map of the sheet with what lies over its villages, and its discs.

    Parameters
    ----------
    areas : VisibleAreas
        Its villages.
    papers : sequence of Geometry
        Names and boxes, which discs keep off.
    tokens : Tokens
        Its discs.
    borders : sequence of Geometry
        Paper under borders on land, which discs may cover.
    """

    areas: VisibleAreas
    papers: Sequence[shapely.Geometry]
    tokens: Tokens
    borders: Sequence[shapely.Geometry] = ()

    @property
    def district(self) -> DrawnDistrict:
        """Its villages as drawn."""
        return self.areas.district

    def over(self) -> list[shapely.Geometry]:
        """Return the paper that names, boxes, borders and discs take from its villages."""
        return [*self.papers, *self.borders, *self.tokens.papers()]

    def shown(self) -> dict[str, float]:
        """Return the class colour of each village, on its ground or by a disc, square mm."""
        return towns.most([self.areas.beside(self.over()), self.tokens.shown_mm2()])


def completed(
    studio: Studio,
    main: tuple[VisibleAreas, Sequence[shapely.Geometry], Tokens],
    insets: Sequence[Town],
    areas_of: Callable[[Town], VisibleAreas],
    seen: Mapping[str, float],
) -> tuple[Tokens, list[Town], dict[str, float]]:
    """Add small discs to the main map and its insets.

    Parameters
    ----------
    main : (VisibleAreas, sequence of Geometry, Tokens)
        The main map: its villages, names and boxes over them, its discs.
    areas_of : callable
        Returns the villages of an inset.
    seen : mapping of str to float
        Square millimetres of its class that every village shows.

    Returns
    -------
    tokens : Tokens
        Of the main map.
    insets : list of Town
        With their discs.
    seen : dict of str to float
        As before, with the small discs and less what they and borders on land cover.
    """
    if min(seen.values(), default=_SURE_MM2) >= _SURE_MM2:
        return main[2], list(insets), dict(seen)
    maps = [_Map(areas_of(t), t.papers(), t.tokens) for t in insets] + [_Map(*main)]
    maps = [replace(m, borders=_borders(studio, m.district)) for m in maps]
    open_to = [*(t.settled if t.has_islands else () for t in insets), maps[-1].district.codes]
    shown = [one.shown() for one in maps]
    for n, codes in enumerate(open_to):
        elsewhere = towns.most([*shown[:n], *shown[n + 1 :]])
        total = towns.most(shown)
        small = [c for c in sorted(codes) if total[c] < small_discs.ENOUGH_MM2]
        if small:
            maps[n] = replace(maps[n], tokens=_with_discs(maps[n], small, elsewhere))
            shown[n] = maps[n].shown()
    made = [replace(t, tokens=m.tokens) for t, m in zip(insets, maps[:-1], strict=True)]
    return maps[-1].tokens, made, towns.most(shown)


def _with_discs(one: _Map, codes: Sequence[str], elsewhere: Mapping[str, float]) -> Tokens:
    """Return the discs of a map with small ones for some villages."""
    district = one.district
    crowd = small_discs.Crowd(
        district.panel.box.inset(_FRAME_MM),
        dict(zip(district.codes, district.shown().tolist(), strict=True)),
        one.areas.shapes(one.over()),
        elsewhere,
        one.papers,
    )
    return small_discs.added(one.tokens, crowd, codes)


def _borders(studio: Studio, district: DrawnDistrict) -> list[shapely.Geometry]:
    """Return the paper under the borders of the district on land."""
    layout = studio.layout
    drawn = ground.draw(district.panel, studio.surroundings, district.outline(), layout)
    land, _ = shores.parted(district.edges.outline, drawn.beyond)
    half = layout.lines.kabupaten / 2 + layout.lines.casing
    return list(shapely.buffer(visible.pieces(land), half, quad_segs=2))
