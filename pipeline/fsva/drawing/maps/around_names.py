"""Names of seas and of neighbouring kabupaten for an edition that gives none itself.

Owns the search for them. It looks at a grid over the map: water belongs to the smallest circle of a
sea that holds it, land to the kabupaten whose point is clearly the nearest. What is not sure to
belong to one of them has no name. A hole of the district with the point of another one in it, such
as a kota within its kabupaten, is the land of that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.editions import layer_schemas
from fsva.config.styles.gazetteer import DistrictPoint, Gazetteer
from fsva.config.styles.locator_windows import Window
from fsva.core.toml import Bilingual
from fsva.drawing.maps import coast
from fsva.drawing.maps.ground import HOME, NamedArea, Surroundings
from fsva.sources.plain import plain_table, shape_table
from fsva.sources.plain.flat_grid import KM_PER_DEGREE
from fsva.sources.plain.shape_table import ShapeTable

_COLUMNS = 60
_COARSE_M = 250.0
# A place belongs to the nearest kabupaten if the second nearest is at least so many times as far.
_CLEARLY = 1.8
# A kota is small: farther from its point the land is not taken for its own.
_CITY_KM = 5.0
_NOBODY = -1


def with_enclaves(surroundings: Surroundings, code: str, gazetteer: Gazetteer) -> Surroundings:
    """Give holes of the district to the kabupaten or kota whose point lies in them.

    Parameters
    ----------
    surroundings : Surroundings
        With holes whose owner nobody names.
    code : str
        Kemendagri code of the district.

    Returns
    -------
    Surroundings
        Holes with a point are named areas, the others stay holes.
    """
    holes = surroundings.holes
    if holes is None:
        return surroundings
    others = [one for one in gazetteer.districts if one.code != code]
    points = shapely.points([(one.longitude, one.latitude) for one in others])
    shapes = shape_table.brought(holes.geometry, holes.crs, surroundings.land.crs)
    hole, point = shapely.STRtree(points).query(shapes, predicate="contains")
    known = [_neighbour(others[p], shapes[h]) for h, p in zip(hole, point, strict=True)]
    left = np.setdiff1d(np.arange(len(shapes)), hole)
    return replace(
        surroundings,
        areas=(*surroundings.areas, *known),
        holes=holes.rows(left) if len(left) else None,
    )


def _neighbour(district: DistrictPoint, area: shapely.Geometry) -> NamedArea:
    """Return the land of a kabupaten; names of places are not translated."""
    return NamedArea(Bilingual(id=district.short, en=district.short), "tetangga", area)


def named(
    surroundings: Surroundings,
    villages: ShapeTable,
    window: Window,
    code: str,
    gazetteer: Gazetteer,
    whole: shapely.Geometry | None = None,
) -> Surroundings:
    """Give surroundings without names those of the gazetteer.

    Parameters
    ----------
    surroundings : Surroundings
        Where they have neighbours with polygons, only seas are named. What has a name keeps it.
    villages : ShapeTable
        Of the district, in metres.
    window : tuple of float
        West, south, east, north of the map, degrees.
    code : str
        Kemendagri code of the district.
    whole : Geometry or None
        The outline of the villages, if that is known already.
    """
    land = surroundings.land
    district_m = shapely.simplify(whole or coast.outline(villages), _COARSE_M)
    near = shapely.buffer(district_m, _COARSE_M, quad_segs=2)
    (district,) = shape_table.brought(plain_table.words([near]), villages.crs, land.crs)
    shown = shapely.clip_by_rect(land.geometry, *window)
    home = land["iso"] == HOME
    told = [area.area for area in surroundings.areas]
    here = shapely.difference(shapely.union_all(shown[home]), shapely.union_all([district, *told]))
    dry = shapely.union_all([*shown, district])
    areas = list(_seas(window, shapely.difference(shapely.box(*window), dry), gazetteer))
    if surroundings.neighbours is None:
        others = tuple(one for one in gazetteer.districts if one.code != code)
        areas += _neighbours(window, here, others)
    return replace(surroundings, areas=(*surroundings.areas, *areas))


def _seas(window: Window, water: shapely.Geometry, gazetteer: Gazetteer) -> Iterator[NamedArea]:
    """Yield the seas of a window; a point lies in the smallest circle that holds it."""
    points, cells = _grid(window, water)
    if not (len(points) and gazetteer.seas):
        return
    radius = np.array([one.radius_km for one in gazetteer.seas])
    centres = [(one.longitude, one.latitude) for one in gazetteer.seas]
    size = np.where(_km(points, centres) <= radius, radius, np.inf)
    held = np.where(np.isfinite(size).any(axis=1), size.argmin(axis=1), _NOBODY)
    names = [one.name.id for one in gazetteer.seas]
    owner = np.array([names.index(names[n]) if n != _NOBODY else _NOBODY for n in held], int)
    for n, area in _areas(owner, cells, water):
        yield NamedArea(gazetteer.seas[n].name, "laut", area)


def _neighbours(
    window: Window, land: shapely.Geometry, others: tuple[DistrictPoint, ...]
) -> Iterator[NamedArea]:
    """Yield the kabupaten of a window."""
    points, cells = _grid(window, land)
    if not len(points):
        return
    distance = _km(points, [(one.longitude, one.latitude) for one in others])
    cities = np.array([layer_schemas.is_city(one.code) for one in others])
    distance[:, cities] = np.where(distance[:, cities] <= _CITY_KM, distance[:, cities], np.inf)
    first, second = np.partition(distance, 1, axis=1)[:, :2].T
    owner = np.where(second >= _CLEARLY * first, distance.argmin(axis=1), _NOBODY)
    for n, area in _areas(owner, cells, land):
        yield _neighbour(others[n], area)


def _grid(
    window: Window, ground: shapely.Geometry
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return the middles, shape (n, 2), and the squares of a grid that lie on some ground."""
    west, south, east, north = window
    step = (east - west) / _COLUMNS
    # Squares share their edges to the last bit: their union has no cracks.
    x = west + step * np.arange(_COLUMNS + 1)
    y = south + step * np.arange(int((north - south) / step) + 2)
    low = np.stack([grid.ravel() for grid in np.meshgrid(x[:-1], y[:-1])], axis=1)
    high = np.stack([grid.ravel() for grid in np.meshgrid(x[1:], y[1:])], axis=1)
    middles = (low + high) / 2
    on_it = shapely.contains_xy(ground, *middles.T)
    return middles[on_it], shapely.box(*low[on_it].T, *high[on_it].T)


def _km(points: NDArray[np.float64], centres: list[tuple[float, float]]) -> NDArray[np.float64]:
    """Return distances from points to centres, both in degrees, shape (points, centres)."""
    away = points[:, None, :] - np.array(centres)[None, :, :]
    away[..., 0] *= np.cos(np.radians(points[:, None, 1]))
    distance: NDArray[np.float64] = np.hypot(away[..., 0], away[..., 1]) * KM_PER_DEGREE
    return distance


def _areas(
    owner: NDArray[np.int64], cells: NDArray[np.object_], ground: shapely.Geometry
) -> Iterator[tuple[int, shapely.Geometry]]:
    """Yield each owner with the ground in its squares, the largest first."""
    owners, count = np.unique(owner[owner != _NOBODY], return_counts=True)
    for n in owners[np.argsort(-count, kind="stable")].tolist():
        yield n, shapely.intersection(shapely.union_all(cells[owner == n]), ground)
