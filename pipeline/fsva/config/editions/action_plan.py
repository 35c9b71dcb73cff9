"""What an office says of causes and of its action plan in ``edition.toml``.

Owns the model of the section ``[penyebab]``. How causes are weighed is decided by
``fsva.index.causes``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from fsva.core.toml import Section

Share = Annotated[float, Field(ge=0, lt=1)]


class CommonCauses(Section):
    """From which share of its villages on an indicator counts as a cause of a class.

    Attributes
    ----------
    share : float
        An indicator is a cause if it is weak in more than this share of the villages.
    by_class : dict of int to float
        The same for single classes.
    """

    share: Share = Field(0.5, alias="lebih_dari")
    by_class: dict[int, Share] = Field(default_factory=dict, alias="lebih_dari_kelas")

    def share_of(self, priority: int) -> Fraction:
        """Return the share that is exceeded by the causes of a class."""
        return Fraction(str(self.by_class.get(priority, self.share)))

    def has(self, priority: int, n_weak: int, n_villages: int) -> bool:
        """Tell whether an indicator that is weak in so many villages is a cause of their class.

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
