"""The joined table and the ledger of the join as CSV files for programs and for git.

Owns ``kelas.csv`` and ``gabung.csv``: UTF-8, comma, decimal point, fixed order and digits, one
line per village, line ends as on Unix.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from fsva.config.methods.method import Measure, Method
from fsva.core.columns import KEMENDAGRI, KEYS
from fsva.files.tables import dialects
from fsva.villages.sourced_columns import ORIGIN


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
    columns: dict[str, Sequence[str]] = {KEMENDAGRI: list(table.index)}
    columns |= {key: list(table[key]) for key in KEYS}
    for measure in method.measures():
        columns[measure.id] = _numbers(table[measure.id], measure)
        columns[f"{measure.id}_kelas"] = _whole(table[f"{measure.id}_kelas"])
        columns[f"{measure.id}_dasar"] = list(table[f"{measure.id}_dasar"])
        if (origin := f"{measure.id}{ORIGIN}") in table:
            columns[origin] = list(table[origin])
    columns["peringkat"] = _whole(table["peringkat"])
    columns["komposit_keyakinan"] = _shares(table["komposit_keyakinan"])
    return dialects.for_programs(columns | dialects.baseline_column(method, len(table)))


def ledger_csv(ledger: pd.DataFrame) -> bytes:
    """Return the ledger of the join as ``gabung.csv``.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.join.join``.
    """
    return dialects.for_programs({str(name): list(ledger[name]) for name in ledger.columns})


def _numbers(values: pd.Series[float], measure: Measure) -> list[str]:
    return ["" if pd.isna(v) else f"{v:.{measure.digits}f}" for v in values]


def _shares(values: pd.Series[float]) -> list[str]:
    return ["" if pd.isna(v) else f"{v:.2f}" for v in values]


def _whole(values: pd.Series[int]) -> list[str]:
    return ["" if pd.isna(v) else str(int(v)) for v in values]
