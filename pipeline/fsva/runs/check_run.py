"""Checking an edition: its files are gathered as far as they can be read, then judged.

Owns what becomes of a file that cannot be used: a finding like any other, while everything that
does not need it is still checked. The rules are ``fsva.checks``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fsva.config.editions import edition as editions
from fsva.config.editions.edition import Edition
from fsva.config.editions.sections import Acceptance
from fsva.core import resources
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.errors import FsvaError, JoinError, Place, TableError
from fsva.core.toml import Bilingual
from fsva.runs import run_order, sourced_columns_run, tabulation
from fsva.runs.run_order import Order
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    import pandas as pd

    from fsva.checks.check_data import Material
    from fsva.checks.check_thresholds import CheckThresholds
    from fsva.checks.finding_words import Title
    from fsva.checks.findings import Finding, Level, Report
    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.sources.cells.table_text import TextTable
    from fsva.villages.join import Joined
    from fsva.villages.sourced_columns import Supplied


@dataclass(frozen=True, eq=False)
class Checked:
    """What was found in an edition, and the table that it was found in.

    Parameters
    ----------
    report : Report
        Findings of every rule.
    title : Title
        What stands above the report.
    cells : TextTable or None
        The table as text; None if it cannot be read.
    computed : DataFrame or None
        Numbers by row of the file that do not stand in it: indicators from raw counts.
    colours : dict of Level to str
        ``#RRGGBB`` of the findings.
    """

    report: Report
    title: Title
    cells: TextTable | None
    computed: pd.DataFrame | None
    colours: dict[Level, str]


def limits_file(edition: Edition) -> Path:
    """Return the file of thresholds that an edition is checked with."""
    from fsva.checks import check_thresholds

    return resources.style_of(edition.folder, check_thresholds.FILE_NAME)


def of_edition(order: Order, last_year: Edition | None) -> Checked:
    """Check an edition with everything that belongs to it.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    last_year : Edition or None
        The edition to compare with.

    Raises
    ------
    FsvaError
        If method, thresholds or last year's table cannot be used: without them nothing can be
        said. What is wrong with the edition's own files is part of the report.
    """
    from fsva.checks import check_thresholds
    from fsva.config.methods import method

    edition = order.edition
    rules = method.load_open(edition.method_file, edition.baseline_file)
    thresholds = check_thresholds.load(limits_file(edition))
    reading = _Reading(order, rules)
    table = reading.table()
    joined = reading.joined(table) if table is not None else None
    before = None if last_year is None else _last_year(last_year, order, table)
    report = _judge(reading, thresholds, table, joined, before)
    cells = reading.cells()
    computed = _computed(table, cells, rules, reading.supplied)
    return Checked(report, _title(order, table), cells, computed, thresholds.colours)


class _Reading:
    """Reads the files of an edition; what cannot be used becomes a finding.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Names and ranges.
    """

    def __init__(self, order: Order, rules: Method) -> None:
        self.order, self.rules = order, rules
        self.problems: list[Finding] = []
        self.missing: list[Finding] = []
        self.supplied = self._supplied()

    def _supplied(self) -> Supplied:
        """Read what does not come from the table; if that fails, all else is still checked."""
        from fsva.villages import sourced_columns as supplying

        try:
            return tabulation.supplied_numbers(self.order, self.rules)
        except FsvaError as problem:
            self.problems += of_error(problem)
            return supplying.unknown(sourced_columns_run.kinds(self.order))

    def table(self) -> pd.DataFrame | None:
        """Read the numbers of the villages and what stands beside them."""
        from fsva.sources.tables import extra_columns

        data = self.order.edition.settings.data
        file = self.order.edition.path(data.table)
        try:
            table = values(self.order, self.rules, self.supplied)
            if data.raw is None:
                table = table.join(extra_columns.read_columns(file, self.rules, data.sheet))
        except FsvaError as problem:
            self.problems += of_error(problem)
            return None
        return table

    def joined(self, table: pd.DataFrame) -> Joined | None:
        """Join table, crosswalk and layer; ranges have been left to the rules."""
        try:
            editions.check(self.order.edition, table, self.rules)
        except FsvaError as problem:
            self.problems += of_error(problem)
            return None
        try:
            order = _accepting(self.order, table, self.rules)
            return tabulation.join_values(order, self.rules, self.supplied)
        except JoinError as problem:
            self.missing += of_error(problem)
        except FsvaError as problem:
            self.problems += [one for one in of_error(problem) if one not in self.problems]
        return None

    def totals(self) -> pd.DataFrame | None:
        """Read the printed totals of a table that could be read."""
        from fsva.sources.tables import extra_columns

        data = self.order.edition.settings.data
        return extra_columns.read_totals(
            self.order.edition.path(data.table), self.rules, data.sheet
        )

    def cells(self) -> TextTable | None:
        """Read the table as text; why it cannot be read is among the problems already."""
        from fsva.sources.tables import extra_columns

        data = self.order.edition.settings.data
        try:
            return extra_columns.cells(self.order.edition.path(data.table), data.sheet)
        except FsvaError as problem:
            found = [f for f in of_error(problem) if f not in self.problems]
            self.problems += found if not self.problems else []
            return None


def values(order: Order, rules: Method, supplied: Supplied | None = None) -> pd.DataFrame:
    """Read the values of an edition's table, or compute them; ranges are not looked at.

    Parameters
    ----------
    order : Order
        The edition.
    rules : Method
        Names, digits, formulas.
    supplied : Supplied or None
        Numbers that do not come from the table, if they have been read already.

    Raises
    ------
    FsvaError
        If the table cannot be used.
    """
    from fsva.runs import value_run

    if supplied is None:
        supplied = tabulation.supplied_numbers(order, rules)
    return value_run.read(order, rules, None, supplied, None)[0]


def _accepting(order: Order, table: pd.DataFrame, rules: Method) -> Order:
    """Return an order that accepts every value, so that the join is not stopped by a range."""
    own = order.edition.settings
    reason = Bilingual(id="-", en="-")
    every = tuple(
        Acceptance(kode_bps=str(code), desa=str(name), indikator=one.id, alasan=reason)
        for code, name in table[UNIT].items()
        for one in rules.indicators
    )
    settings = own.model_copy(update={"acceptances": every})
    return replace(order, edition=replace(order.edition, settings=settings))


def _judge(
    reading: _Reading,
    thresholds: CheckThresholds,
    table: pd.DataFrame | None,
    joined: Joined | None,
    before: pd.DataFrame | None,
) -> Report:
    from fsva.checks import rules as judging
    from fsva.checks.findings import Outcome, Report, RuleResult

    if table is None:
        report = judging.not_run(thresholds, {})
    else:
        base = _material(reading.order, reading.rules, thresholds, table)
        whole = replace(
            base,
            totals=reading.totals(),
            previous=before,
            missing=tuple(reading.missing),
            supplied=reading.supplied,
        )
        report = judging.run(_with_polygons(whole, reading.order, joined))
    level = thresholds.levels[judging.READING]
    read = Outcome(judging.READING, level, RuleResult(tuple(reading.problems)))
    return Report((read, *report.outcomes))


def _material(
    order: Order, rules: Method, thresholds: CheckThresholds, table: pd.DataFrame
) -> Material:
    from fsva.checks.check_data import Material

    settings = order.edition.settings
    accepted = frozenset((one.code, one.indicator) for one in settings.acceptances)
    return Material(Path(settings.data.table).name, table, rules, thresholds, accepted)


def _with_polygons(material: Material, order: Order, joined: Joined | None) -> Material:
    """Add the area of the polygons by BPS code, or why there is none."""
    if joined is None:
        return replace(material, no_polygons="lapisan")
    if order.edition.settings.boundary.schematic:
        return material
    villages = joined.villages
    areas = (villages.geometry.area / 1e4).set_axis(villages[BPS])
    return replace(material, polygons_ha=areas)


def _last_year(edition: Edition, order: Order, table: pd.DataFrame | None) -> pd.DataFrame:
    """Read last year's values, brought to the villages of this year's table."""
    from fsva.config.methods import method
    from fsva.runs import value_run

    rules = method.load_open(edition.method_file, edition.baseline_file)
    then = run_order.place(edition, None, order.texts)
    supplied = tabulation.supplied_numbers(then, rules)
    heirs = None if table is None else _heirs(order, table)
    return value_run.read(then, rules, None, supplied, heirs)[0]


def _heirs(order: Order, table: pd.DataFrame) -> Heirs | None:
    """Return what this year's succession table does to villages of last year."""
    from fsva.runs import succession_run
    from fsva.sources.tables import crosswalks

    data = order.edition.settings.data
    if data.succession is None:
        return None
    try:
        known = crosswalks.known(order.edition.path(data.crosswalk))[KEMENDAGRI]
    except FsvaError:
        return None  # the join cannot use it either, and says so
    villages = table[[PARENT]].assign(
        nama_bps=table[UNIT], kode_kemendagri=known.reindex(table.index).fillna("")
    )
    return succession_run.read(order.edition, villages)


def _title(order: Order, table: pd.DataFrame | None) -> Title:
    from fsva.checks.finding_words import Title

    settings = order.edition.settings
    count = 0 if table is None else len(table)
    return Title(settings.district.full_name, settings.year, Path(settings.data.table).name, count)


def _computed(
    table: pd.DataFrame | None, cells: TextTable | None, rules: Method, supplied: Supplied
) -> pd.DataFrame | None:
    """Return the numbers that do not stand in the file, by row of the file."""
    if table is None or cells is None:
        return None
    names = dict.fromkeys([*supplied.columns, *(i.id for i in rules.indicators)])
    columns = [name for name in names if name not in cells.columns and name in table]
    return table.set_index(ROW)[columns]


def of_error(problem: FsvaError) -> list[Finding]:
    """Return what stops a file from being used as findings, one per place; others follow.

    Parameters
    ----------
    problem : FsvaError
        With its places and facts.
    """
    from fsva.checks.findings import Finding
    from fsva.core.codes import Ailment, Damage

    facts = {k: Path(v).name if k == "berkas" else v for k, v in problem.facts.items()}
    own = [
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
        )
        for place in (problem.places or [Place()])
    ]
    return own + [finding for other in problem.others for finding in of_error(other)]


def approved(order: Order, made: Tabulated) -> Report:
    """Check the table of an atlas that is being made.

    Parameters
    ----------
    order : Order
        The edition.
    made : Tabulated
        Its joined villages; they are not read again.

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

    thresholds = check_thresholds.load(limits_file(order.edition))
    table = values(order, made.rules, made.joined.supplied)
    base = _material(order, made.rules, thresholds, table)
    base = replace(base, supplied=made.joined.supplied)
    report = rules.run(_with_polygons(base, order, made.joined))
    _stop(order, report)
    return report


def _stop(order: Order, report: Report) -> None:
    errors = list(report.of_level("galat"))
    if not errors:
        return
    from fsva.checks import finding_words

    file = order.edition.path(order.edition.settings.data.table)
    names = dict.fromkeys(
        finding_words.rule_name(outcome.rule, order.texts) for outcome, _ in errors
    )
    places = [
        Place(file, one.row, " + ".join(one.columns), f"{one.village} ({one.code})",
              finding_words.fact(one.found, order.texts))
        for _, one in errors
    ]  # fmt: skip
    raise TableError("pemeriksaan", places, {"aturan": "; ".join(names)})
