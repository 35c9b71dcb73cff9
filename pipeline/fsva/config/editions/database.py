"""Village layers in a PostGIS database: what a connection string says.

Owns the grammar of the string, and hides its password everywhere. ``fsva.sources.layers.postgis``
reads the rows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from fsva.core.errors import Place, SourceError

# However it is written, a connection is never taken for a file, whose name would be printed.
_URI = re.compile(r"\s*(?:postgres(?:ql)?|postgis)://", re.IGNORECASE)
_PAIRS = "PG:"
_OF_PAIRS = re.compile(r"\s*pg:", re.IGNORECASE)
# The same without its beginning, as psql takes it.
_BARE = re.compile(
    r"\s*(?:\w+\s*=\s*\S+\s+)*(?:host|hostaddr|dbname|service|user|password|passfile)\s*=",
    re.IGNORECASE,
)
_OPTION = re.compile(r"[a-z_]+")
# The key that names the table, in our words and in those of GDAL.
TABLE_KEYS = ("tabel", "tables")
SECRETS = frozenset({"password", "sslpassword"})


@dataclass(frozen=True)
class Database:
    """A table of villages in a PostGIS database.

    Parameters
    ----------
    table : str
        ``table`` or ``schema.table``.
    options : mapping of str to str
        Options of the connection as libpq names them; never printed, because they may hold a
        password.
    """

    table: str
    options: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        """The name that people read: table and database, without host, user and password."""
        return f"{self.table} (PostGIS {self.options.get('dbname', '')})".replace("/", "-")

    @property
    def text(self) -> str:
        """The connection string as it may be written into a file: without any password."""
        said = {key: value for key, value in self.options.items() if key not in SECRETS}
        words = [f"{key}={shlex.quote(value)}" for key, value in said.items()]
        return _PAIRS + " ".join([*words, f"{TABLE_KEYS[0]}={shlex.quote(self.table)}"])

    @property
    def has_password(self) -> bool:
        """Whether the string itself held a password."""
        return bool(self.options.keys() & SECRETS)


# Where a village layer stands: in a file, or in a table of a database.
Layer = Path | Database


def called(layer: Layer) -> Path:
    """Return what messages call a layer: its file, or table and database.

    Examples
    --------
    >>> called(Path("desa.gpkg")).name, called(Database("desa", {"dbname": "batas"})).name
    ('desa.gpkg', 'desa (PostGIS batas)')
    """
    return layer if isinstance(layer, Path) else Path(layer.name)


def layer(text: str) -> Layer:
    """Return the layer that a text names: a connection string, or else a file.

    Raises
    ------
    SourceError
        As ``parse``.
    """
    return parse(text) if is_connection(text) else Path(text)


def is_connection(text: str) -> bool:
    """Tell whether a text is a connection string and no file.

    Examples
    --------
    >>> is_connection("postgresql://gis@server/batas?tabel=desa"), is_connection("desa.gpkg")
    (True, False)
    >>> is_connection(" Postgresql://u:pw@server/batas"), is_connection("pg:password=pw")
    (True, True)
    >>> is_connection("host=server dbname=batas"), is_connection("data/host.gpkg")
    (True, False)
    """
    return bool(_URI.match(text) or _OF_PAIRS.match(text) or _BARE.match(text))


def parse(text: str) -> Database:
    """Return what a connection string says.

    Parameters
    ----------
    text : str
        ``postgresql://user@host:port/database?tabel=schema.table`` or
        ``PG:host=... dbname=... tabel=...``. The password is better left to ``~/.pgpass`` or
        ``PGPASSWORD``.

    Raises
    ------
    SourceError
        It names no table or cannot be parsed; the message does not repeat the text.

    Examples
    --------
    >>> parse("postgresql://gis:rahasia@server/batas?tabel=public.desa").name
    'public.desa (PostGIS batas)'
    """
    try:
        options = (
            _of_uri(text.strip()) if _URI.match(text) else _of_pairs(_OF_PAIRS.sub("", text, 1))
        )
    except ValueError as problem:
        raise SourceError("postgis_tulisan", [Place()]) from problem
    if not all(map(_OPTION.fullmatch, options)):  # part of a password that was not encoded
        raise SourceError("postgis_tulisan", [Place()])
    tables = [options.pop(key) for key in TABLE_KEYS if key in options]
    if len(tables) != 1 or not tables[0]:
        raise SourceError("postgis_tulisan", [Place()])
    return Database(tables[0], options)


def _of_uri(text: str) -> dict[str, str]:
    parts = urlsplit(text)
    if "@" in parts.path or parts.fragment:  # the rest of a password that was not encoded
        raise ValueError("@")
    said = {
        "host": parts.hostname,
        "port": str(parts.port) if parts.port else None,
        "user": parts.username,
        "password": parts.password,
        "dbname": parts.path.removeprefix("/"),
    }
    return {key: unquote(value) for key, value in said.items() if value} | dict(
        parse_qsl(parts.query, keep_blank_values=True)
    )


def _of_pairs(text: str) -> dict[str, str]:
    pairs = [word.partition("=") for word in shlex.split(text)]
    if not pairs or not all(mark for _, mark, _ in pairs):
        raise ValueError("key=value")
    return {key.lower(): value for key, _, value in pairs}
