"""XML as a tree of elements, for the files of QGIS and for SLD.

Owns their bytes: attributes in the order given, characters that XML cannot hold left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, indent, tostring

from fsva.files.writers import xml_text

QGIS = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
Attributes = Mapping[str, object]


def node(
    tag: str, attributes: Attributes | None = None, *children: Element, text: str = ""
) -> Element:
    """Return an element.

    Parameters
    ----------
    attributes : mapping of str to str, int or float, or None
        Name to value.
    children : Element
        In their order; an element has either these or a text.
    """
    made = Element(tag, {key: written(value) for key, value in (attributes or {}).items()})
    made.extend(children)
    if text:
        made.text = xml_text.kept(text)
    return made


def written(value: object) -> str:
    """Return a value as an attribute has it."""
    return f"{value:.15g}" if isinstance(value, float) else xml_text.kept(str(value))


def document(root: Element, head: str) -> str:
    """Return a tree as text.

    Parameters
    ----------
    head : str
        ``QGIS`` or ``DECLARED``.
    """
    indent(root, " ")
    return f"{head}{tostring(root, encoding='unicode')}\n"
