"""The edge of the own country beside the district, where it is drawn coarser than the district.

Owns the removal of land that exists only because two outlines differ. The generalised layer of
countries is wrong by a kilometre and more: beside a district on the coast or the national border it
shows strips of land that are in fact water or the other country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.drawing.maps.ground import HOME, Surroundings
from fsva.sources.layers import crs as systems
from fsva.sources.plain import plain_table, shape_table
from fsva.sources.plain.shape_table import ShapeTable

# Land of the own country beside the district narrower than this is an error of the coarse outline.
WIDTH_M = 3000.0
# Distance around the district within which coasts are checked, and their tolerance.
_AROUND_M = 12000.0
_COARSE_M, _CLOSE_M = 60.0, 300.0
_TOUCH_M = 150.0
_LEAST_M2, _MOST_M2 = 4e4, 4e7
# A piece cut off from all land is an error of the layer if it is smaller; no kota is as small. An
# island of the layer keeps this share of itself.
_SCRAP_M2, _WHOLE = 4e6, 0.9
# Mouths of holes within the district are no wider.
_MOUTH_M = 500.0


def outline(villages: ShapeTable) -> shapely.Geometry:
    """Return all villages of a district together."""
    whole: shapely.Geometry = shapely.coverage_union_all(villages.geometry)
    return whole


def trimmed(
    surroundings: Surroundings,
    villages: ShapeTable,
    whole: shapely.Geometry | None = None,
) -> Surroundings:
    """Remove strips of land between the district and the edge of the own country.

    Parameters
    ----------
    surroundings : Surroundings
        Land and neighbours, in degrees. What a neighbour covers stays land.
    villages : ShapeTable
        Of the district, in metres.
    whole : Geometry or None
        Their outline, if that is known already.

    Returns
    -------
    Surroundings
        The same where there is no such strip.
    """
    district = shapely.simplify(whole or outline(villages), _COARSE_M)
    window = shapely.box(*shapely.bounds(district)).buffer(_AROUND_M, join_style="mitre")
    home, others = _ground(surroundings.land, window, villages.crs)
    strips = _strips(home, others, district, window)
    scraps = _scraps(shapely.union(home, others), district, strips, window)
    strips[0] = shapely.difference(strips[0], _notches(home, district, strips[0]))
    strips = np.array(
        [
            shapely.union(strips[0], scraps),
            shapely.difference(strips[1], scraps),
            shapely.union(strips[2], scraps),
        ],
        dtype=object,
    )
    if surroundings.neighbours is not None:
        known = surroundings.neighbours.to_crs(villages.crs).geometry
        strips = shapely.difference(strips, shapely.union_all(known))
    if shapely.is_empty(strips).all():
        return surroundings
    water, foreign, drowned = systems.brought(strips, villages.crs, surroundings.land.crs)
    return replace(surroundings, land=_moved(surroundings.land, water, foreign, drowned))


def with_holes(
    surroundings: Surroundings, holes: Sequence[shapely.Geometry], crs: CRS
) -> Surroundings:
    """Mark land within the district that belongs neither to it nor to a neighbour.

    Parameters
    ----------
    surroundings : Surroundings
        What a neighbour covers is the neighbour's; what is sea stays sea.
    holes : sequence of Geometry
        Of the district, in the system ``crs``.

    Returns
    -------
    Surroundings
        The same where nothing is left of the holes.
    """
    known, land = surroundings.neighbours, surroundings.land.geometry
    system = surroundings.land.crs
    shapes = shape_table.brought(plain_table.words(holes), crs, system)
    if known is not None:
        there = known.to_crs(system).geometry
        shapes = shapely.difference(shapes, shapely.union_all(there))
    around = shapely.union_all([g for g in land if shapely.intersects(shapes, g).any()])
    sizes = shapely.area(shapes)
    left = shapes[shapely.area(shapely.intersection(shapes, around)) > sizes / 2]
    if not len(left):
        return surroundings
    unknown = ShapeTable(np.arange(len(left)), geometry=left, system=system)
    return replace(surroundings, holes=unknown)


def _ground(
    land: ShapeTable, window: shapely.Geometry, crs: CRS
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the land of the own country, and of others, in a window in metres."""
    (shown,) = systems.brought([window], crs, land.crs)
    near = shapely.clip_by_rect(land.geometry, *shapely.bounds(shown))
    seen = ~shapely.is_empty(near)
    metres = systems.brought(near[seen], land.crs, crs)
    home = (land["iso"] == HOME)[seen]
    inside = shapely.intersection(metres, window)
    return shapely.union_all(inside[home]), shapely.union_all(inside[~home])


def _moved(
    land: ShapeTable,
    water: shapely.Geometry,
    foreign: shapely.Geometry,
    drowned: shapely.Geometry,
) -> ShapeTable:
    """Remove areas from the own country and from others; give one to the neighbouring country."""
    shapes = land.geometry.copy()
    home = land["iso"] == HOME
    taken = shapely.union(water, foreign)
    shapes[home] = [_without(shape, taken) for shape in shapes[home]]
    if not shapely.is_empty(drowned):
        shapes[~home] = [_without(shape, drowned) for shape in shapes[~home]]
    if not shapely.is_empty(foreign):
        away = np.where(home, np.inf, shapely.distance(shapes, foreign))
        nearest = int(np.argmin(away))
        shapes[nearest] = shapely.union(shapes[nearest], foreign)
    return land.with_geometry(shapes)


def _without(country: shapely.Geometry, taken: shapely.Geometry) -> shapely.Geometry:
    """Remove an area from a country; islands that it does not touch stay unchanged."""
    islands = shapely.get_parts(country)
    touched = shapely.intersects(islands, taken)
    left = shapely.get_parts(shapely.difference(islands[touched], taken))
    kept: NDArray[np.object_] = np.concatenate([islands[~touched], left[shapely.area(left) > 0]])
    whole: shapely.Geometry = np.asarray(shapely.multipolygons(kept), dtype=object).item()
    return whole


def _strips(
    home: shapely.Geometry,
    others: shapely.Geometry,
    district: shapely.Geometry,
    window: shapely.Geometry,
) -> NDArray[np.object_]:
    """Return land beside the district that is too narrow for a disc, three shapes.

    Of the own country at the sea, of the own country at another country, and of another country
    between the district and the sea.
    """
    beside, abroad = shapely.difference(home, district), shapely.difference(others, district)
    parts, foreign = _narrow(beside, district), _narrow(abroad, district)
    edge = shapely.buffer(shapely.boundary(window), 1.0)
    inside = shapely.union(edge, district)
    coast = shapely.difference(shapely.boundary(shapely.union(home, others)), inside)
    at_border = shapely.dwithin(parts, others, _TOUCH_M)
    at_sea = shapely.dwithin(parts, coast, 1.0) & ~at_border
    before_sea = foreign[shapely.dwithin(foreign, coast, 1.0)]
    kinds = [shapely.union_all(each) for each in (parts[at_sea], parts[at_border], before_sea)]
    # The outline was simplified; no remains of strips may stay along it.
    closed = shapely.buffer(shapely.buffer(kinds, _CLOSE_M, quad_segs=4), _COARSE_M - _CLOSE_M)
    # Land between district and border that strips cut off from the country is no exclave.
    rest = shapely.get_parts(shapely.difference(beside, shapely.union_all(closed)))
    cut_off = rest[
        (shapely.area(rest) < _MOST_M2)
        & shapely.dwithin(rest, others, _TOUCH_M)
        & shapely.dwithin(rest, district, WIDTH_M)
        & ~shapely.intersects(rest, edge)
    ]
    across = shapely.union_all([closed[1], *shapely.buffer(cut_off, _COARSE_M, quad_segs=2)])
    grown: NDArray[np.object_] = np.array([closed[0], across, closed[2]], dtype=object)
    return grown


def _notches(
    home: shapely.Geometry, district: shapely.Geometry, water: shapely.Geometry
) -> shapely.Geometry:
    """Return the ends of strips at the sea that would cut a bay between district and land.

    A strip ends in an arc, where a disc has room again. Its shore runs on from the district's
    instead, as far as a disc in the sea touches both.
    """
    left = shapely.get_parts(shapely.difference(home, shapely.union(district, water)))
    rest = shapely.union_all(left[shapely.area(left) > _SCRAP_M2])
    both, half = shapely.union(shapely.buffer(rest, 1.0), district), WIDTH_M / 2
    closed = shapely.buffer(shapely.buffer(both, half, quad_segs=8), -half, quad_segs=8)
    parts = shapely.get_parts(shapely.intersection(shapely.difference(closed, both), water))
    at_land = shapely.dwithin(parts, rest, _TOUCH_M) & shapely.dwithin(parts, district, _TOUCH_M)
    large = shapely.area(parts) > _LEAST_M2
    notches: shapely.Geometry = shapely.union_all(parts[at_land & large])
    return shapely.buffer(notches, 1.0)


def _scraps(
    land: shapely.Geometry,
    district: shapely.Geometry,
    strips: NDArray[np.object_],
    window: shapely.Geometry,
) -> shapely.Geometry:
    """Return pieces of land at the district that it and the strips cut off from all other land.

    Islands of the layer itself are none: they stay as they are. Neither are holes within the
    district, perhaps with a narrow mouth: they are drawn white, and the office is asked about them.
    """
    left = shapely.difference(land, shapely.union_all([district, strips[0], strips[2]]))
    parts, islands = shapely.get_parts(left), shapely.get_parts(land)
    edge = shapely.buffer(shapely.boundary(window), 1.0)
    parts = parts[
        (shapely.area(parts) < _SCRAP_M2)
        & shapely.dwithin(parts, district, _TOUCH_M)
        & ~shapely.within(parts, _filled(district))
        & ~shapely.intersects(parts, edge)
    ]
    part, island = shapely.STRtree(islands).query(parts, predicate="intersects")
    whole = shapely.area(parts[part]) > _WHOLE * shapely.area(islands[island])
    # The outline was simplified; no remains may stay along it.
    cut_off = shapely.union_all(np.delete(parts, part[whole]))
    scraps: shapely.Geometry = shapely.buffer(cut_off, _TOUCH_M, quad_segs=4)
    return scraps


def _filled(district: shapely.Geometry) -> shapely.Geometry:
    """Return the district with all that it surrounds but for a narrow mouth."""
    closed = shapely.get_parts(shapely.buffer(district, _MOUTH_M / 2, quad_segs=2))
    whole: shapely.Geometry = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(closed)))
    return whole


def _narrow(land: shapely.Geometry, district: shapely.Geometry) -> NDArray[np.object_]:
    """Return the parts of land at the district in which no disc of ``WIDTH_M`` has room."""
    half = WIDTH_M / 2
    wide = shapely.buffer(shapely.buffer(land, -half, quad_segs=8), half * 1.02, quad_segs=8)
    parts = shapely.get_parts(shapely.difference(land, wide))
    kept: NDArray[np.object_] = parts[
        (shapely.area(parts) > _LEAST_M2) & shapely.dwithin(parts, district, _TOUCH_M)
    ]
    return kept
