"""A mended layer and its ledger taken apart into columns, and put together again.

Owns the two ways; what mending does is ``fsva.villages.repair``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable


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


def with_polygons(layer: ShapeTable, polygons: Polygons) -> ShapeTable:
    """Return a layer with other polygons for the same villages."""
    return layer.with_geometry(polygons.areas)


def apart(ledger: Table) -> MendingColumns:
    """Take a ledger apart.

    Parameters
    ----------
    ledger : Table
        From ``fsva.villages.repair.account``.
    """
    arrays = ledger.without("nama").columns
    sizes = {n: a for n, a in arrays.items() if np.issubdtype(a.dtype, np.floating)}
    counts = {n: a for n, a in arrays.items() if np.issubdtype(a.dtype, np.integer)}
    words = {n: tuple(map(str, a)) for n, a in arrays.items() if n not in {*sizes, *counts}}
    return MendingColumns(tuple(arrays), sizes, counts, words)


def together(columns: MendingColumns, layer: ShapeTable) -> Table:
    """Put a ledger together again.

    Parameters
    ----------
    layer : ShapeTable
        Whose ledger it is.
    """
    words = {name: plain_table.words(told) for name, told in columns.words.items()}
    held = {**columns.sizes, **columns.counts, **words}
    cells = {"nama": layer["nama"], **{name: held[name] for name in columns.names}}
    return Table(layer.index, cells, layer.key)
