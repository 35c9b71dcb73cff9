"""Whether codes and names of a table belong together, told by the kecamatan and codes of a layer.

Owns the judgement for tables of which names alone lead to the polygons. BPS codes say which
kecamatan a village lies in, and so does the layer for its name. Names shifted by a row carry one
village over every border between kecamatan; names sorted apart lie anywhere. Within a kecamatan the
codes of both systems have no common order, so that nothing can be told there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fsva.core import codes
from fsva.core.codes import BpsCode, KemendagriCode
from fsva.core.columns import ROW, UNIT
from fsva.sources.layers.village_rows import OTHER
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.names_apart import key
from fsva.villages.oddities import Oddity

# Shifts that are tried, in rows; least number of villages in a wrong kecamatan that count.
_SHIFTS = (1, -1, 2, -2, 3, -3)
_LEAST = 2
# A shift is right if undoing it leaves at most this share of them. Without any shift, names were
# sorted apart if there are so many of them, and this share of all known names.
_LEFT = 0.25
_LEAST_APART = 5
_APART = 0.3
# Least number and least share of names that the layer has at another BPS code.
_LEAST_OTHER = 3
_OTHER = 0.2
_SHOWN = 5
UNDOTTED = "kode_bps_kemendagri"


@dataclass(frozen=True)
class Named:
    """A row of the table, or a village of the layer: its code and its name.

    Parameters
    ----------
    code, name : str
        BPS code in a table, Kemendagri code in a layer.
    bps : str
        BPS code that the layer states; empty if it states none.
    """

    code: str
    name: str
    bps: str = ""


def of_table(table: Table) -> list[Named]:
    """Return the rows of a table in the order of its file.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: ``desa``, and perhaps ``baris``.
    """
    rows = table.rows(np.argsort(table[ROW], kind="stable")) if ROW in table else table
    return [Named(code, str(name)) for code, name in zip(rows.codes, rows[UNIT], strict=True)]


def with_others(layer: ShapeTable, others: Mapping[str, str]) -> ShapeTable:
    """Return a layer with the codes of the other system beside its own, as ``kode_lain``."""
    return layer.with_columns({OTHER: plain_table.words(map(others.get, layer.codes))})


def of_layer(layer: ShapeTable) -> list[Named]:
    """Return the villages of a layer.

    Parameters
    ----------
    layer : ShapeTable
        Indexed by Kemendagri code: ``nama``, and perhaps ``kode_lain``.
    """
    others = layer[OTHER] if OTHER in layer else [""] * len(layer)
    cells = zip(layer.codes, layer["nama"], others, strict=True)
    return [Named(code, str(name or ""), str(bps or "")) for code, name, bps in cells]


def judge(table: Sequence[Named], layer: Sequence[Named]) -> list[Oddity]:
    """Return the oddity of a table whose names do not belong to its codes; empty if they do.

    Parameters
    ----------
    table : sequence of Named
        In the order of the file.
    layer : sequence of Named
        In any order.
    """
    if other := _at_other_codes(table, layer):
        return [_told("nama_kode_lain", other, len(other))]
    groups = _groups(layer)
    wrong = _strays(table, groups)
    if len(wrong) < _LEAST:
        return []
    for rows in _SHIFTS:
        undone = _shifted(table, -rows)
        if len(_strays(undone, groups)) <= _LEFT * len(wrong):
            return [_told("nama_bergeser", wrong, len(wrong), baris=str(abs(rows)))]
    known = sum(key(row.name) in groups for row in table)
    if len(wrong) >= _LEAST_APART and len(wrong) >= _APART * known:
        return [_told("nama_kecamatan_lain", wrong, len(wrong))]
    return []


def _told(kind: str, rows: Sequence[Named], count: int, **more: str) -> Oddity:
    shown = ", ".join(f"{row.name} ({row.code})" for row in rows[:_SHOWN])
    return Oddity("nama", kind, found=shown, facts={"jumlah": str(count), **more})


def undotted(table: Sequence[Named], layer: Sequence[Named]) -> list[Oddity]:
    """Return the oddity of a table whose BPS codes are the layer's codes without their dots.

    No map is wrong by it, but its codes are of no village of BPS.

    Parameters
    ----------
    table, layer : sequence of Named
        As for ``judge``.
    """
    there = {village.code for village in layer}
    rows = [row for row in table if codes.dotted(row.code) in there]
    if len(rows) < _LEAST_APART or 2 * len(rows) <= len(table):
        return []
    return [_told(UNDOTTED, rows, len(rows))]


def _at_other_codes(table: Sequence[Named], layer: Sequence[Named]) -> list[Named]:
    """Return the rows whose name the layer has at another BPS code, where it states such codes."""
    names = {village.bps: key(village.name) for village in layer if village.bps}
    codes_of: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        codes_of[name].add(code)
    both = [row for row in table if row.code in names]
    other = [row for row in both if row.code not in codes_of.get(key(row.name), {row.code})]
    enough = len(other) >= _LEAST_OTHER and len(other) >= _OTHER * len(both)
    return other if enough else []


def _groups(layer: Sequence[Named]) -> dict[str, set[str]]:
    """Return the kecamatan in which the layer has a village of each name."""
    groups: dict[str, set[str]] = defaultdict(set)
    for village in layer:
        if name := key(village.name):
            groups[name].add(KemendagriCode.parse(village.code).subdistrict_code)
    return groups


def _strays(table: Sequence[Named], groups: Mapping[str, set[str]]) -> list[Named]:
    """Return the rows whose code lies in another kecamatan than the layer's village of that name.

    A kecamatan of the layer and one of the table belong together if most villages of either lie
    in the other: one that was split since then, or united, is no fault.
    """
    placed = [(row, BpsCode.parse(row.code).subdistrict_code, groups.get(key(row.name), set()))
              for row in table]  # fmt: skip
    votes = Counter((code, next(iter(g))) for _, code, g in placed if len(g) == 1)
    together = set(_together(votes))
    return [
        row
        for row, code, group in placed
        if group and not any((code, one) in together for one in group)
    ]


def _together(votes: Counter[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the kecamatan of both sides that have most of their villages in each other."""
    sums = Counter[tuple[int, str]]()
    for (one, other), n in votes.items():
        sums[0, one] += n
        sums[1, other] += n
    for (one, other), n in votes.items():
        if 2 * n > sums[0, one] or 2 * n > sums[1, other]:
            yield one, other


def _shifted(table: Sequence[Named], rows: int) -> list[Named]:
    """Return the table with its names moved down by some rows; those at the end begin again."""
    names = [row.name for row in table]
    return [Named(row.code, names[(n - rows) % len(table)], row.bps) for n, row in enumerate(table)]
