"""The colours of classes on a terminal that has colours.

Owns whether it has, and what is painted: the number of a class, never what data say.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from fsva.drawing.paper.colours import lightness, rgb

if TYPE_CHECKING:
    from fsva.config.methods.method import Method

Paint = Callable[[str], str]
_TRUE_COLOUR = ("truecolor", "24bit")
_DARK = 128  # of 255: a ground below it has white letters


def has_colours() -> bool:
    """Tell whether the screen shows colours and nobody has asked for none (NO_COLOR)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def painter(method: Method, words: str) -> Paint | None:
    """Return what paints the numbers of classes in a text; None without colours.

    Parameters
    ----------
    words : str
        Regular expression whose group is the number, or whose match holds no other digits.
    """
    if not has_colours():
        return None
    colours = {str(one.number): one.colour for one in method.classes}
    pattern = re.compile(words)
    return lambda text: pattern.sub(lambda found: _painted(found[0], colours), text)


def _painted(words: str, colours: Mapping[str, str]) -> str:
    """Paint each number that stands alone in some words."""

    def number(found: re.Match[str]) -> str:
        """Paint one number, if there is such a class."""
        colour = colours.get(found[0])
        return found[0] if colour is None else _on(found[0], colour)

    return re.sub(r"(?<!\S)\d(?!\S)", number, words)


def _on(text: str, colour: str) -> str:
    """Return a text on the ground of a colour, in the letters that read better."""
    red, green, blue = rgb(colour)
    ink = "bright_white" if lightness(colour) < _DARK else "black"
    if os.environ.get("COLORTERM") in _TRUE_COLOUR:
        return click.style(text, fg=ink, bg=(red, green, blue), bold=True)
    # The nearest of the 216 colours that nearly all terminals have.
    steps = [round(part / 255 * 5) for part in (red, green, blue)]
    return click.style(text, fg=ink, bg=16 + 36 * steps[0] + 6 * steps[1] + steps[2], bold=True)
