"""The joined table and the ledger of the join as CSV files for programs and for git.

Owns which values stand in ``kelas.csv`` and ``gabung.csv``, one line per village.
"""

from __future__ import annotations

import pandas as pd

from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.files.tables import cells

CLASSES, PAIRS = "kelas.csv", "gabung.csv"


def classes_csv(table: pd.DataFrame, method: Method) -> bytes:
    """Return the one joined table as ``kelas.csv``.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``, with ``komposit_keyakinan``: the
        probability of the
        composite's class, NA where it has none.
    method : Method
        Digits of the values and order of the columns.
    """
    return cells.write(CLASSES, {KEMENDAGRI: table.index, **cells.of(table)}, method)


def ledger_csv(ledger: pd.DataFrame) -> bytes:
    """Return the ledger of the join as ``gabung.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.join.join``.
    """
    return cells.write(PAIRS, cells.of(ledger))
