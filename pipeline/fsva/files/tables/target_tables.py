"""The tables of targeting as CSV files for Excel.

Owns the values of ``sasaran.csv``, ``sasaran-kecamatan.csv``, ``cakupan.csv``,
``cakupan-desa.csv`` and ``rencana-aksi.csv``. A count of persons that is too small to be published
becomes ``<5``.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, KEYS, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.files.tables import cells
from fsva.files.tables.cells import Values
from fsva.index import targeting
from fsva.index.action_rows import ActionRow, Cause
from fsva.index.result_columns import Columns
from fsva.sources.tables.targets import PERSONS
from fsva.words import action_words

TARGETS, TOTALS = "sasaran.csv", "sasaran-kecamatan.csv"
PROGRAMMES, PAIRS = "cakupan.csv", "cakupan-desa.csv"
ACTIONS = "rencana-aksi.csv"


def targets_csv(laid: Columns, limits: PocketLimits, method: Method) -> bytes:
    """Return class, poverty and their overlay of every village as ``sasaran.csv``.

    Parameters
    ----------
    laid : Columns
        From ``fsva.index.targeting.overlay``.
    limits : PocketLimits
        Gives the smallest count that is shown.
    """
    hidden = targeting.is_hidden(laid[PERSONS], limits)
    persons = [
        f"<{limits.hide_below}" if small else cells.number(value, 0, "")
        for small, value in zip(hidden, laid[PERSONS], strict=True)
    ]
    columns = {
        **_chosen(laid, *KEYS, "kelas", "rentan", "kantong"),
        PERSONS: persons,
        "kantong_dan_rentan": laid["keduanya"],
    }
    return cells.write(TARGETS, columns, method)


def totals_csv(totals: Columns) -> bytes:
    """Return the totals per kecamatan as ``sasaran-kecamatan.csv``.

    Parameters
    ----------
    totals : Columns
        From ``fsva.index.targeting.totals``.
    """
    return cells.write(TOTALS, totals)


def programmes_csv(counts: Columns) -> bytes:
    """Return the numbers of served and unserved villages per programme as ``cakupan.csv``.

    Parameters
    ----------
    counts : Columns
        From ``fsva.index.targeting.programmes``.
    """
    return cells.write(PROGRAMMES, counts)


def pairs_csv(pairs: Columns) -> bytes:
    """Return every pair of target village and programme as ``cakupan-desa.csv``.

    Parameters
    ----------
    pairs : Columns
        From ``fsva.index.targeting.served``.
    """
    return cells.write(
        PAIRS, _chosen(pairs, *KEYS, "kelas", "kantong", "program", "dilayani", "cakupan")
    )


def actions_csv(rows: Sequence[ActionRow], method: Method, texts: Texts) -> bytes:
    """Return the rows of the yearly action plan as ``rencana-aksi.csv``.

    Parameters
    ----------
    rows : sequence of ActionRow
        From ``fsva.index.action_rows.rows``.
    """
    digits = {i.id: i.digits for i in method.indicators}
    causes = [row.cause or Cause("") for row in rows]
    words = [action_words.cells(row, method, texts) for row in rows]
    columns: dict[str, Values] = {
        BPS: [row.code for row in rows],
        PARENT: [row.parent for row in rows],
        UNIT: [row.village for row in rows],
        "kelas": [row.priority for row in rows],
        "nama_kelas": [said.priority_name for said in words],
        "kantong": [row.pocket for row in rows],
        "urutan": [cause.rank for cause in causes],
        "penyebab": [said.cause for said in words],
        "kelas_penyebab": [cause.priority for cause in causes],
        "dasar_kelas": [cause.basis for cause in causes],
        "nilai": [cells.number(c.value, digits.get(c.measure, 0), ",") for c in causes],
        "nilai_sasaran": [cells.number(c.target, digits.get(c.measure, 0), ",") for c in causes],
        "kelas_sasaran": [cause.reached for cause in causes],
        "instansi": [said.agency for said in words],
        "program": [said.programme for said in words],
        "sumber_program": [said.source for said in words],
        "strategi": [said.strategy for said in words],
        "keberhasilan": [said.success for said in words],
        "sumber_dana": [said.funds for said in words],
        "tahun": [said.year for said in words],
    }
    return cells.write(ACTIONS, columns, method)


def _chosen(columns: Columns, *names: str) -> dict[str, Values]:
    return {name: columns[name] for name in names}
