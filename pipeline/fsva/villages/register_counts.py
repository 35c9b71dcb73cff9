"""Counting the rows of a register by name and address per village; nothing else of it is kept.

Owns the counts and the suppression of small ones. It is given village codes only: names, NIK and
addresses never leave ``fsva.sources.tables.register_rows``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Counts:
    """How many rows of a register each village has.

    Parameters
    ----------
    values : Series of Int64
        By BPS code, >= 0; NA where the count is suppressed.
    suppressed : Series of bool
        By BPS code: True where a count is missing only because it is small.
    """

    values: pd.Series[int]
    suppressed: pd.Series[bool]


def count(codes: Iterable[str], villages: pd.Index[str], hide_below: int = 0) -> Counts:
    """Count rows per village.

    Parameters
    ----------
    codes : iterable of str
        BPS code of each row.
    villages : Index of str
        BPS codes of the edition; a village without rows has zero.
    hide_below : int
        Counts from 1 to one less than this are missing, with a note; 0 or 1 hides nothing.

    Raises
    ------
    KeyError
        If a row belongs to none of the villages.

    Examples
    --------
    >>> counts = count(["a", "b", "b", "b"], pd.Index(["a", "b", "c"]), hide_below=2)
    >>> counts.values.tolist(), counts.suppressed.tolist()
    ([<NA>, 3, 0], [True, False, False])
    """
    counts = Counter(codes)
    strangers = sorted(set(counts) - set(villages))
    if strangers:
        raise KeyError(strangers[0])
    numbers = [counts[code] for code in villages]
    small = [0 < number < hide_below for number in numbers]
    shown = [None if hidden else n for n, hidden in zip(numbers, small, strict=True)]
    values = pd.Series(pd.array(shown, dtype="Int64"), index=villages)
    return Counts(values, pd.Series(small, index=villages, dtype=bool))
