"""The heights of the ground below a map, from an elevation model (GeoTIFF).

Reads the window of a map on the map's own grid. ``fsva.drawing.maps.relief`` draws the heights.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from fsva.core import bounds as limits
from fsva.core.errors import Place, SourceError
from fsva.sources.ground import class_rasters

# Possible heights in metres; many models use numbers outside for "unknown".
_LOWEST_M, _HIGHEST_M = -500.0, 9000.0


@dataclass(frozen=True, eq=False)
class Elevation:
    """Heights on a grid of square cells.

    Parameters
    ----------
    metres : array of float, shape (n_rows, n_columns)
        Heights, the northernmost row first; NaN = unknown.
    west, north : float
        Projected coordinates of the grid's upper left corner, metres.
    cell : float
        Side of a cell, projected metres.
    """

    metres: NDArray[np.float64]
    west: float
    north: float
    cell: float


def read(file: Path, crs: CRS, bounds: tuple[float, float, float, float], cell: float) -> Elevation:
    """Read the heights of a window of the ground.

    Parameters
    ----------
    file : Path
        GeoTIFF with one band of heights in metres and its coordinate system.
    crs : CRS
        Projection of the map, metres.
    bounds : (float, float, float, float)
        West, south, east, north of the window in that projection.
    cell : float
        Side of a cell of the result in projected metres; finer models are averaged.

    Raises
    ------
    SourceError
        Missing or broken file, missing library, several bands, no or unusable coordinate system,
        or no height in the window.
    """
    west, south, east, north = bounds
    shape = (int(np.ceil((north - south) / cell)), int(np.ceil((east - west) / cell)))
    if shape[0] * shape[1] > limits.load().raster.cells:
        raise ValueError("cell")
    metres = _warped(file, crs, (west, north), shape, cell)
    metres[~((metres >= _LOWEST_M) & (metres <= _HIGHEST_M))] = np.nan
    if np.isnan(metres).all():
        raise SourceError("relief_di_luar", [Place(file)])
    return Elevation(metres, west, north, cell)


def _warped(
    file: Path, crs: CRS, corner: tuple[float, float], shape: tuple[int, int], cell: float
) -> NDArray[np.float64]:
    """Return the window on the map's grid; NaN = unknown."""
    with class_rasters.opened(file) as dataset:
        import rasterio
        from rasterio import warp

        if dataset.count != 1:
            raise SourceError("relief_kanal", [Place(file, found=str(dataset.count))])
        if dataset.crs is None:
            raise SourceError("raster_tanpa_crs", [Place(file)])
        if (placed := dataset.transform).is_identity or placed.is_degenerate:
            numbers = ", ".join(f"{number:g}" for number in tuple(placed)[:6])
            raise SourceError("raster_miring", [Place(file, found=numbers)])
        heights = np.full(shape, np.nan)
        warp.reproject(
            rasterio.band(dataset, 1),
            heights,
            src_crs=class_rasters.stated_system(dataset.crs.to_wkt(), file).to_wkt(),
            src_nodata=dataset.nodata,
            dst_crs=crs.to_wkt(),
            dst_transform=rasterio.Affine(cell, 0.0, corner[0], 0.0, -cell, corner[1]),
            dst_nodata=np.nan,
            resampling=warp.Resampling.bilinear,
            num_threads=1,
        )
    return heights
