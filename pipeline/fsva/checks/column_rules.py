"""Rules about a whole column: copies, distribution, cut-offs.

Owns the comparison of a value with the other villages of the kabupaten.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from fsva.checks.check_data import Material, positions
from fsva.checks.findings import Fact, Finding, Gap, RuleResult, not_applicable
from fsva.config.methods.method import Indicator
from fsva.core import decimals
from fsva.sources.plain.arrays import Floats

# MAD (median absolute deviation) times this estimates the standard deviation of normal data.
MAD_TO_DEVIATION = 1.4826


def blank_indicators(material: Material) -> RuleResult:
    """Find indicators without any value: their maps are empty."""
    return RuleResult(
        tuple(
            Finding(
                "periksa.aturan.kolom_kosong",
                material.file,
                None,
                (indicator.id,),
                facts={"jumlah": str(len(material.table))},
            )
            for indicator in material.indicators
            if np.isnan(material.values(indicator.id)).all()
        )
    )


def identical_columns(material: Material) -> RuleResult:
    """Find columns that are copies of another: equal in every village.

    Parameters
    ----------
    material : Material
        Raw columns are compared with raw columns, indicators with indicators.
    """
    limits = material.limits.twins
    if len(material.table) < limits.villages:
        return not_applicable("sedikit_desa", paling_sedikit=float(limits.villages))
    ratios = [i.id for i in material.indicators if not i.categories]
    pairs = [*combinations(material.raw, 2), *combinations(ratios, 2)]
    return RuleResult(
        tuple(
            Finding(
                "periksa.aturan.kembar",
                material.file,
                None,
                pair,
                facts={"satu": pair[0], "lain": pair[1]},
            )
            for pair in pairs
            if _same(material, *pair)
        )
    )


def _same(material: Material, one: str, other: str) -> bool:
    limits = material.limits.twins
    first, second = material.values(one), material.values(other)
    known = first[~np.isnan(first)]
    if len(known) < limits.villages or len(np.unique(known)) < limits.values:
        return False
    return np.array_equal(first, second, equal_nan=True)


def outliers(material: Material) -> RuleResult:
    """Find values far from those of the other villages, by robust z.

    Parameters
    ----------
    material : Material
        Only indicators count; categories have no distance.
    """
    limits = material.limits.outliers
    findings: list[Finding] = []
    gaps: list[Gap] = []
    judged = [i for i in material.indicators if not i.categories]
    for indicator in judged:
        values = material.values(indicator.id)
        if (~np.isnan(values)).sum() < limits.villages:
            facts: dict[str, Fact] = {
                "kolom": indicator.id,
                "paling_sedikit": float(limits.villages),
            }
            gaps.append(Gap("sedikit_nilai", facts))
            continue
        scores = robust_z(values)
        if scores is None:
            gaps.append(Gap("tanpa_sebaran", {"kolom": indicator.id}))
            continue
        findings += _far(material, indicator, values, scores)
    return RuleResult(tuple(findings), tuple(gaps), applied=len(gaps) < len(judged))


def _far(material: Material, indicator: Indicator, values: Floats, scores: Floats) -> list[Finding]:
    limit, middle = material.limits.outliers.threshold, round(float(np.nanmedian(values)), 4)
    far = positions(np.abs(scores) > limit)
    findings = [
        material.cell(
            "pencilan",
            n,
            [indicator.id],
            float(values[n]),
            "info" if material.is_accepted(n, indicator.id) else None,
            z=round(float(scores[n]), 1),
            ambang=limit,
            median=middle,
        )
        for n in far
    ]
    pairs = zip(findings, far, strict=True)
    return [material.valued(finding, n, indicator.id) for finding, n in pairs]


def robust_z(values: Floats) -> Floats | None:
    """Return the distance of each value from the median in robust standard deviations.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        NaN = not known.

    Returns
    -------
    array of float or None
        ``(x - median) / (1.4826 MAD)``; None where more than half of the values are equal.

    Examples
    --------
    >>> robust_z(np.array([1.0, 2.0, 3.0, 4.0, 5.0])).round(2).tolist()
    [-1.35, -0.67, 0.0, 0.67, 1.35]
    """
    distance = values - np.nanmedian(values)
    spread = MAD_TO_DEVIATION * np.nanmedian(np.abs(distance))
    if spread == 0:
        return None
    scores: Floats = distance / spread
    return scores


def proposed_cut_offs(material: Material) -> RuleResult:
    """Find cut-offs that the program proposes and no office has decided."""
    if not any(measure.cut_offs for measure in material.method.measures()):
        return not_applicable("cut_off")
    return RuleResult(
        tuple(
            Finding(
                "periksa.aturan.cut_off_usulan",
                material.file,
                None,
                (measure.id,),
                found="; ".join(f"{c:f}" for c in measure.cut_offs or ()),
            )
            for measure in material.method.measures()
            if measure.id in material.method.proposed
        )
    )


def near_cut_off(material: Material) -> RuleResult:
    """Find values so close to a cut-off that their last digit decides the class."""
    judged = [i for i in material.indicators if i.cut_offs and not i.categories]
    if not judged:
        return not_applicable("cut_off")
    return RuleResult(tuple(f for indicator in judged for f in _near(material, indicator)))


def _near(material: Material, indicator: Indicator) -> list[Finding]:
    digits, limit = indicator.digits, material.limits.cut_offs.steps
    values = material.values(indicator.id)
    known = np.flatnonzero(~np.isnan(values))
    units = decimals.units_of_floats(values[known], digits)
    cut_offs = {decimals.to_units(c, digits): c for c in indicator.ascending_cut_offs}
    findings: list[Finding] = []
    for n, unit in zip(known, units, strict=True):
        nearest = min(cut_offs, key=lambda cut: abs(cut - int(unit)))
        if abs(nearest - int(unit)) <= limit:
            findings.append(
                material.cell(
                    "cut_off",
                    int(n),
                    [indicator.id],
                    float(values[n]),
                    cut_off=float(cut_offs[nearest]),
                )
            )
    return findings
