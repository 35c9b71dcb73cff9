"""Checks of where villages lie and whether their shapes can be land, before any repair.

Owns the judgement: windows of provinces, villages far from all others or at sea, spikes, and
shapes too small for a village. It works in degrees, measured on a flat grid around the district.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from fsva.config.styles.locator_windows import Window
from fsva.config.styles.placement_limits import PlacementLimits, Spike
from fsva.core.levels import SUBDISTRICT
from fsva.core.message_values import Extent, MessageValue, Quantity, Spot
from fsva.sources.plain import flat_grid, plain_table
from fsva.sources.plain.arrays import Floats, Shapes
from fsva.sources.plain.flat_grid import KM_PER_DEGREE, Point
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages import displacement, faulty_parts, polygons_apart
from fsva.villages.oddities import Oddity

# Villages whose hulls are this near belong to one group.
_GROUP_KM = 2.0
# Largest number of points at the end of a spike.
_TIP = 3
# Points this near the line between their neighbours are left out before spikes are sought.
_STRAIGHT_KM = 0.02
# Width of a zone of UTM in degrees.
_ZONE = 6
# From this distance on, a layer is away from the place of its district.
_OWN_KM = 5.0
# Most villages that are named where a whole layer is odd.
_SHOWN = 5
# A whole kecamatan apart is odd if so many, and this share, of all kecamatan lie together; in a
# layer of scattered kecamatan it is not.
_SETTLED, _MOST = 5, 0.75


@dataclass(frozen=True)
class Earth:
    """The reference for places.

    Parameters
    ----------
    window : Window
        West, south, east, north of the province, in degrees.
    land : Geometry or None
        Coarse land around, in degrees; None where it is not known.
    middle : (float, float) or None
        A place within the district as longitude and latitude; None where it is not known.
    others : mapping of str to (float, float)
        Such places of the other districts, by their names.
    """

    window: Window
    land: Geometry | None
    middle: Point | None = None
    others: Mapping[str, Point] = field(default_factory=dict)


def judge(layer: ShapeTable, earth: Earth, limits: PlacementLimits) -> list[Oddity]:
    """Return the oddities of places and shapes of villages, each village once.

    Parameters
    ----------
    layer : ShapeTable
        In degrees, as it was drawn; indexed by Kemendagri code: ``nama``, ``baris``.
    """
    shapes = layer.geometry
    bounds = shapely.bounds(shapes)
    by_village: _Found = {}
    outside = _outside(bounds, earth.window, limits.margin_degrees)
    told = {"jendela": Extent(*earth.window, digits=1)}
    if 2 * outside.sum() > len(layer):
        return [Oddity("letak", "letak_lapisan", found=_edges(layer), facts=told)]
    if len(lost := np.flatnonzero(np.isinf(bounds).any(axis=1))):  # beyond its projection
        _add(by_village, [(int(n), "letak_provinsi", _place(bounds[n]), told) for n in lost])
        return _oddities(layer, by_village)
    scale = flat_grid.scale(float(np.nanmedian(bounds[:, [1, 3]])))
    flat = flat_grid.flat(shapes, scale)
    if mistake := _mistaken(bounds, earth, limits):
        return [Oddity("letak", mistake, found=_edges(layer))]
    if other := _over_another(shapes, earth):
        return [Oddity("letak", "letak_kabupaten", found=_edges(layer), facts={"lain": other})]
    _add(by_village, _spikes(flat, limits, scale))
    _add(by_village, _small(flat, shapes, limits))
    outside[list(by_village)] = False
    out = np.flatnonzero(outside)
    _add(by_village, [(int(n), "letak_provinsi", _place(bounds[n]), told) for n in out])
    rest = np.array([n for n in range(len(layer)) if n not in by_village], dtype=np.intp)
    kecamatan = np.array([SUBDISTRICT.kemendagri_of(code) for code in layer.codes])
    apart = _apart(flat, shapes, rest, earth.land, kecamatan, limits)
    _add(by_village, [(n, "letak_jauh", _place(bounds[n]), {"km": f"{km:.0f}"}) for n, km in apart])
    _add(by_village, _parts(flat, shapes, earth.land, limits))
    _add(by_village, _moved(layer, flat, bounds))
    size, share = _on_land(flat, shapes, rest, earth.land)
    whole = float(size.sum())
    is_wet = whole >= limits.layer_at_sea_km2
    is_wet = is_wet and bool((size * share).sum() < limits.land_share * whole)
    if is_wet and not _is_home(shapes, earth):
        at_sea = Oddity("letak", "letak_laut_lapisan", found=_edges(layer))
        return [*_oddities(layer, by_village), at_sea]
    # A layer in its place with hardly any land includes its sea, or islands that coarse land lacks.
    wet = rest[(size >= limits.village_at_sea_km2) & (share == 0) & (not is_wet)]
    _add(by_village, [(int(n), "letak_laut", _place(bounds[n]), {}) for n in wet])
    return [*_oddities(layer, by_village), *(() if by_village else _other_rows(layer, flat))]


def _other_rows(layer: ShapeTable, flat: Shapes) -> Iterator[Oddity]:
    """Yield the polygons that stand beside other rows of the layer."""
    codes, names = layer.codes, plain_table.told(layer["nama"]).tolist()
    order = np.argsort(layer["baris"], kind="stable")
    for found in polygons_apart.find(flat[order], [codes[n] for n in order]):
        villages = [int(order[n]) for n in found.villages]
        told = ", ".join(f"{names[n]} ({codes[n]})" for n in villages[:_SHOWN])
        if found.rows is None:
            first, second = villages
            facts = {"lain": f"{names[second]} ({codes[second]})"}
            pair = (codes[first], codes[second])
            row = int(layer["baris"][first])
            yield Oddity("letak", "poligon_tertukar", pair, names[first], row, facts["lain"], facts)
            continue
        key = "poligon_bergeser" if found.rows else "poligon_kecamatan_lain"
        facts = {"jumlah": str(len(villages)), "baris": str(found.rows)}
        yield Oddity("letak", key, found=told, facts=facts)


def _mistaken(bounds: Floats, earth: Earth, limits: PlacementLimits) -> str | None:
    """Return which mistake the whole layer has: undone, it lies where the district does."""
    if earth.middle is None:
        return None
    west, south = np.nanmin(bounds[:, :2], axis=0)
    east, north = np.nanmax(bounds[:, 2:], axis=0)
    edges = shapely.box(west, south, east, north)
    there, near = shapely.Point(earth.middle), limits.margin_degrees
    if shapely.distance(edges, there) <= near:
        return None
    mirrored = shapely.box(west, -north, east, -south)
    if shapely.distance(mirrored, there) <= near:
        return "letak_cermin"
    zones = (shapely.box(west + turn, south, east + turn, north) for turn in (-_ZONE, _ZONE))
    beside = any(shapely.distance(zone, there) <= near for zone in zones)
    return "letak_zona" if beside else None


def _is_home(shapes: Shapes, earth: Earth) -> bool:
    """Tell whether the place of its district lies in the layer, or near it."""
    if earth.middle is None:
        return False
    own, tree = shapely.Point(earth.middle), shapely.STRtree(shapely.make_valid(shapes))
    return bool(len(tree.query(own, predicate="dwithin", distance=_OWN_KM / KM_PER_DEGREE)))


def _over_another(shapes: Shapes, earth: Earth) -> str | None:
    """Return the district whose place the layer covers while it is far from its own."""
    if earth.middle is None or not earth.others:
        return None
    tree, own = shapely.STRtree(shapely.make_valid(shapes)), shapely.Point(earth.middle)
    if len(tree.query(own, predicate="dwithin", distance=_OWN_KM / KM_PER_DEGREE)):
        return None
    points = [shapely.Point(place) for place in earth.others.values()]
    covered = sorted(set(tree.query(points, predicate="within")[0].tolist()))
    return list(earth.others)[covered[0]] if covered else None


def _parts(
    flat: Shapes, shapes: Shapes, land: Geometry | None, limits: PlacementLimits
) -> Iterator[_Told]:
    """Yield the villages of which a part lies far from everything."""
    for part in displacement.alone(flat, shapes, land, limits.apart_km, limits.same_land_km):
        place = _place(np.array(shapely.bounds(part.shape)))
        yield part.village, "letak_jauh", place, {"km": f"{part.km:.0f}"}


def _moved(layer: ShapeTable, flat: Shapes, bounds: Floats) -> Iterator[_Told]:
    """Yield the villages whose border is a neighbour's, but in another place."""
    names = layer["nama"]
    for one in displacement.find(flat):
        beside = str(names[one.neighbour])
        facts: dict[str, str | MessageValue] = {"km": Quantity(one.km, 1, "km"), "tetangga": beside}
        yield one.village, "letak_bergeser", _place(bounds[one.village]), facts


_Told = tuple[int, str, MessageValue, Mapping[str, str | MessageValue]]
_Found = dict[int, tuple[str, MessageValue, Mapping[str, str | MessageValue]]]


def _add(by_village: _Found, more: Iterable[_Told]) -> None:
    """Note the first oddity of each village."""
    for n, key, text, facts in more:
        by_village.setdefault(n, (key, text, facts))


def _edges(layer: ShapeTable) -> Extent:
    west, south, east, north = layer.total_bounds
    return Extent(west, south, east, north)


def _small(flat: Shapes, shapes: Shapes, limits: PlacementLimits) -> Iterator[_Told]:
    """Yield villages too small to be a village, except those with crossing outlines."""
    small = shapely.area(flat) * 1e6 < limits.smallest_m2
    for n in np.flatnonzero(small & shapely.is_valid(shapes)):
        area = max(float(shapely.area(flat[n])) * 1e6, 0.0)
        yield int(n), "bentuk_kecil", Quantity(area, 0 if area >= 1 else 4, "m2"), {}


def _oddities(layer: ShapeTable, by_village: _Found) -> list[Oddity]:
    rows = layer["baris"]
    return [
        Oddity(
            "bentuk" if key.startswith("bentuk") else "letak",
            key,
            (str(layer.index[n]),),
            str(layer["nama"][n]),
            int(rows[n]),
            text,
            facts,
        )
        for n, (key, text, facts) in sorted(by_village.items())
    ]


def _place(bounds: NDArray[np.float64]) -> Spot:
    """Return the middle of a village as latitude and longitude."""
    west, south, east, north = bounds
    return Spot(float(south + north) / 2, float(west + east) / 2)


def _outside(bounds: NDArray[np.float64], window: Window, margin: float) -> NDArray[np.bool_]:
    west, south, east, north = window
    return ~(
        (bounds[:, 0] >= west - margin)
        & (bounds[:, 1] >= south - margin)
        & (bounds[:, 2] <= east + margin)
        & (bounds[:, 3] <= north + margin)
    )


def _spikes(flat: Shapes, limits: PlacementLimits, scale: Floats) -> Iterator[_Told]:
    """Yield the villages of which a few points lie far off, with the place of the tip."""
    shortest = min(spike.length_km for spike in limits.spikes)
    size = np.sqrt(np.maximum(shapely.area(flat), 0.0))
    parts, owner = shapely.get_parts(flat, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    rings = shapely.simplify(rings, _STRAIGHT_KM, preserve_topology=False)
    for ring, n in zip(rings, owner[part], strict=True):
        points = shapely.get_coordinates(ring)[:-1]
        sides = np.hypot(*(np.roll(points, -1, axis=0) - points).T)
        if len(points) > _TIP and (sides >= shortest).sum() >= 2:
            tip = _tip(points, sides, size[n], limits)
            if tip is not None:
                x, y = np.array(tip) / scale
                yield int(n), "bentuk_runcing", Spot(float(y), float(x)), {}


def _tip(
    points: NDArray[np.float64], sides: NDArray[np.float64], size: float, limits: PlacementLimits
) -> tuple[float, float] | None:
    """Return the tip of a ring's spike: two long sides from a narrow foot to few points."""
    shortest, count = min(spike.length_km for spike in limits.spikes), len(points)
    for start in np.flatnonzero(sides >= shortest):
        for width in range(1, min(_TIP, count - 2) + 1):
            end = (start + width) % count
            length = min(sides[start], sides[end])
            foot = np.hypot(*(points[start] - points[(end + 1) % count]))
            if any(_is_spike(length, foot, size, spike) for spike in limits.spikes):
                x, y = points[(start + 1) % count]
                return float(x), float(y)
    return None


def _is_spike(length: float, foot: float, size: float, spike: Spike) -> bool:
    long, thin = max(spike.length_km, spike.sizes * size), spike.foot * length
    return bool(length >= long and foot <= thin)


def _apart(
    flat: Shapes,
    shapes: Shapes,
    rest: NDArray[np.intp],
    land: Geometry | None,
    kecamatan: NDArray[np.str_],
    limits: PlacementLimits,
) -> Iterator[tuple[int, float]]:
    """Yield the villages of small groups that lie far from all others, and how far."""
    if len(rest) < 2:
        return
    hulls = shapely.convex_hull(flat[rest])
    groups = _groups(hulls)
    main = max(groups, key=len)
    lands = shapely.get_parts([] if land is None else [land])
    home = _landmass(shapes[rest[main]], lands)
    for group in groups:
        if group is main or 2 * len(group) > len(rest):
            continue
        others = np.setdiff1d(np.arange(len(rest)), group)
        near = shapely.union_all(hulls[group])
        km = float(shapely.distance(near, hulls[others]).min())
        few = len(group) <= limits.apart_villages
        same = home is not None and home == _landmass(shapes[rest[group]], lands)
        torn = same and _is_torn(kecamatan[rest], group, main)
        if (few and km > limits.apart_km) or (torn and km > limits.same_land_km):
            yield from ((int(rest[n]), km) for n in group)


def _is_torn(kecamatan: NDArray[np.str_], group: NDArray[np.intp], main: NDArray[np.intp]) -> bool:
    """Tell whether villages apart are away from their kecamatan, or theirs from nearly all."""
    here, others = set(kecamatan[group]), set(np.delete(kecamatan, group))
    around = set(kecamatan[main])
    settled = len(around) >= max(_SETTLED, _MOST * len(set(kecamatan)))
    return bool(here & others) or settled


def _groups(hulls: Shapes) -> list[NDArray[np.intp]]:
    """Return the groups of villages that lie near each other.

    Touching ones first: distances are worth measuring only between their groups.
    """
    tree = shapely.STRtree(hulls)
    touching = faulty_parts.linked(len(hulls), *tree.query(hulls, predicate="intersects"))
    reach = shapely.bounds(hulls) + np.array([-1, -1, 1, 1]) * _GROUP_KM
    one, other = tree.query(shapely.box(*reach.T))
    apart = touching[one] != touching[other]
    one, other = one[apart], other[apart]
    near = shapely.dwithin(hulls[one], hulls[other], _GROUP_KM)
    pairs = touching[one[near]], touching[other[near]]
    group = faulty_parts.linked(len(hulls), *pairs)[touching]
    return [np.flatnonzero(group == name) for name in np.unique(group)]


def _landmass(shapes: Shapes, lands: Shapes) -> int | None:
    """Return the piece of land with most of some villages; None at sea."""
    points = shapely.point_on_surface(shapely.make_valid(shapes))
    _, hit = shapely.STRtree(lands).query(points, predicate="intersects")
    return int(np.bincount(hit).argmax()) if 2 * len(hit) > len(shapes) else None


def _on_land(
    flat: Shapes, shapes: Shapes, rest: NDArray[np.intp], land: Geometry | None
) -> tuple[Floats, Floats]:
    """Return the area of some villages in km2, and which share of it is land."""
    size = np.maximum(shapely.area(flat[rest]), 0.0)
    if land is None:
        return size, np.ones(len(rest))
    sound = shapely.make_valid(shapes[rest])
    common = shapely.area(shapely.intersection(sound, land))
    return size, common / np.maximum(shapely.area(sound), 1e-12)
