"""Indicators from raw counts: the formulas of a method computed over a whole table.

Owns the arithmetic and the rule for missing operands. The method defines the columns
(``fsva.config.methods.method``) and the formulas (``fsva.config.methods.formula``).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.config.methods import formula
from fsva.config.methods.formula import ColumnName, Constant, Formula, Part, Scaled
from fsva.config.methods.method import Indicator, Method
from fsva.core import decimals
from fsva.core.columns import ROW, UNIT
from fsva.core.errors import Place, TableError
from fsva.sources.tables import possible_values
from fsva.sources.tables.number_cells import WRITTEN
from fsva.sources.tables.possible_values import Accepted

Values = NDArray[np.float64]


def compute(raw: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Compute every indicator of a method from raw columns.

    Parameters
    ----------
    raw : DataFrame, shape (n_villages, ...)
        A Float64 column per raw column of the method, in its unit; NA = not known. A column
        with the id of an indicator holds its values, which then need no computing.
    method : Method
        With a formula per indicator that is computed.

    Returns
    -------
    DataFrame, shape (n_villages, n_indicators)
        A Float64 column per indicator, rounded half up to its digits; NA where an operand is
        missing or a divisor is zero, unless the method gives a value for that case.
        Categories are not rounded.
    """
    return pd.DataFrame({i.id: _indicator(raw, i, method) for i in method.indicators})


def of_villages(
    raw: pd.DataFrame, method: Method, accepted: Accepted | None, file: Path
) -> pd.DataFrame:
    """Add the indicators to a table of raw counts and check that they are possible.

    Parameters
    ----------
    raw : DataFrame
        Indexed by BPS code: ``desa``, ``baris`` and the raw columns
        (``fsva.sources.tables.raw_counts``),
        perhaps ``kesepakatan_<id>``: agreed values that win over computed ones.
    accepted : frozenset of (code, indicator id) or None
        Values that may lie outside the possible range; None = no check at all.
    file : Path
        Where the counts come from, for messages.

    Returns
    -------
    DataFrame
        The raw table with a Float64 column per indicator; ``terukur_<id>`` holds the computed
        value that an agreed value replaces, ``tertulis_<id>`` the number that was read as
        the nearest category.

    Raises
    ------
    TableError
        A value outside its possible range, or a category that the method does not know.
    """
    values = _with_categories(_with_agreed(raw, compute(raw, method)), method)
    if accepted is not None:
        for indicator in method.indicators:
            _check_possible(raw, values[indicator.id], indicator, accepted, file)
    ready = [column for column in values if column in raw]
    return raw.drop(columns=ready).join(values)


def _with_agreed(raw: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Replace computed values by agreed ones; keep the computed ones beside them as text."""
    values = computed.copy()
    for name in computed:
        if f"kesepakatan_{name}" in raw:
            agreed = raw[f"kesepakatan_{name}"]
            before = computed[name].map("{:.10g}".format, na_action="ignore").astype("string")
            values[name] = agreed.fillna(computed[name])
            values[f"terukur_{name}"] = before.fillna("").mask(agreed.isna())
    return values


def _with_categories(values: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Read numbers near a category as that category; keep the numbers beside it as text."""
    made = values
    for indicator in method.indicators:
        if indicator.categories:
            found = values[indicator.id]
            read = found.map(indicator.read_category, na_action="ignore").astype("Float64")
            texts = found.map("{:.10g}".format, na_action="ignore").astype("string")
            made = made.assign(**{indicator.id: read})
            if (other := (read != found).fillna(False).astype(bool)).any():
                made[WRITTEN + indicator.id] = texts.where(other)
    return made


def _check_possible(
    raw: pd.DataFrame,
    values: pd.Series[float],
    indicator: Indicator,
    accepted: Accepted,
    file: Path,
) -> None:
    numbers = np.asarray(values.to_numpy(na_value=np.nan), dtype=np.float64)
    judged = possible_values.judge(indicator, map(str, raw.index), numbers, accepted)
    column = f"{indicator.id} = {indicator.calculation}"

    def place(n: int) -> Place:
        row, village = int(raw[ROW].iloc[n]), f"{raw[UNIT].iloc[n]} ({raw.index[n]})"
        return Place(file, row, column, village, f"{numbers[n]:.10g}")

    if judged.refused:
        places = [place(n) for n in judged.refused]
        low, high = possible_values.ends(indicator)
        raise TableError("nilai_di_luar_rentang", places, {"dari": low, "sampai": high})
    if wrong := judged.without_category:
        places = [place(n) for n in wrong]
        known = possible_values.categories(indicator)
        raise TableError("nilai_bukan_kategori", places, {"ada": known})


def evaluate(what: Formula, table: pd.DataFrame) -> pd.Series[float]:
    """Compute a formula for every row of a table.

    Parameters
    ----------
    what : Formula
        From ``fsva.config.methods.formula.parse``.
    table : DataFrame
        With the formula's columns as Float64; NA = not known.

    Returns
    -------
    Series of Float64, shape (n_rows,)
        NA where an operand is missing, a divisor is zero or a number overflows: never 0 or
        infinity instead.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow is a missing value
        values = np.broadcast_to(_part(what.root, table), len(table))
    return pd.Series(pd.array(values, dtype="Float64"), index=table.index).mask(np.isnan(values))


def _indicator(raw: pd.DataFrame, indicator: Indicator, method: Method) -> pd.Series[float]:
    if indicator.id in raw:
        return raw[indicator.id]
    values = evaluate(method.formula(indicator), raw)
    if indicator.fallback is not None:
        zero = (raw[indicator.fallback.column] == 0).fillna(False).astype(bool)
        values = values.mask(values.isna() & zero, float(indicator.fallback.value))
    if indicator.categories:
        return values
    rounded = round_half_up(values, indicator.digits)
    if indicator.zero is None:
        return rounded
    # A zero says "there is none": an amount is never rounded to it.
    small = ((rounded == 0) & (values != 0)).fillna(False).astype(bool)
    return rounded.mask(small, 10.0**-indicator.digits)


def round_half_up(values: pd.Series[float], digits: int) -> pd.Series[float]:
    """Round to a number of decimals, halves away from zero, as printed decimals are rounded.

    Parameters
    ----------
    values : Series of Float64
        NA stays NA.
    digits : int
        Decimals to keep.

    Examples
    --------
    >>> round_half_up(pd.Series([0.12345, pd.NA], dtype="Float64"), 4).tolist()
    [0.1235, <NA>]
    """
    known = values.notna().to_numpy()
    rounded = values.copy()
    units = decimals.units_of_floats(np.asarray(values[known], dtype=np.float64), digits)
    rounded[known] = units / 10**digits
    return rounded


def _part(part: Part, table: pd.DataFrame) -> Values:
    """Compute a part; missing is NaN within this module."""
    if isinstance(part, Constant):
        return np.array([part.value])
    if isinstance(part, ColumnName):
        return table[part.name].to_numpy(dtype=np.float64, na_value=np.nan)
    if isinstance(part, Scaled):
        return _finite(part.factor * _part(part.part, table))
    return _joined(part, _part(part.left, table), _part(part.right, table))


def _joined(operation: formula.Operation, left: Values, right: Values) -> Values:
    if operation.sign == "+":
        return _finite(left + right)
    if operation.sign == "-":
        return _finite(left - right)
    if operation.sign == "*":
        return _finite(left * right)
    divisor = np.where(right == 0, np.nan, right)
    return _finite(left / divisor)


def _finite(values: Values) -> Values:
    return np.where(np.isfinite(values), values, np.nan)
