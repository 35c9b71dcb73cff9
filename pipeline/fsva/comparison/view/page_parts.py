"""The parts of the page without script: sides, warning, collapsed tables.

Owns their markup. Escapes all texts from data, and isolates the writing direction of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values import drafts
from fsva.comparison.values.result import Comparison
from fsva.comparison.view import change_lists
from fsva.comparison.view.change_lists import Cell, Course, ListTable, text_of
from fsva.comparison.view.notices import of_comparison as notices_of
from fsva.comparison.view.notices import of_side
from fsva.core.texts import Texts

_SPARK = (72, 18)


def sides(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the compared editions, a line each."""
    for side in comparison.sides:
        yield f'<p class="muted">{escape(of_side(side, texts).strip())}</p>'


def draft(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the mark of incomplete editions."""
    if mark := drafts.of(comparison, texts):
        yield f'<div class="forced" role="alert"><p>{escape(mark.sentence)}</p></div>'


def forced(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the warning of a forced comparison."""
    if comparison.forced:
        words = [texts(f"banding.dipaksa.{part}") for part in comparison.forced]
        title = texts("banding.dipaksa.judul")
        yield f'<div class="forced" role="alert"><p>{escape(title)}</p>'
        yield from (f"<p>{escape(word)}</p>" for word in words)
        yield "</div>"


def notices(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield what a reader must know before the figures, a paragraph each."""
    for words in notices_of(comparison, texts):
        yield f'<p class="notice">{escape(words)}</p>'


def sections(comparison: Comparison, palette: ChangePalette, texts: Texts) -> Iterator[str]:
    """Yield the further tables, collapsed; tables without rows are left out."""
    for table in change_lists.further(comparison, texts):
        if table.rows:
            yield from _folded(table, palette.page.rows, texts)


def _folded(table: ListTable, most: int, texts: Texts) -> Iterator[str]:
    count = texts.decimal(table.total, 0)
    yield f"<details><summary>{escape(table.title)} ({count})</summary>"
    yield from listed(table, most, texts)
    yield "</details>"


def listed(table: ListTable, most: int, texts: Texts) -> Iterator[str]:
    """Yield a table, and how many of its rows are left out.

    Parameters
    ----------
    most : int
        Number of rows at most.
    """
    yield '<div class="scroll"><table><thead><tr>'
    for head, column in zip(table.heads, zip(*table.rows, strict=True), strict=True):
        number = "" if any(isinstance(cell, str | Course) for cell in column) else ' class="n"'
        yield f'<th scope="col"{number}>{escape(head)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows[:most]:
        yield f"<tr>{''.join(_cells(row, texts))}</tr>"
    yield "</tbody></table></div>"
    if table.total > most:
        left = texts.decimal(table.total - min(most, len(table.rows)), 0)
        yield f'<p class="muted">{escape(texts("perubahan.halaman.rest", jumlah=left))}</p>'


def _cells(row: Sequence[Cell], texts: Texts) -> Iterator[str]:
    for cell in row:
        words = escape(text_of(cell, texts))
        if isinstance(cell, Course):
            yield f'<td title="{words}">{spark(cell.values, cell.n_classes)}</td>'
        elif isinstance(cell, str):
            yield f"<td><bdi>{words}</bdi></td>"
        else:
            yield f'<td class="n">{words}</td>'


def spark(values: Iterable[float | None], n_classes: int) -> str:
    """Return a sparkline of the classes over editions, the most secure class at the top.

    Parameters
    ----------
    values : iterable of float or None
        Classes from 1 on, in the order of the editions; None = no class.
    n_classes : int
        Number of classes.
    """
    width, height = _SPARK
    known = list(values)
    step = (width - 8) / max(1, len(known) - 1)
    points = [
        (4 + n * step, height - 3 - (value - 1) / (n_classes - 1) * (height - 6))
        for n, value in enumerate(known)
        if value is not None
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in points)
    return (
        f'<svg width="{width}" height="{height}" aria-hidden="true">'
        f'<polyline class="spark" points="{line}"/>{dots}</svg>'
    )
