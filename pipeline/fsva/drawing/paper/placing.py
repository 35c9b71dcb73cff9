"""How a sheet stands on other paper than its own, and where on it a reader can jump.

Owns the values; ``fsva.files.writers`` turns them into operators and annotations of a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from fsva.core.box import Box

# Sides of A5 to A2, and the pixel at 300 dpi by which layouts fall short of them for whole pixels.
_ISO_MM = (148.0, 210.0, 297.0, 420.0, 594.0)
_PIXEL_MM = 25.4 / 300


def paper_side(mm: float) -> float:
    """Return the side of a paper of the A series that a side misses by a pixel, or the side.

    Examples
    --------
    >>> paper_side(209.97), paper_side(338.67)
    (210.0, 338.67)
    """
    return next((side for side in _ISO_MM if abs(mm - side) < _PIXEL_MM), mm)


@dataclass(frozen=True)
class Placement:
    """A sheet made smaller or larger and moved; its items keep their own millimetres.

    Parameters
    ----------
    scale : float
        Millimetres of the paper per millimetre of the sheet.
    left, bottom : float
        Where on the paper the lower left corner of the sheet stands, millimetres.
    """

    scale: float = 1.0
    left: float = 0.0
    bottom: float = 0.0

    def on_paper(self, box: Box) -> Box:
        """Return a rectangle of the sheet in millimetres of the paper.

        Examples
        --------
        >>> Placement(0.5, 10, 20).on_paper(Box(4, 4, 8, 2))
        Box(left=12.0, bottom=22.0, width=4.0, height=1.0)
        """
        scale = self.scale
        left, bottom = self.left + box.left * scale, self.bottom + box.bottom * scale
        return Box(left, bottom, box.width * scale, box.height * scale)

    def on_sheet(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the paper in millimetres of the sheet."""
        return (x - self.left) / self.scale, (y - self.bottom) / self.scale


AS_DRAWN = Placement()


@dataclass(frozen=True)
class Link:
    """A rectangle of a sheet that leads to another page of its file.

    Parameters
    ----------
    box : Box
        Millimetres.
    page : int
        Number of the page in the file, from 1.
    words : str
        What it leads to, for those who hear the sheet read aloud.
    tag : tuple of str
        The element of the sheet's structure that it belongs to.
    """

    box: Box
    page: int
    words: str
    tag: tuple[str, ...]
