"""Content controls: the parts of a document that a program has written, and those to be filled in.

Owns their tags, how they are made and found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fsva.files.book.word.word_xml import Element, element, name, number_of

GENERATED, BLANK = "fsva:", "fsva-isian:"
_LONGEST = 64  # of a tag in Word


def tag_of(prefix: str, key: str) -> str:
    """Return the tag of a part; a long one keeps its beginning and a number made from it."""
    tag = f"{prefix}{key}"
    if len(tag) <= _LONGEST:
        return tag
    return f"{tag[: _LONGEST - 9]}-{number_of(tag, 2**31):08x}"


def control(tag: str, alias: str, content: Sequence[Element], *, is_blank: bool = False) -> Element:
    """Return a control around paragraphs and tables.

    Parameters
    ----------
    alias : str
        What Word shows above it.
    is_blank : bool
        Whether it holds only a hint, which vanishes when somebody writes.
    """
    number = number_of(tag, 2_000_000_000)
    properties = element(
        "w:sdtPr",
        element("w:alias", val=alias[:_LONGEST]),
        element("w:tag", val=tag),
        element("w:id", val=number),
        element("w:showingPlcHdr") if is_blank else None,
    )
    return element("w:sdt", properties, element("w:sdtContent", *content))


def found(root: Element, prefix: str) -> Iterator[tuple[str, Element]]:
    """Yield tag and element of every control of a kind, the outer ones only."""
    for sdt in root.iter(name("w:sdt")):
        tag = tag_in(sdt)
        if tag.startswith(prefix) and not any(
            tag_in(outer).startswith(prefix) for outer in sdt.iterancestors(name("w:sdt"))
        ):
            yield tag, sdt


def tag_in(sdt: Element) -> str:
    """Return the tag of a control; empty for one without."""
    tag = sdt.find(f"{name('w:sdtPr')}/{name('w:tag')}")
    return "" if tag is None else str(tag.get(name("w:val"), ""))


def content(sdt: Element) -> Element:
    """Return the element that holds what stands in a control."""
    inner = sdt.find(name("w:sdtContent"))
    if inner is None:
        inner = element("w:sdtContent")
        sdt.append(inner)
    return inner


def fill(sdt: Element, elements: Iterable[Element]) -> None:
    """Replace what stands in a control."""
    inner = content(sdt)
    for old in list(inner):
        inner.remove(old)
    inner.extend(elements)


def is_open(sdt: Element) -> bool:
    """Tell whether a control shows what Word puts into an empty one.

    Word takes the mark off when somebody writes; other programs leave it, so that what stands there
    decides: Word's own hint has the style of placeholders.
    """
    if sdt.find(f"{name('w:sdtPr')}/{name('w:showingPlcHdr')}") is None:
        return False
    runs = [r for r in sdt.iter(name("w:r")) if any(t.text for t in r.iter(name("w:t")))]
    styles = (r.find(f"{name('w:rPr')}/{name('w:rStyle')}") for r in runs)
    return all(s is not None and _is_placeholder(str(s.get(name("w:val")))) for s in styles)


def _is_placeholder(style: str) -> bool:
    return style.lower().startswith("placeholder")
