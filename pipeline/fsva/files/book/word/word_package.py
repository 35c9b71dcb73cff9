"""A Word file as its parts: what is not changed keeps its bytes.

Owns reading, relationships, content types and packing. No library writes a part that a report
does not need to change.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fsva.core import bounds
from fsva.core.errors import Place, SourceError
from fsva.files.book.word import word_xml
from fsva.files.book.word.word_xml import Element, name
from fsva.files.packing import archive

_DIGITS = 8
_PACKAGE_RELS = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEMPLATE, _DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"


class NotWordError(Exception):
    """The file is no Word file."""


@contextmanager
def reading(place: Place) -> Iterator[None]:
    """Say which file it is where a part is missing or damaged that was not read at once.

    Raises
    ------
    SourceError
        It is no Word file.
    """
    try:
        yield
    except NotWordError as problem:
        raise SourceError("buku_bukan_word", [place]) from problem


def _check_size(source: zipfile.ZipFile) -> None:
    """Stop before unpacking what is larger than any report."""
    limits = bounds.load().workbook
    members = source.infolist()
    if len(members) > limits.parts or sum(m.file_size for m in members) > limits.most_bytes:
        raise NotWordError("zip")


class WordPackage:
    """The parts of a Word file.

    Parameters
    ----------
    content : bytes
        The file; a template (.dotx) becomes a document.

    Raises
    ------
    NotWordError
        It is no Word file.
    """

    def __init__(self, content: bytes) -> None:
        self.source = content
        self._changed: dict[str, Element] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as source:
                _check_size(source)
                self.parts = {i.filename: bounds.unpacked(source, i) for i in source.infolist()
                              if not i.is_dir()}  # fmt: skip
            self.parts[_TYPES] = self.parts[_TYPES].replace(_TEMPLATE, _DOCUMENT)
            self.main = self._target(_PACKAGE_RELS, "officeDocument") or ""
            self.document: Element = word_xml.parse(self.parts[self.main])
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError,
                NotImplementedError, RuntimeError, OSError, zlib.error) as problem:  # fmt: skip
            raise NotWordError(str(problem)) from problem
        if self.document.find(name("w:body")) is None:
            raise NotWordError("w:body")

    @property
    def body(self) -> Element:
        """The element that holds the text."""
        return self.document.find(name("w:body"))

    def _rels_of(self, part: str) -> str:
        folder, file = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{file}.rels")

    def _target(self, rels: str, kind: str) -> str | None:
        """Return the part that a relationship of a kind leads to."""
        root = self.root(rels)
        base = posixpath.dirname(posixpath.dirname(rels))
        for relation in root:
            if str(relation.get("Type", "")).endswith(f"/{kind}"):
                target = str(relation.get("Target"))
                path = target if target.startswith("/") else posixpath.join(base, target)
                return posixpath.normpath(path).lstrip("/")
        return None

    def root(self, part: str) -> Element:
        """Return the root of a part as it stands now.

        Raises
        ------
        NotWordError
            The part is missing or damaged.
        """
        if part in self._changed:
            return self._changed[part]
        try:
            return word_xml.parse(self.parts[part])
        except (KeyError, SyntaxError, ValueError) as problem:
            raise NotWordError(part) from problem

    def part_of(self, kind: str) -> str | None:
        """Return the part of the document of a kind, such as ``styles``."""
        rels = self._rels_of(self.main)
        return self._target(rels, kind) if rels in self.parts else None

    def related(self, kind: str) -> dict[str, Element]:
        """Return the parts of a kind, such as ``header``, read."""
        rels = self._rels_of(self.main)
        base = posixpath.dirname(self.main)
        found = {}
        for relation in self.root(rels):
            if str(relation.get("Type", "")).endswith(f"/{kind}"):
                part = posixpath.normpath(posixpath.join(base, str(relation.get("Target"))))
                if part in self.parts:
                    found[part] = self.root(part)
        return found

    def target_of(self, rel_id: str) -> bytes:
        """Return the bytes that a relationship of the document leads to; empty without any."""
        base = posixpath.dirname(self.main)
        for relation in self.root(self._rels_of(self.main)):
            if relation.get("Id") == rel_id and relation.get("TargetMode") != "External":
                part = posixpath.normpath(posixpath.join(base, str(relation.get("Target"))))
                return self.parts.get(part.lstrip("/"), b"")
        return b""

    def change(self, part: str, root: Element) -> None:
        """Write a part anew when the file is packed."""
        self._changed[part] = root

    def put(self, file: str, content: bytes, kind: str, content_type: str) -> str:
        """Add a part beside the document, or replace it; return the id of its relationship.

        Parameters
        ----------
        file : str
            Its place from the folder of the document.
        kind : str
            Last part of the relationship's type.
        """
        base = posixpath.dirname(self.main)
        part = posixpath.normpath(posixpath.join(base, file))
        self.parts[part] = content
        self._changed.pop(part, None)
        self._declare(part, content_type)
        rels = self._rels_of(self.main)
        root = self._relations(rels)
        for relation in root:
            if relation.get("Target") == file:
                return str(relation.get("Id"))
        taken = {str(relation.get("Id")) for relation in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdFsva{n}" not in taken)
        added = root.makeelement(
            f"{{{_RELS_NS}}}Relationship",
            {"Id": f"rIdFsva{number}", "Type": f"{_OFFICE}/{kind}", "Target": file},
        )
        root.append(added)
        self._changed[rels] = root
        return f"rIdFsva{number}"

    def put_picture(self, stem: str, content: bytes, content_type: str) -> str:
        """Add a picture unless the document has it; return the id of its relationship.

        Parameters
        ----------
        stem : str
            Beginning of its file's name, which ends with a hash: no picture is replaced that
            its author may have copied.
        """
        for relation in self.root(self._rels_of(self.main)):
            if str(relation.get("Type", "")).endswith("/image"):
                rel_id = str(relation.get("Id"))
                if self.target_of(rel_id) == content:
                    return rel_id
        digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
        return self.put(f"{stem}-{digest}.png", content, "image", content_type)

    def drop_unused(self, prefix: str) -> None:
        """Remove pictures of ours that the document does not show any more.

        Parameters
        ----------
        prefix : str
            Beginning of their targets.
        """
        rels = self._rels_of(self.main)
        root = self.root(rels)
        base = posixpath.dirname(self.main)
        text = word_xml.written(self.document)
        for relation in list(root):
            target, rel_id = str(relation.get("Target")), str(relation.get("Id"))
            if target.startswith(prefix) and f'"{rel_id}"'.encode() not in text:
                root.remove(relation)
                self.parts.pop(posixpath.normpath(posixpath.join(base, target)), None)
                self._changed[rels] = root

    def _relations(self, rels: str) -> Element:
        if rels not in self.parts:
            self.parts[rels] = f'<Relationships xmlns="{_RELS_NS}"/>'.encode()
        return self.root(rels)

    def put_properties(self, of: str, file: str, content: bytes, content_type: str) -> None:
        """Add the properties of a part of custom XML; no other part refers to them.

        Parameters
        ----------
        of, file : str
            Places of both from the folder of the document.
        """
        base = posixpath.dirname(self.main)
        part, properties = (posixpath.normpath(posixpath.join(base, f)) for f in (of, file))
        self.parts[properties] = content
        self._declare(properties, content_type)
        said = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
            f'xmlns="{_RELS_NS}"><Relationship Id="rId1" Type="{_OFFICE}/customXmlProps" '
            f'Target="{posixpath.basename(file)}"/></Relationships>'
        )
        self.parts[self._rels_of(part)] = said.encode()

    def _declare(self, part: str, content_type: str) -> None:
        """Say in the list of types what a part is, unless it says so already."""
        root = self.root(_TYPES)
        ending = part.rpartition(".")[2]
        for said in root:
            is_it = said.get("PartName") == f"/{part}" or said.get("Extension") == ending
            if is_it and said.get("ContentType") == content_type:
                return
        if content_type.startswith("image/"):
            made = {"Extension": ending, "ContentType": content_type}
            root.insert(0, root.makeelement(f"{{{_TYPES_NS}}}Default", made))
        else:
            made = {"PartName": f"/{part}", "ContentType": content_type}
            root.append(root.makeelement(f"{{{_TYPES_NS}}}Override", made))
        self._changed[_TYPES] = root

    def packed(self) -> bytes:
        """Return the file; only the document and what was changed are written anew."""
        written = {part: word_xml.written(root) for part, root in self._changed.items()}
        main: dict[str, Any] = {self.main: word_xml.written(self.document)}
        return archive.archive(self.parts | written | main)
