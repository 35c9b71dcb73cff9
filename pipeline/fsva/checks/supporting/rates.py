"""Rules about means and growths that do not follow from the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from fsva.checks.check_data import Material
from fsva.checks.findings import Fact, Finding, RuleResult, not_applicable
from fsva.checks.supporting import printed_spans as spans
from fsva.checks.supporting import sums
from fsva.checks.supporting.printed_spans import told
from fsva.index.supporting import sums_and_growth
from fsva.sources.supporting.printed_tables import GROWTH, MEAN, PrintedRow, PrintedTable

RULE = "pendukung_laju"


def follow(material: Material) -> RuleResult:
    """Compare printed means and growths with those of the printed numbers."""
    if not material.supporting:
        return not_applicable("pendukung")
    return RuleResult(of_tables(material.supporting))


def of_tables(tables: Sequence[PrintedTable]) -> tuple[Finding, ...]:
    """Return the findings about means and growths."""
    return tuple(
        finding
        for table in tables
        for row in (*table.rows, *([table.total] if table.total else []))
        for finding in (*_mean(table, row), *_growth(table, row))
    )


def _mean(table: PrintedTable, row: PrintedRow) -> Iterator[Finding]:
    printed = row.beside.get(MEAN)
    numbers = [value for value in row.values if value is not None]
    if printed is None or not numbers:
        return
    if spans.of(printed).meets(spans.total(numbers).over(len(numbers))):
        return
    right = (sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    yield sums.finding(
        table, "rata_rata", row, [table.headings[MEAN]], told(printed), seharusnya=told(right)
    )


def _growth(table: PrintedTable, row: PrintedRow) -> Iterator[Finding]:
    printed, (first, last) = row.beside.get(GROWTH), (row.values[0], row.values[-1])
    if printed is None or first is None or last is None:
        return
    span, right = spans.growth(first, last), sums_and_growth.growth(first, last)
    if span is None or right is None or spans.of(printed).meets(span):
        return
    facts: dict[str, Fact] = {
        "seharusnya": told(right),
        "awal": table.columns[0],
        "akhir": table.columns[-1],
    }
    kind = "tanda" if printed == -right else "laju"
    yield sums.finding(table, kind, row, [table.headings[GROWTH]], told(printed), **facts)
