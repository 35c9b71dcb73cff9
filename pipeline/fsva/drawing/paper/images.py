"""What is drawn as cells, not as lines: shaded ground, and pictures that an office gives.

Owns the values; how each kind of file holds them is known to its writer.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.core.box import Box


@dataclass(frozen=True, eq=False)
class Shade:
    """A grid of cells that darken what lies below them.

    Parameters
    ----------
    box : Box
        Paper that the grid covers, millimetres.
    darkness : array of uint8, shape (n_rows, n_columns)
        0 leaves a colour as it is, 255 makes it black; the uppermost row first.
    code : str
        Always "": no village's.
    tag : tuple of str
        What it is to a reader; without one it is what its layer is.
    """

    box: Box
    darkness: NDArray[np.uint8]
    code: str = ""
    tag: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name that two equal grids have in common."""
        rows, columns = self.darkness.shape
        return f"D{columns}x{rows}x{zlib.crc32(self.darkness.tobytes()):08X}"


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture of an office, e.g. its coat of arms.

    Parameters
    ----------
    box : Box
        Paper that the picture covers, millimetres; of its own proportion.
    pixels : array of uint8, shape (n_rows, n_columns, 4)
        Red, green, blue, and how opaque (255: wholly); the uppermost row first.
    alt : str
        What it shows, for those who hear the sheet read aloud.
    code : str
        Always "": no village's.
    tag : tuple of str
        What it is to a reader; without one it is what its layer is.
    """

    box: Box
    pixels: NDArray[np.uint8]
    alt: str
    code: str = ""
    tag: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name that two equal pictures have in common."""
        rows, columns, _ = self.pixels.shape
        return f"P{columns}x{rows}x{zlib.crc32(self.pixels.tobytes()):08X}"
