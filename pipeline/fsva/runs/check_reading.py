"""The files of an edition as the checks read them: what cannot be used becomes a finding.

Owns the reading of each file once, and an error in the form of findings. ``fsva.runs.check_run``
judges what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fsva.config.editions import other_districts
from fsva.config.editions.edition import Edition
from fsva.core.errors import FsvaError, JoinError, Place, failures
from fsva.runs import sourced_columns_run, tabulation, value_run
from fsva.runs.kept.mended_layer import Mender
from fsva.runs.tabulation import MENDER, Ground
from fsva.runs.value_run import ReadTable, TableReader
from fsva.sources.cells.table_text import TableFile

if TYPE_CHECKING:
    from fsva.checks.findings import Finding
    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.sources.cells.layout_oddities import Note
    from fsva.sources.cells.table_text import TextTable
    from fsva.sources.layers.edition_layer import EditionLayer
    from fsva.sources.supporting.printed_tables import PrintedTable
    from fsva.sources.tables.extra_columns import PrintedTotal
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.join import Joined
    from fsva.villages.sourced_columns import Supplied


class EditionReading:
    """Reads each file of an edition once; a file that cannot be used becomes a finding.

    Parameters
    ----------
    edition : Edition
        Names the files.
    layer : EditionLayer
        The village layer.
    rules : Method
        Names and ranges.
    mender : Mender
        Mends the layer.
    """

    def __init__(
        self, edition: Edition, layer: EditionLayer, rules: Method, mender: Mender = MENDER
    ) -> None:
        self._layer, self.edition, self.rules = layer, edition, rules
        self._mender = mender
        self.problems: list[Finding] = self._of_others()
        self.missing: list[Finding] = []
        self.notes: tuple[Note, ...] = ()
        self.notes_elsewhere: list[tuple[str, Note]] = []
        self.supplied = self._supplied()

    @cached_property
    def ground(self) -> Ground:
        """Crosswalk, succession and layer."""
        return tabulation.Ground(self.edition, self._layer, self._mender)

    @cached_property
    def source(self) -> TableFile:
        """The table, opened."""
        return value_run.open_table(self.edition)

    @cached_property
    def reader(self) -> TableReader:
        """What reads the table; ranges are left to the rules."""
        return value_run.TableReader(self.edition, self.rules, self.supplied, None)

    def _of_others(self) -> list[Finding]:
        """Return the keys of the edition that name another district; the rest is still checked."""
        try:
            other_districts.check(self.edition)
        except FsvaError as problem:
            return of_error(problem)
        return []

    def _supplied(self) -> Supplied:
        """Read the columns from rasters and registers; if that fails, the rest is still checked."""
        from fsva.villages import sourced_columns as supplying

        data = self.edition.settings.data
        if not data.suppliers:
            return supplying.Supplied()
        try:
            return self.ground.supplied(self.rules)
        except FsvaError as problem:
            self.problems += of_error(problem)
            return supplying.unknown(sourced_columns_run.kinds(data))

    def table(self) -> ReadTable | None:
        """Read the numbers of the villages."""
        try:
            read = self.reader.read(self.source)
            self.beside(read)
        except FsvaError as problem:
            self.problems += of_error(problem)
            return None
        self.notes = read.notes
        return read

    def beside(self, read: ReadTable) -> Table:
        """Return the values with the raw columns that stand beside ready ratios."""
        from fsva.sources.tables import extra_columns

        if self.edition.settings.data.raw is not None:
            return read.values
        return extra_columns.beside(read.values, self.source, self.rules)

    def joined(self, read: ReadTable) -> Joined | None:
        """Join the table that was read with crosswalk and layer."""
        try:
            return tabulation.join_read(self.ground, self.reader, read)
        except JoinError as problem:
            self.missing += of_error(problem)
        except FsvaError as problem:
            self.problems += [new for new in of_error(problem) if new not in self.problems]
        return None

    def drawn_with(self, joined: Joined | None) -> None:
        """Read what an atlas needs beside table and layer; what it refuses is a problem.

        Parameters
        ----------
        joined : Joined or None
            Says where base layers must lie; without it they are not read.
        """
        from fsva.runs.layers import atlas_files

        villages = None if joined is None else joined.villages
        for problem in failures(atlas_files.readings(self.edition, self.rules, villages), _done):
            self.problems += [new for new in of_error(problem) if new not in self.problems]

    def targeting(self, villages: Mapping[str, str]) -> None:
        """Read the tables of targeting as ``fsva sasaran`` does; what it refuses is a problem.

        Parameters
        ----------
        villages : mapping of str to str
            Names of the edition's villages by BPS code.
        """
        from fsva.sources.tables import targets

        data = self.edition.settings.data
        readers = (
            (data.coverage, targets.read_coverage, "dilayani"),
            (data.extreme_poverty, targets.read_persons, targets.PERSONS),
        )
        for name, read, column in readers:
            if name is not None:
                found = self._of_target(name, read, column, villages)
                for finding in (one for problem in found for one in of_error(problem)):
                    if finding not in self.problems:
                        self.problems.append(finding)

    def _of_target(
        self,
        name: str,
        read: Callable[[TableFile], object],
        column: str,
        villages: Mapping[str, str],
    ) -> list[FsvaError]:
        """Read one table of targeting; keep its oddities, and return what refuses it."""
        from fsva.sources.tables import edition_tables, targets

        try:
            source = edition_tables.open_table(self.edition, name)
        except FsvaError as problem:
            return [problem]
        steps: tuple[Callable[[], object], ...] = (
            partial(read, source),
            partial(targets.check_villages, source, villages),
        )
        found = failures(steps, _done)
        if not found:
            self.notes_elsewhere += [(name, note) for note in targets.notes(source, column)]
        return found

    def totals(self) -> tuple[PrintedTotal, ...]:
        """Read the printed totals of a table that could be read."""
        from fsva.sources.tables import extra_columns

        return extra_columns.read_totals(self.source, self.rules)

    def supporting(self) -> tuple[PrintedTable, ...]:
        """Read the supporting tables; one that cannot be used is a problem, the rest is checked."""
        from fsva.sources.supporting import printed_tables

        read = []
        for source in self.edition.settings.supporting:
            try:
                read.append(printed_tables.read(self.edition.path(source.file), source))
            except FsvaError as problem:
                self.problems += of_error(problem)
        return tuple(read)

    def cells(self) -> TextTable | None:
        """Read the table as text; the problems already say why if it cannot be read."""
        from fsva.sources.tables import extra_columns

        try:
            return extra_columns.cells(self.source)
        except FsvaError as problem:
            problems = [f for f in of_error(problem) if f not in self.problems]
            self.problems += problems if not self.problems else []
            return None


def _done(step: Callable[[], object]) -> object:
    return step()


def last_year(edition: Edition, now: Edition, table: Table | None) -> Table:
    """Read last year's values, brought to the villages of this year's table."""
    from fsva.config.methods import method
    from fsva.sources.layers import edition_layer
    from fsva.villages.sourced_columns import Supplied

    rules = method.load_open(edition.method_file, edition.baseline_file)
    supplied = Supplied()
    if edition.settings.data.suppliers:
        supplied = tabulation.Ground(edition, edition_layer.of_edition(edition)).supplied(rules)
    reader = value_run.TableReader(edition, rules, supplied, None)
    read = reader.read(value_run.open_table(edition))
    heirs = None if table is None else _heirs(now, table)
    return read.values if heirs is None else reader.inherited(read, heirs)[0]


def _heirs(edition: Edition, table: Table) -> Heirs | None:
    """Return the effect of this year's succession table on last year's villages."""
    from fsva.runs import succession_run
    from fsva.sources.tables import crosswalks

    data = edition.settings.data
    if data.succession is None:
        return None
    try:
        known = crosswalks.known(edition.path(data.crosswalk))
    except FsvaError:
        return None  # the join cannot use it either, and says so
    return succession_run.read(edition, crosswalks.of_table(table, known))


def of_error(problem: FsvaError) -> list[Finding]:
    """Return an error of a file as findings, one per place, and the errors that it carries."""
    from fsva.checks.findings import Finding
    from fsva.core.codes import Ailment, Damage

    facts = {k: Path(str(v)).name if k == "berkas" else v for k, v in problem.facts.items()}
    entries = chain(problem.decisions, repeat(None))
    places = [
        Finding(
            f"galat.{problem.key}",
            place.file.name if place.file else "",
            place.row,
            (place.column,) if place.column else (),
            place.village or "",
            "",
            place.found or "",
            facts,
            damage=Damage(cast(Ailment, place.ailment), place.likely) if place.ailment else None,
            cell=place.cell,
            decision=entry,
        )
        for place, entry in zip(problem.places or [Place()], entries, strict=False)
    ]
    return places + [finding for other in problem.others for finding in of_error(other)]
