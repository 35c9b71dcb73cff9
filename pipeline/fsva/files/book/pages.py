"""A report as groups of pages of one kind: front, main part, landscape pages.

Owns where such a group begins. Word and PDF follow it alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fsva.words.book.content import Block, BookHeading, BookTable, Break, Figure, Part, Piece


@dataclass
class PageGroup:
    """Pieces on pages of one kind.

    Parameters
    ----------
    kind : {"sampul", "awal", "isi"}
        Cover, what stands before the main part, main part.
    turned : bool
        Whether the pages lie landscape.
    begins : bool
        Whether the page number begins anew.
    pieces : list of Block or Part
        In their order.
    """

    kind: str
    turned: bool
    begins: bool
    pieces: list[Piece] = field(default_factory=list)


def groups(pieces: Sequence[Piece]) -> list[PageGroup]:
    """Return the groups of pages of a report; a page break between two of them is left out.

    Parameters
    ----------
    pieces : sequence of Block or Part
        Where a part is landscape only in part, it is split; the second piece is ``<tag>-2``.
    """
    made = [PageGroup("sampul", turned=False, begins=False)]
    for piece in _split(pieces):
        last = made[-1]
        if isinstance(piece, Break):
            if piece.into == "isi":
                made.append(PageGroup("isi", turned=False, begins=True))
            elif last.kind == "sampul":
                made.append(PageGroup("awal", turned=False, begins=True))
            elif last.pieces and not isinstance(last.pieces[-1], Break):
                last.pieces.append(piece)
            continue
        turned = _is_turned(piece)
        if turned != last.turned:
            made.append(PageGroup(last.kind, turned, begins=False, pieces=_headings_of(last)))
        made[-1].pieces.append(piece)
    return [group for group in made if group.pieces]


def _headings_of(group: PageGroup) -> list[Piece]:
    """Take the headings at the end of a group, which belong to what follows."""
    count = 0
    while count < len(group.pieces) and isinstance(group.pieces[-1 - count], BookHeading):
        count += 1
    taken = group.pieces[len(group.pieces) - count :]
    del group.pieces[len(group.pieces) - count :]
    if group.pieces and isinstance(group.pieces[-1], Break):
        group.pieces.pop()
    return taken


def _is_turned(piece: Piece) -> bool:
    blocks = piece.blocks if isinstance(piece, Part) else (piece,)
    return any(isinstance(block, Figure | BookTable) and block.turned for block in blocks)


def _split(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; before a chapter a page ends; a mixed part is split by its pages."""
    for n, piece in enumerate(pieces):
        if isinstance(piece, BookHeading) and piece.level == 1 and piece.numbered and n:
            if not isinstance(pieces[n - 1], Break):
                yield Break()
            yield piece
        elif isinstance(piece, Part):
            yield from _halves(piece)
        else:
            yield piece


def _halves(part: Part) -> Iterator[Part]:
    runs: list[list[Block]] = [[]]
    for block in part.blocks:
        if runs[-1] and _is_turned(block) != _is_turned(runs[-1][-1]):
            runs.append([])
        runs[-1].append(block)
    for n, run in enumerate(runs, 1):
        yield Part(part.tag if n == 1 else f"{part.tag}-{n}", tuple(run))
