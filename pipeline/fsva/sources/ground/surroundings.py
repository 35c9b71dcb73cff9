"""Layers around the district: land of all countries, neighbours.

Reads the layers that the maps show in muted colours. They belong to the project or to the edition
and hold no values.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from fsva.core.errors import LayerError, Place, SourceError
from fsva.sources.layers import village_layer
from fsva.sources.plain.shape_table import ShapeTable

LAND_COLUMNS = ("iso", "nama")
INDONESIA = "360"
NEIGHBOUR_COLUMNS = ("jenis", "nama")


def read_land(file: Path) -> ShapeTable:
    """Read the land polygons of the region.

    Parameters
    ----------
    file : Path
        Columns ``iso`` (numeric country code) and ``nama``, in degrees.
    """
    return _read(file, LAND_COLUMNS)


def land_within(
    file: Path, west: float, south: float, east: float, north: float
) -> shapely.Geometry:
    """Return the land within a frame as one shape.

    Parameters
    ----------
    file : Path
        See ``read_land``.
    west, south, east, north : float
        Degrees; a frame without width or height, as of an empty or infinite layer, has no land.
    """
    if not (west < east and south < north and np.isfinite([west, south, east, north]).all()):
        return shapely.MultiPolygon()
    return _clipped(read_land(file), (west, south, east, north))


def land_and_abroad(
    file: Path, frame: tuple[float, float, float, float]
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the land within a frame, and the part of it that belongs to other countries.

    Parameters
    ----------
    file : Path
        See ``read_land``.
    frame : (float, float, float, float)
        West, south, east, north in degrees.
    """
    land = read_land(file)
    return _clipped(land, frame), _clipped(land.rows(land["iso"].astype(str) != INDONESIA), frame)


def _clipped(land: ShapeTable, frame: tuple[float, float, float, float]) -> shapely.Geometry:
    pieces = [shapely.clip_by_rect(piece, *frame) for piece in land.geometry]
    return shapely.union_all([piece for piece in pieces if not shapely.is_empty(piece)])


def read_neighbours(file: Path) -> ShapeTable:
    """Read the neighbours of the district.

    Parameters
    ----------
    file : Path
        Columns ``jenis`` (``kabupaten`` or ``negara``) and ``nama``, in degrees.
    """
    return _read(file, NEIGHBOUR_COLUMNS)


def read_neighbours_as_one(file: Path) -> shapely.Geometry:
    """Read the neighbours of the district as one shape, in degrees.

    Parameters
    ----------
    file : Path
        See ``read_neighbours``.
    """
    return shapely.union_all(read_neighbours(file).geometry)


def _read(file: Path, columns: tuple[str, ...]) -> ShapeTable:
    if not file.is_file():
        raise SourceError("berkas_hilang", [Place(file)])
    read = village_layer.read_polygons(file)
    missing = [name for name in columns if name not in read]
    if missing:
        known = ", ".join(read.columns)
        places = [Place(file, column=name) for name in missing]
        raise LayerError("ruas_hilang", places, {"ada": known})
    return _valid(read).to_crs(4326)


def _valid(read: ShapeTable) -> ShapeTable:
    """Repair outlines that cross themselves, and leave out areas that become empty."""
    shapes = read.geometry.copy()
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = shapely.make_valid(shapes[crossed], method="structure", keep_collapsed=False)
    bare = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return read.with_geometry(shapes).rows(~bare)
