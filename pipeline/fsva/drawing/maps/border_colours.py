"""Colours of village borders: per class, so that lines serve the colour and do not cover it.

Owns the contrast of a border with its class. In dark classes borders are lighter than the class,
in light ones a darker shade of it; between two classes the border is the darker one's.
"""

from __future__ import annotations

from functools import cache

from fsva.config.styles.theme import BorderContrast
from fsva.drawing.paper.colours import Rgb, code, mixed, rgb

_STEPS = 256
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white), as WCAG 2 defines it.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.
    """
    return _luminance(rgb(colour))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@cache
def border(colour: str, lighter: float, darker: float, turn: float) -> str:
    """Return the colour of borders within a class: the nearest one with enough contrast.

    Parameters
    ----------
    colour : str
        ``#RRGGBB`` of the class.
    lighter, darker, turn : float
        As in ``BorderContrast``. White, where even that does not reach ``lighter``.
    """
    dark = luminance(colour) < turn
    goal, wanted = (_WHITE, lighter) if dark else (_BLACK, darker)
    tried = (code(mixed(rgb(colour), goal, step / _STEPS)) for step in range(_STEPS + 1))
    return next((one for one in tried if contrast(colour, one) >= wanted), code(goal))


def within(colour: str, rules: BorderContrast) -> str:
    """Return the colour of borders within a class, by the rules of a theme."""
    return border(colour, rules.lighter, rules.darker, rules.turn)


def _luminance(parts: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
