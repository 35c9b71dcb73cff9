"""The intervention table: which agency answers which cause, and when a village is a pocket.

Owns the model of ``styles/intervensi.toml``. Which villages it is applied to is decided by
``fsva.index.targeting``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Bilingual, Section

FILE_NAME = "intervensi.toml"


class PocketLimits(Section):
    """When a village is a pocket of extreme poverty, and which counts are not shown.

    Attributes
    ----------
    more_than : int
        A pocket has more extremely poor persons than this, strictly.
    hide_below : int
        Counts from 1 to below this are not written: they could point to a household.
    """

    more_than: int = Field(alias="lebih_dari", ge=0)
    hide_below: int = Field(alias="sembunyikan_di_bawah", ge=1)


class Intervention(Section):
    """A programme that answers a cause.

    Attributes
    ----------
    indicator : str
        Id of the indicator whose low class it answers.
    agency, programme : Bilingual
        As written in the rows of the action plan.
    source : str or None
        Where the programme is taken from.
    """

    indicator: str = Field(alias="indikator", pattern=r"^[a-z][a-z0-9_]*$")
    agency: Bilingual = Field(alias="instansi")
    programme: Bilingual = Field(alias="program")
    source: str | None = Field(None, alias="sumber")


class Interventions(Section):
    """The whole of intervensi.toml.

    Attributes
    ----------
    limits : PocketLimits
        Of pockets.
    rows : tuple of Intervention
        In the order in which they are written; an indicator may have several or none.
    """

    limits: PocketLimits = Field(alias="kantong")
    rows: tuple[Intervention, ...] = Field(alias="intervensi", min_length=1)


def load(file: Path) -> Interventions:
    """Read and check an intervention table.

    Parameters
    ----------
    file : Path
        ``styles/intervensi.toml``.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value; with the line.
    """
    return toml.load(file, Interventions, StyleError)
