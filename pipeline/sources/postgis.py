"""Village layers in a PostGIS database, read with psycopg.

Owns the questions to the database: which columns a table has and which rows are one kabupaten's.
It reads in a transaction that cannot write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from pipeline.database import Database
from pipeline.errors import LayerError, Place, SourceError
from pipeline.schema import Fields
from pipeline.sources import layers
from pipeline.sources.layers import Request, Rows

if TYPE_CHECKING:
    from psycopg import Connection

WAIT_S = 15
_COLUMNS = """
    SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_SYSTEM = "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = %s"
# Shapes as plain, flat polygons; the order does not depend on how the table is stored.
_ROWS = """
    SELECT {code}::text, {name}::text, {district}, ST_AsBinary(ST_Force2D(ST_CurveToLine({shape}))),
        ST_SRID({shape})
    FROM {table} WHERE {code} IS NULL OR {code}::text = '' OR {district} = ANY(%(own)s)
        OR EXISTS (SELECT FROM unnest(%(begins)s::text[]) b WHERE starts_with({code}::text, b))
    ORDER BY 1, 2, 4
"""
_BEGINNINGS = "SELECT DISTINCT left({code}::text, 8) FROM {table} ORDER BY 1"


def read_district(database: Database, request: Request) -> Rows:
    """Read the rows of one kabupaten; the database hands over no others.

    Parameters
    ----------
    database : Database
        Connection and table.
    request : Request
        Kabupaten and fields; its file is named in errors.

    Returns
    -------
    Rows
        As ``layers.read_district``; rows are counted in the order of code and name.

    Raises
    ------
    SourceError
        psycopg is not installed, no connection, or no such table.
    LayerError
        As ``layers.read_district``.
    """
    with _connected(database, request.file) as connection:
        fields, shape = _recognise(connection, database, request)
        frame = _rows(connection, database, request, fields, shape)
        if not layers.has_own(frame, fields, request):
            found = _ask(connection, _BEGINNINGS, database, code=fields.code)
            raise layers.no_rows([str(code) for (code,) in found if code], fields, request)
    return layers.rows_of(layers.checked(frame, request.file), fields, request)


def fingerprint(database: Database, request: Request) -> str:
    """Return the SHA-256 of the rows of one kabupaten, as files have theirs.

    Parameters
    ----------
    database : Database
        Connection and table.
    request : Request
        Kabupaten and fields.
    """
    frame = read_district(database, request).frame
    digest = hashlib.sha256(repr(frame.crs.to_wkt()).encode())
    for row in frame.to_wkb().itertuples(index=False):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


@contextmanager
def _connected(database: Database, file: Path) -> Iterator[Connection[Any]]:
    try:
        import psycopg
    except ImportError as problem:
        raise SourceError("postgis_paket", [Place(file)]) from problem
    options = {"connect_timeout": str(WAIT_S)} | dict(database.options)
    try:
        with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
            connection.read_only = True
            yield connection
    except psycopg.Error as problem:
        # Without "from": what the library says may repeat the password.
        raise SourceError("postgis_sambung", [Place(file)], {"sebab": _why(problem, database)}) \
            from None  # fmt: skip


def _why(problem: Exception, database: Database) -> str:
    """Return the last line of what the database said, without the password."""
    last = (str(problem).strip().splitlines() or [type(problem).__name__])[-1].strip()
    password = database.options.get("password")
    return last.replace(password, "***") if password else last


def _recognise(
    connection: Connection[Any], database: Database, request: Request
) -> tuple[Fields, str]:
    """Find the columns of code, name and shape of the table."""
    columns = connection.execute(_COLUMNS, [database.table]).fetchall()
    shapes = [str(name) for name, kind in columns if kind == "geometry"]
    if not shapes:
        raise SourceError("postgis_tabel", [Place(request.file)])
    names = [str(name) for name, kind in columns if kind != "geometry"]
    return layers.fields_of(names, request), shapes[0]


def _ask(
    connection: Connection[Any],
    question: str,
    database: Database,
    /,
    *,
    data: Mapping[str, object] | None = None,
    district: str | None = None,
    **columns: str,
) -> Sequence[tuple[Any, ...]]:
    """Put a question with the names of table and columns filled in as names."""
    from psycopg import sql

    names = {key: sql.Identifier(column) for key, column in columns.items()}
    own = sql.SQL("{}::text").format(sql.Identifier(district)) if district else sql.SQL("NULL")
    table = sql.Identifier(*database.table.split("."))
    text = sql.SQL(question).format(table=table, district=own, **names)
    found: list[tuple[Any, ...]] = connection.execute(text, data).fetchall()
    return found


def _rows(
    connection: Connection[Any], database: Database, request: Request, fields: Fields, shape: str
) -> gpd.GeoDataFrame:
    begins = layers.beginnings(fields, request)
    wanted = {"begins": begins, "own": [begin.removesuffix(".") for begin in begins]}
    found = _ask(
        connection, _ROWS, database, data=wanted, district=fields.district,
        code=fields.code, name=fields.name, shape=shape,
    )  # fmt: skip
    columns = [fields.code, fields.name, fields.district or "", "shape", "srid"]
    frame = pd.DataFrame(found, columns=columns)
    systems = sorted(set(frame["srid"].dropna().astype(int)))
    if len(systems) > 1:
        places = [Place(request.file, found=", ".join(map(str, systems)))]
        raise LayerError("crs_tak_dikenal", places)
    shapes = gpd.GeoSeries.from_wkb(frame["shape"], crs=_system(connection, systems))
    return gpd.GeoDataFrame(frame[[c for c in columns[:3] if c]], geometry=shapes)


def _system(connection: Connection[Any], systems: Sequence[int]) -> CRS | None:
    """Return the coordinate system of a number of the database; 0 is none."""
    found = connection.execute(_SYSTEM, [systems[0]]).fetchone() if systems else None
    if found is None:
        return None
    authority, number, text = found
    return CRS.from_epsg(number) if authority == "EPSG" else CRS.from_wkt(text)
