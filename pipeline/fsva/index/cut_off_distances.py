"""Margins of values: the nearest cut-off and the distance to it.

Owns distances in the measure's unit and in steps of its last printed digit.
``fsva.index.sureness.uncertainty`` computes how probable it is that a value lies on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.index import classes
from fsva.index.classes import Priorities
from fsva.sources.plain.arrays import Floats


@dataclass(frozen=True, eq=False)
class Margins:
    """How far villages are from the nearest other class, each column of shape (n_villages,).

    Parameters
    ----------
    cut_offs : array of float
        The nearest one; NaN where there is none.
    distances : array of float
        Cut-off minus value, in the measure's unit, positive where the value would have to rise.
    steps : array of int
        The fewest steps of the last digit that change the class, with the same sign; 0 where
        there are none.
    classes : array of int8
        The class beyond that cut-off; 0 where there is none.
    """

    cut_offs: Floats
    distances: Floats
    steps: NDArray[np.int64]
    classes: Priorities


def margins(values: Floats, measure: Measure) -> Margins:
    """Measure how far each value is from the nearest other class.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        In the measure's unit; NaN = not known.
    measure : Measure
        Indicator or composite. Categories have no distances.

    Returns
    -------
    Margins
        Nothing where the value is not known, a category, or a zero that says "there is none".

    Notes
    -----
    A value printed equal to a cut-off has the distance 0 and lies one step from the next
    class. If two classes are equally many steps away, the more vulnerable one counts.
    """
    n = len(values)
    nearest = Margins(
        np.full(n, np.nan), np.full(n, np.nan), np.zeros(n, np.int64), np.zeros(n, np.int8)
    )
    if isinstance(measure, Indicator) and measure.categories:
        return nearest
    known = ~np.isnan(values) & ~classes.means_none(values, measure)
    units = decimals.units_of_floats(values[known], measure.digits)
    cut_offs, steps = _nearest(units, measure)
    nearest.cut_offs[known] = cut_offs / 10**measure.digits
    nearest.distances[known] = (cut_offs - units) / 10**measure.digits
    nearest.steps[known] = steps
    nearest.classes[known] = classes.of_units(units + steps, measure)
    return nearest


def _nearest(
    units: NDArray[np.int64], measure: Measure
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nearest cut-off of each value, and the signed steps beyond it."""
    cuts = np.unique([decimals.to_units(c, measure.digits) for c in measure.ascending_cut_offs])
    upper_end = measure.closed == "atas"
    above = np.searchsorted(cuts, units, side="left" if upper_end else "right")
    far = np.iinfo(np.int64).max // 2
    padded = np.concatenate([[-far], cuts, [far]]).astype(np.int64)
    below, over = padded[above], padded[above + 1]
    up = over + (1 if upper_end else 0) - units
    down = units - below + (0 if upper_end else 1)
    rises = _rises(up, down, measure)
    return np.where(rises, over, below), np.where(rises, up, -down)


def _rises(up: NDArray[np.int64], down: NDArray[np.int64], measure: Measure) -> NDArray[np.bool_]:
    """Tell where the nearer class lies above; at equal steps the more vulnerable one wins."""
    return up < down if measure.better == "tinggi" else up <= down
