"""Numbers of an edition that do not stand in its table: from a raster, or counted in a register.

Owns their merge with the numbers of the table and the marks of their origin.
``fsva.runs.sourced_columns_run`` reads the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fsva.config.editions.data_sources import SupplyKind
from fsva.config.editions.sections import Data
from fsva.config.methods.method import Indicator, Method
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Floats, Words
from fsva.sources.plain.plain_table import Table
from fsva.villages.register_counts import Counts

ORIGIN = "_asal"
TABLE, AGREED = "tabel", "kesepakatan"
_MEASURED = "terukur_"


@dataclass(frozen=True, eq=False)
class Supplied:
    """Columns of numbers by village, and where they come from.

    Parameters
    ----------
    values : Table
        Indexed by BPS code, a column of floats per raw column or indicator; NaN = not known.
    kinds : mapping of str to {"raster", "register"}
        Where each column comes from.
    hidden : mapping of str to int
        Column to the number of counts of a register that are hidden because they are small.
    uncovered : mapping of str to float
        Villages of which too little is covered by the raster: BPS code to the covered share.
    classes : tuple of int
        Class codes that the raster has within the villages.
    bare : tuple of int
        Those of them that usually mean no data, although the raster does not say so.
    few_cells : mapping of str to int
        Villages that have only few cells of the raster: BPS code to their number.
    """

    values: Table = field(default_factory=Table)
    kinds: Mapping[str, SupplyKind] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    uncovered: Mapping[str, float] = field(default_factory=dict)
    classes: tuple[int, ...] = ()
    bare: tuple[int, ...] = ()
    few_cells: Mapping[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table need not have."""
        return tuple(self.kinds)

    def n_known(self, column: str) -> int:
        """Return for how many villages a number of a column is known."""
        return int(np.isfinite(self.values[column]).sum()) if column in self.values else 0


def columns_of(counted: Mapping[str, Counts], measured: Mapping[str, Mapping[str, float]]) -> Table:
    """Return counted and measured columns as one table, for ``Supplied.values``.

    Parameters
    ----------
    counted : mapping of str to Counts
        Column to counts from a register.
    measured : mapping of str to mapping of str to float
        Column to what a raster gives, by BPS code.
    """
    found: dict[str, Mapping[str, float]] = {
        **{n: dict(zip(c.codes, c.values.tolist(), strict=True)) for n, c in counted.items()},
        **measured,
    }
    codes = list(dict.fromkeys(code for known in found.values() for code in known))
    columns = {
        name: plain_table.numbers(known.get(code) for code in codes)
        for name, known in found.items()
    }
    return Table(plain_table.words(codes), columns)


def unknown(kinds: Mapping[str, SupplyKind]) -> Supplied:
    """Return empty columns, so that everything else can still be checked.

    Parameters
    ----------
    kinds : mapping of str to {"raster", "register"}
        The columns.
    """
    return Supplied(Table(columns={name: np.empty(0) for name in kinds}), kinds)


def put(table: Table, supplied: Supplied, columns: Iterable[str], agreed: Table) -> Table:
    """Add supplied columns to a table; agreed values take precedence.

    Parameters
    ----------
    table : Table
        Indexed by BPS code.
    agreed : Table
        Indexed by BPS code: agreed values of such columns, NaN where there is none.

    Returns
    -------
    Table
        With the columns as floats, and ``terukur_<column>`` with what was computed or counted
        where a value was agreed.
    """
    filled: dict[str, plain_table.Column] = {}
    here, told = supplied.values.beside(table.index), agreed.beside(table.index)
    for column in columns:
        measured = here[column]
        if column in told:
            is_agreed = np.isfinite(told[column])
            filled[_MEASURED + column] = _said(measured, is_agreed)
            measured = np.where(is_agreed, told[column], measured)
        filled[column] = measured
    return table.with_columns(filled)


def _said(measured: Floats, is_agreed: NDArray[np.bool_]) -> Words:
    """Return what was measured as text, blank if nothing was; None where nothing is agreed."""
    said = ["" if np.isnan(value) else f"{value:.10g}" for value in measured]
    return plain_table.words(
        text if agreed else None for text, agreed in zip(said, is_agreed, strict=True)
    )


def mark(table: Table, supplied: Supplied, data: Data, method: Method) -> Table:
    """Mark the origin of each value of an indicator, if some do not come from the table.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: the indicators, ``terukur_<id>`` where values were agreed.
    data : Data
        Whether the table holds raw counts.

    Returns
    -------
    Table
        With ``<id>_asal`` for the indicators that such a column enters: ``raster``, ``register``,
        ``kesepakatan``, several joined by ``+``; blank where there is no value.
    """
    marked: dict[str, plain_table.Column] = {}
    for indicator in method.indicators:
        kinds = kinds_of(indicator, supplied.kinds, data, method)
        if kinds:
            origin = plain_table.words(["+".join(kinds)] * len(table))
            if (measured := _MEASURED + indicator.id) in table:
                origin[[text is not None for text in table[measured]]] = AGREED
            origin[np.isnan(table[indicator.id])] = ""
            marked[indicator.id + ORIGIN] = origin
    return table.with_columns(marked)


def kinds_of(
    indicator: Indicator, kinds: Mapping[str, SupplyKind], data: Data, method: Method
) -> list[SupplyKind]:
    """Return from which sources beside the table an indicator is made.

    Parameters
    ----------
    kinds : mapping of str to {"raster", "register"}
        The columns that come from elsewhere.
    data : Data
        Whether the table holds raw counts.
    """
    if indicator.id in kinds:
        return [kinds[indicator.id]]
    if data.raw is None or indicator.calculation is None:
        return []
    columns = method.formula(indicator).columns
    return sorted({kinds[column] for column in columns if column in kinds})
