"""Tables of matching villages, with confirmed and proposed pairs.

Owns their columns and the status of a row: confirmed (``ya`` or empty), proposed (``usulan``) or
refused (``tidak``). Only confirmed rows join villages. There are two such tables: the crosswalk
(BPS and Kemendagri codes), and the ids of a layer without official codes.
``fsva.begin.harmonise`` makes the proposals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from fsva.config.styles import output_tables
from fsva.core.columns import KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import CodeError, JoinError, Place, SourceError, TableError
from fsva.sources.cells import table_text
from fsva.sources.cells.codes_elsewhere import KnownPairs, Pairs
from fsva.sources.cells.table_text import TableRow, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import code_columns

STATUS, SCORE, REASON = "status", "skor", "alasan"
CONFIRMED, PROPOSED, REFUSED = "ya", "usulan", "tidak"


@dataclass(frozen=True)
class CrosswalkForm:
    """The form of a table of matching villages.

    Parameters
    ----------
    file : str
        Its section in ``styles/tabel.toml``.
    checks : tuple of callable
        Refuse damaged codes.
    """

    file: str
    checks: tuple[Callable[[TextTable], None], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Codes of table and layer, names of table and layer, kecamatan."""
        return output_tables.all_tables()[self.file].required

    @property
    def headings(self) -> tuple[str, ...]:
        """All columns as they are written: also status, score and reason of a pair."""
        return output_tables.headings(self.file)


CODES = CrosswalkForm("padanan.csv", (code_columns.check_bps, code_columns.check_kemendagri))
IDS = CrosswalkForm("padanan-lapisan.csv", (code_columns.check_bps,))


def read(file: Path, form: CrosswalkForm = CODES) -> TextTable:
    """Read all rows of a table of matching villages.

    Parameters
    ----------
    file : Path
        Columns of the form, and ``status`` if some rows are not confirmed.
    form : CrosswalkForm
        Codes of both systems, or ids of a layer.

    Raises
    ------
    SourceError, TableError, CodeError
        Name row, column and village of every offender, and the likely code for a damaged one.
    """
    table = table_text.read(file, form.columns)
    known = (CONFIRMED, PROPOSED, REFUSED)
    wrong = [row for row in table if status(row) not in known]
    table.stop(TableError, "status_padanan", wrong, STATUS)
    for check in form.checks:
        check(table)
    return table


def read_or_begin(file: Path, form: CrosswalkForm = CODES) -> TextTable:
    """Read all rows; none if the file does not exist or has no rows.

    Parameters
    ----------
    file : Path
        See ``read``.
    form : CrosswalkForm
        Codes of both systems, or ids of a layer.
    """
    if not file.exists():
        return TextTable(file, form.columns, ())
    try:
        return read(file, form)
    except SourceError as problem:
        if problem.key != "tabel_kosong":
            raise
    return TextTable(file, form.columns, ())


def read_ids(file: Path) -> dict[str, str]:
    """Read the table that matches polygons and villages, for a layer without official codes.

    Parameters
    ----------
    file : Path
        Has the columns of ``IDS``.

    Returns
    -------
    dict of str to str
        BPS code by the layer's own id; only confirmed pairs.

    Raises
    ------
    SourceError, TableError, CodeError, JoinError
        As ``read`` and ``confirmed``.
    """
    if not file.exists():
        raise SourceError("padanan_lapisan", [Place(file)])
    pairs = confirmed(read(file, IDS), IDS)
    code, number, *_ = IDS.columns
    return {row.cells[number]: row.cells[code] for row in pairs}


def none() -> Table:
    """Return an empty crosswalk, for an edition without confirmed pairs."""
    code, *others = CODES.columns
    return Table(columns={name: plain_table.words(()) for name in others}, key=code)


def known(file: Path) -> Table:
    """Return the confirmed pairs of codes, even with open proposals or without the file.

    Parameters
    ----------
    file : Path
        Has the columns of ``CODES``.

    Returns
    -------
    Table
        Indexed by BPS code, with the columns of ``none``.
    """
    rows = [row.cells for row in read_or_begin(file) if status(row) == CONFIRMED]
    code, *others = CODES.columns
    cells = {column: plain_table.words(row[column] for row in rows) for column in others}
    return Table(plain_table.words(row[code] for row in rows), cells, code)


def pairs_of(read: Callable[[], Table], source: str) -> Pairs:
    """Return what gives the BPS codes of tables with Kemendagri codes only.

    Parameters
    ----------
    read : callable
        Returns a crosswalk, such as ``known``; called once, and only for such a table.
    source : str
        What the officer calls it.
    """

    @cache
    def pairs() -> KnownPairs:
        """Return the pairs of the crosswalk."""
        crosswalk = read()
        bps_of = dict(zip(map(str, crosswalk[KEMENDAGRI]), crosswalk.codes, strict=True))
        return KnownPairs(source, bps_of)

    return pairs


def of_table(table: Table, known: Table) -> Table:
    """Return the villages of a table as a crosswalk would list them.

    Parameters
    ----------
    table : Table
        Indexed by BPS code, with kecamatan and village.
    known : Table
        From ``known``; a village that it lacks has no Kemendagri code.
    """
    codes = plain_table.told(known.beside(table.index)[KEMENDAGRI])
    return table.only(PARENT).with_columns({"nama_bps": table[UNIT], KEMENDAGRI: codes})


def village_names(crosswalk: Table) -> Table:
    """Return the names of the villages of a crosswalk, as a table of values has them."""
    return crosswalk.only(PARENT).with_columns({UNIT: crosswalk["nama_bps"]})


def confirmed(table: TextTable, form: CrosswalkForm = CODES) -> TextTable:
    """Return the confirmed rows; refuse a table with open proposals.

    Parameters
    ----------
    table : TextTable
        From ``read``.
    form : CrosswalkForm
        Codes of both systems, or ids of a layer.

    Raises
    ------
    JoinError
        If a proposed pair has no decision.
    CodeError
        If two confirmed rows have the same code.
    """
    waiting = [row for row in table if status(row) == PROPOSED]
    if waiting:
        places = [
            replace(table.place(row, STATUS, row.village), found=_partner(row, form))
            for row in waiting
        ]
        raise JoinError("usulan_terbuka", places)
    confirmed_rows = replace(table, rows=tuple(row for row in table if status(row) == CONFIRMED))
    for column in form.columns[:2]:
        times = Counter(row.cells[column] for row in confirmed_rows)
        twice = [row for row in confirmed_rows if times[row.cells[column]] > 1]
        if twice:
            raise CodeError(
                "kode_ganda", [confirmed_rows.place(r, column, r.village) for r in twice]
            )
    return confirmed_rows


def status(row: TableRow) -> str:
    """Return the status of a row; empty means confirmed, as in tables without the column."""
    return row.cells.get(STATUS, "").lower() or CONFIRMED


def _partner(row: TableRow, form: CrosswalkForm) -> str:
    _, code, _, name, _ = form.columns
    return f"{row.cells[name]} ({row.cells[code]})"
