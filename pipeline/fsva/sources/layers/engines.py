"""The readers of layers: one for plain GeoJSON, which needs no GDAL, and GDAL for all others.

Owns the choice, and what holds for the rows of both: a test checks that they return the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.editions.layer_schemas import Engine
from fsva.core import bounds
from fsva.core.errors import Place, SourceError
from fsva.sources.layers import drivers, layer_header, plain_geojson
from fsva.sources.layers.layer_header import LayerHeader as LayerHeader
from fsva.sources.plain.arrays import Shapes
from fsva.sources.plain.shape_table import ShapeTable


def headers(file: Path) -> list[LayerHeader]:
    """Return the headers of all layers of a file, in the order of the file.

    Raises
    ------
    SourceError
        The file is unreadable, or of no format that is read.
    """
    if layer := _plain(file):
        return [layer.header(file)]
    from fsva.sources.layers import gdal_layers

    return gdal_layers.headers(file)


def read(
    file: Path,
    header: LayerHeader,
    columns: Sequence[str] | None = None,
    where: str | None = None,
    engine: Engine = "pyogrio",
) -> ShapeTable:
    """Read the rows of a layer; heights are dropped.

    Parameters
    ----------
    columns : sequence of str or None
        Fields to read; None reads all.
    where : str or None
        Condition in the words of SQL that the driver itself applies.
    engine : {"pyogrio", "fiona"}
        The library that reads what is no plain GeoJSON; fiona reads that, too.

    Returns
    -------
    ShapeTable
        Indexed by the row of the layer, counted from 0.

    Raises
    ------
    SourceError
        The file is unreadable, or its encoding is not the one that it states.
    """
    layer = _plain(file) if engine == "pyogrio" else None
    if layer:
        _check_size(file, layer.header(file))
        rows = layer.rows(columns, where)
    else:
        from fsva.sources.layers import gdal_layers

        _check_size(file, header)
        try:
            rows = gdal_layers.read(file, header, columns, where, engine)
        except SourceError:
            _stop_at_points(file, _broken_rows(file))  # it is why GDAL reads nothing
            raise
        _stop_at_points(file, _broken_rows(file, rows) & set(rows.index.tolist()))
    most, n_points = bounds.load().layer.points, _points(rows)
    if n_points > most:
        raise SourceError(
            "lapisan_titik",
            [Place(file)],
            {"jumlah": bounds.told(n_points), "batas": bounds.told(most)},
        )
    finite = _has_numbers(rows.geometry)
    if finite.all():
        return rows
    pairs = zip(rows.geometry, finite, strict=True)
    return rows.with_geometry(shape if sound else None for shape, sound in pairs)


def read_first(file: Path) -> ShapeTable | None:
    """Read the rows of a file's first layer; None if it has no layer.

    Raises
    ------
    SourceError
        As ``headers`` and ``read``.
    """
    if layer_header.is_only(file):
        return read(file, layer_header.only(file))
    layers = headers(file)
    return read(file, layers[0]) if layers else None


def values(file: Path, header: LayerHeader, column: str) -> list[str]:
    """Return the different texts of one field of a layer, sorted, without its shapes."""
    if layer := _plain(file):
        return layer.values(column)
    from fsva.sources.layers import gdal_layers

    return gdal_layers.values(file, header, column)


def _plain(file: Path) -> plain_geojson.PlainLayer | None:
    """Return a layer that is read without GDAL; None leaves it to GDAL."""
    if file.is_dir() or drivers.of(file) != drivers.JSON:
        return None
    return plain_geojson.load(file)


def _broken_rows(file: Path, rows: ShapeTable | None = None) -> frozenset[int]:
    """Return the rows with a point that is none: GDAL leaves out their polygon, or a part of it.

    Where all rows were read and nothing of them is missing, the file is not searched for it.
    """
    if file.is_dir() or drivers.of(file) != drivers.JSON:
        return frozenset()
    if rows is not None and plain_geojson.has_lists(file, plain_geojson.lists_of(rows.geometry)):
        return frozenset()
    return plain_geojson.broken_rows(file)


def _stop_at_points(file: Path, broken: Collection[int]) -> None:
    if broken:
        raise SourceError("layer_titik", [Place(file, row + 1) for row in sorted(broken)])


def _has_numbers(drawn: Shapes) -> NDArray[np.bool_]:
    """Mark shapes of which all coordinates are finite numbers; the others are no shapes."""
    with np.errstate(all="ignore"):
        sums = shapely.area(drawn) + shapely.length(drawn) + shapely.bounds(drawn).sum(axis=1)
    finite: NDArray[np.bool_] = np.isfinite(sums) | shapely.is_empty(drawn)
    return finite


def _points(rows: ShapeTable) -> int:
    return int(shapely.get_num_coordinates(rows.geometry).sum())


def _check_size(file: Path, header: LayerHeader) -> None:
    """Stop at a layer that says that it has more rows or fields than one may have."""
    limits = bounds.load().layer
    if header.n_rows > limits.rows:
        raise SourceError(
            "lapisan_baris",
            [Place(file)],
            {"jumlah": bounds.told(header.n_rows), "batas": bounds.told(limits.rows)},
        )
    if len(header.fields) > limits.fields:
        raise SourceError(
            "lapisan_ruas",
            [Place(file)],
            {"jumlah": bounds.told(len(header.fields)), "batas": bounds.told(limits.fields)},
        )
