"""Rules about numbers that were copied down a table, and about parts of a person or building.

Owns what counts as a copy: a spreadsheet fills a cell, or a whole row, down with one wrong
movement, and no value of it is impossible.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from fsva.checks.check_data import Material, positions
from fsva.checks.findings import Fact, Finding, RuleResult, not_applicable
from fsva.sources.plain.arrays import Floats, Mask

RULE = "berulang"
_LEAST_COLUMNS = 3  # by which a row is known again


def copied(material: Material) -> RuleResult:
    """Find rows that repeat the row above, values filled down a column, parts of whole things.

    Parameters
    ----------
    material : Material
        Raw columns, and indicators that are not computed from them. Categories do not count.
    """
    columns = [c for c in material.stated if c in material.table]
    if not columns:
        return not_applicable("kolom", kolom=", ".join(material.method.columns))
    rows = np.argsort(material.table.rows, kind="stable").tolist()
    of_rows = list(_of_rows(material, columns, rows))
    told = {finding.row for finding in of_rows}
    runs = _of_columns(material, columns, rows, told)
    return RuleResult((*of_rows, *runs, *_fractions(material, columns)))


def _runs(rows: Sequence[int], keys: Sequence[object]) -> list[list[int]]:
    """Return the positions of the table that follow each other with one key."""
    pairs = zip(rows, keys, strict=True)
    return [[n for n, _ in group] for _, group in groupby(pairs, key=lambda pair: pair[1])]


def _is_exception(
    run: Sequence[int], rows: Sequence[int], keys: Sequence[object], least: float
) -> bool:
    """Tell whether the other rows hold mostly values of their own."""
    own = set(run)
    others = [key for n, key in zip(rows, keys, strict=True) if n not in own]
    return len(others) > 0 and len(set(others)) >= least * len(others)


def _by_chance(run: Sequence[int], rows: Sequence[int], keys: Sequence[object]) -> float:
    """Return how many runs as long as one a table has by chance, by how its other rows repeat.

    Two of the other rows have one value with a probability that is estimated from all their pairs,
    and taken for one pair more than there are, so that it is never 0.
    """
    own = set(run)
    others = Counter(key for n, key in zip(rows, keys, strict=True) if n not in own)
    pairs = math.comb(others.total(), 2)
    equal = sum(math.comb(count, 2) for count in others.values())
    return len(rows) * float((equal + 1) / (pairs + 1)) ** (len(run) - 1)


def _of_rows(material: Material, columns: Sequence[str], rows: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each row whose numbers are those of the row above it."""
    if len(columns) < _LEAST_COLUMNS:
        return
    values = np.column_stack([material.values(column) for column in columns])
    keys = [tuple(values[n].tolist()) if np.isfinite(values[n]).all() else n for n in rows]
    for run in _runs(rows, keys):
        if len(run) < 2 or not values[run[0]].any():
            continue
        if _is_exception(run, rows, keys, material.limits.copies.others):
            first = material.table.names[run[0]]
            for n in run[1:]:
                yield material.cell("berulang", n, columns[:1], str(first), nama=str(first))


def _of_columns(
    material: Material, columns: Sequence[str], rows: Sequence[int], told: Container[int | None]
) -> Iterator[Finding]:
    """Yield the first cell of each run of one value that is too long to be chance.

    Parameters
    ----------
    told : container of int
        Rows of the file that repeat another row, which says enough.
    """
    limits = material.limits.copies
    for column in columns:
        values = material.values(column)
        keys = values[rows].tolist()
        if len(rows) >= limits.everywhere and len(set(keys)) == 1 and keys[0]:
            yield _everywhere(material, column, keys[0])
            continue
        for run in _runs(rows, keys):
            value = float(values[run[0]])
            if len(run) < limits.rows or not value or np.isnan(value):
                continue
            if all(int(material.table.rows[n]) in told for n in run[1:]):
                continue
            is_rare = _by_chance(run, rows, keys) <= limits.chance
            if is_rare and _is_exception(run, rows, keys, limits.others):
                finding = material.cell("berulang", run[0], [column], value)
                yield _told(finding, len(run), str(material.table.names[run[-1]]))


def _everywhere(material: Material, column: str, value: float) -> Finding:
    """Return the finding of a column of one value, which may be that of the whole district."""
    facts: dict[str, Fact] = {"jumlah": float(len(material.table.codes))}
    key = "periksa.berulang.tetap"
    return Finding(key, material.file, None, (column,), found=value, facts=facts, level="info")


def _told(finding: Finding, count: int, last: str) -> Finding:
    facts: dict[str, Fact] = {"jumlah": float(count), "nama": last}
    return replace(finding, key="periksa.berulang.kolom", facts=facts)


def _fractions(material: Material, columns: Sequence[str]) -> Iterator[Finding]:
    """Yield counts that are no whole numbers, where nearly all of their column are."""
    for column in columns:
        known = material.method.columns.get(column)
        if known is None or not known.is_countable:
            continue
        values = material.values(column)
        broken = _broken(values)
        if broken.any() and broken.mean() < 1 - material.limits.copies.others:
            for n in positions(broken):
                finding = material.cell("berulang", n, [column], float(values[n]))
                yield replace(finding, key="periksa.berulang.pecahan")


def _broken(values: Floats) -> Mask:
    known = np.where(np.isnan(values), 0.0, values)
    return np.asarray(np.abs(known - np.round(known)) > 1e-9)
