"""Names of kecamatan that a table spells in several ways for villages of one code.

Owns the decision which spellings mean one kecamatan: the codes agree and the names are similar.
Different names stay unchanged and give a note.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from fsva.core import codes, names
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.levels import SUBDISTRICT
from fsva.sources.cells.grid import UnreadText
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow

_ALIKE = 0.8  # of 1: "Utara" and "Utarra", not "Utara" and "Timur"


def united(rows: Sequence[TableRow]) -> tuple[list[TableRow], list[Note]]:
    """Give the name of a kecamatan the same spelling in all its villages.

    Parameters
    ----------
    rows : sequence of TableRow
        Have codes and kecamatan.

    Returns
    -------
    list of TableRow, list of Note
        In the same order; a note for each village whose spelling was changed, for each whose
        kecamatan has another name than that of its code, and for each further code of one name.
    """
    if not any(row.cells.get(PARENT) for row in rows):
        return list(rows), []  # a table without kecamatan, such as asal.csv
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = row.cells.get(PARENT, "")
        if (code := _kecamatan(row)) and name and not isinstance(name, UnreadText):
            spellings[code][name] += 1
    main = {
        code: max(names, key=lambda name: _rank(name, names)) for code, names in spellings.items()
    }
    notes: list[Note] = []
    done = [_as_main(row, main, notes) for row in rows]
    return done, notes + _of_two_codes(done, main)


def _of_two_codes(rows: Sequence[TableRow], main: dict[str, str]) -> list[Note]:
    """Return a note for each further code of a kecamatan that bears a name of another one."""
    codes_of: dict[str, list[str]] = defaultdict(list)
    for code, name in main.items():
        codes_of[names.plain(names.bare_above(name))].append(code)
    first = {own: row for row in reversed(rows) if (own := _kecamatan(row))}
    notes: list[Note] = []
    for shared in codes_of.values():
        for code in shared[1:]:
            row, facts = first[code], {"nama": main[code], "kode_kecamatan": ", ".join(shared)}
            village, key = row.cells.get(UNIT, ""), row.cells.get(BPS) or row.cells[KEMENDAGRI]
            notes.append(
                Note("kecamatan_kode", row.number, PARENT, village, key, main[code], facts)
            )
    return notes


def _as_main(row: TableRow, main: dict[str, str], notes: list[Note]) -> TableRow:
    name, code = row.cells.get(PARENT, ""), _kecamatan(row) or ""
    wanted = main.get(code)
    if not name or wanted is None or name == wanted or isinstance(name, UnreadText):
        return row
    same = _is_alike(name, wanted)
    village, own_code = row.cells.get(UNIT, ""), row.cells.get(BPS) or row.cells.get(KEMENDAGRI, "")
    facts = {"nama": wanted, "kode_kecamatan": code}
    key = "kecamatan_ejaan" if same else "kecamatan_lain"
    notes.append(Note(key, row.number, PARENT, village, own_code, name, facts))
    return replace(row, cells=row.cells | {PARENT: wanted}) if same else row


def _kecamatan(row: TableRow) -> str | None:
    """Return the code of the kecamatan of a row, if the row has a valid code."""
    bps, kemendagri = row.cells.get(BPS, ""), row.cells.get(KEMENDAGRI, "")
    if codes.is_bps(bps):
        return SUBDISTRICT.bps_of(bps)
    return SUBDISTRICT.kemendagri_of(kemendagri) if codes.is_kemendagri(kemendagri) else None


def _rank(name: str, counts: Counter[str]) -> tuple[bool, int, bool, str]:
    """Rank spellings: without the word kecamatan, then frequent ones, then in mixed case."""
    return names.bare_above(name) == name, counts[name], not name.isupper(), name


def _is_alike(one: str, other: str) -> bool:
    first, second = (names.plain(names.bare_above(name)) for name in (one, other))
    return first == second or SequenceMatcher(None, first, second).ratio() >= _ALIKE
