"""Insets with their villages, names and discs.

Owns which of several possible insets is taken, and what stands in one. Where an inset stands and
what it enlarges is ``fsva.drawing.names.inset``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely

from fsva.core.columns import PARENT
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import visible
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import naming, tokens
from fsva.drawing.names.inset import Inset
from fsva.drawing.names.naming import Naming
from fsva.drawing.names.tokens import Tokens

# A kecamatan with more than this share in an inset is named only there. Of ground that the main map
# does not show, one with more than the second share is named too.
_WITHIN, _FAR = 0.6, 0.25
# An inset that shows no more of a village than this does not name it in place of the main map.
_MOSTLY = 0.5
# Paper between islands and the window around them, on the small map of the whole.
_TOLD_MM = 0.8
# Half of the line around the window of an inset, with its clearance.
_STROKE_MM = 0.25
# An inset is used if it names at least this share of its villages.
WORTH = 0.6
# Villages that show less have a disc: of islets, pixels show less than geometry says; on land,
# where discs lie over other villages, only those that are as good as not drawn.
SIGNED_MM2, _ON_LAND_MM2 = 2.0 * visible.LEAST_MM2, 1.1 * visible.LEAST_MM2


@dataclass(frozen=True, eq=False)
class Town:
    """An inset with its villages and their names.

    Parameters
    ----------
    inset : Inset
        Window, scale and place.
    district : DrawnDistrict
        Villages on the inset's panel.
    naming : Naming
        Where their names stand.
    tokens : Tokens
        Discs for villages that are too small here too.
    has_islands : bool
        Whether it was made for islands: only then it has discs.
    """

    inset: Inset
    district: DrawnDistrict
    naming: Naming
    tokens: Tokens
    has_islands: bool = False

    def gain(self, codes: Collection[str]) -> int:
        """Return how many of some villages the inset names."""
        return len(self.naming.named.intersection(codes))

    @cached_property
    def settled(self) -> set[str]:
        """Villages that the inset shows for the most part: a sliver tells nobody where one lies."""
        district = self.district
        share = shapely.area(district.shown()) / shapely.area(district.areas)
        shown = zip(district.codes, (share > _MOSTLY).tolist(), strict=True)
        return {code for code, mostly in shown if mostly}

    @property
    def named(self) -> set[str]:
        """Villages that need no name on the main map."""
        return self.naming.named & self.settled

    @property
    def numbered(self) -> set[str]:
        """Villages that need no number on the main map."""
        return self.naming.numbered & self.settled

    def without_names(self, codes: Collection[str]) -> Town:
        """Leave out the names of some villages, which the main map numbers."""
        kept = {c: place for c, place in self.naming.villages.items() if c not in codes}
        return replace(self, naming=replace(self.naming, villages=kept))

    def papers(self) -> list[shapely.Geometry]:
        """Return the paper in the inset under names, and under the lines that lead to them."""
        return [*self.naming.papers(), *(led.paper() for led in self.naming.led.values())]

    def window(self, panel: Panel) -> shapely.Polygon:
        """Return the ground that the inset enlarges, on the paper of another panel."""
        told, ground = self.inset.told, self.inset.panel.ground()
        if told:
            ground = shapely.box(*told).buffer(_TOLD_MM / panel.mm_per_metre, join_style="mitre")
        (window,) = panel.to_paper(shapely.from_wkb([ground.wkb])).tolist()
        return shapely.Polygon(window)


def strokes(towns: Sequence[Town], panel: Panel) -> list[shapely.Geometry]:
    """Return the paper under the lines around the ground of insets, on the main map.

    Parameters
    ----------
    panel : Panel
        The main map.
    """
    lines = [town.window(panel).exterior for town in towns]
    return list(shapely.buffer(lines, _STROKE_MM))


def most(shown: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the most that each village shows on any panel."""
    every: dict[str, float] = {}
    for panel in shown:
        for code, mm2 in panel.items():
            every[code] = max(mm2, every.get(code, 0.0))
    return every


def unseen(district: DrawnDistrict, seen: Mapping[str, float]) -> list[str]:
    """Return the villages of a panel that show too little of their class, and need a disc.

    Parameters
    ----------
    seen : mapping of str to float
        Kemendagri code to the square millimetres of class colour that a village has.
    """
    parted = (shapely.get_num_geometries(district.areas) > 1).tolist()
    islets = district.alone.union(c for c, many in zip(district.codes, parted, strict=True) if many)
    return [
        code
        for code in district.codes
        if seen.get(code, 0.0) < (SIGNED_MM2 if code in islets else _ON_LAND_MM2)
    ]


def nameless(codes: Sequence[str], namings: Sequence[Naming | Town]) -> list[str]:
    """Return the villages that are named in none of several namings."""
    named = {code for naming in namings for code in naming.named}
    return [code for code in codes if code not in named]


def best_town(studio: Studio, windows: Iterable[Inset], codes: Collection[str]) -> Town | None:
    """Return the inset that names the most of some villages; the first if several do.

    Parameters
    ----------
    codes : collection of str
        The villages.
    """
    best = None
    for window in windows:
        town = made(studio, window)
        if best is None or town.gain(codes) > best.gain(codes):
            best = town
        if best.gain(codes) == len(codes):
            break
    return best


def best_core(studio: Studio, windows: Iterable[Inset]) -> Town | None:
    """Return the inset that names the most of its own villages, if it names enough of them."""
    towns = [made(studio, window) for window in windows]
    worth = [t for t in towns if t.gain(t.inset.codes) >= WORTH * len(t.inset.codes)]
    return max(worth, key=lambda town: town.gain(town.inset.codes), default=None)


def made(studio: Studio, window: Inset) -> Town:
    """Draw the villages of an inset, with the names that fit within them."""
    layout, faces = studio.layout, studio.faces
    district = districts.on_panel(studio.villages, window.panel, layout.map.tolerance)
    free = naming.places(district, layout, faces)
    kecamatan = _kecamatan_within(studio, window)
    names = naming.name(district, free, kecamatan, layout, faces)
    return Town(window, district, names, Tokens(window.panel.box, {}))


def led_out(studio: Studio, town: Town) -> Town:
    """Lead names of villages onto the free paper of an inset, as on the main map."""
    district, shown = town.district, visible.areas(town.district, studio.layout)
    codes = town.inset.codes if studio.layout.type.village else ()
    left = nameless(codes, [town.naming])
    small = set(left).intersection(unseen(district, shown))
    fonts = (studio.layout, studio.faces)
    led = naming.lead(district, town.naming, left, (), fonts, small)
    named = replace(town, naming=led, tokens=Tokens(district.panel.box, led.discs))
    if small <= signed(named, shown).tokens.places.keys():
        return named
    # Too many for their names: the classes come first, then names as there is room.
    bare = signed(replace(town, tokens=Tokens(district.panel.box, {})), shown)
    rest = [code for code in left if code not in small]
    led = naming.lead(district, town.naming, rest, bare.tokens.papers(), fonts)
    return replace(bare, naming=led)


def signed(town: Town, seen: Mapping[str, float]) -> Town:
    """Add discs without names to an inset of islands.

    Parameters
    ----------
    seen : mapping of str to float
        Kemendagri code to the square millimetres of class colour that a village has already.
    """
    if not town.has_islands:
        return town
    district, before = town.district, town.tokens.places
    small = [c for c in unseen(district, seen) if c not in before]
    taken = [*town.papers(), *town.tokens.papers()]
    discs = tokens.beside(district, small, taken, district.alone if small else ())
    leaders = (*town.tokens.leaders, *discs.leaders)
    return replace(town, tokens=Tokens(discs.box, before | discs.places, leaders))


def _kecamatan_within(studio: Studio, window: Inset) -> set[str]:
    """Return the kecamatan that are named in an inset, as it shows enough of them."""
    villages, ground = studio.villages.geometry, window.panel.ground()
    names, member = np.unique(studio.villages[PARENT].astype(str), return_inverse=True)
    inside = shapely.area(shapely.intersection(villages, ground))
    shares = np.bincount(member, inside) / np.bincount(member, shapely.area(villages))
    return set(names[shares > (_FAR if window.is_far else _WITHIN)].tolist())
