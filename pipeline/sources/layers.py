"""Village boundary layers: reading, coordinate system, the district's rows.

Owns the way from a file to a GeoDataFrame of one row per village in the projection of the
place. It mends nothing; that is ``pipeline.repair``.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from pyproj import CRS
from pyproj.exceptions import ProjError

from pipeline import codes
from pipeline.errors import CodeError, LayerError, Place, SourceError

CODE, NAME = "kode", "nama"
_READING_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)


def read(file: Path, code_field: str, name_field: str) -> gpd.GeoDataFrame:
    """Read a village layer as it is.

    Parameters
    ----------
    file : Path
        GeoJSON, GeoPackage, Shapefile or zipped Shapefile.
    code_field, name_field : str
        Fields with the Kemendagri code and the name; case does not matter.

    Returns
    -------
    GeoDataFrame
        Columns ``kode``, ``nama``, ``geometry`` in the layer's own coordinate system.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        No such field, no coordinate system, no polygons.
    """
    if not file.is_file():
        raise SourceError("berkas_hilang", [Place(file)])
    frame = read_polygons(file)
    fields = {str(name).lower(): name for name in frame.columns}
    missing = [f for f in (code_field, name_field) if f.lower() not in fields]
    if missing:
        known = ", ".join(str(c) for c in frame.columns if c != "geometry")
        places = [Place(file, column=field) for field in missing]
        raise LayerError("ruas_hilang", places, {"ada": known})
    if frame.crs is None:
        raise LayerError("tanpa_crs", [Place(file)])
    chosen = {fields[code_field.lower()]: CODE, fields[name_field.lower()]: NAME}
    layer = frame[[*chosen, "geometry"]].rename(columns=chosen)
    layer[CODE] = layer[CODE].astype("string").str.strip()
    layer[NAME] = layer[NAME].astype("string").str.strip()
    return gpd.GeoDataFrame(layer, geometry="geometry", crs=frame.crs)


def read_polygons(file: Path) -> gpd.GeoDataFrame:
    """Let GDAL read the first layer of a file; refuse what has no polygons.

    Parameters
    ----------
    file : Path
        In any format that GDAL knows.

    Raises
    ------
    SourceError
        The file is unreadable.
    LayerError
        It holds no rows, or shapes that are no polygons.
    """
    try:
        layers = pyogrio.list_layers(file)
        name = layers[0, 0] if len(layers) else None
        frame = pyogrio.read_dataframe(file, layer=name, force_2d=True)
    except (*_READING_ERRORS, UnicodeDecodeError) as problem:
        raise SourceError("layer_tak_terbaca", [Place(file)]) from problem
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise LayerError("layer_kosong", [Place(file)])
    kinds = sorted(set(frame.geom_type.dropna()) - {"Polygon", "MultiPolygon"})
    if kinds:
        raise LayerError("bukan_poligon", [Place(file, found=", ".join(kinds))])
    return frame


def of_district(layer: gpd.GeoDataFrame, district_code: str, file: Path) -> gpd.GeoDataFrame:
    """Keep the villages of one kabupaten, checked for code and shape.

    Parameters
    ----------
    layer : GeoDataFrame
        Columns ``kode``, ``nama``, ``geometry``.
    district_code : str
        Kemendagri code of the kabupaten, ``53.04``.
    file : Path
        Named in errors.

    Returns
    -------
    GeoDataFrame
        Indexed by Kemendagri code and sorted by it; column ``nama`` and the geometry.

    Raises
    ------
    LayerError
        No row belongs to the kabupaten, or a village has no polygon.
    CodeError
        A code of the kabupaten is damaged or stands twice.
    """
    own = layer[layer[CODE].str.startswith(f"{district_code}.", na=False)]
    if own.empty:
        found = ", ".join(sorted(set(layer[CODE].dropna().str[:5]))[:5])
        raise LayerError("daerah_lain", [Place(file, found=found)], {"kode": district_code})
    _stop_at(own[~own[CODE].map(codes.is_kemendagri)], CodeError, "kode_layer", file)
    _stop_at(own[own[CODE].duplicated(keep=False)], CodeError, "kode_layer_ganda", file)
    _stop_at(own[own.geometry.isna() | own.geometry.is_empty], LayerError, "poligon_kosong", file)
    return own.set_index(CODE).sort_index()


def _stop_at(
    rows: gpd.GeoDataFrame, error: type[LayerError] | type[CodeError], key: str, file: Path
) -> None:
    if len(rows):
        raise error(key, [_place(file, row) for _, row in rows.iterrows()])


def _place(file: Path, row: pd.Series) -> Place:
    # GDAL counts the rows of a layer from 0; people count from 1.
    return Place(file, int(str(row.name)) + 1, CODE, str(row[NAME]), str(row[CODE]))


def project(layer: gpd.GeoDataFrame, file: Path) -> gpd.GeoDataFrame:
    """Bring a layer into the UTM zone of its place (WGS 84).

    Parameters
    ----------
    layer : GeoDataFrame
        In any coordinate system with a known datum.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        If the coordinates do not lie in Indonesia in the stated system, or it is not of the Earth.
    """
    try:
        west, south, east, north = layer.to_crs(4326).total_bounds
    except ProjError as problem:
        found = layer.crs.name
        raise LayerError("crs_tak_dikenal", [Place(file, found=found)]) from problem
    if not (90 < west < east < 145 and -13 < south < north < 10):
        found = f"{west:.3f} {south:.3f} {east:.3f} {north:.3f}"
        raise LayerError("di_luar_indonesia", [Place(file, found=found)])
    return layer.to_crs(utm_zone((west + east) / 2, (south + north) / 2))


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
