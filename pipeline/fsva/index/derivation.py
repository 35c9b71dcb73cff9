"""The numbers of a baseline from the values of a year: cut-offs, scale bounds, composite cut-offs.

Owns Form 1 of the official workbook and equation 2 of the report. Each function states its own
conventions: which village's value a cut-off is, how categories enter the composite, how numbers
are rounded. It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.baseline import Bounds, CutOffs
from fsva.config.methods.measures import PERCENT
from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core import decimals
from fsva.core.errors import CutOffError, Place
from fsva.index import classes, composite
from fsva.index.baselines import schemes
from fsva.sources.plain.arrays import Floats

EMPIRICAL = "persentil"
SCHEMES = (EMPIRICAL, *sorted(schemes.SCHEMES))


@dataclass(frozen=True, eq=False)
class Derivation:
    """The numbers of a baseline, derived from the values of a year.

    Parameters
    ----------
    method : Method
        The method with the derived numbers, ready to classify and to compute a composite.
    cut_offs : dict of str to tuple of Decimal
        c1, c2 ... of every open indicator and of the composite, from the most vulnerable class on.
    bounds : dict of str to (Decimal, Decimal)
        Of every open indicator.
    known : dict of str to int
        Number of villages with a value, by indicator.
    """

    method: Method
    cut_offs: dict[str, CutOffs]
    bounds: dict[str, Bounds]
    known: dict[str, int]

    def with_composite(self, cut_offs: CutOffs) -> Derivation:
        """Return the derivation with an office's composite cut-offs in place of its own."""
        whole = self.method.composite.model_copy(update={"cut_offs": cut_offs})
        method = self.method.model_copy(update={"composite": whole})
        return replace(self, method=method, cut_offs=self.cut_offs | {whole.id: cut_offs})


def derive(values: Mapping[str, Floats], method: Method, scheme: str = EMPIRICAL) -> Derivation:
    """Derive every number that a method leaves open from the values of a year.

    Parameters
    ----------
    values : mapping of str to array of float, shape (n_villages,)
        Of every indicator, by its id; NaN = no value. The indicator leaves out such villages
        and counts them.
    method : Method
        From ``fsva.config.methods.method.load_open``; the numbers that it fixes stay.
    scheme : str
        One of ``SCHEMES``.

    Raises
    ------
    CutOffError
        If an indicator has fewer than two different values, or too few for the scheme.
    UsageError
        If the scheme's library is not installed.
    """
    _check_spread(values, method)
    indicators = tuple(_derived(i, values[i.id], scheme, method) for i in method.indicators)
    derived = method.model_copy(update={"indicators": indicators})
    if method.composite.cut_offs is None:
        whole = method.composite.model_copy(update={"cut_offs": composite_cut_offs(derived)})
        derived = derived.model_copy(update={"composite": whole})
    pairs = list(zip(method.measures(), derived.measures(), strict=True))
    return Derivation(
        derived,
        {m.id: m.cut_offs for open_, m in pairs if open_.cut_offs is None and m.cut_offs},
        {
            i.id: i.bounds
            for open_, i in zip(method.indicators, indicators, strict=True)
            if open_.bounds is None
        },
        {i.id: int((~np.isnan(values[i.id])).sum()) for i in indicators},
    )


def _check_spread(values: Mapping[str, Floats], method: Method) -> None:
    """Raise one error that names all indicators whose smallest and largest value are equal."""
    scaled = [i for i in method.indicators if i.bounds is None and not i.categories]
    numbers = {i.id: len(np.unique(_units(values[i.id], i))) for i in scaled}
    flat = [Place(column=name, found=str(n)) for name, n in numbers.items() if n < 2]
    if flat:
        raise CutOffError("dasar_tanpa_sebaran", flat)


def _derived(indicator: Indicator, values: Floats, scheme: str, method: Method) -> Indicator:
    """Return an indicator with its open numbers derived."""
    update: dict[str, object] = {}
    if indicator.bounds is None:
        update["bounds"] = bounds(values, indicator)
    if indicator.cut_offs is None and not indicator.categories:
        update["cut_offs"] = cut_offs(values, indicator, scheme, method.percent)
    return indicator.model_copy(update=update)


def places(n_villages: int, shares: Sequence[int] = PERCENT) -> tuple[int, ...]:
    """Return the positions of the cut-offs among the sorted values of a year, counted from 1.

    Parameters
    ----------
    n_villages : int
        Villages with a value, >= 1.
    shares : sequence of int
        Percent of the villages up to each cut-off.

    Returns
    -------
    tuple of int
        These shares of the villages, each rounded half up to whole villages, at least 1.

    Examples
    --------
    The order statistics of Belu's 81 villages:

    >>> places(81)
    (12, 24, 41, 57, 69)
    """
    return tuple(max(1, (percent * n_villages + 50) // 100) for percent in shares)


def cut_offs(
    values: Floats,
    measure: Measure,
    scheme: str = EMPIRICAL,
    shares: Sequence[int] = PERCENT,
) -> CutOffs:
    """Derive the cut-offs of an indicator from the values of a year.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        In the indicator's unit; NaN is left out.
    scheme : str
        ``persentil`` (the default, "sebaran empiris") or one of mapclassify's.
    shares : sequence of int
        Percent of the villages up to each cut-off; as many cut-offs are derived.

    Returns
    -------
    tuple of Decimal
        c1, c2 ... from the most vulnerable class on. They may coincide.

    Raises
    ------
    CutOffError
        If there is no value, or too few different ones for the scheme.
    UsageError
        If the scheme's library is not installed.

    Notes
    -----
    With ``persentil`` a cut-off is the value of a village, never a number between two. Sorted in
    ascending order, it stands at position n*p rounded half up, with p = 15, 30, 50, 70 and 85 %
    for c1..c5 where high is better and for c5..c1 where low is better. Where an interval includes
    its lower end, the next position counts, so that both closures give the same classes. The
    other schemes' breaks are rounded half up to the indicator's digits. Source: report Belu
    2021, section 1.3, "sebaran empiris", whose cut-offs of lahan are places 12, 24, 41, 57 and 69
    of 81; and 43 kelurahan of Kota Cilegon, whose 172 published classes follow from their
    baseline year by this rule and by no percentile of a spreadsheet.
    """
    units = _units(values, measure)
    if not len(units):
        raise CutOffError("dasar_tanpa_sebaran", [Place(column=measure.id, found="0")])
    if scheme == EMPIRICAL:
        derived = _empirical(units, measure, shares)
    else:
        derived = _broken(units, measure, scheme, len(shares))
    return tuple(_decimal(unit, measure) for unit in derived)


def _empirical(
    units: NDArray[np.int64], measure: Measure, shares: Sequence[int]
) -> NDArray[np.int64]:
    first = np.array(places(len(units), shares)) - (1 if measure.closed == "atas" else 0)
    chosen: NDArray[np.int64] = np.sort(units)[first.clip(0, len(units) - 1)]
    return chosen if measure.better == "tinggi" else chosen[::-1]


def _broken(
    units: NDArray[np.int64], measure: Measure, scheme: str, n_cut_offs: int
) -> NDArray[np.int64]:
    breaks = schemes.breaks(units / 10.0**measure.digits, scheme, measure.id, n_cut_offs)
    rising = decimals.units_of_floats(np.array(breaks), measure.digits)
    return rising if measure.better == "tinggi" else rising[::-1]


def bounds(values: Floats, indicator: Indicator) -> Bounds:
    """Derive the scale bounds of an indicator from the smallest and largest value of the year.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        In the indicator's unit; NaN is left out.
    indicator : Indicator
        Gives the digits. The bounds of a categorical indicator are its first and last
        category, whether or not a village has them this year.

    Returns
    -------
    (Decimal, Decimal)
        With the indicator's digits: where low is better, minimum and maximum; where high is
        better, 0 and maximum minus minimum.

    Raises
    ------
    CutOffError
        If there are fewer than two different values: a scale needs a length.

    Notes
    -----
    The official workbook scales by 100 (max - x) / (max - min) where low is better, and by
    100 x / (max - min), without subtracting the minimum, where high is better. Where the
    minimum is 0, as in Belu's lahan and sarana, the scales agree.
    """
    if indicator.categories:
        return Decimal(min(indicator.categories)), Decimal(max(indicator.categories))
    units = _units(values, indicator)
    if len(units) == 0 or units.min() == units.max():
        n_different = str(len(np.unique(units)))
        raise CutOffError("dasar_tanpa_sebaran", [Place(column=indicator.id, found=n_different)])
    low, high = units.min(), units.max()
    ends = (0, high - low) if indicator.better == "tinggi" else (low, high)
    return _decimal(ends[0], indicator), _decimal(ends[1], indicator)


def composite_cut_offs(method: Method) -> CutOffs:
    """Compute the cut-offs of the composite from those of the indicators.

    Parameters
    ----------
    method : Method
        Indicators with bounds, weights, and cut-offs or categories.

    Returns
    -------
    tuple of Decimal
        K1, K2 ..., 0-100, rounded half up to the composite's digits.

    Notes
    -----
    Equation 2 of the report, section 1.3: K_j is the sum of weight times standardised cut-off
    j, standardised and clipped like the values. A categorical indicator
    enters with the category that leads to class j (``category_limits``).
    """
    scores = (
        float(i.weight) * composite.standard_score(np.array(_limits(i, method)), i)
        for i in method.indicators
    )
    total = np.asarray(sum(scores), dtype=np.float64)
    units = decimals.units_of_floats(total, method.composite.digits)
    return tuple(_decimal(unit, method.composite) for unit in units)


def _limits(indicator: Indicator, method: Method) -> list[float]:
    """Return the cut-offs of an indicator for equation 2; categories stand in for missing ones."""
    if indicator.categories:
        n_cut_offs = method.n_classes - 1
        limits = category_limits(indicator.categories, indicator.better, n_cut_offs)
        return [float(c) for c in limits]
    return [float(c) for c in indicator.cut_offs or ()]


def category_limits(categories: Mapping[int, int], better: str, n_cut_offs: int) -> tuple[int, ...]:
    """Return the category that stands for each of the cut-offs in equation 2.

    Parameters
    ----------
    categories : mapping of int to int
        Category to priority class.
    better : {"tinggi", "rendah"}
        Whether a high or a low category means food secure.
    n_cut_offs : int
        One fewer than classes.

    Returns
    -------
    tuple of int
        The category of class 1, 2 ..., the least vulnerable if several lead to it. A class
        without a category takes the category of the class before it; the first classes take
        that of the class after.

    Examples
    --------
    Access in the six-indicator method, where no category leads to classes 5 and 6:

    >>> category_limits({4: 1, 3: 2, 2: 3, 1: 4}, "rendah", 5)
    (4, 3, 2, 1, 1)
    """
    least = max if better == "tinggi" else min
    ends = {k: least(c for c, p in categories.items() if p == k) for k in categories.values()}
    current = ends[min(ends)]
    limits = []
    for priority in range(1, n_cut_offs + 1):
        current = ends.get(priority, current)
        limits.append(current)
    return tuple(limits)


def _units(values: Floats, measure: Measure) -> NDArray[np.int64]:
    """Return the known amounts as whole units of the last digit."""
    known = ~np.isnan(values) & ~classes.means_none(values, measure)
    return decimals.units_of_floats(values[known], measure.digits)


def _decimal(unit: np.int64 | int, measure: Measure) -> Decimal:
    return Decimal(int(unit)).scaleb(-measure.digits)
