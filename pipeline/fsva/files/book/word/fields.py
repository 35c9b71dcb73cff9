"""Fields: numbers, references, page numbers and contents that Word keeps up to date.

Owns their elements, with results that are stored, so that opening a file asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fsva.files.book.word.word_xml import (
    Element,
    bookmark,
    bookmark_name,
    element,
    run,
    text,
)
from fsva.words.book.content import Caption

SEQUENCES = {"tabel": "Tabel", "peta": "Peta", "grafik": "Grafik"}


def field(instruction: str, *result: Element) -> Iterator[Element]:
    """Yield the runs of a field with its stored result."""
    yield _mark("begin")
    code = text(f" {instruction} ")
    code.tag = code.tag.replace("}t", "}instrText")
    yield element("w:r", code)
    yield _mark("separate")
    yield from result
    yield _mark("end")


def _mark(kind: str) -> Element:
    return element("w:r", element("w:fldChar", fldCharType=kind))


def opened(instruction: str) -> list[Element]:
    """Return the runs that begin a field whose result spans paragraphs."""
    begin, code, separate, *_ = field(instruction)
    return [begin, code, separate]


def closed() -> Element:
    """Return the run that ends such a field."""
    return _mark("end")


def caption(said: Caption) -> Iterator[Element]:
    """Yield a caption: its number as fields within a bookmark, then its title."""
    word = said.label.partition(" ")[0]
    number = [run(f"{word} "), *_chapter(said), *_sequence(said)]
    yield from bookmark(bookmark_name(said.key), *number)
    yield run(f". {said.title}")


def _chapter(said: Caption) -> Iterator[Element]:
    """Yield the first part of a number; the letter of an annex is no number of a heading."""
    if not said.chapter:
        return
    if said.chapter.isdigit():
        yield from field("STYLEREF 1 \\s", run(said.chapter))
        yield run(".")
    else:
        yield run(f"{said.chapter}.")


def _sequence(said: Caption) -> Iterator[Element]:
    # Each chapter begins anew; LibreOffice does not know the switch that resets at headings.
    anew = " \\r 1" if said.chapter and said.number == 1 else ""
    instruction = f"SEQ {SEQUENCES[said.kind]} \\* ARABIC{anew}"
    yield from field(instruction, run(str(said.number)))


def reference(key: str, words: str) -> Iterator[Element]:
    """Yield a reference to a table, map or chart by its number."""
    yield from field(f"REF {bookmark_name(key)} \\h", run(words))


def page_of(key: str, shown: str) -> Iterator[Element]:
    """Yield the number of the page on which something stands."""
    yield from field(f"PAGEREF {bookmark_name(key)} \\h", run(shown))


def page() -> Iterator[Element]:
    """Yield the number of the page."""
    yield from field("PAGE", run("1"))


def link(key: str, content: Iterable[Element]) -> Element:
    """Return a hyperlink to a place in the document."""
    return element("w:hyperlink", *content, anchor=bookmark_name(key), history="1")
