"""The header of a table: its rows, and the names of its columns.

Finds it among titles, notes, units and column numbers, in one row or several.
``fsva.config.editions.headings`` knows the meanings of headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from fsva.config.editions.headings import Vocabulary, plain
from fsva.core import codes
from fsva.sources.cells.grid import Grid
from fsva.sources.cells.grouped_headings import Heading, has_row_below, recognise, settled

LAST_ROW = 20  # number of rows in which the header may begin
MOST_ROWS = 3
_LEAST_HEADINGS = 3  # the name of a village may equal a heading
_ONLY_BRACKETS = re.compile(r"\s*[(\[].*[)\]]\s*", re.DOTALL)
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,2})\s*[)\]]?")


@dataclass(frozen=True)
class TableHeader:
    """Where the header of a table stands, and which columns it names.

    Parameters
    ----------
    first, last : int
        Its rows, counted from 0, with units and column numbers below it.
    headings : tuple of Heading
        One per column of the grid.
    columns : tuple of str
        Names of the columns: the known name, else the heading in lower case; blank for a
        column without a heading.
    doubtful : tuple of int
        Columns, counted from 0, that share a name with another.
    rivals : tuple of (int, int)
        A column whose heading equals a name, and another column of the same meaning.
    unseen : tuple of (int, int or None)
        A hidden column, and the visible one that replaces it; None = the hidden one is read.
    paired : str
        What gives the BPS codes of a table with Kemendagri codes only; blank for other tables.
    """

    first: int
    last: int
    headings: tuple[Heading, ...]
    columns: tuple[str, ...]
    doubtful: tuple[int, ...]
    rivals: tuple[tuple[int, int], ...] = ()
    unseen: tuple[tuple[int, int | None], ...] = ()
    paired: str = ""

    def known(self, required: Collection[str]) -> tuple[int, int, int]:
        """Return the numbers of required, known and grouped columns, which rank candidates."""
        names = {heading.name for heading in self.headings if heading.name}
        grouped = sum(heading.grouped for heading in self.headings)
        return len(names & set(required)), len(names), grouped


def find(grid: Grid, required: Sequence[str], words: Vocabulary) -> TableHeader | None:
    """Find the header: the rows with the most recognised columns.

    Parameters
    ----------
    grid : Grid
        A whole sheet, or its first rows.
    required : sequence of str
        Columns that the table should have; they have priority.

    Returns
    -------
    TableHeader or None
        The first row with text if nothing is recognised; None for a sheet without text.
    """
    filled = [row for row, cells in enumerate(grid.rows[:LAST_ROW]) if any(cells)]
    if not filled:
        return None
    top = _header(grid, filled[0], filled[0], required, words)
    if required and {h.name for h in top.headings if h.exact} >= set(required):
        # A file in our own form: other rows need no trial.
        return _with_tail(grid, _divided(grid, top, required, words), words)
    # One at a time: a damaged sheet may have thousands of columns.
    tried = (
        _header(grid, row, row + more, required, words)
        for more in range(MOST_ROWS)
        for row in filled
        if row + more < len(grid.rows)
        and not any(is_village(grid.rows[below]) for below in range(row + 1, row + more + 1))
    )
    best = max(tried, key=lambda header: header.known(required))
    return _with_tail(grid, _divided(grid, best, required, words), words)


def _divided(
    grid: Grid, header: TableHeader, required: Sequence[str], words: Vocabulary
) -> TableHeader:
    """Extend a header by the row that divides its groups: L, P, Jumlah below Penduduk."""
    below = header.last + 1
    if not has_row_below(grid, header.first, header.last):
        return header
    if is_village(grid.rows[below]) or _is_tail([t for t in grid.rows[below] if t], words):
        return header
    return _header(grid, header.first, below, required, words)


def is_village(cells: Sequence[str]) -> bool:
    """Tell whether a row has a village code and cannot be a second row of the header.

    Parameters
    ----------
    cells : sequence of str
        Cells of the row.
    """
    return any(codes.is_bps(text) or codes.is_kemendagri(text) for text in cells)


def _header(
    grid: Grid, first: int, last: int, required: Sequence[str], words: Vocabulary
) -> TableHeader:
    rows = [_texts(grid, row, spreads=row < last) for row in range(first, last + 1)]
    parts = [tuple(dict.fromkeys(filter(None, texts))) for texts in zip(*rows, strict=True)]
    headings = settled([recognise(texts, words) for texts in parts], words)
    hidden = _replaced(headings, grid.hidden_columns)
    seen = [
        replace(h, parts=(), name=None, exact=False) if n in hidden else h
        for n, h in enumerate(headings)
    ]
    columns, doubtful = _names(seen, required)
    exact = {h.name: n for n, h in enumerate(seen) if h.exact}
    rivals = [(exact[h.name], n) for n, h in enumerate(seen) if h.name in exact and not h.exact]
    read = {n: None for n, name in enumerate(columns) if n in grid.hidden_columns and name}
    unseen = tuple(sorted({**read, **hidden}.items()))
    return TableHeader(first, last, headings, columns, doubtful, tuple(rivals), unseen)


def _replaced(headings: Sequence[Heading], hidden: Collection[int]) -> dict[int, int]:
    """Return hidden columns and the visible columns of the same name."""
    visible = {h.name: n for n, h in enumerate(headings) if h.name and n not in hidden}
    return {n: visible[h.name] for n, h in enumerate(headings) if n in hidden and h.name in visible}


def repeats(grid: Grid, header: TableHeader, row: int, words: Vocabulary) -> bool:
    """Tell whether a row repeats the headings of the table, as on each printed page.

    Parameters
    ----------
    row : int
        Counted from 0.
    """
    filled = _filled(grid, row)
    above = range(header.first, header.last + 1)
    same = [
        words.name_of(text) == header.columns[n]
        or any(plain(grid.text(above_row, n)) == plain(text) for above_row in above)
        for n, text in filled
        if plain(text)
    ]
    return (len(same) > 1 and all(same)) or _is_tail([text for _, text in filled], words)


def is_other(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Tell whether a row below the header holds other headings.

    Parameters
    ----------
    row : int
        Counted from 0.
    """
    named = [words.name_of(text) for _, text in _filled(grid, row)]
    known = {name for name in named if name}
    return len(known) >= _LEAST_HEADINGS and len(known) * 2 > len(named)


def _filled(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(n, text) for n, text in enumerate(grid.rows[row]) if text]


def _texts(grid: Grid, row: int, *, spreads: bool) -> list[str]:
    """Return the text over each column in a row of the header.

    Parameters
    ----------
    spreads : bool
        Whether a heading covers the blank cells to its right, as that of a group does; where
        merged areas are known, it covers those alone.
    """
    own = [grid.text(row, column) for column in range(grid.width)]
    if not spreads or grid.merged.has_row(row):
        return own
    return list(accumulate(own, _covered))


def _covered(left: str, text: str) -> str:
    """Return the text of a cell, or of the one to its left."""
    return text or left


def _names(
    headings: Sequence[Heading], required: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Give every column a name; of two with the same name, the exact heading keeps it."""
    exact = {heading.name for heading in headings if heading.exact}
    candidates = [h.name if h.exact or h.name not in exact else None for h in headings]
    shared = {name for name, count in Counter(candidates).items() if name and count > 1}
    named = tuple(
        heading.text if name is None or (name in shared and name not in required) else name
        for heading, name in zip(headings, candidates, strict=True)
    )
    doubtful = tuple(n for n, name in enumerate(candidates) if name in shared and name in required)
    return named, doubtful


def _with_tail(grid: Grid, header: TableHeader, words: Vocabulary) -> TableHeader:
    """Extend a header by the rows of units and column numbers below it."""
    last = header.last
    while last + 1 < len(grid.rows) and last < header.last + MOST_ROWS:
        if not _is_tail([text for text in grid.rows[last + 1] if text], words):
            break
        last += 1
    return replace(header, last=last)


def _is_tail(texts: Sequence[str], words: Vocabulary) -> bool:
    """Tell whether a row only holds units, or the numbers of the columns."""
    units = [t for t in texts if _ONLY_BRACKETS.fullmatch(t) or words.units_of(t)]
    most = len(units) * 2 > len(texts) and len(units) > 1  # "unit", "buah" are none of the known
    if texts and (len(units) == len(texts) or (most and not any(map(_is_number, texts)))):
        return True
    matches = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(match.group(1)) for match in matches if match]
    counted = list(range(1, len(texts) + 1))
    return len(texts) >= 3 and numbers in (counted, [n - 1 for n in counted])


def _is_number(text: str) -> bool:
    return text[:1].isdigit()


def wrong_units(grid: Grid, header: TableHeader, words: Vocabulary) -> list[tuple[int, str, str]]:
    """Find columns whose heading names another unit than the required one.

    Returns
    -------
    list of (int, str, str)
        Column, counted from 0, required unit, and heading.
    """
    wrong: list[tuple[int, str, str]] = []
    for column, name in enumerate(header.columns):
        needed = words.units.get(name, ())
        tail = (grid.text(row, column) for row in range(header.first, header.last + 1))
        texts = tuple(dict.fromkeys((*header.headings[column].parts, *tail)))
        named = set().union(*(words.units_of(text) for text in texts)) if texts else set()
        if needed and named - set(needed):
            wrong.append((column, "/".join(needed), " ".join(text for text in texts if text)))
    return wrong
