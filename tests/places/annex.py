"""The annex to the decree of Belu, as a Word file that its author has worked on.

Owns how it is made and changed; it is the smallest report.
"""

from __future__ import annotations

from functools import cache

from fsva.files.book.word import document
from fsva.files.book.word.document import WordOrder
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import name
from fsva.runs.book import book_files, edition_book
from tests.places import buku_belu

DOCUMENT = "lampiran-keputusan"


@cache
def order() -> WordOrder:
    """Return what it is made from, without numbers of pages."""
    drawn = buku_belu.made().drawn
    return book_files.word_order(drawn, edition_book.compose(drawn, DOCUMENT), {})


@cache
def new() -> bytes:
    """Return it as the program writes it."""
    return document.new(order(), None)


@cache
def edited() -> bytes:
    """Return it after its author has changed every tenth word of it."""
    package = WordPackage(new())
    for words in list(package.body.iter(name("w:t")))[::10]:
        words.text = f"{words.text or ''} oleh penyusun"
    return package.packed()
