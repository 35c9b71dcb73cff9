"""The one joined table: every value, class, basis, score and rank of an edition.

Owns which of value, published class and override decides a class. Every number that is shown
to a person comes from the table that is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from fsva.config.editions.sections import Override
from fsva.config.methods.method import Measure, Method
from fsva.core.columns import BPS, KEYS
from fsva.index import classes, composite
from fsva.villages.sourced_columns import ORIGIN

Basis = Literal["nilai", "nol", "terbit", "timpa", "kosong"]


def tabulate(
    villages: pd.DataFrame,
    published: pd.DataFrame | None,
    overrides: Sequence[Override],
    method: Method,
) -> pd.DataFrame:
    """Make the table of an edition from its joined values.

    Parameters
    ----------
    villages : DataFrame
        Indexed by Kemendagri code: ``kode_bps``, ``kecamatan``, ``desa``, Float64 per indicator,
        perhaps ``<id>_asal`` (``fsva.villages.sourced_columns``).
    published : DataFrame or None
        Indexed by BPS code: ``<id>_kelas``, ``komposit``, ``peringkat`` as published; used only
        where the value is not known.
    overrides : sequence of Override
        Classes set by hand.

    Returns
    -------
    DataFrame, shape (n_villages, 3 + 3 x n_indicators + 4)
        Indexed by Kemendagri code: the keys, then per indicator ``<id>``, ``<id>_kelas``,
        ``<id>_dasar``, then ``komposit``, ``komposit_kelas``, ``komposit_dasar``, ``peringkat``.
        ``dasar`` tells what decided the class: ``nilai`` (the value), ``nol`` (a zero that says
        "there is none"), ``terbit`` (the published
        class or score), ``timpa`` (an override), ``kosong`` (nothing: no data). ``<id>_asal``
        is handed on.
    """
    known = _published_for(villages, published, method)
    table = villages[list(KEYS)].copy()
    for indicator in method.indicators:
        table[indicator.id] = villages[indicator.id]
        if (origin := f"{indicator.id}{ORIGIN}") in villages:
            table[origin] = villages[origin]
        _decide(table, indicator, known, classes.classify(table[indicator.id], indicator))
        _override(table, indicator, overrides)
    _add_composite(table, known, method)
    return table


def _published_for(
    villages: pd.DataFrame, published: pd.DataFrame | None, method: Method
) -> pd.DataFrame:
    """Return the published columns in the order of the villages, NA where there is none."""
    if published is not None:
        return published.reindex(villages[BPS]).set_axis(villages.index)
    types = {f"{m.id}_kelas": "Int8" for m in method.measures()}
    types |= {method.composite.id: "Float64", "peringkat": "Int32"}
    return pd.DataFrame(index=villages.index, columns=list(types)).astype(types)


def _decide(
    table: pd.DataFrame, measure: Measure, published: pd.DataFrame, computed: pd.Series[int]
) -> None:
    """Set class and basis of a measure: from the value, else as published, else none."""
    printed = published[f"{measure.id}_kelas"]
    basis = pd.Series("nilai", index=table.index)
    basis.loc[classes.means_none(table[measure.id], measure)] = "nol"
    basis.loc[computed.isna() & printed.notna()] = "terbit"
    basis.loc[computed.isna() & printed.isna()] = "kosong"
    table[f"{measure.id}_kelas"] = computed.fillna(printed)
    table[f"{measure.id}_dasar"] = basis


def _override(table: pd.DataFrame, measure: Measure, overrides: Sequence[Override]) -> None:
    chosen = {o.code: o.priority for o in overrides if o.indicator == measure.id}
    if chosen:
        given = table[BPS].map(chosen)
        rows = given.notna()
        table.loc[rows, f"{measure.id}_kelas"] = given[rows].astype("Int8")
        table.loc[rows, f"{measure.id}_dasar"] = "timpa"


def _add_composite(table: pd.DataFrame, published: pd.DataFrame, method: Method) -> None:
    """Add the composite: computed where all indicators are known, else as published."""
    measure = method.composite
    computed = composite.index(table, method)
    score = computed.fillna(published[measure.id])
    table[measure.id] = score
    _decide(table, measure, published, classes.classify(score, measure))
    from_print = computed.isna() & score.notna()
    table.loc[from_print, f"{measure.id}_dasar"] = "terbit"
    table["peringkat"] = composite.rank(score, published["peringkat"])


def count_classes(table: pd.DataFrame, measure: Measure, n_classes: int) -> dict[int, int]:
    """Count the villages in each priority class of a measure.

    Parameters
    ----------
    table : DataFrame
        As made by ``tabulate``.
    n_classes : int
        Of the method.

    Returns
    -------
    dict of int to int
        Class to number of villages, zeros included; key 0 counts villages without a class.
    """
    numbers = table[f"{measure.id}_kelas"].fillna(0).to_numpy(dtype=np.int64)
    return dict(enumerate(np.bincount(numbers, minlength=n_classes + 1).tolist()))
