"""Assumptions about errors and weights, from which the certainty of a class is computed.

Owns the model of the section ``[keyakinan]`` of edition.toml and of an options file with the
same keys.
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import Field

from fsva.core.errors import EditionError, Place
from fsva.core.toml import Section


class Error(Section):
    """How far the true value of an indicator may lie from the one in the table.

    Attributes
    ----------
    absolute : float
        In the indicator's unit, >= 0; of a category, whole categories.
    relative : float
        Share of the value, 0..1; it adds to the absolute error.
    """

    absolute: float = Field(0, alias="mutlak", ge=0, allow_inf_nan=False)
    relative: float = Field(0, alias="nisbi", ge=0, le=1)


class Assumptions(Section):
    """Errors, draws and seed of the simulation that shows how sure a class is.

    Attributes
    ----------
    draws : int
        How many times every value is drawn anew.
    seed : int
        Same seed, same result.
    rounding : bool
        Whether a value may lie anywhere within half a unit of its last digit.
    errors : dict of str to Error
        Measurement error by indicator; all others have rounding errors only.
    weight_spread : float
        Standard deviation of a weight, as a share of the mean weight; 0.25 lets a sixth vary
        between about an eighth and a fifth.
    """

    draws: int = Field(10_000, alias="undian", ge=100, le=1_000_000)
    seed: int = Field(1, alias="benih", ge=0)
    rounding: bool = Field(True, alias="pembulatan")
    errors: dict[str, Error] = Field(default_factory=dict, alias="galat")
    weight_spread: float = Field(0.25, alias="simpangan_bobot", gt=0, le=1)

    def check(self, known: Collection[str], place: Place) -> None:
        """Check that errors are stated only of indicators that exist.

        Parameters
        ----------
        known : collection of str
            Ids of the indicators.
        place : Place
            Where the assumptions stand.

        Raises
        ------
        EditionError
            Naming the unknown indicators.
        """
        unknown = sorted(set(self.errors) - set(known))
        if unknown:
            places = [Place(place.file, column=f"galat.{name}", found=name) for name in unknown]
            raise EditionError("keyakinan_indikator", places, {"ada": ", ".join(known)})
