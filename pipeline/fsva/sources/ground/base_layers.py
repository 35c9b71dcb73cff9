"""Base layers of an office: rivers, roads and capital towns.

Reads these layers of lines and points in the formats of boundary layers, and refuses others. They
hold no values and decide no class.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import ProjError

from fsva.core.errors import LayerError, Place, SourceError
from fsva.sources.layers import crs as systems
from fsva.sources.layers import engines
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

_LINES = ("LineString", "MultiLineString")
_POINTS = ("Point", "MultiPoint")
NAME = "nama"
_LONGEST_NAME = 60


def read_lines(file: Path, crs: CRS, window: shapely.Polygon) -> shapely.MultiLineString:
    """Read the lines of a layer within a map.

    Parameters
    ----------
    crs : CRS
        Projection of the map.
    window : Polygon
        Area of the map, in that projection.

    Raises
    ------
    SourceError
        Missing or unreadable file.
    LayerError
        No rows, geometry other than lines, no coordinate system, or no line in the window.
    """
    cut = shapely.intersection(_read(file, crs, _LINES).geometry, window)
    parts = shapely.get_parts(shapely.get_parts(cut))
    lines = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
    if len(lines) == 0:
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    return shapely.MultiLineString(list(lines))


def read_towns(file: Path, field: str, crs: CRS, window: shapely.Polygon) -> ShapeTable:
    """Read the towns of a layer within a map.

    Parameters
    ----------
    field : str
        Field of names.
    crs : CRS
        Projection of the map.
    window : Polygon
        Ground that the map shows, in that projection.

    Returns
    -------
    ShapeTable
        ``nama`` and a point per town, sorted by name and position; a missing name is "".

    Raises
    ------
    SourceError
        Missing or unreadable file.
    LayerError
        As ``read_lines``; a missing field; a name that is too long.
    """
    read = _read(file, crs, _POINTS)
    if field not in read:
        known = ", ".join(read.columns)
        raise LayerError("ruas_hilang", [Place(file, column=field)], {"ada": known})
    names = [_name(value) for value in plain_table.told(plain_table.as_text(read[field]))]
    long = [name for name in names if len(name) > _LONGEST_NAME]
    if long:
        places = [Place(file, column=field, found=name[:80]) for name in long]
        raise LayerError("dasar_peta_nama", places, {"batas": str(_LONGEST_NAME)})
    points, owner = shapely.get_parts(read.geometry, return_index=True)
    inside = shapely.within(points, window)
    points, called = points[inside], plain_table.words(names)[owner[inside]]
    if not len(points):
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    order = np.lexsort((shapely.get_y(points), shapely.get_x(points), called.astype(str)))
    return ShapeTable(np.arange(len(points)), {NAME: called[order]}, "", points[order], crs)


def _name(value: str) -> str:
    """Return a name as one line of printable characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _read(file: Path, crs: CRS, kinds: tuple[str, ...]) -> ShapeTable:
    if not file.is_file():
        raise SourceError("berkas_hilang", [Place(file)])
    layers = engines.headers(file)
    if not layers:
        raise LayerError("layer_kosong", [Place(file)])
    read = engines.read(file, layers[0])
    read = read.rows(~shapely.is_missing(read.geometry) & ~shapely.is_empty(read.geometry))
    if not len(read):
        raise LayerError("layer_kosong", [Place(file)])
    strange = sorted({shape.geom_type for shape in read.geometry} - set(kinds))
    if strange:
        place = Place(file, found=", ".join(strange))
        raise LayerError("dasar_peta_jenis", [place], {"harap": ", ".join(kinds)})
    if read.system is None:
        raise LayerError("tanpa_crs", [Place(file)])
    return _projected(read, systems.flat(read.crs), crs, file)


def _projected(read: ShapeTable, level: CRS, crs: CRS, file: Path) -> ShapeTable:
    if not systems.is_on_earth(level):
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)])
    try:
        placed = replace(read, system=level).to_crs(crs)
    except ProjError as problem:
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)]) from problem
    if not np.isfinite(placed.total_bounds).all():
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    return placed
