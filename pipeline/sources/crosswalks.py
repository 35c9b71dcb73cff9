"""The table of matching codes (crosswalk), with the pairs that wait for a decision.

Owns its columns and the status of a row: confirmed (``ya``, or no status at all), proposed
(``usulan``) or refused (``tidak``). Only confirmed rows are ever joined by. Who proposes is
``pipeline.harmonise``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipeline.errors import CodeError, JoinError, SourceError, TableError
from pipeline.sources import coded, sheet
from pipeline.sources.sheet import Row, Sheet

COLUMNS = ("kode_bps", "kode_kemendagri", "nama_bps", "nama_kemendagri", "kecamatan")
STATUS, SCORE, REASON = "status", "skor", "alasan"
CONFIRMED, PROPOSED, REFUSED = "ya", "usulan", "tidak"


def read(file: Path) -> Sheet:
    """Read all rows of a table of matching codes.

    Parameters
    ----------
    file : Path
        Columns ``COLUMNS``, and ``status`` where some rows are not confirmed.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender; damaged codes with the likely one.
    """
    table = sheet.read(file, COLUMNS)
    known = (CONFIRMED, PROPOSED, REFUSED)
    wrong = [row for row in table if status(row) not in known]
    if wrong:
        places = [table.place(row, STATUS, village(row)) for row in wrong]
        raise TableError("status_padanan", places)
    coded.check_bps(table, village)
    coded.check_kemendagri(table, village)
    return table


def read_or_begin(file: Path) -> Sheet:
    """Read all rows, or none where the file is not there yet or has no rows.

    Parameters
    ----------
    file : Path
        See ``read``.
    """
    if not file.exists():
        return Sheet(file, COLUMNS, ())
    try:
        return read(file)
    except SourceError as problem:
        if problem.key != "tabel_kosong":
            raise
    return Sheet(file, COLUMNS, ())


def none() -> pd.DataFrame:
    """Return the crosswalk of an edition for which no pair is confirmed yet."""
    return pd.DataFrame(columns=list(COLUMNS[1:]), index=pd.Index([], name=COLUMNS[0]), dtype="str")


def confirmed(table: Sheet) -> Sheet:
    """Return the confirmed rows; stop as long as a proposal waits.

    Parameters
    ----------
    table : Sheet
        From ``read``.

    Raises
    ------
    JoinError
        If a pair is proposed but not decided upon.
    CodeError
        If a code stands in two confirmed rows.
    """
    waiting = [row for row in table if status(row) == PROPOSED]
    if waiting:
        places = [
            replace(table.place(row, STATUS, village(row)), found=_partner(row)) for row in waiting
        ]
        raise JoinError("usulan_terbuka", places)
    own = replace(table, rows=tuple(row for row in table if status(row) == CONFIRMED))
    for column in (coded.BPS, coded.KEMENDAGRI):
        times = Counter(row.cells[column] for row in own)
        twice = [row for row in own if times[row.cells[column]] > 1]
        if twice:
            raise CodeError("kode_ganda", [own.place(r, column, village(r)) for r in twice])
    return own


def status(row: Row) -> str:
    """Return the status of a row; a row without one was confirmed before there were any."""
    return row.cells.get(STATUS, "").lower() or CONFIRMED


def village(row: Row) -> str:
    """Return name and code of the village of a row, for messages."""
    return f"{row.cells['nama_bps']} ({row.cells[coded.BPS]})"


def _partner(row: Row) -> str:
    return f"{row.cells['nama_kemendagri']} ({row.cells[coded.KEMENDAGRI]})"
