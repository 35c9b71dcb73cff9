"""A mended layer and its ledger taken apart into columns, and put together again.

Owns the two ways; what mending does is ``fsva.villages.repair``.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Polygons:
    """The polygons of a mended layer.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n,)
        In the order of the layer.
    """

    areas: NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class MendingColumns:
    """The ledger of mending without the names of the villages.

    Parameters
    ----------
    names : tuple of str
        Of its columns, in their order.
    sizes : dict of str to array of float
        Columns of areas and shares.
    counts : dict of str to array of int
        Columns of counts.
    words : dict of str to tuple of str
        The other columns.
    """

    names: tuple[str, ...]
    sizes: dict[str, NDArray[np.float64]]
    counts: dict[str, NDArray[np.int64]]
    words: dict[str, tuple[str, ...]]


def with_polygons(layer: gpd.GeoDataFrame, polygons: Polygons) -> gpd.GeoDataFrame:
    """Return a layer with other polygons for the same villages."""
    return layer.set_geometry(gpd.GeoSeries(polygons.areas, layer.index, crs=layer.crs))


def apart(ledger: pd.DataFrame) -> MendingColumns:
    """Take a ledger apart.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.repair.account``.
    """
    rest = ledger.drop(columns="nama")
    arrays = {str(name): rest[name].to_numpy() for name in rest.columns}
    sizes = {n: a for n, a in arrays.items() if np.issubdtype(a.dtype, np.floating)}
    counts = {n: a for n, a in arrays.items() if np.issubdtype(a.dtype, np.integer)}
    words = {n: tuple(map(str, a)) for n, a in arrays.items() if n not in {*sizes, *counts}}
    return MendingColumns(tuple(arrays), sizes, counts, words)


def together(columns: MendingColumns, layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """Put a ledger together again.

    Parameters
    ----------
    layer : GeoDataFrame
        Whose ledger it is.
    """
    held = {**columns.sizes, **columns.counts, **{n: list(w) for n, w in columns.words.items()}}
    ledger = pd.DataFrame({name: held[name] for name in columns.names}, index=layer.index)
    ledger.insert(0, "nama", layer["nama"])
    return ledger
