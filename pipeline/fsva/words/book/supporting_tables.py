"""Supporting data in the chapters of a report: what it shows, its table and its chart.

Owns how the words of ``fsva.words.supporting`` become blocks.
"""

from __future__ import annotations

from fsva.words.book.content import LEFT, RIGHT, Block, BookParagraph, BookTable, Caption, Figure
from fsva.words.supporting.table_words import SupportingPart

_MANY_COLUMNS = 7
_PADDING = 2  # letters that the margins of a cell take


def blocks(part: SupportingPart) -> list[Block]:
    """Return sentences, table and chart of a supporting table."""
    said: list[Block] = [BookParagraph((sentence,)) for sentence in part.sentences]
    chart: list[Block] = []
    if part.chart_file:
        caption = Caption("grafik", part.chart_file, part.title)
        chart = [Figure(caption, part.chart_file, f"{part.caption}. {' '.join(part.sentences)}")]
    return [*said, _table(part), *chart]


def _table(part: SupportingPart) -> BookTable:
    beside = len(part.headings) - 1
    return BookTable(
        Caption("tabel", f"tabel-{part.id}", part.caption),
        part.headings,
        part.rows,
        (LEFT, *[RIGHT] * beside),
        _widths(part),
        part.source,
        small=len(part.headings) > _MANY_COLUMNS,
    )


def _widths(part: SupportingPart) -> tuple[float, ...]:
    """Divide the width by the longest word or cell of each column."""
    needed = [
        _PADDING + max(max(map(len, head.split()), default=0), *(map(len, cells)))
        for head, *cells in zip(part.headings, *part.rows, strict=True)
    ]
    return tuple(length / sum(needed) for length in needed)
