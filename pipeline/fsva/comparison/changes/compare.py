"""From two or more sides to their comparison: pairs, changes, reasons, transitions.

Owns the order of the steps and the refusal of editions whose classes do not compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fsva.comparison.changes import (
    changes,
    descriptions,
    differences,
    measure_definitions,
    obstacles,
    series,
    transitions,
)
from fsva.comparison.changes.changes import Explained, MeasurePair
from fsva.comparison.changes.class_reasons import replay
from fsva.comparison.changes.mixed_edition import Exchange, PairedRows
from fsva.comparison.changes.pairing import Pairing, pair
from fsva.comparison.changes.value_causes import ValueCauses
from fsva.comparison.values.comparison_thresholds import ComparisonLimits
from fsva.comparison.values.result import (
    KINDS,
    PARTS,
    TIERS,
    ComparedVillage,
    Comparison,
    Edit,
    MeasureSummary,
    Part,
    SeriesLine,
    SeriesRow,
    Summary,
)
from fsva.comparison.values.side_data import SideData
from fsva.core.columns import PARENT
from fsva.core.errors import CompareError, Place


@dataclass(frozen=True)
class Wish:
    """The options of a comparison.

    Parameters
    ----------
    limits : ComparisonLimits
        Thresholds.
    budget : int
        Rows per list.
    forced : bool
        Whether to compare classes of different meaning.
    """

    limits: ComparisonLimits
    budget: int
    forced: bool = False


def compare(sides: Sequence[SideData], wish: Wish) -> Comparison:
    """Compare the first side with the last, and follow villages through all of them.

    Parameters
    ----------
    sides : sequence of SideData
        Two or more of one district, in the order of time.
    wish : Wish
        Thresholds, and whether to compare across methods.

    Raises
    ------
    CompareError
        The districts of the sides differ; or method or baseline differ and it is not forced.
    """
    _check_district(sides)
    forced = _check_rules(sides, wish.forced)
    differences = _find(sides[0], sides[-1], wish)
    a, b, each, known = differences.a, differences.b, differences.each, differences.known
    kecamatan = b.table[PARENT].loc[list(known.rows.b)]
    people, rules = (
        _people(differences),
        [e for e in differences.edits if e.part in ("metode", "dasar")],
    )
    shifts = changes.ranks(a, b, known.rows, _own_moved(differences))
    villages = descriptions.villages(a, b, differences.pairing)
    rows, lines = _series(sides, wish)
    summary = _summary(differences, villages, len(shifts))
    return Comparison(
        sides=tuple(held.side for held in sides),
        forced=forced,
        summary=replace(summary, same=summary.same and not _wavers(sides, wish)),
        measures=descriptions.measures(a, b, rules, bool(forced)),
        villages=villages,
        cells=tuple(descriptions.cells(beside, a, b, differences.pairing) for beside in each),
        counterparts=descriptions.counterparts(
            a, b, differences.pairing, wish.limits.borders.density_ratio
        ),
        changes=changes.listed(each, known, wish.budget),
        transitions=tuple(transitions.transition(beside, people, kecamatan) for beside in each),
        edits=differences.edits[: wish.budget],
        ranks=tuple(shifts[: wish.budget]),
        n_edits=len(differences.edits),
        series=rows,
        lines=lines,
        apart=measure_definitions.apart(a, b),
        budget=wish.budget,
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """The pairs, changes and reasons of two sides, before they become a result."""

    a: SideData
    b: SideData
    pairing: Pairing
    edits: tuple[Edit, ...]
    each: list[MeasurePair]
    known: Explained
    differing: tuple[Part, ...]


def _find(a: SideData, b: SideData, wish: Wish) -> _Found:
    pairing = pair(a, b, wish.limits.borders)
    edits = differences.edits(a, b, pairing)
    rows = descriptions.rows(pairing)
    noise = wish.limits.noise.units
    each = [
        changes.beside(a, b, rows, m, noise) for m in measure_definitions.common(a.rules, b.rules)
    ]
    parts = differences.parts(edits, a, b) if a.inputs and b.inputs else ()
    known = _explained(ValueCauses(a, b, edits), rows, each, parts)
    return _Found(a, b, pairing, edits, each, known, parts)


def _explained(
    causes: ValueCauses, rows: PairedRows, each: Sequence[MeasurePair], parts: tuple[Part, ...]
) -> Explained:
    """Replay the pairs of which any class changed."""
    a, b = causes.a, causes.b
    if a.inputs is None or b.inputs is None:
        return Explained(a, b, rows, None, {}, obstacles.possible(a, b), causes)
    changed = np.flatnonzero(np.any([beside.differs for beside in each], axis=0)).tolist()
    some = PairedRows(tuple(rows.a[n] for n in changed), tuple(rows.b[n] for n in changed))
    mixed = Exchange(a.inputs, b.inputs, some)
    replayed = replay(mixed, parts, [beside.measure.id for beside in each])
    places = {row: n for n, row in enumerate(changed)}
    return Explained(a, b, rows, replayed, places, (), causes)


def _check_district(sides: Sequence[SideData]) -> None:
    codes = {held.side.code for held in sides}
    if len(codes) > 1:
        places = [Place(found=f"{held.side.source}: {held.side.code}") for held in sides]
        raise CompareError("banding_daerah", places)


def _check_rules(sides: Sequence[SideData], forced: bool) -> tuple[Part, ...]:
    """Stop at the first two sides whose classes do not mean the same, unless forced."""
    differing: dict[Part, None] = {}
    for a, b in pairwise(sides):
        edits = (
            tuple(differences.of_rules(a.inputs.rules, b.inputs.rules))
            if a.inputs and b.inputs
            else ()
        )
        parts = obstacles.obstacles(a, b, edits)
        if parts and not forced:
            raise _refusal(parts, _places(a, b, edits))
        differing |= dict.fromkeys(parts)
    return tuple(part for part in PARTS if part in differing)


def _refusal(parts: Sequence[Part], places: Sequence[Place]) -> CompareError:
    if "metode" in parts:
        return CompareError("banding_metode", places)
    return CompareError("banding_dasar", places)


def _places(a: SideData, b: SideData, edits: Sequence[Edit]) -> list[Place]:
    """Name the numbers that differ, or the two methods where they are not known."""
    if edits:
        return [
            Place(column=edit.what, found=f"{edit.a or '-'} / {edit.b or '-'}") for edit in edits
        ]
    return [
        Place(found=f"{side.source}: {side.method}, {side.baseline or '-'}")
        for side in (a.side, b.side)
    ]


def _people(differences: _Found) -> NDArray[np.float64] | None:
    """Return the people of the pairs: of B, of A where B does not know them."""
    rows = differences.known.rows
    known: list[NDArray[np.float64]] = [
        np.asarray(held.population.loc[list(codes)].to_numpy(np.float64, na_value=np.nan))
        for held, codes in ((differences.b, rows.b), (differences.a, rows.a))
        if held.population is not None
    ]
    if not known:
        return None
    return known[0] if len(known) == 1 else np.where(np.isnan(known[0]), known[1], known[0])


def _own_moved(differences: _Found) -> NDArray[np.bool_]:
    """Tell of every pair whether its own index changed."""
    composite = differences.b.rules.composite.id
    for beside in differences.each:
        if beside.measure.id == composite:
            return beside.tier < len(TIERS)
    return np.zeros(len(differences.known.rows.b), dtype=bool)


def _measure_summary(beside: MeasurePair, known: Explained) -> MeasureSummary:
    """Count what changed in a measure, the changes of class by their largest reason."""
    rows = np.flatnonzero(beside.tier <= TIERS.index("kelas")).tolist()
    of_changes = [known.whole(beside, row) for row in rows]
    main = Counter(reasons[0].part for reasons in of_changes if reasons)
    reasons = {part: main[part] for part in PARTS if main[part]}
    left = 0 if known.possible else len(rows) - main.total()
    return transitions.summary(beside, reasons, left)


def _summary(differences: _Found, villages: Sequence[ComparedVillage], n_ranks: int) -> Summary:
    each = tuple(_measure_summary(beside, differences.known) for beside in differences.each)
    tiers = {tier: sum(measure.n_tiers[tier] for measure in each) for tier in TIERS}
    kinds = Counter(village.kind for village in villages)
    moved = any(kind != "tetap" for kind in kinds) or any(tiers.values())
    same = not (moved or n_ranks or differences.edits)
    return Summary(
        same,
        tiers,
        {kind: kinds[kind] for kind in KINDS if kinds[kind]},
        n_ranks,
        each,
        differences.differing,
        differences.known.possible,
    )


def _wavers(sides: Sequence[SideData], wish: Wish) -> bool:
    """Tell whether anything differs between two neighbours of three or more editions."""
    if len(sides) < 3:
        return False
    return any(not _same(a, b, wish) for a, b in pairwise(sides))


def _same(a: SideData, b: SideData, wish: Wish) -> bool:
    pairing = pair(a, b, wish.limits.borders)
    rows = descriptions.rows(pairing)
    each = (changes.beside(a, b, rows, m, 0) for m in measure_definitions.common(a.rules, b.rules))
    changed = any((beside.tier < len(TIERS)).any() for beside in each)
    return not (changed or differences.edits(a, b, pairing))


def _series(
    sides: Sequence[SideData], wish: Wish
) -> tuple[tuple[SeriesRow, ...], tuple[SeriesLine, ...]]:
    """Follow the villages through three or more editions."""
    if len(sides) < 3:
        return (), ()
    pairings = [pair(a, b, wish.limits.borders) for a, b in pairwise(sides)]
    last = sides[-1].rules
    ids = [{m.id for m in measure_definitions.common(side.rules, last)} for side in sides]
    common = [m for m in last.measures() if all(m.id in known for known in ids)]
    known = series.chains(sides[-1], pairings)
    rows = series.of_villages(sides, known, common, wish.budget)
    return rows, series.of_kecamatan(sides, known, common)
