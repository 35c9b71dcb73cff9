"""Who gets which place, so that all together move the least: the linear assignment problem.

Owns the solution by shortest augmenting paths (Jonker and Volgenant 1987). SciPy has the same, but
only the extra ``keyakinan`` brings it, and a map should not need 100 MB more; the tests compare.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Rounds in which prices approach those at which the shares are as large as they must be.
_ROUNDS = 400


def share(cost: NDArray[np.float64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each column the row that gets it, each row as many as it must have.

    Parameters
    ----------
    cost : array of float, shape (m, n)
        Finite.
    sizes : array of int, shape (m,)
        How many columns each row gets; n together.

    Returns
    -------
    array of int, shape (n,)
        Rows, at the least cost in all.
    """
    price, step = np.zeros(len(cost)), float(np.ptp(cost)) / len(cost)
    for n in range(_ROUNDS):  # who has too little pays more
        got = np.bincount(np.argmin(cost - price[:, None], axis=0), minlength=len(cost))
        price += step / (1 + n / 10) * (sizes - got) / sizes.sum()
    row = np.repeat(np.arange(len(cost)), sizes)
    columns = assign(cost[row], price[row])
    owners = np.empty(len(row), dtype=np.int64)
    owners[columns] = row
    return owners


def assign(
    cost: NDArray[np.float64], prices: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Return for each row the column that it gets, at the least cost in all.

    Parameters
    ----------
    cost : array of float, shape (n, n)
        Finite.
    prices : array of float, shape (n,), or None
        What each row may pay, as a beginning: the nearer to the truth, the quicker.

    Returns
    -------
    array of int, shape (n,)
        Each column once.

    Examples
    --------
    >>> assign(np.array([[1.0, 2.0], [1.0, 4.0]])).tolist()
    [1, 0]
    """
    count = len(cost)
    row_price = np.zeros(count) if prices is None else prices.astype(float)
    owner = np.full(count + 1, -1)  # of each column; the last one is where a path begins
    price = np.append((cost - row_price[:, None]).min(axis=0), 0.0)
    without = _first(cost, row_price, price, owner)
    for row in without:
        owner[count] = row
        came_from, end = _path(cost, owner, row_price, price)
        while end != count:  # each column on the path goes to the owner of the one before it
            before = came_from[end]
            owner[end] = owner[before]
            end = before
    columns = np.empty(count, dtype=np.int64)
    columns[owner[:count]] = np.arange(count)
    return columns


def _first(
    cost: NDArray[np.float64],
    row_price: NDArray[np.float64],
    price: NDArray[np.float64],
    owner: NDArray[np.int64],
) -> list[int]:
    """Give rows the columns that cost them nothing at these prices; return rows without one."""
    left = set(range(len(cost)))
    free = cost - row_price[:, None] <= price[None, :-1]
    for column in range(len(cost)):
        for row in np.flatnonzero(free[:, column]).tolist():
            if row in left:
                owner[column] = row
                left.remove(row)
                break
    return sorted(left)


def _path(
    cost: NDArray[np.float64],
    owner: NDArray[np.int64],
    row_price: NDArray[np.float64],
    price: NDArray[np.float64],
) -> tuple[NDArray[np.int64], int]:
    """Find the cheapest way from a new row to a column without owner; the prices follow.

    Returns
    -------
    came_from : array of int, shape (n,)
        The column before each column on the way.
    end : int
        The column without owner.
    """
    count = len(cost)
    least, came_from = np.full(count, np.inf), np.full(count, count)
    reached = np.zeros(count + 1, dtype=bool)
    at = count
    while owner[at] >= 0:
        reached[at] = True
        row, open_ = owner[at], ~reached[:count]
        reduced = cost[row] - row_price[row] - price[:count]
        better = open_ & (reduced < least)
        least[better], came_from[better] = reduced[better], at
        following = int(np.argmin(np.where(open_, least, np.inf)))
        step = least[following]
        row_price[owner[reached]] += step
        price[reached] -= step
        least[open_] -= step
        at = following
    return came_from, at
