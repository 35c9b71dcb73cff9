"""The joined table and the ledger of the join as CSV files for programs and for git.

Owns the values of ``kelas.csv`` and ``gabung.csv``, one line per village.
"""

from __future__ import annotations

from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.files.tables import cells
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.sources.plain.arrays import Floats

CLASSES, PAIRS = "kelas.csv", "gabung.csv"
TYPES = "kelas.csvt"  # where QGIS and GDAL look for the types of the columns


def classes_csv(table: JoinedTable, sure: Floats, method: Method) -> bytes:
    """Return the joined table as ``kelas.csv``.

    Parameters
    ----------
    sure : array of float, shape (n_villages,)
        Probability of the composite's class, 0..1; NaN = no class.
    method : Method
        Digits of the values and order of the columns.
    """
    columns = {KEMENDAGRI: table.codes, **table.columns(), "komposit_keyakinan": sure}
    return cells.write(CLASSES, columns, method)


def types_csvt(classes: bytes, method: Method) -> bytes:
    """Return the types of the columns of ``kelas.csv``, so that a GIS reads codes as text.

    Parameters
    ----------
    classes : bytes
        From ``classes_csv``.
    method : Method
        Names of the columns.
    """
    return cells.types(CLASSES, classes, method)


def ledger_csv(ledger: Columns) -> bytes:
    """Return the ledger of the join as ``gabung.csv``.

    Parameters
    ----------
    ledger : Columns
        From ``fsva.villages.join.join``.
    """
    return cells.write(PAIRS, ledger)
