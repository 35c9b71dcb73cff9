"""The error interval of every cell: rounding, measurement error and recovered cells.

Owns the interval of each value and the reason for its width. Within an interval all values are
equally probable. ``fsva.index.sureness.uncertainty`` computes what follows for the classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fsva.config.editions.assumptions import Assumptions, Error
from fsva.config.methods.method import Indicator, Method
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Chosen, Columns
from fsva.sources.plain.arrays import Floats, Words

Reason = Literal["tetap", "pembulatan", "pengukuran", "asal", "kosong"]
# Origins whose bounds in the record of origins are the error of the cell.
BOUNDED = ("pulih", "simpul")


@dataclass(frozen=True, eq=False)
class Ranges:
    """The interval of every cell: indicator id to a column of shape (n_villages,).

    Parameters
    ----------
    low, high : mapping of str to array of float
        Ends of the interval in the indicator's unit; NaN where nothing is known.
    reasons : mapping of str to array of str
        ``tetap`` (no error), ``pembulatan`` (half a unit of the last digit that stands in the
        table), ``pengukuran`` (a stated error), ``asal`` (bounds of a recovered cell), ``kosong``
        (no value; the interval, if there is one, is what remains possible).
    """

    low: Mapping[str, Floats]
    high: Mapping[str, Floats]
    reasons: Mapping[str, Words]

    def at(self, rows: Chosen) -> Ranges:
        """Return the intervals of the villages at some positions."""
        return Ranges(
            {name: column[rows] for name, column in self.low.items()},
            {name: column[rows] for name, column in self.high.items()},
            {name: column[rows] for name, column in self.reasons.items()},
        )


def ranges(
    table: JoinedTable,
    method: Method,
    assumed: Assumptions,
    origins: Columns | None,
    digits: Columns | None = None,
) -> Ranges:
    """Find the interval of every cell of the indicator table.

    Parameters
    ----------
    origins : Columns or None
        From ``fsva.sources.tables.edition_tables.read_origins``, in the order of the table.
    digits : Columns or None
        From ``fsva.sources.tables.number_cells.read_digits``, in the order of the table: the
        decimals of each value in its table. A value that its table lacks counts as rounded to
        the method's decimals.

    Returns
    -------
    Ranges
        In the order of the table. The interval of a recovered cell reaches to its bounds or its
        errors, whichever lie further away; it ends at the possible range unless the value
        itself lies outside.
    """
    intervals = {
        i.id: _of_indicator(table, i, assumed, (origins, _digits(table, i, digits or {})))
        for i in method.indicators
    }
    return Ranges(
        {name: low for name, (low, _, _) in intervals.items()},
        {name: high for name, (_, high, _) in intervals.items()},
        {name: reasons for name, (_, _, reasons) in intervals.items()},
    )


def _digits(table: JoinedTable, indicator: Indicator, written: Columns) -> Floats:
    """Return the known decimals of each value: those written, at most the method's."""
    most = float(indicator.digits)
    return np.fmin(written.get(indicator.id, np.full(len(table), most)), most)


def _of_indicator(
    table: JoinedTable,
    indicator: Indicator,
    assumed: Assumptions,
    record: tuple[Columns | None, Floats],
) -> tuple[Floats, Floats, Words]:
    origins, digits = record
    values = table.values[indicator.id]
    error = assumed.errors.get(indicator.id, Error())  # type: ignore[call-arg]
    half = _half_width(values, indicator, error, digits if assumed.rounding else None)
    low, high = values - half, values + half
    measured = error.absolute + error.relative > 0
    plain = "pengukuran" if measured else "pembulatan"
    reasons = np.where(np.isnan(values), "kosong", np.where(half > 0, plain, "tetap"))
    if origins is not None:
        low, high, wider = _widen(low, high, indicator, origins)
        reasons = np.where(wider & (reasons != "kosong"), "asal", reasons)
    return (*_possible(low, high, values, indicator), reasons.astype(object))


def _half_width(
    values: Floats, indicator: Indicator, error: Error, digits: Floats | None
) -> Floats:
    """Return half the width of each interval; categories are not rounded."""
    half = error.absolute + error.relative * np.abs(values)
    if digits is not None and not indicator.categories:
        half = half + 0.5 * 10.0**-digits
    if indicator.zero:
        half = np.where(values == 0, 0.0, half)  # it says "there is none", and is no amount
    return np.asarray(half, dtype=np.float64)


def _widen(
    low: Floats, high: Floats, indicator: Indicator, origins: Columns
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Stretch intervals to the bounds of recovered cells, and tell which became wider.

    Where only one of bound and value exists, ``np.fmin`` and ``np.fmax`` keep it.
    """
    kinds = np.isin(origins[f"{indicator.id}_asal"], [*BOUNDED, "kosong"])
    bounds = [
        np.where(kinds, origins[f"{indicator.id}_{end}"], np.nan) for end in ("bawah", "atas")
    ]
    stretched = np.fmin(low, bounds[0]), np.fmax(high, bounds[1])
    wider = (stretched[0] < low) | (stretched[1] > high)
    return *stretched, wider


def _possible(
    low: Floats, high: Floats, values: Floats, indicator: Indicator
) -> tuple[Floats, Floats]:
    least, most = (float(end) for end in indicator.possible)
    if indicator.zero:
        least = max(least, 0.5 * 10.0**-indicator.digits)  # an amount cannot become "none"
    return (
        np.maximum(low, np.fmin(values, least)),
        np.minimum(high, np.fmax(values, most)),
    )
