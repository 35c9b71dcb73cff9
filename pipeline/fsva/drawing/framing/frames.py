"""The frame of a district: the ground of its main map, and insets for islands that lie apart.

Owns the search. A district in one piece has its main map and nothing else. Where far parts would
shrink the rest, or islands are small among much sea, groups of islands go into insets of one scale:
beside a main map that shows the whole, or the largest group alone. What counts is how large the
villages are on paper; more insets, and paper covered by them, count against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import dense, mosaic, packing, worth
from fsva.drawing.framing import islands as archipelago
from fsva.drawing.framing.dense import VillageGround
from fsva.drawing.framing.island_plan import IslandPlan
from fsva.drawing.framing.islands import Group, Islands
from fsva.drawing.framing.map_frame import Frame
from fsva.drawing.framing.mosaic import IslandDistrict
from fsva.drawing.framing.packing import Grounds, InsetPlace, Paper, TitleStrip
from fsva.drawing.framing.remembered import Remembered, digest
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.sources.plain.shape_table import ShapeTable

# Less sea than this share of the longest side of the district parts no group from another.
_SEA = 0.04
# The most insets, and the most groups of islands of which the larger ones have insets.
_MOST_GROUPS, _MOST_PARTS = 6, 16
# An inset of ground that the main map shows is larger by this factor at least.
_LARGER = 1.5
# Beside insets the main map may be smaller than alone on the paper, by this factor at most.
_SMALLER = 2.6
# What these take from the worth of a frame: an inset, an inset of ground that the main map does not
# show, the share of the paper that insets cover, the share of the villages beyond the main map.
_PER_INSET, _PER_FAR, _COVERED, _AWAY = 0.06, 0.15, 0.3, 0.3
# What it costs that the main map is smaller than alone on the paper, and what it is worth that it
# is larger, per power of e.
_SHRUNK, _GROWN = 0.2, 0.1
# An inset is larger than the main map by this factor at most.
_LARGEST = 12.0
# A main map without the whole shows this share of the villages at least.
_MAIN = 0.4
# An inset beside a map of the whole is for this share of the villages at least, in some plans.
_FEW = (0.08, 0.04)
# A frame with insets is worth at least so much more (0.4: all villages half as large again).
_WORTH = 0.4
# Maps of groups must be worth so much more than a large main map.
_NO_MAIN = 0.25
# Scales whose worth differs by less count as equal: the smaller insets are taken.
_EQUAL = 0.02
_MOST_KNOWN = 16


# A district is asked for several times in a run; ``known_frames`` carries answers to the next.
OF_MAINLAND: Remembered[tuple[bytes, Panel, Paper, float], Frame] = Remembered(_MOST_KNOWN)
OF_ISLANDS: Remembered[tuple[bytes, CRS, Box, Paper, bool, float], Frame | None] = Remembered(
    _MOST_KNOWN
)
ARE_APART: Remembered[bytes, bool] = Remembered(_MOST_KNOWN)


def frame(villages: ShapeTable, layout: Layout) -> Frame:
    """Return the frame of a district on a layout.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    layout : Layout
        Box of the map and round scales.
    """
    box, asked = layout.boxes.box("map"), digest(villages)
    if found := _of_islands(villages, layout, box, asked, may_part=True):
        return found
    rules, paper, geometry = layout.map, _paper(layout), villages.geometry
    west, south, east, north = shapely.total_bounds(geometry).tolist()
    bounds = (west, south, east, north)
    plain = panels.fit(bounds, villages.crs, box, rules.denominators, rules.margin)
    # Lines and names of villages grow with the paper, and hide more of a village.
    grown = layout.furniture**2 if layout.type.village else 1.0
    enough = dense.SEEN_MM2 * grown
    asked_of = (asked, plain, paper, enough)
    return OF_MAINLAND.once(asked_of, lambda: _of_mainland(geometry, plain, paper, enough))


def of_islands(
    villages: ShapeTable,
    layout: Layout,
    box: Box,
    *,
    may_part: bool = False,
    enough: float = worth.ENOUGH_MM2,
) -> Frame | None:
    """Return the frame of villages whose parts lie apart; None where they are in one piece.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    layout : Layout
        Round scales.
    box : Box
        Of the main map.
    may_part : bool
        Whether several maps may fill the box in place of a main map.
    enough : float
        Square millimetres of a village that is no better seen when it is larger.
    """
    asked = digest(villages)
    return _of_islands(villages, layout, box, asked, may_part=may_part, enough=enough)


def _of_islands(
    villages: ShapeTable,
    layout: Layout,
    box: Box,
    asked: bytes,
    *,
    may_part: bool,
    enough: float = worth.ENOUGH_MM2,
) -> Frame | None:
    crs, paper = villages.crs, _paper(layout)

    def found() -> Frame | None:
        """Search for the frame."""
        geometry = villages.geometry
        if not ARE_APART.once(asked, lambda: archipelago.lie_apart(geometry, _SEA)):
            return None
        return _Search(geometry, crs, box, *paper, may_part, enough).best()

    return OF_ISLANDS.once((asked, crs, box, paper, may_part, enough), found)


def side_by_side(villages: ShapeTable, layout: Layout, box: Box) -> tuple[InsetPlace, ...]:
    """Return maps of groups of islands that fill a box, all of one scale; none if not worth it.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    layout : Layout
        Round scales.
    box : Box
        Without room for titles.
    """
    frame = of_islands(villages, layout, box)
    if frame is None:
        return ()
    denominators, margin, _ = _paper(layout)
    search = _Search(
        villages.geometry, villages.crs, box, denominators, margin, TitleStrip(0.0, 0.0, 0.0), True
    )
    return mosaic.side_by_side(search.district(), frame.worth + _WORTH)


def of_villages(villages: ShapeTable, layout: Layout, plain: Panel, enough: float) -> Frame:
    """Return a map of some villages in one piece, with insets where many of them are small.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    plain : Panel
        Their map without insets.
    enough : float
        Square millimetres of a village that is large enough.
    """
    return _of_mainland(villages.geometry, plain, _paper(layout), enough)


def _paper(layout: Layout) -> Paper:
    """Return round scales, the margin around a district, and the room of titles of insets."""
    return layout.map.denominators, layout.map.margin, packing.strip(layout)


def _of_mainland(
    geometry: NDArray[np.object_],
    plain: Panel,
    paper: Paper,
    enough: float,
) -> Frame:
    """Return the frame of a district in one piece: with insets where its villages are tiny."""
    ground = VillageGround(geometry, *paper, enough)
    panel, windows = dense.insets(ground, plain)
    sizes = dense.paper_of(ground, panel, windows)
    return Frame(panel, windows, worth.of(np.log(sizes)) - _PER_INSET * len(windows))


@dataclass(frozen=True, eq=False)
class _Search:
    """The frames of a district on one paper.

    Parameters
    ----------
    geometry : array of Polygon and MultiPolygon, shape (n_villages,)
        In metres.
    box : Box
        Of the main map.
    denominators : tuple of int
        Round scales.
    margin : float
        Paper between the district and the box, millimetres.
    strip : TitleStrip
        Room for the titles of insets.
    may_part : bool
        Whether several maps may fill the box in place of a main map.
    enough : float
        Square millimetres of a village that is no better seen when it is larger.
    """

    geometry: NDArray[np.object_]
    crs: CRS
    box: Box
    denominators: tuple[int, ...]
    margin: float
    strip: TitleStrip
    may_part: bool
    enough: float = worth.ENOUGH_MM2
    # What plans, and panels by their middle and scale, were found to need: asked for many times.
    _plan_grounds: dict[IslandPlan, Grounds] = field(default_factory=dict, init=False)
    _plan_scales: dict[tuple[IslandPlan, int], list[int]] = field(default_factory=dict, init=False)
    _rooms: dict[tuple[tuple[float, float], int], Vacancy] = field(default_factory=dict, init=False)

    @cached_property
    def islands(self) -> Islands:
        """The groups of parts that lie far from each other."""
        return archipelago.of(self.geometry)

    @cached_property
    def land(self) -> shapely.Geometry:
        """The district, as fine as the search needs it."""
        fine = 0.3 / self.alone.mm_per_metre
        land: shapely.Geometry = shapely.simplify(
            shapely.union_all(shapely.simplify(self.geometry, fine)), fine
        )
        return land

    @cached_property
    def alone(self) -> Panel:
        """The main map of the whole district."""
        return self._fitted(shapely.total_bounds(self.geometry), self.denominators)

    def best(self) -> Frame:
        """Return the frame of the most worth; without insets unless they are worth it."""
        scale = np.full(len(self.islands.bounds), self.alone.mm_per_metre)
        found = Frame(self.alone, (), worth.of(self.islands.sizes(scale), self.enough))
        least = found.worth + _WORTH
        ranked = sorted(self._trials(), key=lambda row: (-row[0], row[1].denominator))
        for bound, main, plan in ranked:
            if bound <= least:
                break
            if (made := self._made(main, plan, least)) and made.worth > least:
                found, least = made, made.worth
        if not found.windows or any(window.is_far for window in found.windows):
            least += _NO_MAIN
        if self.may_part and (parted := mosaic.best(self.district(), least)):
            return Frame(parted.whole, parted.windows, parted.worth, parted.head)
        return found

    def district(self) -> IslandDistrict:
        """Return the islands and their paper."""
        around = shapely.total_bounds(self.geometry)
        return IslandDistrict(self.islands, around, self.alone, self.denominators, self.strip)

    def _trials(self) -> Iterator[tuple[float, Panel, IslandPlan]]:
        """Yield plans with the scales of their main maps, and the most they can be worth."""
        for plan in dict.fromkeys(self._plans()):
            largest = self._fitted(self.islands.extent(plan.main), self.denominators)
            for n in sorted(self.denominators):
                if largest.denominator <= n <= _SMALLER * largest.denominator:
                    main = self._fitted(self.islands.extent(plan.main), (n,))
                    if scales := self._scales(main, plan):
                        yield max(self._value(main, plan, k) for k in scales), main, plan

    def _plans(self) -> Iterator[IslandPlan]:
        islands = self.islands
        every = tuple(range(len(islands.bounds)))
        for count in range(2, min(_MOST_PARTS, len(every)) + 1):
            for groups in (islands.linked(count), islands.compact(count)):
                kept = tuple(g for g in groups if islands.matters(g))
                large = [tuple(g for g in groups if islands.villages(g) >= few * len(islands.areas))
                         for few in _FEW]  # fmt: skip
                for insets in dict.fromkeys((kept, *large)):
                    if insets and len(insets) <= _MOST_GROUPS:
                        yield IslandPlan(every, insets)
                        yield from (IslandPlan(every, cores) for cores in islands.cores(insets))
                if count > _MOST_GROUPS:
                    continue
                main = max(groups, key=islands.villages)
                far = tuple(g for g in groups if g != main)
                is_main = islands.villages(main) >= _MAIN * len(islands.areas)
                if is_main and all(self._sea(main, group) for group in far):
                    yield IslandPlan(main, far)

    def _fitted(self, extent: NDArray[np.float64], denominators: Sequence[int]) -> Panel:
        west, south, east, north = extent.tolist()
        bounds = (west, south, east, north)
        return panels.fit(bounds, self.crs, self.box, denominators, self.margin)

    def _sea(self, main: Group, other: Group) -> bool:
        west, south, east, north = shapely.total_bounds(self.geometry).tolist()
        apart = self.islands.apart[np.ix_(main, other)].min()
        return bool(apart >= _SEA * max(east - west, north - south))

    def _grounds(self, plan: IslandPlan) -> Grounds:
        if plan not in self._plan_grounds:
            extents = np.array([self.islands.extent(group) for group in plan.insets])
            self._plan_grounds[plan] = Grounds(extents, not plan.is_whole, self.strip)
        return self._plan_grounds[plan]

    def _scales(self, main: Panel, plan: IslandPlan) -> list[int]:
        """Return the scales that the insets of a plan could have, the largest first."""
        asked = (plan, main.denominator)
        if asked not in self._plan_scales:
            self._plan_scales[asked] = self._fitting(main, plan)
        return self._plan_scales[asked]

    def _fitting(self, main: Panel, plan: IslandPlan) -> list[int]:
        larger = _LARGER if plan.is_whole else 1.0
        grounds = self._grounds(plan)
        return [
            n
            for n in sorted(self.denominators)
            if n * larger <= main.denominator <= n * _LARGEST and packing.may_fit(grounds, n, main)
        ]

    def _value(self, main: Panel, plan: IslandPlan, denominator: int) -> float:
        """Return the worth of a plan at the scales of its main map and of its insets."""
        scale = np.zeros(len(self.islands.bounds))
        scale[list(plan.main)] = main.mm_per_metre
        larger = panels.MM_PER_M / denominator / main.distortion
        for group in plan.insets:
            scale[list(group)] = np.maximum(scale[list(group)], larger)
        covered = packing.sizes(self._grounds(plan), denominator, main.distortion)
        share = covered.prod(axis=1).sum() / (self.box.width * self.box.height)
        away = self.islands.villages(tuple({*range(len(scale))}.difference(plan.main)))
        cost = (_PER_INSET if plan.is_whole else _PER_FAR) * len(plan.insets)
        cost += _COVERED * float(share)
        cost += _AWAY * away / len(self.geometry)
        smaller = float(np.log(main.denominator / self.alone.denominator))
        cost += smaller * (_SHRUNK if smaller > 0 else _GROWN)
        return worth.of(self.islands.sizes(scale), self.enough) - cost

    def _made(self, main: Panel, plan: IslandPlan, least: float) -> Frame | None:
        """Return the frame of a plan with the largest insets that find room, if it is worth it."""
        scales = self._scales(main, plan)
        worth = [self._value(main, plan, n) for n in scales]
        tried = [n for n, value in zip(scales, worth, strict=True) if value > least]
        low, high, found = 0, len(tried), None
        while low < high:  # smaller insets find room where larger ones do
            middle = (low + high) // 2
            if placed := self._placed(main, plan, tried[middle]):
                found, high = (tried[middle], placed), middle
            else:
                low = middle + 1
        if found is None:
            return None
        best = max(v for n, v in zip(scales, worth, strict=True) if n >= found[0])
        equal = [n for n, v in zip(scales, worth, strict=True)
                 if n >= found[0] and v > max(best - _EQUAL, least)]  # fmt: skip
        smaller = self._placed(main, plan, equal[-1])
        denominator, (panel, windows) = (equal[-1], smaller) if smaller else found
        return Frame(panel, windows, self._value(main, plan, denominator))

    def _placed(
        self, main: Panel, plan: IslandPlan, denominator: int
    ) -> tuple[Panel, tuple[InsetPlace, ...]] | None:
        """Place the insets of a plan, with the main map in its middle, else at an edge."""
        grounds, around = self._grounds(plan), self.islands.extent(plan.main)
        for anchor in packing.ANCHORS:
            panel = packing.anchored(main, around, anchor, self.margin)
            free = self._room(panel)
            if plan.is_whole:
                for paper in packing.outlined(grounds, panel):
                    free = free.without_box(paper)
            if windows := packing.place(grounds, denominator, panel, free):
                return panel, windows
        return None

    def _room(self, panel: Panel) -> Vacancy:
        asked = (panel.centre, panel.denominator)
        if asked not in self._rooms:
            self._rooms[asked] = packing.room(panel, self.land)
        return self._rooms[asked]
