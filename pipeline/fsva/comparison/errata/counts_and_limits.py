"""Faults of printed counts, shares and limits: against each other, the classes, the cut-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from fsva.comparison.errata.erratum import Erratum
from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.message_values import Quantity
from fsva.index import classes, summary
from fsva.index.joined_table import JoinedTable
from fsva.sources.printed.report_rows import CountLine, LimitLine

_PERCENT_DIGITS = 2
_SIGNS = {"<=": "≤", ">=": "≥"}


def of_counts(
    lines: Sequence[CountLine], measure: Measure, table: JoinedTable
) -> Iterator[Erratum]:
    """Yield shares that do not follow from their counts, and counts that classes do not give."""
    known = table.classes[measure.id]
    for line in lines:
        facts = {
            "kelas": _named(line.priorities),
            "jumlah": str(line.count),
            "semua": str(len(table)),
        }
        share = float(summary.shares(np.array([line.count]), np.array([len(table)]))[0])
        if abs(float(line.percent) - share) > 10**-_PERCENT_DIGITS / 2:
            right = Quantity(share, _PERCENT_DIGITS, "%")
            printed = _percent(line.percent)
            yield Erratum("persen", line.place, measure.id, printed, right, facts)
        found = int(np.isin(known, line.priorities).sum())
        if found != line.count:
            yield Erratum(
                "jumlah_kelas", line.place, measure.id, str(line.count), str(found), facts
            )
    if lines and not any(line.is_table for line in lines):
        yield Erratum("tanpa_tabel", lines[0].place, measure.id, "", "")


def _percent(number: Decimal) -> Quantity:
    return Quantity(float(number), _PERCENT_DIGITS if number else 0, "%")


def _named(priorities: Sequence[int]) -> str:
    first, last = priorities[0], priorities[-1]
    return str(first) if first == last else f"{first}-{last}"


def of_limits(lines: Sequence[LimitLine], method: Method) -> Iterator[Erratum]:
    """Yield limits that are not the method's, and headings that belong to another measure."""
    measures = {measure.id: measure for measure in method.measures()}
    owners: dict[str, str] = {}
    for line in lines:
        owner = owners.setdefault(line.heading, line.measure)
        measure = measures[line.measure]
        if owner != line.measure and not _is_shared(line.heading, lines):
            told = {"milik": measures[owner].name.id}
            right = measure.name.id
            yield Erratum("kepala", line.place, line.measure, line.heading, right, told)
            owners[line.heading] = line.measure
        yield from _limit(line, measure)


def _is_shared(heading: str, lines: Sequence[LimitLine]) -> bool:
    """Tell whether a heading names no measure, because three or more have it."""
    return len({line.measure for line in lines if line.heading == heading}) > 2


def _limit(line: LimitLine, measure: Measure) -> Iterator[Erratum]:
    facts = {"kelas": str(line.priority)}
    if isinstance(measure, Indicator) and measure.categories:
        members = [c for c, p in measure.categories.items() if p == line.priority]
        if line.low is not None and int(line.low) not in members:
            right = ", ".join(map(str, members)) or "-"
            yield Erratum("kategori", line.place, measure.id, f"{line.low}", right, facts)
        return
    wanted = _wanted(line, measure)
    printed = (line.low_sign, line.low, line.high_sign, line.high)
    if all(_agrees(a, b) for a, b in zip(printed, wanted, strict=True)):
        return
    told, right = _interval(*printed, None), _interval(*wanted, measure.digits)
    yield Erratum("batas", line.place, measure.id, told, right, facts)


Limits = tuple[str, Decimal | None, str, Decimal | None]


def _wanted(line: LimitLine, measure: Measure) -> Limits:
    """Return signs and bounds of a class by the method; a bound is None where the class is open."""
    lower, upper = classes.interval(measure, line.priority)
    cuts = measure.cut_offs or ()
    low = None if lower is None else cuts[lower]
    high = None if upper is None else cuts[upper]
    above, below = (">", "<=") if measure.closed == "atas" else (">=", "<")
    return ("" if low is None else above, low, "" if high is None else below, high)


def _agrees(printed: object, wanted: object) -> bool:
    """Tell whether a printed part is right; a sign that is left out is no fault, a number is."""
    return printed == wanted or printed == ""


def _interval(
    low_sign: str, low: Decimal | None, high_sign: str, high: Decimal | None, digits: int | None
) -> str:
    """Return a range with this many digits, or with those that stand there."""

    def told(sign: str, number: Decimal | None) -> str:
        """Return one end of the range; nothing where it is open."""
        if number is None:
            return ""
        shown = f"{number:f}" if digits is None else f"{number:.{digits}f}"
        return f"{_SIGNS.get(sign, sign)} {shown}".strip().replace(".", ",")

    both = [part for part in (told(low_sign, low), told(high_sign, high)) if part]
    return " – ".join(both)
