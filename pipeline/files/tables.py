"""The joined table and the ledger of the join as CSV files for programs and for git.

Owns ``kelas.csv`` and ``gabung.csv``: UTF-8, comma, decimal point, fixed order and digits, one
line per village, line ends as on Unix.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import pandas as pd

from pipeline.atlas import KEYS
from pipeline.method import Measure, Method


def classes_csv(table: pd.DataFrame, method: Method) -> bytes:
    """Return the one joined table as ``kelas.csv``.

    Parameters
    ----------
    table : DataFrame
        From ``pipeline.atlas.tabulate``, with ``komposit_keyakinan``: the probability of the
        composite's class, NA where it has none.
    method : Method
        Digits of the values and order of the columns.
    """
    columns = [list(table.index), *(list(table[key]) for key in KEYS)]
    header = ["kode_kemendagri", *KEYS]
    for measure in method.measures():
        header += [measure.id, f"{measure.id}_kelas", f"{measure.id}_dasar"]
        columns += [
            _numbers(table[measure.id], measure),
            _whole(table[f"{measure.id}_kelas"]),
            list(table[f"{measure.id}_dasar"]),
        ]
    baseline = method.baseline["id"] if method.baseline else ""
    columns += [
        _whole(table["peringkat"]),
        _shares(table["komposit_keyakinan"]),
        [baseline] * len(table),
    ]
    return _csv(
        [*header, "peringkat", "komposit_keyakinan", "tahun_dasar"], zip(*columns, strict=True)
    )


def ledger_csv(ledger: pd.DataFrame) -> bytes:
    """Return the ledger of the join as ``gabung.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``pipeline.join.join``.
    """
    return _csv(list(ledger.columns), ledger.itertuples(index=False, name=None))


def _numbers(values: pd.Series[float], measure: Measure) -> list[str]:
    return ["" if pd.isna(v) else f"{v:.{measure.digits}f}" for v in values]


def _shares(values: pd.Series[float]) -> list[str]:
    return ["" if pd.isna(v) else f"{v:.2f}" for v in values]


def _whole(values: pd.Series[int]) -> list[str]:
    return ["" if pd.isna(v) else str(int(v)) for v in values]


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return target.getvalue().encode("utf-8")
