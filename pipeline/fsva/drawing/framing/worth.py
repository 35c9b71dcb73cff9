"""How well villages are seen: the measure by which the frames of a district are compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# A village of so many square millimetres has room for its name: larger is no better. Smaller than
# a dot is no worse.
_LEAST_MM2, ENOUGH_MM2 = 0.05, 150.0


def of(sizes: NDArray[np.float64], enough: float = ENOUGH_MM2) -> float:
    """Return how well villages are seen.

    Parameters
    ----------
    sizes : array of float, shape (n_villages,)
        Logarithm of their square millimetres.
    enough : float
        Square millimetres of a village that is no better seen when it is larger.
    """
    return float(np.clip(sizes, *np.log([_LEAST_MM2, enough])).mean())
