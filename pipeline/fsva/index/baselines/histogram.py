"""The histogram of values: equal steps and the number of values in each.

Owns the counting and the step that a number falls into. ``fsva.words.appraisal`` draws the bars
and words for a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 12


@dataclass(frozen=True)
class Histogram:
    """Values counted in equal steps.

    Parameters
    ----------
    edges : tuple of float
        Rising, one more than there are steps; in the values' unit.
    counts : tuple of int
        Values per step; a value on an inner edge counts in the higher step.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]

    def step_of(self, value: float) -> int:
        """Return the step that a number falls into; one outside takes the nearest.

        Parameters
        ----------
        value : float
            In the values' unit.
        """
        step = int(np.searchsorted(self.edges, value, side="right")) - 1
        return min(max(step, 0), len(self.counts) - 1)


def histogram(values: NDArray[np.float64], steps: int = STEPS) -> Histogram:
    """Count values in equal steps from the smallest to the largest.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        NaN is left out.
    steps : int
        Number of steps, >= 1.

    Examples
    --------
    >>> histogram(np.array([0.0, 1.0, 1.0, 4.0]), steps=2)
    Histogram(edges=(0.0, 2.0, 4.0), counts=(3, 1))
    """
    counts, edges = np.histogram(values[~np.isnan(values)], bins=steps)
    return Histogram(tuple(edges.tolist()), tuple(counts.tolist()))
