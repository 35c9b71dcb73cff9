"""The files of an office, read for a copy in its edition.

Does not know their meaning.
"""

from __future__ import annotations

from pathlib import Path

from fsva.core.errors import Place, SourceError


def read(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    SourceError
        If it is missing or cannot be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError as problem:
        raise SourceError("berkas_hilang", [Place(file)]) from problem
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file, found=problem.strerror)]) from problem
