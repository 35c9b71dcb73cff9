"""Widths of the columns of a report's tables: each holds its longest word and number whole.

Owns which headings stand on end where a table has too many columns. Word and PDF follow it alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fsva.config.styles.book_look import BookLook
from fsva.drawing.paper.fonts import Face, Faces
from fsva.drawing.paper.scene import MM_PER_PT
from fsva.words.book.content import Block, BookTable, BookText, Part, Piece

_MARGINS = 2 * 5.4 * MM_PER_PT  # left and right of the words of a cell
_SPARE = 1.03  # another make of the type face may be a little wider
_LINE = 1.2  # from line to line, in type sizes
_TALL = (32.0, 44.0, 60.0)  # headings that stand on end, millimetres
_RULE = 0.3


def fitted(book: BookText, look: BookLook, faces: Faces) -> BookText:
    """Return a report whose tables have columns in which no word is broken."""

    def of(block: Block) -> Block:
        """Return a block, fitted where it is a table."""
        return table(block, look, faces) if isinstance(block, BookTable) else block

    pieces: list[Piece] = []
    for piece in book.pieces:
        if isinstance(piece, Part):
            pieces.append(replace(piece, blocks=tuple(of(block) for block in piece.blocks)))
        else:
            pieces.append(of(piece))
    return replace(book, pieces=tuple(pieces))


def table(block: BookTable, look: BookLook, faces: Faces) -> BookTable:
    """Return a table with the widths of its columns in millimetres.

    Columns are as wide as the table asks, but no narrower than their longest word. Where the page
    is too narrow for that, headings that are longer than their cells stand on end.
    """
    room, _ = look.paper.room(turned=block.turned)
    size = look.cell.small if block.small else look.cell.size
    rows = [row for n, row in enumerate(block.rows) if n not in block.groups]
    columns = [[row[n] for row in rows] for n in range(len(block.heads))]
    cells = [_longest(column, faces["regular"], size) for column in columns]
    whole = [_line(column, faces["regular"], size) for column in columns]
    heads = [_longest([head], faces["bold"], size) for head in block.heads]
    asked = [share * room / sum(block.widths) for share in block.widths]
    needed = [max(both) for both in zip(cells, heads, strict=True)]
    if sum(needed) <= room:
        return _set(block, _raised(asked, needed, whole), faces, size)
    on_end = frozenset(n for n, own in enumerate(heads) if own > cells[n])
    bold = faces["bold"]
    for tall in _heights([block.heads[n] for n in sorted(on_end)], bold, size):
        needed = [
            max(own, _on_end(block.heads[n], bold, size, tall)) if n in on_end else own
            for n, own in enumerate(cells)
        ]
        if sum(needed) <= room:
            break
    stands = replace(block, on_end=on_end, head_mm=tall + 2 * _RULE + _MARGINS / 2)
    return _set(stands, _raised(asked, needed, whole), faces, size)


def _set(block: BookTable, widths: tuple[float, ...], faces: Faces, size: float) -> BookTable:
    """Return a table with its widths, and how many lines its rows then have."""
    face, lines = faces["regular"], 0
    for n, row in enumerate(block.rows):
        cells = zip(row, widths, strict=True)
        tall = 1 if n in block.groups else max(_lines(*cell, face, size) for cell in cells)
        lines += tall
    return replace(block, widths=widths, lines=lines)


def _lines(words: str, width: float, face: Face, size: float) -> int:
    """Return how many lines the words of a cell take."""
    return max(len(face.lines(words, size, (width - _MARGINS) / _SPARE)), 1)


def _longest(texts: Iterable[str], face: Face, size: float) -> float:
    """Return the width that the longest word of some texts needs.

    A no-break space is within a word.
    """
    return _line({word for text in texts for word in text.split(" ")}, face, size)


def _line(texts: Iterable[str], face: Face, size: float) -> float:
    """Return the width that the longest of some texts needs in one line."""
    return max((face.width_mm(text, size) for text in texts), default=0.0) * _SPARE + _MARGINS


def _heights(heads: Sequence[str], face: Face, size: float) -> list[float]:
    """Return how tall headings on end may be: of a fair length, taller, or each in one line."""
    whole = max(face.width_mm(head, size) for head in heads) * _SPARE
    word = max(_longest([head], face, size) - _MARGINS for head in heads)
    return [max(min(whole, tall), word) for tall in _TALL]


def _on_end(head: str, face: Face, size: float, tall: float) -> float:
    """Return the width of a column whose heading stands on end."""
    lines = len(face.lines(head, size, tall / _SPARE))
    return lines * size * _LINE * MM_PER_PT + _MARGINS


def _raised(
    asked: Sequence[float], needed: Sequence[float], whole: Sequence[float]
) -> tuple[float, ...]:
    """Return the widths asked for, the narrow ones raised at the cost of those with room.

    Columns first give what their cells do not fill, then what they need only for whole lines.
    Where all cells fit into one line each, they stand so. Where the whole page is too narrow, all
    columns become narrower alike.
    """
    room = sum(asked)
    if sum(needed) >= room:
        return tuple(own * room / sum(needed) for own in needed)
    uncut = [max(both) for both in zip(needed, whole, strict=True)]
    if sum(uncut) <= room:
        needed = uncut
    wide = [max(both) for both in zip(asked, needed, strict=True)]
    for least in (uncut, needed):
        spare = [max(own - kept, 0.0) for own, kept in zip(wide, least, strict=True)]
        share = min((sum(wide) - room) / (sum(spare) or 1.0), 1.0)
        wide = [own - more * share for own, more in zip(wide, spare, strict=True)]
    return tuple(wide)
