"""The intervention table: which agency answers which cause, and when a village is a pocket.

Owns the model of ``styles/intervensi.toml`` and of ``[[intervensi]]`` in edition.toml, and the
choice between them. ``fsva.index.targeting`` applies them to villages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Bilingual, Section

FILE_NAME = "intervensi.toml"
# The smallest count of persons that may ever be shown: smaller ones could point to a household.
LEAST_SHOWN = 5


class PocketLimits(Section):
    """Limits: when a village is a pocket of extreme poverty, and which counts are hidden.

    Attributes
    ----------
    more_than : int
        A pocket has more extremely poor persons than this, strictly.
    hide_below : int
        Counts from 1 to below this are not written; an office may hide more, never less.
    """

    more_than: int = Field(alias="lebih_dari", ge=0)
    hide_below: int = Field(alias="sembunyikan_di_bawah", ge=LEAST_SHOWN)


class Intervention(Section):
    """A programme that answers a cause.

    Attributes
    ----------
    indicator : str
        Id of the indicator whose low class it answers, or ``miskin_ekstrem``.
    agency, programme, strategy : Bilingual or None
        As written in the rows of the action plan; None: not filled in yet.
    success : Bilingual or None
        Sign of success; None: the village reaches the next class.
    funds : str or None
        Where the money comes from.
    year : int or None
        When it is to be done.
    source : str or None
        Where the programme is taken from.
    """

    indicator: str = Field(alias="indikator", pattern=r"^[a-z][a-z0-9_]*$")
    agency: Bilingual | None = Field(None, alias="instansi")
    programme: Bilingual | None = Field(None, alias="program")
    strategy: Bilingual | None = Field(None, alias="strategi")
    success: Bilingual | None = Field(None, alias="keberhasilan")
    funds: str | None = Field(None, alias="sumber_dana", min_length=1)
    year: int | None = Field(None, alias="tahun", ge=2000, le=2100)
    source: str | None = Field(None, alias="sumber")


class Planned(NamedTuple):
    """An intervention of an edition's plan.

    Attributes
    ----------
    what : Intervention
        May have keys that are not filled in.
    proposed : bool
        Whether it comes from the shipped table; its agency is then a proposal without a decision of
        an office.
    """

    what: Intervention
    proposed: bool

    def unfilled(self) -> Iterator[str]:
        """Yield the keys that the office has still to fill in."""
        said = {
            "instansi": None if self.proposed else self.what.agency,
            "program": self.what.programme,
            "strategi": self.what.strategy,
            "sumber_dana": self.what.funds,
            "tahun": self.what.year,
        }
        yield from (key for key, value in said.items() if value is None)


def plan(
    own: Sequence[Intervention], shipped: Sequence[Intervention], causes: Sequence[str]
) -> dict[str, tuple[Planned, ...]]:
    """Return the interventions by cause: the office's own, else those of the shipped table.

    Parameters
    ----------
    own : sequence of Intervention
        Of edition.toml.
    shipped : sequence of Intervention
        Of ``styles/intervensi.toml``.
    causes : sequence of str
        Ids of indicators, ``miskin_ekstrem``. Each cause gets at least one intervention, if need be
        an empty one.
    """
    plans = {}
    for cause in causes:
        planned = [Planned(row, False) for row in own if row.indicator == cause]
        planned = planned or [Planned(row, True) for row in shipped if row.indicator == cause]
        plans[cause] = tuple(planned or [Planned(_open(cause), False)])
    return plans


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


def _open(cause: str) -> Intervention:
    """Return an intervention with nothing filled in."""
    return Intervention.model_validate({"indikator": cause})


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
