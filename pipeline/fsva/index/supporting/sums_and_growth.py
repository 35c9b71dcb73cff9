"""Sums, means and growth of a supporting table.

Owns the formulas, in exact decimals: a sum of a printed table is exactly the sum that a reader
finds with a pencil.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fsva.sources.supporting.printed_tables import Numbers, PrintedRow, PrintedTable

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RowMeasures:
    """What is computed from one row of numbers.

    Parameters
    ----------
    label : str
        The row's; blank for the totals.
    values : tuple of Decimal or None
        The numbers.
    total, mean, growth : Decimal or None
        Of the known numbers; growth from the first to the last column in per cent, two decimals,
        None where the first is zero or either is not known.
    """

    label: str
    values: Numbers
    total: Decimal | None
    mean: Decimal | None
    growth: Decimal | None


def of_row(label: str, values: Numbers) -> RowMeasures:
    """Return sum, mean and growth of a row.

    Examples
    --------
    >>> one = of_row("Raimanuk", (Decimal(15854), None, Decimal(8666)))
    >>> one.total, one.mean, one.growth
    (Decimal('24520'), Decimal('12260'), Decimal('-45.34'))
    """
    known = [value for value in values if value is not None]
    total = sum(known, Decimal(0)) if known else None
    mean = total / len(known) if total is not None else None
    return RowMeasures(label, values, total, mean, growth(values[0], values[-1]))


def growth(first: Decimal | None, last: Decimal | None) -> Decimal | None:
    """Return the growth from one number to another in per cent, two decimals; halves away from 0.

    Examples
    --------
    >>> growth(Decimal("7475"), Decimal("19308")), growth(Decimal(0), Decimal(5))
    (Decimal('158.30'), None)
    """
    if not first or last is None:
        return None
    return ((last / first - 1) * _HUNDRED).quantize(_CENT, ROUND_HALF_UP)


def rows(table: PrintedTable) -> tuple[RowMeasures, ...]:
    """Return the rows of a table with their sums, means and growths."""
    return tuple(of_row(row.label, row.values) for row in table.rows)


def totals(table: PrintedTable) -> RowMeasures | None:
    """Return the computed row of totals; None for one row, and for numbers that do not add up."""
    if not table.source.adds_up or len(table.rows) < 2:
        return None
    return of_row("", sums(table.rows))


def sums(rows: Sequence[PrintedRow]) -> Numbers:
    """Return the sum of each column; None where no row has a number."""
    columns = zip(*(row.values for row in rows), strict=True)
    known = ([value for value in column if value is not None] for column in columns)
    return tuple(sum(numbers, Decimal(0)) if numbers else None for numbers in known)
