"""Layers as a GeoPackage (OGC 12-128r18, version 1.3), with their styles inside.

Owns the tables of the format and their bytes, which depend on the content alone: dates are fixed,
the file is packed afresh, and the version of the library that wrote it is left out. What the format
says of fields stands in ``gpkg_data_columns``, what QGIS draws in ``layer_styles``.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS

from fsva.core.texts import Language
from fsva.files.layers.feature_tables import FeatureTable
from fsva.sources.plain.arrays import Shapes
from fsva.words.layer_fields import LayerField

# The first moment that the format's text for dates is sure to be read everywhere.
DATE = "1980-01-01T00:00:00.000Z"
GEOMETRY, KEY = "geom", "fid"
_APPLICATION, _VERSION = 0x47504B47, 10300
_TYPES = {"text": "TEXT", "whole": "INTEGER", "number": "REAL"}
# Little-endian, with an envelope of x and y; not empty.
_FLAGS = 0b0000_0011
# Where SQLite notes its own version (the file format, section 1.3.22); zero = not told.
_LIBRARY_VERSION = slice(96, 100)
_PAGE_SIZE, _FILE_HEAD = slice(16, 18), 100
# Kinds of pages that are trees, inner ones and leaves, and the length of their heads in bytes.
_TREE_HEADS = {2: 12, 5: 12, 10: 8, 13: 8}
_NO_AUTHORITY = 300_000  # a number for systems that have none
_GEOGRAPHIC = 4326

_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
 organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
 description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
 identifier TEXT UNIQUE, description TEXT DEFAULT '',
 last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
 min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
 CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
 geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
 CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
 definition TEXT NOT NULL, scope TEXT NOT NULL,
 CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT,
 title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
 CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
 CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,
 constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC,
 max_is_inclusive BOOLEAN, description TEXT,
 CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
 f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
 useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""
# Annex F.3 of the standard: the index follows whoever edits the layer.
_INDEX = """
CREATE VIRTUAL TABLE "rtree_{t}_{c}" USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER "rtree_{t}_{c}_insert" AFTER INSERT ON "{t}"
 WHEN (new."{c}" NOT NULL AND NOT ST_IsEmpty(NEW."{c}")) BEGIN
 INSERT OR REPLACE INTO "rtree_{t}_{c}" VALUES (NEW."{i}", ST_MinX(NEW."{c}"), ST_MaxX(NEW."{c}"),
 ST_MinY(NEW."{c}"), ST_MaxY(NEW."{c}")); END;
CREATE TRIGGER "rtree_{t}_{c}_update1" AFTER UPDATE OF "{c}" ON "{t}"
 WHEN OLD."{i}" = NEW."{i}" AND (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}")) BEGIN
 INSERT OR REPLACE INTO "rtree_{t}_{c}" VALUES (NEW."{i}", ST_MinX(NEW."{c}"), ST_MaxX(NEW."{c}"),
 ST_MinY(NEW."{c}"), ST_MaxY(NEW."{c}")); END;
CREATE TRIGGER "rtree_{t}_{c}_update2" AFTER UPDATE OF "{c}" ON "{t}"
 WHEN OLD."{i}" = NEW."{i}" AND (NEW."{c}" ISNULL OR ST_IsEmpty(NEW."{c}")) BEGIN
 DELETE FROM "rtree_{t}_{c}" WHERE id = OLD."{i}"; END;
CREATE TRIGGER "rtree_{t}_{c}_update3" AFTER UPDATE ON "{t}"
 WHEN OLD."{i}" != NEW."{i}" AND (NEW."{c}" NOTNULL AND NOT ST_IsEmpty(NEW."{c}")) BEGIN
 DELETE FROM "rtree_{t}_{c}" WHERE id = OLD."{i}";
 INSERT OR REPLACE INTO "rtree_{t}_{c}" VALUES (NEW."{i}", ST_MinX(NEW."{c}"), ST_MaxX(NEW."{c}"),
 ST_MinY(NEW."{c}"), ST_MaxY(NEW."{c}")); END;
CREATE TRIGGER "rtree_{t}_{c}_update4" AFTER UPDATE ON "{t}"
 WHEN OLD."{i}" != NEW."{i}" AND (NEW."{c}" ISNULL OR ST_IsEmpty(NEW."{c}")) BEGIN
 DELETE FROM "rtree_{t}_{c}" WHERE id IN (OLD."{i}", NEW."{i}"); END;
CREATE TRIGGER "rtree_{t}_{c}_delete" AFTER DELETE ON "{t}" WHEN old."{c}" NOT NULL BEGIN
 DELETE FROM "rtree_{t}_{c}" WHERE id = OLD."{i}"; END;
"""
_SPECIFICATION = "http://www.geopackage.org/spec130/#extension_"
_EXTENSIONS = (
    ("gpkg_data_columns", None, "gpkg_schema", f"{_SPECIFICATION}schema", "read-write"),
    ("gpkg_data_column_constraints", None, "gpkg_schema", f"{_SPECIFICATION}schema", "read-write"),
)


@dataclass(frozen=True)
class StoredStyle:
    """A style of a layer inside the file.

    Parameters
    ----------
    layer, name : str
        Of the layer and of the style.
    qml, sld : str
        The style for QGIS and for others.
    is_default : bool
        Whether QGIS draws the layer so when it is opened.
    """

    layer: str
    name: str
    qml: str
    sld: str
    is_default: bool = False


@dataclass(frozen=True)
class LayerNotice:
    """What a layer is called, and what must be known of it.

    Parameters
    ----------
    title, description : str
        As GIS programs show them.
    """

    title: str
    description: str


def write(
    tables: Sequence[FeatureTable],
    notices: Mapping[str, LayerNotice],
    styles: Sequence[StoredStyle],
    language: Language,
) -> bytes:
    """Return layers and their styles as one file.

    Parameters
    ----------
    tables : sequence of FeatureTable
        The layers in their order.
    notices : mapping of str to LayerNotice
        By name of the layer.
    language : {"id", "en"}
        Which of both languages stands first in names of fields.
    """
    with sqlite3.connect(":memory:", isolation_level=None) as base:
        # Zeroes take the place of what is deleted, so that no leftovers reach the file.
        base.execute("PRAGMA secure_delete = ON")
        base.execute(f"PRAGMA application_id = {_APPLICATION}")
        base.execute(f"PRAGMA user_version = {_VERSION}")
        base.execute("BEGIN")
        for statement in _statements(_TABLES):
            base.execute(statement)
        _add_systems(base, tables)
        for table in tables:
            _add_layer(base, table, notices[table.name], language)
        _add_styles(base, styles)
        base.executemany("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", _EXTENSIONS)
        base.execute("COMMIT")
        base.execute("VACUUM")
        content = bytearray(base.serialize())
    base.close()
    content[_LIBRARY_VERSION] = bytes(4)
    _blank_gaps(content)
    return bytes(content)


def _blank_gaps(content: bytearray) -> None:
    """Write zeroes where pages hold nothing: what lies there differs with the version of SQLite.

    A page of a tree has its kind, the number of its cells and where their content starts in its
    head, then the places of the cells; between these and the content lies the gap (the file
    format, section 1.6).
    """
    size = int.from_bytes(content[_PAGE_SIZE], "big")
    for page in range(0, len(content), size):
        head = page if page else _FILE_HEAD
        if (kind := content[head]) in _TREE_HEADS:
            cells, start = (int.from_bytes(content[head + n : head + n + 2], "big") for n in (3, 5))
            gap = slice(head + _TREE_HEADS[kind] + 2 * cells, page + start)
            content[gap] = bytes(gap.stop - gap.start)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: ``executescript`` would end the transaction."""
    whole = ""
    for line in script.strip().splitlines(keepends=True):
        whole += line
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def system_number(crs: CRS) -> int:
    """Return the number of a coordinate system in a file."""
    return crs.to_epsg() or _NO_AUTHORITY


def _add_systems(base: sqlite3.Connection, tables: Sequence[FeatureTable]) -> None:
    rows: list[tuple[str, int, str, int, str, str | None]] = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    ]
    systems = {system_number(crs): crs for crs in [CRS.from_epsg(_GEOGRAPHIC)]}
    systems |= {system_number(table.crs): table.crs for table in tables}
    for number, crs in systems.items():
        owner = "EPSG" if crs.to_epsg() else "NONE"
        rows.append((crs.name, number, owner, number, crs.to_wkt("WKT1_GDAL"), None))
    base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", rows)


def _add_layer(
    base: sqlite3.Connection, table: FeatureTable, notice: LayerNotice, language: Language
) -> None:
    name, number = table.name, system_number(table.crs)
    boxes = shapely.bounds(table.shapes)
    west, south = np.nanmin(boxes[:, :2], axis=0).tolist()
    east, north = np.nanmax(boxes[:, 2:], axis=0).tolist()
    base.execute(
        "INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,?)",
        (name, notice.title, notice.description, DATE, west, south, east, north, number),
    )
    base.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)",
        (name, GEOMETRY, _geometry_type(table.shapes), number),
    )
    base.execute(
        f"CREATE TABLE {quoted(name)} ({quoted(KEY)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"{quoted(GEOMETRY)} {_geometry_type(table.shapes)}{''.join(map(_column, table.fields))})"
    )
    blanks = ",".join("?" * (len(table.fields) + 2))
    rows = zip(_blobs(table.shapes, number), table.rows(), strict=True)
    base.executemany(
        f"INSERT INTO {quoted(name)} VALUES ({blanks})",  # noqa: S608 - blanks alone
        ((n, blob, *row) for n, (blob, row) in enumerate(rows, start=1)),
    )
    _add_index(base, name, boxes)
    base.executemany(
        "INSERT INTO gpkg_data_columns VALUES (?,?,?,?,?,NULL,NULL)",
        ((name, *_told(field, language)) for field in table.fields),
    )


def _column(field: LayerField) -> str:
    return f", {quoted(field.name)} {_TYPES[field.kind]}"


def _told(field: LayerField, language: Language) -> tuple[str, str, str, str]:
    """Return the column, its unique name, its title and its description."""
    return field.name, field.titles[language], field.alias(language), field.description(language)


def _geometry_type(shapes: Shapes) -> str:
    is_area = bool((shapely.get_dimensions(shapes) == 2).any())
    return "MULTIPOLYGON" if is_area else "MULTILINESTRING"


def _blobs(shapes: Shapes, number: int) -> Iterator[bytes]:
    """Yield the shapes in the binary form of the format."""
    for body, (west, south, east, north) in zip(
        shapely.to_wkb(shapes, byte_order=1).tolist(), shapely.bounds(shapes).tolist(), strict=True
    ):
        head = struct.pack("<2sBBi4d", b"GP", 0, _FLAGS, number, west, east, south, north)
        yield head + body


def _add_index(base: sqlite3.Connection, name: str, boxes: np.ndarray[tuple[int, int]]) -> None:
    # Names of layers are ours and hold letters alone.
    for statement in _statements(_INDEX.format(t=name, c=GEOMETRY, i=KEY)):
        base.execute(statement)
    rows = ((n, w, e, s, o) for n, (w, s, e, o) in enumerate(boxes.tolist(), start=1))
    base.executemany(f'INSERT INTO "rtree_{name}_{GEOMETRY}" VALUES (?,?,?,?,?)', rows)  # noqa: S608
    base.execute(
        "INSERT INTO gpkg_extensions VALUES (?,?,'gpkg_rtree_index',?,'write-only')",
        (name, GEOMETRY, f"{_SPECIFICATION}rtree"),
    )


def _add_styles(base: sqlite3.Connection, styles: Sequence[StoredStyle]) -> None:
    base.execute(
        "INSERT INTO gpkg_contents VALUES "
        "('layer_styles','attributes','layer_styles','',?,NULL,NULL,NULL,NULL,0)",
        (DATE,),
    )
    base.executemany(
        "INSERT INTO layer_styles VALUES (NULL,'','',?,?,?,?,?,?,'','',NULL,?)",
        (
            (s.layer, GEOMETRY, s.name, s.qml, s.sld, int(s.is_default), DATE)
            for s in styles
        ),
    )  # fmt: skip
