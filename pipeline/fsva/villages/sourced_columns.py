"""Numbers of an edition that do not stand in its table: from a raster, or counted in a register.

Owns their merge with the numbers of the table and the marks of their origin.
``fsva.runs.sourced_columns_run`` reads the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from fsva.config.editions.data_sources import SupplyKind
from fsva.config.editions.sections import Data
from fsva.config.methods.method import Indicator, Method
from fsva.sources.tables import read_tables
from fsva.villages.register_counts import Counts

ORIGIN = "_asal"
TABLE, AGREED = "tabel", "kesepakatan"
_MEASURED = "terukur_"


@dataclass(frozen=True, eq=False)
class Supplied:
    """Columns of numbers by village, and where they come from.

    Parameters
    ----------
    values : DataFrame
        Indexed by BPS code, a Float64 column per raw column or indicator; NA = not known.
    kinds : mapping of str to {"raster", "register"}
        Where each column comes from.
    hidden : mapping of str to int
        Column to the number of counts of a register that are hidden because they are small.
    uncovered : mapping of str to float
        Villages of which too little is covered by the raster: BPS code to the covered share.
    classes : tuple of int
        Class codes that the raster has within the villages.
    bare_zero : bool
        Whether 0 is among them although the raster states no value for "no data".
    """

    values: pd.DataFrame = field(default_factory=pd.DataFrame)
    kinds: Mapping[str, SupplyKind] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    uncovered: Mapping[str, float] = field(default_factory=dict)
    classes: tuple[int, ...] = ()
    bare_zero: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table need not have."""
        return tuple(self.kinds)

    def n_known(self, column: str) -> int:
        """Return for how many villages a number of a column is known."""
        return int(self.values[column].notna().sum()) if column in self.values else 0


def columns_of(
    counted: Mapping[str, Counts], measured: Mapping[str, pd.Series[float]]
) -> pd.DataFrame:
    """Return counted and measured columns as one table, for ``Supplied.values``.

    Parameters
    ----------
    counted : mapping of str to Counts
        Column to counts from a register.
    measured : mapping of str to Series of float
        Column to what a raster gives, by BPS code.
    """
    counts = {
        name: pd.Series(read_tables.number_column(c.values), index=list(c.codes))
        for name, c in counted.items()
    }
    return pd.DataFrame({**counts, **measured})


def unknown(kinds: Mapping[str, SupplyKind]) -> Supplied:
    """Return empty columns, so that everything else can still be checked.

    Parameters
    ----------
    kinds : mapping of str to {"raster", "register"}
        The columns.
    """
    return Supplied(pd.DataFrame(columns=list(kinds), dtype="Float64"), kinds)


def put(
    table: pd.DataFrame, supplied: Supplied, columns: Iterable[str], agreed: pd.DataFrame
) -> pd.DataFrame:
    """Add supplied columns to a table; agreed values take precedence.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code.
    agreed : DataFrame
        Indexed by BPS code: agreed values of such columns, NA where there is none.

    Returns
    -------
    DataFrame
        With the columns as Float64, and ``terukur_<column>`` with what was computed or counted
        where a value was agreed.
    """
    filled = table.copy()
    for column in columns:
        measured = supplied.values[column].reindex(table.index).astype("Float64")
        if column in agreed:
            other = agreed[column].reindex(table.index)
            before = measured.map("{:.10g}".format, na_action="ignore").astype("string")
            filled[_MEASURED + column] = before.fillna("").mask(other.isna())
            measured = other.fillna(measured)
        filled[column] = measured
    return filled


def mark(table: pd.DataFrame, supplied: Supplied, data: Data, method: Method) -> pd.DataFrame:
    """Mark the origin of each value of an indicator, if some do not come from the table.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code: the indicators, ``terukur_<id>`` where values were agreed.
    data : Data
        Whether the table holds raw counts.

    Returns
    -------
    DataFrame
        With ``<id>_asal`` for the indicators that such a column enters: ``raster``, ``register``,
        ``kesepakatan``, several joined by ``+``; blank where there is no value.
    """
    marked = table.copy()
    for indicator in method.indicators:
        kinds = kinds_of(indicator, supplied.kinds, data, method)
        if kinds:
            origin = pd.Series("+".join(kinds), index=marked.index)
            if (measured := _MEASURED + indicator.id) in marked:
                origin = origin.mask(marked[measured].notna(), AGREED)
            marked[indicator.id + ORIGIN] = origin.where(marked[indicator.id].notna(), "")
    return marked


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
