"""Elements of WordprocessingML.

Owns their namespaces and how they are made. All words are cleaned of what XML forbids.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from fsva.files.writers import xml_text

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
Element = Any  # lxml has no types
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
_BETWEEN_DIGITS = re.compile(r"(?<=\d)-(?=\d)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def name(short: str) -> str:
    """Return the full name of an element or attribute, e.g. of ``w:p``."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else short


def element(short: str, *children: Element, **attributes: object) -> Element:
    """Make an element; attributes are of the namespace ``w`` unless they say another.

    Parameters
    ----------
    children : elements or None
        None is left out.
    attributes : mapping
        ``r_embed`` is ``r:embed``; ``_id`` has no namespace; False and None are left out.
    """
    made = etree.Element(name(short), nsmap=NAMESPACES if short == "w:p" else None)
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        made.set(_attribute(key), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def _attribute(key: str) -> str:
    prefix, _, local = key.partition("_")
    if not prefix:
        return local
    return name(f"{prefix}:{local}") if prefix in NAMESPACES and local else name(f"w:{key}")


def printable(words: str) -> str:
    """Return words without the letters that XML forbids, and without tabs and line ends."""
    return "".join(letter for letter in xml_text.kept(words) if letter >= " ")


def text(words: str) -> Element:
    """Return the words of a run."""
    made = etree.Element(name("w:t"))
    made.text = printable(words)
    made.set(_SPACE, "preserve")
    return made


def run(words: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Return a run of words, in which no line ends within numbers such as 1-3."""
    form = [element(f"w:{kind}") for kind, wanted in (("b", bold), ("i", italic)) if wanted]
    made = element("w:r", element("w:rPr", *form) if form else None)
    for n, part in enumerate(_BETWEEN_DIGITS.split(words)):
        if n:
            made.append(element("w:noBreakHyphen"))
        made.append(text(part))
    return made


def words_of(shown: Element) -> str:
    """Return the words of an element; a hyphen at which no line ends is a hyphen."""
    return "".join(
        "-" if one.tag == name("w:noBreakHyphen") else one.text or ""
        for one in shown.iter(name("w:t"), name("w:noBreakHyphen"))
    )


def tab() -> Element:
    """Return a run that is a tab."""
    return element("w:r", element("w:tab"))


def paragraph(style: str, *content: Element, form: Iterable[Element] = ()) -> Element:
    """Return a ``w:p`` that holds some content.

    Parameters
    ----------
    style : str
        Id of its style; empty for that of the document.
    form : iterable of elements
        What else stands in its properties, in the order of the schema.
    """
    kind = [element("w:pStyle", val=style)] if style else []
    properties = [*kind, *form]
    return element("w:p", element("w:pPr", *properties) if properties else None, *content)


def number_of(words: str, most: int) -> int:
    """Return a number from 1 to ``most`` that depends on the words alone."""
    return zlib.crc32(words.encode("utf-8", "replace")) % most + 1


def bookmark(label: str, *content: Element) -> Iterator[Element]:
    """Yield elements with a bookmark around them, whose number follows from its name."""
    number = 1000 + number_of(label, 900_000_000)
    yield element("w:bookmarkStart", id=number, name=label)
    yield from content
    yield element("w:bookmarkEnd", id=number)


def bookmark_name(key: str) -> str:
    """Return the name of the bookmark of a heading, table or figure: 40 letters at most."""
    letters = "".join(letter if letter.isalnum() else "_" for letter in key)
    short = letters[:24]
    return f"fsva_{short}_{number_of(key, 2**31):08x}"


def parse(content: bytes) -> Element:
    """Return the root of a part; nothing from outside is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def written(root: Element) -> bytes:
    """Return a part as bytes."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
