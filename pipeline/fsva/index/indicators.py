"""Indicators from raw counts: the formulas of a method computed over a whole table.

Owns the arithmetic and the rule for missing operands. The method defines the columns
(``fsva.config.methods.method``) and the formulas (``fsva.config.methods.formula``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods import formula
from fsva.config.methods.formula import ColumnName, Constant, Formula, Part, Scaled
from fsva.config.methods.method import Indicator, Method
from fsva.core import decimals
from fsva.core.errors import Place, TableError
from fsva.core.remedies import edition_entries
from fsva.sources.plain.arrays import Floats, Words
from fsva.sources.tables import agreed_columns, possible_values
from fsva.sources.tables.number_cells import WRITTEN
from fsva.sources.tables.possible_values import Accepted
from fsva.sources.tables.read_tables import VillageNumbers

Numbers = Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Computed:
    """Indicators of villages, each column of shape (n_villages,).

    Parameters
    ----------
    values : dict of str to array of float
        By id of the indicator; NaN = not known.
    texts : dict of str to array of str
        ``terukur_<id>``: the computed value that an agreed one replaces, blank where none was
        computed; ``tertulis_<id>``: the number that was read as the nearest category; None
        elsewhere.
    """

    values: dict[str, Floats]
    texts: dict[str, Words] = field(default_factory=dict)


def compute(raw: Numbers, method: Method) -> dict[str, Floats]:
    """Compute every indicator of a method from raw columns.

    Parameters
    ----------
    raw : mapping of str to array of float, shape (n_villages,)
        Every raw column of the method, in its unit; NaN = not known. A column
        with the id of an indicator holds its values, which then need no computing.
    method : Method
        With a formula per indicator that is computed.

    Returns
    -------
    dict of str to array of float
        By id of the indicator, rounded half up to its digits; NaN where an operand is
        missing or a divisor is zero, unless the method gives a value for that case.
        Categories are not rounded.
    """
    return {i.id: _indicator(raw, i, method) for i in method.indicators}


def of_villages(
    raw: VillageNumbers, method: Method, accepted: Accepted | None, file: Path
) -> Computed:
    """Compute the indicators of villages and check that they are possible.

    Parameters
    ----------
    raw : VillageNumbers
        With the raw columns (``fsva.sources.tables.raw_counts``), perhaps ``kesepakatan_<id>``:
        agreed values that win over computed ones.
    accepted : frozenset of (code, indicator id) or None
        Floats that may lie outside the possible range; None = no check at all.
    file : Path
        Where the counts come from, for messages.

    Raises
    ------
    TableError
        A value outside its possible range, or a category that the method does not know.
    """
    made = Computed(compute(raw.numbers, method))
    _put_agreed(made, raw.numbers)
    _read_categories(made, method)
    if accepted is not None:
        for indicator in method.indicators:
            _check_possible(raw, made.values[indicator.id], indicator, accepted, file)
    return made


def _put_agreed(made: Computed, raw: Numbers) -> None:
    """Replace computed values by agreed ones; keep the computed ones beside them as text."""
    for name, computed in made.values.items():
        agreed = raw.get(agreed_columns.AGREED + name)
        if agreed is not None:
            given = ~np.isnan(agreed)
            made.texts[agreed_columns.MEASURED + name] = _texts(computed, given)
            made.values[name] = np.where(given, agreed, computed)


def _read_categories(made: Computed, method: Method) -> None:
    """Read numbers near a category as that category; keep the numbers beside it as text."""
    for indicator in method.indicators:
        if indicator.categories:
            found = made.values[indicator.id]
            read = np.array([v if np.isnan(v) else indicator.read_category(v) for v in found])
            made.values[indicator.id] = read
            other = ~np.isnan(found) & (read != found)
            if other.any():
                made.texts[WRITTEN + indicator.id] = _texts(found, other)


def _texts(values: Floats, chosen: NDArray[np.bool_]) -> Words:
    """Return chosen values as text, blank where one is not known; None for the others."""
    texts = np.full(len(values), None, dtype=object)
    texts[chosen] = ["" if np.isnan(v) else f"{v:.10g}" for v in values[chosen].tolist()]
    return texts


def _check_possible(
    raw: VillageNumbers, values: Floats, indicator: Indicator, accepted: Accepted, file: Path
) -> None:
    judged = possible_values.judge(indicator, raw.codes, values, accepted)
    column = f"{indicator.id} = {indicator.calculation}"

    def place(n: int) -> Place:
        """Return the cell of a village."""
        village = f"{raw.names[n]} ({raw.codes[n]})"
        return Place(file, int(raw.rows[n]), column, village, f"{values[n]:.10g}")

    if judged.refused:
        places = [place(n) for n in judged.refused]
        low, high = possible_values.ends(indicator)
        entries = [
            edition_entries.of_value(raw.codes[n], str(raw.names[n]), indicator.id)
            for n in judged.refused
        ]
        raise TableError(
            "nilai_di_luar_rentang", places, {"dari": low, "sampai": high}, decisions=entries
        )
    if wrong := judged.without_category:
        places = [place(n) for n in wrong]
        known = possible_values.categories(indicator)
        raise TableError("nilai_bukan_kategori", places, {"ada": known})


def evaluate(what: Formula, columns: Numbers, n_rows: int) -> Floats:
    """Compute a formula for every row of a table.

    Parameters
    ----------
    what : Formula
        From ``fsva.config.methods.formula.parse``.
    columns : mapping of str to array of float, shape (n_rows,)
        The formula's columns; NaN = not known.
    n_rows : int
        For a formula without columns.

    Returns
    -------
    array of float, shape (n_rows,)
        NaN where an operand is missing, a divisor is zero or a number overflows: never 0 or
        infinity instead.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow is a missing value
        return np.array(np.broadcast_to(_part(what.root, columns), n_rows))


def _indicator(raw: Numbers, indicator: Indicator, method: Method) -> Floats:
    if indicator.id in raw:
        return raw[indicator.id]
    values = evaluate(method.formula(indicator), raw, len(next(iter(raw.values()))))
    if indicator.fallback is not None:
        zero = raw[indicator.fallback.column] == 0
        values = np.where(np.isnan(values) & zero, float(indicator.fallback.value), values)
    if indicator.categories:
        return values
    rounded = decimals.round_half_up(values, indicator.digits)
    if indicator.zero is None:
        return rounded
    # A zero says "there is none": an amount is never rounded to it.
    return np.where((rounded == 0) & (values != 0), 10.0**-indicator.digits, rounded)


def _part(part: Part, columns: Numbers) -> Floats:
    """Compute a part of a formula."""
    if isinstance(part, Constant):
        return np.array([part.value])
    if isinstance(part, ColumnName):
        return columns[part.name]
    if isinstance(part, Scaled):
        return _finite(part.factor * _part(part.part, columns))
    return _joined(part, _part(part.left, columns), _part(part.right, columns))


def _joined(operation: formula.Operation, left: Floats, right: Floats) -> Floats:
    if operation.sign == "+":
        return _finite(left + right)
    if operation.sign == "-":
        return _finite(left - right)
    if operation.sign == "*":
        return _finite(left * right)
    divisor = np.where(right == 0, np.nan, right)
    return _finite(left / divisor)


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)
