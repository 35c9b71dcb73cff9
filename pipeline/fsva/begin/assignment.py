"""The best one-to-one pairing of two lists (Hungarian method).

Owns only the computation. scipy has it too, but is too large a download for this purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_pairs(scores: Scores) -> Iterator[tuple[int, int]]:
    """Pair rows and columns with the highest possible sum of scores.

    Parameters
    ----------
    scores : array of float, shape (n_rows, n_columns)
        Any finite numbers.

    Yields
    ------
    (int, int)
        Row and column, each of the shorter side once, in the order of the rows. The
        Hungarian method with potentials: shortest augmenting paths, time n_rows^2 x n_columns.

    Examples
    --------
    >>> list(best_pairs(np.array([[9.0, 8.0], [8.0, 1.0]])))
    [(0, 1), (1, 0)]
    """
    if scores.shape[0] > scores.shape[1]:
        yield from sorted((row, column) for column, row in best_pairs(scores.T))
        return
    if not scores.size:
        return
    cost = scores.max() - scores
    n_rows, n_columns = cost.shape
    potential, owners = np.zeros(n_columns + 1), np.full(n_columns + 1, -1)
    heights = np.zeros(n_rows)
    for row in range(n_rows):
        owners[n_columns] = row
        _augment(cost, owners, heights, potential)
    pairs = ((int(owners[c]), c) for c in range(n_columns) if owners[c] >= 0)
    yield from sorted(pairs)


def _augment(cost: Scores, owners: NDArray[np.int_], heights: Scores, potential: Scores) -> None:
    """Assign a column to the row in the last place of ``owners``, at the lowest cost."""
    start = cost.shape[1]
    distance, before = np.full(start, np.inf), np.full(start, start)
    done = np.zeros(start + 1, dtype=bool)
    column = start
    while owners[column] >= 0:
        done[column] = True
        row = owners[column]
        reach = cost[row] - heights[row] - potential[:start]
        nearer = ~done[:start] & (reach < distance)
        distance[nearer], before[nearer] = reach[nearer], column
        following = int(np.where(done[:start], np.inf, distance).argmin())
        step = distance[following]
        heights[owners[done]] += step
        potential[done] -= step
        distance[~done[:start]] -= step
        column = following
    while column != start:
        owners[column] = owners[before[column]]
        column = int(before[column])
    owners[start] = -1
