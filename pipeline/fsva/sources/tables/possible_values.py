"""The possible values of an indicator: those within its range, and its categories.

Owns the one rule for them. The readers stop at impossible values
(``fsva.sources.tables.edition_tables``, ``fsva.index.indicators``); the checks report them
(``fsva.checks.village_rules``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator

Accepted = frozenset[tuple[str, str]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Impossible:
    """What is impossible among the values of an indicator, as masks of shape (n_villages,).

    Parameters
    ----------
    outside : array of bool
        Values outside the range, accepted or not.
    accepted : array of bool
        Those of them that the office lets stand.
    no_category : array of bool
        Values that are none of the categories; nobody can let them stand, they have no class.
    """

    outside: Mask
    accepted: Mask
    no_category: Mask

    @property
    def refused(self) -> list[int]:
        """Positions of the values outside the range that nobody accepts."""
        return [int(n) for n in np.flatnonzero(self.outside & ~self.accepted)]

    @property
    def without_category(self) -> list[int]:
        """Positions of the values that are no category."""
        return [int(n) for n in np.flatnonzero(self.no_category)]


def judge(
    indicator: Indicator, codes: Iterable[str], values: NDArray[np.float64], accepted: Accepted
) -> Impossible:
    """Tell which values an indicator cannot have.

    Parameters
    ----------
    indicator : Indicator
        Its range, both ends possible, and its categories if it has any.
    codes : iterable of str
        BPS codes of the villages.
    values : array of float, shape (n_villages,)
        In the indicator's unit; NaN = not known, which is always possible.
    """
    low, high = (float(end) for end in indicator.possible)
    outside = (values < low) | (values > high)
    let_stand = np.array([(code, indicator.id) in accepted for code in codes], dtype=bool)
    no_category = np.zeros(len(values), dtype=bool)
    if indicator.categories:
        no_category = ~np.isnan(values) & ~np.isin(values, list(indicator.categories))
    return Impossible(outside, outside & let_stand, no_category)


def ends(indicator: Indicator) -> tuple[str, str]:
    """Return both ends of the range, for messages."""
    low, high = map(str, indicator.possible)
    return low, high


def categories(indicator: Indicator) -> str:
    """Return the categories, for messages."""
    return ", ".join(str(c) for c in sorted(indicator.categories or ()))
