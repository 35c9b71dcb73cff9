"""What a printed number may have been before it was rounded.

Owns the arithmetic of such spans: a sum, mean or growth is wrong only where no unrounded numbers
behind the printed ones could give it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fsva.core.message_values import Quantity

_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Span:
    """A closed span of numbers.

    Parameters
    ----------
    low, high : Decimal
        Its ends.
    """

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        """Tell whether two spans have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def over(self, count: int) -> Span:
        """Return the span divided by a count."""
        return Span(self.low / count, self.high / count)


NOTHING = Span(Decimal(0), Decimal(0))


def of(printed: Decimal) -> Span:
    """Return what a number may have been before it was rounded to its last printed digit.

    Examples
    --------
    >>> of(Decimal("9310.4"))
    Span(low=Decimal('9310.35'), high=Decimal('9310.45'))
    """
    half = _HALF.scaleb(_exponent(printed))
    return Span(printed - half, printed + half)


def total(printed: Iterable[Decimal]) -> Span:
    """Return what the sum of rounded numbers may be."""
    return sum((of(number) for number in printed), NOTHING)


def growth(first: Decimal, last: Decimal) -> Span | None:
    """Return what the growth between two rounded numbers may be, in per cent; None from zero."""
    start, end = of(first), of(last)
    if start.low <= 0:
        return None
    low, high = end.low / start.high, end.high / start.low
    return Span((low - 1) * _HUNDRED, (high - 1) * _HUNDRED)


def told(number: Decimal) -> Quantity:
    """Return a number as messages say it, with the digits that it has."""
    return Quantity(float(number), max(0, -_exponent(number)))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0
