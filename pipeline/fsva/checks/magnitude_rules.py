"""Ready indicators compared with the size of their villages and with the scale of the baseline.

Owns the question whether a value can belong to a village of its area and people, and whether a
column can belong to its indicator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from fsva.checks.check_data import Material, positions
from fsva.checks.findings import Fact, Finding
from fsva.config.methods.method import Indicator
from fsva.sources.plain.arrays import Floats

_AREA = "luas_ha"


def odd(material: Material, told: Collection[str]) -> Iterator[Finding]:
    """Yield columns in which most villages are odd, and shares of less than one thing.

    Parameters
    ----------
    told : collection of str
        Columns that were found odd as a whole; they are not told again.
    """
    limits = material.limits.sizes
    for indicator in material.indicators:
        if material.is_stated(indicator):
            columns = limits.counted.get(indicator.id, ())
            yield from _less_than_one(material, indicator, columns)
            if indicator.id in limits.areas and indicator.id not in told:
                yield from _beyond_area(material, indicator)
        is_scaled = bool(indicator.cut_offs) and not indicator.categories
        if is_scaled and indicator.id not in told:
            yield from _beyond_scale(material, indicator)


def _less_than_one(
    material: Material, indicator: Indicator, columns: Sequence[str]
) -> Iterator[Finding]:
    """Yield the villages whose share, rounded as it is, is less than one thing of all."""
    column = next((c for c in columns if not material.lacks([c])), None)
    if column is None:
        return
    values, whole = material.values(indicator.id), material.values(column)
    largest = (values + 0.5 * 10.0**-indicator.digits) * whole
    for n in positions((values > 0) & (whole > 0) & (largest < 1)):
        cells = [indicator.id, column]
        facts: dict[str, Fact] = {"kolom": column, "seluruh": float(whole[n])}
        finding = material.cell("satuan", n, cells, float(values[n]))
        yield replace(finding, key="periksa.satuan.satuan_kurang", facts=facts)


def _beyond_area(material: Material, indicator: Indicator) -> Iterator[Finding]:
    """Yield a finding if most villages have more area per thing than they have at all."""
    areas = _areas_km2(material)
    values = material.values(indicator.id)
    known = ~np.isnan(values) & (areas > 0)
    count = (int((known & (values > areas)).sum()), int(known.sum()))
    if _are_most(material, count):
        facts = {"luas": round(float(np.median(areas[known])), 2)}
        yield _column(material, indicator, "satuan_luas", count, facts)


def _areas_km2(material: Material) -> Floats:
    """Return the areas of the villages by the table, else by their polygons; NaN if not known."""
    if not material.lacks([_AREA]):
        return material.values(_AREA) / 100
    drawn = material.polygons_ha or {}
    codes = material.table.codes
    return np.array([drawn.get(code, np.nan) for code in codes], dtype=float) / 100


def _beyond_scale(material: Material, indicator: Indicator) -> Iterator[Finding]:
    """Yield a finding if the scale of the baseline gives most villages one and the same score."""
    if indicator.bounds is None:
        return
    values = material.values(indicator.id)
    known = int((~np.isnan(values)).sum())
    low, high = map(float, indicator.bounds)
    for beyond in (values < low, values > high):
        count = (int(beyond.sum()), known)
        if _are_most(material, count):
            facts = {"rendah": low, "tinggi": high}
            yield _column(material, indicator, "satuan_skala", count, facts)


def _are_most(material: Material, count: tuple[int, int]) -> bool:
    """Tell whether some of the villages with a value are more than an odd few."""
    limits = material.limits.sizes
    return count[1] >= limits.villages and count[0] > limits.most * count[1]


def _column(
    material: Material,
    indicator: Indicator,
    key: str,
    count: tuple[int, int],
    facts: dict[str, float],
) -> Finding:
    middle = float(np.nanmedian(material.values(indicator.id)))
    told: dict[str, str | float] = {
        "jumlah": float(count[0]),
        "semua": float(count[1]),
        "median": middle,
        "satuan": indicator.unit["id"],
        **facts,
    }
    named = f"periksa.satuan.{key}"
    return Finding(named, material.file, None, (indicator.id,), found=middle, facts=told)
