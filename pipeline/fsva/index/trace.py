"""The numbers of one village, step by step from its values to its class.

Owns the choice of these numbers. Each comes from the joined table or from the function that
computes it for the maps; this module has no second way to a class.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.errors import Place, UsageError
from fsva.core.names import plain
from fsva.index import causes, classes, composite
from fsva.index.joined_table import JoinedTable

_LIKELY = 3


@dataclass(frozen=True)
class Ends:
    """The two cut-offs that bound a class.

    Parameters
    ----------
    lower, upper : Decimal or None
        None where the class is open.
    upper_belongs : bool
        True for (a, b], false for [a, b).
    """

    lower: Decimal | None
    upper: Decimal | None
    upper_belongs: bool


def ends(measure: Measure, priority: int) -> Ends:
    """Return the cut-offs that bound a class.

    Parameters
    ----------
    priority : int
        From 1 on.
    """
    cut_offs = measure.cut_offs or ()
    lower, upper = classes.interval(measure, priority)
    return Ends(
        None if lower is None else cut_offs[lower],
        None if upper is None else cut_offs[upper],
        measure.closed == "atas",
    )


@dataclass(frozen=True)
class TraceStep:
    """One indicator of the village.

    Parameters
    ----------
    indicator : Indicator
        Cut-offs, bounds, weight.
    value : float or None
        None = not known.
    computed : int or None
        The class that the value gives.
    priority : int or None
        The class on the map.
    basis : str
        Basis of the class: ``nilai``, ``terbit``, ``timpa`` or ``kosong``.
    score : float or None
        Standard score, 0-100, high is food secure.
    contribution : float or None
        Weight times score: points of the composite.
    """

    indicator: Indicator
    value: float | None
    computed: int | None
    priority: int | None
    basis: str
    score: float | None
    contribution: float | None

    @property
    def most(self) -> float:
        """The points of the indicator at its best value."""
        return 100 * float(self.indicator.weight)

    @property
    def lost(self) -> float:
        """The points that the village lacks to the best value; 0 = not known."""
        return 0.0 if self.contribution is None else self.most - self.contribution

    @property
    def is_none(self) -> bool:
        """Whether the value is a zero that says "there is none"."""
        return self.indicator.zero is not None and self.value == 0

    @property
    def clipped(self) -> float | None:
        """The value clipped to the bounds of the scale; None = not known.

        A zero that says "there is none" counts as the worst end.
        """
        if self.value is None:
            return None
        if self.is_none:
            return float(self.indicator.bounds[1 if self.indicator.better == "rendah" else 0])
        low, high = (float(bound) for bound in self.indicator.bounds)
        return min(max(self.value, low), high)


@dataclass(frozen=True)
class Trace:
    """One village from its values to its class.

    Parameters
    ----------
    code, bps_code, kecamatan, village : str
        ``code`` is the Kemendagri code.
    steps : tuple of TraceStep
        In the order of the maps.
    score : float or None
        Composite as on the map; None = not known.
    priority : int or None
        Its class.
    basis : str
        ``nilai``, ``terbit`` or ``kosong``.
    rank : int or None
        1 = most food secure.
    n_villages, n_ranked, n_same_rank : int
        Villages of the edition, those with a rank, and those that share this rank.
    causes : tuple of Indicator
        From ``fsva.index.causes``, the heaviest first; none for a village that is not vulnerable.
    """

    code: str
    bps_code: str
    kecamatan: str
    village: str
    steps: tuple[TraceStep, ...]
    score: float | None
    priority: int | None
    basis: str
    rank: int | None
    n_villages: int
    n_ranked: int
    n_same_rank: int
    causes: tuple[Indicator, ...]

    @property
    def total(self) -> float | None:
        """The sum of the contributions before rounding, None if one is missing."""
        contributions = [step.contribution for step in self.steps]
        known = [contribution for contribution in contributions if contribution is not None]
        return sum(known) if len(known) == len(contributions) else None


def of_village(table: JoinedTable, method: Method, code: str) -> Trace:
    """Trace one village.

    Parameters
    ----------
    table : JoinedTable
        Of all villages.
    method : Method
        Cut-offs, bounds, weights.
    code : str
        Kemendagri code.
    """
    at, whole = table.positions[code], method.composite.id
    village, ranks = table.at(np.array([at])), table.ranks
    names = {indicator.id: indicator for indicator in method.indicators}
    return Trace(
        code,
        table.bps_codes[at],
        table.subdistricts[at],
        table.names[at],
        tuple(_step(village, indicator) for indicator in method.indicators),
        _number(village.values[whole][0]),
        int(village.classes[whole][0]) or None,
        village.basis[whole][0],
        int(ranks[at]) or None,
        len(table),
        int((ranks > 0).sum()),
        int((ranks == ranks[at]).sum()) if ranks[at] else 0,
        tuple(names[name] for name in causes.of_villages(village, method)["indikator"]),
    )


def _step(village: JoinedTable, indicator: Indicator) -> TraceStep:
    values = village.values[indicator.id]
    score = _number(composite.standard_score(values, indicator)[0])
    return TraceStep(
        indicator,
        _number(values[0]),
        int(classes.classify(values, indicator)[0]) or None,
        int(village.classes[indicator.id][0]) or None,
        village.basis[indicator.id][0],
        score,
        None if score is None else float(indicator.weight) * score,
    )


def _number(cell: float) -> float | None:
    return None if np.isnan(cell) else float(cell)


def find(table: JoinedTable, wanted: str) -> str:
    """Find a village by its name or code.

    Parameters
    ----------
    wanted : str
        Name (spaces, marks and capitals do not matter), BPS code or Kemendagri code.

    Returns
    -------
    str
        Kemendagri code.

    Raises
    ------
    UsageError
        No such village, with the nearest names; or several, with their codes.
    """
    text = wanted.strip()
    meant = plain(text)
    villages = enumerate(zip(table.codes, table.bps_codes, table.names, strict=True))
    same = [n for n, (code, bps, name) in villages if text in (code, bps) or plain(name) == meant]
    if len(same) > 1:
        places = [Place(village=_described(table, n)) for n in same]
        raise UsageError("jejak_rangkap", places, {"desa": wanted})
    if not same:
        raise UsageError("jejak_desa", (), {"desa": wanted, "maksud": _likely(table, text)})
    return table.codes[same[0]]


def _described(table: JoinedTable, at: int) -> str:
    who, bps, code = table.names[at], table.bps_codes[at], table.codes[at]
    return f"{who}, {table.subdistricts[at]} ({bps}, {code})"


def _likely(table: JoinedTable, text: str) -> str:
    """Return the names or codes that are nearest to a text."""
    if any(letter.isdigit() for letter in text):
        known = {code: code for code in (*table.codes, *table.bps_codes)}
    else:
        known = {plain(name): name for name in table.names}
        text = plain(text)
    near = difflib.get_close_matches(text, known, _LIKELY, cutoff=0)
    return ", ".join(known[near_name] for near_name in near)
