"""Which drivers of GDAL may open a layer, by its first bytes; others and the network are shut out.

Owns the table of formats that are read. GDAL itself asks every driver that it has, and some of them
obey what a file says: read another file, call a server. Here a layer is data.
"""

from __future__ import annotations

import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from fsva.core import bounds, memory
from fsva.core.errors import Place, SourceError
from fsva.sources.layers import archives, layer_files, virtual_tables

_FOLDER = ("OpenFileGDB",)
_DATABASE = ("GPKG",)
_MARKUP = ("LIBKML", "KML")
JSON = ("GeoJSON",)
# Bytes that a format begins with, and who reads it.
_BEGINNINGS = (
    (virtual_tables.BEGINNING, _DATABASE),
    (b"\x00\x00\x27\x0a", ("ESRI Shapefile",)),
    (b"fgb", ("FlatGeobuf",)),
    (b"\xff\xfe<\x00", _MARKUP),
    (b"\xfe\xff\x00<", _MARKUP),
    (b"<", _MARKUP),
    (b"{", JSON),
)
_ARCHIVE = b"PK"
# In an archive, the drivers tell each other's members apart.
ALL = ("ESRI Shapefile", "GPKG", *_FOLDER, *JSON, *_MARKUP, "FlatGeobuf")
# What unpacking raises at a damaged or encrypted member, or one packed in an unknown way.
UNPACKING = (zlib.error, EOFError, NotImplementedError, RuntimeError)
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
# What the user's surroundings could say against it.
_AGAINST = ("no_proxy", "NO_PROXY", "SPATIALITE_SECURITY")
_MEMBERS = (".shp", ".gpkg", ".geojson", ".json", ".fgb", ".kml")


def of(file: Path) -> tuple[str, ...]:
    """Return the drivers that read what a layer's first bytes say it is.

    Parameters
    ----------
    file : Path
        A file, the folder of a File Geodatabase, or a folder of layers.

    Raises
    ------
    SourceError
        It, or a layer in an archive, is of no format that is read, or a database that reads other
        files; the message does not repeat its content. Or it, or a file beside it that belongs to
        it, is no file, or too large.
    """
    if file.is_dir():
        if layer_files.is_geodatabase(file):
            return _FOLDER
        inside = [of(member) for member in layer_files.in_folder(file)]
        return tuple(dict.fromkeys(name for names in inside for name in names))
    limits = bounds.load().layer
    for part in layer_files.named_with(file):
        bounds.check(part, limits.most_bytes)
    names = _by_content(file)
    if names in (JSON, _MARKUP):
        bounds.check(file, limits.bytes_at_once)
    return names


def _by_content(file: Path) -> tuple[str, ...]:
    try:
        with file.open("rb") as opened:
            head = opened.read(_LOOKED_AT)
        names = ALL if head.startswith(_ARCHIVE) else _told(head)
        is_program = names == _DATABASE and virtual_tables.in_file(file)
        if names == ALL:
            archives.check(file)
            names, is_program = _of_members(file)
    except (OSError, sqlite3.Error, zipfile.BadZipFile, *UNPACKING) as problem:
        raise SourceError("layer_tak_terbaca", [Place(file)]) from problem
    if is_program:
        raise SourceError("layer_program", [Place(file)])
    if not names:
        raise SourceError("layer_format", [Place(file)])
    return names


def _told(head: bytes) -> tuple[str, ...]:
    """Return the drivers of what begins so; none if no format that is read does."""
    plain = head.removeprefix(_BOM).lstrip(_BLANK)
    for beginning, names in _BEGINNINGS:
        if plain.startswith(beginning):
            return names
    return ()


def _of_members(file: Path) -> tuple[tuple[str, ...], bool]:
    """Look into an archive; tell its drivers, and whether a member is a program."""
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            with archive.open(member) as opened:
                head = opened.read(_LOOKED_AT)
            if head.startswith(virtual_tables.BEGINNING):
                if virtual_tables.in_content(bounds.unpacked(archive, member)):
                    return ALL, True
            elif _is_layer(PurePosixPath(member.filename)) and not _told(head):
                return (), False
    return ALL, False


def _is_layer(member: PurePosixPath) -> bool:
    """Tell whether a member is named as a layer; what a Mac adds beside each file is not."""
    return member.suffix.lower() in _MEMBERS and not member.name.startswith("._")


@contextmanager
def only(names: tuple[str, ...]) -> Iterator[None]:
    """Let GDAL have no other drivers than these, and no network, for a while.

    Its other users in the same process, such as a notebook, find all drivers again.
    """
    with memory.without_frames():
        import pyogrio  # GDAL, which a plain layer does not need

    others = sorted(set(pyogrio.list_drivers()) - set(names))
    settings = NO_NETWORK | {"GDAL_SKIP": ",".join(others)}
    before = {name: pyogrio.get_gdal_config_option(name) for name in settings}
    around = {name: os.environ.pop(name) for name in _AGAINST if name in os.environ}
    try:
        _set(settings)
        yield
    finally:
        os.environ.update(around)
        _set(before)


def _set(settings: Mapping[str, object]) -> None:
    """Set options of GDAL and let it register its drivers anew, but for those to be skipped."""
    import pyogrio
    from pyogrio import _ogr

    pyogrio.set_gdal_config_options(settings)
    _ogr._register_drivers()
