"""Rules about rows of totals and means that stand in the office's table.

Owns what follows from the villages: sums of counts, means of anything, ratios of sums. What an
office prints and does not follow is a finding: a village was left out, or a cell was mistyped.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fsva.checks.check_data import Material
from fsva.checks.findings import Finding, RuleResult, not_applicable
from fsva.core.names import is_same_above
from fsva.index import indicators
from fsva.sources.plain.arrays import Floats, Mask
from fsva.sources.tables.extra_columns import PrintedTotal

RULE = "jumlah_kecamatan"


def totals_add_up(material: Material) -> RuleResult:
    """Find totals that are not the sum of their villages, and means that are not their mean.

    Parameters
    ----------
    material : Material
        Needs rows of totals; a column is skipped where a village's value is not known.
    """
    if not material.totals:
        return not_applicable(RULE)
    return RuleResult(tuple(f for total in material.totals for f in _differences(material, total)))


def _differences(material: Material, printed: PrintedTotal) -> Iterator[Finding]:
    own = _belonging(material, printed.subdistrict)
    for column in (*material.raw, *(i.id for i in material.indicators)):
        stated = printed.numbers.get(column)
        if stated is None or not own.any() or np.isnan(material.values(column)[own]).any():
            continue
        expected = _expected(material, printed, column, own)
        margin = material.limits.totals.percent / 100 * abs(stated) + 1e-9
        if column not in material.raw or printed.is_mean:
            margin += printed.step.get(column, 0.0)
        if all(abs(one - stated) > margin for one in expected):
            yield _finding(material, printed, column, expected[0])


def _expected(
    material: Material, printed: PrintedTotal, column: str, own: Mask
) -> tuple[float, ...]:
    """Return what may stand in a cell, the usual first."""
    values = material.values(column)[own]
    if column in material.raw:
        return (float(values.mean()),) if printed.is_mean else (float(values.sum()),)
    ways = (float(values.mean()), *_of_sums(material, column, own))
    if printed.is_mean:
        return ways
    # The ratio of a district follows from its villages only where their counts are known.
    stated = printed.numbers[column]
    within = () if len(ways) > 1 else (float(np.clip(stated, values.min(), values.max())),)
    return (*ways, float(values.sum()), *within)


def _of_sums(material: Material, column: str, own: Mask) -> Iterator[float]:
    """Yield the ratio of the summed counts, where the table has them."""
    indicator = next(i for i in material.indicators if i.id == column)
    if indicator.calculation is None or indicator.categories:
        return
    formula = material.method.formula(indicator)
    if material.lacks(formula.columns):
        return
    counts: dict[str, Floats] = {c: material.values(c)[own] for c in formula.columns}
    sums = {column: values.sum(keepdims=True) for column, values in counts.items()}
    ratio = float(indicators.evaluate(formula, sums, 1)[0])
    if np.isfinite(ratio):
        yield ratio


def _finding(material: Material, printed: PrintedTotal, column: str, expected: float) -> Finding:
    is_sum = column in material.raw and not printed.is_mean
    return Finding(
        "periksa.aturan.jumlah_kecamatan" if is_sum else "periksa.jumlah_tercetak.rata_rata",
        material.file,
        printed.row,
        (column,),
        printed.subdistrict,
        "",
        printed.numbers[column],
        {"jumlah": round(expected, 4)},
        cell=printed.cells.get(column),
    )


def _belonging(material: Material, subdistrict: str) -> Mask:
    """Tell which villages a total stands for: those of its kecamatan, or all."""
    names = material.table.subdistricts.tolist()
    return np.array([not subdistrict or is_same_above(n, subdistrict) for n in names], dtype=bool)
