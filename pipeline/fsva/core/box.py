"""Rectangles on a sheet, in millimetres of paper.

Owns their edges and whether they share an area; what stands in them is in ``scene``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet.

    Parameters
    ----------
    left, bottom, width, height : float
        Millimetres.
    """

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge in millimetres."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge in millimetres."""
        return self.bottom + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the rectangle."""
        return self.left + self.width / 2, self.bottom + self.height / 2

    @classmethod
    def around(cls, area: shapely.Geometry) -> Box:
        """Return the smallest rectangle that holds an area."""
        left, bottom, right, top = shapely.bounds(area).tolist()
        return cls(left, bottom, right - left, top - bottom)

    @classmethod
    def around_all(cls, boxes: Iterable[Box]) -> Box:
        """Return the smallest rectangle that holds some others, at least one.

        Examples
        --------
        >>> Box.around_all([Box(1, 2, 3, 4), Box(0, 5, 2, 2)])
        Box(left=0, bottom=2, width=4, height=5)
        """
        edges = [(box.left, box.bottom, box.right, box.top) for box in boxes]
        lefts, bottoms, rights, tops = zip(*edges, strict=True)
        left, bottom = min(lefts), min(bottoms)
        return cls(left, bottom, max(rights) - left, max(tops) - bottom)

    def inset(self, margin: float) -> Box:
        """Return the rectangle made smaller by a margin on all four sides."""
        return Box(
            self.left + margin,
            self.bottom + margin,
            self.width - 2 * margin,
            self.height - 2 * margin,
        )

    def overlaps(self, other: Box) -> bool:
        """Tell whether two rectangles share an area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another rectangle lies within this one; they may share edges.

        Examples
        --------
        >>> Box(0, 0, 4, 3).holds(Box(1, 0, 3, 2)), Box(0, 0, 4, 3).holds(Box(1, 2, 1, 2))
        (True, False)
        """
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )

    def is_on(self, width: float, height: float) -> bool:
        """Tell whether a sheet of this size, in millimetres, holds the rectangle."""
        return Box(0, 0, width, height).holds(self)

    def polygon(self) -> shapely.Polygon:
        """Return the rectangle as a polygon."""
        return shapely.box(self.left, self.bottom, self.right, self.top)
