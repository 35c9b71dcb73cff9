"""How sure the classes are, as CSV files that officers open in Excel.

Owns the columns of ``keyakinan.csv``, ``keyakinan-ringkasan.csv`` and ``keyakinan-sobol.csv``:
UTF-8 with BOM, semicolons, decimal comma, CRLF. No cell begins with a minus sign: distances are
written with their direction beside them.
"""

from __future__ import annotations

import pandas as pd

from fsva.config.methods.method import N_CLASSES, Measure, Method
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.texts import Language
from fsva.files.tables import dialects
from fsva.index import margins
from fsva.index.sureness.ranges import Ranges
from fsva.index.sureness.uncertainty import Certainty

VILLAGES, SUMMARY, SOBOL = "keyakinan.csv", "keyakinan-ringkasan.csv", "keyakinan-sobol.csv"
_DIGITS = 3


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
    spread : Ranges
        Why a value may be another.
    sure : Certainty
        Probabilities under these errors.
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
                BPS: table[BPS],
                PARENT: table[PARENT],
                UNIT: table[UNIT],
                "ukuran": measure.id,
                **_of_value(table, measure, language),
                **_of_class(table, sure, measure),
                **_reasons(spread, sure, method, measure),
                **_of_composite(sure, others, method, measure),
            }
        )
        for measure in method.measures()
    ]
    # Measures stay in their order within a village.
    return _csv(pd.concat(parts).sort_values(BPS, kind="stable"), method)


def summary_csv(rows: pd.DataFrame, method: Method) -> bytes:
    """Return the shares of stable villages as ``keyakinan-ringkasan.csv``.

    Parameters
    ----------
    rows : DataFrame
        From ``fsva.runs.certainty_run.summary``.
    method : Method
        Names the baseline.
    """
    found = rows.copy()
    found["persen_stabil"] = _decimals(rows["persen_stabil"], 1)
    found["rata_rata_peluang"] = _decimals(rows["rata_rata_peluang"], _DIGITS)
    return _csv(found, method)


def sobol_csv(rows: pd.DataFrame, method: Method) -> bytes:
    """Return Sobol indices as ``keyakinan-sobol.csv``; negative estimates are noise, written 0.

    Parameters
    ----------
    rows : DataFrame
        From ``fsva.index.sureness.sensitivity.sobol``.
    method : Method
        Names the baseline.
    """
    found = rows.copy()
    for column in ("s1", "s1_galat", "st", "st_galat"):
        found[column] = _decimals(rows[column].clip(lower=0), _DIGITS)
    return _csv(found, method)


def _of_value(
    table: pd.DataFrame, measure: Measure, language: Language
) -> dict[str, list[str] | str]:
    """Value, unit, and the way to the nearest other class."""
    values = table[measure.id]
    near = margins.margins(values, measure)
    rises = near["langkah"] > 0
    return {
        "nilai": _decimals(values, measure.digits),
        "satuan": measure.unit[language],
        "cut_off": _decimals(near["cut_off"], measure.digits),
        "jarak": _decimals(near["jarak"].abs(), measure.digits),
        "langkah": _whole(near["langkah"].abs()),
        "arah": ["" if pd.isna(up) else "naik" if up else "turun" for up in rises],
        "ke_kelas": _whole(near["ke_kelas"]),
    }


def _of_class(table: pd.DataFrame, sure: Certainty, measure: Measure) -> dict[str, list[str]]:
    """Class shown, its probability, and that of all others."""
    shown = table[f"{measure.id}_kelas"]
    other = sure.other_class(shown, measure)
    shares = sure.probabilities[measure.id]
    columns = {
        "kelas": _whole(shown),
        "dasar": list(table[f"{measure.id}_dasar"]),
        "peluang": _decimals(sure.of_class(shown, measure), _DIGITS),
        "kelas_lain": _whole(other["kelas"]),
        "peluang_kelas_lain": _decimals(other["peluang"], _DIGITS),
    }
    for number in range(1, N_CLASSES + 1):
        columns[f"peluang_kelas_{number}"] = _decimals(shares[number], _DIGITS)
    return columns


def _reasons(
    spread: Ranges, sure: Certainty, method: Method, measure: Measure
) -> dict[str, list[str]]:
    """Kind of error of an indicator, or the indicator that the composite's class hangs on."""
    empty = [""] * len(sure.hangs_on)
    if measure is method.composite:
        return {"galat": empty, "bergantung_pada": [name or "" for name in sure.hangs_on]}
    return {"galat": list(spread.reasons[measure.id]), "bergantung_pada": empty}


def _of_composite(
    sure: Certainty, others: pd.DataFrame, method: Method, measure: Measure
) -> dict[str, list[str]]:
    columns = {
        "peringkat_5": _whole(sure.ranks["peringkat_5"]),
        "peringkat_95": _whole(sure.ranks["peringkat_95"]),
        "peluang_bobot": _decimals(others["peluang_bobot"], _DIGITS),
        "kelas_skala_tahun": _whole(others["kelas_skala_tahun"]),
        "kelas_skala_peringkat": _whole(others["kelas_skala_peringkat"]),
    }
    if measure is method.composite:
        return columns
    return {name: [""] * len(cells) for name, cells in columns.items()}


def _decimals(values: pd.Series[float], digits: int) -> list[str]:
    return ["" if pd.isna(v) else f"{v:.{digits}f}".replace(".", ",") for v in values]


def _whole(values: pd.Series[int]) -> list[str]:
    return ["" if pd.isna(v) else str(int(v)) for v in values]


def _csv(frame: pd.DataFrame, method: Method) -> bytes:
    columns = {str(name): [str(cell) for cell in frame[name]] for name in frame.columns}
    return dialects.for_offices(columns | dialects.baseline_column(method, len(frame)))
