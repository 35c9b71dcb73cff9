"""The numbers of a report: chapters, sections, tables, maps, charts, and sentences that name them.

Owns the order of counting: tables and charts by chapter, maps through the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fsva.core.errors import StyleError
from fsva.core.texts import Texts
from fsva.words.book.content import (
    Block,
    BookHeading,
    BookParagraph,
    BookTable,
    Caption,
    Figure,
    Listing,
    Part,
    Piece,
    Reference,
    Sentence,
)


def number(pieces: Sequence[Piece], texts: Texts) -> tuple[Piece, ...]:
    """Return the pieces with their numbers, and the references with those of what they name.

    Parameters
    ----------
    pieces : sequence of Block or Part
        Without numbers.

    Raises
    ------
    StyleError
        If a sentence names what the report does not have, or a name is used twice.
    """
    count = _Count(texts)
    numbered = [_each(piece, count.of) for piece in pieces]
    return tuple(_each(piece, lambda block: _referring(block, count.labels)) for piece in numbered)


def _each(piece: Piece, change: Callable[[Block], Block]) -> Piece:
    if isinstance(piece, Part):
        return replace(piece, blocks=tuple(change(block) for block in piece.blocks))
    return change(piece)


class _Count:
    """Counts through a report."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._levels = [0, 0, 0]
        self._annex = False
        self._keys: Counter[str] = Counter()
        self._kinds: Counter[tuple[str, str]] = Counter()
        self.labels: dict[str, str] = {}

    def of(self, block: Block) -> Block:
        """Return a block with its number."""
        if isinstance(block, BookHeading):
            return self._heading(block)
        if isinstance(block, BookTable | Figure) and block.caption:
            return replace(block, caption=self._caption(block.caption))
        return block

    def _heading(self, heading: BookHeading) -> BookHeading:
        self._keys["judul"] += 1
        key = f"judul-{self._keys['judul']}"
        if heading.level == 1:
            # A chapter without number behind numbered ones is the annex, which counts anew.
            self._annex = not heading.numbered and self._levels[0] > 0
        if not heading.numbered:
            return replace(heading, key=key)
        depth = heading.level - 1
        self._levels[depth] += 1
        self._levels[depth + 1 :] = [0] * (len(self._levels) - depth - 1)
        dotted = ".".join(map(str, self._levels[: heading.level]))
        words = self._texts("buku.bab", nomor=dotted) if depth == 0 else f"{dotted}."
        return replace(heading, number=words, key=key)

    def _chapter(self) -> str:
        """Return the first part of a number: the chapter, the letter of the annex, or nothing."""
        if self._annex:
            return self._texts("buku.lampiran_huruf")
        return str(self._levels[0] or "")

    def _caption(self, caption: Caption) -> Caption:
        if caption.key in self.labels:
            raise StyleError("buku_nama_ganda", (), {"nama": caption.key})
        chapter = "" if caption.kind == "peta" else self._chapter()
        self._kinds[caption.kind, chapter] += 1
        own = self._kinds[caption.kind, chapter]
        shown = f"{chapter}.{own}" if chapter else str(own)
        label = f"{self._texts(f'buku.jenis.{caption.kind}')} {shown}"
        self.labels[caption.key] = label
        return replace(caption, label=label, chapter=chapter, number=own)


def _referring(block: Block, labels: Mapping[str, str]) -> Block:
    if isinstance(block, BookParagraph):
        return replace(block, sentence=_named(block.sentence, labels))
    if isinstance(block, Listing):
        entries = (replace(e, sentence=_named(e.sentence, labels)) for e in block.entries)
        return replace(block, entries=tuple(entries))
    return block


def _named(sentence: Sentence, labels: Mapping[str, str]) -> Sentence:
    unknown = [p.key for p in sentence if isinstance(p, Reference) and p.key not in labels]
    if unknown:
        raise StyleError("buku_rujukan", (), {"nama": unknown[0], "ada": ", ".join(labels)})
    return tuple(
        replace(part, words=labels[part.key]) if isinstance(part, Reference) else part
        for part in sentence
    )
