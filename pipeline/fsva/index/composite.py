"""The composite index: standard scores, weighted sum, rank.

Owns equation 1 of the report. Its class is computed by ``fsva.index.classes`` like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Method
from fsva.core import decimals
from fsva.index import classes
from fsva.sources.plain.arrays import Floats

Ranks = NDArray[np.int32]


def standard_score(values: Floats, indicator: Indicator) -> Floats:
    """Standardise an indicator to 0-100, turned so that high is food secure.

    Parameters
    ----------
    values : array of float, any shape
        In the indicator's unit; NaN = not known.
    indicator : Indicator
        Its bounds are the baseline's; values outside them are clipped.

    Returns
    -------
    array of float, of the same shape
        0-100, NaN where the value is not known; 0 where a zero says "there is none".

    Notes
    -----
    The report's "z-score and distance to scale" is min-max scaling by the bounds of the baseline.
    """
    low, high = (float(bound) for bound in indicator.bounds)
    share = ((values - low) / (high - low)).clip(0, 1)
    score = 100 * (share if indicator.better == "tinggi" else 1 - share)
    return np.where(classes.means_none(values, indicator), 0.0, score)


def index(values: Mapping[str, Floats], method: Method) -> Floats:
    """Compute the composite of every village whose indicators are all known.

    Parameters
    ----------
    values : mapping of str to array of float, shape (n_villages,)
        Of every indicator, by its id; NaN = not known.

    Returns
    -------
    array of float, shape (n_villages,)
        0-100 with the composite's digits; NaN if any indicator is missing.

    Notes
    -----
    Equation 1 of the report, section 1.3: Y = sum of weight times standard score.
    """
    parts = (float(i.weight) * standard_score(values[i.id], i) for i in method.indicators)
    return decimals.round_half_up(np.asarray(sum(parts)), method.composite.digits)


def rank(score: Floats, fixed: Ranks) -> Ranks:
    """Rank the villages, the highest score first.

    Parameters
    ----------
    score : array of float, shape (n_villages,)
        Composite; NaN = not known.
    fixed : array of int32, shape (n_villages,)
        Published rank, 0 = none; it counts only where the score is not known. The other
        villages fill the remaining ranks in the order of their scores. Equal scores share
        the better rank.

    Returns
    -------
    array of int32
        1..n; 0 where neither score nor published rank is known.
    """
    scored = ~np.isnan(score)
    ranks = np.where(scored, 0, fixed).astype(np.int32)
    free = np.setdiff1d(np.arange(1, len(score) + 1), ranks)
    known = score[scored]
    better = len(known) - np.searchsorted(np.sort(known), known, side="right")
    ranks[scored] = free[better]
    return ranks
