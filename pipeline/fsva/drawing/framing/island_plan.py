"""A way to divide islands between the main map and its insets.

Owns the value; which ways are tried is known to ``frames``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fsva.drawing.framing.islands import Group


@dataclass(frozen=True)
class IslandPlan:
    """A way to divide the islands between main map and insets.

    Parameters
    ----------
    main : tuple of int
        Islands of the main map.
    insets : tuple of tuple of int
        Islands of each inset.
    """

    main: Group
    insets: tuple[Group, ...]

    @cached_property
    def is_whole(self) -> bool:
        """Whether the main map shows all islands."""
        return all(set(group) <= set(self.main) for group in self.insets)
