"""Rules about single numbers: a year that repeats the one before, a value off by a digit.

Owns what counts as a jump: how far a number is from what its neighbours and the other rows of its
year let expect.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from math import exp, log
from statistics import median

from fsva.checks.check_data import Material
from fsva.checks.check_thresholds import SupportingLimits
from fsva.checks.findings import Fact, Finding, RuleResult, not_applicable
from fsva.checks.supporting import sums
from fsva.checks.supporting.printed_spans import told
from fsva.index.supporting import sums_and_growth
from fsva.sources.supporting.printed_tables import PrintedRow, PrintedTable

RULE = "pendukung_nilai"
_TEN = 10
_ENOUGH = 3  # other rows that say how a year differs from the one before


def plausible(material: Material) -> RuleResult:
    """Find years copied from the year before, and numbers that miss or have a digit too many."""
    if not material.supporting:
        return not_applicable("pendukung")
    return RuleResult(of_tables(material.supporting, material.limits.supporting))


def of_tables(tables: Sequence[PrintedTable], limits: SupportingLimits) -> tuple[Finding, ...]:
    """Return the findings about single numbers of tables by year."""
    return tuple(
        finding
        for table in tables
        if table.is_yearly
        for finding in (*_copied(table, limits), *_jumps(table, limits))
    )


def _copied(table: PrintedTable, limits: SupportingLimits) -> Iterator[Finding]:
    for n in range(1, len(table.columns)):
        pairs = [(row.values[n - 1], row.values[n]) for row in table.rows]
        known = [(a, b) for a, b in pairs if a and b]
        same = sum(1 for a, b in known if a == b)
        if len(known) < limits.copied_rows or 100 * same < limits.copied_percent * len(known):
            continue
        yield sums.finding(
            table,
            "salin",
            None,
            [table.columns[n]],
            "",
            sebelum=table.columns[n - 1],
            jumlah=str(same),
            semua=str(len(known)),
        )


def _jumps(table: PrintedTable, limits: SupportingLimits) -> Iterator[Finding]:
    """Yield the numbers far from what is expected, those with two neighbours before the others."""
    last = len(table.columns) - 1
    odd: set[tuple[int, int]] = set()
    for columns in (range(1, last), (0, last)):
        for n in columns:
            if sums.confirms(table, n):
                continue  # whoever summed it had these numbers
            for row in table.rows:
                if found := _jump(table, row, n, odd, limits):
                    odd.add((row.number, n))
                    yield found


def _jump(
    table: PrintedTable,
    row: PrintedRow,
    n: int,
    odd: Container[tuple[int, int]],
    limits: SupportingLimits,
) -> Finding | None:
    value, sides = row.values[n], _sides(table, row, n, odd)
    if not value or not sides:
        return None
    expected = _expected(table, row, n, sides)
    if 1 / limits.jump < float(value) / expected < limits.jump:
        return None
    # One neighbour is half the evidence.
    near = limits.near if len(sides) > 1 else limits.near**0.5
    right, kind = _likely(table, n, value, expected, near)
    if right is None:
        return None
    facts: dict[str, Fact] = {"sekitar": told(right), "kira": told(_rounded(expected))}
    return sums.finding(table, kind, row, [table.columns[n]], told(value), **facts)


def _sides(
    table: PrintedTable, row: PrintedRow, n: int, odd: Container[tuple[int, int]]
) -> list[int]:
    """Return the columns beside one in which a row has a number above zero that is not odd."""
    return [
        side
        for side in (n - 1, n + 1)
        if 0 <= side < len(table.columns) and row.values[side] and (row.number, side) not in odd
    ]


def _expected(table: PrintedTable, row: PrintedRow, n: int, sides: Sequence[int]) -> float:
    """Return what a cell should be about: its neighbours in time, as the other rows changed."""
    guesses = [
        log(float(row.values[side] or 1)) + log(_change(table, row, side, n)) for side in sides
    ]
    return exp(sum(guesses) / len(guesses))


def _change(table: PrintedTable, apart: PrintedRow, start: int, end: int) -> float:
    """Return the median change of the other rows from one column to another; few say nothing."""
    changes = [
        float(last / first)
        for row in table.rows
        if row is not apart and (first := row.values[start]) and (last := row.values[end])
    ]
    return median(changes) if len(changes) >= _ENOUGH else 1.0


def _likely(
    table: PrintedTable, n: int, value: Decimal, expected: float, near: float
) -> tuple[Decimal | None, str]:
    """Return what a number was likely meant to be: by the printed total, else by a factor of 10."""
    total, summed = sums.total_of(table, n), sums_and_growth.sums(table.rows)[n]
    if total is not None and summed is not None:
        implied = value + total - summed
        if _is_near(implied, expected, near):
            return implied, "digit_jumlah"
    for shifted in (value.scaleb(1), value.scaleb(-1)):
        if _is_near(shifted, expected, near):
            return shifted, "digit"
    return None, ""


def _is_near(number: Decimal, expected: float, near: float) -> bool:
    return number > 0 and 1 / near < float(number) / expected < near


def _rounded(number: float) -> Decimal:
    """Return a number of which only the size counts, with three significant digits."""
    short = Decimal(f"{number:.3g}")
    return short.quantize(Decimal(1)) if short >= _TEN else short
