"""Coordinate systems of layers: two-dimensional, known, and in Indonesia.

Owns the removal of heights from a system, the recognition of descriptions without a number, and the
projection of the maps: the UTM zone of the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from fsva.core.errors import LayerError, Place
from fsva.core.message_values import Extent
from fsva.sources.plain import plain_table, shape_table
from fsva.sources.plain.shape_table import ShapeTable

# Least confidence (pyproj's percentage) to take a description for a numbered system.
SURE = 90
# Decimals of coordinates: about a thousandth of a millimetre.
METRE_DIGITS, DEGREE_DIGITS = 6, 11


def flat(crs: CRS) -> CRS:
    """Return a system without heights, as a numbered system if its description matches one.

    Parameters
    ----------
    crs : CRS
        As the layer states it: compound, with a third axis, or without an authority.

    Examples
    --------
    >>> flat(CRS("EPSG:9518")).to_epsg(), flat(CRS("EPSG:4979")).to_epsg()
    (4326, 4326)
    """
    level = crs.sub_crs_list[0] if crs.is_compound else crs
    if len(level.axis_info) > 2:
        level = level.to_2d()
    known = level.to_authority(auth_name="EPSG", min_confidence=SURE)
    return CRS.from_authority(*known) if known else level


def is_on_earth(crs: CRS) -> bool:
    """Tell whether a system is tied to the Earth: its datum can be transformed to WGS 84.

    Parameters
    ----------
    crs : CRS
        From ``flat``.
    """
    try:
        Transformer.from_crs(crs, 4326, always_xy=True, allow_ballpark=False)
    except ProjError:
        return False
    return True


def in_degrees(layer: ShapeTable, file: Path) -> ShapeTable:
    """Return a layer in degrees of WGS 84, wherever it lies.

    Parameters
    ----------
    layer : ShapeTable
        In any coordinate system with a known datum; heights in it do not matter.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        If its coordinate system is not of the Earth.
    """
    try:
        return _level(layer, file).to_crs(4326)
    except ProjError as problem:
        raise LayerError("crs_tak_dikenal", [Place(file, found=layer.crs.name)]) from problem


def _level(layer: ShapeTable, file: Path) -> ShapeTable:
    level = flat(layer.crs)
    if not is_on_earth(level):
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)])
    # A height of 1e30 would make the place itself infinite.
    has_z = shapely.has_z(layer.geometry).any()
    shapes = shapely.force_2d(layer.geometry) if has_z else layer.geometry
    return replace(layer, geometry=shapes, system=level)


def project(layer: ShapeTable, file: Path, *, anywhere: bool = False) -> ShapeTable:
    """Bring a layer into the UTM zone of its place (WGS 84).

    Parameters
    ----------
    layer : ShapeTable
        In any coordinate system with a known datum; heights in it do not matter.
    file : Path
        Named in errors.
    anywhere : bool
        Whether it may lie outside Indonesia, because the office has accepted that.

    Raises
    ------
    LayerError
        If the coordinates do not lie in Indonesia in the stated system, or it is not of the Earth.
    """
    level_layer = _level(layer, file)
    degrees = in_degrees(layer, file)
    # Of the points themselves: the bounds of a polygon leave its holes out.
    points = shapely.get_coordinates(degrees.geometry)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    if not anywhere and not (90 < west < east < 145 and -13 < south < north < 10):
        bounds = Extent(float(west), float(south), float(east), float(north))
        raise LayerError("di_luar_indonesia", [Place(file, found=bounds)])
    zone = utm_zone((west + east) / 2, (south + north) / 2)
    moved = level_layer.to_crs(zone)
    return moved.with_geometry(settled(moved.geometry, zone))


def brought(
    shapes: Sequence[shapely.Geometry] | NDArray[np.object_], start: CRS, end: CRS
) -> NDArray[np.object_]:
    """Bring shapes from one coordinate system into another, as ``settled`` does."""
    return settled(shape_table.brought(plain_table.words(shapes), start, end), end)


def settled(shapes: NDArray[np.object_], system: CRS) -> NDArray[np.object_]:
    """Round coordinates to a thousandth of a millimetre.

    The last bits of a projection differ between processors and between Linux and Windows, and what
    is reckoned from them would differ on paper.

    Parameters
    ----------
    shapes : array of Geometry
        In metres, or in degrees if ``system`` is geographic.
    """
    digits = DEGREE_DIGITS if system.is_geographic else METRE_DIGITS
    rounded: NDArray[np.object_] = shapely.transform(shapes, lambda xy: np.round(xy, digits))
    return rounded


def utm_zone(longitude: float, latitude: float) -> CRS:
    """Return the WGS 84 / UTM zone of a place.

    Parameters
    ----------
    longitude, latitude : float
        Degrees.

    Examples
    --------
    >>> utm_zone(125.0, -9.1).name
    'WGS 84 / UTM zone 51S'
    """
    zone = int((longitude + 180) // 6) + 1
    return CRS.from_epsg((32700 if latitude < 0 else 32600) + zone)
