"""Base layers of an office: rivers, roads and capital towns.

Reads these layers of lines and points in the formats of boundary layers, and refuses others. They
hold no values and decide no class.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import ProjError

from fsva.core.errors import LayerError, Place, SourceError
from fsva.sources.layers import crs as systems
from fsva.sources.layers import engines

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
    frame = _read(file, crs, _LINES)
    cut = shapely.intersection(frame.geometry.to_numpy(), window)
    parts = shapely.get_parts(shapely.get_parts(cut))
    lines = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
    if len(lines) == 0:
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    return shapely.MultiLineString(list(lines))


def read_towns(file: Path, field: str, crs: CRS, window: shapely.Polygon) -> gpd.GeoDataFrame:
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
    GeoDataFrame
        ``nama`` and a point per town, sorted by name and position; a missing name is "".

    Raises
    ------
    SourceError
        Missing or unreadable file.
    LayerError
        As ``read_lines``; a missing field; a name that is too long.
    """
    frame = _read(file, crs, _POINTS)
    if field not in frame.columns:
        known = ", ".join(str(c) for c in frame.columns if c != frame.geometry.name)
        raise LayerError("ruas_hilang", [Place(file, column=field)], {"ada": known})
    names = [_name(value) for value in frame[field].astype("string").fillna("")]
    long = [name for name in names if len(name) > _LONGEST_NAME]
    if long:
        places = [Place(file, column=field, found=name[:80]) for name in long]
        raise LayerError("dasar_peta_nama", places, {"batas": str(_LONGEST_NAME)})
    towns = gpd.GeoDataFrame({NAME: names}, geometry=frame.geometry.to_numpy(), crs=crs)
    towns = towns.explode(ignore_index=True)
    towns = towns[towns.within(window)]
    if towns.empty:
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    order = np.lexsort((towns.geometry.y, towns.geometry.x, towns[NAME].to_numpy(dtype=str)))
    return towns.iloc[order].reset_index(drop=True)


def _name(value: str) -> str:
    """Return a name as one line of printable characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _read(file: Path, crs: CRS, kinds: tuple[str, ...]) -> gpd.GeoDataFrame:
    if not file.is_file():
        raise SourceError("berkas_hilang", [Place(file)])
    layers = engines.headers(file)
    if not layers:
        raise LayerError("layer_kosong", [Place(file)])
    frame = engines.read(file, layers[0])
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    if frame.empty:
        raise LayerError("layer_kosong", [Place(file)])
    strange = sorted(set(frame.geom_type) - set(kinds))
    if strange:
        place = Place(file, found=", ".join(strange))
        raise LayerError("dasar_peta_jenis", [place], {"harap": ", ".join(kinds)})
    if frame.crs is None:
        raise LayerError("tanpa_crs", [Place(file)])
    return _projected(frame, crs, file)


def _projected(frame: gpd.GeoDataFrame, crs: CRS, file: Path) -> gpd.GeoDataFrame:
    level = systems.flat(frame.crs)
    if not systems.is_on_earth(level):
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)])
    try:
        placed = frame.set_crs(level, allow_override=True).to_crs(crs)
    except ProjError as problem:
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)]) from problem
    if not np.isfinite(placed.total_bounds).all():
        raise LayerError("dasar_peta_di_luar", [Place(file)])
    return placed
