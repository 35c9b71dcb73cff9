"""The files of a boundary layer.

Owns the knowledge that a Shapefile is several files and a File Geodatabase is a folder. It reads
none of them and imports nothing heavy.
"""

from __future__ import annotations

from pathlib import Path

SHAPEFILE_PARTS = (".cpg", ".dbf", ".prj", ".shp", ".shx")


def is_layer(file: Path) -> bool:
    """Tell whether a path may be a layer: a file, or the folder of a geodatabase."""
    return file.is_file() or (file.is_dir() and file.suffix.lower() == ".gdb")


def of_layer(file: Path) -> list[Path]:
    """Return every file that a layer's content depends on, sorted.

    Parameters
    ----------
    file : Path
        The layer as the user named it; it may be missing.
    """
    if file.is_dir():
        # Programs leave lock files in an open geodatabase; they are not its content.
        inner = (part for part in file.rglob("*") if part.is_file() and part.suffix != ".lock")
        return sorted(inner)
    if file.suffix.lower() != ".shp" or not file.parent.is_dir():
        return [file]
    beside = (part for part in file.parent.iterdir() if part.stem == file.stem)
    parts = {part for part in beside if part.suffix.lower() in SHAPEFILE_PARTS}
    return sorted({file, *parts})
