"""The differences of the tables of values of two editions, cell by cell.

Owns the matching of rows and columns of both tables. A table of counts beside one of values is
compared by the values computed from its counts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from pandas.api.typing import NAType

from fsva.comparison.changes import measure_definitions
from fsva.comparison.changes.mixed_edition import computed
from fsva.comparison.changes.pairing import Pairing
from fsva.comparison.values.result import Edit
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.core import decimals
from fsva.core.columns import PARENT, UNIT

_KEYS = (PARENT, UNIT)
# Beginnings of columns that say how another column was read.
_BESIDE = ("terukur_", "tertulis_")
_FORMS = {True: "mentah", False: "nilai"}
Number = float | NAType | None


def edits(a: SideData, b: SideData, pairing: Pairing) -> Iterator[Edit]:
    """Yield cells that differ between a village's row and its counterpart's, and rows without.

    Parameters
    ----------
    a, b : SideData
        Two editions, of which either may have counts or values.
    pairing : Pairing
        The counterparts.
    """
    one, other = inputs_of(a), inputs_of(b)
    rows = _rows(one, other, pairing)
    names = {str(code): str(name) for code, name in b.table[UNIT].items()}
    if one.is_raw != other.is_raw:
        yield Edit("data", "bentuk", None, None, _FORMS[one.is_raw], _FORMS[other.is_raw])
    left, right, digits = _tables(one, other)
    yield from _of_columns(left, right)
    left, right = left.loc[[r[0] for r in rows]], right.loc[[r[1] for r in rows]]
    for column in [c for c in left if c in right]:
        old, new = left[column].tolist(), right[column].tolist()
        for (_, _, code), x, y in zip(rows, old, new, strict=True):
            if not equal(x, y, digits.get(str(column))):
                yield Edit("data", str(column), code, names[code], cell(x), cell(y))
    yield from _unpaired(one, other, rows)


def inputs_of(held: SideData) -> Inputs:
    """Return the inputs of a side.

    Raises
    ------
    ValueError
        It is an output folder: they are not known.
    """
    if held.inputs is None:
        raise ValueError(held.side.source)
    return held.inputs


def _tables(a: Inputs, b: Inputs) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Return the columns to compare of both tables, and the digits of those that were computed."""
    if a.is_raw == b.is_raw:
        strange = (
            measure_definitions.other_meaning(a.rules, b.rules) if not a.is_raw else frozenset()
        )
        return _columns(a.values, strange), _columns(b.values, strange), {}
    common = {m.id: m.digits for m in measure_definitions.common(a.rules, b.rules)}
    left, right = (
        (computed(inputs.values, inputs.rules) if inputs.is_raw else inputs.values)
        for inputs in (a, b)
    )
    shared = [name for name in common if name in left and name in right]
    return left[shared], right[shared], common


def _columns(table: pd.DataFrame, strange: frozenset[str]) -> pd.DataFrame:
    """Return the columns of values, without those that mean another quantity on the other side."""
    return table[
        [c for c in table if c not in (*_KEYS, *strange) and not str(c).startswith(_BESIDE)]
    ]


def _of_columns(a: pd.DataFrame, b: pd.DataFrame) -> Iterator[Edit]:
    """Yield the columns that only one table has."""
    for column in [c for c in a if c not in b]:
        yield Edit("data", "kolom", None, None, str(column), None)
    for column in [c for c in b if c not in a]:
        yield Edit("data", "kolom", None, None, None, str(column))


def _rows(a: Inputs, b: Inputs, pairing: Pairing) -> list[tuple[str, str, str]]:
    """Return the rows of both tables that are one village's: BPS codes and the code in B.

    A row is the same one where its BPS code stays; else where its village is the counterpart.
    """
    rows, used = [], set()
    new_of = {bps: code for code, bps in b.bps_of.items()}
    for bps in b.values.index.intersection(a.values.index):
        if bps in new_of:
            rows.append((bps, bps, new_of[bps]))
            used.add(bps)
    for new, old in pairing.partner.items():
        if old is None:
            continue
        pair = a.bps_of[old], b.bps_of[new]
        fresh = pair[0] not in b.values.index and pair[1] not in used
        if fresh and pair[0] in a.values.index and pair[1] in b.values.index:
            rows.append((*pair, new))
            used.add(pair[1])
    return rows


def _unpaired(a: Inputs, b: Inputs, rows: list[tuple[str, str, str]]) -> Iterator[Edit]:
    """Yield the rows that only one table has."""
    of_a, of_b = {row[0] for row in rows}, {row[1] for row in rows}
    for bps, name in a.values[UNIT].items():
        if bps not in of_a:
            yield Edit("data", "baris", str(bps), str(name), str(bps), None)
    for bps, name in b.values[UNIT].items():
        if bps not in of_b:
            yield Edit("data", "baris", str(bps), str(name), None, str(bps))


def equal(x: Number, y: Number, digits: int | None = None) -> bool:
    """Tell whether two cells are equal; two empty cells are.

    Parameters
    ----------
    digits : int or None
        Decimals that count; None = all.

    Examples
    --------
    >>> equal(0.0376, 0.037604), equal(0.0376, 0.037604, 4), equal(None, 0.0)
    (False, True, False)
    """
    if pd.isna(x) or pd.isna(y):
        return bool(pd.isna(x) and pd.isna(y))
    if digits is None:
        return bool(x == y)
    return len(set(decimals.units_of_floats(np.array([x, y], dtype=float), digits).tolist())) == 1


def cell(value: Number) -> str | None:
    """Return a cell as text; None if it is empty."""
    return None if pd.isna(value) else f"{value:.10g}"
