"""A baseline: the cut-offs and scale bounds of a year, frozen, so that later years compare.

Owns the model of ``styles/dasar/*.toml``. Which of the numbers a method leaves to its baseline
is decided by the method (``fsva.config.methods.method``).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field, field_validator

from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Bilingual, Section

CutOffs = tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
Bounds = tuple[Decimal, Decimal]


class Baseline(Section):
    """The whole of a baseline file.

    Attributes
    ----------
    id : str
        The name that an edition gives under ``dasar``; equal to the file's name.
    method : str
        Id of the method that the numbers belong to.
    name : Bilingual
        As printed on maps.
    frozen : date
        Day on which the numbers were fixed.
    source : Bilingual
        Where they come from.
    cut_offs : dict of str to tuple of five Decimal
        c1..c5 per indicator and for ``komposit``, from the most vulnerable class on.
    bounds : dict of str to (Decimal, Decimal)
        Values that score 0 and 100 before turning, per indicator.
    """

    id: str
    method: str = Field(alias="metode")
    name: Bilingual = Field(alias="nama")
    frozen: date = Field(alias="tanggal")
    source: Bilingual = Field(alias="sumber")
    cut_offs: dict[str, CutOffs] = Field(alias="cut_off")
    bounds: dict[str, Bounds] = Field(alias="skala")

    @field_validator("bounds")
    @classmethod
    def _rising(cls, bounds: dict[str, Bounds]) -> dict[str, Bounds]:
        if any(low >= high for low, high in bounds.values()):
            raise ValueError("skala: a < b")
        return bounds


def load(file: Path) -> Baseline:
    """Read and check a baseline file.

    Parameters
    ----------
    file : Path
        ``styles/dasar/<id>.toml``.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value; with the line.
    """
    return toml.load(file, Baseline, StyleError)
