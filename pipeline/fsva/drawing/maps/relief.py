"""Relief: slopes that turn away from the light darken the colours below them a little.

Owns the shading. Level ground and lit slopes leave a colour exactly as it is; the theme limits the
darkest shade. Red, green and blue are multiplied by the same factor, which keeps the hue.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fsva.config.styles.theme import ReliefStyle
from fsva.core.box import Box
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.colours import code, rgb
from fsva.drawing.paper.scene import Shade
from fsva.sources.ground.terrain import Elevation

# Shades between none and the darkest: more cannot be told apart and make files larger.
LEVELS = 12
# Side of a cell on paper: 100 to the inch.
CELL_MM = 0.254
_OPAQUE = 255


def shade(elevation: Elevation, style: ReliefStyle) -> NDArray[np.uint8]:
    """Return how much every cell is darkened, 0 (not at all) to 255 (black).

    Parameters
    ----------
    elevation : Elevation
        Heights; land below the sea counts as level with it, unknown heights are not darkened.
    style : ReliefStyle
        Direction and height of the light, exaggeration, darkest shade.
    """
    known = np.isfinite(elevation.metres)
    level = np.where(known, np.maximum(elevation.metres, 0), 0.0) * style.exaggeration
    south, east = np.gradient(level, elevation.cell)
    normal = np.sqrt(1 + south**2 + east**2)
    azimuth, height = np.radians(style.azimuth), np.radians(style.height)
    along = np.sin(azimuth) * east - np.cos(azimuth) * south
    lit = (np.sin(height) - np.cos(height) * along) / normal
    turned = 1 - np.clip(lit / np.sin(height), 0, 1)
    turned[~_surrounded(known)] = 0
    steps = np.round(turned * LEVELS) / LEVELS
    darkened: NDArray[np.uint8] = np.round(steps * style.darkest * _OPAQUE).astype(np.uint8)
    return darkened


def _surrounded(known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which cells are known with all their neighbours; only these have a slope."""
    inner = known.copy()
    inner[1:] &= known[:-1]
    inner[:-1] &= known[1:]
    inner[:, 1:] &= known[:, :-1]
    inner[:, :-1] &= known[:, 1:]
    return inner


def on_panel(elevation: Elevation, darkened: NDArray[np.uint8], panel: Panel) -> Shade | None:
    """Return the part of the shading that a panel shows; None if there is none.

    Parameters
    ----------
    darkened : array of uint8
        From ``shade``.
    """
    west, south, east, north = panel.ground().bounds
    cell = elevation.cell
    rows, columns = darkened.shape
    first, left = (int((elevation.north - north) // cell), int((west - elevation.west) // cell))
    last = int((elevation.north - south) // cell) + 1
    right = int((east - elevation.west) // cell) + 1
    first, left, last, right = max(first, 0), max(left, 0), min(last, rows), min(right, columns)
    if first >= last or left >= right:
        return None
    side = cell * panel.mm_per_metre
    x, y = panel.box.centre
    corner = (
        x + (elevation.west + left * cell - panel.centre[0]) * panel.mm_per_metre,
        y + (elevation.north - last * cell - panel.centre[1]) * panel.mm_per_metre,
    )
    box = Box(*corner, (right - left) * side, (last - first) * side)
    return Shade(box, darkened[first:last, left:right])


def shaded(colours: Sequence[str], style: ReliefStyle) -> list[str]:
    """Return colours under every shade above zero, the lightest first.

    Parameters
    ----------
    colours : sequence of str
        ``#RRGGBB``.
    """
    alphas = [round(n / LEVELS * style.darkest * _OPAQUE) / _OPAQUE for n in range(1, LEVELS + 1)]
    return [_times(colour, 1 - alpha) for alpha in alphas for colour in colours]


def _times(colour: str, factor: float) -> str:
    red, green, blue = (round(part * factor) for part in rgb(colour))
    return code((red, green, blue))
