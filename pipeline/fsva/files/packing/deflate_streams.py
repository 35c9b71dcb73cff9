"""Bytes packed with libdeflate, which gives the same on every system and processor.

The zlib of Python, Pillow and qpdf is the one of the system, and systems have several.
"""

from __future__ import annotations

import deflate

# The next level takes four times as long on a picture and saves four per cent.
LEVEL = 6


def packed(content: bytes) -> bytes:
    """Return a stream as PNG and PDF hold it (RFC 1950)."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def bare(content: bytes) -> bytes:
    """Return a stream as archives hold it, without head and checksum (RFC 1951)."""
    return bytes(deflate.deflate_compress(content, LEVEL))
