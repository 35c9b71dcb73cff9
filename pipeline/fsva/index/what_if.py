"""What if a village had other values: classes, scores and ranks of all, as the table would give.

Owns the replacement of single values in a joined table. No file and no other value is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fsva.config.methods.method import Method
from fsva.index import classes, composite
from fsva.index.joined_table import JoinedTable

Changes = Mapping[tuple[int, str], float]  # position of a village and indicator, to a value


def changed(table: JoinedTable, method: Method, changes: Changes) -> JoinedTable:
    """Return the joined table as it would be with other values.

    Parameters
    ----------
    changes : mapping of (int, str) to float
        Values with the digits of their indicators.

    Returns
    -------
    JoinedTable
        A class set by hand stays; a published score or rank gives way where all values are known.
    """
    values = {name: column.copy() for name, column in table.values.items()}
    found = {name: column.copy() for name, column in table.classes.items()}
    basis = {name: column.copy() for name, column in table.basis.items()}
    for (at, name), value in changes.items():
        values[name][at] = value
    indicators = {i.id: i for i in method.indicators}
    for at, name in changes:
        if basis[name][at] != "timpa":
            one = values[name][at : at + 1]
            found[name][at] = classes.classify(one, indicators[name])[0]
            basis[name][at] = "nol" if classes.means_none(one, indicators[name])[0] else "nilai"
    whole = method.composite
    computed = composite.index(values, method)
    for at in {at for at, _ in changes}:
        if not np.isnan(computed[at]):
            values[whole.id][at], basis[whole.id][at] = computed[at], "nilai"
            found[whole.id][at] = classes.classify(computed[at : at + 1], whole)[0]
    score = values[whole.id]
    fixed = np.where(np.isnan(score), table.ranks, 0).astype(np.int32)
    ranks = composite.rank(score, fixed)
    return replace(table, values=values, classes=found, basis=basis, ranks=ranks)
