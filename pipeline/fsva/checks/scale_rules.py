"""Rules about the scale of numbers: other units, numbers that stand for "no data", no value at all.

Owns the question whether a number would fit if it were a hundred or a thousand times as large. Only
ratios between values count, so that the rules hold for columns of any unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fsva.checks import magnitude_rules
from fsva.checks.check_data import Material, positions
from fsva.checks.check_thresholds import OtherUnits
from fsva.checks.column_rules import MAD_TO_DEVIATION
from fsva.checks.findings import Finding, RuleResult, not_applicable
from fsva.config.methods.method import Indicator
from fsva.sources.plain.arrays import Floats

_PERCENT = "%"
# A value in another unit keeps its digits; a small one of its own unit is rounded to fewer.
_LEAST_DIGITS = 2


def other_unit(material: Material) -> RuleResult:
    """Find values that fit the others, and columns that fit the cut-offs, in another unit.

    Parameters
    ----------
    material : Material
        Raw columns and indicators; indicators computed from raw columns are judged as whole columns
        only.
    """
    findings = [f for i in material.indicators if i.cut_offs for f in _whole(material, i)]
    told = {column for finding in findings for column in finding.columns}
    for column in material.stated:
        findings += _cells(material, column)
    findings += magnitude_rules.odd(material, told)
    return RuleResult(tuple(findings))


def _whole(material: Material, indicator: Indicator) -> Iterator[Finding]:
    """Yield a finding if all values lie beyond the cut-offs, and would lie among them elsewhere."""
    values = material.values(indicator.id)
    known = values[values > 0]
    ends = [float(cut) for cut in indicator.ascending_cut_offs if cut > 0]
    if len(known) < material.limits.units.villages or len(ends) < 2:
        return
    middle, low, high = float(np.median(known)), ends[0], ends[-1]
    small, large = known.max() < low, known.min() > high
    for times in material.limits.units.times if small or large else ():
        scaled = middle * times if small else middle / times
        if low <= scaled <= high:
            yield _column(material, "satuan_kolom", indicator, middle, seharusnya=scaled)
            return
    if _looks_counted(material, indicator, known):
        yield _column(material, "satuan_bulat", indicator, middle)


def _looks_counted(material: Material, indicator: Indicator, known: Floats) -> bool:
    """Tell whether a column of percentages holds whole numbers only, as counts do."""
    is_ready = indicator.unit["id"].startswith(_PERCENT) and material.is_stated(indicator)
    different = len(np.unique(known))
    return is_ready and different >= material.limits.units.villages and bool((known % 1 == 0).all())


def _column(
    material: Material, key: str, indicator: Indicator, middle: float, **facts: float
) -> Finding:
    told: dict[str, str | float] = {
        "median": middle,
        "cut_off": "; ".join(f"{c:f}" for c in indicator.cut_offs or ()),
        "satuan": indicator.unit["id"],
        **facts,
    }
    return Finding(
        f"periksa.satuan.{key}", material.file, None, (indicator.id,), found=middle, facts=told
    )


def _cells(material: Material, column: str) -> Iterator[Finding]:
    values, limits = material.values(column), material.limits.units
    order = np.argsort(values, kind="stable")
    order = order[values[order] > 0]  # NaN fails too
    if len(order) < limits.villages:
        return
    few = int(len(order) * limits.percent / 100)
    sizes = values[order]
    jumps = sizes[1:] / sizes[:-1] >= limits.jump
    for count in np.flatnonzero(jumps[:few] | jumps[::-1][:few]) + 1:
        for odd, others, times in (
            (order[:count], sizes[count:], 1.0),
            (order[-count:], sizes[:-count], -1.0),
        ):
            factor = _factor(values[odd], others, times, limits)
            if factor is not None:
                yield from _odd(material, column, sorted(odd.tolist()), factor)
                return


def _factor(odd: Floats, others: Floats, direction: float, limits: OtherUnits) -> float | None:
    """Return what some values must be multiplied by to lie among the others; None if they may stay.

    Parameters
    ----------
    odd : array of float
        The smallest values of a column, or the largest.
    direction : float
        1 for the smallest, -1 for the largest.
    """
    apart = others.min() / odd.max() if direction > 0 else odd.min() / others.max()
    if apart < limits.jump or _is_natural(odd, others, limits):
        return None
    counts = bool((others % 1 == 0).all())
    if direction > 0 and counts and (odd % 1 == 0).all():
        return None  # a small count; in thousands it would have decimals
    if direction > 0 and not counts and max(map(_digits, odd.tolist())) < _LEAST_DIGITS:
        return None  # rounded nearly to nothing, as few of many are
    low, high = others.min() / limits.near, others.max() * limits.near
    found = (times if direction > 0 else 1 / times for times in limits.times)
    return next((f for f in found if ((odd * f >= low) & (odd * f <= high)).all()), None)


def _digits(value: float) -> int:
    """Return how many digits of a number tell something: two of 0.18, one of 0.2 and of 20."""
    return len(np.format_float_positional(value, trim="-").replace(".", "").strip("0"))


def _is_natural(odd: Floats, others: Floats, limits: OtherUnits) -> bool:
    """Tell whether values are no further out than a column of so many magnitudes lets expect."""
    sizes = np.log(others)
    middle = np.median(sizes)
    spread = MAD_TO_DEVIATION * np.median(np.abs(sizes - middle))
    return bool(np.abs(np.log(odd) - middle).min() < limits.threshold * spread)


def _odd(material: Material, column: str, rows: Sequence[int], factor: float) -> Iterator[Finding]:
    values = material.values(column)
    others = np.delete(values, rows)
    middle = float(np.median(others[others > 0]))
    for n in rows:
        yield material.cell(
            "satuan", n, [column], float(values[n]), seharusnya=float(values[n] * factor),
            median=round(middle, 4),
        )  # fmt: skip


def stand_ins(material: Material) -> RuleResult:
    """Find numbers such as 99 and 9999, far above all others, that stand for "no data"."""
    limits = material.limits.stand_ins
    findings: list[Finding] = []
    for column in material.stated:
        values = material.values(column)
        marks = np.isin(values, limits.numbers)
        others = values[~marks & ~np.isnan(values)]
        if marks.any() and len(others) >= limits.villages:
            high = float(others.max())
            rows = positions(marks & (values > limits.times * high))
            findings += [
                material.cell("penanda", n, [column], float(values[n]), terbesar=high) for n in rows
            ]
    return RuleResult(tuple(findings))


def without_value(material: Material) -> RuleResult:
    """Find villages whose indicator a divisor of zero leaves without a value.

    Parameters
    ----------
    material : Material
        Needs raw counts; a blank cell says itself that it has no value.
    """
    if not material.raw:
        return not_applicable("tanpa_mentah")
    findings: list[Finding] = []
    for indicator in material.indicators:
        if indicator.calculation is None or indicator.categories:
            continue
        columns = [c for c in material.method.formula(indicator).columns if c in material.table]
        counts = np.array([material.values(column) for column in columns])
        empty = np.isnan(material.values(indicator.id))
        for n in positions(empty & (counts == 0).any(axis=0) & ~np.isnan(counts).any(axis=0)):
            zero = [c for c, number in zip(columns, counts[:, n], strict=True) if number == 0]
            findings.append(material.cell("tanpa_nilai", n, zero, 0.0, indikator=indicator.id))
    return RuleResult(tuple(findings))
