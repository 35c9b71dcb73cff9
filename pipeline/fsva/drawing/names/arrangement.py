"""How the names of a district share the map: panel, insets, names led out, numbers, key.

Owns the order in which they are placed, and the account of the villages without a place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import shapely

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import frames, packing
from fsva.drawing.lettering import free_paper, typesetting
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.lettering.labels import Candidates
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import ground, visible
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.maps.visible import VisibleAreas
from fsva.drawing.names import inset, key, last_signs, naming, tokens
from fsva.drawing.names import towns as towns_of
from fsva.drawing.names.key import KeyPlace
from fsva.drawing.names.naming import Naming
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.names.towns import Town
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item
from fsva.drawing.paper.text_boxes import text_area

# Paper kept free around the district, insets and keys.
_AROUND_MM = 1.5
# Numbers run through the whole district while two digits are enough.
_MOST_NUMBERS = 99
# With more numbers than this no key fits on a map.
_MOST_TRIED = 300
_MOST_TOWNS = 3
# At most this many villages get a number beside them with a line.
_MOST_TINY = 40
# Where more villages than this have no name, or are too small for their colour, insets, lines and
# discs could serve only a few of them: there are none.
_MOST_LED = 2_000
# Numbers are used if they stand for at least this share of the villages without names.
_WORTH = 0.6


@dataclass(frozen=True, eq=False)
class Arrangement:
    """The names of a district on its map.

    Parameters
    ----------
    main : DrawnDistrict
        Villages on the main panel.
    naming : Naming
        Their names.
    towns : tuple of Town
        Insets.
    numbers : dict of str to str
        Kemendagri code to number, for villages without names; none where the map has no room for
        the list of the numbers.
    listed : dict of str to str
        Code of every village to its number within its kecamatan, as on a sheet of its own.
    key : KeyPlace or None
        The list of the numbers.
    complete : bool
        Whether every village is named, or numbered with a key on the map. If not, sheets per
        kecamatan are due.
    occupied : Geometry
        Paper that is taken.
    tokens : Tokens
        Discs for villages that are too small to show their class.
    shown_mm2 : dict of str to float
        Class colour of every village on the sheet, insets and discs included.
    reference : KeyPlace or None
        Says where the other villages are named.
    head : Box or None
        Strip for the title of the main map, where it is small among several maps.
    """

    main: DrawnDistrict
    naming: Naming
    towns: tuple[Town, ...]
    numbers: dict[str, str]
    listed: dict[str, str]
    key: KeyPlace | None
    complete: bool
    occupied: shapely.Geometry
    tokens: Tokens
    shown_mm2: dict[str, float]
    reference: KeyPlace | None = None
    head: Box | None = None

    @property
    def nameless(self) -> set[str]:
        """Villages that the map neither names nor numbers: sheets of their own hold them."""
        named = self.naming.named.union(*(town.naming.named for town in self.towns))
        return set(self.listed).difference(named, self.numbers)

    def lacking(self) -> float:
        """Return how much is left to wish for: a number is half as good as a name."""
        return len(self.nameless) + len(self.numbers) / 2

    @property
    def unseen(self) -> list[str]:
        """Villages that show too little of their class on the sheet, and have no disc."""
        return [code for code, mm2 in self.shown_mm2.items() if mm2 < visible.LEAST_MM2]

    @property
    def unnamed_kecamatan(self) -> list[str]:
        """Kecamatan whose names have no place, on the main map or in an inset."""
        namings = [self.naming, *(town.naming for town in self.towns)]
        named = {name for naming in namings for name in naming.kecamatan_names}
        return sorted(set(self.main.kecamatan) - named)

    @property
    def has_discs(self) -> bool:
        """Whether discs stand on the main map or in an inset."""
        return any(one.places for one in (self.tokens, *(t.tokens for t in self.towns)))

    def lists(self, layout: Layout, faces: Faces) -> list[Item]:
        """Draw the list of the numbers, and what says where the other villages are named."""
        placed = [one for one in (self.key, self.reference) if one]
        return [item for one in placed for item in one.draw(layout, faces)]

    def fine_lines(self, district: DrawnDistrict) -> list[shapely.Geometry]:
        """Return the paper under lines that lead to names, and around the windows of insets.

        Parameters
        ----------
        district : DrawnDistrict
            The main one, or that of an inset.
        """
        is_main = district is self.main
        namings = [self.naming] if is_main else [t.naming for t in self.towns]
        leaders = [
            led
            for naming in namings
            for led in (*naming.led.values(), *naming.led_numbers.values())
        ]
        windows = towns_of.strokes(self.towns, district.panel) if is_main else []
        return [*(led.paper() for led in leaders), *windows]


def arrange(studio: Studio, panel: Panel) -> Arrangement:
    """Place insets, names and key one after another, each in the remaining room.

    Insets come first. If villages remain without name and number, fewer insets are tried, the
    smallest dropped first, and what leaves the least to wish for is taken; those of islands stay.
    """
    desk = _desk(studio, panel, frames.frame(studio.villages, studio.layout).head)
    islands = desk.islands()
    towns = (*islands, *desk.towns(islands))
    best = desk.arranged(towns)
    few = len(best.nameless) <= _MOST_TRIED
    while len(towns) > len(islands) and not best.complete and few:
        towns = towns[:-1]
        best = min(best, desk.arranged(towns), key=Arrangement.lacking)
    return best


def alone(studio: Studio, panel: Panel) -> Arrangement:
    """Place the names that a map has room for, without insets, numbers and key.

    Parameters
    ----------
    panel : Panel
        Shows the whole district.
    """
    made = _desk(studio, panel).arranged(())
    names = made.naming.without_numbers()
    return replace(made, naming=names, numbers={}, key=None, reference=None)


def _desk(studio: Studio, panel: Panel, head: Box | None = None) -> _Desk:
    layout, faces = studio.layout, studio.faces
    villages, tolerance = studio.villages_for(panel, layout.map.tolerance)
    main = districts.whole(villages, panel, tolerance)
    told = ground.told_names(panel, studio.surroundings, layout, studio.texts, faces)
    return _Desk(
        studio,
        main,
        naming.places(main, layout, faces, only=() if head else None),
        tuple(text_area(text, faces) for text in told),
        head,
    )


@dataclass(frozen=True, eq=False)
class _Desk:
    """A map while it is arranged: villages, possible places of their names, text already placed.

    Parameters
    ----------
    studio : Studio
        Villages, layout, language.
    main : DrawnDistrict
        Villages on the main panel.
    places : Candidates
        Where their names could stand.
    told : tuple of Polygon
        Names of seas and neighbours whose places the edition gives.
    head : Box or None
        Strip for the title of the main map, where it is small: it names no village then.
    """

    studio: Studio
    main: DrawnDistrict
    places: Candidates
    told: tuple[shapely.Geometry, ...]
    head: Box | None = None

    @cached_property
    def told_of(self) -> list[str]:
        """Villages whose names the sheet owes to its readers: none on maps of kecamatan only."""
        return list(self.main.codes) if self.studio.layout.type.village else []

    @cached_property
    def visible(self) -> VisibleAreas:
        """What lines leave of the villages on the main panel."""
        return VisibleAreas(self.main, self.studio.layout)

    @cached_property
    def _visible_in(self) -> dict[DrawnDistrict, VisibleAreas]:
        """What lines leave of the villages of insets, reckoned once each."""
        return {}

    @cached_property
    def free(self) -> Vacancy:
        """Paper beside the district and the names around it."""
        return _without(free_paper.of_panel(self.main.panel.box), [self.main.outline(), *self.told])

    def name(self, kecamatan: Collection[str], boxes: Sequence[Box]) -> Naming:
        """Place the names of the villages and of some kecamatan, these off insets."""
        studio = self.studio
        fonts = (studio.layout, studio.faces)
        told = [Box.around(paper) for paper in self.told]
        return naming.name(self.main, self.places, kecamatan, *fonts, [*boxes, *told])

    def islands(self) -> tuple[Town, ...]:
        """Make the insets of islands that the frame of the district asks for."""
        studio = self.studio
        windows = frames.frame(studio.villages, studio.layout).windows
        strip = packing.strip(studio.layout)
        insets = (inset.of_window(studio.villages, w, self.main.panel, strip) for w in windows)
        towns = (replace(towns_of.made(studio, one), has_islands=True) for one in insets)
        return tuple(towns_of.led_out(studio, town) for town in towns)

    def towns(self, islands: Sequence[Town]) -> tuple[Town, ...]:
        """Make insets for groups of villages without names, as long as they are worthwhile.

        Parameters
        ----------
        islands : sequence of Town
            Insets that stand already.
        """
        studio, panel = self.studio, self.main.panel
        free = _without(self.free, [town.inset.box.polygon() for town in islands])
        shown = self.places.named()
        named = {self.main.codes[n] for n in shown}.union(*(t.naming.named for t in islands))
        nameless = [code for code in self.told_of if code not in named]
        if len(nameless) > _MOST_LED or self.head:
            return ()
        towns: list[Town] = []
        for group in inset.towns(studio.villages, nameless, panel):
            windows = inset.windows(studio.villages, group, panel, free, studio.layout)
            best = towns_of.best_town(studio, windows, group.index)
            if not best or best.gain(group.index) < towns_of.WORTH * len(group):
                best = towns_of.best_core(studio, inset.cores(group, panel, free, studio.layout))
            if best and len(islands) + len(towns) < _MOST_TOWNS:
                towns.append(best)
                free = _without(free, [best.inset.box.polygon()])
        return tuple(towns)

    def arranged(self, towns: Sequence[Town]) -> Arrangement:
        """Place names, lines, numbers and key around given insets."""
        studio, main = self.studio, self.main
        boxes: list[shapely.Geometry] = [
            town.inset.box.inset(-_AROUND_MM).polygon() for town in towns
        ]
        enlarged = [town.naming.kecamatan_names for town in towns if not town.inset.is_far]
        of_main = self.name(
            set(main.kecamatan).difference(*enlarged), [town.inset.box for town in towns]
        )
        rest = towns_of.nameless(self.told_of, [of_main, *towns])
        fonts = (studio.layout, studio.faces)
        larger = [self._in_town(t).beside() for t in towns]
        bare = towns_of.most([self.visible.beside(), *larger])
        signed = set(towns_of.unseen(main, bare))
        signed = signed.difference(*(t.tokens.places for t in towns))
        if len(rest) <= _MOST_LED and not self.head:
            taken, strokes = [*boxes, *self.told], towns_of.strokes(towns, main.panel)
            of_main = naming.lead(main, of_main, rest, taken, fonts, signed, strokes)
        rest = towns_of.nameless(rest, [of_main])
        has_number = of_main.numbered.union(*(town.numbered for town in towns))
        tiny = [c for c in rest if c not in has_number]
        if len(tiny) <= _MOST_TINY and not self.head:
            of_main = naming.lead_numbers(main, of_main, tiny, [*boxes, *self.told], fonts)
        leaders = (*of_main.led.values(), *of_main.led_numbers.values())
        boxes += [leader.paper() for leader in leaders]
        on_main = self.visible.beside([*of_main.papers(), *boxes])
        seen = self._seen(on_main, towns)
        towns = [towns_of.signed(town, seen) for town in towns]
        discs, seen = self._discs(of_main, towns, boxes, on_main)
        over = [*of_main.papers(), *boxes, *self.told]
        on_map = (self.visible, over, discs)
        discs, towns, seen = last_signs.completed(studio, on_map, towns, self._in_town, seen)
        boxes += discs.papers()
        free = _without(self.free, boxes)
        placed = of_main.numbered.union(*(town.numbered for town in towns))
        listed = key.numbered(main)
        numbers = _numbers([code for code in rest if code in placed], listed)
        worth = len(numbers) >= _WORTH * len(rest)
        keyed = _key(studio, main, numbers, free) if worth and not self.head else None
        if not keyed:
            numbers, of_main = {}, of_main.without_numbers()
            towns = [replace(town, naming=town.naming.without_numbers()) for town in towns]
        in_slivers: set[str] = set().union(*(town.naming.named for town in towns))
        complete = {*numbers, *in_slivers}.issuperset(rest)
        towns = [town.without_names(numbers) for town in towns]
        below = _without(free, [keyed.box.polygon()]) if keyed else free
        referred = None if complete else self._reference(below)
        lists = [one.box.inset(-_AROUND_MM).polygon() for one in (keyed, referred) if one]
        large = typesetting.papers([*of_main.kecamatan_names.values()])
        taken = [main.outline(), *boxes, *lists, *large]
        every = shapely.union_all(taken)
        return Arrangement(
            main, of_main, tuple(towns), numbers, listed, keyed, complete, every, discs, seen,
            referred, self.head,
        )  # fmt: skip

    def _reference(self, free: Vacancy) -> KeyPlace | None:
        """Say where the other villages are named."""
        words = self.studio.texts("daftar_nama.rujukan")
        return key.place(words, (), free, self.studio.layout, self.studio.faces)

    def _discs(
        self,
        of_main: Naming,
        towns: Sequence[Town],
        boxes: Sequence[shapely.Geometry],
        on_main: Mapping[str, float],
    ) -> tuple[Tokens, dict[str, float]]:
        """Place discs for villages that show too little; return also what every village shows."""
        main, seen = self.main, self._seen(on_main, towns)
        little = towns_of.unseen(main, seen)
        small = [c for c in little if c not in of_main.discs] if len(little) <= _MOST_LED else []
        taken = [*of_main.papers(), *boxes, *self.told]
        alone = main.alone if small else ()
        discs = tokens.beside(main, small, taken, alone)
        if discs.places:  # they may lie over other villages
            on_main = self.visible.beside([*of_main.papers(), *boxes, *discs.papers()])
            seen = self._seen(on_main, towns)
        places = of_main.discs | discs.places
        discs = replace(discs, places=places)
        return discs, towns_of.most([seen, discs.shown_mm2()])

    def _seen(self, on_main: Mapping[str, float], towns: Sequence[Town]) -> dict[str, float]:
        """Return what every village shows of its class beside names, on main map and insets."""
        in_towns = [self._in_town(town).beside(town.papers()) for town in towns]
        return towns_of.most([on_main, *in_towns, *(t.tokens.shown_mm2() for t in towns)])

    def _in_town(self, town: Town) -> VisibleAreas:
        areas = VisibleAreas(town.district, self.studio.layout)
        return self._visible_in.setdefault(town.district, areas)


def _without(free: Vacancy, taken: Sequence[shapely.Geometry]) -> Vacancy:
    """Return the free paper, with a margin around the taken paper."""
    for geometry in taken:
        around = shapely.buffer(shapely.simplify(geometry, 0.2), _AROUND_MM, quad_segs=2)
        free = free.without(around)
    return free


def _numbers(codes: Sequence[str], listed: dict[str, str]) -> dict[str, str]:
    """Return numbers through the district, or within each kecamatan if they are very many."""
    if len(codes) <= _MOST_NUMBERS:
        return {code: str(n) for n, code in enumerate(codes, start=1)}
    return {code: listed[code] for code in codes}


def _key(
    studio: Studio, main: DrawnDistrict, numbers: dict[str, str], free: Vacancy
) -> KeyPlace | None:
    """Place the key of the numbered villages, if there are any and it finds room."""
    if not numbers:
        return None
    rows = key.rows(main, numbers, headed=len(numbers) > _MOST_NUMBERS)
    heading = studio.texts("peta.nomor_desa")
    return key.place(heading, rows, free, studio.layout, studio.faces)
