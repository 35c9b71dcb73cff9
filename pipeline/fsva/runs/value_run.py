"""The values of an edition's villages, from the table, other sources and formulas.

Owns the order: the table, then the other sources, then the formulas. The table is read once. The
rules see the villages of the table, the maps those of the edition. It knows no layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fsva.config.editions import headings
from fsva.core.errors import CodeError, FsvaError, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fsva.config.editions.edition import Edition
    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.sources.cells.layout_oddities import Note
    from fsva.sources.cells.table_text import TableFile
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.inherited_values import Inherited
    from fsva.villages.sourced_columns import Supplied

Accepted = frozenset[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class ReadTable:
    """The table of an edition, read once.

    Parameters
    ----------
    source : TableFile
        The file as it was opened.
    rows : Table
        Its villages, indexed by BPS code: names, ``baris`` and the numbers that stand in it.
    values : Table
        The same villages with the columns of other sources and the results of formulas. If no
        village was split, united or recoded, the maps show these values.
    agreed : Table
        Agreed values of columns that come from elsewhere, by BPS code.
    notes : tuple of Note
        Oddities in the layout of the table.
    """

    source: TableFile
    rows: Table
    values: Table
    agreed: Table
    notes: tuple[Note, ...] = ()


def open_table(edition: Edition) -> TableFile:
    """Open the table of values or raw counts that ``edition.toml`` names.

    Parameters
    ----------
    edition : Edition
        Names the file and its sheet.

    Raises
    ------
    SourceError
        The file is missing or cannot be read.
    """
    from fsva.sources.tables import edition_tables

    data = edition.settings.data
    return edition_tables.open_table(edition, data.table, data.sheet)


@dataclass(frozen=True, eq=False)
class TableReader:
    """Reads the values of the villages of an edition, or computes them from their raw counts.

    Parameters
    ----------
    edition : Edition
        Says whether the table holds raw counts, and which crosswalk knows its codes.
    rules : Method
        Names, digits, formulas.
    supplied : Supplied
        Columns that do not come from the table; numbers of the villages of the edition.
    accepted : frozenset of (code, indicator id) or None
        Values that may lie outside the possible range; None: ranges are left to the checks.
    """

    edition: Edition
    rules: Method
    supplied: Supplied
    accepted: Accepted | None

    def read(self, source: TableFile) -> ReadTable:
        """Read a table as it stands.

        Parameters
        ----------
        source : TableFile
            From ``open_table``.

        Raises
        ------
        FsvaError
            If the table cannot be used.
        """
        try:
            rows = self._rows(source)
        except CodeError as problem:
            problem.places = _with_likely(self.edition, problem)
            raise
        agreed = self._agreed(source)
        return ReadTable(source, rows, self._complete(rows, agreed), agreed, self._notes(source))

    def inherited(self, read: ReadTable, heirs: Heirs) -> tuple[Table, Inherited]:
        """Bring a table that was read to the villages of the edition.

        Parameters
        ----------
        heirs : Heirs
            Succession of the rows.

        Returns
        -------
        Table, Inherited
            ``read.values`` themselves where nothing happened to any village.

        Raises
        ------
        FsvaError
            If the table follows an event in part, or a computed value is impossible.
        """
        rows, what = heirs.of_values(read.rows, self.rules if self._is_raw else None)
        if rows is read.rows:
            return read.values, what
        return self._complete(rows, read.agreed), what

    @property
    def _is_raw(self) -> bool:
        return self.edition.settings.data.raw is not None

    def _rows(self, source: TableFile) -> Table:
        """Read the columns that the table does hold."""
        from fsva.sources.tables import agreement_sheet, edition_tables, raw_counts

        agreement_sheet.check(source, self._titles())
        elsewhere = self.supplied.columns
        if self._is_raw:
            return raw_counts.read(source, self.rules, elsewhere)
        rest = tuple(i for i in self.rules.indicators if i.id not in elsewhere)
        partly = self.rules.model_copy(update={"indicators": rest})
        return edition_tables.read_indicators(source, partly, self.accepted)

    def _notes(self, source: TableFile) -> tuple[Note, ...]:
        """Return the oddities in the layout of the columns that are read."""
        from fsva.sources.tables import edition_tables, raw_counts

        elsewhere = self.supplied.columns
        columns = (
            raw_counts.used_columns(self.rules, elsewhere)
            if self._is_raw
            else tuple(i.id for i in self.rules.indicators if i.id not in elsewhere)
        )
        titles = headings.of_method(self.rules, raw=self._is_raw)
        return source.table([*edition_tables.VILLAGE_COLUMNS, *columns], titles).notes

    def _agreed(self, source: TableFile) -> Table:
        """Read the agreed values of columns that come from elsewhere."""
        from fsva.sources.tables import columns_elsewhere

        agreed = columns_elsewhere.read_agreed(source, self.supplied.columns, self._titles())
        # Agreed values of indicators are put in with those of the others, after the formulas.
        wanted = (n for n in agreed.columns if not self._is_raw or n in self.rules.columns)
        return agreed.only(*wanted)

    def _complete(self, rows: Table, agreed: Table) -> Table:
        """Add the columns of other sources to the rows, and compute the indicators."""
        from fsva.villages import sourced_columns as supplying

        data, table, supplied = self.edition.settings.data, rows, self.supplied
        if supplied.columns:
            table = supplying.put(table, supplied, supplied.columns, agreed)
        if self._is_raw:
            file = self.edition.path(data.table)
            table = with_indicators(table, self.rules, self.accepted, file)
        return supplying.mark(table, supplied, data, self.rules)

    def _titles(self) -> dict[str, tuple[str, ...]]:
        """Return the headings of all columns that the edition's table may have."""
        raw = headings.of_method(self.rules, raw=True) if self._is_raw else {}
        return headings.of_method(self.rules) | raw


def with_indicators(table: Table, rules: Method, accepted: Accepted | None, file: Path) -> Table:
    """Return a table of raw counts with its indicators at its end.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: names, ``baris`` and raw columns.
    accepted, file
        As ``fsva.index.indicators.of_villages``, which also says what is added.

    Raises
    ------
    TableError
        An impossible value.
    """
    from fsva.index import indicators
    from fsva.sources.tables import read_tables

    raw = read_tables.village_numbers(table)
    made = indicators.of_villages(raw, rules, accepted, file)
    return table.with_columns({**made.values, **made.texts})


def _with_likely(edition: Edition, problem: CodeError) -> Sequence[Place]:
    """Name the likely village of damaged codes by those that the crosswalk knows."""
    from fsva.core import codes
    from fsva.sources.tables import code_columns, edition_tables

    if problem.key != "kode_bps":
        return problem.places
    settings = edition.settings
    try:
        known = edition_tables.read_crosswalk(edition.path(settings.data.crosswalk)).codes
    except FsvaError:
        return problem.places  # faults of the crosswalk are reported after the table
    district, codes_known = settings.district.bps_code, frozenset(known)
    return [
        place
        if place.likely
        else code_columns.hint(
            place, codes.likely_bps(str(place.found or ""), district, codes_known)
        )
        for place in problem.places
    ]
