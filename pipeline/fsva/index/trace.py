"""The numbers of one village, step by step from its values to its class.

Owns which numbers are looked at. Each is taken from the joined table or computed by the function
that computed it for the maps; there is no second way to a class here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.errors import Place, UsageError
from fsva.core.names import plain
from fsva.index import causes, classes, composite

_LIKELY = 3


@dataclass(frozen=True)
class Ends:
    """The cut-offs between which a value of a class lies.

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

    def hold(self, value: Decimal) -> bool:
        """Tell whether a value lies between them."""
        above = self.lower is None or (
            self.lower < value if self.upper_belongs else self.lower <= value
        )
        below = self.upper is None or (
            value <= self.upper if self.upper_belongs else value < self.upper
        )
        return above and below


def ends(measure: Measure, priority: int) -> Ends:
    """Return the cut-offs that bound a class.

    Parameters
    ----------
    priority : int
        1..6.
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
        What decided it: ``nilai``, ``terbit``, ``timpa`` or ``kosong``.
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
        """The points that the indicator gives at its best."""
        return 100 * float(self.indicator.weight)

    @property
    def lost(self) -> float:
        """The points that the village falls short of the best; 0 where they are not known."""
        return 0.0 if self.contribution is None else self.most - self.contribution

    @property
    def is_none(self) -> bool:
        """Whether the value is a zero that says "there is none"."""
        return self.indicator.zero is not None and self.value == 0

    @property
    def clipped(self) -> float | None:
        """The value within the bounds of the scale, None if it is not known.

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
        Who it is; ``code`` is the Kemendagri code.
    steps : tuple of TraceStep
        In the order of the maps.
    score : float or None
        Composite as on the map; None if it is lost.
    priority : int or None
        Its class.
    basis : str
        ``nilai``, ``terbit`` or ``kosong``.
    rank : int or None
        1 = most food secure.
    n_villages, n_ranked, n_same_rank : int
        Villages of the edition, those with a rank, and those that share this rank.
    causes : tuple of Indicator
        From ``fsva.index.causes``, the heaviest first; none for a village of class 4-6.
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
        found = [step.contribution for step in self.steps]
        known = [one for one in found if one is not None]
        return sum(known) if len(known) == len(found) else None


def of_village(table: pd.DataFrame, method: Method, code: str) -> Trace:
    """Trace one village.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``, of all villages.
    code : str
        Kemendagri code, in the table's index.
    """
    own, measure = table.loc[[code]], method.composite
    row = own.iloc[0]
    names = {indicator.id: indicator for indicator in method.indicators}
    return Trace(
        code,
        str(row[BPS]),
        str(row[PARENT]),
        str(row[UNIT]),
        tuple(_step(own, indicator) for indicator in method.indicators),
        _number(own[measure.id]),
        _whole(own[f"{measure.id}_kelas"]),
        str(row[f"{measure.id}_dasar"]),
        _whole(own["peringkat"]),
        len(table),
        int(table["peringkat"].notna().sum()),
        int((table["peringkat"] == row["peringkat"]).sum()) if pd.notna(row["peringkat"]) else 0,
        tuple(names[name] for name in causes.of_villages(own, method)["indikator"]),
    )


def _step(own: pd.DataFrame, indicator: Indicator) -> TraceStep:
    values = own[indicator.id]
    score = _number(composite.standard_score(values, indicator))
    return TraceStep(
        indicator,
        _number(values),
        _whole(classes.classify(values, indicator)),
        _whole(own[f"{indicator.id}_kelas"]),
        str(own[f"{indicator.id}_dasar"].iloc[0]),
        score,
        None if score is None else float(indicator.weight) * score,
    )


def _number(one: pd.Series[float]) -> float | None:
    return None if pd.isna(one.iloc[0]) else float(one.iloc[0])


def _whole(one: pd.Series[int]) -> int | None:
    return None if pd.isna(one.iloc[0]) else int(one.iloc[0])


def find(table: pd.DataFrame, wanted: str) -> str:
    """Find the village that somebody means.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
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
    same = table.index[
        (table.index == text) | (table[BPS] == text) | (table[UNIT].map(plain) == plain(text))
    ]
    if len(same) > 1:
        places = [Place(village=_described(table, str(code))) for code in same]
        raise UsageError("jejak_rangkap", places, {"desa": wanted})
    if len(same) == 0:
        raise UsageError("jejak_desa", (), {"desa": wanted, "maksud": _likely(table, text)})
    return str(same[0])


def _described(table: pd.DataFrame, code: str) -> str:
    row = table.loc[code]
    return f"{row[UNIT]}, {row[PARENT]} ({row[BPS]}, {code})"


def _likely(table: pd.DataFrame, text: str) -> str:
    """Return the names or codes that are nearest to a text."""
    if any(letter.isdigit() for letter in text):
        known = {str(code): str(code) for code in (*table.index, *table[BPS])}
    else:
        known = {plain(name): name for name in table[UNIT]}
        text = plain(text)
    near = difflib.get_close_matches(text, known, _LIKELY, cutoff=0)
    return ", ".join(known[one] for one in near)
