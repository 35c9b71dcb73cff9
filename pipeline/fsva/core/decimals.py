"""Numbers as people print them: exact decimals with a stated number of digits.

Owns the parsing of numbers and the conversion to whole units of the last digit, in which values and
cut-offs are compared. It knows nothing of tables or methods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fsva.core import bounds

_LARGEST = 2.0**62  # largest unit count; an int64 holds it with room to spare
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@lru_cache(maxsize=8192)  # a cell is looked at by several checks and then read
def parse(text: str) -> Decimal:
    """Read one number with a decimal comma or a decimal point and no thousands marks.

    Parameters
    ----------
    text : str
        For example ``0,2470``, ``0.2470`` or ``12``; spaces around it are ignored.

    Raises
    ------
    ValueError
        If the text is anything else, including ``NaN``, ``1e5`` and ``1.234,5``, or longer than
        any number of a table.

    Examples
    --------
    >>> parse(" 0,2470 ")
    Decimal('0.2470')
    """
    stripped = text.strip()
    is_long = len(stripped) > bounds.load().table.digits
    if is_long or not stripped.isascii() or not _PLAIN.fullmatch(stripped):
        raise ValueError(text)
    return Decimal(stripped.replace(",", "."))


def is_number(text: str) -> bool:
    """Tell whether ``parse`` reads a text.

    Examples
    --------
    >>> is_number("0,2470"), is_number("tidak ada"), is_number("")
    (True, False, False)
    """
    try:
        parse(text)
    except ValueError:
        return False
    return True


def marks(texts: Iterable[str]) -> set[str]:
    """Return the decimal marks that occur in the texts: none, one, or both.

    Examples
    --------
    >>> sorted(marks(["0,1", "0.2", "3"]))
    [',', '.']
    """
    return {mark for text in texts for mark in ",." if mark in text}


def to_units(value: Decimal, digits: int) -> int:
    """Return a decimal as whole units of its last digit, rounded half up.

    Parameters
    ----------
    value : Decimal
        Any finite decimal.
    digits : int
        Decimals kept.

    Examples
    --------
    >>> to_units(Decimal("0.0373"), 4)
    373
    """
    return int(value.scaleb(digits).to_integral_value(ROUND_HALF_UP))


def units_of_floats(values: NDArray[np.float64], digits: int) -> NDArray[np.int64]:
    """Return floats as whole units of the last digit, free of binary noise.

    A float that was read from a decimal with at most nine digits before the point gives exactly the
    units of that decimal. The noise is removed six digits below the last one first, so that a
    decimal with more than ``digits`` digits is rounded half up.

    Parameters
    ----------
    values : array of float, any shape
        Finite values; those too large for whole units keep their sign and become the largest.
    digits : int
        Decimals kept.
    """
    largest = _LARGEST / 10.0**digits
    scaled = np.round(np.clip(values, -largest, largest) * 10.0**digits, 6)
    units: NDArray[np.int64] = np.copysign(np.floor(np.abs(scaled) + 0.5), scaled).astype(np.int64)
    return units


def round_half_up(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Round to so many decimals, halves away from zero, as the printed decimals are.

    Parameters
    ----------
    values : array of float, any shape
        NaN stays NaN.
    digits : int
        Decimals kept.

    Examples
    --------
    >>> round_half_up(np.array([0.12345, np.nan]), 4).tolist()
    [0.1235, nan]
    """
    known = ~np.isnan(values)
    rounded = np.full(values.shape, np.nan)
    rounded[known] = units_of_floats(values[known], digits) / 10**digits
    return rounded
