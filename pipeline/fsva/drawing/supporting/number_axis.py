"""The axis of numbers of a chart: round steps from zero, or around numbers that hardly differ.

Owns the choice of steps and the place of a number on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS = 5
_NARROW = Decimal("0.25")  # of the largest number: numbers nearer than that need no zero


@dataclass(frozen=True)
class NumberAxis:
    """An axis with its steps.

    Parameters
    ----------
    ticks : tuple of Decimal
        Ascending, evenly spaced; the first and last are its ends.
    """

    ticks: tuple[Decimal, ...]

    def share(self, number: Decimal) -> float:
        """Return the place of a number, 0 at the first and 1 at the last step."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((number - low) / (high - low))

    @property
    def digits(self) -> int:
        """Decimals that tell the steps apart."""
        return max(
            max(0, -exponent)
            if isinstance(exponent := tick.normalize().as_tuple().exponent, int)
            else 0
            for tick in self.ticks
        )


def axis(numbers: Sequence[Decimal], *, from_zero: bool) -> NumberAxis:
    """Return a scale in round steps that holds all numbers.

    Parameters
    ----------
    numbers : sequence of Decimal
        At least one.
    from_zero : bool
        Whether it begins at zero even if all numbers are nearly alike.

    Examples
    --------
    >>> [str(tick) for tick in axis([Decimal(9391), Decimal(27082)], from_zero=True).ticks]
    ['0', '10000', '20000', '30000']
    >>> [str(tick) for tick in axis([Decimal("15.37"), Decimal("15.95")], from_zero=False).ticks]
    ['15.2', '15.4', '15.6', '15.8', '16.0']
    """
    high, low = max(*numbers, Decimal(0)), min(*numbers, Decimal(0))
    if not from_zero and min(numbers) > 0 and high - min(numbers) < _NARROW * high:
        low = min(numbers)
    step = Decimal(f"{_step(high - low).normalize():f}")  # 10000 and 0.2, not 1E+4 and 0.20
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    count = int(((high - first) / step).to_integral_value(ROUND_CEILING)) or 1
    return NumberAxis(tuple(first + n * step for n in range(count + 1)))


def _step(length: Decimal) -> Decimal:
    """Return the smallest round step of which few cover a length."""
    if not length:
        return Decimal(1)
    size = Decimal(1).scaleb(length.adjusted() - 1)
    return next(
        step * size * scale
        for scale in (1, 10)
        for step in _STEPS
        if length / (step * size * scale) <= _MOST_STEPS
    )
