"""The need of a village: the first value at which its class is better.

Owns the step from a class to its target value. ``fsva.index.classes`` owns the boundaries and
judges every value returned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.index import classes

_COMPOSITE = (Decimal(0), Decimal(100))


class Need(NamedTuple):
    """A class and its first value.

    Attributes
    ----------
    priority : int
        The class.
    value : Decimal
        The first value of the class, coming from the more vulnerable side, with the digits of
        the measure; a category where the measure has categories.
    """

    priority: int
    value: Decimal


def needs(
    values: NDArray[np.float64], priorities: NDArray[np.signedinteger[Any]], measure: Measure
) -> list[Need | None]:
    """Return what each village needs for a better class than it has.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        In the measure's unit; NaN = not known.
    priorities : array of int, shape (n_villages,)
        The villages' classes, whatever their basis; 0 = none.

    Returns
    -------
    list of Need or None
        The next class that a possible value has; classes between equal cut-offs are empty and
        are skipped. None for a village without a class, for one in the best possible class,
        and for one whose value already reaches the next class, so that only the office's
        decision keeps it below.

    Examples
    --------
    At 10.00, with high values better, class 1 ends; one unit of the last digit more is class 2:

    >>> measure = Measure.model_construct(
    ...     better="tinggi", closed="atas", digits=2, cut_offs=(Decimal(10), Decimal(20)))
    >>> needs(np.array([7.0, 25.0]), np.array([1, 3]), measure)
    [Need(priority=2, value=Decimal('10.01')), None]
    """
    ladder = steps(measure)
    missing = []
    for value, priority in zip(values.tolist(), priorities.tolist(), strict=True):
        step = next((s for s in ladder if s.priority > priority), None) if priority else None
        missing.append(None if step is None or _reaches(value, step, measure) else step)
    return missing


def steps(measure: Measure) -> tuple[Need, ...]:
    """Return every class that a possible value can have, with its first value.

    Returns
    -------
    tuple of Need
        From the most vulnerable class on; the value of that class is one near its end. A zero
        that says "there is none" never counts as a value of a better class.
    """
    if isinstance(measure, Indicator) and measure.categories:
        return tuple(_of_categories(measure, measure.categories))
    units = np.array(_near_cut_offs(measure), dtype=np.int64)
    by_class: dict[int, Need] = {}
    for unit, priority in zip(units.tolist(), classes.of_units(units, measure), strict=True):
        value = Decimal(unit).scaleb(-measure.digits)
        by_class.setdefault(int(priority), Need(int(priority), value))
    return tuple(by_class.values())


def _near_cut_offs(measure: Measure) -> list[int]:
    """List the units at and beside each cut-off that are possible, the worst first.

    A class begins at a cut-off or one unit beside it, depending on the closed end.
    """
    cut_offs = [decimals.to_units(c, measure.digits) for c in measure.ascending_cut_offs]
    low, high = measure.possible if isinstance(measure, Indicator) else _COMPOSITE
    ends = Decimal(low).scaleb(measure.digits), Decimal(high).scaleb(measure.digits)
    near = {c + side for c in cut_offs for side in (-1, 0, 1) if ends[0] <= c + side <= ends[1]}
    if isinstance(measure, Indicator) and measure.zero:
        near.discard(0)
    return sorted(near, reverse=measure.better == "rendah")


def _of_categories(measure: Measure, categories: dict[int, int]) -> Iterator[Need]:
    """Yield the classes of categories; a class with several categories needs only the worst."""
    worst = min if measure.better == "tinggi" else max
    for priority in sorted(set(categories.values())):
        members: Iterable[int] = (c for c, p in categories.items() if p == priority)
        yield Need(priority, Decimal(worst(members)))


def _reaches(value: float, step: Need, measure: Measure) -> bool:
    """Tell whether a value is already as good as a class needs."""
    if np.isnan(value):
        return False
    (unit,) = decimals.units_of_floats(np.array([value]), measure.digits).tolist()
    if isinstance(measure, Indicator):
        if measure.categories:
            return measure.categories.get(unit, 0) >= step.priority
        if measure.zero and value == 0:
            return False
    target = decimals.to_units(step.value, measure.digits)
    return bool(unit >= target if measure.better == "tinggi" else unit <= target)
