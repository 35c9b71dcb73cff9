"""A baseline: the cut-offs and scale bounds of a year, frozen so that later years are comparable.

Owns the model of ``styles/dasar/*.toml``. The method decides which numbers its baseline must give
(``fsva.config.methods.method``).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from fsva.config.open_date import OpenDate
from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Bilingual, Section

Closed = Literal["atas", "bawah"]
CutOffs = Annotated[tuple[Decimal, ...], Field(min_length=1)]
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
    frozen : date or None
        Day on which the numbers were fixed; None where it is still to be filled in.
    source : Bilingual
        Where they come from.
    cut_offs : dict of str to tuple of Decimal
        c1, c2 ... per indicator and for ``komposit``, from the most vulnerable class on.
    bounds : dict of str to (Decimal, Decimal)
        Values that score 0 and 100 before turning, per indicator.
    closed : dict of str to {"atas", "bawah"}
        The closed end of the intervals, where the tables of the year differ from the method.
    proposed : tuple of str
        Measures whose cut-offs are proposals of the program; no office has decided on them.
    """

    id: str
    method: str = Field(alias="metode")
    name: Bilingual = Field(alias="nama")
    frozen: OpenDate = Field(alias="tanggal")
    source: Bilingual = Field(alias="sumber")
    cut_offs: dict[str, CutOffs] = Field(alias="cut_off")
    bounds: dict[str, Bounds] = Field(alias="skala")
    closed: dict[str, Closed] = Field(default_factory=dict, alias="tutup")
    proposed: tuple[Literal["komposit"], ...] = Field((), alias="usulan")

    @field_validator("bounds")
    @classmethod
    def _rising(cls, bounds: dict[str, Bounds]) -> dict[str, Bounds]:
        if any(low >= high for low, high in bounds.values()):
            raise ValueError("skala: a < b")
        return bounds


def digits_of(value: Decimal) -> int:
    """Return the number of decimals of a number.

    Parameters
    ----------
    value : Decimal
        Any finite decimal.

    Examples
    --------
    >>> digits_of(Decimal("15.0000")), digits_of(Decimal(15))
    (4, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


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
