"""Shares of the parts in a change: the Shapley value of a small game.

Owns the average over orders and the rule for states without a class. It knows nothing of editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from math import factorial, isnan

import numpy as np

from fsva.sources.plain.arrays import Floats


def shares(worth: Floats) -> Floats:
    """Return the contribution of each part to the change from the first state to the last.

    Parameters
    ----------
    worth : array of float, shape (2 ** n_parts, n_cells)
        Class of each cell in every state: bit p of the row's number tells whether part p is that
        of B. NaN = the state gives no class.

    Returns
    -------
    array of float, shape (n_parts, n_cells)
        Shares whose sum over the parts is ``worth[-1] - worth[0]``. Where one of these two is NaN,
        the shares are of having a class at all and sum to +1 or -1; where both are, they are 0.

    Notes
    -----
    The share of a part is its mean contribution over all orders in which the parts may be
    exchanged (Shapley 1953). Orders that pass through a state without a class are left out; where
    all do, the step over the gap is shared equally among the parts exchanged in it.

    Examples
    --------
    Cut-offs alone change nothing, values alone one class, both together two:

    >>> shares(np.array([[4.0], [3.0], [4.0], [2.0]])).ravel().tolist()
    [-1.5, -0.5]
    """
    n_parts = worth.shape[0].bit_length() - 1
    ends = np.isnan(worth[0]) | np.isnan(worth[-1])
    game = np.where(ends, ~np.isnan(worth), worth)
    result: Floats = _weights(n_parts) @ np.nan_to_num(game)
    gaps = np.isnan(game).any(axis=0)
    if gaps.any():
        patterns, place = np.unique(game[:, gaps].T, axis=0, return_inverse=True)
        of_patterns = np.array([_of_gappy(pattern.tolist(), n_parts) for pattern in patterns])
        result[:, gaps] = of_patterns[place.ravel()].T
    return result


@cache
def _weights(n_parts: int) -> Floats:
    """Return the factors of the states that give each part its share, without gaps."""
    weights = np.zeros((n_parts, 1 << n_parts))
    for part in range(n_parts):
        for state in (s for s in range(1 << n_parts) if not s >> part & 1):
            size = state.bit_count()
            weight = factorial(size) * factorial(n_parts - size - 1) / factorial(n_parts)
            weights[part, state | 1 << part] = weight
            weights[part, state] = -weight
    return weights


def _of_gappy(worth: list[float], n_parts: int) -> list[float]:
    orders = [_along(order, worth) for order in permutations(range(n_parts))]
    whole = [steps for steps, has_gap in orders if not has_gap] or [steps for steps, _ in orders]
    return [sum(steps[part] for steps in whole) / len(whole) for part in range(n_parts)]


def _along(order: tuple[int, ...], worth: list[float]) -> tuple[list[float], bool]:
    """Return what each part adds in one order, and whether it passes a state without a class."""
    steps = [0.0] * len(order)
    last, waiting, has_gap = worth[0], [], False
    for part, state in zip(order, _states(order), strict=True):
        waiting.append(part)
        if isnan(worth[state]):
            has_gap = True
            continue
        for player in waiting:
            steps[player] = (worth[state] - last) / len(waiting)
        last, waiting = worth[state], []
    return steps, has_gap


def _states(order: tuple[int, ...]) -> Iterator[int]:
    state = 0
    for part in order:
        state |= 1 << part
        yield state
