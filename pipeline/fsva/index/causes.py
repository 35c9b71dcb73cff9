"""What makes villages vulnerable: weak indicators, weighed and put in order.

Owns the weights of classes (faktor berpengaruh) and the rule of what counts as a cause. Only
villages whose composite is in a vulnerable class have causes: class 1-3 of six, unless the method
says otherwise; the numbers below are those of that case.
"""

from __future__ import annotations

from math import lcm

import numpy as np
from numpy.typing import NDArray

from fsva.config.editions.action_plan import CommonCauses
from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.index import result_columns
from fsva.index.classes import Priorities
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns

Points = NDArray[np.int64]


def is_vulnerable(classes: Priorities, method: Method) -> NDArray[np.bool_]:
    """Tell which villages are in a vulnerable class; a village without a class is not.

    Parameters
    ----------
    classes : array of int8, shape (n_villages,)
        0 = no class.
    """
    return np.isin(classes, method.vulnerable)


def vulnerable(table: JoinedTable, method: Method) -> JoinedTable:
    """Return the villages whose composite is in a vulnerable class."""
    return table.at(is_vulnerable(table.classes[method.composite.id], method))


def of_villages(
    table: JoinedTable, method: Method, also: NDArray[np.bool_] | None = None
) -> Columns:
    """List the causes of every vulnerable village, the heaviest first.

    Parameters
    ----------
    also : array of bool or None
        Villages to include whatever their class.

    Returns
    -------
    Columns
        ``kode_kemendagri``, ``urutan`` (1 = heaviest; equal scores share the better place),
        ``indikator``, ``kelas`` (1..3), ``skor`` (weight times points: class 1 = 3, 2 = 2, 3 = 1);
        villages as in the table, equal places in the order of the maps. Only villages of
        composite class 1-3 and ``also`` have rows, and only indicators of class 1-3 are causes.
    """
    chosen = is_vulnerable(table.classes[method.composite.id], method)
    chosen_rows = table.at(chosen if also is None else chosen | also)
    points = _points(chosen_rows, method)
    scores = points * _whole_weights(method)
    places = 1 + (scores[:, :, None] < scores[:, None, :]).sum(axis=2)
    village, indicator = np.nonzero(points)
    causes = {
        KEMENDAGRI: result_columns.words(chosen_rows.codes)[village],
        "urutan": places[village, indicator],
        "indikator": result_columns.words(i.id for i in method.indicators)[indicator],
        "kelas": method.first_secure - points[village, indicator],
        "skor": scores[village, indicator] / _whole(method),
    }
    return result_columns.at(causes, np.lexsort((indicator, causes["urutan"], village)))


def influence(table: JoinedTable, method: Method) -> Columns:
    """Weigh the indicators over all villages of composite class 1-3 (faktor berpengaruh).

    Returns
    -------
    Columns
        One row per indicator, the heaviest first, equal scores in the order of the maps:
        ``urutan`` (equal scores share the better place), ``indikator``, ``bobot``, ``jumlah``
        (villages where it is in class 1-3), ``poin`` (class 1 = 3, 2 = 2, 3 = 1, summed),
        ``skor`` (weight times points). No row at all if no village is vulnerable.

    Notes
    -----
    Source: Form 3 of the official workbook, "faktor berpengaruh".
    """
    vulnerable_villages = vulnerable(table, method)
    return result_columns.at(
        _weigh(vulnerable_villages, method),
        np.arange(len(method.indicators) if len(vulnerable_villages) else 0),
    )


def of_classes(table: JoinedTable, method: Method, common: CommonCauses) -> Columns:
    """List the dominant causes of each composite class 1-3 that has villages.

    Parameters
    ----------
    common : CommonCauses
        How often an indicator must be weak.

    Returns
    -------
    Columns
        ``kelas`` (1..3, only those with villages), ``desa`` (villages of the class), then as
        from ``influence``. An indicator is a dominant cause of a class if it is in class 1-3 in
        more than the office's share of the villages of that class; the heaviest stands first.
    """
    classes = table.classes[method.composite.id]
    blocks = [_of_class(table.at(classes == n), n, method, common) for n in method.vulnerable]
    return result_columns.stacked(blocks)


def _of_class(villages: JoinedTable, number: int, method: Method, common: CommonCauses) -> Columns:
    weighed = _weigh(villages, method)
    size = len(method.indicators)
    whole = {"kelas": np.full(size, number), "desa": np.full(size, len(villages)), **weighed}
    counts = weighed["jumlah"].tolist()
    return result_columns.at(
        whole, np.array([common.has(number, count, len(villages)) for count in counts])
    )


def _weigh(villages: JoinedTable, method: Method) -> Columns:
    """Weigh the indicators over some villages."""
    points = _points(villages, method)
    scores = points.sum(axis=0) * _whole_weights(method)
    weighed = {
        "urutan": 1 + (scores[:, None] < scores[None, :]).sum(axis=1),
        "indikator": result_columns.words(i.id for i in method.indicators),
        "bobot": np.array([float(i.weight) for i in method.indicators]),
        "jumlah": (points > 0).sum(axis=0),
        "poin": points.sum(axis=0),
        "skor": scores / _whole(method),
    }
    return result_columns.at(weighed, np.argsort(weighed["urutan"], kind="stable"))


def _points(table: JoinedTable, method: Method) -> Points:
    """Return 3, 2, 1 points for class 1, 2, 3 and none for others, villages by indicators."""
    classes = np.column_stack([table.classes[i.id] for i in method.indicators]).astype(np.int64)
    points: Points = np.where(classes > 0, np.maximum(method.first_secure - classes, 0), 0)
    return points


def _whole(method: Method) -> int:
    """Return the number that makes all weights whole, so that equal scores are equal."""
    return lcm(*(i.weight.denominator for i in method.indicators))


def _whole_weights(method: Method) -> Points:
    return np.array([int(i.weight * _whole(method)) for i in method.indicators], dtype=np.int64)
