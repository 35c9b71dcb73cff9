"""The mark of a draft at the head of every page of a Word document.

Owns the control that holds it in all headers, those of a template among them: a later run fills it
anew, or takes it out when nothing is missing any more.
"""

from __future__ import annotations

from fsva.files.book.word import controls, word_xml
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import Element, element, name, paragraph, run, words_of

TAG = "fsva-draf"
_FILE = "fsva-draf-kepala.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def mark(package: WordPackage, sentence: str, style: str) -> bool:
    """Put the mark into every header of a document, or take it out; tell whether that changed it.

    Parameters
    ----------
    sentence : str
        The mark; empty for a complete edition.
    style : str
        Id of its style in the document; empty without one.
    """
    added = _refer(package, style) if sentence else False
    changed = [
        _changed(package, part, root, sentence, style)
        for part, root in package.related("header").items()
    ]
    return added or any(changed)


def _changed(package: WordPackage, part: str, root: Element, sentence: str, style: str) -> bool:
    own = next((sdt for tag, sdt in controls.found(root, TAG) if tag == TAG), None)
    told = "" if own is None else words_of(own)
    if told == word_xml.printable(sentence):
        return False
    line = paragraph(style, run(sentence, bold=True))
    if not sentence and own is not None:
        root.remove(own)
        if root.find(name("w:p")) is None:
            root.append(paragraph(style))
    elif own is None:
        root.insert(0, controls.control(TAG, "", [line]))
    else:
        controls.fill(own, [line])
    package.change(part, root)
    return True


def _refer(package: WordPackage, style: str) -> bool:
    """Give the first section the headers it lacks; the others go on with them."""
    first = next(package.body.iter(name("w:sectPr")), None)
    if first is None:
        return False
    has = {ref.get(name("w:type")) for ref in first.findall(name("w:headerReference"))}
    lacking = [kind for kind in _kinds(package) if kind not in has]
    if not lacking:
        return False
    low = element("w:spacing", before=0, after=0, line=20, lineRule="exact")
    empty = element("w:hdr", paragraph(style, form=[low]))  # so that landscape pages begin no lower
    rel_id = package.put(_FILE, word_xml.written(empty), "header", _TYPE)
    for kind in lacking:
        first.insert(0, element("w:headerReference", type=kind, r_id=rel_id))
    return True


def _kinds(package: WordPackage) -> list[str]:
    """Return the kinds of pages of a document that have headers of their own."""
    kinds = ["default"]
    if package.body.find(f".//{name('w:titlePg')}") is not None:
        kinds.append("first")
    settings = package.part_of("settings")
    if settings and b"evenAndOddHeaders" in package.parts[settings]:
        kinds.append("even")
    return kinds
