"""Which drivers of GDAL may open a layer, told by its first bytes; no other may, nor the network.

Owns the table of formats that are read. GDAL itself asks every driver that it has, and some of them
obey what a file says: read another file, call a server. Here a layer is data.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyogrio
from pyogrio import _ogr

from fsva.core.errors import Place, SourceError

_FOLDER = ("OpenFileGDB",)
_MARKUP = ("LIBKML", "KML")
_JSON = ("GeoJSON",)
# Bytes that a format begins with, and who reads it.
_BEGINNINGS = (
    (b"SQLite format 3\x00", ("GPKG",)),
    (b"\x00\x00\x27\x0a", ("ESRI Shapefile",)),
    (b"fgb", ("FlatGeobuf",)),
    (b"\xff\xfe<\x00", _MARKUP),
    (b"\xfe\xff\x00<", _MARKUP),
    (b"<", _MARKUP),
    (b"{", _JSON),
)
_ARCHIVE = b"PK"
# In an archive, the drivers tell each other's members apart.
ALL = ("ESRI Shapefile", "GPKG", *_FOLDER, *_JSON, *_MARKUP, "FlatGeobuf")
_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_LOOKED_AT = 4096
# No proxy listens there: whatever asks for an address gets none.
NO_NETWORK = {
    "GDAL_HTTP_PROXY": "127.0.0.1:1",
    "GDAL_HTTPS_PROXY": "127.0.0.1:1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "/",
    "GDAL_ALLOW_REMOTE_RESOURCE_TO_ACCESS_LOCAL_FILE": "NO",
}
_PAST_PROXIES = ("no_proxy", "NO_PROXY")


def of(file: Path) -> tuple[str, ...]:
    """Return the drivers that read what a layer's first bytes say it is.

    Parameters
    ----------
    file : Path
        A file, or the folder of a File Geodatabase.

    Raises
    ------
    SourceError
        It is of no format that is read; the message does not repeat its content.
    """
    if file.is_dir():
        return _FOLDER
    try:
        with file.open("rb") as opened:
            head = opened.read(_LOOKED_AT)
    except OSError as problem:
        raise SourceError("layer_tak_terbaca", [Place(file)]) from problem
    if head.startswith(_ARCHIVE):
        return ALL
    plain = head.removeprefix(_BOM).lstrip(_BLANK)
    for beginning, names in _BEGINNINGS:
        if plain.startswith(beginning):
            return names
    raise SourceError("layer_format", [Place(file)])


@contextmanager
def only(names: tuple[str, ...]) -> Iterator[None]:
    """Let GDAL have no other drivers than these, and no network, for a while.

    Its other users in the same process, such as a notebook, find all drivers again.
    """
    others = sorted(set(pyogrio.list_drivers()) - set(names))
    settings = NO_NETWORK | {"GDAL_SKIP": ",".join(others)}
    before = {name: pyogrio.get_gdal_config_option(name) for name in settings}
    around = {name: os.environ.pop(name) for name in _PAST_PROXIES if name in os.environ}
    try:
        _set(settings)
        yield
    finally:
        os.environ.update(around)
        _set(before)


def _set(settings: Mapping[str, object]) -> None:
    """Set options of GDAL and let it register its drivers anew, but for those to be skipped."""
    pyogrio.set_gdal_config_options(settings)
    _ogr._register_drivers()
