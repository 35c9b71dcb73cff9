"""Whether a GeoPackage is data only: none of its tables is a program.

Owns that question. A virtual table of SQLite is a module of the reader with arguments: GDAL's and
SpatiaLite's open any file of the disk, text too, and show it as the layer. A view is a query, which
may have no end.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from fsva.core import bounds

BEGINNING = b"SQLite format 3\x00"
# The spatial index of a GeoPackage; it keeps its rows in tables of the same file.
_INDEX = re.compile(
    r"create virtual table (?:\"[^\"]*\"|\[[^\]]*\]|`[^`]*`|\w+) using \"?rtree\"? ?\(",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|--[^\n]*", re.DOTALL)
_DESCRIPTIONS = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
_VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view'"
_STEPS = 1_000_000  # between two looks at how many steps a view has taken
# What SQLite says of a query that was stopped, and of a value that is too long.
_ENDED = ("interrupted", "string or blob too big")
# What SQLite alone does not know, but GDAL does: nobody can tell whether it ends.
_UNKNOWN = "no such function"
_READ_FORMAT, _ROLLBACK = slice(18, 20), b"\x01\x01"


def in_file(file: Path) -> bool:
    """Tell whether a database holds a table that is a program, also in its write-ahead log.

    Raises
    ------
    sqlite3.Error
        It is no database that SQLite reads.
    """
    address = file.absolute().as_uri()
    try:
        return _asked(sqlite3.connect(f"{address}?mode=ro", uri=True))
    except sqlite3.OperationalError:
        # Where nothing may be written, SQLite needs to be told that nobody else writes either.
        return _asked(sqlite3.connect(f"{address}?immutable=1", uri=True))


def in_content(content: bytes) -> bool:
    """Tell the same of a database in an archive.

    Raises
    ------
    sqlite3.Error
        As ``in_file``.
    """
    alone = bytearray(content)
    alone[_READ_FORMAT] = _ROLLBACK  # a log that is not there need not be looked for
    connection = sqlite3.connect(":memory:")
    connection.deserialize(bytes(alone))
    return _asked(connection)


def _asked(connection: sqlite3.Connection) -> bool:
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")  # damaged bytes stay data
    with closing(connection):
        try:
            rows = connection.execute(_DESCRIPTIONS).fetchall()
        except UnicodeDecodeError as problem:  # in what SQLite says of a damaged description
            raise sqlite3.DatabaseError from problem
        if any(_is_program(str(sql)) for (sql,) in rows):
            return True
        views = [name for (name,) in connection.execute(_VIEWS)]
        return any(_is_endless(connection, view) for view in views)


def _is_endless(connection: sqlite3.Connection, view: str) -> bool:
    """Tell whether a view takes more steps, or gives more or longer values, than a layer may."""
    limits = bounds.load().layer
    looks = iter(range(limits.view_steps // _STEPS))
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.view_value)
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    name = view.replace('"', '""')
    try:
        rows = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name, quoted
        return sum(1 for _ in zip(rows, range(limits.rows + 1), strict=False)) > limits.rows
    except sqlite3.DatabaseError as problem:
        told = str(problem)
        return told.startswith(_UNKNOWN) or told in _ENDED


def _is_program(sql: str) -> bool:
    words = _COMMENT.sub(" ", sql).split()
    is_virtual = [word.casefold() for word in words[:2]] == ["create", "virtual"]
    return is_virtual and not _INDEX.match(" ".join(words))
