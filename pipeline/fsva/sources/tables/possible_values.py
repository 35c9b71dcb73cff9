"""The possible values of an indicator: range and categories.

Owns the only rule for them. Readers (``fsva.sources.tables.edition_tables``,
``fsva.index.indicators``) refuse impossible values; checks (``fsva.checks.village_rules``) report
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator
from fsva.sources.plain.arrays import Mask

Accepted = frozenset[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Impossible:
    """The impossible values of an indicator, as masks of shape (n_villages,).

    Parameters
    ----------
    outside : array of bool
        Values outside the range, accepted or not; without those that are no category.
    accepted : array of bool
        Those of them that the office accepts.
    no_category : array of bool
        Values that are not a category; an office cannot accept them, because they have no class.
    """

    outside: Mask
    accepted: Mask
    no_category: Mask

    @property
    def refused(self) -> list[int]:
        """Positions of values outside the range that the office does not accept."""
        return [int(n) for n in np.flatnonzero(self.outside & ~self.accepted)]

    @property
    def without_category(self) -> list[int]:
        """Positions of values that are not a category."""
        return [int(n) for n in np.flatnonzero(self.no_category)]


def judge(
    indicator: Indicator, codes: Iterable[str], values: NDArray[np.float64], accepted: Accepted
) -> Impossible:
    """Find the impossible values of an indicator.

    Parameters
    ----------
    indicator : Indicator
        Gives its range, with both ends possible, and its categories, if any.
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
        outside &= ~no_category  # no decision of the office can accept these
    return Impossible(outside, outside & let_stand, no_category)


def ends(indicator: Indicator) -> tuple[str, str]:
    """Return both ends of the range, for messages."""
    low, high = map(str, indicator.possible)
    return low, high


def categories(indicator: Indicator) -> str:
    """Return the categories, for messages."""
    return ", ".join(str(c) for c in sorted(indicator.categories or ()))
