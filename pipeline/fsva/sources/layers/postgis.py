"""Village layers in a PostGIS database, read with psycopg.

Owns the queries: the columns of a table and the rows of a kabupaten. It reads in a read-only
transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import shapely
from pyproj import CRS

from fsva.config.editions.database import SECRETS, Database
from fsva.config.editions.layer_schemas import Fields
from fsva.core import bounds
from fsva.core.errors import CodeError, LayerError, Place, SourceError
from fsva.sources.layers import code_prefixes, layer_request
from fsva.sources.layers.layer_request import LayerRows, Request
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

if TYPE_CHECKING:
    import psycopg
    from psycopg import Connection

# A server that is cut off says nothing: the system asks whether it is still there, seconds.
_KEPT_ALIVE = {"keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3"}
_LIMITED = (
    "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"
)
_COLUMNS = """
    SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
# Types that hold shapes, in any schema of the extension.
_SHAPES = ("geometry", "geography")
_HOME = """
    SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'postgis'
"""
_PATH = "SELECT set_config('search_path', current_setting('search_path') || ', ' || {}, true)"
_FAILED = re.compile(r"(?:failed|error): (?!.*failed: )(.+)")
_SYSTEM = "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = %s"
# Shapes as plain, flat polygons; the order does not depend on how the table is stored.
_ROWS = """
    SELECT {{columns}}, ST_AsBinary(ST_Force2D(ST_CurveToLine({{shape}}::geometry))) AS fsva_bentuk,
        ST_SRID({{shape}}::geometry)
    FROM {{table}} WHERE {condition} ORDER BY {{code}}::text, {{name}}::text, fsva_bentuk
"""
# Before a digit may stand a blank, an apostrophe, or a character that nobody sees.
_OF_CODE = """{code} IS NULL OR {district} = ANY(%(own)s)
    OR {code}::text COLLATE "C" < '0' OR {code}::text COLLATE "C" > '~'
    OR EXISTS (SELECT FROM unnest(%(begins)s::text[]) b WHERE starts_with({code}::text, b))"""
_OF_NAME = "{district} = ANY(%(own)s)"
_LISTED = "SELECT {columns} FROM {table} ORDER BY {code}::text, {name}::text"
_NAMES = "SELECT DISTINCT {district} FROM {table} ORDER BY 1"


def read_district(database: Database, asked: Request) -> LayerRows:
    """Read the rows of one kabupaten; the database filters them.

    Parameters
    ----------
    asked : Request
        Kabupaten and fields; its file is named in errors.

    Returns
    -------
    LayerRows
        As ``village_layer.read_district``; rows are counted in the order of code and name.

    Raises
    ------
    SourceError
        psycopg is not installed, no connection, or no such table.
    LayerError
        As ``village_layer.read_district``.
    """
    with _connected(database, asked.file) as connection:
        table = _Table(connection, database, *_recognise(connection, database, asked))
        fields = table.fields
        if fields.schema.writing != "tanpa":
            rows = table.of_codes(asked)
            if layer_request.has_own(rows, fields, asked):
                return layer_request.rows_of(rows, fields, asked)
        if fields.schema.writing == "tanpa" or fields.schema.may_lack_codes:
            return layer_request.uncoded_rows(table.of_names(asked), fields, asked)
        raise _no_rows(table, asked)


def _no_rows(table: _Table, asked: Request) -> LayerError | CodeError:
    """Return the reason why a table has no row of the kabupaten: damaged or foreign codes."""
    rows = table.without_shapes()
    if places := layer_request.damaged(layer_request.named(rows, table.fields), asked):
        return CodeError("kode_layer", places)
    present = [str(code) for code in rows[table.fields.code] if code]
    return layer_request.no_rows(present, table.fields, asked)


@dataclass(frozen=True)
class _Table:
    """An open table of villages, asked by the names of its columns."""

    connection: Connection[Any]
    database: Database
    fields: Fields
    shape: str

    def of_codes(self, asked: Request) -> ShapeTable:
        """Return the rows whose code, or kabupaten, is the wanted one."""
        begins = layer_request.beginnings(self.fields, asked)
        known = self.fields.schema
        lost = code_prefixes.damaged(known.writing, known.prefix, asked.district)
        own = [begin.removesuffix(".") for begin in begins]
        wanted = {"begins": [*begins, *lost], "own": own}
        return self._rows(_OF_CODE, wanted, self.fields, asked)

    def of_names(self, asked: Request) -> ShapeTable:
        """Return the rows whose kabupaten has the wanted name; without such a column all rows."""
        fields, named = self.fields.by_id(), self.fields.district_name
        if named is None:
            return self._rows("true", {}, fields, asked)
        rows = self.ask(_NAMES, district=named)
        meant = layer_request.names_of([str(name) for (name,) in rows if name], asked)
        return self._rows(_OF_NAME, {"own": meant}, fields, asked, district=named)

    def without_shapes(self) -> ShapeTable:
        """Return all rows, but not their shapes."""
        answer = self.ask(_LISTED)
        names = self.fields.all
        cells = {n: plain_table.words(row[at] for row in answer) for at, n in enumerate(names)}
        return ShapeTable(
            np.arange(len(answer)), cells, "", plain_table.words([None] * len(answer))
        )

    def _rows(
        self,
        condition: str,
        wanted: Mapping[str, object],
        fields: Fields,
        asked: Request,
        *,
        district: str | None = None,
    ) -> ShapeTable:
        question = _ROWS.format(condition=condition)
        answer = self.ask(question, wanted, fields=fields, district=district)
        names = [*fields.all, "shape", "srid"]
        cells = {n: plain_table.words(row[at] for row in answer) for at, n in enumerate(names)}
        systems = sorted({int(number) for number in cells["srid"] if number is not None})
        self._stop_at_systems(systems, asked)
        drawn = plain_table.words(shapely.from_wkb(cells.pop("shape")))
        del cells["srid"]
        system = _system(self.connection, systems)
        return ShapeTable(np.arange(len(answer)), cells, "", drawn, system)

    def _stop_at_systems(self, systems: Sequence[int], asked: Request) -> None:
        """Stop at shapes of several coordinate systems, or of none."""
        table, shape = _table_in_sql(self.connection, self.database), f'"{self.shape}"'
        if 0 in systems:
            place = Place(asked.file, column=self.shape)
            raise LayerError("postgis_srid_nol", [place], {"tabel": table, "kolom": shape})
        if len(systems) > 1:
            places = [Place(asked.file, found=", ".join(map(str, systems)))]
            raise LayerError("postgis_srid", places, {"tabel": table, "kolom": shape})

    def ask(
        self,
        question: str,
        data: Mapping[str, object] | None = None,
        *,
        fields: Fields | None = None,
        district: str | None = None,
    ) -> Sequence[tuple[Any, ...]]:
        """Run a query with the names of table and columns filled in as identifiers."""
        from psycopg import sql

        fields = fields or self.fields
        column = district or fields.district
        text = sql.SQL(question).format(
            table=sql.Identifier(*self.database.table.split(".")),
            columns=sql.SQL(", ").join(
                sql.SQL("{}::text").format(sql.Identifier(name)) for name in fields.all
            ),
            code=sql.Identifier(fields.code),
            name=sql.Identifier(fields.name),
            shape=sql.Identifier(self.shape),
            district=sql.SQL("{}::text").format(sql.Identifier(column))
            if column
            else sql.SQL("NULL"),
        )
        rows: list[tuple[Any, ...]] = self.connection.execute(text, data).fetchall()
        return rows


@contextmanager
def _connected(database: Database, file: Path) -> Iterator[Connection[Any]]:
    try:
        import psycopg
    except ImportError as problem:
        raise SourceError("postgis_paket", [Place(file)]) from problem
    times = bounds.load().times
    # A database that knows no letters (SQL_ASCII) sends what it has, and psycopg then bytes.
    given = {
        "client_encoding": "UTF8",
        "connect_timeout": str(times.database_connect),
        **_KEPT_ALIVE,
        **database.options,
    }
    milliseconds = [f"{1000 * limit}" for limit in (times.database_lock, times.database_query)]
    try:
        with psycopg.connect(**given) as connection:  # type: ignore[arg-type]
            connection.read_only = True
            connection.execute(_LIMITED, milliseconds)
            _find_extension(connection, file)
            yield connection
    except psycopg.Error as problem:
        # Without "from": what the library says may repeat the password.
        raise _refused(problem, database, file) from None


def _refused(problem: psycopg.Error, database: Database, file: Path) -> SourceError:
    """Return what the database or the library refuses, in our words."""
    from psycopg import ProgrammingError, errors

    times = bounds.load().times
    if isinstance(problem, errors.LockNotAvailable):
        return SourceError("postgis_terkunci", [Place(file)], {"detik": str(times.database_lock)})
    if isinstance(problem, errors.QueryCanceled):
        return SourceError("postgis_lama", [Place(file)], {"detik": str(times.database_query)})
    if isinstance(problem, errors.CharacterNotInRepertoire | errors.UntranslatableCharacter):
        return SourceError("postgis_huruf", [Place(file)])
    if isinstance(problem, ProgrammingError) and problem.sqlstate is None:
        return SourceError("postgis_tulisan", [Place()])  # an option that libpq does not know
    return SourceError("postgis_sambung", [Place(file)], {"sebab": _why(problem, database)})


def _why(problem: Exception, database: Database) -> str:
    """Return the message of the database, shortened and without the password."""
    said = str(problem).strip()
    failed = _FAILED.findall(said)
    lines = failed or said.splitlines() or [type(problem).__name__]
    short = lines[-1].strip().rstrip(".?")
    for secret in filter(None, map(database.options.get, SECRETS)):
        for written in (secret, quote(secret), quote(secret, safe="")):
            short = short.replace(written, "***")
    return short


def _recognise(
    connection: Connection[Any], database: Database, asked: Request
) -> tuple[Fields, str]:
    """Find the columns of code, name and shape of the table."""
    table = _table_in_sql(connection, database)
    columns = connection.execute(_COLUMNS, [table]).fetchall()
    shapes = [str(name) for name, kind in columns if kind in _SHAPES]
    if not columns:
        raise SourceError("postgis_tabel", [Place(asked.file)])
    names = [str(name) for name, kind in columns if kind not in _SHAPES]
    if not shapes:
        kinds = ", ".join(f"{name} ({kind})" for name, kind in columns)
        raise SourceError("postgis_bentuk", [Place(asked.file)], {"ada": kinds, "tabel": table})
    return layer_request.fields_of(names, asked), _shape(shapes, asked)


def _table_in_sql(connection: Connection[Any], database: Database) -> str:
    """Return the name of the table as a query writes it."""
    from psycopg import sql

    return sql.Identifier(*database.table.split(".")).as_string(connection)


def _shape(shapes: Sequence[str], asked: Request) -> str:
    """Return the column of shapes, if it is known which."""
    wanted = asked.shape_field
    if wanted is not None and wanted in shapes:
        return wanted
    if wanted is not None or len(shapes) > 1:
        places = [Place(asked.file, column=name) for name in shapes]
        raise SourceError("postgis_kolom_bentuk", places, {"ada": ", ".join(shapes)})
    return shapes[0]


def _find_extension(connection: Connection[Any], file: Path) -> None:
    """Make the functions of PostGIS available, in any schema of its extension."""
    from psycopg import sql

    row = connection.execute(_HOME).fetchone()
    if row is None:
        raise SourceError("postgis_ekstensi", [Place(file)])
    home = sql.Literal(sql.Identifier(row[0]).as_string(connection))
    connection.execute(sql.SQL(_PATH).format(home))


def _system(connection: Connection[Any], systems: Sequence[int]) -> CRS | None:
    """Return the coordinate system with a number of the database; 0 means none."""
    row = connection.execute(_SYSTEM, [systems[0]]).fetchone() if systems else None
    if row is None:
        return None
    authority, number, text = row
    return CRS.from_epsg(number) if authority == "EPSG" else CRS.from_wkt(text)
