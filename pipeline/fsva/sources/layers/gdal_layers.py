"""Layers read by GDAL, through pyogrio or fiona.

Owns the calls into both, so that no other module depends on the choice. Each brings its own GDAL; a
test checks that both return the same rows. Whoever needs this module imports it late: GDAL takes
40 MiB and a thirtieth of the time of an atlas.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely.geometry
from pyproj import CRS
from pyproj.exceptions import CRSError

from fsva.config.editions.layer_schemas import Engine
from fsva.core import bounds, memory
from fsva.core.errors import Place, SourceError
from fsva.core.resources import resolved
from fsva.sources.layers import archives, drivers, layer_files, layer_header
from fsva.sources.layers.layer_header import LayerHeader
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

with memory.without_frames():
    import pyogrio

_READING_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    shapely.errors.GEOSException,
    UnicodeDecodeError,
)
# What the reader raises at a coordinate system that it cannot understand; the former is its defect.
_SYSTEM_ERRORS = (UnboundLocalError, pyogrio.errors.CRSError, CRSError)
_DATABASE_SAYS = "sqlite3_"
# What GDAL says of a village of a GeoJSON that is too long, or nested too deep.
_TOO_LARGE = ("too complex", "too large", "OGR_GEOJSON_MAX_OBJ_SIZE")
# Drivers that count the rows of a layer from 1; the others count from 0.
_FROM_ONE = ("GPKG", "OpenFileGDB", "LIBKML", "KML")
# Layers to look for in folders of a zip; GDAL itself looks only at the top level.
_KMZ = ".kmz"
_PACKED = (".shp", ".gpkg", ".geojson", ".fgb", ".kml", _KMZ)
_POLYGONS = ("Polygon", "MultiPolygon", "Unknown", "GeometryCollection", "Curve", "Surface")


def headers(file: Path) -> list[LayerHeader]:
    """Return the headers of all layers of a file, in the order of the file.

    Raises
    ------
    SourceError
        The file is unreadable, or of no format that is read.
    """
    with drivers.only(drivers.of(file)):
        _stop_at_parts(file)
        try:
            return _opened(file)
        except _SYSTEM_ERRORS as problem:
            raise _unknown_system(file, problem) from problem
        except _READING_ERRORS as problem:
            raise _unreadable(file, problem) from problem


def _stop_at_parts(file: Path) -> None:
    """Stop at a Shapefile without its index or its fields."""
    if file.suffix.lower() != ".shp":
        return
    beside = {part.suffix.lower() for part in layer_files.of_layer(file)}
    missing = [ending for ending in (".shx", ".dbf") if ending not in beside]
    if missing:
        raise SourceError("layer_bagian", [Place(file)], {"bagian": ", ".join(missing)})


def _unknown_system(file: Path, problem: Exception) -> SourceError:
    """Return the error of a coordinate system that nobody understands, or of a table without one.

    A view of what is not there fails where its coordinate system is asked for.
    """
    if _DATABASE_SAYS in str(problem):
        return _unreadable(file, problem)
    return SourceError("layer_prj", [Place(file)])


def _unreadable(file: Path, problem: Exception) -> SourceError:
    """Return the error of a layer that GDAL does not read."""
    if any(words in str(problem) for words in _TOO_LARGE):
        return SourceError("layer_objek", [Place(file)])
    if file.suffix.lower() in (".zip", _KMZ):
        return archives.unreadable(file)
    return SourceError("layer_tak_terbaca", [Place(file)])


def _opened(file: Path) -> list[LayerHeader]:
    """Return what a file says, or what lies in a folder or in the folders of a zip.

    A path from the root is a file: no driver takes it for an address.
    """
    if file.is_dir() and not layer_files.is_geodatabase(file):
        members = layer_files.in_folder(file.absolute())
        return [header for member in members for header in _headers(str(member))]
    try:
        whole = _headers(str(file.absolute()))
    except _SYSTEM_ERRORS:
        raise
    except _READING_ERRORS:
        packed = _inside(file)
        if not packed:
            raise
        return [header for path in packed for header in _headers(path)]
    return _with_fields(file, whole) if file.suffix.lower() == _KMZ else whole


def _with_fields(file: Path, whole: list[LayerHeader]) -> list[LayerHeader]:
    """Return the layers of a KMZ; GDAL reads the first KML only, and may lose its fields.

    A KML without rows names the others, as the first of a KMZ by GDAL and QGIS does.
    """
    inside = _inside(file)
    alone = [header for path in inside for header in _headers(path)]
    if len(inside) > 1:
        return [header for header in alone if header.n_rows] or whole
    most = max((len(header.fields) for header in whole), default=0)
    return alone if any(len(header.fields) > most for header in alone) else whole


def _inside(file: Path) -> list[str]:
    """Return the layers in a KMZ or in folders of a zip, as GDAL names them, without unpacking."""
    if file.suffix.lower() not in (".zip", _KMZ):
        return []
    names = [PurePosixPath(entry.filename) for entry in archives.members(file)]
    members = [n for n in names if n.parts and n.parts[0] != "__MACOSX" and n.name[:2] != "._"]
    folders = [p for n in members for p in (n, *n.parents) if p.suffix.lower() == ".gdb"]
    files = [n for n in members if n.suffix.lower() in _PACKED]
    return [f"/vsizip/{resolved(file)}/{member}" for member in sorted({*folders, *files})]


def _headers(path: str) -> list[LayerHeader]:
    with _silently():
        numbers = (
            [0] if layer_header.is_only(Path(path)) else pyogrio.list_layers(path)[:, 0].tolist()
        )
        most = bounds.load().layer.layers
        if len(numbers) > most:
            raise SourceError(
                "lapisan_lapis",
                [Place(Path(path))],
                {"jumlah": bounds.told(len(numbers)), "batas": bounds.told(most)},
            )
        return [_header(path, layer) for layer in numbers]


def _header(path: str, layer: str | int) -> LayerHeader:
    info = pyogrio.read_info(path, layer=layer)
    kinds = zip(info["fields"], info["ogr_types"], strict=True)
    fields = {str(name): kind in ("OFTInteger", "OFTInteger64", "OFTReal") for name, kind in kinds}
    shape = str(info["geometry_type"] or "")
    polygons = any(kind in shape for kind in _POLYGONS)
    return LayerHeader(
        str(info["layer_name"]),
        fields,
        polygons,
        int(info["driver"] in _FROM_ONE),
        path,
        max(int(info["features"]), 0),
    )


def read(
    file: Path,
    header: LayerHeader,
    columns: Sequence[str] | None,
    where: str | None,
    engine: Engine,
) -> ShapeTable:
    """Read the rows of a layer as ``engines.read`` does, whatever their size and coordinates."""
    rows = _pyogrio if engine == "pyogrio" else _fiona
    try:
        with drivers.only(drivers.of(file)), _silently():
            encoding = _encoding(file, header, columns, where)
            found = rows(file, header, columns, where, encoding)
    except _SYSTEM_ERRORS as problem:
        raise _unknown_system(file, problem) from problem
    except _READING_ERRORS as problem:
        raise _unreadable(file, problem) from problem
    return replace(found, index=found.index - header.first_row)


def values(file: Path, header: LayerHeader, column: str) -> list[str]:
    """Return the different texts of one field of a layer, sorted, without its shapes."""
    with drivers.only(drivers.of(file)), _silently():
        *_, (found,) = pyogrio.raw.read(
            header.path,
            layer=header.layer,
            columns=[column],
            read_geometry=False,
            encoding=encodings(Path(header.path) if file.is_dir() else file)[-1],
            datetime_as_string=True,
        )
    return sorted({str(value) for value in found if value is not None and value == value})


def _encoding(
    file: Path, header: LayerHeader, columns: Sequence[str] | None, where: str | None
) -> str | None:
    """Return the first encoding that decodes all texts; None is the one that the layer states."""
    *first, last = encodings(Path(header.path) if file.is_dir() else file)
    for encoding in first:
        try:
            pyogrio.raw.read(
                header.path,
                layer=header.layer,
                columns=columns,
                where=where,
                encoding=encoding,
                read_geometry=False,
                datetime_as_string=True,
            )
        except UnicodeDecodeError:
            continue
        return encoding
    return last


def encodings(file: Path) -> tuple[str | None, ...]:
    """Return the encodings to try: what the layer says, or UTF-8 and then Windows' own.

    Parameters
    ----------
    file : Path
        Only a Shapefile without .cpg does not say its encoding.
    """
    suffix = file.suffix.lower()
    if suffix == ".zip":
        return (None,) if _archive_says(file) else ("UTF-8", "CP1252")
    said = any(part.suffix.lower() == ".cpg" for part in file.parent.glob(f"{file.stem}.*"))
    return ("UTF-8", "CP1252") if suffix in (".shp", ".dbf") and not said else (None,)


def _archive_says(file: Path) -> bool:
    """Tell whether a zipped layer states its encoding, or is no Shapefile."""
    suffixes = {Path(entry.filename).suffix.lower() for entry in archives.members(file)}
    return ".cpg" in suffixes or ".shp" not in suffixes


@contextmanager
def _silently() -> Iterator[None]:
    """Keep off the screen what GDAL says of a layer, in English and with texts of the file.

    Measures (M) are dropped and rings closed on purpose; what else is wrong shows in the rows.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _pyogrio(
    file: Path,
    header: LayerHeader,
    columns: Sequence[str] | None,
    where: str | None,
    encoding: str | None,
) -> ShapeTable:
    about, places, drawn, cells = pyogrio.raw.read(
        header.path,
        layer=header.layer,
        columns=columns,
        where=where,
        encoding=encoding,
        force_2d=True,
        return_fids=True,
        datetime_as_string=True,
    )
    texts = dict(zip(map(str, about["fields"]), cells, strict=True))
    if drawn is None:
        return ShapeTable(places, texts, "fid", plain_table.words([None] * len(places)))
    # Rings are closed; what has too few points for one becomes None.
    shapes = np.asarray(shapely.from_wkb(drawn, on_invalid="fix"), dtype=object)
    crs = CRS.from_user_input(about["crs"]) if about["crs"] else None
    return ShapeTable(places, texts, "fid", shapes, crs)


def _fiona(
    file: Path,
    header: LayerHeader,
    columns: Sequence[str] | None,
    where: str | None,
    encoding: str | None,
) -> ShapeTable:
    # fiona is optional: only editions that name it need it.
    try:
        import fiona
    except ImportError as problem:
        raise SourceError("fiona_paket", [Place(file)]) from problem

    source = f"zip://{file.absolute()}" if header.path.lower().endswith(".zip") else header.path
    try:
        with (
            fiona.Env(**drivers.NO_NETWORK),
            fiona.open(
                source,
                layer=header.layer,
                encoding=encoding,
                enabled_drivers=[*drivers.of(file)],
            ) as layer,
        ):
            rows = list(layer.filter(where=where))
            crs = CRS.from_wkt(layer.crs_wkt) if layer.crs_wkt else None
            names = layer.schema["properties"] if columns is None else columns
    except fiona.errors.DriverError as problem:  # its wheel has no driver for KML
        raise SourceError("fiona_format", [Place(file)]) from problem
    except fiona.errors.FionaError as problem:
        raise SourceError("layer_tak_terbaca", [Place(file)]) from problem
    shapes = plain_table.words(_flat_shape(row.geometry) for row in rows)
    cells = {n: plain_table.of_values(row.properties[n] for row in rows) for n in names}
    index = np.array([int(row.id) for row in rows], dtype=np.int64)
    return ShapeTable(index, cells, "fid", shapes, crs)


def _flat_shape(geometry: Any) -> shapely.Geometry | None:  # noqa: ANN401 - fiona is untyped
    shape = None if geometry is None else shapely.geometry.shape(geometry)
    return None if shape is None else shapely.force_2d(shape)
