"""The tables of targeting as CSV files that officers open in Excel.

Owns the columns of ``sasaran.csv``, ``sasaran-kecamatan.csv``, ``cakupan.csv``,
``cakupan-desa.csv`` and ``rencana-aksi.csv``: UTF-8 with BOM, semicolons, CRLF. Counts of persons
that are too small to be shown are written as ``<5``, never as their number.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.files.tables import dialects
from fsva.index import targeting

TARGETS, TOTALS = "sasaran.csv", "sasaran-kecamatan.csv"
PROGRAMMES, PAIRS = "cakupan.csv", "cakupan-desa.csv"
ACTIONS = "rencana-aksi.csv"


def targets_csv(laid: pd.DataFrame, limits: PocketLimits, method: Method) -> bytes:
    """Return class, poverty and their overlay of every village as ``sasaran.csv``.

    Parameters
    ----------
    laid : DataFrame
        From ``fsva.index.targeting.overlay``.
    limits : PocketLimits
        Which counts are not shown.
    method : Method
        Names the baseline.
    """
    hidden = targeting.is_hidden(laid[targeting.PERSONS], limits)
    persons = [
        f"<{limits.hide_below}" if small else text
        for small, text in zip(hidden, _whole(laid[targeting.PERSONS]), strict=True)
    ]
    columns: dict[str, Sequence[str]] = {
        **_keys(laid),
        "kelas": _whole(laid["kelas"]),
        "rentan": _yes_no(laid["rentan"]),
        targeting.PERSONS: persons,
        "kantong": _yes_no(laid["kantong"]),
        "kantong_dan_rentan": _yes_no(laid["keduanya"]),
    }
    return dialects.for_offices(columns | dialects.baseline_column(method, len(laid)))


def totals_csv(totals: pd.DataFrame) -> bytes:
    """Return the totals per kecamatan as ``sasaran-kecamatan.csv``.

    Parameters
    ----------
    totals : DataFrame
        From ``fsva.index.targeting.totals``.
    """
    numbers = {str(column): _whole(totals[column]) for column in totals.columns}
    return dialects.for_offices({PARENT: list(totals.index), **numbers})


def programmes_csv(counts: pd.DataFrame) -> bytes:
    """Return served and not served villages per programme as ``cakupan.csv``.

    Parameters
    ----------
    counts : DataFrame
        From ``fsva.index.targeting.programmes``.
    """
    numbers = {str(column): _whole(counts[column]) for column in counts.columns}
    return dialects.for_offices({"program": list(counts.index), **numbers})


def pairs_csv(pairs: pd.DataFrame) -> bytes:
    """Return every target village and programme as ``cakupan-desa.csv``.

    Parameters
    ----------
    pairs : DataFrame
        From ``fsva.index.targeting.served``.
    """
    columns: dict[str, Sequence[str]] = {
        **_keys(pairs),
        "kelas": _whole(pairs["kelas"]),
        "kantong": _yes_no(pairs["kantong"]),
        "program": list(pairs["program"]),
        "dilayani": _yes_no(pairs["dilayani"]),
    }
    return dialects.for_offices(columns)


def actions_csv(rows: pd.DataFrame, method: Method) -> bytes:
    """Return the rows of the yearly action plan as ``rencana-aksi.csv``.

    Parameters
    ----------
    rows : DataFrame
        From ``fsva.index.targeting.actions``.
    method : Method
        Names the baseline.
    """
    columns: dict[str, Sequence[str]] = {
        **_keys(rows),
        "kelas": _whole(rows["kelas"]),
        "nama_kelas": _words(rows["nama_kelas"]),
        "kantong": _yes_no(rows["kantong"]),
        "urutan": _whole(rows["urutan"]),
        "penyebab": _words(rows["penyebab"]),
        "kelas_penyebab": _whole(rows["kelas_penyebab"]),
        "instansi": _words(rows["instansi"]),
        "program": _words(rows["program"]),
    }
    return dialects.for_offices(columns | dialects.baseline_column(method, len(rows)))


def _keys(frame: pd.DataFrame) -> dict[str, Sequence[str]]:
    return {key: list(frame[key]) for key in (BPS, PARENT, UNIT)}


def _whole(values: pd.Series[int]) -> list[str]:
    return [str(v) if isinstance(v, int) else "" for v in values.astype("Int64").tolist()]


def _yes_no(values: pd.Series[bool]) -> list[str]:
    words = {True: "ya", False: "tidak"}
    return [words.get(v, "") for v in values.astype("boolean").tolist()]


def _words(values: pd.Series[str]) -> list[str]:
    return [v if isinstance(v, str) else "" for v in values.tolist()]
