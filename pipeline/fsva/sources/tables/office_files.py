"""The files of an office, read for a copy in its edition.

Does not know their meaning.
"""

from __future__ import annotations

from pathlib import Path

from fsva.core import bounds


def read(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    SourceError
        If it is missing, too large, or cannot be read.
    """
    return bounds.content(file, bounds.load().table.most_bytes)
