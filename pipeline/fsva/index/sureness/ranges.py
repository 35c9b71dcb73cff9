"""Where the true value of every cell may lie: rounding, measurement, and recovered cells.

Owns the interval of each value and the reason for its width. Within an interval every value
counts as equally probable; what follows for the classes is computed by
``fsva.index.sureness.uncertainty``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.config.editions.assumptions import Assumptions, Error
from fsva.config.methods.method import Indicator, Method
from fsva.core.columns import BPS

Reason = Literal["tetap", "pembulatan", "pengukuran", "asal", "kosong"]
# Origins whose bounds in the record of origins are the error of the cell.
BOUNDED = ("pulih", "simpul")
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ranges:
    """The interval of every cell.

    Parameters
    ----------
    low, high : DataFrame of float64, shape (n_villages, n_indicators)
        Ends of the interval in the indicator's unit; NaN where nothing is known.
    reasons : DataFrame of str, same shape
        ``tetap`` (no error), ``pembulatan`` (half a unit of the last digit that stands in the
        table), ``pengukuran`` (a stated error), ``asal`` (bounds of a recovered cell), ``kosong``
        (no value; the interval, if there is one, is what remains possible).
    """

    low: pd.DataFrame
    high: pd.DataFrame
    reasons: pd.DataFrame

    def iloc(self, order: NDArray[np.intp]) -> Ranges:
        """Return the intervals of the villages at some positions."""
        return Ranges(*(part.iloc[order] for part in (self.low, self.high, self.reasons)))


def ranges(
    table: pd.DataFrame,
    method: Method,
    assumed: Assumptions,
    origins: pd.DataFrame | None,
    digits: pd.DataFrame | None = None,
) -> Ranges:
    """Find the interval of every cell of the indicator table.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    origins : DataFrame or None
        Indexed by BPS code, from ``fsva.sources.tables.edition_tables.read_origins``.
    digits : DataFrame or None
        Indexed by BPS code, from ``fsva.sources.tables.number_cells.read_digits``: with how many
        decimals each value stands in its table. A value that does not stand there is rounded to
        the method's decimals.

    Returns
    -------
    Ranges
        In the order of the table. The interval of a recovered cell is that of its bounds or of
        its errors, whichever reaches further; it ends at the possible range unless the value
        itself lies outside.
    """
    known = None if origins is None else origins.reindex(table[BPS])
    written = pd.DataFrame() if digits is None else digits.reindex(table[BPS])
    found = {i.id: _of_indicator(table, i, assumed, (known, _digits(table, i, written)))
             for i in method.indicators}  # fmt: skip
    frames = [
        pd.DataFrame({name: parts[n] for name, parts in found.items()}, index=table.index)
        for n in range(3)
    ]
    return Ranges(*frames)


def _digits(table: pd.DataFrame, indicator: Indicator, written: pd.DataFrame) -> Floats:
    """Return the decimals that each value is known with: those written, at most the method's."""
    if indicator.id not in written:
        return np.full(len(table), float(indicator.digits))
    found = written[indicator.id].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(np.fmin(found, float(indicator.digits)), dtype=np.float64)


def _of_indicator(
    table: pd.DataFrame,
    indicator: Indicator,
    assumed: Assumptions,
    record: tuple[pd.DataFrame | None, Floats],
) -> tuple[Floats, Floats, NDArray[np.str_]]:
    origins, digits = record
    values = table[indicator.id].to_numpy(dtype=np.float64, na_value=np.nan)
    error = assumed.errors.get(indicator.id, Error())  # type: ignore[call-arg]
    half = _half_width(values, indicator, error, digits if assumed.rounding else None)
    low, high = values - half, values + half
    measured = error.absolute + error.relative > 0
    plain = "pengukuran" if measured else "pembulatan"
    reasons = np.where(np.isnan(values), "kosong", np.where(half > 0, plain, "tetap"))
    if origins is not None:
        low, high, wider = _widen(low, high, indicator, origins)
        reasons = np.where(wider & (reasons != "kosong"), "asal", reasons)
    return (*_possible(low, high, values, indicator), reasons)


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
    low: Floats, high: Floats, indicator: Indicator, origins: pd.DataFrame
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Stretch intervals to the bounds of recovered cells, and tell which became wider.

    ``np.fmin`` and ``np.fmax`` let a bound stand where there is no value and the other way round.
    """
    kinds = origins[f"{indicator.id}_asal"].isin([*BOUNDED, "kosong"]).to_numpy()
    bounds = [
        np.where(kinds, origins[f"{indicator.id}_{end}"].to_numpy(np.float64, na_value=np.nan),
                 np.nan)
        for end in ("bawah", "atas")
    ]  # fmt: skip
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
