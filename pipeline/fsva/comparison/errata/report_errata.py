"""All errata of an edition's published report, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsva.comparison.errata import counts_and_limits, printed_lists, statements
from fsva.comparison.errata.erratum import Erratum, VillageNames
from fsva.config.editions.edition import Edition
from fsva.config.methods.method import Method
from fsva.core.errors import EditionError, Place
from fsva.core.texts import Texts
from fsva.runs import supporting_run
from fsva.runs.tabulation import Tabulated
from fsva.sources.printed import report_rows
from fsva.sources.printed.report_rows import ReportRows
from fsva.sources.supporting.printed_tables import PrintedTable
from fsva.words.legends import legend_words
from fsva.words.supporting import table_words

_NAMES = "nama_kemendagri"


@dataclass(frozen=True)
class ReportErrata:
    """The errata of a report, and how much of it was looked at.

    Parameters
    ----------
    errata : tuple of Erratum
        By measure, then supporting tables.
    n_lines : int
        Printed lines, counts, limits, mentions, quotations and rows of supporting tables.
    """

    errata: tuple[Erratum, ...]
    n_lines: int


def find(edition: Edition, tabulated: Tabulated, texts: Texts) -> ReportErrata:
    """Read what a report prints, and find what is wrong in it.

    Raises
    ------
    EditionError
        If the edition names no printed tables, or a row names an unknown measure.
    SourceError, TableError
        If one cannot be used.
    """
    rows = report_rows.read(edition)
    tables = supporting_run.tables(edition)
    if rows == ReportRows() and not any(table.source.printed for table in tables):
        raise EditionError("cetakan_kosong", [Place(edition.file, column="cetakan")])
    _check_measures(edition, rows, tabulated.rules)
    by_id = {table.source.id: table for table in tables}
    printed = [table for table in tables if table.source.printed]
    found = [
        *_of_measures(rows, tabulated),
        *counts_and_limits.of_limits(rows.limits, tabulated.rules),
        *statements.of_quotations(rows.quotations, by_id),
        *_of_tables(edition, printed, texts),
    ]
    parts = (rows.lists, rows.counts, rows.limits, rows.mentions, rows.quotations)
    n_rows = sum(len(table.rows) + (table.total is not None) for table in printed)
    return ReportErrata(tuple(found), sum(map(len, parts)) + n_rows)


def _check_measures(edition: Edition, rows: ReportRows, rules: Method) -> None:
    known = [measure.id for measure in rules.measures()]
    parts = (rows.lists, rows.counts, rows.limits, rows.mentions)
    named = [line.measure for part in parts for line in part]
    other = [name for name in dict.fromkeys(named) if name not in known]
    if other:
        places = [Place(edition.file, column="cetakan", found=name) for name in other]
        raise EditionError("keputusan_indikator", places, {"ada": ", ".join(known)})


def _of_measures(rows: ReportRows, tabulated: Tabulated) -> Iterator[Erratum]:
    table, rules = tabulated.table, tabulated.rules
    crosswalk = tabulated.inputs.crosswalk
    aliases: dict[str, str] = {}
    if _NAMES in crosswalk:
        aliases = {c: str(n or "") for c, n in crosswalk.by_code(_NAMES).items()}
    names = VillageNames(table, aliases)
    for measure in rules.measures():
        lists = [line for line in rows.lists if line.measure == measure.id]
        counts = [line for line in rows.counts if line.measure == measure.id]
        mentions = [line for line in rows.mentions if line.measure == measure.id]
        yield from counts_and_limits.of_counts(counts, measure, table)
        if lists:
            yield from printed_lists.of_measure(lists, counts, measure, names)
        yield from statements.of_mentions(mentions, measure, table, rules)


def _of_tables(edition: Edition, tables: Sequence[PrintedTable], texts: Texts) -> Iterator[Erratum]:
    """Yield what the checks find in supporting tables that stand as printed."""
    from fsva.checks import finding_words

    by_file = {table.file.name: table for table in tables}
    for finding in supporting_run.findings(edition, tables):
        table = by_file[finding.file]
        columns = " + ".join(_column(name, texts) for name in finding.columns)
        where = ", ".join(part for part in (finding.village, columns) if part)
        right = finding_words.sentence(finding, "harap", texts)
        said = finding_words.sentence(finding, "pesan", texts)
        place = f"{table.source.printed}: {where}"
        printed = finding_words.fact(finding.found, texts)
        yield Erratum("pendukung", place, table.source.id, printed, right, {"pesan": said})


def _column(name: str, texts: Texts) -> str:
    """Return a column of a supporting table as a report heads it, within a sentence."""
    key = f"pendukung.{name}"
    heading = texts(key) if texts.has(key) else table_words.column_name(name)
    return legend_words.within(heading)
