"""The check of an edition: read its files as far as possible, then apply the rules.

Owns the order: what ``fsva.runs.check_reading`` reads is judged by the rules of ``fsva.checks``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.config.editions import unfilled
from fsva.config.editions.edition import Edition
from fsva.core import resources
from fsva.core.columns import BPS, ROW
from fsva.core.errors import Place, TableError
from fsva.core.texts import Texts
from fsva.runs import check_reading
from fsva.runs.check_reading import EditionReading
from fsva.runs.kept import kept_frames
from fsva.runs.kept.mended_layer import Mender
from fsva.runs.tabulation import MENDER, Tabulated

if TYPE_CHECKING:
    from fsva.checks.check_data import Material
    from fsva.checks.check_thresholds import CheckThresholds
    from fsva.checks.finding_words import Title
    from fsva.checks.findings import Finding, Level, Report
    from fsva.config.editions.sections import Settings
    from fsva.config.methods.method import Method
    from fsva.sources.cells.table_text import TextTable
    from fsva.sources.layers.edition_layer import EditionLayer
    from fsva.sources.plain.shape_table import ShapeTable
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
    villages : ShapeTable or None
        The joined villages; None where table and layer could not be joined.
    """

    report: Report
    title: Title
    cells: TextTable | None
    computed: dict[str, dict[int, float]]
    colours: dict[Level, str]
    villages: ShapeTable | None = None


def limits_file(edition: Edition) -> Path:
    """Return the file of thresholds that an edition is checked with."""
    from fsva.checks import check_thresholds

    return resources.style_of(edition.folder, check_thresholds.FILE_NAME)


def of_edition(
    edition: Edition,
    layer: EditionLayer,
    last_year: Edition | None,
    texts: Texts,
    mender: Mender = MENDER,
) -> Checked:
    """Check an edition with everything that belongs to it.

    Parameters
    ----------
    layer : EditionLayer
        The village layer.
    last_year : Edition or None
        The edition to compare with.
    texts : Texts
        The language of the report's title.
    mender : Mender
        Mends the layer.

    Raises
    ------
    FsvaError
        If method, thresholds or last year's table cannot be used: the check needs them. Faults of
        the edition's own files are part of the report.
    """
    from fsva.checks import check_thresholds
    from fsva.config.methods import method
    from fsva.sources.tables import read_tables

    rules = method.load_open(edition.method_file, edition.baseline_file)
    thresholds = check_thresholds.load(limits_file(edition))
    reading = check_reading.EditionReading(edition, layer, rules, mender)
    read = reading.table()
    table = None if read is None else reading.beside(read)
    joined = None if read is None else reading.joined(read)
    if joined is not None:
        kept_frames.recall(mender.kept, joined.villages)
        reading.problems += _notes(edition, joined)
    if table is not None:
        known = read_tables.names(table) if joined is None else joined.names
        reading.targeting(known)
    reading.drawn_with(joined)
    before = None if last_year is None else check_reading.last_year(last_year, edition, table)
    report = _judge(reading, thresholds, table, joined, before)
    if joined is not None:
        kept_frames.keep(mender.kept, joined.villages)
    cells = reading.cells()
    computed = _computed(table, cells, rules, reading.supplied)
    return mender.done(
        Checked(
            report,
            _title(edition.settings, table, texts),
            cells,
            computed,
            thresholds.colours,
            None if joined is None else joined.villages,
        )
    )


def _judge(
    reading: EditionReading,
    thresholds: CheckThresholds,
    table: Table | None,
    joined: Joined | None,
    before: Table | None,
) -> Report:
    from fsva.checks import edition_rules
    from fsva.checks import rules as judging
    from fsva.checks.findings import Outcome, Report, RuleResult
    from fsva.config.editions import planned_interventions
    from fsva.sources.tables.read_tables import village_numbers

    if table is None:
        known = {edition_rules.RULE: edition_rules.of(unfilled.of_file(reading.edition))}
        report = judging.not_run(thresholds, known)
    else:
        base = _material(reading.edition, reading.rules, thresholds, table)
        whole = replace(
            base,
            totals=reading.totals(),
            previous=None if before is None else village_numbers(before),
            missing=tuple(reading.missing),
            supplied=reading.supplied,
            notes=reading.notes,
            notes_elsewhere=tuple(reading.notes_elsewhere),
            supporting=reading.supporting(),
            plan=planned_interventions.of_edition(reading.edition, reading.rules),
        )
        report = judging.run(_with_polygons(whole, reading.edition, joined))
    level = thresholds.levels[judging.READING]
    read = Outcome(judging.READING, level, RuleResult(tuple(reading.problems)))
    return Report((read, *report.outcomes))


def _material(
    edition: Edition, rules: Method, thresholds: CheckThresholds, table: Table
) -> Material:
    from fsva.checks.check_data import Material
    from fsva.sources.tables.read_tables import village_numbers

    settings = edition.settings
    accepted = frozenset(
        (acceptance.code, acceptance.indicator) for acceptance in settings.acceptances
    )
    name = Path(settings.data.table).name
    numbers, open_values = village_numbers(table), unfilled.of_file(edition)
    return Material(name, numbers, rules, thresholds, accepted, unfilled=open_values)


def _with_polygons(material: Material, edition: Edition, joined: Joined | None) -> Material:
    """Add the area of the polygons on the ground and on paper, or why there is none."""
    from fsva.config.styles import layout
    from fsva.drawing.framing import paper_areas

    settings = edition.settings
    if joined is None:
        return replace(material, no_polygons="lapisan")
    if settings.boundary.schematic:
        return material
    villages = joined.villages
    areas = dict(zip(villages[BPS], (villages.areas / 1e4).tolist(), strict=True))
    layouts = [layout.load(file, edition.theme_file) for file in edition.layout_files]
    paper = paper_areas.on_layouts(layouts, villages)
    return replace(
        material,
        polygons_ha=areas,
        holes=_holes(settings, joined),
        paper_mm2=paper.mm2,
        denominator=paper.denominator,
    )


def _notes(edition: Edition, joined: Joined) -> list[Finding]:
    """Return the oddities at which nothing stops as warnings, each with the file it is about."""
    from fsva.checks.findings import Finding

    table = Path(edition.settings.data.table).name
    layer = Path(edition.settings.boundary.layer).name
    return [
        Finding(
            f"lapisan.{oddity.key}",
            table if oddity.kind == "nama" else layer,
            columns=(BPS,) if oddity.kind == "nama" else (),
            facts={"terbaca": oddity.found, **oddity.facts},
            level="peringatan",
            decision=oddity.decision,
        )
        for oddity in joined.oddities
        if oddity.is_note
    ]


def _holes(settings: Settings, joined: Joined) -> tuple[Finding, ...]:
    """Return the holes of a layer that nothing accepts as findings."""
    from fsva.checks.findings import Finding

    file = Path(settings.boundary.layer).name
    return tuple(
        Finding("periksa.aturan.celah", file, facts=dict(oddity.facts), decision=oddity.decision)
        for oddity in joined.oddities
        if oddity.key == "celah" and oddity.accepted is None
    )


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
    from fsva.sources.tables.read_tables import floats

    if table is None or cells is None:
        return {}
    names = dict.fromkeys([*supplied.columns, *(i.id for i in rules.indicators)])
    columns = [name for name in names if name not in cells.columns and name in table]
    rows = table[ROW].tolist()
    return {c: dict(zip(rows, floats(table[c]).tolist(), strict=True)) for c in columns}


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
    report = rules.run(_with_polygons(base, edition, tabulated.joined))
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
