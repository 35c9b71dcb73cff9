"""Arrays of numpy by what they hold, so that signatures say it in one word.

Owns these names; what an array means stands where it is used.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# Numbers; NaN = not known.
Floats: TypeAlias = NDArray[np.float64]
# Texts, True and False; None = not known.
Words: TypeAlias = NDArray[np.object_]
# Shapes of shapely; None = no shape.
Shapes: TypeAlias = NDArray[np.object_]
# Yes or no for each row.
Mask: TypeAlias = NDArray[np.bool_]
# Places of rows, counted from 0.
Positions: TypeAlias = NDArray[np.intp]
