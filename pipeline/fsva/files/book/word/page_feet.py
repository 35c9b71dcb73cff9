"""The foot of landscape pages of a Word document, whose page number stands at their own margin.

Owns its part; it says the same as the foot of upright pages.
"""

from __future__ import annotations

from copy import deepcopy

from fsva.config.styles.book_look import BookLook
from fsva.files.book.word import word_xml
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import TWIPS_PER_MM, Element, element, name

_FILE = "fsva-kaki-mendatar.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"


def turned(package: WordPackage, look: BookLook) -> str:
    """Add the foot of landscape pages to a document in our look; return its relationship's id.

    Returns
    -------
    str
        Empty where the document has no foot.
    """
    root = next(iter(package.related("footer").values()), None)
    if root is None:
        return ""
    own = deepcopy(root)
    for paragraph in own.iter(name("w:p")):
        form = paragraph.find(name("w:pPr"))
        if form is None:
            form = element("w:pPr")
            paragraph.insert(0, form)
        style = form.find(name("w:pStyle"))
        form.insert(0 if style is None else 1, _stops(look))
    return package.put(_FILE, word_xml.written(own), "footer", _TYPE)


def _stops(look: BookLook) -> Element:
    """Return the tab stops of landscape pages in place of those of upright ones."""
    (upright, _), (wide, _) = (look.paper.room(turned=t) for t in (False, True))
    old = [element("w:tab", val="clear", pos=_twips(at)) for at in (upright / 2, upright)]
    new = [
        element("w:tab", val=kind, pos=_twips(at))
        for kind, at in (("center", wide / 2), ("right", wide))
    ]
    return element("w:tabs", *old, *new)


def _twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def refer(section: Element, rel_id: str) -> None:
    """Give a section the foot in place of the one it has."""
    for reference in section.findall(name("w:footerReference")):
        if reference.get(name("w:type")) == "default":
            reference.set(name("r:id"), rel_id)
