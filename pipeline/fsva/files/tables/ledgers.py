"""The ledgers of what was done to polygons and values before the join, as CSV files.

Owns ``lapisan.csv``, ``perbaikan.csv`` and ``pemekaran.csv``: UTF-8, comma, decimal point, fixed
order and digits, line ends as on Unix.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import pandas as pd

from fsva.core.columns import KEMENDAGRI
from fsva.villages import repair
from fsva.villages.join import Joined

ROWS, REPAIRS, SUCCESSIONS = "lapisan.csv", "perbaikan.csv", "pemekaran.csv"
_M2_DIGITS, _SHARE_DIGITS = 1, 6


def of(joined: Joined) -> dict[str, bytes]:
    """Return the ledgers of an edition by file name; one that would say nothing is left out.

    Parameters
    ----------
    joined : Joined
        With what reading, mending and the succession table did.
    """
    files = {}
    if not joined.rows.empty:
        files[ROWS] = rows_csv(joined.rows)
    if not repair.touched(joined.repairs).empty:
        files[REPAIRS] = repairs_csv(joined.repairs)
    if not joined.inherited.ledger.empty:
        files[SUCCESSIONS] = successions_csv(joined.inherited.ledger)
    return files


def rows_csv(ledger: pd.DataFrame) -> bytes:
    """Return the rows of a layer that were left out or united as ``lapisan.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.sources.layers.village_rows``; rows counted from 1.
    """
    texts = ledger.fillna("").astype(str)
    return _csv(list(ledger.columns), texts.itertuples(index=False, name=None))


def repairs_csv(ledger: pd.DataFrame) -> bytes:
    """Return the ledger of mended polygons as ``perbaikan.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.repair.repair``; all villages, so that the sums can be checked.
    """
    columns = [_column(ledger[name]) for name in ledger.columns]
    return _csv([KEMENDAGRI, *ledger.columns], zip(ledger.index, *columns, strict=True))


def successions_csv(ledger: pd.DataFrame) -> bytes:
    """Return the ledger of split, merged and recoded villages as ``pemekaran.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.inheritance``; texts only.
    """
    return _csv(list(ledger.columns), ledger.itertuples(index=False, name=None))


def _column(values: pd.Series) -> list[str]:
    if not pd.api.types.is_float_dtype(values):
        return [str(value) for value in values]
    digits = _M2_DIGITS if str(values.name).endswith("_m2") else _SHARE_DIGITS
    # Adding 0.0 turns -0.0, which rounding may leave, into 0.0.
    return [f"{round(float(value), digits) + 0.0:.{digits}f}" for value in values]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return target.getvalue().encode("utf-8")
