"""Free paper on a map panel: where boxes such as insets and keys could stand.

Owns the grid of taken cells and the order in which free places are preferred. Millimetres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.lettering import cell_grids

_CELL_MM = 1.0
# Paper at the edge of the panel that belongs to no cell; a box in a corner covers it.
_EDGE_MM = 1.0


@dataclass(frozen=True, eq=False)
class Vacancy:
    """A panel as cells, each free or taken.

    Parameters
    ----------
    frame : Box
        The panel without its edge.
    taken : array of bool, shape (rows, columns)
        From the lower left.
    """

    frame: Box
    taken: NDArray[np.bool_]

    @property
    def _cell(self) -> tuple[float, float]:
        rows, columns = self.taken.shape
        return self.frame.width / columns, self.frame.height / rows

    def without(self, geometry: shapely.Geometry) -> Vacancy:
        """Return the free paper without the paper under a geometry."""
        frame, (wide, high) = self.frame, self._cell
        # A cell is taken if the geometry is as near to its middle as its corner is.
        grown = shapely.buffer(geometry, math.hypot(wide, high) / 2, quad_segs=4)
        (inside,) = cell_grids.inside(
            np.array([grown]),
            np.array([[frame.left, frame.bottom]]),
            np.array([[wide, high]]),
            np.array([self.taken.shape]),
        )
        return Vacancy(frame, self.taken | inside.astype(bool))

    def without_box(self, box: Box) -> Vacancy:
        """Return the free paper without the paper under a rectangle."""
        rows, columns = self.taken.shape
        frame, (wide, high) = self.frame, self._cell
        x = frame.left + (np.arange(columns) + 0.5) * wide
        y = frame.bottom + (np.arange(rows) + 0.5) * high
        beside = np.maximum(np.maximum(box.left - x, x - box.right), 0)
        over = np.maximum(np.maximum(box.bottom - y, y - box.top), 0)
        # A cell is taken if the rectangle is as near to its middle as its corner is.
        near = beside**2 + over[:, None] ** 2 <= (wide**2 + high**2) / 4
        return Vacancy(frame, self.taken | near)

    def place(self, width: float, height: float) -> Box | None:
        """Return the free place for a box that is nearest to a corner of the panel.

        Parameters
        ----------
        width, height : float
            Millimetres.

        Returns
        -------
        Box or None
            None if there is none; of equally good places the lower right one.
        """
        wide, high = self._cell
        columns, rows = math.ceil(width / wide - 1e-9), math.ceil(height / high - 1e-9)
        free = self._free_windows(rows, columns)
        if not free.any():
            return None
        y, x = np.nonzero(free)
        right, top = free.shape[1] - 1 - x, free.shape[0] - 1 - y
        away = np.minimum(x, right) + np.minimum(y, top)
        best = np.lexsort((right, y, away))[0]
        frame = self.frame
        at_right, at_top = right[best] < x[best], top[best] < y[best]
        # Aligned to the frame, not to the grid.
        left = frame.right - right[best] * wide - width if at_right else frame.left + x[best] * wide
        below = frame.top - top[best] * high - height if at_top else frame.bottom + y[best] * high
        # No strip of the map is left between a box at the frame and the panel's own edge.
        left += _to_edge(int(x[best]), int(right[best]))
        below += _to_edge(int(y[best]), int(top[best]))
        return Box(float(left), float(below), width, height)

    def _free_windows(self, rows: int, columns: int) -> NDArray[np.bool_]:
        """Tell for each place of a window whether all its cells are free."""
        if rows > self.taken.shape[0] or columns > self.taken.shape[1]:
            return np.zeros((0, 0), dtype=bool)
        sums = self._sums
        held = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns]
        free: NDArray[np.bool_] = held + sums[:-rows, :-columns] == 0
        return free

    @cached_property
    def _sums(self) -> NDArray[np.int64]:
        """Number of taken cells below and left of each corner of a cell."""
        rows, columns = self.taken.shape
        sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
        sums[1:, 1:] = self.taken.cumsum(axis=0).cumsum(axis=1)
        return sums


def _to_edge(before: int, behind: int) -> float:
    """Return how far a box at one end of the frame lies from the edge of the panel."""
    if behind == 0 and behind < before:
        return _EDGE_MM
    return -_EDGE_MM if before == 0 else 0.0


def of_panel(box: Box, cell_mm: float = _CELL_MM) -> Vacancy:
    """Return a panel on which nothing stands yet."""
    frame = box.inset(_EDGE_MM)
    rows, columns = (max(1, round(side / cell_mm)) for side in (frame.height, frame.width))
    return Vacancy(frame, np.zeros((rows, columns), dtype=bool))
