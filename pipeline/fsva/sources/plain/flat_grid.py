"""A flat grid in kilometres around a district, on which shapes in degrees are measured.

Owns its scale. A district is small enough for one: distances are right within a per cent or so.
"""

from __future__ import annotations

import numpy as np
import shapely

from fsva.sources.plain.arrays import Floats, Shapes

KM_PER_DEGREE = 111.2  # of latitude

# Longitude and latitude in degrees.
Point = tuple[float, float]


def scale(latitude: float) -> Floats:
    """Return the kilometres of a degree of longitude and of latitude, shape (2,).

    Parameters
    ----------
    latitude : float
        Of the middle of the district, degrees.

    Examples
    --------
    >>> scale(60.0).round(1).tolist()
    [55.6, 111.2]
    """
    return np.array([KM_PER_DEGREE * float(np.cos(np.radians(latitude))), KM_PER_DEGREE])


def flat(shapes: Shapes, scale: Floats) -> Shapes:
    """Return shapes in degrees on the grid.

    Parameters
    ----------
    scale : array of float, shape (2,)
        From ``scale``.
    """
    on_grid: Shapes = shapely.transform(shapes, lambda points: points * scale)
    return on_grid
