"""Three or more editions: the classes of every village over time, and of every kecamatan.

Owns the chain of counterparts from the last edition back to the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from fsva.comparison.changes.pairing import Pairing
from fsva.comparison.values.result import Class, SeriesLine, SeriesRow
from fsva.comparison.values.side_data import SideData
from fsva.config.methods.measures import Measure
from fsva.core.columns import PARENT, UNIT
from fsva.index.joined_table import CLASS


def chains(last: SideData, pairings: Sequence[Pairing]) -> dict[str, tuple[str | None, ...]]:
    """Return the codes of every village of the last edition in all editions.

    Parameters
    ----------
    last : SideData
        The last edition.
    pairings : sequence of Pairing
        First with second, second with third, and so on.

    Returns
    -------
    dict of str to tuple of (str or None)
        From the first edition to the last; None before a village existed.
    """
    by_code: dict[str, tuple[str | None, ...]] = {}
    for code in last.table.index:
        chain: list[str | None] = [str(code)]
        for pairing in reversed(pairings):
            chain.append(pairing.partner[chain[-1]] if chain[-1] is not None else None)
        by_code[str(code)] = tuple(reversed(chain))
    return by_code


def of_villages(
    sides: Sequence[SideData],
    known: dict[str, tuple[str | None, ...]],
    measures: Sequence[Measure],
    budget: int,
) -> tuple[SeriesRow, ...]:
    """List the villages whose class changed, those that changed most often first.

    Parameters
    ----------
    sides : sequence of SideData
        Three or more.
    known : dict
        From ``chains``.
    budget : int
        Most rows.
    """
    rows = [row for m in measures for row in _rows(sides, known, m) if row.n_changes]
    rows.sort(key=lambda row: (-row.n_changes, -_spread(row.classes), row.measure, row.code))
    return tuple(rows[:budget])


def _rows(
    sides: Sequence[SideData], known: dict[str, tuple[str | None, ...]], measure: Measure
) -> Iterator[SeriesRow]:
    values = [_lookup(side, measure.id) for side in sides]
    classes = [_lookup(side, f"{measure.id}{CLASS}") for side in sides]
    names, places = (_words(sides[-1], column) for column in (UNIT, PARENT))
    for code, chain in known.items():
        of_class = tuple(
            _class(c.get(code_then)) for c, code_then in zip(classes, chain, strict=True)
        )
        of_value = tuple(
            None if (v := value_of.get(code_then)) is None else round(v, measure.digits)
            for value_of, code_then in zip(values, chain, strict=True)
        )
        yield SeriesRow(
            code, names[code], places[code], measure.id, of_value, of_class, n_changes(of_class)
        )


def _lookup(side: SideData, column: str) -> dict[str | None, float]:
    known = side.table[column].dropna()
    return {str(code): float(value) for code, value in known.items()}


def _words(side: SideData, column: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in side.table[column].items()}


def _class(value: float | None) -> Class:
    return None if value is None else int(value)


def n_changes(classes: Sequence[Class]) -> int:
    """Count the changes of class over the editions; editions without a class are skipped.

    Examples
    --------
    >>> n_changes((3, 4, None, 4, 3))
    2
    """
    return sum(x != y for x, y in pairwise(c for c in classes if c is not None))


def _spread(classes: Sequence[Class]) -> int:
    known = [c for c in classes if c is not None]
    return max(known) - min(known)


def of_kecamatan(
    sides: Sequence[SideData],
    known: dict[str, tuple[str | None, ...]],
    measures: Sequence[Measure],
) -> tuple[SeriesLine, ...]:
    """Return mean class and share of vulnerable classes of every kecamatan of the last edition.

    Parameters
    ----------
    sides : sequence of SideData
        Three or more.
    known : dict
        From ``chains``.
    """
    kecamatan = sides[-1].table[PARENT]
    lines = []
    for measure in measures:
        table = pd.DataFrame(
            {n: _classes(side, measure, n, known) for n, side in enumerate(sides)},
            index=kecamatan.index,
        )
        means = table.groupby(kecamatan).mean()
        secure = [side.rules.first_secure for side in sides]
        shares = (table < secure).where(table.notna()).astype(float)
        vulnerable = shares.groupby(kecamatan).mean()
        lines += [
            SeriesLine(
                str(name), measure.id, _rounded(means.loc[name]), _rounded(vulnerable.loc[name])
            )
            for name in sorted(means.index)
        ]
    return tuple(lines)


def _classes(
    side: SideData, measure: Measure, number: int, known: dict[str, tuple[str | None, ...]]
) -> list[float]:
    priorities = _lookup(side, f"{measure.id}{CLASS}")
    return [priorities.get(chain[number], np.nan) for chain in known.values()]


def _rounded(values: pd.Series[float]) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(v) else round(float(v), 4) for v in values)
