"""Where the names of a panel stand: villages, kecamatan, numbers, names led out.

Owns the order of placement: kecamatan where they displace the fewest villages, then villages, then
numbers. ``labels`` and ``leaders`` find the places.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering import labels, labels_over, leaders, typesetting
from fsva.drawing.lettering.labels import Candidates
from fsva.drawing.lettering.leaders import Leader
from fsva.drawing.lettering.typesetting import Placed, Wording
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.names import number_tags, ties, tokens
from fsva.drawing.names.ties import Tie
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Stroke

# Paper between names and the edge of their panel.
_EDGE_MM = 0.8
# Names of kecamatan are set in so many lines at most.
_LINES = 3
# Letters from which the name of a village may be set in three lines too.
_LONG = 24


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
    led, led_numbers : dict of str to Leader
        Kemendagri code to the name beside the district, or the number beside the village, with
        its line.
    discs : dict of str to (float, float)
        Kemendagri code to the middle of the disc before a name that is led out.
    ties : tuple of Tie
        Lines from detached parts to their villages.
    led_kecamatan : dict of str to Leader
        Name of a kecamatan without room for it to the name beside the district.
    """

    villages: dict[str, Placed]
    numbers: dict[str, Placed]
    kecamatan: dict[str, Placed]
    led: dict[str, Leader] = field(default_factory=dict)
    discs: dict[str, tuple[float, float]] = field(default_factory=dict)
    led_numbers: dict[str, Leader] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    led_kecamatan: dict[str, Leader] = field(default_factory=dict)

    @property
    def kecamatan_names(self) -> dict[str, Placed]:
        """Kecamatan to the place of its name, over it or beside the district."""
        return self.kecamatan | {name: led.placed for name, led in self.led_kecamatan.items()}

    @property
    def named(self) -> set[str]:
        """Villages whose names are written, on them or beside them."""
        return {*self.villages, *self.led}

    @property
    def numbered(self) -> set[str]:
        """Villages that have a place for a number."""
        return {*self.numbers, *self.led_numbers}

    def items(self, numbers: Mapping[str, str], layout: Layout) -> list[Item]:
        """Draw lines, names and numbers, all with halos.

        Parameters
        ----------
        numbers : mapping of str to str
            Kemendagri code to number; villages that it does not name carry none.
        """
        ink, halo = layout.colours.ink, layout.colours.halo
        small, large = Stroke(halo, layout.lines.halo), Stroke(halo, layout.lines.large_halo)
        leaders = [*self.led.values(), *self.led_kecamatan.values()]
        leaders += [leader for code, leader in self.led_numbers.items() if code in numbers]
        lines = [item for tie in self.ties for item in tie.draw(layout)]
        lines += [item for leader in leaders for item in leader.draw(layout)]
        names = self.villages | {code: leader.placed for code, leader in self.led.items()}
        texts = [
            replace(text, code=code)
            for code, place in names.items()
            for text in place.texts("regular", ink, small)
        ]
        tags = [
            item
            for code, place in self.number_places.items()
            if code in numbers
            for item in number_tags.on_map(place, numbers[code], layout, code)
        ]
        large_texts = [
            t for p in self.kecamatan_names.values() for t in p.texts("bold", ink, large)
        ]
        return [*lines, *texts, *tags, *large_texts]

    @property
    def number_places(self) -> dict[str, Placed]:
        """Kemendagri code to the place of the number, in the village or beside it."""
        return self.numbers | {code: leader.placed for code, leader in self.led_numbers.items()}

    def without_numbers(self) -> Naming:
        """Return the names alone."""
        return replace(self, numbers={}, led_numbers={})

    def papers(self) -> NDArray[np.object_]:
        """Return the paper that each name and number on the district covers, as polygons."""
        every = [*self.villages.values(), *self.numbers.values(), *self.kecamatan.values()]
        drawn = [tie.paper() for tie in self.ties]
        drawn += [led.paper() for led in self.led_kecamatan.values()]
        lines = np.array(drawn, dtype=object)
        return np.concatenate([typesetting.papers(every), lines])


def places(
    district: DrawnDistrict, layout: Layout, faces: Faces, only: Collection[str] | None = None
) -> Candidates:
    """Find where the names of the villages could stand.

    Parameters
    ----------
    layout : Layout
        Type sizes.
    only : collection of str or None
        Codes of the villages to name; None for all.
    """
    sizes, areas = layout.type.village, district.shown()
    if not sizes:
        only = ()
    if only is not None:
        areas[[code not in only for code in district.codes]] = shapely.Polygon()
    least = typesetting.least_paper(faces, "regular", sizes)
    has_room = (shapely.area(areas) >= least) & ~shapely.is_empty(areas)
    named = zip(district.names, has_room.tolist(), strict=True)
    ways = [wordings_of(name, faces, sizes) if room else [] for name, room in named]
    number = number_tags.wording(faces, layout.type.digit)
    return labels.candidates(areas, ways, number)


def wordings_of(name: str, faces: Faces, sizes: Sequence[float]) -> list[Wording]:
    """Return the ways to set the name of a village: a long one in three lines too."""
    lines = _LINES if len(name) >= _LONG else _LINES - 1
    return typesetting.wordings(name, faces, "regular", sizes, lines)


def name(
    district: DrawnDistrict,
    free: Candidates,
    kecamatan: Collection[str],
    layout: Layout,
    faces: Faces,
    boxes: Sequence[Box] = (),
) -> Naming:
    """Choose places for the names of villages and of some kecamatan.

    Parameters
    ----------
    free : Candidates
        From ``places``.
    kecamatan : collection of str
        The kecamatan to name on this panel.
    layout : Layout
        Type sizes.
    boxes : sequence of Box
        Insets, which names of kecamatan keep off.
    """
    areas = district.united(kecamatan)
    sizes = layout.type.kecamatan
    ways_of = {k: typesetting.wordings(k.upper(), faces, "bold", sizes, _LINES) for k in areas}
    small = district.small(labels_over.SMALL_MM2)
    frame = district.panel.box.inset(_EDGE_MM)
    large, free = labels_over.place_over(
        np.array([*areas.values()], dtype=object), [*ways_of.values()], free, district.outline(),
        frame, small, boxes,
    )  # fmt: skip
    names = dict(zip(areas, range(len(areas)), strict=True))
    over = {name: large[n] for name, n in names.items() if n in large}
    out = _led_kecamatan(
        district, {k: areas[k] for k in areas if k not in over}, ([*over.values()], boxes), ways_of
    )
    tied = ties.of(district)
    drawn = [tie.paper() for tie in tied]
    drawn += [led.paper() for led in out.values()]
    lines = np.array(drawn, dtype=object)
    chosen = free.best(np.concatenate([typesetting.papers([*over.values()]), lines]))
    places = {district.codes[n]: place for n, place in chosen.items()}
    return Naming(
        {code: place for code, place in places.items() if place.wording.lines},
        {code: place for code, place in places.items() if not place.wording.lines},
        over,
        ties=tied,
        led_kecamatan=out,
    )


def _led_kecamatan(
    district: DrawnDistrict,
    areas: Mapping[str, shapely.Geometry],
    standing: tuple[Sequence[Placed], Sequence[Box]],
    ways: Mapping[str, Sequence[Wording]],
) -> dict[str, Leader]:
    """Lead the names of kecamatan without room onto free paper, else over others, and small."""
    if not areas:
        return {}
    frame = district.panel.box.inset(_EDGE_MM)
    over, boxes = standing
    taken = [*typesetting.papers(over), *(box.polygon() for box in boxes)]
    names, found = dict(enumerate(areas)), dict[int, Leader]()
    for room in (leaders.beside, leaders.anywhere):
        left = [n for n in names if n not in found]
        papers = [*taken, *(led.paper() for led in found.values())]
        ways_left = {n: min(ways[names[n]], key=lambda way: way.size_pt) for n in left}
        around = room(district.outline(), frame, papers)
        found |= leaders.lead({n: areas[names[n]] for n in left}, ways_left, around)
    return {names[n]: led for n, led in sorted(found.items())}


def lead(
    district: DrawnDistrict,
    naming: Naming,
    codes: Sequence[str],
    boxes: Sequence[shapely.Geometry],
    type_faces: tuple[Layout, Faces],
    signed: Collection[str] = (),
    strokes: Sequence[shapely.Geometry] = (),
) -> Naming:
    """Move the names of some villages onto free paper, each with a line.

    Parameters
    ----------
    naming : Naming
        What stands already.
    codes : sequence of str
        Villages without names.
    type_faces : (Layout, Faces)
        Type sizes, and type faces for measuring.
    signed : collection of str
        Villages with a disc before their names, for the colour of their class.
    strokes : sequence of Geometry
        Paper under lines that no name may cross.

    Returns
    -------
    Naming
        With the names that have a place now, without their numbers.
    """
    layout, faces = type_faces
    size, shown = layout.type.village[-1:], district.shown()
    wanted = _shown(district, codes)
    if not wanted:
        return naming
    ways = {n: typesetting.wordings(district.names[n], faces, "regular", size)[0] for n in wanted}
    ways |= {n: tokens.before(ways[n]) for n in wanted if district.codes[n] in signed}
    # Numbers of these villages may still be replaced by names.
    standing = replace(naming, numbers={c: p for c, p in naming.numbers.items() if c not in codes})
    frame = district.panel.box.inset(1.0)
    papers = [*standing.papers(), *boxes]
    around = leaders.beside(district.outline(), frame, papers, strokes)
    by_number = leaders.lead({n: shown[n] for n in wanted}, ways, around)
    led = {district.codes[n]: leader for n, leader in sorted(by_number.items())}
    discs = {}
    for n in sorted(by_number):
        if (code := district.codes[n]) in signed:
            led[code], discs[code] = tokens.parted(led[code], shown[n])
    lines = shapely.union_all([leader.paper() for leader in led.values()])
    shapely.prepare(lines)
    crossed = shapely.intersects(lines, typesetting.papers([*naming.numbers.values()])).tolist()
    numbers = {
        code: place
        for (code, place), gone in zip(naming.numbers.items(), crossed, strict=True)
        if code not in led and not gone
    }
    return replace(naming, led=led, numbers=numbers, discs=discs)


def _shown(district: DrawnDistrict, codes: Sequence[str]) -> list[int]:
    """Return the places of some villages in a district that its panel shows."""
    wanted, shown = set(codes), district.shown()
    return [
        n for n, c in enumerate(district.codes) if c in wanted and not shapely.is_empty(shown[n])
    ]


def lead_numbers(
    district: DrawnDistrict,
    naming: Naming,
    codes: Sequence[str],
    boxes: Sequence[shapely.Geometry],
    type_faces: tuple[Layout, Faces],
    beyond: shapely.Geometry | None = None,
) -> Naming:
    """Set numbers beside villages too small for a number, each with a line.

    A number stands in the kecamatan of its village or beside the district, never in another
    kecamatan.

    Parameters
    ----------
    naming : Naming
        What stands already.
    codes : sequence of str
        Villages without name and number.
    type_faces : (Layout, Faces)
        Type sizes, and type faces for measuring.
    beyond : Geometry or None
        Other kecamatan that are not among the villages.
    """
    layout, faces = type_faces
    wanted, shown = _shown(district, codes), district.shown()
    if not wanted:
        return naming
    way = number_tags.wording(faces, layout.type.digit)
    taken = [*naming.papers(), *boxes, *(leader.paper() for leader in naming.led.values())]
    around = leaders.anywhere(district.outline(), district.panel.box.inset(1.0), taken)
    ways = dict.fromkeys(wanted, way)
    barred = _other_kecamatan(district, wanted, beyond)
    by_number = leaders.lead({n: shown[n] for n in wanted}, ways, around, barred)
    return replace(
        naming, led_numbers={district.codes[n]: led for n, led in sorted(by_number.items())}
    )


def _other_kecamatan(
    district: DrawnDistrict, wanted: Sequence[int], beyond: shapely.Geometry | None
) -> dict[int, shapely.Geometry]:
    """Return, for some villages, the paper of all kecamatan but their own."""
    member = np.array(district.kecamatan)
    whole = {
        name: shapely.coverage_union_all(district.areas[member == name])
        for name in dict.fromkeys(district.kecamatan)
    }
    others = {
        own: shapely.coverage_union_all([area for name, area in whole.items() if name != own])
        for own in sorted({district.kecamatan[n] for n in wanted})
    }
    if beyond is not None:
        others = {own: shapely.union_all([area, beyond]) for own, area in others.items()}
    return {n: others[district.kecamatan[n]] for n in wanted}
