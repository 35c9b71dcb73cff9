"""Transitions between classes: matrices, and rises and falls per kecamatan.

Owns the counting. Only villages with a counterpart count: one without has neither risen nor
fallen.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.comparison.changes.changes import MeasurePair
from fsva.comparison.values.result import TIERS, Matrix, MeasureSummary, Movement, Part, Transition


def transition(
    pair: MeasurePair, population: NDArray[np.float64] | None, kecamatan: pd.Series[str]
) -> Transition:
    """Count the transitions between the classes of a measure.

    Parameters
    ----------
    pair : MeasurePair
        The measure on both sides.
    population : array of float or None, shape (n_pairs,)
        Persons; NaN = not known.
    kecamatan : Series of str, shape (n_pairs,)
        In B.
    """
    people = None if population is None else _matrix(pair, np.nan_to_num(population))
    return Transition(
        pair.measure.id, _matrix(pair, np.ones(len(pair.tier))), people, _movements(pair, kecamatan)
    )


def _matrix(pair: MeasurePair, weights: NDArray[np.float64]) -> Matrix:
    before, after = (np.nan_to_num(c).astype(np.int64) for c in (pair.classes_a, pair.classes_b))
    size = pair.n_classes + 1  # the classes, and none
    sums = np.bincount(before * size + after, weights=weights, minlength=size * size)
    cells = np.rint(sums).astype(np.int64).reshape(size, size)
    return tuple(tuple(row) for row in cells.tolist())


def _movements(pair: MeasurePair, kecamatan: pd.Series[str]) -> tuple[Movement, ...]:
    delta = pd.Series(pair.delta)
    crossed = pair.tier == TIERS.index("lintas")
    counts = pd.DataFrame(
        {
            "n": delta.notna(),
            "rose": delta > 0,
            "fell": delta < 0,
            "up": delta.clip(lower=0),
            "down": -delta.clip(upper=0),
            "crossed_up": (delta > 0) & crossed,
            "crossed_down": (delta < 0) & crossed,
        }
    )
    sums = counts.groupby(kecamatan.to_numpy()).sum().astype(int).sort_index()
    return tuple(Movement(str(row[0]), *map(int, row[1:])) for row in sums.itertuples())


def summary(pair: MeasurePair, main_reasons: dict[Part, int], n_unexplained: int) -> MeasureSummary:
    """Return how much changed in a measure.

    Parameters
    ----------
    pair : MeasurePair
        The measure on both sides.
    main_reasons : dict of Part to int
        Changes of class by their largest reason.
    n_unexplained : int
        Changes of class without one.
    """
    delta = pair.delta
    crossed = pair.tier == TIERS.index("lintas")
    no_a, no_b = np.isnan(pair.classes_a), np.isnan(pair.classes_b)
    return MeasureSummary(
        pair.measure.id,
        {tier: int((pair.tier == n).sum()) for n, tier in enumerate(TIERS)},
        int((delta > 0).sum()),
        int((delta < 0).sum()),
        int((crossed & (delta > 0)).sum()),
        int((crossed & (delta < 0)).sum()),
        int((no_a & ~no_b).sum()),
        int((~no_a & no_b).sum()),
        main_reasons,
        int(pair.moved.sum()),
        n_unexplained,
    )
