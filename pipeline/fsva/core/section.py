"""The base of every model of a TOML file's section, and the colours and numbers in them."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# ``#RRGGBB``.
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Section(BaseModel):
    """Base of every model of a TOML section: unknown keys are errors, values are frozen."""

    # A model is built when it is first used, together with the models inside it.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


# A number in quotes with so many digits, or such an exponent, that it may be none of this world:
# models take it for a number.
_QUOTED = re.compile(r"[+-]?[0-9_]*\.?[0-9_]*(?:[eE][+-]?[0-9_]{3,}|[0-9]{300})")


def bounded(text: str) -> Decimal:
    """Read a number exactly; one of more places than a float has would take hours to compute with.

    Raises
    ------
    ValueError
        It is larger or smaller than any float, and not 0, nan or inf.
    """
    number = Decimal(text)
    if number.is_finite() and not sys.float_info.min_10_exp <= number.adjusted() <= (
        sys.float_info.max_10_exp
    ):
        raise ValueError(text)
    return number


def is_beyond(value: object) -> bool:
    """Tell whether a text is a number as ``bounded`` refuses it.

    Examples
    --------
    >>> is_beyond("1e999"), is_beyond("1e9"), is_beyond("abc"), is_beyond("9" * 400)
    (True, False, False, True)
    """
    if not isinstance(value, str) or not _QUOTED.fullmatch(value):
        return False
    try:
        bounded(value)
    except (ValueError, ArithmeticError):
        return True
    return False
