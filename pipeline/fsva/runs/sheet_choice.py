"""Which sheets of an atlas are drawn: some of its maps only, and sheets per kecamatan or none.

Owns the choice and what the manifest says of it. Without a choice all maps are drawn, and sheets
per kecamatan where the maps have no room for all names, unless a district has so many villages
that nobody would print them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fsva.core import bounds
from fsva.core.errors import UsageError

if TYPE_CHECKING:
    from fsva.words.specification import MapSpecification


@dataclass(frozen=True)
class SheetChoice:
    """The sheets that a run draws.

    Parameters
    ----------
    maps : tuple of int
        Numbers of the only maps to draw, without charts and summary map; empty for all.
    per_kecamatan : bool or None
        Whether sheets per kecamatan follow where they are due; None leaves it to the number of
        villages.
    """

    maps: tuple[int, ...] = ()
    per_kecamatan: bool | None = None

    def facts(self) -> dict[str, Any]:
        """Return the choice for the manifest; nothing where none was made."""
        listed = self.per_kecamatan
        return {
            **({"peta": sorted(self.maps)} if self.maps else {}),
            **({"lembar_kecamatan": listed} if listed is not None else {}),
        }

    def of(self, every: Sequence[MapSpecification]) -> tuple[MapSpecification, ...]:
        """Return the maps to draw.

        Parameters
        ----------
        every : sequence of MapSpecification
            All that the run could draw.

        Raises
        ------
        UsageError
            If there is no map of a number that was asked for.
        """
        numbers = {shown.number for shown in every}
        if missing := sorted(set(self.maps) - numbers):
            lacking, known = (", ".join(map(str, some)) for some in (missing, sorted(numbers)))
            raise UsageError("peta_tiada", (), {"nomor": lacking, "ada": known})
        return tuple(shown for shown in every if not self.maps or shown.number in self.maps)

    def is_too_large(self, n_villages: int) -> bool:
        """Tell whether there are too many villages for sheets per kecamatan without a request."""
        return self.per_kecamatan is None and n_villages > bounds.load().sheets.villages

    def lists(self, n_villages: int) -> bool:
        """Tell whether sheets per kecamatan may follow the maps."""
        return self.per_kecamatan is not False and not self.is_too_large(n_villages)


AS_DUE = SheetChoice()
