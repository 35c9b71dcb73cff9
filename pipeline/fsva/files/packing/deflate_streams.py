"""Compression with libdeflate, which gives the same bytes on every system and processor.

Python, Pillow and qpdf use the zlib of the system, and its bytes differ between systems.
"""

from __future__ import annotations

import deflate
import numpy as np
from numpy.typing import NDArray

# The next level takes four times as long for a picture and saves four per cent.
LEVEL = 6


def packed(content: bytes | NDArray[np.uint8]) -> bytes:
    """Compress bytes as PNG and PDF store them, with head and checksum (RFC 1950)."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def unpacked(data: bytes, size: int) -> bytes:
    """Return what was compressed by ``packed``.

    Parameters
    ----------
    size : int
        Bytes before.
    """
    return bytes(deflate.zlib_decompress(data, size)) if size else b""


def bare(content: bytes) -> bytes:
    """Compress bytes as zip files store them, without head and checksum (RFC 1951)."""
    return bytes(deflate.deflate_compress(content, LEVEL))
