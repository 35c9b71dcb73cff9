"""Priority classes of values: cut-offs, direction and closure.

Owns the rule by which a number becomes one of the classes. A village's class depends on
its own value and the method, never on other villages.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.sources.plain.arrays import Floats

Priorities = NDArray[np.int8]


def classify(values: Floats, measure: Measure) -> Priorities:
    """Put values into the priority classes.

    Parameters
    ----------
    values : array of float, any shape
        In the measure's unit; NaN = not known.
    measure : Measure
        Indicator or composite with its cut-offs or categories, direction and closure.

    Returns
    -------
    array of int8, of the same shape
        From 1, the most vulnerable, on; 0, which is no class, where the value is not known. A
        zero that says "there is none" is in class 1 whatever the direction.

    Notes
    -----
    Values and cut-offs are compared as decimals with the measure's digits, so that a value
    printed equal to a cut-off is equal to it. Source: report Belu 2021, section 1.3 and
    Tabel 2.1, 2.8, 3.2, 4.1, 4.2, 5.1.
    """
    known = ~np.isnan(values)
    units = decimals.units_of_floats(values[known], measure.digits)
    categories = measure.categories if isinstance(measure, Indicator) else None
    classes = np.zeros(values.shape, dtype=np.int8)
    classes[known] = _of_categories(units, categories) if categories else of_units(units, measure)
    classes[means_none(values, measure)] = 1
    return classes


def means_none(values: Floats, measure: Measure) -> NDArray[np.bool_]:
    """Tell which values are zeros that say "there is none" and count as the worst value.

    Parameters
    ----------
    values : array of float, any shape
        In the measure's unit; NaN = not known.
    measure : Measure
        Only an indicator whose method says so has such zeros.

    Returns
    -------
    array of bool, of the same shape
        A number that rounds to zero is none of them: the readers keep it above.
    """
    if not (isinstance(measure, Indicator) and measure.zero):
        return np.zeros(values.shape, dtype=np.bool_)
    return np.asarray(values == 0)


def of_units(units: NDArray[np.int64] | Floats, measure: Measure) -> Priorities:
    """Put values in units of the last digit into classes, by the cut-offs they have passed.

    Parameters
    ----------
    units : array of int or float, any shape
        Values times ten to the power of the measure's digits; fractions of a unit are not
        rounded away.

    Returns
    -------
    array of int8
        From 1, the most vulnerable, on, of the same shape.
    """
    ascending = [decimals.to_units(c, measure.digits) for c in measure.ascending_cut_offs]
    side: Literal["left", "right"] = "left" if measure.closed == "atas" else "right"
    passed = np.searchsorted(np.array(ascending, dtype=np.int64), units, side=side)
    high_is_better = measure.better == "tinggi"
    return (1 + passed if high_is_better else len(ascending) + 1 - passed).astype(np.int8)


def _of_categories(units: NDArray[np.int64], categories: dict[int, int]) -> Priorities:
    return np.array([categories[unit] for unit in units.tolist()], dtype=np.int8)


def interval(measure: Measure, priority: int) -> tuple[int | None, int | None]:
    """Return the positions in c1, c2 ... of the two cut-offs that bound a class.

    Parameters
    ----------
    priority : int
        From 1 on.

    Returns
    -------
    lower, upper : int or None
        Positions, from 0, of the smaller and the larger bound; None where the class is open.

    Examples
    --------
    Class 1 of an indicator whose high values are better is open below and ends at c1:

    >>> interval(Measure.model_construct(better="tinggi", cut_offs=range(5)), 1)
    (None, 0)
    >>> interval(Measure.model_construct(better="rendah", cut_offs=range(5)), 1)
    (0, None)
    """
    outer = priority - 2 if priority > 1 else None
    inner = priority - 1 if priority <= len(measure.cut_offs or ()) else None
    return (outer, inner) if measure.better == "tinggi" else (inner, outer)


def interval_of_several(measure: Measure, first: int, last: int) -> tuple[int | None, int | None]:
    """Return the positions of the two cut-offs that bound some neighbouring classes.

    Parameters
    ----------
    first, last : int
        The same for one class.

    Returns
    -------
    lower, upper : int or None
        As ``interval``.

    Examples
    --------
    >>> interval_of_several(Measure.model_construct(better="tinggi", cut_offs=range(5)), 1, 3)
    (None, 2)
    """
    a, b = interval(measure, first), interval(measure, last)
    return (a[0], b[1]) if measure.better == "tinggi" else (b[0], a[1])
