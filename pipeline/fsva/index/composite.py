"""The composite index: standard scores, weighted sum, rank.

Owns equation 1 of the report. Its class is computed by ``fsva.index.classes`` like any other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fsva.config.methods.method import Indicator, Method
from fsva.core import decimals
from fsva.index import classes


def standard_score(values: pd.Series[float], indicator: Indicator) -> pd.Series[float]:
    """Standardise an indicator to 0-100, turned so that high is food secure.

    Parameters
    ----------
    values : Series of Float64, shape (n_villages,)
        In the indicator's unit; NA = not known.
    indicator : Indicator
        Its bounds are the baseline's; values outside them are clipped.

    Returns
    -------
    Series of Float64, shape (n_villages,)
        0-100, NA where the value is NA; 0 where a zero says "there is none".

    Notes
    -----
    The report's "z-score and distance to scale" is min-max on the bounds of the baseline.
    """
    low, high = (float(bound) for bound in indicator.bounds)
    known = values.to_numpy(dtype=np.float64, na_value=np.nan)
    share = ((known - low) / (high - low)).clip(0, 1)
    score = 100 * (share if indicator.better == "tinggi" else 1 - share)
    made = pd.Series(score, values.index, dtype=values.dtype, name=values.name)
    return made.mask(classes.means_none(values, indicator), 0.0)


def index(table: pd.DataFrame, method: Method) -> pd.Series[float]:
    """Compute the composite of every village whose indicators are all known.

    Parameters
    ----------
    table : DataFrame
        A Float64 column per indicator.

    Returns
    -------
    Series of Float64, shape (n_villages,)
        0-100 with the composite's digits; NA if any indicator is missing.

    Notes
    -----
    Equation 1 of the report, section 1.3: Y = sum of weight times standard score.
    """
    total = sum(float(i.weight) * standard_score(table[i.id], i) for i in method.indicators)
    score = pd.Series(total, index=table.index, dtype="Float64")
    digits = method.composite.digits
    known = score.notna()
    units = decimals.units_of_floats(np.asarray(score[known], dtype=np.float64), digits)
    score.loc[known] = units / 10**digits
    return score


def rank(score: pd.Series[float], fixed: pd.Series[int]) -> pd.Series[int]:
    """Rank the villages, the highest score first.

    Parameters
    ----------
    score : Series of Float64
        Composite; NA where it is lost.
    fixed : Series of Int32
        Published rank; used only where the score is lost and the rank is not. The others
        fill the places that are left, in the order of their scores. Equal scores share the
        better place.

    Returns
    -------
    Series of Int32
        1..n; NA where neither score nor published rank is known.
    """
    only_rank = score.isna() & fixed.notna()
    taken = set(fixed[only_rank].astype(int))
    free = (place for place in range(1, len(score) + 1) if place not in taken)
    places = list(free)
    order = score.rank(method="min", ascending=False)
    ranks = pd.Series(pd.NA, index=score.index, dtype="Int32")
    scored = order.notna()
    ranks.loc[scored] = [places[int(o) - 1] for o in order[scored]]
    ranks.loc[only_rank] = fixed[only_rank]
    return ranks
