"""Zips and KMZ that hold layers: what lies in them, how packed, and how large once unpacked.

Owns the look into their list of files; nothing is unpacked here.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from fsva.core import bounds
from fsva.core.errors import Place, SourceError

_CHUNK = 1 << 24
# Ways to pack that GDAL can undo: stored, deflate, and its larger form.
_KNOWN_WAYS = (0, 8, 9)
_ENCRYPTED = 1


def check(file: Path) -> None:
    """Refuse an archive of too many files, of too much once unpacked, or that GDAL cannot unpack.

    Raises
    ------
    SourceError
        It is one of these.
    """
    limits = bounds.load()
    n_entries = _entries(file)
    if n_entries > limits.workbook.parts:
        raise SourceError(
            "lapisan_arsip",
            [Place(file)],
            {"jumlah": bounds.told(n_entries), "batas": bounds.told(limits.workbook.parts)},
        )
    inside = members(file)
    if any(e.flag_bits & _ENCRYPTED or e.compress_type not in _KNOWN_WAYS for e in inside):
        raise unreadable(file)
    n_bytes = sum(entry.file_size for entry in inside)
    if n_bytes > limits.layer.bytes_unpacked:
        raise SourceError(
            "lapisan_isi",
            [Place(file)],
            {"jumlah": bounds.told(n_bytes), "batas": bounds.told(limits.layer.bytes_unpacked)},
        )


def unreadable(file: Path) -> SourceError:
    """Return the error of an archive in which no layer can be read.

    Parameters
    ----------
    file : Path
        A zip or KMZ: encrypted, packed in another way, or with archives in it.
    """
    return SourceError("lapisan_zip", [Place(file)])


def _entries(file: Path) -> int:
    """Count the files of an archive without making a list of them: it may have millions."""
    count, tail = 0, b""
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            count += (tail + chunk).count(bounds.ZIP_ENTRY)
            tail = chunk[-len(bounds.ZIP_ENTRY) + 1 :]
    return count


def members(file: Path) -> list[zipfile.ZipInfo]:
    """Return what an archive says of its files; nothing of one that is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return []  # GDAL will refuse it by name
