"""Whether polygons lie among the villages of their own kecamatan: shapes that changed their rows.

Owns the judgement. Codes and names of a layer may agree with each other and with the table while
its polygons stand beside other rows: joined by row numbers, pasted a row too low, or exchanged. A
village of a kecamatan with others touches at least one of them in nearly every real layer. Polygons
exchanged within one kecamatan, or between villages of its edge, cannot be told by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.codes import KemendagriCode
from fsva.sources.plain.arrays import Positions, Shapes

_NEAR_KM = 0.03
# Only a village with at least so many neighbours counts.
_LEAST_NEIGHBOURS = 2
# Shifts that are tried, in rows: up to the first few strays suffice, up to the second not. Least
# number of strays, and the largest share of them that may be left when the shift is undone.
_NEAR_ROWS, _FARTHEST = 3, 40
_LEAST_SHIFTED = 3
_LEFT = 0.25
# Where polygons stand beside their rows, nearly half of all neighbours are of one kecamatan.
_TOGETHER = 0.45
# Undoing a shift must raise that share by at least this, beyond what chance brings.
_CLEARLY = 0.05
# Polygons were sorted apart if there are so many strays, and this share of the villages that count.
_LEAST_APART = 5
_APART = 0.2
Codes = NDArray[np.str_]


@dataclass(frozen=True)
class Apart:
    """Polygons that stand beside other rows.

    Parameters
    ----------
    villages : tuple of int
        Places in the layer of villages without a neighbour of their kecamatan; two of them if
        they were exchanged.
    rows : int or None
        By how many rows all polygons are shifted; 0 = they have no order; None = exchanged.
    """

    villages: tuple[int, ...]
    rows: int | None


def find(flat: Shapes, codes: Sequence[str]) -> list[Apart]:
    """Return what is wrong with the polygons of a layer; empty if nothing is.

    Parameters
    ----------
    flat : ndarray of Geometry
        In kilometres, in the order of the file.
    codes : sequence of str
        Kemendagri codes of the villages.
    """
    one, other = _neighbours(flat)
    groups = np.array([KemendagriCode.parse(code).subdistrict_code for code in codes])
    strays = _strays(groups, one, other)
    if rows := _shift(groups, strays, one, other):
        away = strays if len(strays) >= _LEAST_SHIFTED else _moved(groups, one, other, rows)
        return [Apart(tuple(away.tolist()), abs(rows))]
    telling = np.count_nonzero(np.bincount(one, minlength=len(groups)) >= _LEAST_NEIGHBOURS)
    if len(strays) >= max(_LEAST_APART, _APART * telling):
        return [Apart(tuple(strays.tolist()), 0)]
    return [Apart(pair, None) for pair in _exchanged(strays, groups, one, other)]


def _shift(groups: Codes, strays: Positions, one: Positions, other: Positions) -> int:
    """Return by how many rows the polygons are shifted; 0 if they are not.

    Undone, a shift leaves few strays, or many more neighbours of one kecamatan than there are now:
    in a sound layer, no shift brings more of them together.
    """
    if not len(one):
        return 0
    clear = _together(groups, one, other) + _CLEARLY + 1 / float(np.sqrt(len(one)))
    farthest = min(_FARTHEST, len(groups) // 2)
    likely: dict[int, float] = {}
    for rows in (way * n for n in range(1, farthest + 1) for way in (1, -1)):
        undone = np.roll(groups, rows)
        together = _together(undone, one, other)
        left = len(_strays(undone, one, other)) if together >= _TOGETHER else len(groups)
        few = len(strays) >= _LEAST_SHIFTED and left <= _LEFT * len(strays)
        if (few and abs(rows) <= _NEAR_ROWS) or (together >= clear and left <= len(strays)):
            likely[rows] = together
    return max(likely, key=likely.__getitem__, default=0)


def _moved(groups: Codes, one: Positions, other: Positions, rows: int) -> Positions:
    """Return the villages that have more neighbours of their kecamatan without a shift."""
    undone = np.roll(groups, rows)
    kin_now = np.bincount(one, weights=groups[one] == groups[other], minlength=len(groups))
    kin_undone = np.bincount(one, weights=undone[one] == undone[other], minlength=len(groups))
    return np.flatnonzero(kin_undone > kin_now)


def _together(groups: Codes, one: Positions, other: Positions) -> float:
    """Return which share of neighbours are of one kecamatan."""
    return float(np.mean(groups[one] == groups[other]))


def _neighbours(flat: Shapes) -> tuple[Positions, Positions]:
    """Return the villages that lie beside each other, each pair in both orders."""
    sound = shapely.make_valid(flat)
    one, other = shapely.STRtree(sound).query(sound, predicate="dwithin", distance=_NEAR_KM)
    apart = one != other
    return one[apart], other[apart]


def _strays(groups: Codes, one: Positions, other: Positions) -> Positions:
    """Return the villages with neighbours, none of them in their kecamatan, which has others."""
    kin = np.bincount(one, weights=groups[one] == groups[other], minlength=len(groups))
    all_around = np.bincount(one, minlength=len(groups))
    sizes = Counter(groups.tolist())
    alone = np.array([sizes[group] == 1 for group in groups.tolist()], dtype=bool)
    return np.flatnonzero((all_around >= _LEAST_NEIGHBOURS) & (kin == 0) & ~alone)


def _exchanged(
    strays: Positions, groups: Codes, one: Positions, other: Positions
) -> Iterator[tuple[int, int]]:
    """Yield strays that lie in each other's kecamatan."""
    around = {
        n: Counter(groups[other[one == n]].tolist()).most_common(1)[0][0] for n in strays.tolist()
    }
    left = set(around)
    for n in sorted(around):
        mates = [m for m in sorted(left - {n}) if (around[n], around[m]) == (groups[m], groups[n])]
        if n in left and mates:
            left -= {n, mates[0]}
            yield n, mates[0]
