"""Rules about sums: of rows, of columns, of tables that are parts of another.

Owns the pairing of a printed total with the column that it is the sum of: a row of totals may be
shifted by a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from fsva.checks.check_data import Material
from fsva.checks.findings import Fact, Finding, RuleResult, not_applicable
from fsva.checks.supporting import printed_spans as spans
from fsva.checks.supporting.printed_spans import Span, told
from fsva.index.supporting import sums_and_growth
from fsva.sources.supporting.printed_tables import SUM, PrintedRow, PrintedTable

RULE = "pendukung_jumlah"
_WHY = "pendukung"
_MOST = Decimal("0.5")  # of its rows: then a column is wrong as a whole
_FEWEST_ALIKE = 2
_CLEARLY = 10  # times nearer to the sum of its own column, a total has not moved with the others


def add_up(material: Material) -> RuleResult:
    """Compare printed sums with the sums of what is printed."""
    if not material.supporting:
        return not_applicable(_WHY)
    return RuleResult(of_tables(material.supporting))


def of_tables(tables: Sequence[PrintedTable]) -> tuple[Finding, ...]:
    """Return the findings about sums; a table that could not be read is nobody's part."""
    known = {table.source.id: table for table in tables}
    return tuple(
        finding
        for table in tables
        for finding in (
            *_of_rows(table),
            *_of_columns(table),
            *_of_parts(table, known),
            *_of_details(table, known),
        )
    )


def finding(
    table: PrintedTable,
    kind: str,
    row: PrintedRow | None,
    columns: Sequence[str],
    found: Fact,
    **facts: Fact,
) -> Finding:
    """Return a finding about cells of a supporting table."""
    where = table.source.printed or table.source.id
    return Finding(
        f"periksa.pendukung.{kind}",
        table.file.name,
        row.number if row else None,
        tuple(columns),
        row.label if row else "",
        "",
        found,
        {"tabel": where, **facts},
    )


def shift(table: PrintedTable) -> int:
    """Return by how many columns the row of totals is shifted to the right: -1, 0 or 1.

    They are shifted where at least two equal the sum of a column beside their own, and more do so
    than equal that of their own.
    """
    if table.total is None or not table.is_yearly:
        return 0
    alike = {lag: _agreeing(table, lag) for lag in (0, 1, -1)}
    lag = max(alike, key=lambda lag: alike[lag])
    return lag if alike[lag] >= _FEWEST_ALIKE and alike[lag] > alike[0] else 0


def total_of(table: PrintedTable, column: int) -> Decimal | None:
    """Return the printed total of a column, wherever a shifted row of totals has it."""
    place = column + shift(table)
    if table.total is None or not 0 <= place < len(table.columns):
        return None
    return table.total.values[place]


def confirms(table: PrintedTable, column: int) -> bool:
    """Tell whether the printed total of a column is the sum of its rows."""
    printed, summed = total_of(table, column), _column(table, column)
    return printed is not None and summed is not None and spans.of(printed).meets(summed)


def _agreeing(table: PrintedTable, lag: int) -> int:
    printed = table.total.values if table.total else ()
    places = range(max(lag, 0), len(printed) + min(lag, 0))
    pairs = [(_column(table, n - lag), printed[n]) for n in places]
    return sum(
        1 for summed, number in pairs if summed and number and spans.of(number).meets(summed)
    )


def _column(table: PrintedTable, column: int) -> Span | None:
    known = [row.values[column] for row in table.rows]
    numbers = [value for value in known if value is not None]
    return spans.total(numbers) if numbers else None


def _of_rows(table: PrintedTable) -> Iterator[Finding]:
    for row in (*table.rows, *([table.total] if table.total else [])):
        printed = row.beside.get(SUM)
        numbers = [value for value in row.values if value is not None]
        if printed is None or not numbers or spans.of(printed).meets(spans.total(numbers)):
            continue
        right = sum(numbers, Decimal(0))
        yield finding(
            table, "baris", row, [table.headings[SUM]], told(printed), seharusnya=told(right)
        )


def _of_columns(table: PrintedTable) -> Iterator[Finding]:
    printed = table.total
    if printed is None or not table.source.adds_up:
        return
    lag, summed = shift(table), sums_and_growth.sums(table.rows)
    if lag:
        alike = [table.columns[n] for n in range(len(summed)) if confirms(table, n)]
        facts: dict[str, Fact] = {"jumlah": str(len(alike)), "tahun": ", ".join(alike)}
        kind = "geser" if lag > 0 else "geser_kiri"
        yield finding(table, kind, printed, table.columns, "", **facts)
    for n, right in enumerate(summed):
        total, place = total_of(table, n), n + lag
        if right is None or total is None or confirms(table, n):
            continue
        year, should = table.columns[n], right
        own = summed[place]
        if own is not None and abs(total - own) * _CLEARLY < abs(total - right):
            year, should = table.columns[place], own  # this total has not moved
            if _meets(table, place):
                continue
        yield finding(
            table,
            "kolom",
            printed,
            [table.columns[place]],
            told(total),
            tahun=year,
            seharusnya=told(should),
            selisih=told(total - should),
        )


def _meets(table: PrintedTable, place: int) -> bool:
    """Tell whether what stands below a column is the sum of its rows."""
    printed = table.total.values[place] if table.total else None
    summed = _column(table, place)
    return printed is not None and summed is not None and spans.of(printed).meets(summed)


def _of_parts(table: PrintedTable, known: Mapping[str, PrintedTable]) -> Iterator[Finding]:
    """Compare the cells of a table with the sums of those of its parts."""
    parts = [known[name] for name in table.source.parts if name in known]
    if not parts or len(parts) < len(table.source.parts):
        return
    for n, column in enumerate(table.columns):
        wrong = [(row, s) for row in table.rows if (s := _differs(row, n, column, parts))]
        if len(wrong) > _MOST * len(table.rows):
            yield _whole_column(table, n, wrong, parts)
            continue
        for row, (value, right) in wrong:
            yield finding(table, "bagian", row, [column], told(value), seharusnya=told(right))


def _whole_column(
    table: PrintedTable,
    n: int,
    wrong: Sequence[object],
    parts: Sequence[PrintedTable],
) -> Finding:
    """Return one finding about a column that is wrong in most rows, with what explains it."""
    column = table.columns[n]
    facts: dict[str, Fact] = {"jumlah": str(len(wrong)), "semua": str(len(table.rows))}
    for size in range(len(parts) - 1, 0, -1):
        for some in combinations(parts, size):
            left = [row for row in table.rows if _differs(row, n, column, some)]
            if len(left) <= len(table.rows) // 10:
                named = ", ".join(part.source.printed or part.source.id for part in some)
                return finding(table, "bagian_kurang", None, [column], "", **facts, hanya=named)
    return finding(table, "bagian_kolom", None, [column], "", **facts)


def _differs(
    row: PrintedRow, n: int, column: str, parts: Sequence[PrintedTable]
) -> tuple[Decimal, Decimal] | None:
    """Return a cell and the sum of its parts where they differ; None where they do not."""
    value = row.values[n]
    numbers = [number for part in parts if (number := _cell(part, row.label, column)) is not None]
    if value is None or not numbers or spans.of(value).meets(spans.total(numbers)):
        return None
    return value, sum(numbers, Decimal(0))


def _cell(table: PrintedTable, label: str, column: str) -> Decimal | None:
    row = table.row(label)
    return row.values[table.columns.index(column)] if row and column in table.columns else None


def _of_details(table: PrintedTable, known: Mapping[str, PrintedTable]) -> Iterator[Finding]:
    """Compare rows with the totals of the tables that they repeat."""
    for label, name in table.source.details.items():
        row, other = table.row(label), known.get(name)
        for n, column in enumerate(table.columns):
            value = row.values[n] if row else None
            if row is None or other is None or value is None or column not in other.columns:
                continue
            place = other.columns.index(column)
            summed = _column(other, place)
            if summed is None or spans.of(value).meets(summed):
                continue
            right = sums_and_growth.sums(other.rows)[place] or Decimal(0)
            facts: dict[str, Fact] = {
                "lain": other.source.printed or other.source.id,
                "seharusnya": told(right),
            }
            yield finding(table, "rincian", row, [column], told(value), **facts)
