"""Headings over several columns, and the row of words below them: Penduduk over L, P, Jumlah.

Owns the question which column of a group holds the value that the group is named after: its total.
A group without a total gives none, so that no part is taken for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fsva.config.editions.headings import Vocabulary, plain
from fsva.core import decimals
from fsva.sources.cells.grid import BLANK, Grid

_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class Heading:
    """The heading of a column.

    Parameters
    ----------
    parts : tuple of str
        Its texts from the top down, without repetitions.
    name : str or None
        Name of the column; None = unknown heading.
    exact : bool
        True if the heading equals the name.
    grouped : bool
        True if it is recognised together with the heading above it.
    inherited : bool
        True if only the heading above it is known.
    likely : bool
        True if it is not known as it stands, but in full words.
    """

    parts: tuple[str, ...]
    name: str | None
    exact: bool
    grouped: bool
    inherited: bool = False
    likely: bool = False

    @property
    def text(self) -> str:
        """The heading in lower case."""
        return " ".join(self.parts).lower()


def recognise(parts: tuple[str, ...], words: Vocabulary) -> Heading:
    """Name a column by all its texts together, else by its lowest known text.

    Parameters
    ----------
    parts : tuple of str
        From the top down.
    """
    together = [" ".join(parts[start:]) for start in range(len(parts) - 1)]
    for text in (*together, *reversed(parts)):
        known = words.name_of(text)
        likely = None if known in words.asked else words.likely_name_of(text)
        if likely in words.asked:
            known = None
        if name := known or likely:
            inherited = text not in (*together, parts[-1]) and plain(parts[-1]) != ""
            exact = text.strip().lower() == name and not inherited
            return Heading(parts, name, exact, text in together, inherited, known is None)
    return Heading(parts, None, exact=False, grouped=False)


def settled(headings: Sequence[Heading], words: Vocabulary) -> tuple[Heading, ...]:
    """Let one column of a group bear its name: its own heading, else the total of the group.

    Parameters
    ----------
    headings : sequence of Heading
        Of all columns; several may have inherited one name from a group above them.
    """
    known = {h.name for h in headings if not h.likely}
    # "Penduduk" beside "Penduduk 2020": the one that is known as it stands.
    unnamed = {n for n, h in enumerate(headings) if h.likely and h.name in known}
    for name in {h.name for h in headings if h.inherited}:
        own = [n for n, h in enumerate(headings) if h.name == name]
        heirs = [n for n in own if headings[n].inherited]
        totals = [n for n in heirs if _is_total(headings[n].parts[-1], words)]
        if len(heirs) < len(own):
            unnamed.update(heirs)
        elif len(totals) == 1:
            unnamed.update(set(heirs) - set(totals))
    return tuple(
        replace(h, name=None, exact=False, grouped=False) if n in unnamed else h
        for n, h in enumerate(headings)
    )


def _is_total(text: str, words: Vocabulary) -> bool:
    return f"{plain(text)} ".startswith(tuple(f"{word} " for word in words.group_totals))


def has_row_below(grid: Grid, first: int, last: int) -> bool:
    """Tell whether the row below a header divides groups of it into columns.

    Parameters
    ----------
    first, last : int
        Rows of the header so far, counted from 0.
    """
    if last + 1 >= len(grid.rows):
        return False
    filled = [(n, text) for n, text in enumerate(grid.rows[last + 1]) if text]
    below = {n for span in _spans(grid, first, last) for n in span[1:]}
    return any(n in below and text not in BLANK for n, text in filled) and all(
        _is_word(text) for _, text in filled
    )


def _is_word(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None or not decimals.is_number(text)


def _spans(grid: Grid, first: int, last: int) -> Iterator[range]:
    """Yield the columns of each heading that stands over more than one."""
    begin, width = 0, max(len(grid.rows[row]) for row in (last, last + 1))
    for n in range(1, width + 1):
        if n < width and not _has_own(grid, first, last, n):
            continue
        if n - begin > 1 and grid.text(last, begin):
            yield range(begin, n)
        begin = n


def _has_own(grid: Grid, first: int, last: int, column: int) -> bool:
    """Tell whether a column has a heading that no column to its left shares."""
    return any(
        column < len(grid.rows[row])
        and bool(grid.rows[row][column])
        and grid.merged.first_of(row, column) in (None, (row, column))
        for row in range(first, last + 1)
    )
