"""Tables for targeting: extremely poor persons per village, and villages served by programmes.

Owns the meaning of their columns. Both hold data per village; the reader refuses a register by
name and address, and no message repeats its content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from fsva.config.methods.interventions import LEAST_SHOWN
from fsva.core import decimals
from fsva.core.columns import BPS, UNIT
from fsva.core.errors import CodeError, Place, TableError
from fsva.core.names import plain
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_text import TableFile, TableRow, TextTable
from fsva.sources.tables import code_columns

_FEW = LEAST_SHOWN - 1  # counts from 1 up to this look alike in every output
PERSONS = "jiwa_miskin_ekstrem"
SERVED = {"ya": True, "tidak": False, "": None}
# Headings of registers by name and address; "nama desa" and the like do not name persons.
_PERSON = re.compile(
    r"\b(nik|nokk|kk|no kk|nomor kk|nkk|no ktp|ktp|nama|krt|kepala keluarga|anggota|penerima|"
    r"alamat|rt|rw|telepon|telp|hp|no hp|tanggal lahir|tgl lahir|tempat lahir|umur|usia|"
    r"ibu kandung|rekening|jenis kelamin)\b"
)
_PLACE = re.compile(r"\bnama (desa|kelurahan|kecamatan|kabupaten|kota|provinsi|program)\b")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


class Served(NamedTuple):
    """The service of one programme in one village.

    Attributes
    ----------
    is_served : bool or None
        True for any ratio above 0; None = not known.
    ratio : float or None
        The ratio that is served, 0..1; None = not given.
    """

    is_served: bool | None
    ratio: float | None


NOT_NAMED = Served(None, None)


def read_persons(source: TableFile) -> dict[str, int | None]:
    """Read the extremely poor persons per village.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``desa``, ``jiwa_miskin_ekstrem``; empty = not known.

    Returns
    -------
    dict of str to int
        By BPS code; None = empty cell.

    Raises
    ------
    SourceError, TableError, CodeError
        Also if the table seems to hold personal data.
    """
    table = _read(source, [BPS, UNIT, PERSONS])
    table.stop(CodeError, "kode_ganda", table.repeated(BPS), BPS)
    wrong = [r for r in table if r.cells[PERSONS] and not _is_count(r.cells[PERSONS])]
    table.stop(TableError, "bukan_jumlah", wrong, PERSONS)
    counts = [(row.cells[BPS], row.cells[PERSONS]) for row in table]
    return {code: int(count) if count else None for code, count in counts}


def read_coverage(source: TableFile) -> dict[tuple[str, str], Served]:
    """Read the villages that programmes serve.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``desa``, ``program`` and ``dilayani``: ya, tidak, the ratio that is
        served (``0,35`` or ``35%``), or empty = not known; one row per village and programme.

    Returns
    -------
    dict of (str, str) to Served
        By BPS code and programme.

    Raises
    ------
    SourceError, TableError, CodeError
        Also if the table seems to hold personal data.
    """
    table = _read(source, [BPS, UNIT, "program", "dilayani"])
    table.stop(TableError, "sel_kosong", [r for r in table if not r.cells["program"]], "program")
    said = [r.cells["dilayani"].lower() for r in table]
    ratios = [None if text in SERVED else _ratio(text) for text in said]
    wrong = [
        r
        for r, text, ratio in zip(table, said, ratios, strict=True)
        if text not in SERVED and ratio is None
    ]
    table.stop(TableError, "bukan_ya_tidak", wrong, "dilayani")
    table.stop(TableError, "program_ejaan", _other_spellings(table), "program")
    twice = table.repeated(BPS, "program")
    table.stop(TableError, "cakupan_ganda", twice, "program")
    keys = [(row.cells[BPS], row.cells["program"]) for row in table]
    found = [
        Served(SERVED[text], None) if ratio is None else Served(ratio > 0, float(ratio))
        for text, ratio in zip(said, ratios, strict=True)
    ]
    return dict(zip(keys, found, strict=True))


def notes(source: TableFile, column: str) -> tuple[Note, ...]:
    """Return the oddities of a table that can be read: hidden rows, rows that are no villages.

    Parameters
    ----------
    column : str
        ``jiwa_miskin_ekstrem``, whose printed totals are compared with the villages, or
        ``dilayani``.

    Notes
    -----
    They repeat no text of the table, and do not depend on how many persons a count below five is.
    """
    table = _read(source, [BPS, UNIT, column])
    odd = [replace(n, village="", found="") if n.key == "baris_jumlah" else n for n in table.notes]
    if column == PERSONS:
        low, high = (_sum(table, few) for few in (1, _FEW))
        named = {note.row for note in odd}
        for total in (t for t in table.totals if t.number not in named):
            told = total.cells[PERSONS]
            if _is_count(told) and not total.kecamatan and not low <= int(told) <= high:
                odd.append(Note("jumlah_beda", total.number, PERSONS))
    return tuple(odd)


def _sum(table: TextTable, few: int) -> int:
    """Return the sum of all counts, with a number in place of those from 1 to 4."""
    counts = [int(text) for row in table if _is_count(text := row.cells[PERSONS])]
    return sum(few if 0 < count <= _FEW else count for count in counts)


def _ratio(text: str) -> Decimal | None:
    """Read ``0,35`` or ``35%`` as a ratio from 0 to 1; None for other texts."""
    whole = 100 if text.endswith("%") else 1
    try:
        ratio = decimals.parse(text.removesuffix("%")) / whole
    except ValueError:
        return None
    return ratio if 0 <= ratio <= 1 else None


def check_villages(source: TableFile, villages: Mapping[str, str]) -> None:
    """Check that code and name of every row belong to a village of the edition.

    Parameters
    ----------
    source : TableFile
        Has columns ``kode_bps`` and ``desa``.
    villages : mapping of str to str
        Names of the edition's villages by BPS code.

    Raises
    ------
    JoinError
        An unknown code, or another name than that of the code.
    """
    table = _read(source, [BPS, UNIT])
    code_columns.check_villages(table, villages)


def _read(source: TableFile, required: Sequence[str]) -> TextTable:
    """Read a table, and refuse personal data before any other check."""
    _refuse_persons(source.table([]))
    if any(map(_IDENTITY_NUMBER.search, _all_texts(source))):  # under a blank heading, in a title
        raise TableError("data_pribadi", [Place(source.file)])
    table = source.table(required)
    code_columns.check_bps(table)
    return table


def _refuse_persons(table: TextTable) -> None:
    """Refuse headings and numbers of persons; the places name columns, never content."""
    named = [column for column in table.columns if _is_personal(column)]
    numbered = [
        column
        for column in table.columns
        if any(_IDENTITY_NUMBER.search(row.cells.get(column, "")) for row in table)
    ]
    personal = [column for column in table.columns if column in {*named, *numbered}]
    if personal:
        raise TableError("data_pribadi", [Place(table.file, 1, column) for column in personal])


def _all_texts(source: TableFile) -> Iterator[str]:
    """Yield all texts of a file."""
    if not source.is_workbook:
        yield source.content.decode("utf-8", "ignore")
    yield from (text for sheet in source.sheets for row in sheet.rows for text in row)


def _is_personal(heading: str) -> bool:
    words = re.sub(r"[^a-z]+", " ", heading.lower()).strip()
    return bool(_PERSON.search(_PLACE.sub("", words)))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _other_spellings(table: TextTable) -> list[TableRow]:
    """Return the rows with a programme that has another, more common spelling."""
    times = Counter(row.cells["program"] for row in table)
    usual: dict[str, str] = {}
    for name in sorted(times, key=lambda spelling: -times[spelling]):
        usual.setdefault(plain(name), name)
    return [row for row in table if row.cells["program"] != usual[plain(row.cells["program"])]]
