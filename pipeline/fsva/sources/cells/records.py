"""The rows of a table below its header: villages, totals, others.

Tells them apart, and fills in the kecamatan of merged cells. A row with a village code is always
a village, whatever its other cells hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from fsva.config.editions.headings import Vocabulary, plain
from fsva.core import decimals
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.levels import SUBDISTRICT
from fsva.sources.cells import headers, kecamatan_names, rows_above, village_names
from fsva.sources.cells.grid import BLANK, Grid
from fsva.sources.cells.headers import TableHeader
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import TableRow, Total

_KECAMATAN_DIGITS = sum(SUBDISTRICT.bps)
_OF_KECAMATAN = re.compile(r"\b(kecamatan|kec)\b")
_FOOTNOTE = re.compile(r"[*\u2020\u2021]|\d{1,2}\s*\)|[a-e]\)|\(\s*\*")  # *) angka sementara
_PART = re.compile(r"^sub ?total\b")


@dataclass(frozen=True)
class Records:
    """The rows below a header.

    Parameters
    ----------
    rows : tuple of TableRow
        Villages, and in a table without a column of codes all rows.
    totals : tuple of Total
        Totals of kecamatan and of all villages.
    notes : tuple of Note
        Oddities of the rows.
    moved : tuple of TableRow
        Rows that repeat the headings in another order, so that the header does not fit the rows
        below them.
    are_villages : bool
        Whether all rows are plainly villages: which headings were looked for then makes no
        difference.
    """

    rows: tuple[TableRow, ...]
    totals: tuple[Total, ...] = ()
    notes: tuple[Note, ...] = ()
    moved: tuple[TableRow, ...] = ()
    are_villages: bool = False


# Words in a cell of codes: "Atambua, 1 Maret 2021" below a table is none, however damaged.
_WORD = re.compile(r"[^\W\d_]{3,}")


def read(grid: Grid, header: TableHeader, words: Vocabulary) -> Records:
    """Read the rows below a header.

    Parameters
    ----------
    words : Vocabulary
        Roles of columns, and first words of rows that are not villages.
    """
    kinds = _Kinds(header.columns, words)
    every = [row for row in _rows(grid, header) if not kinds.is_blank(row)]
    if not kinds.codes:
        return Records(tuple(every))
    other = [row for row in every if not headers.is_village(grid.rows[row.number - 1])]
    again = {r.number for r in other if headers.repeats(grid, header, r.number - 1, words)}
    strange = {r.number for r in other if headers.is_other(grid, r.number - 1, words)} - again
    moved = tuple(row for row in every if row.number in strange)
    below = [row for row in every if row.number not in again | strange]
    rows, headings = rows_above.settled(below, words.totals[0])
    labels = {row.number: label for row in rows if (label := kinds.label_of(row))}
    named = _with_kecamatan(grid, header, rows, labels, headings)
    last = max((row.number for row in rows if kinds.has_code(row)), default=0)
    united_rows, notes = kecamatan_names.united(
        [
            row
            for row in named
            if row.number not in labels
            and not kinds.is_beside(row)
            and not (row.number > last and kinds.is_signature(row))
        ]
    )
    called, of_kinds = village_names.without_kinds(united_rows, words.attributes)
    notes += of_kinds
    villages = tuple(map(kinds.without_dashes, called))
    totals = _totals([r for r in rows if r.number in labels], labels, villages)
    notes += [*_hidden(grid, villages), *_doubtful(totals, villages, words)]
    return Records(villages, totals, tuple(notes), moved, are_villages=not other)


def _hidden(grid: Grid, villages: Sequence[TableRow]) -> list[Note]:
    """Return notes about villages in hidden rows, which count although officers miss them."""
    return [
        Note("baris_tersembunyi", row.number, "", row.cells.get(UNIT, ""), row.cells.get(BPS, ""))
        for row in villages
        if row.number - 1 in grid.hidden_rows
    ]


def _rows(grid: Grid, header: TableHeader) -> Iterator[TableRow]:
    names = [(column, name) for column, name in enumerate(header.columns) if name]
    for index in range(header.last + 1, len(grid.rows)):
        cells = grid.rows[index]
        if not any(cells):
            continue  # a stray cell leaves a million of them behind it
        texts = {name: cells[column] if column < len(cells) else "" for column, name in names}
        yield TableRow(index + 1, texts)


class _Kinds:
    """Distinguishes kinds of rows by the columns of one table.

    Parameters
    ----------
    words : Vocabulary
        Roles and words.
    """

    def __init__(self, columns: Sequence[str], words: Vocabulary) -> None:
        self.totals, self.notes = _starts(words.totals), _starts(words.notes)
        self.codes = [c for c in columns if c in words.of_role("kode")]
        self.numbers = words.of_role("nomor")
        self.keys = [c for c in columns if c in words.of_role("nomor", "kecamatan", "kode", "desa")]
        self.names = [c for c in columns if c in words.of_role("desa")]

    def is_blank(self, row: TableRow) -> bool:
        """Tell whether a row only has its running number and dashes."""
        texts = [text for name, text in row.cells.items() if name not in self.numbers]
        return all(text in BLANK for text in texts)

    def has_code(self, row: TableRow) -> bool:
        """Tell whether the row has a village code; Jumlah 2021 or Sumber: BPS, 2021 is not one."""
        other = self.totals + self.notes
        texts = (row.cells[name] for name in self.codes)
        return any(
            headers.is_village((text,))
            or (
                any(map(str.isdigit, text))
                and not _WORD.search(text)
                and not _begins(plain(text), other)
            )
            for text in texts
        )

    def label_of(self, row: TableRow) -> str:
        """Return the first words of a total; blank for other rows."""
        if self.has_code(row):
            return ""
        texts = [row.cells[name] for name in self.keys if row.cells[name] not in BLANK]
        for text in texts:
            if _begins(plain(text), self.totals):
                return text
        if self.is_named(row) or self.is_counted(row):
            return ""  # a village without its code
        if not texts or not self.has_numbers(row):
            return ""
        is_note = _begins(plain(texts[0]), self.notes) and not self.has_values(row)
        return "" if is_note else texts[-1]

    def is_named(self, row: TableRow) -> bool:
        """Tell whether the row has the name of a village."""
        return any(row.cells[name] not in BLANK for name in self.names)

    def is_counted(self, row: TableRow) -> bool:
        """Tell whether the row has a running number, which only villages have."""
        return any(row.cells.get(name, "").isdigit() for name in self.numbers)

    def has_numbers(self, row: TableRow) -> bool:
        """Tell whether the row has any digit besides names and codes."""
        values = (text for name, text in row.cells.items() if name not in self.keys)
        return any(any(map(str.isdigit, text)) for text in values)

    def has_values(self, row: TableRow) -> bool:
        """Tell whether the row has any number besides names and codes."""
        return any(decimals.is_number(t) for name, t in row.cells.items() if name not in self.keys)

    def is_beside(self, row: TableRow) -> bool:
        """Tell whether a row is a note, or names a kecamatan above its villages."""
        if self.has_code(row):
            return False
        is_village = self.is_named(row) or self.is_counted(row)
        if is_village and self.has_numbers(row):
            return False  # whatever its first word: a village or kecamatan may be called Sumber
        texts = [text for text in row.cells.values() if text not in BLANK]
        if texts and _begins(plain(texts[0]), self.notes):
            return True
        if len(texts) == 1 and _FOOTNOTE.match(texts[0]):
            return True
        return bool(self.names) and not self.is_named(row) and not self.has_numbers(row)

    def is_signature(self, row: TableRow) -> bool:
        """Tell whether a row below all villages holds only words: place and date, office, NIP."""
        return not (self.has_code(row) or self.is_named(row) or self.has_values(row))

    def without_dashes(self, row: TableRow) -> TableRow:
        """Remove the dashes from a village without any value.

        A dash beside numbers, or in a table of one number, stays: it may mean 0 or not known.
        """
        values = {name: text for name, text in row.cells.items() if name not in self.keys}
        if len(values) < 2 or not all(text in BLANK for text in values.values()):
            return row
        return replace(row, cells=row.cells | dict.fromkeys(values, ""))


def _starts(words: Sequence[str]) -> tuple[str, ...]:
    """Return words as ``_begins`` looks for them: whole, not as the beginning of another word."""
    return tuple(f"{word} " for word in words)


def _begins(text: str, starts: tuple[str, ...]) -> bool:
    return f"{text} ".startswith(starts)


def _with_kecamatan(
    grid: Grid,
    header: TableHeader,
    rows: Sequence[TableRow],
    totals: Mapping[int, str],
    headings: Collection[int],
) -> list[TableRow]:
    """Fill in the kecamatan if its cell is merged or only filled in for its first village."""
    if PARENT not in header.columns:
        return list(rows)
    column = header.columns.index(PARENT)
    villages = [row for row in rows if row.number not in totals]
    only_first = _is_filled_once(villages)
    done: list[TableRow] = []
    above: TableRow | None = None
    for row in rows:
        if row.number in totals:
            above = row if row.number in headings else above
            continue
        text = row.cells[PARENT] or grid.text(row.number - 1, column)
        if not text and only_first and above and _same_kecamatan(above, row):
            text = str(above.cells[PARENT])  # what cannot be read is told of its own cell only
        is_filled = text == row.cells[PARENT]
        done.append(row if is_filled else replace(row, cells=row.cells | {PARENT: text}))
        above = done[-1]
    return done


def _is_filled_once(rows: Sequence[TableRow]) -> bool:
    """Tell whether no two consecutive rows have a kecamatan."""
    names = [plain(row.cells[PARENT]) for row in rows]
    return not any(one and one == other for one, other in pairwise(names))


def _same_kecamatan(above: TableRow, row: TableRow) -> bool:
    """Tell whether two codes can belong to one kecamatan."""
    codes = [neighbour.cells.get(BPS, "") for neighbour in (above, row)]
    if not all(len(code) > _KECAMATAN_DIGITS for code in codes):
        return True  # a row with only the name of its kecamatan has no code
    return SUBDISTRICT.bps_of(codes[0]) == SUBDISTRICT.bps_of(codes[1])


def _totals(
    rows: Sequence[TableRow], labels: Mapping[int, str], villages: Sequence[TableRow]
) -> tuple[Total, ...]:
    """Find the kecamatan of each total: the named one, or that of the villages above it."""
    names = {plain(v.cells[PARENT]): v.cells[PARENT] for v in villages if _has_name(v)}
    totals: list[Total] = []
    before = 0
    for row in rows:
        between = [v for v in villages if before < v.number < row.number and _has_name(v)]
        label = labels[row.number]
        whose = _named(label, names)
        if whose is None and (len(rows) > 1 or _PART.match(plain(label))):
            whose = _only_one(between)
        totals.append(Total(row.number, row.cells, label, whose or ""))
        before = row.number
    return tuple(totals)


def _doubtful(
    totals: Sequence[Total], villages: Sequence[TableRow], words: Vocabulary
) -> Iterator[Note]:
    """Yield notes about rows of numbers that may be villages without code and name.

    One row of each kecamatan that nothing calls a total is a layout. A row called Jumlah or Total
    with another word, as Total Indah, is a total if its numbers are sums.
    """
    names = {plain(v.cells[PARENT]): v.cells[PARENT] for v in villages if _has_name(v)}
    called = _starts(words.totals)
    others = [total for total in totals if not _begins(plain(total.label), called)]
    times = Counter(_named(total.label, names) for total in others)
    is_layout = all(times[name] == 1 for name in names.values())
    for total in totals:
        if total in others:
            is_known = is_layout and _named(total.label, names) is not None
        else:
            is_known = _is_plain_total(total, names, words) or _is_sum(total, villages)
        if not is_known:
            yield Note("baris_jumlah", total.number, village=total.label, found=total.label)


def _is_plain_total(total: Total, names: Mapping[str, str], words: Vocabulary) -> bool:
    """Tell whether a label is only Jumlah, or Jumlah and the place that it stands for."""
    text = plain(total.label)
    word = max((w for w in words.totals if _begins(text, (f"{w} ",))), key=len)
    rest = text.removeprefix(word).strip()
    of_place = _begins(rest, _starts(words.total_places)) or _named(total.label, names) is not None
    return of_place or not rest.replace(" ", "").strip("0123456789")


def _is_sum(total: TableRow, villages: Sequence[TableRow]) -> bool:
    """Tell whether numbers of a row are sums of those of all villages, or of those above it."""
    for group in (villages, [v for v in villages if v.number < total.number]):
        for name in total.cells.keys() - {BPS, PARENT, UNIT}:
            parts = [_number(village.cells[name]) for village in group]
            told, known = _number(total.cells[name]), [part for part in parts if part is not None]
            if told and len(known) > 1 and abs(sum(known) - told) <= abs(told) / 1000:
                return True
    return False


def _number(text: str) -> Decimal | None:
    return decimals.parse(text) if decimals.is_number(text) else None


def _has_name(row: TableRow) -> bool:
    return bool(row.cells.get(PARENT))


def _named(label: str, names: Mapping[str, str]) -> str | None:
    """Return the kecamatan in a label."""
    text = _OF_KECAMATAN.sub(" ", plain(label))
    return next(
        (name for key, name in names.items() if text.split()[-len(key.split()) :] == key.split()),
        None,
    )


def _only_one(villages: Sequence[TableRow]) -> str | None:
    kecamatan = {village.cells[PARENT] for village in villages}
    return kecamatan.pop() if len(kecamatan) == 1 else None
