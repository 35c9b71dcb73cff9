"""Village boundary layers: reading, coordinate system, the district's rows.

Owns the way from a file to a GeoDataFrame of one row per village in the projection of the
place. It mends nothing; that is ``pipeline.repair``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from pyproj import CRS
from pyproj.exceptions import ProjError

from pipeline import schema
from pipeline.errors import LayerError, Place, SourceError
from pipeline.schema import Fields, Schema
from pipeline.sources import crs, engines, parts, prefixes, settle
from pipeline.sources.engines import Engine, Header
from pipeline.sources.prefixes import BPS_PREFIX
from pipeline.sources.settle import CODE, DISTRICT, NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.sections import Settings

_SHAPES = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True)
class Request:
    """Which villages of which layer are wanted.

    Parameters
    ----------
    file : Path
        Shapefile (zipped or not), GeoPackage, File Geodatabase, GeoJSON, KML, KMZ, FlatGeobuf.
    district : str
        Kemendagri code of the kabupaten, ``53.04``.
    bps_district : str or None
        BPS code, ``5306``; without it, codes of BPS are not looked for.
    code_field, name_field : str or None
        Fields with code and name; None recognises the layer's schema.
    engine : {"pyogrio", "fiona"}
        The library that reads.
    """

    file: Path
    district: str
    bps_district: str | None = None
    code_field: str | None = None
    name_field: str | None = None
    engine: Engine = "pyogrio"


@dataclass(frozen=True)
class Rows:
    """The rows of a kabupaten as the layer has them.

    Parameters
    ----------
    frame : GeoDataFrame
        ``kode``, ``nama``, ``geometry``, and ``kabupaten`` (bool) where the layer names the
        kabupaten in a field of its own; indexed by the row of the layer from 0.
    schema : Schema
        What was recognised.
    is_bps : bool
        Whether the codes are those of BPS.
    """

    frame: gpd.GeoDataFrame
    schema: Schema
    is_bps: bool


def read(
    file: Path, code_field: str | None = None, name_field: str | None = None
) -> gpd.GeoDataFrame:
    """Read a whole village layer as it is.

    Parameters
    ----------
    file : Path
        In any of the formats of ``Request``.
    code_field, name_field : str or None
        Fields with code and name; case does not matter. None recognises the schema.

    Returns
    -------
    GeoDataFrame
        Columns ``kode``, ``nama``, ``geometry`` in the layer's own coordinate system.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        No such field, unknown schema, no official codes, no coordinate system, no polygons.
    """
    header, fields = recognise(file, code_field, name_field)
    frame = checked(engines.read(file, header, fields.all), file)
    return _named(frame, fields)[[CODE, NAME, "geometry"]]


def recognise(
    file: Path, code_field: str | None = None, name_field: str | None = None
) -> tuple[Header, Fields]:
    """Find the layer of villages in a file, and its fields of code and name.

    Parameters
    ----------
    file : Path
        In any of the formats of ``Request``.
    code_field, name_field : str or None
        As the office names them; None goes through the known schemas.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        The fields are missing or unknown, or they are no official codes.
    """
    if not parts.is_layer(file):
        raise SourceError("berkas_hilang", [Place(file)])
    found = engines.headers(file)
    if not found:
        raise LayerError("layer_kosong", [Place(file)])
    held = [header for header in found if header.may_hold_polygons] or found[:1]
    known = _schemas(code_field, name_field)
    for header in held:
        fields = schema.recognise(list(header.fields), known)
        if fields is not None:
            _stop_without_codes(fields, fields.schema.writing == "tanpa", file)
            return header, fields
    raise _unknown(list(held[0].fields), code_field, name_field, file)


def fields_of(names: Sequence[str], request: Request) -> Fields:
    """Find the fields of code and name among the fields of one layer.

    Parameters
    ----------
    names : sequence of str
        Fields of the layer.
    request : Request
        What the office says of them.

    Raises
    ------
    LayerError
        As ``recognise``.
    """
    fields = schema.recognise(names, _schemas(request.code_field, request.name_field))
    if fields is None:
        raise _unknown(names, request.code_field, request.name_field, request.file)
    _stop_without_codes(fields, fields.schema.writing == "tanpa", request.file)
    return fields


def _schemas(code_field: str | None, name_field: str | None) -> Sequence[Schema]:
    if code_field is None or name_field is None:
        return schema.shipped()
    return (schema.mapped(code_field, name_field),)


def _unknown(
    names: Sequence[str], code_field: str | None, name_field: str | None, file: Path
) -> LayerError:
    known = ", ".join(names)
    if code_field is None or name_field is None:
        return LayerError("skema_layer", [Place(file)], {"ada": known})
    present = {name.lower() for name in names}
    missing = [f for f in (code_field, name_field) if f.lower() not in present]
    places = [Place(file, column=field) for field in missing]
    return LayerError("ruas_hilang", places, {"ada": known})


def _stop_without_codes(fields: Fields, lacking: bool, file: Path) -> None:
    if lacking:
        place = Place(file, column=fields.code)
        raise LayerError("layer_tanpa_kode", [place], {"skema": fields.schema.name})


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
    found = engines.headers(file)
    if not found:
        raise LayerError("layer_kosong", [Place(file)])
    return checked(engines.read(file, found[0]), file)


def checked(frame: gpd.GeoDataFrame, file: Path) -> gpd.GeoDataFrame:
    """Return rows that have a place and whose shapes are polygons; refuse all others.

    Parameters
    ----------
    frame : GeoDataFrame
        Rows of a layer.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        No rows, no coordinate system, or shapes that are no polygons.
    """
    if frame.empty:
        raise LayerError("layer_kosong", [Place(file)])
    kinds = sorted(set(frame.geom_type.dropna()) - _SHAPES)
    if kinds:
        raise LayerError("bukan_poligon", [Place(file, found=", ".join(kinds))])
    if frame.crs is None:
        raise LayerError("tanpa_crs", [Place(file)])
    return frame


def _named(frame: gpd.GeoDataFrame, fields: Fields) -> gpd.GeoDataFrame:
    """Give the fields their own names, their values as text without spaces around them."""
    columns = {CODE: _text(frame[fields.code]), NAME: _text(frame[fields.name])}
    if fields.district:
        columns[DISTRICT] = _text(frame[fields.district])
    return gpd.GeoDataFrame(columns, geometry=frame.geometry, crs=frame.crs)


def _text(values: pd.Series) -> pd.Series[str]:
    """Return values as text; a whole number, also one stored with decimals, as its digits."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("string").str.strip()


def read_district(request: Request) -> Rows:
    """Read the rows of one kabupaten; the driver hands over no others.

    Parameters
    ----------
    request : Request
        Layer and kabupaten.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        As ``read``; or no row belongs to the kabupaten.
    """
    file = request.file
    header, fields = recognise(file, request.code_field, request.name_field)
    where = condition(header, fields, request)
    frame = engines.read(file, header, fields.all, where, request.engine)
    if not has_own(frame, fields, request):
        raise no_rows(engines.values(file, header, fields.code), fields, request)
    return rows_of(checked(frame, file), fields, request)


def has_own(frame: gpd.GeoDataFrame, fields: Fields, request: Request) -> bool:
    """Tell whether a code among some rows is of the kabupaten.

    Parameters
    ----------
    frame : GeoDataFrame
        With the layer's own fields.
    fields : Fields
        Of the layer.
    request : Request
        The kabupaten.
    """
    begins = tuple(beginnings(fields, request))
    return bool(_text(frame[fields.code]).fillna("").str.startswith(begins).any())


def condition(header: Header, fields: Fields, request: Request) -> str | None:
    """Return the condition in SQL by which a driver hands over one kabupaten's rows.

    Parameters
    ----------
    header : Header
        Tells whether the codes are numbers.
    fields : Fields
        Of the layer.
    request : Request
        The kabupaten.
    """
    numeric = header.fields[fields.code]
    return prefixes.condition(fields, numeric, request.district, request.bps_district)


def beginnings(fields: Fields, request: Request) -> list[str]:
    """Return how the codes of the kabupaten may begin in a layer.

    Parameters
    ----------
    fields : Fields
        Of the layer.
    request : Request
        The kabupaten.
    """
    schema = fields.schema
    return prefixes.of_codes(schema.writing, schema.prefix, request.district, request.bps_district)


def no_rows(found: Iterable[str], fields: Fields, request: Request) -> LayerError:
    """Return the error that says that a layer has no row of the kabupaten, and whose it has.

    Parameters
    ----------
    found : iterable of str
        Codes of the layer, or how they begin.
    fields : Fields
        Of the layer.
    request : Request
        The kabupaten.
    """
    if fields.schema.may_lack_codes:
        place = Place(request.file, column=fields.code)
        return LayerError("layer_tanpa_kode", [place], {"skema": fields.schema.name})
    starts = sorted({code.strip()[: len("53.04") + len(fields.schema.prefix)] for code in found})
    if not starts:
        return LayerError("layer_kosong", [Place(request.file)])
    place = Place(request.file, found=", ".join(starts[:5]))
    return LayerError("daerah_lain", [place], {"kode": request.district})


def rows_of(frame: gpd.GeoDataFrame, fields: Fields, request: Request) -> Rows:
    """Say what the codes of rows are, and drop what stands before them.

    Parameters
    ----------
    frame : GeoDataFrame
        With the layer's own fields.
    fields : Fields
        Of the layer.
    request : Request
        The kabupaten.
    """
    frame = _named(frame, fields)
    begins = beginnings(fields, request)
    dotted = tuple(begin for begin in begins if begin.endswith("."))
    is_bps = not frame[CODE].fillna("").str.startswith(dotted).any()
    if DISTRICT in frame:
        named = {begin.removesuffix(".") for begin in begins}
        frame = frame.assign(**{DISTRICT: frame[DISTRICT].isin(named)})
    before = BPS_PREFIX if is_bps else fields.schema.prefix
    frame = frame.assign(**{CODE: frame[CODE].str.removeprefix(before)})
    return Rows(frame, fields.schema, bool(is_bps))


def request_of(settings: Settings, file: Path) -> Request:
    """Return which villages of a layer an edition wants.

    Parameters
    ----------
    settings : Settings
        Content of edition.toml; fields that it does not name are recognised.
    file : Path
        The layer.
    """
    district, boundary = settings.district, settings.boundary
    named = {"code_field", "name_field"} & boundary.model_fields_set
    fields = (boundary.code_field, boundary.name_field) if named else (None, None)
    return Request(file, district.code, district.bps_code, *fields)


def villages(request: Request, crosswalk: pd.DataFrame) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read the villages of a kabupaten from a layer of any known schema.

    Parameters
    ----------
    request : Request
        Layer and kabupaten.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``; codes of BPS go through it.

    Returns
    -------
    layer : GeoDataFrame
        Indexed by Kemendagri code and sorted by it; ``nama`` and the geometry.
    ledger : DataFrame
        Rows left out and rows united, columns ``settle.LEDGER_COLUMNS``.

    Raises
    ------
    FsvaError
        As ``read_district``, ``settle.to_kemendagri``, ``settle.one_per_village``.
    """
    return settled(read_district(request), request, crosswalk)


def settled(
    rows: Rows, request: Request, crosswalk: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Turn the rows of a kabupaten into its villages, as ``villages`` does.

    Parameters
    ----------
    rows : Rows
        From ``read_district``.
    request : Request
        Layer and kabupaten.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``.
    """
    frame = rows.frame
    if rows.is_bps:
        frame = settle.to_kemendagri(frame, crosswalk, request.file)
    return settle.one_per_village(frame, request.district, request.file)


def of_district(layer: gpd.GeoDataFrame, district_code: str, file: Path) -> gpd.GeoDataFrame:
    """Keep the villages of one kabupaten, checked for code and shape.

    Parameters
    ----------
    layer : GeoDataFrame
        Columns ``kode`` (Kemendagri), ``nama``, ``geometry``.
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
    FsvaError
        As ``settle.one_per_village``.
    """
    return settle.one_per_village(layer, district_code, file)[0]


def project(layer: gpd.GeoDataFrame, file: Path) -> gpd.GeoDataFrame:
    """Bring a layer into the UTM zone of its place (WGS 84).

    Parameters
    ----------
    layer : GeoDataFrame
        In any coordinate system with a known datum; heights in it do not matter.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        If the coordinates do not lie in Indonesia in the stated system, or it is not of the Earth.
    """
    level = crs.flat(layer.crs)
    if not crs.is_on_earth(level):
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)])
    flat = layer.set_crs(level, allow_override=True)
    try:
        west, south, east, north = flat.to_crs(4326).total_bounds
    except ProjError as problem:
        raise LayerError("crs_tak_dikenal", [Place(file, found=level.name)]) from problem
    if not (90 < west < east < 145 and -13 < south < north < 10):
        found = f"{west:.3f} {south:.3f} {east:.3f} {north:.3f}"
        raise LayerError("di_luar_indonesia", [Place(file, found=found)])
    return flat.to_crs(utm_zone((west + east) / 2, (south + north) / 2))


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
