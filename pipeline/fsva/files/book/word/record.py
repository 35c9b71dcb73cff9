"""What a document records of its generated parts, so that a later run knows who changed them.

Owns the record: a part of custom XML within the file, which Word and LibreOffice keep. It compares
the words of a part and their form; numbers that Word itself counts do not belong to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from fsva.files.book.word import controls
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import Element, name, printable

_NS = "urn:fsva-atlas:buku"
_FILE, _PROPERTIES = "../customXml/item-fsva.xml", "../customXml/itemProps-fsva.xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "{5D9C8B42-6C3B-4E0B-9A51-F5A0A71A5B0C}"
# Fields whose results Word counts anew.
_COUNTED = ("SEQ", "STYLEREF", "REF", "PAGEREF", "PAGE", "NUMPAGES")
# Properties of a run that people set by hand; languages, checks and revisions are Word's own.
_FORM = ("b", "i", "u", "strike", "color", "sz", "highlight", "rFonts", "vertAlign", "rStyle")


@dataclass(frozen=True)
class PartRecord:
    """A generated part as it was written, or as it stands.

    Parameters
    ----------
    mark : str
        Hash of its words, their form and its pictures.
    lines : tuple of str
        Its words, a line per paragraph.
    """

    mark: str
    lines: tuple[str, ...]


def of(package: WordPackage, sdt: Element) -> PartRecord:
    """Return what a control holds."""
    tokens, lines = [], []
    for paragraph in controls.content(sdt).iter(name("w:p")):
        seen = list(_tokens(package, paragraph))
        tokens.append(repr(_merged(seen)))
        lines.append("".join(words for words, _ in seen))
    digest = hashlib.sha256("\n".join(tokens).encode("utf-8", "surrogatepass")).hexdigest()
    return PartRecord(digest, tuple(lines))


def _merged(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join neighbours of the same form: Word splits runs as it likes."""
    made: list[tuple[str, str]] = []
    for words, form in tokens:
        if made and made[-1][1] == form:
            made[-1] = made[-1][0] + words, form
        elif words:
            made.append((words, form))
    return made


def _tokens(package: WordPackage, paragraph: Element) -> Iterator[tuple[str, str]]:
    """Yield words and their form, then pictures; results that Word counts are left out."""
    depth: list[str] = []
    code = ""
    in_code = False
    for run in paragraph.iter(name("w:r")):
        mark = run.find(name("w:fldChar"))
        if mark is not None:
            kind = mark.get(name("w:fldCharType"))
            if kind == "begin":
                depth.append("")
                in_code, code = True, ""
            elif kind == "separate":
                in_code = False
                if depth:
                    depth[-1] = code.split()[0] if code.split() else ""
            elif depth:
                depth.pop()
                in_code = False
            continue
        if in_code:
            code += "".join(t.text or "" for t in run.iter(name("w:instrText")))
        elif not any(kind in _COUNTED for kind in depth):
            yield from _run(package, run)


def _run(package: WordPackage, run: Element) -> Iterator[tuple[str, str]]:
    form = run.find(name("w:rPr"))
    said = [] if form is None else [_said(child) for child in form if _local(child) in _FORM]
    shown = " ".join(sorted(said))
    for child in run:
        if child.tag == name("w:t"):
            yield str(child.text or ""), shown
        elif child.tag == name("w:noBreakHyphen"):
            yield "-", shown
        elif child.tag == name("w:tab"):
            yield "\t", shown
        elif child.tag == name("w:br"):
            yield "\n", shown
        elif child.tag == name("w:drawing"):
            yield "\ufffc", f"drawing {_picture(package, child)}"


def _local(child: Element) -> str:
    return str(child.tag).rpartition("}")[2]


def _said(child: Element) -> str:
    values = sorted(f"{key.rpartition('}')[2]}={value}" for key, value in child.attrib.items())
    return f"{_local(child)}({','.join(values)})"


def _picture(package: WordPackage, drawing: Element) -> str:
    """Return the hash of the bytes that a drawing shows."""
    found = [
        hashlib.sha256(package.target_of(str(blip.get(name("r:embed"))))).hexdigest()
        for blip in drawing.iter(name("a:blip"))
    ]
    return ",".join(found)


def parts_in(package: WordPackage) -> dict[str, PartRecord]:
    """Return what every generated part of a document holds, by its tag."""
    return {
        tag: of(package, sdt) for tag, sdt in controls.found(package.document, controls.GENERATED)
    }


def write(package: WordPackage, parts: Mapping[str, PartRecord]) -> None:
    """Put the record into a document."""
    root = etree.Element(f"{{{_NS}}}buku", nsmap={None: _NS})
    for tag, part in sorted(parts.items()):
        made = etree.SubElement(root, f"{{{_NS}}}bagian", tag=tag, sidik=part.mark)
        made.text = printable_lines(part.lines)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    file = _place(package)
    if file is None:
        package.put(_FILE, content, "customXml", "application/xml")
        package.put_properties(_FILE, _PROPERTIES, _item_properties(), _PROPERTIES_TYPE)
    else:
        package.parts[file] = content


def printable_lines(lines: tuple[str, ...]) -> str:
    """Return lines as one text, without what XML forbids."""
    cells = ([printable(cell) for cell in line.replace("\n", " ").split("\t")] for line in lines)
    return "\n".join("\t".join(line) for line in cells)


def _item_properties() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{space}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{_NS}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _place(package: WordPackage) -> str | None:
    """Return the part that holds the record; Word gives it another name when it saves."""
    for part, content in package.parts.items():
        if part.startswith("customXml/") and _NS.encode() in content and b"bagian" in content:
            return part
    return None


def read(package: WordPackage) -> dict[str, PartRecord]:
    """Return what the program wrote last, by tag; empty for a document without a record."""
    file = _place(package)
    if file is None:
        return {}
    root = package.root(file)
    return {
        str(part.get("tag")): PartRecord(
            str(part.get("sidik")), tuple((part.text or "").split("\n"))
        )
        for part in root.iter(f"{{{_NS}}}bagian")
    }
