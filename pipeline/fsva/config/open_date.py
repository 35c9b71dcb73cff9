"""A date, or an answer of yes or no, in a TOML file that may still be open.

Owns the type; what else may be open is judged in ``fsva.config.editions.unfilled``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from fsva.core.placeholders import is_placeholder


def _value_or_none(value: Any) -> Any:  # noqa: ANN401 - any value of TOML
    return None if isinstance(value, str) and is_placeholder(value) else value


# A date, or None where words say that the office has still to write it.
OpenDate = Annotated[date | None, BeforeValidator(_value_or_none)]
# Yes or no, or None likewise.
OpenAnswer = Annotated[bool | None, BeforeValidator(_value_or_none)]
