"""Zips and KMZ that hold layers: what lies in them, and how large it is once it is unpacked.

Owns the look into their list of files; nothing is unpacked here.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from fsva.core import bounds
from fsva.core.errors import Place, SourceError

_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 24


def check(file: Path) -> None:
    """Refuse an archive that holds too many files, or unpacks to more than a layer may have.

    Raises
    ------
    SourceError
        It does.
    """
    limits = bounds.load()
    n_entries = _entries(file)
    if n_entries > limits.workbook.parts:
        raise SourceError(
            "lapisan_arsip",
            [Place(file)],
            {"jumlah": bounds.told(n_entries), "batas": bounds.told(limits.workbook.parts)},
        )
    n_bytes = sum(entry.file_size for entry in members(file))
    if n_bytes > limits.layer.bytes_unpacked:
        raise SourceError(
            "lapisan_isi",
            [Place(file)],
            {"jumlah": bounds.told(n_bytes), "batas": bounds.told(limits.layer.bytes_unpacked)},
        )


def _entries(file: Path) -> int:
    """Count the files of an archive without making a list of them: it may have millions."""
    count, tail = 0, b""
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            count += (tail + chunk).count(_ENTRY)
            tail = chunk[-len(_ENTRY) + 1 :]
    return count


def members(file: Path) -> list[zipfile.ZipInfo]:
    """Return what an archive says of its files; nothing of one that is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return []  # GDAL will refuse it by name
