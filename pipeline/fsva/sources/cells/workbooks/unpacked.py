"""The files inside a workbook, unpacked as far as their sizes allow.

Owns the refusal of archives that unpack to more than a memory holds, whatever they say of
themselves: a file is read no further than it says, and the reader gets what was read.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from fsva.core import bounds
from fsva.sources.cells.workbooks.filled import BrokenError, TooLargeError

_READ = (".xml", ".rels", ".bin")
# Folders of what no table needs: pictures, charts, caches.
_UNREAD = frozenset(
    {"media", "embeddings", "printersettings", "charts", "drawings", "pivotcache", "pivottables",
     "externallinks", "activex", "ctrlprops", "thumbnails", "pictures"}
)  # fmt: skip
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the library raises at archives that are damaged, encrypted or packed in a rare way.
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, RuntimeError,
    NotImplementedError, UnicodeError,
)  # fmt: skip


def parts(content: bytes) -> dict[str, bytes]:
    """Return the files of a workbook that say something of its cells.

    Raises
    ------
    BrokenError
        The archive is damaged.
    TooLargeError
        It holds too many files, or they are too large once unpacked.
    """
    limits = bounds.load().workbook
    if (n_entries := content.count(bounds.ZIP_ENTRY)) > limits.parts:
        raise TooLargeError("isi", n_entries, limits.parts)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            needed = [entry for entry in archive.infolist() if _is_needed(entry.filename)]
            n_bytes = sum(entry.file_size for entry in needed)
            if n_bytes > limits.most_bytes:
                raise TooLargeError("isi", n_bytes, limits.most_bytes)
            return {entry.filename: _read(archive, entry) for entry in needed}
    except _DAMAGES as problem:
        raise BrokenError(str(problem)) from problem


def _is_needed(name: str) -> bool:
    folders = {folder.lower() for folder in name.split("/")[:-1]}
    return name == "mimetype" or (name.endswith(_READ) and not folders & _UNREAD)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in _PACKINGS:
        raise BrokenError(entry.filename)
    return bounds.unpacked(archive, entry)


def packed(files: dict[str, bytes]) -> io.BytesIO:
    """Return an archive of some files, as they are, for a reader that wants one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    content.seek(0)
    return content
