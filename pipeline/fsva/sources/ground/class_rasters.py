"""Class rasters (GeoTIFF): the share of each village that every class covers.

Reads rasters in windows of a bounded number of cells, and refuses rasters that cannot be laid under
villages. ``fsva.villages.landcover`` knows the meaning of classes. Imports the libraries of the
extra ``raster`` only to read a raster.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import CRS, Geod, Proj
from pyproj.exceptions import ProjError

from fsva.core import bounds
from fsva.core.errors import Place, SourceError
from fsva.sources.layers import crs as systems
from fsva.sources.layers import drivers
from fsva.sources.plain.arrays import Floats

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

# Largest number of raster cells in memory, however large a village is.
CELLS = 4_000_000
CACHE_MIB = 64
# Largest difference of the scale of areas within the district, as a share.
LARGEST_DISTORTION = 0.01
# A village with fewer cells has a share that one cell moves by more than four per cent.
FEWEST_CELLS = 25
# Radius of the sphere on which exactextract computes the area of cells in degrees.
_RADIUS_M = 6378137.0
_SPHERE = "(coverage_weight=area_spherical_m2)"
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, eq=False)
class Cover:
    """The classes of a raster within each village.

    Parameters
    ----------
    shares : DataFrame of float, shape (n_villages, n_classes)
        Indexed by the villages' code, a column per class code in rising order: share, 0..1, of
        the part of the village with a class; NaN = no part has a class.
    covered : Series of float
        Share of the village's area with a class, 0..1.
    area_ha : Series of float
        Area of the village on the ellipsoid WGS 84, in hectares.
    bare : tuple of int
        Values among the classes that usually mean no data: negative ones, the largest of the band's
        type, and 0 in a raster without a nodata value.
    few_cells : dict of str to int
        Villages with fewer cells than make a share, ``FEWEST_CELLS``, and how many they have.
    """

    shares: pd.DataFrame
    covered: pd.Series[float]
    area_ha: pd.Series[float]
    bare: tuple[int, ...] = ()
    few_cells: dict[str, int] = field(default_factory=dict)


def read_cover(file: Path, villages: gpd.GeoDataFrame) -> Cover:
    """Measure the classes of a raster within villages; cells on a border count by their share.

    Parameters
    ----------
    file : Path
        GeoTIFF with one band of whole numbers, north up, with its coordinate system. Files beside
        it (``.tfw``, ``.aux.xml``, ``.ovr``) are ignored.
    villages : GeoDataFrame
        Clean polygons in any projection, indexed by code.

    Raises
    ------
    SourceError
        Missing or broken file, missing library, no or unusable coordinate system, rotated raster,
        several bands, decimals instead of classes, or no village covered.
    """
    import pandas as pd

    with opened(file) as dataset:
        system = _checked(dataset, file)
        placed = villages.geometry.to_crs(system)
        on_earth = villages.geometry.to_crs(4326)
        _check_scale(system, on_earth, file)
        measured = _measured(dataset, placed, file, "" if system.is_projected else _SPHERE)
        strange = _unlikely(dataset)
        cell = abs(dataset.transform.a * dataset.transform.e)
        cell_area = cell if system.is_projected else 1.0
    areas = np.asarray(measured["luas"], dtype=np.float64) * cell_area
    covered = pd.Series(areas / _planar(placed, system), index=villages.index).clip(0, 1)
    if not (covered > 0).any():
        raise SourceError("raster_di_luar", [Place(file)], {"crs": system.name})
    area_ha = [abs(_EARTH.geometry_area_perimeter(shape)[0]) / 1e4 for shape in on_earth]
    shares = _shares(measured, villages.index)
    bare = tuple(code for code in map(int, shares.columns) if code < 0 or code in strange)
    inside = zip(villages.index, shapely.area(placed.to_numpy()) / cell, strict=True)
    few = {str(code): int(cells) for code, cells in inside if cells < FEWEST_CELLS}
    return Cover(shares, covered, pd.Series(area_ha, index=villages.index), bare, few)


def _unlikely(dataset: Any) -> set[int]:  # noqa: ANN401 - rasterio has no types
    """Return the values, besides negative ones, that a raster may use for no data unsaid."""
    largest = {int(np.iinfo(dataset.dtypes[0]).max)}
    return largest | {0} if dataset.nodata is None else largest


@contextmanager
def opened(file: Path) -> Iterator[Any]:
    """Open a GeoTIFF, and no other file, with a small cache.

    Yields
    ------
    DatasetReader
        From rasterio.

    Raises
    ------
    SourceError
        Missing library, or a broken file.
    """
    bounds.check(file, bounds.load().raster.most_bytes)
    try:
        import exactextract  # noqa: F401 - missing here rather than after all checks
        import rasterio
        from rasterio._err import CPLE_BaseError
        from rasterio.errors import RasterioError
    except ImportError as lacking:
        raise SourceError("raster_pustaka", [Place(file)]) from lacking
    options = drivers.NO_NETWORK | {
        "GDAL_CACHEMAX": CACHE_MIB * 2**20,
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "GDAL_NUM_THREADS": 1,
    }
    try:
        with rasterio.Env(**options), _opened(file) as dataset:
            _check_blocks(dataset, file)
            yield dataset
    except (RasterioError, CPLE_BaseError) as problem:  # the latter: what only GDAL names
        raise SourceError("raster_rusak", [Place(file)]) from problem


def _opened(file: Path) -> Any:  # noqa: ANN401 - rasterio has no types
    """Open a GeoTIFF without the warning that it has no place: that is refused in our words."""
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        return rasterio.open(file.absolute(), driver="GTiff")


def _check_blocks(dataset: Any, file: Path) -> None:  # noqa: ANN401
    """Stop at a raster whose blocks, which are read as a whole, would fill the memory."""
    most = bounds.load().raster.block
    sizes = zip(dataset.block_shapes, dataset.dtypes, strict=True)
    largest = max((h * w * np.dtype(kind).itemsize for (h, w), kind in sizes), default=0)
    if largest > most:
        raise SourceError(
            "raster_blok",
            [Place(file)],
            {"jumlah": bounds.told(largest), "batas": bounds.told(most)},
        )


def _checked(dataset: Any, file: Path) -> CRS:  # noqa: ANN401 - rasterio has no types
    """Refuse a raster that is not a grid of classes; return its coordinate system."""
    if dataset.count != 1:
        raise SourceError("raster_kanal", [Place(file, found=str(dataset.count))])
    kind = dataset.dtypes[0]
    if not kind.startswith(("int", "uint")):
        raise SourceError("raster_desimal", [Place(file, found=kind)])
    if set(dataset.scales) != {1.0} or set(dataset.offsets) != {0.0}:
        tags = f"{dataset.scales[0]:g} {dataset.offsets[0]:g}"
        raise SourceError("raster_tanda_skala", [Place(file, found=tags)])
    turn = dataset.transform
    if turn.is_identity or turn.b or turn.d or turn.a <= 0 or turn.e >= 0:
        numbers = ", ".join(f"{number:g}" for number in tuple(turn)[:6])
        raise SourceError("raster_miring", [Place(file, found=numbers)])
    if dataset.crs is None:
        raise SourceError("raster_tanpa_crs", [Place(file)])
    return stated_system(dataset.crs.to_wkt(), file)


def stated_system(text: str, file: Path) -> CRS:
    """Return the horizontal coordinate system that a raster states.

    Parameters
    ----------
    text : str
        Well-known text (WKT).
    file : Path
        Named in errors.

    Raises
    ------
    SourceError
        If its position on the Earth is not known.
    """
    try:
        system = systems.flat(CRS.from_wkt(text))
        usable = (system.is_projected or system.is_geographic) and systems.is_on_earth(system)
    except ProjError:
        usable = False
    if not usable:
        raise SourceError("raster_crs", [Place(file, found=text[:80])])
    return system


def _check_scale(system: CRS, on_earth: gpd.GeoSeries, file: Path) -> None:
    """Refuse a projection in which the areas of cells differ too much within the district."""
    if not system.is_projected:
        return  # cells in degrees are weighted by their area
    west, south, east, north = on_earth.total_bounds
    across, along = np.meshgrid(np.linspace(west, east, 5), np.linspace(south, north, 5))
    scale = Proj(system).get_factors(across.ravel(), along.ravel()).areal_scale
    distortion = float(np.max(scale) / np.min(scale) - 1)
    if not distortion <= LARGEST_DISTORTION:
        percent = [f"{100 * share:.3g}" for share in (distortion, LARGEST_DISTORTION)]
        place = Place(file, found=system.name)
        raise SourceError("raster_skala", [place], {"persen": percent[0], "batas": percent[1]})


def _measured(dataset: Any, placed: gpd.GeoSeries, file: Path, weight: str) -> pd.DataFrame:  # noqa: ANN401
    """Return the classes of each village, their shares of the covered part, and its area."""
    import geopandas as gpd
    from exactextract import exact_extract

    shapes = gpd.GeoDataFrame(geometry=list(placed), crs=placed.crs)
    wanted = [f"kelas=unique{weight}", f"bagian=frac{weight}", f"luas=count{weight}"]
    try:
        frame: pd.DataFrame = exact_extract(
            _source(dataset, placed.crs), shapes, wanted, output="pandas", max_cells_in_memory=CELLS
        )
    except RuntimeError as problem:  # the error of the library for a broken block
        raise SourceError("raster_rusak", [Place(file)]) from problem
    return frame


def _source(dataset: Any, system: CRS) -> Any:  # noqa: ANN401
    """Return the raster for exactextract, with cells without data masked."""
    from exactextract.raster import RasterioRasterSource

    class Classes(RasterioRasterSource):  # type: ignore[misc]
        def nodata_value(self) -> None:
            """Return the value that means none."""
            return None  # a number beyond the band's type would make the library fail

        def srs_wkt(self) -> str:
            """Return the coordinate system."""
            return str(system.to_wkt())  # the same text for both sides

    return Classes(dataset)


def _planar(placed: gpd.GeoSeries, system: CRS) -> Floats:
    """Return the area of villages as the library measures cells: planar, or on a sphere."""
    shapes = placed.to_numpy()
    if not system.is_projected:
        shapes = shapely.transform(shapes, _equal_area)
    return np.asarray(shapely.area(shapes), dtype=np.float64)


def _equal_area(degrees: Floats) -> Floats:
    """Project points in degrees to an equal-area cylinder of the sphere."""
    longitude, latitude = np.radians(degrees).T
    return _RADIUS_M * np.column_stack([longitude, np.sin(latitude)])


def _shares(measured: pd.DataFrame, index: pd.Index[str]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {int(code): float(share) for code, share in zip(*pair, strict=True)}
        for pair in zip(measured["kelas"], measured["bagian"], strict=True)
    ]
    classes = sorted({code for row in rows for code in row})
    values = [[row.get(code, 0.0) if row else np.nan for code in classes] for row in rows]
    return pd.DataFrame(values, index=index, columns=classes, dtype=np.float64)
