"""Counting the rows of a register by name and address per village; nothing else of it is kept.

Owns the counts and the suppression of small ones. It is given village codes only: names, NIK and
addresses never leave ``fsva.sources.tables.register_rows``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Counts:
    """How many rows of a register each village has.

    Parameters
    ----------
    codes : tuple of str
        BPS codes of the villages.
    values : array of float, shape (n_villages,)
        Whole numbers >= 0; NaN where the count is suppressed.
    suppressed : array of bool, shape (n_villages,)
        True where a count is missing only because it is small.
    """

    codes: tuple[str, ...]
    values: NDArray[np.float64]
    suppressed: NDArray[np.bool_]


def count(codes: Iterable[str], villages: Sequence[str], hide_below: int = 0) -> Counts:
    """Count rows per village.

    Parameters
    ----------
    codes : iterable of str
        BPS code of each row.
    villages : sequence of str
        BPS codes of the edition; a village without rows has zero.
    hide_below : int
        Counts from 1 to one less than this are missing, with a note; 0 or 1 hides nothing.

    Raises
    ------
    KeyError
        If a row belongs to none of the villages.

    Examples
    --------
    >>> counts = count(["a", "b", "b", "b"], ["a", "b", "c"], hide_below=2)
    >>> counts.values.tolist(), counts.suppressed.tolist()
    ([nan, 3.0, 0.0], [True, False, False])
    """
    counts = Counter(codes)
    strangers = sorted(set(counts) - set(villages))
    if strangers:
        raise KeyError(strangers[0])
    numbers = np.array([counts[code] for code in villages], dtype=np.float64)
    small = (numbers > 0) & (numbers < hide_below)
    return Counts(tuple(villages), np.where(small, np.nan, numbers), small)
