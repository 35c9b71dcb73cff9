"""Probabilities of the classes, with the true values anywhere in their intervals.

Owns the Monte Carlo simulation: it draws every value many times, computes composite and classes by
the method, and counts the results. ``fsva.index.sureness.error_intervals`` owns the intervals,
``fsva.index.sureness.sensitivity`` other weights and scalings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Measure, Method
from fsva.core import decimals
from fsva.core.screens import steps
from fsva.index import classes, result_columns
from fsva.index.classes import Priorities
from fsva.index.composite import standard_score
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.index.sureness.error_intervals import Ranges
from fsva.sources.plain.arrays import Floats, Positions, Words

# Numbers drawn at once, and ranks kept for their quantiles: both limit the memory.
_CELLS_AT_ONCE = 1_000_000
_RANKS_KEPT = 4_000_000
_RANK_SHARES = (0.05, 0.95)


@dataclass(frozen=True)
class Sampling:
    """Number, seed and extent of the draws.

    Parameters
    ----------
    draws : int
        Draws of every value, >= 1.
    seed : int
        Of numpy's PCG64, >= 0; the same seed gives the same result.
    ranks : bool
        Whether to rank the villages, which takes most of the time.
    """

    draws: int
    seed: int
    ranks: bool = True


@dataclass(frozen=True, eq=False)
class Certainty:
    """How sure the classes of an edition are.

    Parameters
    ----------
    probabilities : mapping of str to array of float, shape (n_villages, n_classes)
        Measure id to the probability of class 1, 2 ...; NaN where it is not known.
    hangs_on : array of str, shape (n_villages,)
        The indicator whose error alone changes the composite's class most often; None where no
        error alone changes it.
    ranks : Columns
        ``peringkat_5`` and ``peringkat_95``, between which the rank lies nine times in ten; 0
        where there is none.
    sampling : Sampling
        Number and seed of the draws.
    """

    probabilities: Mapping[str, Floats]
    hangs_on: Words
    ranks: Columns
    sampling: Sampling

    def of_class(self, shown: Priorities, measure: Measure) -> Floats:
        """Return the probability of the shown classes.

        Parameters
        ----------
        shown : array of int8, shape (n_villages,)
            In the order of the villages; 0 = no class.

        Returns
        -------
        array of float
            0..1; NaN where there is no class or no probability.
        """
        probabilities, positions = (
            self.probabilities[measure.id],
            np.maximum(shown, 1).astype(np.intp) - 1,
        )
        picked = np.take_along_axis(probabilities, positions[:, None], axis=1)[:, 0]
        return np.where(shown > 0, picked, np.nan)

    def other_class(self, shown: Priorities, measure: Measure) -> tuple[Priorities, Floats]:
        """Return the most probable class besides those that are shown, and its probability.

        Parameters
        ----------
        shown : array of int8, shape (n_villages,)
            In the order of the villages; 0 = no class.

        Returns
        -------
        array of int8, array of float
            0 and NaN where no other class is possible.
        """
        probabilities = np.nan_to_num(self.probabilities[measure.id])
        having = np.flatnonzero(shown)
        probabilities[having, shown[having] - 1] = 0
        share = probabilities.max(axis=1)
        others = np.where(share > 0, probabilities.argmax(axis=1) + 1, 0).astype(np.int8)
        return others, np.where(share > 0, share, np.nan)


def simulate(
    table: JoinedTable,
    spread: Ranges,
    method: Method,
    sampling: Sampling,
) -> Certainty:
    """Draw all values many times and count the classes that follow.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    spread : Ranges
        The interval of every cell, in the order of the table.
    sampling : Sampling
        How often, from which seed. Villages draw in the order of their codes, so that the
        order of the table changes nothing.

    Returns
    -------
    Certainty
        In the order of the table.

    Notes
    -----
    Drawn values meet the cut-offs unrounded, because rounding is the error itself. A composite
    is rounded as the method rounds it. Where a report has published the score of a village, the
    score replaces its inputs, and only stated measurement errors move it. Ranks are estimated
    from at most 4 million of the drawn scores.
    """
    order = np.argsort(np.array(table.codes), kind="stable")
    cells = _cells(table.at(order), spread.at(order), method)
    tally = _Tally(cells, sampling.draws, sampling.ranks)
    for uniforms in _uniforms(sampling, (len(method.indicators), len(table))):
        tally.add(uniforms)
    return tally.result(np.argsort(order, kind="stable"), sampling)


def _uniforms(sampling: Sampling, shape: tuple[int, ...]) -> Iterator[Floats]:
    """Yield numbers in [0, 1) in portions; the portion size does not change the stream."""
    generator = np.random.Generator(np.random.PCG64(sampling.seed))
    portion = max(1, _CELLS_AT_ONCE // max(1, int(np.prod(shape))))
    for start in steps.walked(range(0, sampling.draws, portion)):
        yield generator.random((min(portion, sampling.draws - start), *shape))


@dataclass(frozen=True, eq=False)
class _IntervalArrays:
    """The intervals as arrays of shape (n_indicators, n_villages), and what no draw changes.

    ``middle`` is the value, or 0 where there is none, and every draw is ``middle + low + span *
    u``; in units of the last digit these are ``middle_units`` and so on. ``scores`` are those
    of the value or of the middle of the interval; ``base`` is the composite that errors start
    from, and ``moves`` tells which errors move it. ``none`` tells which zeros say "there is
    none".
    """

    method: Method
    middle: Floats
    low: Floats
    span: Floats
    middle_units: Floats
    low_units: Floats
    span_units: Floats
    scores: Floats
    base: Floats
    moves: NDArray[np.bool_]
    none: NDArray[np.bool_]

    def values(self, n: int, uniforms: Floats, at: Positions) -> Floats:
        """Return drawn values of indicator n for some villages, shape (n_draws, n_positions)."""
        values = self.middle[n, at] + (self.low[n, at] + self.span[n, at] * uniforms)
        categories = self.method.indicators[n].categories
        return _nearest(values, sorted(categories)) if categories else values

    def classes(self, n: int, uniforms: Floats, at: Positions) -> NDArray[np.int8]:
        """Return drawn classes of indicator n for some villages; 0 where there is no value."""
        indicator = self.method.indicators[n]
        if indicator.categories:
            return classes.classify(self.values(n, uniforms, at), indicator)
        change = self.low_units[n, at] + self.span_units[n, at] * uniforms
        priorities = classes.of_units(self.middle_units[n, at] + change, indicator)
        return np.where(self.none[n, at], 1, priorities).astype(np.int8)

    def shift(self, n: int, uniforms: Floats, at: Positions) -> Floats:
        """Return how far errors of indicator n move the composite of some villages."""
        indicator = self.method.indicators[n]
        change = standard_score(self.values(n, uniforms, at), indicator) - self.scores[n, at]
        return np.where(self.moves[n, at], float(indicator.weight) * change, 0)


def _cells(table: JoinedTable, spread: Ranges, method: Method) -> _IntervalArrays:
    """Gather the arrays of the draws; both tables are in the order of the codes."""
    indicators = method.indicators
    ids = [i.id for i in indicators]
    columns = (table.values, spread.low, spread.high)
    values, low, high = (np.stack([by_indicator[name] for name in ids]) for by_indicator in columns)
    missing = np.isnan(values)
    middle = np.where(missing, 0, values)
    reference = np.where(missing, (low + high) / 2, values)
    scores = np.stack(
        [standard_score(row, i) for row, i in zip(reference, indicators, strict=True)]
    )
    base, fixed = _base(table, scores, method)
    # A category is a whole number: its interval holds all numbers that round into it.
    whole = np.where(high > low, [[0.4999 if i.categories else 0.0] for i in indicators], 0)
    low, span = low - whole - middle, high - low + 2 * whole
    digits = [i.digits for i in indicators]
    scale = 10.0 ** np.array(digits)[:, None]
    steps = [decimals.units_of_floats(row, d) for row, d in zip(middle, digits, strict=True)]
    return _IntervalArrays(
        method=method,
        middle=middle,
        low=low,
        span=span,
        middle_units=np.stack(steps).astype(np.float64),
        low_units=np.round(low * scale, 6),
        span_units=np.round(span * scale, 6),
        scores=scores,
        base=base,
        none=np.stack(
            [classes.means_none(row, i) for row, i in zip(values, indicators, strict=True)]
        ),
        moves=~fixed | np.stack([spread.reasons[name] == "pengukuran" for name in ids]),
    )


def _base(table: JoinedTable, scores: Floats, method: Method) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the composites that errors start from, and which of them were published."""
    measure = method.composite
    total = sum(float(i.weight) * row for i, row in zip(method.indicators, scores, strict=True))
    printed = table.values[measure.id]
    fixed = (table.basis[measure.id] == "terbit") & ~np.isnan(printed)
    return np.where(fixed, printed, total), fixed


def _nearest(values: Floats, known: Sequence[int]) -> Floats:
    """Return the category nearest to each value."""
    numbers = np.array(known, dtype=np.float64)
    positions = np.searchsorted((numbers[:-1] + numbers[1:]) / 2, values)
    return np.where(np.isnan(values), np.nan, numbers[positions])


class _Tally:
    """Counts over all draws so far."""

    def __init__(self, cells: _IntervalArrays, draws: int, ranks: bool) -> None:
        n_indicators, n_villages = cells.middle.shape
        self.cells, self.draws = cells, draws
        self.kept: list[NDArray[np.int32]] = []
        self.room = min(draws, max(1, _RANKS_KEPT // max(1, n_villages))) if ranks else 0
        self.all = np.arange(n_villages)
        self.home = self._class_of(cells.base)
        self.changes = np.zeros((n_indicators, n_villages), dtype=np.int64)
        self.counts = np.zeros(
            (n_indicators + 1, cells.method.n_classes, n_villages), dtype=np.int64
        )
        self._settle()

    def _settle(self) -> None:
        """Count at once what no draw can change; keep the positions of the rest.

        Class and composite rise or fall with each value: if both ends of an interval lead to
        the same class, so does everything between them.
        """
        cells, ends = self.cells, np.repeat([[0.0], [1.0]], len(self.all), axis=1)
        numbers = range(len(self.changes))
        priorities = [cells.classes(n, ends, self.all) for n in numbers]
        shifts = [cells.shift(n, ends, self.all) for n in numbers]
        totals = cells.base + np.sum([np.sort(shift, axis=0) for shift in shifts], axis=0)
        pairs = [*priorities, self._class_of(totals)]
        self.open = [self._settled(n, pair) for n, pair in enumerate(pairs)]

    def _settled(self, n: int, pair: NDArray[np.int8]) -> Positions:
        fixed = (pair[0] == pair[1]) & (pair[0] > 0)
        at = np.flatnonzero(fixed)
        self.counts[n, pair[0, at] - 1, at] = self.draws
        return np.flatnonzero(~fixed)

    def _units(self, totals: Floats) -> NDArray[np.int64]:
        return decimals.units_of_floats(np.nan_to_num(totals), self.cells.method.composite.digits)

    def _class_of(self, totals: Floats) -> NDArray[np.int8]:
        return classes.of_units(self._units(totals), self.cells.method.composite)

    def add(self, uniforms: Floats) -> None:
        """Count some draws, shape (n_draws, n_indicators, n_villages)."""
        cells, open_totals = self.cells, self.open[-1]
        at = self.all if self.room else open_totals
        totals = np.tile(cells.base[at], (len(uniforms), 1))
        for n in range(len(self.changes)):
            drawn, open_values = uniforms[:, n], self.open[n]
            self._count(n, open_values, cells.classes(n, drawn[:, open_values], open_values))
            if not cells.span[n].any():
                continue
            shift = cells.shift(n, drawn[:, at], at)
            totals += shift
            # The whole composite is settled where no error alone can change its class either.
            self._count_alone(n, shift[:, open_totals] if self.room else shift)
        self._count(
            -1, open_totals, self._class_of(totals[:, open_totals] if self.room else totals)
        )
        if self.room:
            self.kept.append(rank_rows(self._units(totals[: self.room])))
            self.room -= len(self.kept[-1])

    def _count_alone(self, n: int, shift: Floats) -> None:
        at = self.open[-1]
        alone = self._class_of(self.cells.base[at] + shift)
        self.changes[n, at] += np.count_nonzero(alone != self.home[at], axis=0)

    def _count(self, n: int, at: Positions, priorities: NDArray[np.int8]) -> None:
        for priority in range(1, self.cells.method.n_classes + 1):
            self.counts[n, priority - 1, at] += np.count_nonzero(priorities == priority, axis=0)

    def result(self, back: Positions, sampling: Sampling) -> Certainty:
        """Return the shares of the draws in the table's own order."""
        cells = self.cells
        unknown = np.vstack([np.isnan(cells.low), np.isnan(cells.base)])
        shares = np.where(unknown[:, None], np.nan, self.counts / self.draws)[:, :, back]
        probabilities = {
            measure.id: shares[n].T for n, measure in enumerate(cells.method.measures())
        }
        ids = result_columns.words(i.id for i in cells.method.indicators)
        hangs = ids[self.changes.argmax(axis=0)]
        hangs[self.changes.max(axis=0) == 0] = None
        ranks = result_columns.at(self._ranks(np.isnan(cells.base)), back)
        return Certainty(probabilities, hangs[back], ranks, sampling)

    def _ranks(self, unknown: NDArray[np.bool_]) -> Columns:
        empty = np.zeros((1, len(self.all)), dtype=np.int32)
        kept = np.ascontiguousarray(np.concatenate(self.kept or [empty]).T)
        places = [round(share * (kept.shape[1] - 1)) for share in _RANK_SHARES]
        kept.partition(places, axis=1)
        return {
            f"peringkat_{round(100 * share)}": np.where(unknown, 0, kept[:, place])
            for share, place in zip(_RANK_SHARES, places, strict=True)
        }


def rank_rows(units: NDArray[np.int64]) -> NDArray[np.int32]:
    """Rank the villages in every draw, the highest score first; equal scores share a rank.

    Parameters
    ----------
    units : array of int, shape (n_draws, n_villages)
        Composites in units of their last digit.

    Examples
    --------
    >>> rank_rows(np.array([[50, 70, 50, 10]])).tolist()
    [[2, 1, 2, 4]]
    """
    order = np.argsort(-units, axis=1)  # equal scores in any order: they share their rank
    ranked = np.take_along_axis(units, order, axis=1)
    places = np.arange(units.shape[1], dtype=np.int32)
    fresh = np.ones(units.shape, dtype=np.bool_)
    fresh[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    first = np.maximum.accumulate(np.where(fresh, places, 0), axis=1) + 1
    ranks = np.empty(units.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, first.astype(np.int32), axis=1)
    return ranks
