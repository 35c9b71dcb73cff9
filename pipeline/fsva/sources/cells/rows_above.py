"""Rows of a kecamatan or of the district among the villages of a table, as statistics print them.

Owns the recognition: a code that begins those of villages (5306032, 5306032000), or a name with its
kind ("Kecamatan Raihat"). Such a row is a heading of its villages, or their total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fsva.core import codes, names
from fsva.core.columns import BPS, DISTRICT, PARENT, UNIT
from fsva.core.levels import PARENTS
from fsva.sources.cells.grid import BLANK
from fsva.sources.cells.table_row import TableRow

_DISTRICT = re.compile(r"^\s*(?:kabupaten|kab\.?)\s+\w", re.IGNORECASE)
_LENGTHS = {sum(level.bps): level.column for level in PARENTS}  # digits of a BPS code
_WHOLE = 10


def settled(rows: Sequence[TableRow], total: str) -> tuple[list[TableRow], frozenset[int]]:
    """Give rows of a kecamatan its name as kecamatan, and call a row of the district a total.

    Parameters
    ----------
    rows : sequence of TableRow
        Of a table with codes; without a column of kecamatan nothing changes.
    total : str
        The word with which totals begin.

    Returns
    -------
    list of TableRow, frozenset of int
        In the same order; the numbers of the rows of kecamatan.
    """
    if not any(PARENT in row.cells and UNIT in row.cells for row in rows):
        return list(rows), frozenset()
    known = [row.cells.get(BPS, "") for row in rows if codes.is_bps(row.cells.get(BPS, ""))]
    begun = {code[:length] for code in known for length in _LENGTHS}
    done, headings = [], set()
    for row in rows:
        kind = _kind(row, begun)
        if kind == PARENT:
            headings.add(row.number)
            done.append(_heading(row))
        elif kind == DISTRICT:
            said = f"{total} {row.cells[UNIT]}".strip()
            done.append(replace(row, cells=row.cells | {BPS: "", UNIT: said}))
        else:
            done.append(row)
    return done, frozenset(headings)


def _kind(row: TableRow, begun: set[str]) -> str:
    """Return what a row is of; an empty text for all that may be a village."""
    code, name = _begin(row.cells.get(BPS, "")), row.cells.get(UNIT, "")
    if code in begun:
        parent = row.cells.get(PARENT, "")
        is_cut = not {parent, name} & set(BLANK) and not names.is_same_above(parent, name)
        return "" if is_cut else _LENGTHS[len(code)]  # a village whose code lost its end
    if code not in BLANK:
        return ""
    if names.bare_above(name) != name:
        return PARENT
    return DISTRICT if _DISTRICT.match(name) else ""


def _begin(code: str) -> str:
    """Return a code without the zeros that lists of BPS fill in: 5306032000, 5306000000.

    No village is number 0 of its kecamatan.
    """
    if len(code) != _WHOLE or not code.isdigit():
        return code
    return next((code[:n] for n in sorted(_LENGTHS) if not code[n:].strip("0")), code)


def _heading(row: TableRow) -> TableRow:
    parent, name = row.cells.get(PARENT, ""), row.cells.get(UNIT, "")
    called = names.bare_above(name if parent in BLANK else parent)
    return replace(row, cells=row.cells | {BPS: "", UNIT: "", PARENT: called})
