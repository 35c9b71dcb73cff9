"""The check of an edition: read its files as far as possible, then apply the rules.

Owns what becomes of a file that cannot be used: a finding. ``fsva.checks`` owns the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fsva.config.editions import other_districts, unfilled
from fsva.config.editions.edition import Edition
from fsva.core import resources
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.errors import FsvaError, JoinError, Place, TableError
from fsva.core.texts import Texts
from fsva.runs import run_order, sourced_columns_run, tabulation, value_run
from fsva.runs.run_order import Order
from fsva.runs.tabulation import Ground, Tabulated
from fsva.runs.value_run import ReadTable, TableReader

if TYPE_CHECKING:
    from fsva.checks.check_data import Material
    from fsva.checks.check_thresholds import CheckThresholds
    from fsva.checks.finding_words import Title
    from fsva.checks.findings import Finding, Level, Report
    from fsva.config.editions.sections import Settings
    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.sources.cells.layout_oddities import Note
    from fsva.sources.cells.table_text import TableFile, TextTable
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.join import Joined
    from fsva.villages.sourced_columns import Supplied


@dataclass(frozen=True, eq=False)
class Checked:
    """The findings in an edition, and the checked table.

    Parameters
    ----------
    report : Report
        Findings of every rule.
    title : Title
        The heading of the report.
    cells : TextTable or None
        The table as text; None if it cannot be read.
    computed : dict of str to dict of int to float
        Numbers that do not stand in the file, such as indicators from raw counts: column to row
        of the file to number.
    colours : dict of Level to str
        ``#RRGGBB`` of the findings.
    """

    report: Report
    title: Title
    cells: TextTable | None
    computed: dict[str, dict[int, float]]
    colours: dict[Level, str]


def limits_file(edition: Edition) -> Path:
    """Return the file of thresholds that an edition is checked with."""
    from fsva.checks import check_thresholds

    return resources.style_of(edition.folder, check_thresholds.FILE_NAME)


def of_edition(order: Order, last_year: Edition | None) -> Checked:
    """Check an edition with everything that belongs to it.

    Parameters
    ----------
    last_year : Edition or None
        The edition to compare with.

    Raises
    ------
    FsvaError
        If method, thresholds or last year's table cannot be used: the check needs them. Faults of
        the edition's own files are part of the report.
    """
    from fsva.checks import check_thresholds
    from fsva.config.methods import method

    edition = order.edition
    rules = method.load_open(edition.method_file, edition.baseline_file)
    thresholds = check_thresholds.load(limits_file(edition))
    reading = _Reading(order, rules)
    read = reading.table()
    table = None if read is None else reading.beside(read)
    joined = None if read is None else reading.joined(read)
    before = None if last_year is None else _last_year(last_year, edition, order.texts, table)
    report = _judge(reading, thresholds, table, joined, before)
    cells = reading.cells()
    computed = _computed(table, cells, rules, reading.supplied)
    return Checked(
        report, _title(edition.settings, table, order.texts), cells, computed, thresholds.colours
    )


class _Reading:
    """Reads each file of an edition once; a file that cannot be used becomes a finding.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Names and ranges.
    """

    def __init__(self, order: Order, rules: Method) -> None:
        self._order, self.edition, self.rules = order, order.edition, rules
        self.problems: list[Finding] = self._of_others()
        self.missing: list[Finding] = []
        self.notes: tuple[Note, ...] = ()
        self.supplied = self._supplied()

    @cached_property
    def ground(self) -> Ground:
        """Crosswalk, succession and layer."""
        return tabulation.Ground(self._order)

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
        return read.values.join(extra_columns.read_columns(self.source, self.rules))

    def joined(self, read: ReadTable) -> Joined | None:
        """Join the table that was read with crosswalk and layer."""
        try:
            return tabulation.join_read(self.ground, self.reader, read)
        except JoinError as problem:
            self.missing += of_error(problem)
        except FsvaError as problem:
            self.problems += [new for new in of_error(problem) if new not in self.problems]
        return None

    def totals(self) -> Table:
        """Read the printed totals of a table that could be read."""
        from fsva.sources.tables import extra_columns

        return extra_columns.read_totals(self.source, self.rules)

    def cells(self) -> TextTable | None:
        """Read the table as text; the problems already say why if it cannot be read."""
        from fsva.sources.tables import extra_columns

        try:
            return extra_columns.cells(self.source)
        except FsvaError as problem:
            problems = [f for f in of_error(problem) if f not in self.problems]
            self.problems += problems if not self.problems else []
            return None


def _judge(
    reading: _Reading,
    thresholds: CheckThresholds,
    table: Table | None,
    joined: Joined | None,
    before: Table | None,
) -> Report:
    from fsva.checks import edition_rules
    from fsva.checks import rules as judging
    from fsva.checks.findings import Outcome, Report, RuleResult
    from fsva.config.editions import planned_interventions

    if table is None:
        known = {edition_rules.RULE: edition_rules.of(unfilled.of_file(reading.edition))}
        report = judging.not_run(thresholds, known)
    else:
        base = _material(reading.edition, reading.rules, thresholds, table)
        whole = replace(
            base,
            totals=reading.totals(),
            previous=before,
            missing=tuple(reading.missing),
            supplied=reading.supplied,
            notes=reading.notes,
            plan=planned_interventions.of_edition(reading.edition, reading.rules),
        )
        report = judging.run(_with_polygons(whole, reading.edition.settings, joined))
    level = thresholds.levels[judging.READING]
    read = Outcome(judging.READING, level, RuleResult(tuple(reading.problems)))
    return Report((read, *report.outcomes))


def _material(
    edition: Edition, rules: Method, thresholds: CheckThresholds, table: Table
) -> Material:
    from fsva.checks.check_data import Material

    settings = edition.settings
    accepted = frozenset(
        (acceptance.code, acceptance.indicator) for acceptance in settings.acceptances
    )
    name = Path(settings.data.table).name
    return Material(name, table, rules, thresholds, accepted, unfilled=unfilled.of_file(edition))


def _with_polygons(material: Material, settings: Settings, joined: Joined | None) -> Material:
    """Add the area of the polygons by BPS code, or why there is none."""
    if joined is None:
        return replace(material, no_polygons="lapisan")
    if settings.boundary.schematic:
        return material
    villages = joined.villages
    areas = (villages.geometry.area / 1e4).set_axis(villages[BPS])
    return replace(material, polygons_ha=areas, holes=_holes(settings, joined))


def _holes(settings: Settings, joined: Joined) -> tuple[Finding, ...]:
    """Return the holes of a layer that nothing accepts as findings."""
    from fsva.checks.findings import Finding

    file = Path(settings.boundary.layer).name
    return tuple(
        Finding("periksa.aturan.celah", file, facts=dict(oddity.facts))
        for oddity in joined.oddities
        if oddity.key == "celah" and oddity.accepted is None
    )


def _last_year(edition: Edition, now: Edition, texts: Texts, table: Table | None) -> Table:
    """Read last year's values, brought to the villages of this year's table."""
    from fsva.config.methods import method
    from fsva.villages.sourced_columns import Supplied

    rules = method.load_open(edition.method_file, edition.baseline_file)
    supplied = Supplied()
    if edition.settings.data.suppliers:
        supplied = tabulation.Ground(run_order.place(edition, None, texts)).supplied(rules)
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
        known = crosswalks.known(edition.path(data.crosswalk))[KEMENDAGRI]
    except FsvaError:
        return None  # the join cannot use it either, and says so
    villages = table[[PARENT]].assign(
        nama_bps=table[UNIT], kode_kemendagri=known.reindex(table.index).fillna("")
    )
    return succession_run.read(edition, villages)


def _title(settings: Settings, table: Table | None, texts: Texts) -> Title:
    from fsva.checks.finding_words import Title
    from fsva.words import draft

    count = 0 if table is None else len(table)
    file, open_ = Path(settings.data.table).name, draft.of(settings, texts)
    return Title(settings.district.full_name, settings.year, file, count, open_.sentence)


def _computed(
    table: Table | None, cells: TextTable | None, rules: Method, supplied: Supplied
) -> dict[str, dict[int, float]]:
    """Return the numbers that do not stand in the file, by column and row of the file."""
    from fsva.index.joined_table import numbers

    if table is None or cells is None:
        return {}
    names = dict.fromkeys([*supplied.columns, *(i.id for i in rules.indicators)])
    columns = [name for name in names if name not in cells.columns and name in table]
    rows = table[ROW].tolist()
    return {c: dict(zip(rows, numbers(table[c]).tolist(), strict=True)) for c in columns}


def of_error(problem: FsvaError) -> list[Finding]:
    """Return an error of a file as findings, one per place, and the errors that it carries."""
    from fsva.checks.findings import Finding
    from fsva.core.codes import Ailment, Damage

    facts = {k: Path(str(v)).name if k == "berkas" else v for k, v in problem.facts.items()}
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
        )
        for place in (problem.places or [Place()])
    ]
    return places + [finding for other in problem.others for finding in of_error(other)]


def approved(edition: Edition, tabulated: Tabulated, texts: Texts) -> Report:
    """Check the table from which the maps of an atlas are drawn.

    Parameters
    ----------
    tabulated : Tabulated
        Its joined villages and the table as it was read; nothing is read again.

    Returns
    -------
    Report
        Warnings and agreed values, for ``fsva.checks.finding_words.for_atlas``.

    Raises
    ------
    TableError
        If there is an error: no map is made of it.
    """
    from fsva.checks import check_thresholds, rules

    settings = edition.settings
    thresholds = check_thresholds.load(limits_file(edition))
    base = _material(edition, tabulated.rules, thresholds, tabulated.inputs.values.values)
    base = replace(base, supplied=tabulated.joined.supplied, notes=tabulated.inputs.values.notes)
    report = rules.run(_with_polygons(base, settings, tabulated.joined))
    _stop(edition.path(settings.data.table), report, texts)
    return report


def _stop(file: Path, report: Report, texts: Texts) -> None:
    errors = list(report.of_level("galat"))
    if not errors:
        return
    from fsva.checks import finding_words

    names = dict.fromkeys(finding_words.rule_name(outcome.rule, texts) for outcome, _ in errors)
    places = [
        Place(
            file,
            one.row,
            " + ".join(one.columns),
            f"{one.village} ({one.code})",
            finding_words.fact(one.found, texts),
        )
        for _, one in errors
    ]
    raise TableError("pemeriksaan", places, {"aturan": "; ".join(names)})
