"""The composite's classes under other defensible weights and scalings.

Owns the alternatives to the method's weights and bounds, and the Sobol indices that tell which
assumption matters most. Each class keeps its number of villages: the question is which villages
would change places, not where the cut-offs of another method would lie.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Method
from fsva.core.errors import UsageError
from fsva.index import classes, result_columns
from fsva.index.composite import standard_score
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.index.sureness import uncertainty
from fsva.index.sureness.error_intervals import Ranges
from fsva.index.sureness.uncertainty import Sampling
from fsva.sources.plain.arrays import Floats

Ints = NDArray[np.int64]
SCALINGS = ("dasar", "tahun", "peringkat")
_CELLS_AT_ONCE = 1_000_000
# Sobol: evaluations per factor, and realisations of the errors.
_SOBOL_BASE = 256
_REALISATIONS = 16


@dataclass(frozen=True, eq=False)
class _Complete:
    """The villages whose composite is computed, in the order of their codes."""

    positions: NDArray[np.intp]
    values: Floats
    method: Method
    home: Ints

    @property
    def weights(self) -> Floats:
        """Return the method's weights, shape (n_indicators,)."""
        return np.array([float(i.weight) for i in self.method.indicators])

    def scores(self, values: Floats, scaling: str) -> Floats:
        """Return standard scores, shape (n_indicators, n_villages)."""
        if not len(self.positions):  # nor is there a smallest and a largest value of the year
            return values
        pairs = zip(values, self.values, self.method.indicators, strict=True)
        return np.stack([_SCALES[scaling](row, year, i) for row, year, i in pairs])

    def changed(self, totals: Floats) -> NDArray[np.bool_]:
        """Tell which villages change class, in rows of totals of shape (n_rows, n_villages)."""
        classes, first = np.unique(np.sort(self.home), return_index=True)
        # Sorted as far as the first village of each class and the last of the one before.
        ranked = np.partition(totals, np.unique((first[1:], first[1:] - 1)), axis=1)
        least = ranked[:, first[1:]]  # the lowest total of each class but the first
        priorities = np.full(totals.shape, classes[:1], dtype=np.int8)
        for n, priority in enumerate(classes[1:]):
            priorities[totals >= least[:, [n]]] = priority
        # Where equal totals belong to two classes, the order of the villages parts them.
        tied = np.flatnonzero((ranked[:, first[1:] - 1] == least).any(axis=1))
        priorities[tied] = self._ordered(totals[tied])
        return np.asarray(priorities != self.home)

    def _ordered(self, totals: Floats) -> Ints:
        """Return the classes of villages in rows of totals, equal ones in their own order."""
        order = np.argsort(totals, axis=1, kind="stable")
        priorities = np.empty(totals.shape, dtype=np.int64)
        np.put_along_axis(priorities, order, np.sort(self.home)[None, :], axis=1)
        return priorities


def _complete(table: JoinedTable, method: Method) -> _Complete:
    measure = method.composite.id
    computed = np.flatnonzero(table.basis[measure] == "nilai")
    order = computed[np.argsort(np.array(table.codes)[computed], kind="stable")]
    values = np.stack([table.values[i.id][order] for i in method.indicators])
    known = ~np.isnan(values).any(axis=0)
    home = table.classes[measure].astype(np.int64)
    return _Complete(order[known], values[:, known], method, home[order[known]])


def _of_baseline(values: Floats, year: Floats, indicator: Indicator) -> Floats:
    return standard_score(values, indicator)


def _of_year(values: Floats, year: Floats, indicator: Indicator) -> Floats:
    values, year = (_worst_of_year(each, year, indicator) for each in (values, year))
    low, high = year.min(), year.max()
    share = np.clip((values - low) / (high - low), 0, 1) if high > low else np.full(len(year), 0.5)
    return np.asarray(100 * (share if indicator.better == "tinggi" else 1 - share))


def _worst_of_year(values: Floats, year: Floats, indicator: Indicator) -> Floats:
    """Put the worst value of the year where a zero says "there is none"."""
    none = classes.means_none(values, indicator)
    worst = year.min() if indicator.better == "tinggi" else year.max()
    return np.where(none, worst, values)


def _of_ranks(values: Floats, year: Floats, indicator: Indicator) -> Floats:
    values = _worst_of_year(values, year, indicator)
    places = _places(values if indicator.better == "tinggi" else -values)
    return np.asarray(100 * (places - 1) / max(1, len(values) - 1), dtype=np.float64)


def _places(values: Floats) -> Floats:
    """Return the ranks of values, the smallest first; equal values share the mean rank."""
    _, of, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[of])


_SCALES: dict[str, Callable[[Floats, Floats, Indicator], Floats]] = {
    "dasar": _of_baseline,
    "tahun": _of_year,
    "peringkat": _of_ranks,
}


def alternatives(table: JoinedTable, method: Method, spread: float, sampling: Sampling) -> Columns:
    """Try other weights and scalings on the composite's classes.

    Parameters
    ----------
    spread : float
        Usual deviation of a weight as a share of the mean weight, > 0.
    sampling : Sampling
        How many sets of weights, from which seed.

    Returns
    -------
    Columns, in the order of the table
        ``peluang_bobot``: share of the sets of weights that keep the village in its class;
        ``kelas_skala_tahun`` and ``kelas_skala_peringkat``: its class if values were scaled by the
        year's smallest and largest value, or by ranks. NaN and 0 for villages whose composite is
        not computed from values.

    Notes
    -----
    Weights follow a Dirichlet distribution around the method's. Each class keeps its number of
    villages: the lowest totals get the lowest class that occurs, and so on.
    """
    whole = _complete(table, method)
    share = np.full(len(table), np.nan)
    share[whole.positions] = _kept(whole, spread, sampling) / sampling.draws
    certainty: Columns = {"peluang_bobot": share}
    for scaling in SCALINGS[1:]:
        totals = whole.weights @ whole.scores(whole.values, scaling)
        order = np.argsort(totals, kind="stable")
        classes = np.zeros(len(table), dtype=np.int8)
        classes[whole.positions[order]] = np.sort(whole.home)
        certainty[f"kelas_skala_{scaling}"] = classes
    return certainty


def _kept(whole: _Complete, spread: float, sampling: Sampling) -> Ints:
    """Count for each village the sets of weights that keep its class."""
    generator = np.random.Generator(np.random.PCG64(sampling.seed))
    scores = whole.scores(whole.values, "dasar")
    alpha = concentration(whole.weights, spread)
    kept = np.zeros(len(whole.positions), dtype=np.int64)
    portion = max(1, _CELLS_AT_ONCE // max(1, len(kept)))
    for start in range(0, sampling.draws, portion):
        weights = generator.dirichlet(alpha, min(portion, sampling.draws - start))
        kept += np.count_nonzero(~whole.changed(weights @ scores), axis=0)
    return kept


def concentration(weights: Floats, spread: float) -> Floats:
    """Return the parameters of the Dirichlet distribution around some weights.

    Parameters
    ----------
    weights : array of float, shape (n,)
        Sum 1.
    spread : float
        Standard deviation of a weight that equals the mean, as a share of it.

    Examples
    --------
    >>> concentration(np.full(6, 1 / 6), 0.25).sum().round(6)
    np.float64(79.0)
    """
    return np.asarray(weights * ((len(weights) - 1) / spread**2 - 1))


def factors(method: Method) -> list[str]:
    """Return the names of the uncertain assumptions, in the order of the Sobol indices."""
    ids = [i.id for i in method.indicators]
    return [*(f"galat_{i}" for i in ids), *(f"bobot_{i}" for i in ids), "skala"]


def sobol(
    table: JoinedTable, spread: Ranges, method: Method, assumed: tuple[float, int]
) -> Columns:
    """Compute the Sobol indices: how much of the composite's order depends on each assumption.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    assumed : (float, int)
        Usual deviation of a weight, and the seed.

    Returns
    -------
    Columns
        One row per assumption and result: ``faktor``, ``hasil`` (``pergeseran_peringkat``: mean
        change of rank; ``pindah_kelas``: share of villages in another class), ``s1`` (alone),
        ``s1_galat``, ``st`` (with all interactions), ``st_galat`` (half width of their 95 per
        cent intervals).

    Raises
    ------
    UsageError
        If SALib is not installed, or fewer than two villages have all values.
    """
    try:
        from SALib.analyze import sobol as analysis
        from SALib.sample import sobol as sampler
    except ImportError as lacking:
        raise UsageError("sobol_tak_ada") from lacking
    whole = _complete(table, method)
    if len(whole.positions) < 2:
        raise UsageError("sobol_kurang_desa")
    names, seed = factors(method), assumed[1]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sampler.sample(problem, _SOBOL_BASE, calc_second_order=False, seed=seed)
    results = _evaluate(points, whole, _realisations(whole, spread, seed), assumed[0])
    share_out = partial(analysis.analyze, problem, calc_second_order=False, seed=seed)
    return result_columns.stacked(
        [
            {
                "faktor": result_columns.words(names),
                "hasil": result_columns.words([name] * len(names)),
                **_shared_out(share_out, result, len(names)),
            }
            for name, result in results.items()
        ]
    )


def _shared_out(
    share_out: Callable[[Floats], Mapping[str, Floats]], result: Floats, n_factors: int
) -> Columns:
    """Return the indices of one result; a result that never varies has none."""
    columns = {"s1": "S1", "s1_galat": "S1_conf", "st": "ST", "st_galat": "ST_conf"}
    if np.ptp(result) == 0:
        return dict.fromkeys(columns, np.zeros(n_factors))
    with warnings.catch_warnings():
        # SALib gives zero for a part of the sample that never varies, which is right.
        warnings.filterwarnings("ignore", "Constant values encountered", UserWarning)
        shares = share_out(result)
    return {column: shares[key] for column, key in columns.items()}


def _realisations(whole: _Complete, spread: Ranges, seed: int) -> Floats:
    """Return scores under drawn errors, (n_scalings, n_realisations, n_indicators, n_villages)."""
    generator = np.random.Generator(np.random.PCG64(seed))
    ids = [i.id for i in whole.method.indicators]
    low, high = (
        np.stack([ends[name][whole.positions] for name in ids])
        for ends in (spread.low, spread.high)
    )
    drawn = low + (high - low) * generator.random((_REALISATIONS, *low.shape))
    return np.stack([[whole.scores(weights, name) for weights in drawn] for name in SCALINGS])


def _evaluate(points: Floats, whole: _Complete, scores: Floats, spread: float) -> dict[str, Floats]:
    """Return both results at every point of the Sobol sample."""
    from scipy.special import gammaincinv

    n = len(whole.method.indicators)
    places = np.minimum((points[:, :n] * _REALISATIONS).astype(np.int64), _REALISATIONS - 1)
    raw = gammaincinv(concentration(whole.weights, spread), points[:, n : 2 * n])
    weights = raw / raw.sum(axis=1, keepdims=True)
    scaling = np.minimum((points[:, -1] * len(SCALINGS)).astype(np.int64), len(SCALINGS) - 1)
    totals = np.zeros((len(points), len(whole.positions)))
    for i in range(n):
        totals += weights[:, i, None] * scores[scaling, places[:, i], i]
    usual = whole.weights @ whole.scores(whole.values, "dasar")
    shift = np.abs(_ranks(totals) - _ranks(usual[None, :]))
    return {
        "pergeseran_peringkat": shift.mean(axis=1),
        "pindah_kelas": whole.changed(totals).mean(axis=1),
    }


def _ranks(totals: Floats) -> Ints:
    return uncertainty.rank_rows(np.round(totals * 1e6).astype(np.int64)).astype(np.int64)
