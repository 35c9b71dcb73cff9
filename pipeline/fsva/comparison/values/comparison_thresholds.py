"""The thresholds of a comparison: what is noise, when land has moved, how many rows are listed.

Owns the model of ``styles/banding.toml``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

FILE_NAME = "banding.toml"


class LandLimits(Section):
    """When villages share land.

    Attributes
    ----------
    smallest : float
        Share of land below which an overlap is a difference of drawing, 0..1.
    main : float
        Share from which a village is the main part of another.
    same : float
        Share of land in common from which the border is called the same.
    density_ratio : float
        How many times as dense one part of a village may be as the rest.
    """

    smallest: float = Field(alias="bagian_terkecil", gt=0, lt=0.5)
    main: float = Field(alias="bagian_utama", ge=0.5, lt=1)
    same: float = Field(alias="bagian_tetap", gt=0.5, le=1)
    density_ratio: float = Field(alias="rasio_kepadatan", ge=1)


class Noise(Section):
    """What counts as rounding.

    Attributes
    ----------
    units : int
        Units of the last digit.
    """

    units: int = Field(alias="satuan", ge=0)


class Budget(Section):
    """How many rows are listed.

    Attributes
    ----------
    screen, files : int
        Per list in the terminal, per tier in files.
    """

    screen: int = Field(alias="layar", ge=1)
    files: int = Field(alias="berkas", ge=1)


class ComparisonLimits(Section):
    """The whole of the file.

    Attributes
    ----------
    borders, noise, budget : LandLimits, Noise, Budget
        Its sections.
    """

    borders: LandLimits = Field(alias="batas")
    noise: Noise = Field(alias="derau")
    budget: Budget = Field(alias="baris")


def load(file: Path) -> ComparisonLimits:
    """Read and check the thresholds.

    Parameters
    ----------
    file : Path
        ``styles/banding.toml``.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value; with the line.
    """
    return toml.load(file, ComparisonLimits, StyleError)
