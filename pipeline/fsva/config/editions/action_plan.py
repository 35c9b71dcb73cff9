"""What an office says of causes and of its action plan in ``edition.toml``.

Owns the model of the section ``[penyebab]``. ``fsva.index.causes`` weighs the causes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from fsva.core.toml import Section

Share = Annotated[float, Field(ge=0, lt=1)]


class CommonCauses(Section):
    """The share of a class's villages from which an indicator counts as a cause of the class.

    Attributes
    ----------
    share : float
        An indicator is a cause if it is weak in more than this share of the villages.
    by_class : dict of int to float
        Other shares for single classes.
    """

    share: Share = Field(0.5, alias="lebih_dari")
    by_class: dict[int, Share] = Field(default_factory=dict, alias="lebih_dari_kelas")

    def share_of(self, priority: int) -> Fraction:
        """Return the share that a cause of a class must exceed."""
        return Fraction(str(self.by_class.get(priority, self.share)))

    def has(self, priority: int, n_weak: int, n_villages: int) -> bool:
        """Tell whether an indicator is a cause of a class, from the number of its weak villages.

        Parameters
        ----------
        priority : int
            The class.
        n_weak, n_villages : int
            Villages of the class where the indicator is weak, and all of them.

        Examples
        --------
        >>> CommonCauses().has(3, 8, 17), CommonCauses(lebih_dari=0.45).has(3, 8, 17)
        (False, True)
        """
        return n_weak > self.share_of(priority) * n_villages
