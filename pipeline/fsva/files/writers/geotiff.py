"""The classes of a map as a raster for a GIS.

Owns the GeoTIFF (cloud-optimised, with colours and names of the classes). It imports rasterio only
when an office orders such a file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fsva.core.errors import UsageError
from fsva.drawing.paper.colours import rgb
from fsva.files.writers import xml_text
from fsva.words.specification import LegendRow, MapSpecification

if TYPE_CHECKING:
    from fsva.sources.plain.shape_table import ShapeTable

# Outside the district, and a village without a class: two absences that are not classes.
OUTSIDE, WITHOUT_CLASS = 0, 255
# Largest number of pixels on the longer side; each pixel has a round length in metres.
LONGEST = 4000
_ROUND_M = tuple(step * 10**power for power in range(-1, 5) for step in (1, 2, 2.5, 5))


@dataclass(frozen=True, eq=False)
class PixelGrid:
    """The village of each pixel.

    Parameters
    ----------
    numbers : array of uint32, shape (rows, columns)
        Position of the village at the centre of the pixel, plus 1; 0 = none.
    codes : tuple of str
        Kemendagri codes by position.
    transform : Affine
        Maps column and row to projected metres.
    """

    numbers: NDArray[np.uint32]
    codes: tuple[str, ...]
    transform: Any
    crs: Any


def _rasterio() -> Any:  # noqa: ANN401  # rasterio has no annotations
    """Return the library, or raise an error that says how to install it."""
    try:
        import rasterio
        import rasterio.features
        import rasterio.io
        import rasterio.shutil
    except ImportError as lacking:
        raise UsageError("geotiff_pustaka") from lacking
    return rasterio


def pixel_metres(longest_m: float) -> float:
    """Return the smallest round length of a pixel with which the raster keeps to ``LONGEST``.

    Parameters
    ----------
    longest_m : float
        Length of the longer side, > 0.

    Examples
    --------
    >>> pixel_metres(60_000), pixel_metres(9_500)
    (20.0, 2.5)
    """
    least = longest_m / LONGEST
    fitting = [step for step in _ROUND_M if step >= least]
    return float(fitting[0] if fitting else math.ceil(least))


def grid(villages: ShapeTable) -> PixelGrid:
    """Lay a grid of pixels over the villages; the centre of a pixel decides its village.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, in metres.

    Raises
    ------
    UsageError
        If rasterio is not installed.
    """
    library = _rasterio()
    west, south, east, north = villages.total_bounds
    pixel = pixel_metres(max(east - west, north - south))
    left, top = math.floor(west / pixel) * pixel, math.ceil(north / pixel) * pixel
    columns, rows = math.ceil((east - left) / pixel), math.ceil((top - south) / pixel)
    transform = library.Affine(pixel, 0.0, left, 0.0, -pixel, top)
    numbers = library.features.rasterize(
        zip(villages.geometry, range(1, len(villages) + 1), strict=True),
        out_shape=(rows, columns),
        transform=transform,
        dtype="uint32",
    )
    codes = tuple(str(code) for code in villages.index)
    return PixelGrid(numbers, codes, transform, villages.crs.to_wkt())


def write(shown: MapSpecification, under: PixelGrid, about: Mapping[str, str]) -> bytes:
    """Return the classes of a map as a cloud-optimised GeoTIFF.

    Parameters
    ----------
    shown : MapSpecification
        Gives the class of every village, and colours and names of the classes.
    under : PixelGrid
        From ``grid``.
    about : mapping of str to str
        Metadata of the file.

    Returns
    -------
    bytes
        One band of bytes: the class as in the legend, 0 outside the district (nodata), 255 for a
        village without a class; with colours, names, and overviews that never average classes.
    """
    library = _rasterio()
    priorities = [shown.priorities[code] or WITHOUT_CLASS for code in under.codes]
    classes = np.array([OUTSIDE, *priorities], dtype=np.uint8)[under.numbers]
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": 1,
        "nodata": OUTSIDE,
        "crs": under.crs,
        "height": classes.shape[0],
        "width": classes.shape[1],
        "transform": under.transform,
        "photometric": "palette",
    }
    with library.io.MemoryFile() as plain, library.io.MemoryFile() as target:
        with plain.open(**profile) as raster:
            raster.write(classes, 1)
            raster.write_colormap(1, _colours(shown))
            raster.update_tags(**about)
            raster.update_tags(1, **_names(shown))
        library.shutil.copy(
            plain.name,
            target.name,
            driver="COG",
            COMPRESS="DEFLATE",
            LEVEL="6",
            RESAMPLING="NEAREST",
            OVERVIEWS="IGNORE_EXISTING",
            NUM_THREADS="1",
        )
        return bytes(target.read())


def beside(stem: str, shown: MapSpecification) -> dict[str, bytes]:
    """Return the files beside a raster that give a GIS the names of the classes.

    Parameters
    ----------
    stem : str
        File name of the raster without its ending.

    Returns
    -------
    dict of str to bytes
        GDAL's auxiliary file with the names, and the style that QGIS applies by itself, without
        the 249 unused values.
    """
    return {f"{stem}.tif.aux.xml": _auxiliary(shown), f"{stem}.qml": _style(shown)}


def _auxiliary(shown: MapSpecification) -> bytes:
    words = {row.priority: _words(row) for row in shown.legend if row.priority}
    rows = "".join(
        f"      <Category>{xml_text.text(words.get(n, ''))}</Category>\n"
        for n in range(max(words) + 1)
    )
    return (
        "<PAMDataset>\n"
        '  <PAMRasterBand band="1">\n'
        f"    <CategoryNames>\n{rows}    </CategoryNames>\n"
        "  </PAMRasterBand>\n"
        "</PAMDataset>\n"
    ).encode()


def _style(shown: MapSpecification) -> bytes:
    rows = "".join(
        f'        <paletteEntry value="{_value(row.priority)}" color="{row.colour}" alpha="255" '
        f"label={xml_text.attribute(_words(row))}/>\n"
        for row in shown.legend
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.22.0">\n'
        "  <pipe>\n"
        '    <rasterrenderer type="paletted" band="1" opacity="1">\n'
        f"      <colorPalette>\n{rows}      </colorPalette>\n"
        "    </rasterrenderer>\n"
        "  </pipe>\n"
        "</qgis>\n"
    ).encode()


def _words(row: LegendRow) -> str:
    return " ".join(row.words.split())


def _value(priority: int) -> int:
    return priority or WITHOUT_CLASS


def _colours(shown: MapSpecification) -> dict[int, Sequence[int]]:
    drawn = {_value(row.priority): (*rgb(row.colour), 255) for row in shown.legend}
    return {OUTSIDE: (255, 255, 255, 0), **drawn}


def _names(shown: MapSpecification) -> dict[str, str]:
    """Return the names of the classes by their number."""
    return {f"KELAS_{_value(row.priority)}": _words(row) for row in shown.legend}
