"""The files that an office brings, as they are: read to be copied into its edition.

Owns nothing of their meaning.
"""

from __future__ import annotations

from pathlib import Path

from fsva.core.errors import Place, SourceError


def read(file: Path) -> bytes:
    """Return a file to the byte.

    Parameters
    ----------
    file : Path
        A table or another file of the office.

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
