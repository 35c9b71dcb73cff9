"""Points along a direction, and turned by a matrix, with the same bits on every processor.

Owns the products. NumPy leaves ``@`` to a library that chooses its way by the processor, and the
last bits of its sums with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def along(points: NDArray[np.float64], direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points lie along a direction.

    Parameters
    ----------
    points : array of float, shape (..., 2)
        Any length unit.
    direction : array of float, shape (2,)
        Of length 1.

    Returns
    -------
    array of float, shape (...)
        In the unit of the points.

    Examples
    --------
    >>> along(np.array([[3.0, 4.0]]), np.array([0.0, 1.0]))
    array([4.])
    """
    distance: NDArray[np.float64] = points[..., 0] * direction[0] + points[..., 1] * direction[1]
    return distance


def turned(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points times a matrix.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Any length unit.
    matrix : array of float, shape (2, 2)
        Its transpose, of ``typesetting.turn``, turns points counter-clockwise.

    Examples
    --------
    >>> turned(np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [-1.0, 0.0]]))
    array([[-2.,  1.]])
    """
    return np.stack([along(points, matrix[:, 0]), along(points, matrix[:, 1])], axis=-1)
