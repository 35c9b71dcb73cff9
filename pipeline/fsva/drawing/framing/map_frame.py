"""The frame of a district on its paper: what the main map shows, and its insets.

Owns the value; how it is found is known to ``frames``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fsva.core.box import Box
from fsva.drawing.framing.packing import InsetPlace
from fsva.drawing.maps.panel import Panel


@dataclass(frozen=True)
class Frame:
    """What the main map shows, and its insets.

    Parameters
    ----------
    panel : Panel
        The main map.
    windows : tuple of InsetPlace
        Insets for islands.
    worth : float
        Mean over the villages of the logarithm of their square millimetres, less the cost of the
        insets.
    head : Box or None
        Strip for the title of the main map, where it is small among maps of groups of islands,
        which then fill the paper.
    """

    panel: Panel
    windows: tuple[InsetPlace, ...]
    worth: float
    head: Box | None = None

    @property
    def largest(self) -> Panel:
        """The map at whose scale most villages are shown: that of a group, or the main one."""
        if self.head is None:
            return self.panel
        window = self.windows[0]
        return replace(self.panel, denominator=window.denominator)
