"""The ledgers of changes to polygons and values before the join, as CSV files.

Owns which of ``lapisan.csv``, ``perbaikan.csv`` and ``pemekaran.csv`` are written.
"""

from __future__ import annotations

from fsva.core.columns import KEMENDAGRI
from fsva.files.tables import cells
from fsva.index import result_columns
from fsva.index.result_columns import Columns
from fsva.villages import repair
from fsva.villages.join import Joined

ROWS, REPAIRS, SUCCESSIONS = "lapisan.csv", "perbaikan.csv", "pemekaran.csv"


def of(joined: Joined) -> dict[str, bytes]:
    """Return the ledgers of an edition by file name; empty ones are left out.

    Parameters
    ----------
    joined : Joined
        Holds what reading, repair and the succession table changed.
    """
    files = {}
    if len(joined.rows):
        files[ROWS] = rows_csv({**joined.rows.columns})
    if len(repair.touched(joined.repairs)):
        codes = result_columns.words(joined.repairs.index)
        files[REPAIRS] = repairs_csv({KEMENDAGRI: codes, **joined.repairs.columns})
    if len(joined.inherited.ledger):
        files[SUCCESSIONS] = successions_csv({**joined.inherited.ledger.columns})
    return files


def rows_csv(ledger: Columns) -> bytes:
    """Return the rows of a layer that were left out or merged, as ``lapisan.csv``.

    Parameters
    ----------
    ledger : Columns
        From ``fsva.sources.layers.village_rows``; rows counted from 1.
    """
    return cells.write(ROWS, ledger)


def repairs_csv(ledger: Columns) -> bytes:
    """Return the ledger of repaired polygons as ``perbaikan.csv``.

    Parameters
    ----------
    ledger : Columns
        ``kode_kemendagri`` and the columns of ``fsva.villages.repair.account``, for all villages,
        so that readers can check the sums.
    """
    return cells.write(REPAIRS, ledger)


def successions_csv(ledger: Columns) -> bytes:
    """Return the ledger of split, merged and recoded villages as ``pemekaran.csv``.

    Parameters
    ----------
    ledger : Columns
        From ``fsva.villages.inherited_values``; texts only.
    """
    return cells.write(SUCCESSIONS, ledger)
