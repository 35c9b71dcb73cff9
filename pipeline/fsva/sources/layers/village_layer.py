"""Village boundary layers: from a file or a database to one row per village of a kabupaten.

Owns the reading of a file, and the choice of the reader; ``fsva.sources.layers.layer_choice``
chooses the layer of a file. It repairs nothing; that is ``fsva.villages.repair``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from fsva.config.editions.database import Database
from fsva.config.editions.layer_schemas import Fields
from fsva.core import bounds
from fsva.core.errors import CodeError, LayerError, Place, SourceError
from fsva.sources.layers import code_prefixes, engines, layer_choice, layer_request, village_rows
from fsva.sources.layers.engines import LayerHeader
from fsva.sources.layers.layer_choice import Part
from fsva.sources.layers.layer_request import LayerRows, Request
from fsva.sources.layers.village_rows import CODE, NAME, OTHER
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable

if TYPE_CHECKING:
    from fsva.config.editions.database import Layer
    from fsva.config.editions.sections import Settings


def read_polygons(file: Path) -> ShapeTable:
    """Read the first layer of a file with GDAL; refuse layers without polygons.

    Raises
    ------
    SourceError
        The file is unreadable.
    LayerError
        It holds no rows, or shapes that are no polygons.
    """
    rows = engines.read_first(file)
    if rows is None:
        raise LayerError("layer_kosong", [Place(file)])
    return layer_request.checked(rows, file)


def read_district(asked: Request) -> LayerRows:
    """Read the rows of one kabupaten; the driver or the database filters them.

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
    choice = layer_choice.fitting(asked)
    fitting = choice.fits
    if len(fitting) > 1:
        parts = [part for header, fields in fitting if (part := _part(header, fields, asked))]
        if parts:
            rows = layer_choice.united(parts, asked)
            return replace(rows, unread=choice.beside(name for name, _ in rows.parts))
        layer_choice.stop_without_codes(fitting, asked)
    header, fields = fitting[0]
    rows = _of_one(header, fields, asked)
    return replace(rows, unread=choice.beside([str(header.layer)]))


def _of_one(header: LayerHeader, fields: Fields, asked: Request) -> LayerRows:
    """Read the only layer that fits, or the first of several without a village that fits."""
    if fields.schema.writing == "tanpa":
        return _without_codes(asked.file, header, fields, asked)
    if (rows_found := _coded(header, fields, asked)) is not None:
        return rows_found
    if fields.schema.may_lack_codes:
        return _without_codes(asked.file, header, fields, asked)
    raise _no_rows(header, fields, asked)


def _part(header: LayerHeader, fields: Fields, asked: Request) -> Part | None:
    """Read one layer of several, if it has a village of the kabupaten."""
    if fields.schema.writing == "tanpa":
        return None
    try:
        rows = _coded(header, fields, asked, among_others=True)
    except LayerError as error:  # say in which of the layers
        places = [replace(p, found=p.found or str(header.layer)) for p in error.places]
        raise LayerError(error.key, places, error.facts) from error
    has_villages = rows is not None and layer_choice.village_codes(rows)
    return (header, rows) if rows is not None and has_villages else None


def _coded(
    header: LayerHeader, fields: Fields, asked: Request, *, among_others: bool = False
) -> LayerRows | None:
    """Read the rows of a layer whose codes are of the kabupaten; None if there is none."""
    where = condition(header, fields, asked)
    rows = engines.read(asked.file, header, fields.all, where, asked.engine)
    has_villages = layer_request.has_own(rows, fields, asked)
    if among_others and not layer_request.has_areas(rows):
        return None  # labels in a layer of their own
    return layer_request.rows_of(rows, fields, asked) if has_villages else None


def _no_rows(header: LayerHeader, fields: Fields, asked: Request) -> LayerError | CodeError:
    """Return the reason why a layer has no row of the kabupaten: damaged or foreign codes."""
    file = asked.file
    rows = engines.read(file, header, fields.all, None, asked.engine)
    if places := layer_request.damaged(layer_request.named(rows, fields), asked):
        return CodeError("kode_layer", places)
    return layer_request.no_rows(engines.values(file, header, fields.code), fields, asked)


def _without_codes(file: Path, header: LayerHeader, fields: Fields, asked: Request) -> LayerRows:
    """Read the rows that a layer without official codes has of the kabupaten."""
    named, where = fields.district_name, None
    if named is not None:
        meant = layer_request.names_of(engines.values(file, header, named), asked)
        where = code_prefixes.among(named, meant)
    columns = [field for field in fields.by_id().all if field in header.fields]
    rows = engines.read(file, header, columns, where, asked.engine)
    return layer_request.uncoded_rows(rows, fields, asked)


def condition(header: LayerHeader, fields: Fields, asked: Request) -> str | None:
    """Return the condition in SQL by which a driver hands over one kabupaten's rows.

    Parameters
    ----------
    header : LayerHeader
        Tells whether the codes are numbers.
    """
    numeric = header.fields[fields.code]
    if asked.system is not None:
        return None
    return code_prefixes.condition(fields, numeric, asked.district, asked.bps_district)


def request_of(settings: Settings, layer: Layer, *, or_known: bool = False) -> Request:
    """Return the request of an edition for villages of its layer.

    Parameters
    ----------
    settings : Settings
        Content of edition.toml; fields that it does not name are recognised.
    or_known : bool
        Whether a layer without the fields that the edition names may be of a known schema.
    """
    district, boundary = settings.district, settings.boundary
    named = {"code_field", "name_field"} & boundary.model_fields_set
    code, name = (boundary.code_field, boundary.name_field) if named else (None, None)
    return Request(
        layer,
        district.code,
        district.bps_code,
        code,
        name,
        boundary.engine,
        district.name,
        or_known,
        boundary.part,
        boundary.shape_field,
        boundary.system,
    )


def villages(asked: Request, crosswalk: Table) -> tuple[ShapeTable, Table]:
    """Read the villages of a kabupaten from a layer of any known schema.

    Parameters
    ----------
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``; codes of BPS go through it.

    Returns
    -------
    layer : ShapeTable
        Indexed by Kemendagri code and sorted by it; ``nama`` and the geometry.
    ledger : Table
        Rows left out and rows united, columns of ``lapisan.csv``.

    Raises
    ------
    FsvaError
        As ``read_district``, ``village_rows.to_kemendagri`` and ``one_per_village``.
    """
    layer, ledger = settled(read_district(asked), asked, crosswalk)
    return layer.only(NAME), ledger


def settled(
    rows: LayerRows, asked: Request, crosswalk: Table, ids: Mapping[str, str] | None = None
) -> tuple[ShapeTable, Table]:
    """Turn the rows of a kabupaten into its villages, as ``villages`` does.

    Parameters
    ----------
    rows : LayerRows
        From ``read_district``; further columns with kecamatan and codes are kept.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``.
    ids : mapping of str to str, or None
        For a layer without official codes: BPS code by the producer's own id, as confirmed by the
        office. Other rows are left out and listed in the ledger.

    Raises
    ------
    LayerError
        No official codes and no ids are given, or as ``village_rows.one_per_village``.
    """
    own, upper = village_rows.without_upper(rows.table)
    unknown = own.rows(slice(0))
    if not rows.is_coded:
        if ids is None:
            place = Place(asked.file)
            raise LayerError("layer_tanpa_kode", [place], {"skema": rows.schema.name})
        paired = plain_table.is_in(own[CODE], ids.keys())
        unknown, own = own.rows(~paired), own.rows(paired)
        own = own.with_columns({CODE: plain_table.words(ids[code] for code in own[CODE])})
    if rows.is_bps or not rows.is_coded:
        village_rows.check_system(own, crosswalk, asked.system, asked.file)
        own = village_rows.to_kemendagri(own, crosswalk, asked.file)
    layer, ledger = village_rows.one_per_village(own, asked.district, asked.file)
    _check_parts(layer, asked.file)
    apart = village_rows.no_areas(rows.no_areas, layer, asked.district, asked.file)
    return layer, village_rows.with_left_out(ledger, unknown, apart, upper)


def other_codes(layer: ShapeTable) -> dict[str, str]:
    """Return the codes of the other system that a layer states, by its own; empty for none.

    Parameters
    ----------
    layer : ShapeTable
        From ``settled``.
    """
    if OTHER not in layer:
        return dict.fromkeys(layer.codes, "")
    return {code: str(other or "") for code, other in layer.by_code(OTHER).items()}


def _check_parts(layer: ShapeTable, file: Path) -> None:
    """Stop where villages consist of more pieces than an archipelago has islands."""
    counts = shapely.get_num_geometries(layer.geometry)
    most = bounds.load().layer.parts
    if counts.sum() > most:
        worst = int(counts.argmax())
        place = Place(file, village=f"{layer[NAME][worst]} ({layer.index[worst]})")
        raise SourceError(
            "lapisan_bagian",
            [place],
            {"jumlah": bounds.told(int(counts.sum())), "batas": bounds.told(most)},
        )
