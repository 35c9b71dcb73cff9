"""What lifts a village: the smallest change of one or two indicators that gives it a class more.

Owns the exact way back from a class of the composite to a value of an indicator. Scores are
fractions here, so nothing is lost to binary noise; ``fsva.index.composite`` and
``fsva.index.classes`` judge every answer in the tests. The need of an indicator's own class is
``fsva.index.better_class_values``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import numpy as np

from fsva.config.methods.method import Indicator, Method
from fsva.index import better_class_values
from fsva.index.joined_table import JoinedTable

_FULL = Fraction(100)


@dataclass(frozen=True)
class Change:
    """A change of one indicator.

    Parameters
    ----------
    indicator : str
        Its id.
    points : Fraction
        By how much the standard score rises, 0-100: what is needed at least; for a category, what
        its next sufficient step gives.
    value : Decimal
        The first sufficient value, with the digits of the indicator.
    """

    indicator: str
    points: Fraction
    value: Decimal


@dataclass(frozen=True)
class Lift:
    """What lifts one village to a better class.

    Parameters
    ----------
    present, target : int
        Classes of the composite, before and after.
    missing : Fraction
        Points of the composite that the village lacks.
    changes : tuple of Change
        One for each indicator that can do it alone, the smallest first; equal ones in the order
        of the indicators. Empty if none can.
    """

    present: int
    target: int
    missing: Fraction
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Standing:
    """A village's exact scores.

    Parameters
    ----------
    values : mapping of str to Decimal
        Indicator id to value; every indicator of the method.
    method : Method
        Bounds and weights.
    """

    values: Mapping[str, Decimal]
    method: Method

    @cached_property
    def scores(self) -> dict[str, Fraction]:
        """Standard score of each indicator, 0-100."""
        return {i.id: score(self.values[i.id], i) for i in self.method.indicators}

    @cached_property
    def total(self) -> Fraction:
        """The composite before it is rounded."""
        return sum((i.weight * self.scores[i.id] for i in self.method.indicators), Fraction(0))

    def room(self, indicator: Indicator) -> Fraction:
        """Return the points by which the standard score of an indicator can rise."""
        return score(best_value(indicator), indicator) - self.scores[indicator.id]


def score(value: Decimal, indicator: Indicator) -> Fraction:
    """Return the exact standard score of a value, as ``composite.standard_score`` rounds it.

    Parameters
    ----------
    value : Decimal
        In the indicator's unit.

    Examples
    --------
    >>> low_is_better = Indicator.model_construct(
    ...     bounds=(Decimal(1), Decimal(4)), better="rendah", zero=None)
    >>> score(Decimal(3), low_is_better)
    Fraction(100, 3)
    """
    if indicator.zero and value == 0:
        return Fraction(0)
    low, high = (Fraction(bound) for bound in indicator.bounds)
    share = min(max((Fraction(value) - low) / (high - low), Fraction(0)), Fraction(1))
    return _FULL * (share if indicator.better == "tinggi" else 1 - share)


def best_value(indicator: Indicator) -> Decimal:
    """Return the best value that an indicator can have: a category, or an end of its range.

    A zero that says "there is none" is no such value; one unit of the last digit is.
    """
    high_is_better = indicator.better == "tinggi"
    if indicator.categories:
        return Decimal(max(indicator.categories) if high_is_better else min(indicator.categories))
    end = indicator.possible[1] if high_is_better else indicator.possible[0]
    return Decimal(1).scaleb(-indicator.digits) if indicator.zero and end == 0 else end


def needed_total(method: Method, target: int) -> Fraction | None:
    """Return the least unrounded composite that is rounded into a class or a better one.

    Parameters
    ----------
    target : int
        A class of the composite.

    Returns
    -------
    Fraction or None
        None if no possible composite is in that class or in a better one.
    """
    ladder = better_class_values.steps(method.composite)
    first = next((step.value for step in ladder if step.priority >= target), None)
    half_a_unit = Fraction(1, 2 * 10**method.composite.digits)
    return None if first is None else Fraction(first) - half_a_unit


def smallest(standing: Standing, indicator: Indicator, missing: Fraction) -> Change | None:
    """Return the smallest change of one indicator that adds some points to the composite.

    Parameters
    ----------
    missing : Fraction
        Points of the composite.

    Returns
    -------
    Change or None
        None if the indicator cannot add so many.
    """
    points = missing / indicator.weight
    if points > standing.room(indicator):
        return None
    present = standing.scores[indicator.id]
    if indicator.categories:
        better = {c: score(Decimal(c), indicator) - present for c in indicator.categories}
        gained, category = min((gain, c) for c, gain in better.items() if gain >= points)
        return Change(indicator.id, gained, Decimal(category))
    return Change(indicator.id, points, _value_of(present + points, indicator))


def smallest_pair(standing: Standing, missing: Fraction) -> tuple[Change, Change] | None:
    """Return the pair of changes that adds some points to the composite with the fewest points.

    Both indicators change. The size of a pair is the sum of the points of both; of pairs of equal
    size the one whose indicators come first counts. Where the weights are equal, so that every
    division of the points has one size, the two share them as evenly as their rooms allow.

    Parameters
    ----------
    missing : Fraction
        Points of the composite.

    Returns
    -------
    (Change, Change) or None
        In the order of the indicators; None if no two indicators can add so many.
    """
    pairs = combinations(standing.method.indicators, 2)
    found = [pair for a, b in pairs if (pair := _pair(standing, a, b, missing))]
    return min(found, key=lambda pair: pair[0].points + pair[1].points, default=None)


def _pair(
    standing: Standing, first: Indicator, second: Indicator, missing: Fraction
) -> tuple[Change, Change] | None:
    """Return the smallest change of two indicators, both by a step at least."""
    tried = [
        (gain, rest)
        for gain in _gains(standing, first, second, missing)
        for rest in _rest(standing, second, (missing - first.weight * gain) / second.weight)
    ]
    if not tried:
        return None
    gains = min(tried, key=lambda two: (sum(two), abs(two[0] - two[1])))
    return (_reached(standing, first, gains[0]), _reached(standing, second, gains[1]))


def _gains(
    standing: Standing, first: Indicator, second: Indicator, missing: Fraction
) -> list[Fraction]:
    """Return the gains of the first of two indicators among which the smallest change is."""
    if first.categories:
        return _better_categories(standing, first)
    unit, room = step(first), standing.room(first)
    if unit > room:
        return []
    if second.categories:
        rests = [(missing - second.weight * g) for g in _better_categories(standing, second)]
        wanted = [rest / first.weight for rest in rests]
    else:
        least = (missing - second.weight * standing.room(second)) / first.weight
        most = (missing - second.weight * step(second)) / first.weight
        even = missing / (first.weight + second.weight)
        wanted = [least, most, even]
    return sorted({min(max(gain, unit), room) for gain in wanted})


def _rest(standing: Standing, indicator: Indicator, points: Fraction) -> list[Fraction]:
    """Return the smallest gain of an indicator of at least some points; nothing if it has none."""
    if indicator.categories:
        return [g for g in _better_categories(standing, indicator) if g >= points][:1]
    gain = max(points, step(indicator))
    return [gain] if gain <= standing.room(indicator) else []


def _better_categories(standing: Standing, indicator: Indicator) -> list[Fraction]:
    """Return the gains of the better categories, ascending."""
    present = standing.scores[indicator.id]
    gains = (score(Decimal(c), indicator) - present for c in indicator.categories or ())
    return sorted(gain for gain in gains if gain > 0)


def step(indicator: Indicator) -> Fraction:
    """Return the points of one unit of an indicator's last digit."""
    low, high = (Fraction(bound) for bound in indicator.bounds)
    return _FULL / ((high - low) * Fraction(10**indicator.digits))


def is_shared(pair: tuple[Change, Change], method: Method) -> bool:
    """Tell whether both changes of a pair are more than one unit of a last digit.

    Where weights differ, the fewest points of a pair are those of the heavier indicator alone, and
    the other one moves by a unit of its last digit: nothing that an office could do.
    """
    units = {i.id: step(i) for i in method.indicators}
    return all(change.points > units[change.indicator] for change in pair)


def _reached(standing: Standing, indicator: Indicator, points: Fraction) -> Change:
    """Return the change of an indicator by some points that it can gain."""
    wanted = standing.scores[indicator.id] + points
    if not indicator.categories:
        return Change(indicator.id, points, _value_of(wanted, indicator))
    scores = {score(Decimal(c), indicator): c for c in indicator.categories}
    return Change(indicator.id, points, Decimal(scores[wanted]))


def _value_of(wanted: Fraction, indicator: Indicator) -> Decimal:
    """Return the first value with the indicator's digits whose score is a wanted one or more."""
    low, high = (Fraction(bound) for bound in indicator.bounds)
    share = wanted / _FULL
    high_is_better = indicator.better == "tinggi"
    exact = low + share * (high - low) if high_is_better else high - share * (high - low)
    units = exact * 10**indicator.digits
    whole = math.ceil(units) if high_is_better else math.floor(units)
    value, best = Decimal(whole).scaleb(-indicator.digits), best_value(indicator)
    return min(value, best) if high_is_better else max(value, best)


def rounded_up(points: Fraction, digits: int) -> Decimal:
    """Return points rounded up, so that what is printed is enough.

    Examples
    --------
    >>> rounded_up(Fraction(100, 3), 2)
    Decimal('33.34')
    """
    return Decimal(math.ceil(points * 10**digits)).scaleb(-digits)


def standing_of(table: JoinedTable, at: int, method: Method) -> Standing | None:
    """Return the standing of a village; None if a value of an indicator is not known.

    Parameters
    ----------
    at : int
        Its position in the table.
    """
    values = {i.id: float(table.values[i.id][at]) for i in method.indicators}
    if np.isnan([*values.values()]).any():
        return None
    return Standing({name: Decimal(repr(value)) for name, value in values.items()}, method)


def lifts(table: JoinedTable, method: Method, target: int | None = None) -> list[Lift | None]:
    """Return what lifts each village.

    Parameters
    ----------
    target : int or None
        The class to reach; None for the next one that a composite can have.

    Returns
    -------
    list of Lift or None, one per village
        None without a class, with an unknown value, in the target or a better class, and where
        the score has reached the target, so that only the office's decision keeps it below.
    """
    classes = table.classes[method.composite.id].tolist()
    ladder = [step.priority for step in better_class_values.steps(method.composite)]
    found: list[Lift | None] = []
    for at, present in enumerate(classes):
        better = (p for p in ladder if p > present and p >= (target or 0))
        aim = next(better, None) if present and present < (target or present + 1) else None
        standing = standing_of(table, at, method) if aim else None
        found.append(_lift(standing, present, aim) if standing and aim else None)
    return found


def _lift(standing: Standing, present: int, target: int) -> Lift | None:
    """Weigh all indicators of one village."""
    method, needed = standing.method, needed_total(standing.method, target)
    if needed is None or needed <= standing.total:
        return None
    missing = needed - standing.total
    single = [smallest(standing, indicator, missing) for indicator in method.indicators]
    changes = sorted((c for c in single if c), key=lambda change: change.points)
    return Lift(present, target, missing, tuple(changes))
