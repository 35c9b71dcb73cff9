"""How many examples a test with hypothesis invents, where one of them takes long.

The number stands in the profile (``tests/conftest.py``); a fixed one in a test would hold in
`make fuzz` too.
"""

from __future__ import annotations

from hypothesis import settings


def one_in(few: int) -> settings:
    """Return the settings of the profile with one in so many of its examples."""
    return settings(max_examples=settings.default.max_examples // few)
