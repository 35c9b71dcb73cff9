"""Which files a boundary layer or a raster consists of.

Owns the knowledge that a Shapefile is several files, that a File Geodatabase is a folder, and that
a database in one file keeps what was written last beside it. It reads none of them and imports
nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

from fsva.core import bounds
from fsva.core.resources import resolved

# What the reader opens beside a file of that ending: other endings of the same name. The indexes
# (.qix, .ind ...) count, for a condition is answered by them.
_SHAPEFILE = (
    ".cpg",
    ".dbf",
    ".prj",
    ".shp",
    ".shx",
    ".qix",
    ".sbn",
    ".sbx",
    ".idm",
    ".ind",
    ".qpj",
)
_MAPINFO = (".tab", ".dat", ".map", ".id", ".ind", ".dbf", ".cpg")
_WORLD = (".tfw", ".tifw", ".tiffw", ".wld", ".prj", ".tab", ".aux")
_ENDINGS = {
    ".shp": _SHAPEFILE,
    ".dbf": _SHAPEFILE,
    ".tab": _MAPINFO,
    ".mif": (".mid",),
    ".gml": (".gfs", ".xsd"),
    ".tif": _WORLD,
    ".tiff": _WORLD,
}
# What is appended to the whole name. A database that is open in an editor holds its last changes
# in -wal or -journal; -shm only says where in -wal, anew for every reader.
_DATABASE = ("-wal", "-journal")
_RASTER = (".aux.xml", ".ovr", ".msk")
_APPENDED = {".gpkg": _DATABASE, ".sqlite": _DATABASE, ".tif": _RASTER, ".tiff": _RASTER}
# Formats that are whole in one file.
_WHOLE = (
    ".geojson",
    ".json",
    ".fgb",
    ".kml",
    ".kmz",
    ".zip",
    ".csv",
    ".xls",
    ".xlsx",
    ".xlsb",
    ".ods",
)
_PASSING = (".lock", "-shm")
# Files of layers in a folder, each with its own parts beside it.
_LAYERS = (".shp", ".gpkg", ".geojson", ".fgb", ".kml", ".kmz")
_GEODATABASE = ".gdb"


def is_layer(file: Path) -> bool:
    """Tell whether something stands there that may be a layer: a file, or a folder of layers."""
    return file.is_file() or is_geodatabase(file) or bool(in_folder(file))


def is_geodatabase(file: Path) -> bool:
    """Tell whether a folder is a File Geodatabase, a single layer file to its users."""
    return file.is_dir() and file.suffix.lower() == _GEODATABASE


def in_folder(folder: Path) -> list[Path]:
    """Return the layers in a folder, sorted; none if it is a file.

    Parameters
    ----------
    folder : Path
        Layers in folders below it count too, as in a zip.
    """
    if not folder.is_dir():
        return []
    inside = bounds.files_in(folder, "**/*")
    bases = [part for part in inside if is_geodatabase(part)]
    files = [p for p in inside if p.suffix.lower() in _LAYERS and p.is_file()]
    return [*bases, *(p for p in files if not any(b in p.parents for b in bases))]


def of_layer(file: Path) -> list[Path]:
    """Return every file that the content of a layer or raster depends on, sorted.

    Parameters
    ----------
    file : Path
        As the user named it; it may be missing. Of a format that is not known here, whatever
        bears its name counts.
    """
    if file.is_dir():
        # Open programs leave lock files in a geodatabase; they are not its content.
        inner = (
            part
            for part in bounds.files_in(file, "**/*")
            if part.is_file() and part.suffix != ".lock"
        )
        return sorted(inner)
    if file.suffix.lower() in _WHOLE:
        return [file]
    # A database keeps its changes beside itself, a Shapefile is sought beside the link to it.
    return sorted({file, *_beside(file), *_beside(resolved(file))})


def named_with(file: Path) -> list[Path]:
    """Return a layer and whatever a reader may take for a part of it, be it a file or not."""
    if file.suffix.lower() in _WHOLE:
        return [file]
    return [file, *sorted(_names_beside(file) | _names_beside(resolved(file)))]


def _beside(file: Path) -> set[Path]:
    return {part for part in _names_beside(file) if part.is_file()}


def _names_beside(file: Path) -> set[Path]:
    if not file.parent.is_dir():
        return set()
    return {part for part in file.parent.iterdir() if _belongs(part.name, file)}


def _belongs(name: str, file: Path) -> bool:
    """Tell whether a name beside a file is that of a part; letters may differ in case."""
    suffix, whole, other = file.suffix.lower(), file.name.casefold(), name.casefold()
    if other == whole or other.endswith(_PASSING):
        return False
    if suffix not in _ENDINGS and suffix not in _APPENDED:
        return other.startswith((f"{file.stem.casefold()}.", f"{whole}-"))
    stem, dot, ending = other.rpartition(".")
    is_part = stem == file.stem.casefold() and dot + ending in _ENDINGS.get(suffix, ())
    return is_part or other in {whole + ending for ending in _APPENDED.get(suffix, ())}
