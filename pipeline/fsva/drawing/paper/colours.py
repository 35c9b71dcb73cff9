"""Colours as ``#RRGGBB`` and as their three parts.

Owns the way between the two. Which colours there are stands in ``styles/``.
"""

from __future__ import annotations

Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    """Return red, green and blue of a colour, each 0..255.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.

    Examples
    --------
    >>> rgb("#FF8000")
    (255, 128, 0)
    """
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def code(parts: Rgb) -> str:
    """Return red, green and blue as ``#RRGGBB``.

    Examples
    --------
    >>> code((255, 128, 0))
    '#FF8000'
    """
    return "#" + bytes(parts).hex().upper()


def mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """Return a colour between two others.

    Parameters
    ----------
    share : float
        Of the other one, 0..1.

    Examples
    --------
    >>> mixed((0, 0, 0), (200, 100, 50), 0.5)
    (100, 50, 25)
    """
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def lightness(colour: str) -> float:
    """Return how light a colour looks, 0 (black) to 255 (white), in the weights of ITU-R BT.601.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.

    Examples
    --------
    >>> round(lightness("#FF8000"), 2)
    151.38
    """
    red, green, blue = rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
