"""The certainty of the classes as CSV files for Excel.

Owns the values of ``keyakinan.csv``, ``keyakinan-ringkasan.csv`` and ``keyakinan-sobol.csv``.
Distances have no minus sign: their direction stands in a column of its own.
"""

from __future__ import annotations

import numpy as np

from fsva.config.methods.method import Measure, Method
from fsva.core.columns import BPS
from fsva.core.texts import Language
from fsva.files.tables import cells
from fsva.index import cut_off_distances, result_columns
from fsva.index.joined_table import JoinedTable, known
from fsva.index.result_columns import Columns
from fsva.index.sureness.error_intervals import Ranges
from fsva.index.sureness.uncertainty import Certainty
from fsva.sources.plain.arrays import Words

VILLAGES, SUMMARY, SOBOL = "keyakinan.csv", "keyakinan-ringkasan.csv", "keyakinan-sobol.csv"


def villages_csv(
    table: JoinedTable,
    spread: Ranges,
    sure: Certainty,
    others: Columns,
    method: Method,
    language: Language,
) -> bytes:
    """Return one row per village and measure as ``keyakinan.csv``.

    Parameters
    ----------
    others : Columns
        From ``fsva.index.sureness.sensitivity.alternatives``.
    method : Method
        Gives the measures and their order.
    language : {"id", "en"}
        Language of the units.
    """
    parts: list[Columns] = [
        {
            **table.keys,
            "ukuran": _all(table, measure.id),
            **_of_value(table, measure, language),
            **_of_class(table, sure, measure),
            **_reasons(table, spread, sure, method, measure),
            **_of_composite(table, sure, others, method, measure),
        }
        for measure in method.measures()
    ]
    stacked = result_columns.stacked(parts)
    # Keep the order of the measures within a village.
    return cells.write(
        VILLAGES, result_columns.at(stacked, np.argsort(stacked[BPS], kind="stable")), method
    )


def summary_csv(counted: Columns, method: Method) -> bytes:
    """Return the shares of stable villages as ``keyakinan-ringkasan.csv``.

    Parameters
    ----------
    counted : Columns
        From ``fsva.runs.certainty_run.summary``.
    """
    return cells.write(SUMMARY, counted, method)


def sobol_csv(indices: Columns, method: Method) -> bytes:
    """Return Sobol indices as ``keyakinan-sobol.csv``; negative estimates are noise and become 0.

    Parameters
    ----------
    indices : Columns
        From ``fsva.index.sureness.sensitivity.sobol``.
    """
    shares = ("s1", "s1_galat", "st", "st_galat")
    positive = {column: np.maximum(indices[column], 0) for column in shares}
    return cells.write(SOBOL, {**indices, **positive}, method)


def _all(table: JoinedTable, word: str | None) -> Words:
    """Repeat a word, or None, for all villages."""
    return result_columns.words([word] * len(table))


def _of_value(table: JoinedTable, measure: Measure, language: Language) -> Columns:
    """Return value, unit, and the distance to the nearest other class."""
    values = table.values[measure.id]
    near = cut_off_distances.margins(values, measure)
    return {
        "nilai": values,
        "satuan": _all(table, measure.unit[language]),
        "cut_off": near.cut_offs,
        "jarak": np.abs(near.distances),
        "langkah": known(np.abs(near.steps)),
        "arah": result_columns.words(
            {1: "up", -1: "down", 0: None}[n] for n in np.sign(near.steps).tolist()
        ),
        "ke_kelas": known(near.classes),
    }


def _of_class(table: JoinedTable, sure: Certainty, measure: Measure) -> Columns:
    """Return the class shown, its probability, and those of all other classes."""
    shown = table.classes[measure.id]
    other, share = sure.other_class(shown, measure)
    each = enumerate(sure.probabilities[measure.id].T, start=1)
    return {
        "kelas": known(shown),
        "dasar": table.basis[measure.id],
        "peluang": sure.of_class(shown, measure),
        "kelas_lain": known(other),
        "peluang_kelas_lain": share,
        **{f"peluang_kelas_{number}": shares for number, shares in each},
    }


def _reasons(
    table: JoinedTable, spread: Ranges, sure: Certainty, method: Method, measure: Measure
) -> Columns:
    """Return an indicator's kind of error, or the indicator that decides the composite's class."""
    nothing = _all(table, None)
    if measure is method.composite:
        return {"galat": nothing, "bergantung_pada": sure.hangs_on}
    return {"galat": spread.reasons[measure.id], "bergantung_pada": nothing}


def _of_composite(
    table: JoinedTable, sure: Certainty, others: Columns, method: Method, measure: Measure
) -> Columns:
    columns: Columns = {
        "peringkat_5": known(sure.ranks["peringkat_5"]),
        "peringkat_95": known(sure.ranks["peringkat_95"]),
        "peluang_bobot": others["peluang_bobot"],
        "kelas_skala_tahun": known(others["kelas_skala_tahun"]),
        "kelas_skala_peringkat": known(others["kelas_skala_peringkat"]),
    }
    return columns if measure is method.composite else dict.fromkeys(columns, _all(table, None))
