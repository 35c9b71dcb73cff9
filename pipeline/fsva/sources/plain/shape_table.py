"""Tables with a shape in each row: villages, countries, neighbours.

Owns their form, their way into another coordinate system, and the way to a frame of geopandas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from fsva.core.errors import LayerError
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Shapes, Words
from fsva.sources.plain.plain_table import Chosen, Table

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, eq=False)
class ShapeTable(Table):
    """Columns and shapes of the same rows.

    Parameters
    ----------
    geometry : array of Geometry, shape (n_rows,)
        None where a row has no shape.
    system : CRS or None
        Their coordinate system; None if it is not known.
    """

    geometry: Shapes = field(default_factory=lambda: plain_table.words(()))
    system: CRS | None = None

    @property
    def crs(self) -> CRS:
        """The coordinate system of shapes whose system is known."""
        if self.system is None:
            raise LayerError("tanpa_crs")
        return self.system

    def rows(self, chosen: Chosen) -> Self:
        """Return some rows, by a boolean for each or by their positions."""
        return replace(super().rows(chosen), geometry=self.geometry[chosen])

    def beside(self, codes: Iterable[Any]) -> Self:
        """Return one row per code, in their order; without a shape where a code is not here."""
        wanted = list(codes)
        shapes = [self.geometry[n] if (n := self.positions.get(code, -1)) >= 0 else None
                  for code in wanted]  # fmt: skip
        return replace(super().beside(wanted), geometry=plain_table.words(shapes))

    def with_geometry(self, shapes: Iterable[shapely.Geometry | None]) -> Self:
        """Return the rows with other shapes in the same coordinate system."""
        return replace(self, geometry=plain_table.words(shapes))

    @property
    def kinds(self) -> Words:
        """What kind each shape is; None where there is none."""
        return plain_table.words(None if s is None else s.geom_type for s in self.geometry)

    @property
    def areas(self) -> NDArray[np.float64]:
        """The area of each shape, in the units of the system."""
        found: NDArray[np.float64] = shapely.area(self.geometry)
        return found

    @property
    def total_bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all shapes; NaN without any."""
        west, south, east, north = shapely.total_bounds(self.geometry).tolist()
        return west, south, east, north

    def to_crs(self, crs: CRS | int | str) -> Self:
        """Return the rows in another coordinate system."""
        end = CRS.from_user_input(crs)
        return replace(self, geometry=brought(self.geometry, self.crs, end), system=end)

    @property
    def geo_frame(self) -> gpd.GeoDataFrame:
        """Columns and shapes as a frame of geopandas."""
        import geopandas as gpd

        return gpd.GeoDataFrame(self.frame, geometry=list(self.geometry), crs=self.system)


def in_degrees(shapes: Iterable[shapely.Geometry], crs: CRS) -> Shapes:
    """Return shapes in degrees of WGS 84."""
    return brought(plain_table.words(shapes), crs, CRS.from_epsg(4326))


def brought(shapes: Shapes, start: CRS, end: CRS) -> Shapes:
    """Bring shapes from one coordinate system into another, without rounding."""
    if start.is_exact_same(end):
        return shapes
    transformer = _transformer(start, end)
    moved = shapes.copy()
    for has_z in (False, True):
        mine = shapely.has_z(shapes) == has_z
        points = shapely.get_coordinates(shapes[mine], include_z=has_z)
        there = np.array(transformer.transform(*points.T)).T
        moved[mine] = shapely.set_coordinates(shapes[mine].copy(), there)
    return moved


@lru_cache(maxsize=32)
def _transformer(start: CRS, end: CRS) -> Transformer:
    """Return the way between two systems; to find it takes 6 ms."""
    return Transformer.from_crs(start, end, always_xy=True)
