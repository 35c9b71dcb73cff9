"""Village boundary layers: from a file or a database to one row per village of a kabupaten.

Owns which layer of a file is read, and the choice of the reader. It mends nothing; that is
``fsva.villages.repair``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from fsva.config.editions import layer_schemas
from fsva.config.editions.database import Database
from fsva.config.editions.layer_schemas import Fields
from fsva.core.errors import LayerError, Place, SourceError
from fsva.sources.layers import engines, layer_files, layer_request, prefixes, village_rows
from fsva.sources.layers.engines import LayerHeader
from fsva.sources.layers.layer_request import LayerRows, Request
from fsva.sources.layers.village_rows import CODE, NAME

if TYPE_CHECKING:
    from fsva.config.editions.database import Layer
    from fsva.config.editions.sections import Settings


def recognise(asked: Request) -> tuple[LayerHeader, Fields]:
    """Find the layer of villages in a file, and its fields of code and name.

    Parameters
    ----------
    asked : Request
        File, and the fields as far as the office names them.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        The fields are missing or unknown.
    """
    file = asked.file
    if not layer_files.is_layer(file):
        raise SourceError("lapisan_hilang", [Place(file)], {"kode": asked.district})
    found = engines.headers(file)
    if not found:
        raise LayerError("layer_kosong", [Place(file)])
    held = [header for header in found if header.may_hold_polygons] or found[:1]
    for header in held:
        fields = layer_schemas.recognise(list(header.fields), asked.schemas)
        if fields is not None:
            return header, fields
    return held[0], layer_request.fields_of(list(held[0].fields), asked)


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
    frame = engines.read_first(file)
    if frame is None:
        raise LayerError("layer_kosong", [Place(file)])
    return layer_request.checked(frame, file)


def read_district(asked: Request) -> LayerRows:
    """Read the rows of one kabupaten; the driver or the database hands over no others.

    Parameters
    ----------
    asked : Request
        Layer and kabupaten.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file; no connection to the database.
    LayerError
        No such field, unknown schema, no coordinate system, no polygons, or no row belongs to
        the kabupaten.
    """
    if isinstance(asked.layer, Database):
        from fsva.sources.layers import postgis

        return postgis.read_district(asked.layer, asked)
    file = asked.layer
    header, fields = recognise(asked)
    if fields.schema.writing == "tanpa":
        return _without_codes(file, header, fields, asked)
    where = condition(header, fields, asked)
    frame = engines.read(file, header, fields.all, where, asked.engine)
    if layer_request.has_own(frame, fields, asked):
        return layer_request.rows_of(layer_request.checked(frame, file), fields, asked)
    if fields.schema.may_lack_codes:
        return _without_codes(file, header, fields, asked)
    raise layer_request.no_rows(engines.values(file, header, fields.code), fields, asked)


def _without_codes(file: Path, header: LayerHeader, fields: Fields, asked: Request) -> LayerRows:
    """Read the rows that a layer without official codes has of the kabupaten."""
    named, where = fields.district_name, None
    if named is not None:
        own = layer_request.names_of(engines.values(file, header, named), asked)
        where = prefixes.among(named, own)
    columns = [field for field in fields.by_id().all if field in header.fields]
    frame = engines.read(file, header, columns, where, asked.engine)
    return layer_request.uncoded_rows(layer_request.checked(frame, file), fields, asked)


def condition(header: LayerHeader, fields: Fields, asked: Request) -> str | None:
    """Return the condition in SQL by which a driver hands over one kabupaten's rows.

    Parameters
    ----------
    header : LayerHeader
        Tells whether the codes are numbers.
    fields : Fields
        Of the layer.
    asked : Request
        The kabupaten.
    """
    numeric = header.fields[fields.code]
    return prefixes.condition(fields, numeric, asked.district, asked.bps_district)


def request_of(settings: Settings, layer: Layer, *, or_known: bool = False) -> Request:
    """Return which villages of a layer an edition wants.

    Parameters
    ----------
    settings : Settings
        Content of edition.toml; fields that it does not name are recognised.
    layer : Path or Database
        The layer.
    or_known : bool
        Whether a layer without the fields that the edition names may be of a known schema.
    """
    district, boundary = settings.district, settings.boundary
    named = {"code_field", "name_field"} & boundary.model_fields_set
    code, name = (boundary.code_field, boundary.name_field) if named else (None, None)
    engine = boundary.engine
    return Request(
        layer, district.code, district.bps_code, code, name, engine, district.name, or_known
    )


def villages(asked: Request, crosswalk: pd.DataFrame) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read the villages of a kabupaten from a layer of any known schema.

    Parameters
    ----------
    asked : Request
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
    layer, ledger = settled(read_district(asked), asked, crosswalk)
    return layer[[NAME, "geometry"]], ledger


def settled(
    rows: LayerRows, asked: Request, crosswalk: pd.DataFrame, ids: pd.Series[str] | None = None
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Turn the rows of a kabupaten into its villages, as ``villages`` does.

    Parameters
    ----------
    rows : LayerRows
        From ``read_district``; what the layer says of kecamatan and codes beside stays.
    asked : Request
        Layer and kabupaten.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``.
    ids : Series of str or None
        For a layer without official codes: code of BPS by the producer's own id, as people
        confirmed them. Rows that it does not name are left out and stand in the ledger.

    Raises
    ------
    LayerError
        The layer has no official codes and no ids are given, or as ``settle.one_per_village``.
    """
    frame, unknown = rows.frame, rows.frame.iloc[:0]
    if not rows.is_coded:
        if ids is None:
            place = Place(asked.file)
            raise LayerError("layer_tanpa_kode", [place], {"skema": rows.schema.name})
        codes = frame[CODE].map(ids)
        unknown, frame = frame[codes.isna()], frame.assign(**{CODE: codes})[codes.notna()]
    if rows.is_bps or not rows.is_coded:
        frame = village_rows.to_kemendagri(frame, crosswalk, asked.file)
    layer, ledger = village_rows.one_per_village(frame, asked.district, asked.file)
    return layer, village_rows.with_unpaired(ledger, unknown)
