"""Which values, classes and ranks differ, in tiers, for pairs of villages.

Owns the tiers and their order. ``class_reasons`` finds the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.comparison.changes.class_reasons import Replay
from fsva.comparison.changes.mixed_edition import PairedRows
from fsva.comparison.changes.value_causes import ValueCauses
from fsva.comparison.values.result import TIERS, CellChange, Class, Part, RankShift, Reason, Tier
from fsva.comparison.values.side_data import SideData
from fsva.config.methods.measures import Measure
from fsva.core import decimals
from fsva.core.columns import PARENT, UNIT
from fsva.index.joined_table import BASIS, CLASS, RANK
from fsva.sources.plain.arrays import Floats

_LEAST = 1e-6  # classes: what lies below is noise of binary numbers


@dataclass(frozen=True, eq=False)
class MeasurePair:
    """A measure of the pairs on both sides, and the tier of every pair.

    Parameters
    ----------
    measure : Measure
        Of B.
    values_a, values_b, classes_a, classes_b : array of float, shape (n_pairs,)
        NaN = none.
    basis_a, basis_b : sequence of str
        The basis of the class.
    n_classes : int
        The larger number of classes of the two methods.
    tier : array of int, shape (n_pairs,)
        Position in ``TIERS``; their number where nothing changed.
    moved : array of bool, shape (n_pairs,)
        Where the value differs by more than noise, whatever the class.
    """

    measure: Measure
    values_a: Floats
    values_b: Floats
    classes_a: Floats
    classes_b: Floats
    basis_a: Sequence[str]
    basis_b: Sequence[str]
    n_classes: int
    tier: NDArray[np.int8]
    moved: NDArray[np.bool_]

    @property
    def differs(self) -> NDArray[np.bool_]:
        """Where the class differs, or only one side has one."""
        return self.tier <= TIERS.index("ada")

    @property
    def delta(self) -> Floats:
        """Change in classes; NaN where one side has none."""
        return self.classes_b - self.classes_a


def beside(a: SideData, b: SideData, rows: PairedRows, measure: Measure, noise: int) -> MeasurePair:
    """Put a measure of both sides beside each other.

    Parameters
    ----------
    measure : Measure
        One that both have.
    noise : int
        Largest difference that is noise, in units of the last digit; another category never is.
    """
    noise = 0 if getattr(measure, "categories", None) else noise
    left, right = a.table.loc[list(rows.a)], b.table.loc[list(rows.b)]
    values = [_floats(table[measure.id]) for table in (left, right)]
    classes = [_floats(table[f"{measure.id}{CLASS}"]) for table in (left, right)]
    basis = [list(table[f"{measure.id}{BASIS}"]) for table in (left, right)]
    other_basis = np.array([x != y for x, y in zip(*basis, strict=True)], dtype=bool)
    steps = _steps(values[0], values[1], measure.digits)
    secure = tuple(held.rules.first_secure for held in (a, b))
    tier = _tiers(classes[0], classes[1], steps, noise, secure)
    tier[(tier == len(TIERS)) & other_basis] = TIERS.index("nilai")
    most = max(a.rules.n_classes, b.rules.n_classes)
    return MeasurePair(
        measure,
        values[0],
        values[1],
        classes[0],
        classes[1],
        basis[0],
        basis[1],
        most,
        tier,
        steps > noise,
    )


def _floats(column: pd.Series[float]) -> Floats:
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def _steps(a: Floats, b: Floats, digits: int) -> Floats:
    """Return the differences in units of the last digit; infinite where a value is missing."""
    known = ~np.isnan(a) & ~np.isnan(b)
    steps = np.where(np.isnan(a) == np.isnan(b), 0.0, np.inf)
    units = (decimals.units_of_floats(x[known], digits) for x in (a, b))
    first, second = units
    steps[known] = np.abs(second - first)
    return steps


def _tiers(
    a: Floats, b: Floats, steps: Floats, noise: int, secure: tuple[int, ...]
) -> NDArray[np.int8]:
    """Put pairs into tiers; the gravest tier is set last and wins."""
    tier = np.full(len(a), len(TIERS), dtype=np.int8)
    tier[steps > 0] = TIERS.index("derau")
    tier[steps > noise] = TIERS.index("nilai")
    known = ~np.isnan(a) & ~np.isnan(b)
    tier[np.isnan(a) != np.isnan(b)] = TIERS.index("ada")
    tier[known & (a != b)] = TIERS.index("kelas")
    tier[known & ((a < secure[0]) != (b < secure[1]))] = TIERS.index("lintas")
    return tier


@dataclass(frozen=True, eq=False)
class Explained:
    """The names and reasons that a listed change carries.

    Parameters
    ----------
    a, b : SideData
        Sides.
    rows : PairedRows
        Pairs, in the order of the measures' arrays.
    replayed : Replay or None
        Reasons of the pairs that ``places`` names.
    places : dict of int to int
        Position of a pair to its position in ``replayed``.
    possible : tuple of Part
        Parts that may be the reason where the reasons are not known.
    causes : ValueCauses
        What differs in the inputs of values.
    """

    a: SideData
    b: SideData
    rows: PairedRows
    replayed: Replay | None
    places: dict[int, int]
    possible: tuple[Part, ...]
    causes: ValueCauses

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the villages of B by code."""
        return {str(code): str(name) for code, name in self.b.table[UNIT].items()}

    @cached_property
    def kecamatan(self) -> dict[str, str]:
        """Kecamatan of the villages of B by code."""
        return {str(code): str(name) for code, name in self.b.table[PARENT].items()}

    @cached_property
    def ranks(self) -> tuple[dict[str, int], dict[str, int]]:
        """Ranks in A and in B by code, of the villages that have one."""
        a, b = (
            {str(code): int(rank) for code, rank in held.table[RANK].dropna().items()}
            for held in (self.a, self.b)
        )
        return a, b

    def reasons(self, measure: str, row: int) -> tuple[Reason, ...]:
        """Return the reasons of a change of class; none where they are not known."""
        if self.replayed is None:
            return ()
        return self.replayed.reasons(measure, self.places[row])

    def whole(self, pair: MeasurePair, row: int) -> tuple[Reason, ...]:
        """Return the reasons of a change if they explain all of it; else none."""
        reasons = self.reasons(pair.measure.id, row)
        a, b = pair.classes_a[row], pair.classes_b[row]
        wanted = float(np.isnan(a)) - float(np.isnan(b)) if np.isnan(a) or np.isnan(b) else b - a
        told = abs(sum(reason.share for reason in reasons) - wanted) < _LEAST
        return reasons if told else ()


def listed(
    all_beside: Sequence[MeasurePair], known: Explained, budget: int
) -> tuple[CellChange, ...]:
    """List the changes, the gravest first, not more than a budget per tier.

    Parameters
    ----------
    all_beside : sequence of MeasurePair
        One per measure.
    known : Explained
        Names and reasons.
    budget : int
        Rows per tier.
    """
    chosen: list[CellChange] = []
    for number, tier in enumerate(TIERS):
        order = sorted(_candidates(all_beside, number))
        chosen += [_change(all_beside[m], row, tier, known) for *_, m, _, row in order[:budget]]
    return tuple(chosen)


def _candidates(
    all_beside: Sequence[MeasurePair], tier: int
) -> Iterator[tuple[float, float, int, int, int]]:
    """Yield the changes of a tier with their sort keys: classes, value, measure, row."""
    for number, pair in enumerate(all_beside):
        rows = np.flatnonzero(pair.tier == tier)
        classes = np.nan_to_num(np.abs(pair.delta[rows]), nan=0.5)
        spread = float(np.nanmax(np.abs(pair.values_b), initial=0.0)) or 1.0
        moved = np.nan_to_num(np.abs(pair.values_b - pair.values_a)[rows]) / spread
        for row, c, v in zip(rows.tolist(), classes.tolist(), moved.tolist(), strict=True):
            yield -c, -round(v, 9), number, row, row


def _change(pair: MeasurePair, row: int, tier: Tier, known: Explained) -> CellChange:
    old, new = known.rows.a[row], known.rows.b[row]
    differs = bool(pair.differs[row])
    reasons = known.whole(pair, row) if differs else ()
    is_composite = pair.measure.id == known.b.rules.composite.id
    ranks = _ranks(known, old, new) if is_composite else (None, None)
    digits = pair.measure.digits
    return CellChange(
        old,
        new,
        known.names[new],
        known.kecamatan[new],
        pair.measure.id,
        tier,
        _value(pair.values_a[row], digits),
        _value(pair.values_b[row], digits),
        _class(pair.classes_a[row]),
        _class(pair.classes_b[row]),
        pair.basis_a[row],
        pair.basis_b[row],
        ranks[0],
        ranks[1],
        reasons,
        known.possible if known.replayed is None else (),
        () if differs else known.causes.of(pair.measure.id, old, new),
    )


def _ranks(known: Explained, old: str, new: str) -> tuple[Class, Class]:
    before, after = known.ranks
    return before.get(old), after.get(new)


def _value(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)


def _class(value: float) -> Class:
    return None if pd.isna(value) else int(value)


def ranks(a: SideData, b: SideData, rows: PairedRows, moved: NDArray[np.bool_]) -> list[RankShift]:
    """List the villages whose rank changed, the largest shift first.

    Parameters
    ----------
    moved : array of bool, shape (n_pairs,)
        Whether the pair's own index changed; else others have overtaken it.
    """
    before, after = (
        _floats(held.table[RANK].loc[list(codes)]) for held, codes in ((a, rows.a), (b, rows.b))
    )
    other = np.flatnonzero((before != after) & ~(np.isnan(before) & np.isnan(after)))
    size = np.nan_to_num(np.abs(after - before)[other], nan=np.inf)
    order = other[np.lexsort((other, -size))].tolist()
    names, places = (
        {str(code): str(name) for code, name in b.table[c].items()} for c in (UNIT, PARENT)
    )
    return [
        RankShift(
            rows.a[n],
            rows.b[n],
            names[rows.b[n]],
            places[rows.b[n]],
            _class(before[n]),
            _class(after[n]),
            bool(moved[n]),
        )
        for n in order
    ]
