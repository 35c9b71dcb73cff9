"""Rules about single villages.

Owns ranges, parts and wholes, plausible quotients, and zeros that stand for missing values.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fsva.checks.check_data import Material, positions
from fsva.checks.check_thresholds import Parts, Quotient
from fsva.checks.findings import Finding, Gap, Level, RuleResult, not_applicable
from fsva.config.methods.method import Indicator
from fsva.sources.plain.arrays import Floats
from fsva.sources.tables import possible_values
from fsva.sources.tables.number_cells import WRITTEN


def layout(material: Material) -> RuleResult:
    """Find hidden rows and columns, unclear headings, and names with several spellings.

    Parameters
    ----------
    material : Material
        Holds the notes of the readers of the tables.
    """
    return RuleResult(
        tuple(
            Finding(
                f"periksa.susunan.{note.key}",
                file,
                note.row,
                (note.column,) if note.column else (),
                note.village,
                note.code,
                note.found,
                note.facts,
                cell=note.cell,
            )
            for file, note in (
                *((material.file, note) for note in material.notes),
                *material.notes_elsewhere,
            )
        )
    )


def in_range(material: Material) -> RuleResult:
    """Find values outside their possible range, and categories that do not exist.

    Parameters
    ----------
    material : Material
        An accepted value is information, not an error; a value that is not a category has no
        class.
    """
    findings: list[Finding] = []
    for indicator in material.indicators:
        values, codes = material.values(indicator.id), material.table.codes
        judged = possible_values.judge(indicator, codes, values, material.accepted)
        low, high = (float(end) for end in indicator.possible)
        for n in positions(judged.outside | judged.no_category):
            accepted = judged.accepted[n] and not judged.no_category[n]
            level: Level | None = "info" if accepted else None
            found = float(values[n])
            finding = material.cell(
                "rentang", n, [indicator.id], found, level, dari=low, sampai=high
            )
            acceptable = None if judged.no_category[n] else indicator.id
            findings.append(material.valued(finding, n, acceptable))
    return RuleResult(tuple(findings))


def category_with_aid(material: Material) -> RuleResult:
    """Find numbers such as 1.0001 that were read as the category next to them.

    Parameters
    ----------
    material : Material
        Has a column ``tertulis_<id>`` for each indicator with such numbers.
    """
    judged = [i for i in material.indicators if i.categories]
    if not judged:
        return not_applicable("kategori")
    return RuleResult(tuple(f for indicator in judged for f in _read_as(material, indicator)))


def _read_as(material: Material, indicator: Indicator) -> Iterator[Finding]:
    beside = WRITTEN + indicator.id
    written, values = material.table.texts.get(beside), material.values(indicator.id)
    if written is None:
        return
    # In a raw table the number stands in the raw column of the category.
    column = indicator.calculation if indicator.calculation in material.table else indicator.id
    for n, text in enumerate(written):
        if text is not None:
            yield material.cell(
                "kategori", n, [column or indicator.id], text, kategori=float(values[n])
            )


def parts_within_whole(material: Material) -> RuleResult:
    """Find parts that are larger than their whole, such as farm land and the village.

    Parameters
    ----------
    material : Material
        Needs raw counts; for ratios alone their range is the check.
    """
    findings: list[Finding] = []
    gaps: list[Gap] = []
    for parts in material.limits.parts:
        lacking = material.lacks([*parts.columns, parts.whole])
        if lacking:
            gaps.append(Gap("kolom", {"kolom": ", ".join(lacking)}))
        else:
            findings += _larger(material, parts)
    return RuleResult(tuple(findings), tuple(gaps), applied=len(gaps) < len(material.limits.parts))


def _larger(material: Material, parts: Parts) -> list[Finding]:
    # An unknown part cannot make the sum smaller.
    total = np.nansum([material.values(column) for column in parts.columns], axis=0)
    whole = material.values(parts.whole)
    larger = positions(total > whole * (1 + 1e-9))
    findings = [
        material.cell(
            "bagian",
            n,
            (*parts.columns, parts.whole),
            float(total[n]),
            "info" if material.is_accepted(n, parts.indicator) else None,
            bagian=" + ".join(parts.columns),
            keseluruhan=parts.whole,
            batas=float(whole[n]),
        )
        for n in larger
    ]
    pairs = zip(findings, larger, strict=True)
    return [material.valued(finding, n, parts.indicator) for finding, n in pairs]


def people_per_household(material: Material) -> RuleResult:
    """Find villages with too few or too many persons per household."""
    return _plausible("rumah_tangga", material, material.limits.people)


def density(material: Material) -> RuleResult:
    """Find villages with an implausibly high or low density of population."""
    return _plausible("kepadatan", material, material.limits.density)


def _plausible(rule: str, material: Material, limits: Quotient) -> RuleResult:
    columns = (limits.above, limits.below)
    lacking = material.lacks(columns)
    if lacking:
        return not_applicable("kolom", kolom=", ".join(lacking))
    below = material.values(limits.below)
    values = limits.times * material.values(limits.above) / np.where(below > 0, below, np.nan)
    low, high = limits.plausible
    odd = positions((values < low) | (values > high))
    return RuleResult(
        tuple(
            material.cell(rule, n, columns, round(float(values[n]), 2), dari=low, sampai=high)
            for n in odd
        )
    )


def row_of_zeros(material: Material) -> RuleResult:
    """Find villages whose known numbers are all zero: placeholders.

    Parameters
    ----------
    material : Material
        Indicators computed from raw columns do not count.
    """
    columns = [*material.stated]
    if len(columns) < 2:
        return not_applicable("sedikit_kolom")
    values = np.array([material.values(column) for column in columns])
    known = ~np.isnan(values)
    zero = ((values == 0) | ~known).all(axis=0) & (known.sum(axis=0) >= 2)
    return RuleResult(
        tuple(
            material.cell("baris_nol", n, columns, 0.0, jumlah=float(known[:, n].sum()))
            for n in positions(zero)
        )
    )


def zero_like_missing(material: Material) -> RuleResult:
    """Find zeros that look like missing values: impossible ones, and rare ones far from the rest.

    Parameters
    ----------
    material : Material
        Columns that stand in the table; indicators computed from raw ones do not count.
    """
    limits = material.limits.zeros
    findings: list[Finding] = []
    for column in material.stated:
        values = material.values(column)
        if column in limits.impossible:
            findings += [
                material.cell(
                    "nol",
                    n,
                    [column],
                    0.0,
                    "info" if material.is_accepted(n, column) else "galat",
                    terkecil="> 0",
                )
                for n in positions(values == 0)
            ]
        else:
            findings += _lonely_zeros(material, column, values)
    return RuleResult(tuple(findings))


def zero_that_means_none(material: Material) -> RuleResult:
    """Find zeros that mean "there is none": one wrong cell would put the village into class 1.

    Parameters
    ----------
    material : Material
        Only indicators for which the method defines the meaning of zero.
    """
    judged = [(i, i.zero) for i in material.indicators if i.zero]
    if not judged:
        return not_applicable("nol_berarti")
    return RuleResult(
        tuple(
            material.cell("nol_berarti", n, [indicator.id], 0.0, arti=zero.meaning)
            for indicator, zero in judged
            for n in positions(material.values(indicator.id) == 0)
        )
    )


def _lonely_zeros(material: Material, column: str, values: Floats) -> list[Finding]:
    limits = material.limits.zeros
    zeros, others = values == 0, values[values > 0]
    if not zeros.any() or not len(others):
        return []
    rare = 100 * zeros.sum() <= limits.percent * (~np.isnan(values)).sum()
    if not rare or others.min() < limits.of_median * np.median(others):
        return []
    least = float(others.min())
    return [material.cell("nol", n, [column], 0.0, terkecil=least) for n in positions(zeros)]
