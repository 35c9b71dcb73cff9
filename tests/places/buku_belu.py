"""The report of Belu 2021, made once for all tests.

Owns how it is made in memory: values, pictures, text, PDF and Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from fsva.files.book.typeset import Typeset
from fsva.files.book.word import document
from fsva.files.book.word.document import WordOrder
from fsva.runs import run_order, tabulation
from fsva.runs.book import book_files, book_run, edition_book
from fsva.runs.book.edition_book import DrawnBook
from fsva.words.book.content import BookTable, BookText, Listing, Part
from tests.places import belu


@dataclass(frozen=True, eq=False)
class BookOfBelu:
    """A report and what it was made from."""

    drawn: DrawnBook
    book: BookText

    @cached_property
    def typeset(self) -> Typeset:
        """The PDF."""
        return edition_book.typeset(self.drawn, self.book)

    @cached_property
    def word_order(self) -> WordOrder:
        """What the Word file is made from."""
        return book_files.word_order(self.drawn, self.book, self.typeset.page_of)

    @cached_property
    def word(self) -> bytes:
        """The Word file."""
        return document.new(self.word_order, None)

    def table(self, key: str) -> BookTable:
        """Return a table by its name."""
        (found,) = (
            block
            for block in self.book.blocks()
            if isinstance(block, BookTable) and block.caption and block.caption.key == key
        )
        return found

    def part(self, tag: str) -> Part:
        """Return a generated part by its tag."""
        (found,) = (p for p in self.book.pieces if isinstance(p, Part) and p.tag == tag)
        return found

    def villages(self, measure: str) -> Listing:
        """Return the list of villages of a measure."""
        (found,) = (b for b in self.part(f"desa-{measure}").blocks if isinstance(b, Listing))
        return found


@cache
def made(language: Language = "id", folder: Path = belu.EDITION) -> BookOfBelu:
    """Make the report of an edition, that of Belu 2021 unless another is asked for."""
    order = run_order.place(edition.load(folder), None, texts.load(language))
    order = book_run.on_paper(order)
    tabulated = tabulation.tabulate(order.edition, order.village_layer)
    drawn = edition_book.gather(order.edition, tabulated, order.texts, order.number)
    return BookOfBelu(drawn, edition_book.compose(drawn))
