"""Tables of results: columns of one length by their names.

Owns the choice of rows and the iteration over them. Unknown numbers are NaN, unknown words are
None; an answer is True, False or, where it is unknown, None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fsva.sources.plain.arrays import Mask, Words
from fsva.sources.plain.plain_table import words as words

Columns = dict[str, NDArray[Any]]
Chosen = NDArray[np.intp] | Mask


def at(columns: Columns, rows: Chosen) -> Columns:
    """Return some rows, by their positions or by a boolean for each."""
    return {name: column[rows] for name, column in columns.items()}


def count(columns: Columns) -> int:
    """Return the number of rows."""
    return len(next(iter(columns.values())))


def records(columns: Columns) -> Iterator[dict[str, Any]]:
    """Yield each row as a dict by column name, with Python's own numbers and strings."""
    lists = [column.tolist() for column in columns.values()]
    yield from (dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True))


def stacked(parts: list[Columns]) -> Columns:
    """Concatenate tables with the same columns, in the given order."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def groups(column: Words) -> dict[str, NDArray[np.intp]]:
    """Return the positions of each word, the words in the order in which they come first."""
    by_text: dict[str, list[int]] = {}
    for n, word in enumerate(column.tolist()):
        by_text.setdefault(word, []).append(n)
    return {word: np.array(positions) for word, positions in by_text.items()}


def answers(is_yes: Mask, is_known: Mask) -> Words:
    """Return a column of True, False and, where it is not known, None."""
    pairs = zip(is_yes.tolist(), is_known.tolist(), strict=True)
    return words(said if known else None for said, known in pairs)


def yes(column: Words) -> Mask:
    """Tell where a column of answers says yes."""
    return np.array([cell is True for cell in column.tolist()], dtype=np.bool_)


def no(column: Words) -> Mask:
    """Tell where a column of answers says no."""
    return np.array([cell is False for cell in column.tolist()], dtype=np.bool_)


def unknown(column: Words) -> Mask:
    """Tell where a column of words or answers has none."""
    return np.array([cell is None for cell in column.tolist()], dtype=np.bool_)
