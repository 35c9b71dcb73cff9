"""Documents and slides of the libraries that write them, packed here.

The libraries pack what they have made with the time of the computer's clock, which fails before
1980. The order of the members is theirs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fsva.files.packing import archive

CREATED = datetime(2000, 1, 1)  # the day that all office files name: no clock in any output


class _Members(dict[str, bytes]):
    """What a library gives to its writer of zip files: path in the archive to content."""

    def write(self, uri: Any, content: bytes) -> None:  # noqa: ANN401 - without types
        """Take a member."""
        self[uri.membername] = content


def of_word(package: Any) -> bytes:  # noqa: ANN401 - python-docx has no types
    """Return a document of python-docx as bytes.

    Parameters
    ----------
    package : docx.opc.package.OpcPackage
        The document's.
    """
    from docx.opc import pkgwriter

    writer: Any = pkgwriter.PackageWriter
    parts, members = package.parts, _Members()
    for part in parts:
        part.before_marshal()
    writer._write_content_types_stream(members, parts)
    writer._write_pkg_rels(members, package.rels)
    writer._write_parts(members, parts)
    return archive.archive(members)


def of_slides(package: Any) -> bytes:  # noqa: ANN401 - python-pptx has no types
    """Return slides of python-pptx as bytes.

    Parameters
    ----------
    package : pptx.opc.package.OpcPackage
        The presentation's.
    """
    from pptx.opc import serialized

    library: Any = serialized
    members = _Members()
    writer = library.PackageWriter(None, package._rels, tuple(package.iter_parts()))
    writer._write_content_types_stream(members)
    writer._write_pkg_rels(members)
    writer._write_parts(members)
    return archive.archive(members)
