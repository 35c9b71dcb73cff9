"""Rules that compare the table with totals, polygons, last year's edition and agreements.

Owns what counts as a difference between two sources of one fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from fsva.checks.check_data import MEASURED, Material, positions
from fsva.checks.findings import Fact, Finding, Gap, RuleResult, not_applicable
from fsva.config.methods.measures import Indicator
from fsva.core.columns import BPS
from fsva.sources.plain.arrays import Floats, Mask, Words


def villages_accounted_for(material: Material) -> RuleResult:
    """Find villages that not all of table, crosswalk and layer have."""
    return RuleResult(material.missing)


def holes(material: Material) -> RuleResult:
    """Find land within the district without a village; the finding names place and neighbours."""
    if material.polygons_ha is None:
        return not_applicable(material.no_polygons)
    return RuleResult(material.holes)


def polygon_area(material: Material) -> RuleResult:
    """Find villages whose polygon is much larger or smaller than their area in the table.

    Parameters
    ----------
    material : Material
        Needs polygons that are not schematic, and a column of areas in hectares.
    """
    limits = material.limits.area
    if material.lacks([limits.column]):
        return not_applicable("kolom", kolom=limits.column)
    if material.polygons_ha is None:
        return not_applicable(material.no_polygons)
    stated = material.values(limits.column)
    areas = material.polygons_ha
    drawn = np.array([areas.get(code, np.nan) for code in material.table.codes], dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = 100 * (drawn - stated) / stated
    odd = (np.abs(change) > limits.percent) & (stated > 0)
    return RuleResult(
        tuple(
            material.cell(
                "luas_poligon",
                n,
                [limits.column],
                float(stated[n]),
                poligon=round(float(drawn[n]), 1),
                persen=round(float(change[n]), 1),
            )
            for n in positions(odd)
        )
    )


def seen_on_paper(material: Material) -> RuleResult:
    """Find villages whose polygon is hardly seen at the scale of the maps.

    Parameters
    ----------
    material : Material
        Needs polygons that are not schematic.
    """
    if material.polygons_ha is None:
        return not_applicable(material.no_polygons)
    least, shown = material.limits.small.least_mm2, material.paper_mm2
    sizes = np.array([shown.get(code, np.nan) for code in material.table.codes], dtype=float)
    return RuleResult(
        tuple(
            material.cell(
                "desa_kecil",
                n,
                [],
                float(np.floor(100 * sizes[n]) / 100),
                batas=least,
                penyebut=material.denominator,
            )
            for n in positions(sizes < least)
        )
    )


def change_since_last_year(material: Material) -> RuleResult:
    """Find values that changed implausibly much since last year's edition."""
    if material.previous is None:
        return not_applicable("tahun_lalu")
    before, codes = material.previous, material.table.codes
    findings: list[Finding] = []
    gaps: list[Gap] = []
    categories = {i.id: i for i in material.indicators if i.categories}
    # A raw column that only holds the category would repeat the finding.
    shown = {(i.calculation or "").strip() for i in categories.values() if i.id in before}
    for column in (
        *(c for c in material.raw if c not in shown),
        *(i.id for i in material.indicators),
    ):
        if column not in before:
            gaps.append(Gap("kolom_tahun_lalu", {"kolom": column}))
        elif indicator := categories.get(column):
            findings += _other_categories(material, indicator, before.beside(column, codes))
        else:
            findings += _changes(material, column, before.beside(column, codes))
    return RuleResult(tuple(findings), tuple(gaps))


def _changes(material: Material, column: str, old: Floats) -> Iterator[Finding]:
    new = material.values(column)
    for n in positions(_changed(material, column, old, new)):
        percent = "" if old[n] == 0 else round(float(100 * (new[n] - old[n]) / abs(old[n])), 1)
        yield material.cell(
            "tahun_lalu", n, [column], float(new[n]), lama=float(old[n]), persen=percent or "-"
        )


def _other_categories(material: Material, indicator: Indicator, old: Floats) -> Iterator[Finding]:
    """Yield villages whose category changed by more steps than usual; percentages do not apply."""
    least = material.limits.changes.categories
    before, after = (
        np.array([v if np.isnan(v) else indicator.read_category(v) for v in values.tolist()])
        for values in (old, material.values(indicator.id))
    )
    steps = np.abs(after - before)
    for n in positions(steps >= least):
        named = [_category(float(values[n]), indicator) for values in (before, after)]
        finding = material.cell(
            "tahun_lalu",
            n,
            [indicator.id],
            float(after[n]),
            lama=named[0],
            baru=named[1],
            tingkat=float(steps[n]),
            batas=least,
        )
        yield replace(finding, key="periksa.tahun_lalu_kategori")


def _category(value: float, indicator: Indicator) -> Fact:
    return indicator.category_names.get(str(int(value)), value)


def _changed(material: Material, column: str, old: Floats, new: Floats) -> Mask:
    limits = material.limits.changes
    change = np.abs(new - old)
    known = np.abs(old[~np.isnan(old)])
    least = limits.of_median / 100 * (float(np.median(known)) if len(known) else 0.0)
    share = limits.by_column.get(column, limits.percent) / 100
    large: Mask = change > share * np.maximum(np.abs(old), least) * (1 + 1e-9)
    return large


def villages_of_last_year(material: Material) -> RuleResult:
    """Find villages that only this year's or only last year's edition has."""
    if material.previous is None:
        return not_applicable("tahun_lalu")
    now, then = material.table, material.previous
    key = "periksa.aturan.desa_tahun_lalu"
    new = [n for n, code in enumerate(now.codes) if code not in then.positions]
    gone = [n for n, code in enumerate(then.codes) if code not in now.positions]
    return RuleResult(
        (
            *(material.cell("desa_tahun_lalu", n, [BPS], now.codes[n]) for n in new),
            *(
                Finding(key, material.file, None, (), str(then.names[n]), then.codes[n], "-")
                for n in gone
            ),
        )
    )


def covered_by_raster(material: Material) -> RuleResult:
    """Find villages without data because the raster does not cover enough of them."""
    columns = [c for c, kind in material.supplied.kinds.items() if kind == "raster"]
    if not columns:
        return not_applicable("tutupan")
    left = material.supplied.uncovered
    return RuleResult(
        tuple(
            material.cell("tutupan", n, columns, "-", persen=round(100 * left[code], 1))
            for n, code in enumerate(material.table.codes)
            if code in left
        )
    )


def agreements(material: Material) -> RuleResult:
    """List the agreed values of agencies that replace measured ones.

    Parameters
    ----------
    material : Material
        Has a column ``terukur_<column>`` for each column with agreements.
    """
    marked = {c: texts for c, texts in material.table.texts.items() if c.startswith(MEASURED)}
    if not marked:
        return not_applicable("kesepakatan")
    return RuleResult(
        tuple(
            finding
            for name, texts in marked.items()
            for finding in _agreed(material, name.removeprefix(MEASURED), texts)
        )
    )


def _agreed(material: Material, column: str, measured: Words) -> Iterator[Finding]:
    values = material.values(column)
    for n, text in enumerate(measured):
        if text is not None:
            yield material.cell("kesepakatan", n, [column], float(values[n]), terukur=text or "-")
