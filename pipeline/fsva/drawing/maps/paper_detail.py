"""Villages without the detail that no map of the whole district shows, for very detailed layers.

Owns how much detail that is, and how fine villages stay. Every map simplifies them to its own
scale; with millions of points that takes seconds each time, so that it is done once for all maps
that show the whole, level by level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.maps import panel as panels
from fsva.sources.plain.shape_table import ShapeTable

# Layers of fewer points are simplified by each map as they are.
_MANY_POINTS = 500_000
# Each level is so many times as coarse as the one before; maps take the next finer one.
_STEP = 4
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class DetailLevels:
    """Villages of a district, and the same simplified for maps that show the whole of it.

    Parameters
    ----------
    villages : ShapeTable
        A clean coverage in metres.
    finest : float or None
        Metres of detail that the main map leaves out: the finest level. None for a layer of few
        points, which has no levels.
    """

    villages: ShapeTable
    finest: float | None
    _made: list[ShapeTable] = field(default_factory=list)
    _united: dict[tuple[int, tuple[int, ...]], dict[int, shapely.Geometry]] = field(
        default_factory=dict
    )

    @property
    def are_used(self) -> bool:
        """Whether the layer has so many points that it has levels."""
        return self.finest is not None

    def simple(self, metres: float) -> ShapeTable | None:
        """Return the same rows, simplified; neighbours still share their borders.

        Parameters
        ----------
        metres : float
            What a map does not show; the villages may be finer, but not coarser.

        Returns
        -------
        ShapeTable or None
            None where the map has to simplify the layer itself.
        """
        level = self._number(metres)
        return None if level is None else self._level(level)

    def together(self, metres: float, groups: tuple[int, ...]) -> dict[int, shapely.Geometry]:
        """Return the villages of each group as one area, made once for all maps of a level.

        Parameters
        ----------
        metres : float
            As for ``simple``.
        groups : tuple of int, length n_villages
            The group of each village.
        """
        level = self._number(metres)
        asked = (-1 if level is None else level, groups)
        if asked not in self._united:
            polygons = (self.villages if level is None else self._level(level)).geometry
            member = np.array(groups)
            self._united[asked] = {
                group: shapely.coverage_union_all(polygons[member == group])
                for group in dict.fromkeys(groups)
            }
        return self._united[asked]

    def _number(self, metres: float) -> int | None:
        """Return the level for a map; None where none is fine enough."""
        if self.finest is None or metres < self.finest:
            return None
        return math.floor(math.log(metres / self.finest, _STEP) + _ROUNDING)

    def _level(self, number: int) -> ShapeTable:
        """Return a level, made from the one before, so that it is the same whoever asks."""
        made, finest = self._made, self.finest or 0.0
        while len(made) <= number:
            last = made[-1] if made else self.villages
            simple = shapely.coverage_simplify(last.geometry, finest * _STEP ** len(made))
            made.append(last.with_geometry(simple))
        return made[number]

    def polygons(self, metres: float) -> NDArray[np.object_]:
        """Return the polygons without detail below so many metres."""
        simple = self.simple(metres)
        if simple is not None:
            return simple.geometry
        plain: NDArray[np.object_] = shapely.coverage_simplify(self.villages.geometry, metres)
        return plain

    @property
    def of_whole(self) -> ShapeTable:
        """The villages as the main map shows the whole of them; as they are if they are few."""
        return self.villages if self.finest is None else self._level(0)


def levels(villages: ShapeTable, layout: Layout) -> DetailLevels:
    """Return the levels of detail of a district.

    Parameters
    ----------
    villages : ShapeTable
        A clean coverage in metres.
    layout : Layout
        Gives the scale and the detail of the main map.
    """
    if shapely.get_num_coordinates(villages.geometry).sum() < _MANY_POINTS:
        return DetailLevels(villages, None)
    rules, box = layout.map, layout.boxes.box("map")
    around = villages.total_bounds
    main = panels.fit(around, villages.crs, box, rules.denominators, rules.margin)
    return DetailLevels(villages, rules.tolerance / main.mm_per_metre)
