"""What makes villages vulnerable: weak indicators, weighed and put in order.

Owns the weighing of classes (faktor berpengaruh) and what counts as a cause. It speaks only of
villages whose composite is in class 1-3; where there are none, it has nothing to say.
"""

from __future__ import annotations

from math import lcm

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.config.editions.action_plan import CommonCauses
from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI

Points = NDArray[np.int64]


def is_vulnerable(classes: pd.Series[int], method: Method) -> pd.Series[bool]:
    """Tell which villages are in a vulnerable class; a village without a class is not.

    Parameters
    ----------
    classes : Series of Int8, shape (n_villages,)
        NA = no class.
    """
    return classes.isin(method.vulnerable).astype(bool)


def of_villages(
    table: pd.DataFrame, method: Method, also: pd.Series[bool] | None = None
) -> pd.DataFrame:
    """List the causes of every vulnerable village, the heaviest first.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``: a column ``<id>_kelas`` per measure.
    also : Series of bool or None
        Villages to look at whatever their class.

    Returns
    -------
    DataFrame
        ``kode_kemendagri``, ``urutan`` (1 = heaviest; equal scores share the better place),
        ``indikator``, ``kelas`` (1..3), ``skor`` (weight times points: class 1 = 3, 2 = 2, 3 = 1);
        villages as in the table, equal places in the order of the maps. Only villages of
        composite class 1-3 and ``also`` have rows, and only indicators of class 1-3 are causes.
    """
    chosen = is_vulnerable(table[f"{method.composite.id}_kelas"], method)
    own = table[chosen if also is None else chosen | also]
    points = _points(own, method)
    scores = points * _whole_weights(method)
    places = 1 + (scores[:, :, None] < scores[:, None, :]).sum(axis=2)
    village, indicator = np.nonzero(points)
    ids = np.array([i.id for i in method.indicators], dtype=object)
    causes = pd.DataFrame(
        {
            KEMENDAGRI: own.index.to_numpy()[village],
            "urutan": places[village, indicator],
            "indikator": ids[indicator],
            "kelas": method.first_secure - points[village, indicator],
            "skor": scores[village, indicator] / _whole(method),
        }
    )
    order = np.lexsort((indicator, causes["urutan"], village))
    return causes.iloc[order].reset_index(drop=True)


def influence(table: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Weigh the indicators over all villages of composite class 1-3 (faktor berpengaruh).

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.

    Returns
    -------
    DataFrame
        One row per indicator, the heaviest first, equal scores in the order of the maps:
        ``urutan`` (equal scores share the better place), ``indikator``, ``bobot``, ``jumlah``
        (villages where it is in class 1-3), ``poin`` (class 1 = 3, 2 = 2, 3 = 1, summed),
        ``skor`` (weight times points). No row at all if no village is vulnerable.

    Notes
    -----
    Source: Form 3 of the official workbook, "faktor berpengaruh".
    """
    own = table[is_vulnerable(table[f"{method.composite.id}_kelas"], method)]
    return _weigh(own, method) if len(own) else _weigh(own, method).iloc[:0]


def of_classes(table: pd.DataFrame, method: Method, common: CommonCauses) -> pd.DataFrame:
    """List the dominant causes of each composite class 1-3 that has villages.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    common : CommonCauses
        How often an indicator must be weak.

    Returns
    -------
    DataFrame
        ``kelas`` (1..3, only those with villages), ``desa`` (villages of the class), then as
        from ``influence``. An indicator is a dominant cause of a class if it is in class 1-3 in
        more than the office's share of the villages of that class; the heaviest stands first.
    """
    classes = table[f"{method.composite.id}_kelas"]
    found = [
        _of_class(table[(classes == n).fillna(False)], n, method, common) for n in method.vulnerable
    ]
    return pd.concat(found, ignore_index=True)


def _of_class(own: pd.DataFrame, number: int, method: Method, common: CommonCauses) -> pd.DataFrame:
    weighed = _weigh(own, method)
    weighed.insert(0, "kelas", number)
    weighed.insert(1, "desa", len(own))
    return weighed[[common.has(number, count, len(own)) for count in weighed["jumlah"].tolist()]]


def _weigh(own: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Weigh the indicators over some villages."""
    points = _points(own, method)
    scores = points.sum(axis=0) * _whole_weights(method)
    weighed = pd.DataFrame(
        {
            "urutan": 1 + (scores[:, None] < scores[None, :]).sum(axis=1),
            "indikator": [i.id for i in method.indicators],
            "bobot": [float(i.weight) for i in method.indicators],
            "jumlah": (points > 0).sum(axis=0),
            "poin": points.sum(axis=0),
            "skor": scores / _whole(method),
        }
    )
    return weighed.sort_values("urutan", kind="stable", ignore_index=True)


def _points(table: pd.DataFrame, method: Method) -> Points:
    """Return 3, 2, 1 points for class 1, 2, 3 and none for others, villages by indicators."""
    columns = [table[f"{i.id}_kelas"].fillna(method.first_secure) for i in method.indicators]
    classes = np.column_stack([column.to_numpy(dtype=np.int64) for column in columns])
    points: Points = np.maximum(method.first_secure - classes, 0)
    return points


def _whole(method: Method) -> int:
    """Return the number that makes all weights whole, so that equal scores are equal."""
    return lcm(*(i.weight.denominator for i in method.indicators))


def _whole_weights(method: Method) -> Points:
    return np.array([int(i.weight * _whole(method)) for i in method.indicators], dtype=np.int64)
