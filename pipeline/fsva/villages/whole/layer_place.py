"""Whether a layer as a whole lies where its district does, and is as large as districts are.

Owns the judgement of a layer that was moved, scaled, turned or mirrored: no village of it is odd
beside the others, so that only what is known from elsewhere tells it. That is the place of the
district and those of others, coarse land and the border of the country, neighbours, and a point for
each village. Inland, a move of a few kilometres changes none of the first four.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from fsva.config.styles.placement_limits import LayerLimits
from fsva.core.levels import SUBDISTRICT
from fsva.core.message_values import Extent, MessageValue, Quantity
from fsva.sources.plain import flat_grid
from fsva.sources.plain.arrays import Floats, Shapes
from fsva.sources.plain.flat_grid import Point
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.faulty_parts import linked
from fsva.villages.oddities import Oddity
from fsva.villages.whole import points_apart

PART = "letak_sebagian"
# The extent of a district is measured by the third nearest one: nearer ones may be its kota.
_AROUND = 3
# Villages this near belong to one piece of land; a piece with at least this share on coarse land
# is no island that coarse land lacks.
_NEAR_KM = 0.05
_MAINLAND = 0.3
# Coarse land is simplified by this, degrees: distances of kilometres need no more.
_COARSE = 0.003
_SEGMENTS = 4


@dataclass(frozen=True)
class Whereabouts:
    """What is known of a district from elsewhere; all in degrees.

    Parameters
    ----------
    is_urban : bool
        Whether it is a kota.
    middle : (float, float) or None
        A place within it as longitude and latitude.
    others : mapping of str to (float, float)
        Such places of the other districts, by their names.
    land, abroad : Geometry or None
        Coarse land around and that of other countries; None where it is not known.
    neighbours : Geometry or None
        The districts and countries around, as the edition draws them.
    points : mapping of str to (float, float)
        A point within each village, by Kemendagri code.
    """

    is_urban: bool
    middle: Point | None = None
    others: Mapping[str, Point] = field(default_factory=dict)
    land: Geometry | None = None
    abroad: Geometry | None = None
    neighbours: Geometry | None = None
    points: Mapping[str, Point] = field(default_factory=dict)


def judge(layer: ShapeTable, known: Whereabouts, limits: LayerLimits) -> list[Oddity]:
    """Return what tells that the layer as a whole is out of place; empty if nothing does.

    Parameters
    ----------
    layer : ShapeTable
        In degrees, without villages that are out of place themselves; indexed by Kemendagri code:
        ``nama``, ``baris``.
    """
    shapes = layer.geometry
    there = np.flatnonzero(np.isfinite(shapely.bounds(shapes)).all(axis=1))
    layer, sound = layer.rows(there), shapely.make_valid(shapes[there])
    if not len(layer):
        return []
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(sound))
    edges = Extent(west, south, east, north)
    ground = _Flat(sound)
    codes = list(layer.codes)
    beside = list(points_apart.judge(layer, ground.shapes, known.points, limits))
    at_points = points_apart.are_enough(codes, known.points, limits) and not beside
    told = [
        *(() if at_points else _own_point(ground, codes, known, limits)),
        *(() if at_points else _other_point(ground, known, limits)),
        *_off_land(ground, known, limits),
        *_on_neighbours(sound, known, limits),
    ]
    oddities = [Oddity("letak", key, found=edges, facts=facts) for key, facts in told]
    oddities += _sizes(ground, known, limits)
    return [*oddities, *beside]


_Told = tuple[str, Mapping[str, str | MessageValue]]


class _Flat:
    """Shapes in kilometres on a flat grid around the district."""

    def __init__(self, shapes: Shapes) -> None:
        middle = float(np.median(shapely.bounds(shapes)[:, [1, 3]]))
        self._scale = flat_grid.scale(middle)
        self.shapes: Shapes = self.of(shapes)
        self.area: Floats = shapely.area(self.shapes)
        self.tree = shapely.STRtree(self.shapes)

    def of(self, shapes: Shapes) -> Shapes:
        """Return shapes in degrees on the grid."""
        return flat_grid.flat(shapes, self._scale)

    def point(self, place: Point) -> Geometry:
        """Return a place in degrees on the grid."""
        return shapely.Point(*(np.array(place) * self._scale))


def _own_point(
    ground: _Flat, codes: Sequence[str], known: Whereabouts, limits: LayerLimits
) -> Iterator[_Told]:
    """Tell a layer that lies away from the place of its district, or a part of it that may."""
    if known.middle is None:
        return
    own = ground.point(known.middle)
    _, far = ground.tree.query_nearest([own], return_distance=True, all_matches=False)
    if far[0] > limits.point_km:
        kecamatan = {SUBDISTRICT.kemendagri_of(code) for code in codes}
        part = far[0] <= _reach(ground, len(kecamatan), known, limits)
        km, count = Quantity(float(far[0]), 0, "km"), str(len(kecamatan))
        yield (PART if part else "letak_titik_kabupaten"), {"km": km, "jumlah": count}


def _reach(ground: _Flat, kecamatan: int, known: Whereabouts, limits: LayerLimits) -> float:
    """Return how far from the place of its district a layer of few kecamatan may lie.

    A layer that is much smaller than the ground between its district and others is a part of it, as
    one kecamatan is. How far such ground reaches, the third of the districts around tells.
    """
    if known.is_urban or kecamatan > limits.part_kecamatan or known.middle is None:
        return limits.point_km
    own = ground.point(known.middle)
    others = [shapely.distance(own, ground.point(place)) for place in known.others.values()]
    around = sorted(others)[_AROUND - 1 : _AROUND]
    west, south, east, north = shapely.total_bounds(ground.shapes)
    radius = float(np.hypot(east - west, north - south)) / 2
    is_part = bool(around) and radius <= limits.part_radius * around[0]
    return max(limits.point_km, float(around[0])) if is_part else limits.point_km


def _other_point(ground: _Flat, known: Whereabouts, limits: LayerLimits) -> Iterator[_Told]:
    """Tell a layer that covers the place of another district, well within its outline."""
    names = list(known.others)
    spots = np.array([ground.point(known.others[name]) for name in names], dtype=object)
    if not len(spots):
        return
    inside = sorted(set(ground.tree.query(spots, predicate="within")[0].tolist()))
    for n in inside:
        around = ground.shapes[ground.tree.query(spots[n].buffer(limits.other_point_km))]
        disc = shapely.buffer(spots[n], limits.other_point_km)
        if shapely.area(shapely.intersection(shapely.union_all(around), disc)) >= 0.99 * disc.area:
            yield "letak_menutupi", {"lain": names[n]}
            return


def _off_land(ground: _Flat, known: Whereabouts, limits: LayerLimits) -> Iterator[_Told]:
    """Tell connected land that reaches far into the sea or into other countries."""
    whole = float(ground.area.sum())
    for key, km2 in (
        ("letak_keluar_daratan", _at_sea(ground, known.land, limits.sea_km)),
        ("letak_negara_lain", _abroad(ground, known.abroad, limits.abroad_km)),
    ):
        if km2 > limits.outside_km2 and km2 > limits.outside_share * whole:
            yield key, {"km2": Quantity(km2, 0, "km2"), "persen": f"{100 * km2 / whole:.0f}"}


def _at_sea(ground: _Flat, land: Geometry | None, km: float) -> float:
    """Return the area far from land, of pieces of which much lies on land.

    Islands that lie at sea as wholes tell nothing: coarse land lacks the small ones.
    """
    if land is None or shapely.is_empty(land):
        return 0.0
    coarse = _coarse(ground, land)
    near = shapely.buffer(coarse, km, quad_segs=_SEGMENTS)
    parts = shapely.get_parts(ground.shapes)
    area = shapely.area(parts)
    pieces = _pieces(parts)
    on_land = np.bincount(pieces, weights=_common(parts, coarse))
    is_mainland = on_land >= _MAINLAND * np.maximum(np.bincount(pieces, weights=area), 1e-9)
    far = np.maximum(area - _common(parts, near), 0.0)
    return float(far[is_mainland[pieces]].sum())


def _abroad(ground: _Flat, abroad: Geometry | None, km: float) -> float:
    """Return the area deep within other countries."""
    if abroad is None or shapely.is_empty(abroad):
        return 0.0
    deep = shapely.buffer(_coarse(ground, abroad), -km, quad_segs=_SEGMENTS)
    return float(_common(ground.shapes, deep).sum())


def _coarse(ground: _Flat, area: Geometry) -> Geometry:
    (coarse,) = ground.of(np.array([shapely.simplify(area, _COARSE)], dtype=object)).tolist()
    return shapely.union_all([coarse])


def _common(shapes: Shapes, area: Geometry) -> Floats:
    """Return which area of each shape lies within another; only those on its edge are cut."""
    shapely.prepare(area)
    common: Floats = np.where(shapely.contains_properly(area, shapes), shapely.area(shapes), 0.0)
    edge = np.flatnonzero((common == 0) & shapely.intersects(area, shapes))
    common[edge] = shapely.area(shapely.intersection(shapes[edge], area))
    return common


def _pieces(parts: Shapes) -> NDArray[np.intp]:
    """Return the number of the piece of land that each part belongs to."""
    tree = shapely.STRtree(parts)
    one, other = tree.query(parts, predicate="dwithin", distance=_NEAR_KM)
    return linked(len(parts), one, other)


def _on_neighbours(sound: Shapes, known: Whereabouts, limits: LayerLimits) -> Iterator[_Told]:
    """Tell a layer that lies on the districts beside its own."""
    if known.neighbours is None or shapely.is_empty(known.neighbours):
        return
    share = float(_common(sound, known.neighbours).sum() / shapely.area(sound).sum())
    if share > limits.neighbour_share:
        yield "letak_di_tetangga", {"persen": f"{100 * share:.0f}"}


def _sizes(ground: _Flat, known: Whereabouts, limits: LayerLimits) -> Iterator[Oddity]:
    """Tell villages that are smaller or larger, one with another, than those of any district."""
    least, most = limits.urban_village_km2 if known.is_urban else limits.village_km2
    usual = float(np.median(ground.area))
    if not least <= usual <= most:
        found = Quantity(usual, 3 if usual < 1 else 0, "km2")
        facts: Sequence[tuple[str, MessageValue]] = [
            ("terkecil", Quantity(least, 2, "km2")),
            ("terbesar", Quantity(most, 0, "km2")),
        ]
        yield Oddity("bentuk", "bentuk_ukuran", found=found, facts=dict(facts))
