"""The kind of village before its name in a table: "Desa Bokon" is Bokon.

Owns the decision whether the word is part of the names. Maps and sentences write the kind
themselves, so that a table in which it stands before every name would say it twice. Where only some
names have it, it may be one of them: there are villages called Kampung Baru.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from fsva.core import names
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow

_NEARLY_ALL = 0.9  # of the names have such a word: it is none of theirs
_MOST = 0.5  # have the same word: it is none of theirs, except before some words
_LEAST = 5  # rows by which "nearly all" is told
# Never the first word of a name.
_NEVER = frozenset({"ds", "kel", "kelurahan", "kalurahan", "gp"})
_SHOWN = 3


def without_kinds(
    rows: Sequence[TableRow], attributes: Collection[str]
) -> tuple[list[TableRow], list[Note]]:
    """Take the kind of village, and the word kecamatan, from the names of a table.

    Parameters
    ----------
    rows : sequence of TableRow
        Of villages.
    attributes : collection of str
        Words before which the kind is part of a name, if not all names have it.

    Returns
    -------
    list of TableRow, list of Note
        In the same order; a note where names were changed, and where the word stays with some.
    """
    done = [_named(row, PARENT, names.bare_above) for row in rows]
    above = [row for row, now in zip(rows, done, strict=True) if now is not row]
    notes = [_note("kata_kecamatan", above, PARENT)] if above else []
    kinds = [names.kind_of(row.cells.get(UNIT, "")) for row in done]
    dropped = list(_dropped(done, kinds, attributes))
    if changed := [row for row, drop in zip(done, dropped, strict=True) if drop]:
        notes.append(_note("kata_desa", changed, UNIT))
    kept = [row for row, kind, drop in zip(done, kinds, dropped, strict=True) if kind and not drop]
    if kept:
        notes.append(_note("kata_desa_tetap", kept, UNIT))
    pairs = zip(done, dropped, strict=True)
    return [_named(row, UNIT, names.bare) if drop else row for row, drop in pairs], notes


def _named(row: TableRow, column: str, change: Callable[[str], str]) -> TableRow:
    """Return a row with a changed name; the row itself if nothing changes."""
    text = row.cells.get(column, "")
    now = change(text)
    return row if now == text else replace(row, cells=row.cells | {column: now})


def _dropped(
    rows: Sequence[TableRow], kinds: Sequence[str], attributes: Collection[str]
) -> Iterator[bool]:
    """Yield for each row whether its name loses the word."""
    n_named = sum(bool(row.cells.get(UNIT)) for row in rows)
    counts = Counter(filter(None, kinds))
    nearly_all = n_named >= _LEAST and counts.total() >= _NEARLY_ALL * n_named
    for row, kind in zip(rows, kinds, strict=True):
        rest = names.bare(row.cells.get(UNIT, "")).casefold() if kind else ""
        often = counts[kind] >= _MOST * n_named and rest not in attributes
        yield bool(kind) and (nearly_all or kind in _NEVER or often)


def _note(key: str, rows: Sequence[TableRow], column: str) -> Note:
    first = rows[0]
    code = first.cells.get(BPS) or first.cells.get(KEMENDAGRI, "")
    called = ", ".join(list(dict.fromkeys(row.cells[column] for row in rows))[:_SHOWN])
    return Note(
        key, first.number, column, first.cells.get(UNIT, ""), code, first.cells[column],
        {"jumlah": str(len(rows)), "contoh": called},
    )  # fmt: skip
