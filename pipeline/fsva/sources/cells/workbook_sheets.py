"""Which sheets of a workbook are the table: the one that fits, or a part per kecamatan.

Owns the choice, and the union of the parts after each was read by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fsva.config.editions.headings import Vocabulary, plain
from fsva.core import codes, names
from fsva.core.codes import BpsCode, KemendagriCode
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import Place, SourceError, TableError
from fsva.sources.cells import codes_elsewhere, headers, kecamatan_names
from fsva.sources.cells.grid import BLANK, Grid
from fsva.sources.cells.grouped_headings import Heading
from fsva.sources.cells.headers import TableHeader
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.cells.table_row import Total
from fsva.sources.cells.text_table import TextTable
from fsva.sources.cells.workbooks import workbook

# Sheets that share so many villages are two years or two forms, not neighbours.
_SAME_VILLAGES = 0.5
_NUMBERED = re.compile(r"^\W*\d+[\W_]+(?=\D)")


@dataclass(frozen=True)
class SheetGroup:
    """The sheets that are read as one table.

    Parameters
    ----------
    grids : tuple of Grid
        One, or a part for each kecamatan.
    left : tuple of str
        Names of the sheets beside several parts, which are not read.
    named : mapping of str to str
        Kecamatan by sheet, where no column holds it.
    """

    grids: tuple[Grid, ...]
    left: tuple[str, ...] = ()
    named: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _Sheet:
    """A sheet with its headings and the villages below them."""

    grid: Grid
    header: TableHeader
    rank: tuple[int, int, int]
    rows: Mapping[str, int]

    @property
    def name(self) -> str:
        """What the workbook calls it."""
        return str(self.grid.name)

    @property
    def headings(self) -> frozenset[str]:
        """Those of its columns that have one."""
        return frozenset(name for name in self.header.columns if name)

    @property
    def kecamatan(self) -> frozenset[str]:
        """Codes of the kecamatan of its villages."""
        return frozenset(map(_kecamatan, self.rows))

    def place(self, file: Path, code: str) -> Place:
        """Return the row of a village."""
        row = self.rows[code]
        return Place(file, row, village=code, cell=f"{self.name}!{row}")


def chosen(
    file: Path, grids: Sequence[Grid], name: str | None, required: Sequence[str], words: Vocabulary
) -> SheetGroup:
    """Return the named sheet, else the one with all required columns, or several that unite.

    Parameters
    ----------
    grids : sequence of Grid
        The visible sheets.
    name : str or None
        The wanted sheet.
    required : sequence of str
        Columns that the table should have.

    Raises
    ------
    SourceError
        No sheet has text, none has that name, or several could be meant.
    TableError
        Sheets of several kecamatan do not go together.
    """
    filled = {str(grid.name): grid for grid in grids if grid.filled()}
    if name is not None:
        return SheetGroup((_named(file, filled, name),))
    # A sheet of agreed values is not the table, unless it is the only sheet.
    tables = {s: grid for s, grid in filled.items() if not workbook.is_agreement(s)} or filled
    if not tables:
        raise SourceError("tabel_kosong", [Place(file)])
    sheets = [s for grid in tables.values() if (s := _opened(grid, required, words))]
    most = max((sheet.rank[0] for sheet in sheets), default=0)
    best = [sheet for sheet in sheets if sheet.rank[0] == most]
    if len(best) > 1 and (group := _together(file, best, sheets, required, words)):
        return group
    if len(best) > 1 and most == len(set(required)):
        raise SourceError("lembar_banyak", [Place(file, found=sheet.name) for sheet in best])
    first = next(iter(tables.values()))
    return SheetGroup((max(best, key=lambda sheet: sheet.rank).grid if best else first,))


def _named(file: Path, filled: Mapping[str, Grid], name: str) -> Grid:
    wanted = name.strip().lower()
    same = [grid for sheet, grid in filled.items() if sheet.strip().lower() == wanted]
    if not same:
        known = ", ".join(filled) or "-"
        raise SourceError("lembar_hilang", [Place(file, found=name)], {"ada": known})
    return same[0]


def _opened(grid: Grid, required: Sequence[str], words: Vocabulary) -> _Sheet | None:
    header = headers.find(grid, required, words)
    if header is None:
        return None
    told, known = codes_elsewhere.brought(grid, header)
    return _Sheet(grid, known, header.known(required), _villages(told, known))


def _villages(grid: Grid, header: TableHeader) -> dict[str, int]:
    """Return the rows, counted from 1, of valid codes of villages."""
    found: dict[str, int] = {}
    for column in (BPS, KEMENDAGRI):
        if column not in header.columns or found:
            continue
        n, is_code = header.columns.index(column), codes.is_bps
        if column == KEMENDAGRI:
            is_code = codes.is_kemendagri
        for row in range(header.last + 1, len(grid.rows)):
            if is_code(text := grid.text(row, n)):
                found.setdefault(text, row + 1)
    return found


def _kecamatan(code: str) -> str:
    kind = BpsCode if codes.is_bps(code) else KemendagriCode
    return kind.parse(code).subdistrict_code


def _together(
    file: Path,
    best: Sequence[_Sheet],
    sheets: Sequence[_Sheet],
    required: Sequence[str],
    words: Vocabulary,
) -> SheetGroup | None:
    """Return sheets of several kecamatan as one table; None where they are something else.

    Raises
    ------
    TableError
        A few villages stand in several sheets, or the sheets have other headings.
    """
    parts = [sheet for sheet in best if sheet.rows]
    if len(parts) < 2 or not {BPS, KEMENDAGRI} & {*required, *parts[0].header.columns}:
        return None
    times = Counter(code for part in parts for code in part.rows)
    twice = {code for code, n in times.items() if n > 1}
    if any(len(twice & part.rows.keys()) >= _SAME_VILLAGES * len(part.rows) for part in parts):
        return None
    named = None
    if PARENT in required and not any(PARENT in part.headings for part in parts):
        named = _kecamatan_of(parts, words)
        if named is None:
            return None
    if twice:
        places = [p.place(file, code) for code in sorted(twice) for p in parts if code in p.rows]
        raise TableError("desa_beberapa_lembar", places)
    _check_headings(file, parts, sheets)
    read = {part.name for part in parts}
    left = tuple(sheet.name for sheet in sheets if sheet.name not in read)
    return SheetGroup(tuple(part.grid for part in parts), left, named)


def _check_headings(file: Path, parts: Sequence[_Sheet], sheets: Sequence[_Sheet]) -> None:
    """Refuse sheets with other headings, and sheets of other villages without all columns."""
    common = Counter(part.headings for part in parts).most_common(1)[0][0]
    known = {code for part in parts for code in part.rows}
    apart = [s for s in sheets if s.rows and not s.rows.keys() & known]
    places = [
        Place(file, sheet.header.first + 1, ", ".join(sorted(common ^ sheet.headings)),
              cell=f"{sheet.name}!{sheet.header.first + 1}")
        for sheet in (*parts, *apart)
        if sheet.headings != common
    ]  # fmt: skip
    if places:
        raise TableError("lembar_beda", places)


def _kecamatan_of(parts: Sequence[_Sheet], words: Vocabulary) -> dict[str, str] | None:
    """Return the kecamatan that sheets are named after; None if they are not."""
    if any(len(part.kecamatan) != 1 for part in parts):
        return None
    if len({code for part in parts for code in part.kecamatan}) != len(parts):
        return None
    named = {part.name: _bare(part.name) for part in parts}
    said = [plain(name).rstrip(" 0123456789") for name in named.values()]
    return None if set(said) & {"", *words.plain_sheets} else named


def _bare(sheet: str) -> str:
    """Return the name of a kecamatan from that of its sheet.

    Examples
    --------
    >>> _bare("3. Kec. Raihat"), _bare("01_Lamaknen"), _bare("Raihat")
    ('Raihat', 'Lamaknen', 'Raihat')
    """
    return names.bare_above(_NUMBERED.sub("", sheet).replace("_", " ")).strip()


def with_kecamatan(grid: Grid, header: TableHeader, name: str) -> tuple[Grid, TableHeader]:
    """Add a column with the kecamatan that a sheet is named after.

    Parameters
    ----------
    grid, header : Grid, TableHeader
        A sheet and its header.
    name : str
        Name of the kecamatan.
    """
    width = len(header.columns)
    keys = [n for n, column in enumerate(header.columns) if column in (BPS, KEMENDAGRI, UNIT)]
    rows = tuple(
        (
            *cells,
            *[""] * (width - len(cells)),
            name if n > header.last and any(grid.text(n, k) not in BLANK for k in keys) else "",
        )
        for n, cells in enumerate(grid.rows)
    )
    heading = Heading((PARENT,), PARENT, exact=False, grouped=False)
    return replace(grid, rows=rows), replace(
        header, headings=(*header.headings, heading), columns=(*header.columns, PARENT)
    )


def as_one(tables: Sequence[TextTable], left: Sequence[str]) -> TextTable:
    """Put the tables of several sheets under each other.

    Parameters
    ----------
    tables : sequence of TextTable
        One per sheet; several have the same columns.
    left : sequence of str
        Names of the sheets that are not read.
    """
    if len(tables) == 1:
        return tables[0]
    first = tables[0]
    rows = [replace(row, sheet=table.name) for table in tables for row in table]
    united, more = kecamatan_names.united(rows)
    notes = [note for table in tables for note in table.notes]
    seen = {(note.key, note.row, note.code) for note in notes}
    notes += [note for note in more if (note.key, note.row, note.code) not in seen]
    return replace(
        first,
        rows=tuple(united),
        totals=tuple(total for table in tables for total in _totals(table)),
        notes=(*_told(tables, left), *notes),
        parts={str(table.name): table.letters for table in tables},
    )


def _totals(table: TextTable) -> list[Total]:
    """Return the totals of a sheet; those of all its villages are of its kecamatan."""
    held = {row.cells.get(PARENT, "") for row in table}
    own = held.pop() if len(held) == 1 else ""
    known = [replace(t, kecamatan=t.kecamatan or own, sheet=table.name) for t in table.totals]
    return [total for total in known if total.kecamatan]


def _told(tables: Sequence[TextTable], left: Sequence[str]) -> list[Note]:
    """Return notes about the sheets that were read, and about those that were not."""
    read = ", ".join(f"{table.name} ({len(table.rows)})" for table in tables)
    notes = [Note("lembar_dibaca", facts={"lembar": read})]
    if left:
        notes.append(Note("lembar_tak_dibaca", facts={"lembar": ", ".join(left)}))
    return notes
