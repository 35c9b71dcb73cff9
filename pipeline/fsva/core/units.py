"""Units of columns and of what is computed from them.

Owns the algebra: a unit is a product of words with exponents, such as ``km2/tenaga``. Words are
not converted into each other; a formula that mixes ha and km2 says so with a function.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FACTOR = re.compile(r"([A-Za-z][A-Za-z0-9_]*|%|1)(?:\^([1-9]))?")


@dataclass(frozen=True)
class Unit:
    """A unit, as words with their exponents.

    Parameters
    ----------
    powers : tuple of (str, int)
        Sorted by word, no exponent 0; empty for a plain number.
    text : str
        As it was written; empty for computed units. It does not matter when units are compared.
    """

    powers: tuple[tuple[str, int], ...] = ()
    text: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        """Return the unit of a product."""
        return self._joined(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        """Return the unit of a quotient.

        Examples
        --------
        >>> str(parse("jiwa/tenaga") / parse("jiwa/km2"))
        'km2/tenaga'
        """
        return self._joined(other, -1)

    def _joined(self, other: Unit, sign: int) -> Unit:
        powers = dict(self.powers)
        for word, power in other.powers:
            powers[word] = powers.get(word, 0) + sign * power
        return Unit(tuple(sorted((word, power) for word, power in powers.items() if power)))

    def __str__(self) -> str:
        """Write the unit as it was written, else the products and then the divisors."""
        if self.text:
            return self.text
        above = [_power(word, power) for word, power in self.powers if power > 0]
        below = [_power(word, -power) for word, power in self.powers if power < 0]
        return "/".join(["*".join(above) or "1", *below])


NUMBER = Unit()


def _power(word: str, power: int) -> str:
    return word if power == 1 else f"{word}^{power}"


def parse(text: str) -> Unit:
    """Read a unit such as ``ha``, ``kkal/jiwa/hari``, ``%`` or ``1``.

    Parameters
    ----------
    text : str
        Words joined by ``*`` and ``/`` from left to right, each with an optional exponent ``^2``;
        ``1`` is a plain number.

    Raises
    ------
    ValueError
        If the text is anything else.

    Examples
    --------
    >>> parse("jiwa/jiwa") == NUMBER, parse("g/jiwa/hari") == parse("g/hari/jiwa")
    (True, True)
    """
    unit = NUMBER
    for sign, factor in re.findall(r"([*/]?)([^*/]*)", f"*{text}"):
        if not sign and not factor:
            continue  # the end of the text
        match = _FACTOR.fullmatch(factor.strip())
        if match is None:
            raise ValueError(text)
        word, power = match.group(1), int(match.group(2) or 1)
        operand = NUMBER if word == "1" else Unit(((word, power),))
        unit = unit * operand if sign == "*" else unit / operand
    return Unit(unit.powers, text.strip())
