"""How sure the classes are, as CSV files that officers open in Excel.

Owns which values stand in ``keyakinan.csv``, ``keyakinan-ringkasan.csv`` and
``keyakinan-sobol.csv``. No cell begins with a minus sign: distances are written with their
direction beside them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from fsva.config.methods.method import Measure, Method
from fsva.core.columns import BPS, KEYS
from fsva.core.texts import Language
from fsva.files.tables import cells
from fsva.index import margins
from fsva.index.sureness.ranges import Ranges
from fsva.index.sureness.uncertainty import Certainty

VILLAGES, SUMMARY, SOBOL = "keyakinan.csv", "keyakinan-ringkasan.csv", "keyakinan-sobol.csv"


def villages_csv(
    table: pd.DataFrame,
    spread: Ranges,
    sure: Certainty,
    others: pd.DataFrame,
    method: Method,
    language: Language,
) -> bytes:
    """Return one row per village and measure as ``keyakinan.csv``.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    others : DataFrame
        From ``fsva.index.sureness.sensitivity.alternatives``.
    method : Method
        Measures and their order.
    language : {"id", "en"}
        Of the units.
    """
    parts = [
        pd.DataFrame(
            {
                **{key: table[key] for key in KEYS},
                "ukuran": measure.id,
                **_of_value(table, measure, language),
                **_of_class(table, sure, measure),
                **_reasons(spread, sure, method, measure),
                **_of_composite(sure, others, method, measure),
            }
        ).astype(object)
        for measure in method.measures()
    ]
    # Measures stay in their order within a village.
    rows = pd.concat(parts).sort_values(BPS, kind="stable")
    return cells.write(VILLAGES, cells.of(rows), method)


def summary_csv(rows: pd.DataFrame, method: Method) -> bytes:
    """Return the shares of stable villages as ``keyakinan-ringkasan.csv``.

    Parameters
    ----------
    rows : DataFrame
        From ``fsva.runs.certainty_run.summary``.
    method : Method
        Names the baseline.
    """
    return cells.write(SUMMARY, cells.of(rows), method)


def sobol_csv(rows: pd.DataFrame, method: Method) -> bytes:
    """Return Sobol indices as ``keyakinan-sobol.csv``; negative estimates are noise, written 0.

    Parameters
    ----------
    rows : DataFrame
        From ``fsva.index.sureness.sensitivity.sobol``.
    method : Method
        Names the baseline.
    """
    shares = ("s1", "s1_galat", "st", "st_galat")
    positive = {column: rows[column].clip(lower=0) for column in shares}
    return cells.write(SOBOL, cells.of(rows.assign(**positive)), method)


def _of_value(table: pd.DataFrame, measure: Measure, language: Language) -> dict[str, Any]:
    """Value, unit, and the way to the nearest other class."""
    near = margins.margins(table[measure.id], measure)
    rises = near["langkah"] > 0
    return {
        "nilai": table[measure.id],
        "satuan": measure.unit[language],
        "cut_off": near["cut_off"],
        "jarak": near["jarak"].abs(),
        "langkah": near["langkah"].abs(),
        "arah": [None if pd.isna(up) else "up" if up else "down" for up in rises],
        "ke_kelas": near["ke_kelas"],
    }


def _of_class(table: pd.DataFrame, sure: Certainty, measure: Measure) -> dict[str, Any]:
    """Class shown, its probability, and that of all others."""
    shown = table[f"{measure.id}_kelas"]
    other = sure.other_class(shown, measure)
    shares = sure.probabilities[measure.id]
    return {
        "kelas": shown,
        "dasar": table[f"{measure.id}_dasar"],
        "peluang": sure.of_class(shown, measure),
        "kelas_lain": other["kelas"],
        "peluang_kelas_lain": other["peluang"],
        **{f"peluang_kelas_{number}": shares[number] for number in shares.columns},
    }


def _reasons(spread: Ranges, sure: Certainty, method: Method, measure: Measure) -> dict[str, Any]:
    """Kind of error of an indicator, or the indicator that the composite's class hangs on."""
    if measure is method.composite:
        return {"galat": None, "bergantung_pada": [name or None for name in sure.hangs_on]}
    return {"galat": spread.reasons[measure.id], "bergantung_pada": None}


def _of_composite(
    sure: Certainty, others: pd.DataFrame, method: Method, measure: Measure
) -> dict[str, Any]:
    columns = {
        "peringkat_5": sure.ranks["peringkat_5"],
        "peringkat_95": sure.ranks["peringkat_95"],
        "peluang_bobot": others["peluang_bobot"],
        "kelas_skala_tahun": others["kelas_skala_tahun"],
        "kelas_skala_peringkat": others["kelas_skala_peringkat"],
    }
    return columns if measure is method.composite else dict.fromkeys(columns)
