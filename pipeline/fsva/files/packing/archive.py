"""Zip files, which XLSX and DOCX are too.

Owns their bytes: members in the order given, one fixed date, Unix as the system, compressed with
libdeflate. Libraries that write such files take date, system and zlib from the computer.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from fsva.files.packing import deflate_streams

# APPNOTE 4.3.7, 4.3.12 and 4.3.16.
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20  # the lowest version that can read deflate
_UNIX = 3 << 8
_UTF_8 = 0x800
_DEFLATED = 8
# 1 January 1980, midnight: the first moment that the format knows.
_TIME, _DATE = 0, 1 << 5 | 1
_READABLE = 0o100644 << 16


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file.

    Parameters
    ----------
    members : mapping of str to bytes
        Path in the archive to content; together less than 4 GiB.
    """
    body, listed = bytearray(), bytearray()
    for path, content in members.items():
        name, packed = path.encode("utf-8"), deflate_streams.bare(content)
        shared = struct.pack(
            "<HHHHHIIIHH", _VERSION, _UTF_8, _DEFLATED, _TIME, _DATE,
            zlib.crc32(content), len(packed), len(content), len(name), 0,
        )  # fmt: skip
        where = struct.pack("<HHHII", 0, 0, 0, _READABLE, len(body))
        listed += _CENTRAL + struct.pack("<H", _UNIX | _VERSION) + shared + where + name
        body += _LOCAL + shared + name + packed
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), len(body), 0)
    return bytes(body + listed + _END + end)


def repacked(content: bytes) -> bytes:
    """Write an archive of another library again, with bytes that do not depend on the computer.

    Parameters
    ----------
    content : bytes
        A zip file; its members keep their order.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return archive({name: source.read(name) for name in source.namelist()})
