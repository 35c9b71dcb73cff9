"""Why classes changed: edition B is computed again with A's parts, in every mixture.

Owns the states that are computed and the reasons of every change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fsva.comparison.changes import mixed_edition
from fsva.comparison.changes.mixed_edition import Exchange, PairedRows
from fsva.comparison.values import shapley
from fsva.comparison.values.result import Part, Reason
from fsva.index.joined_table import CLASS
from fsva.sources.plain.arrays import Floats

_LEAST, _DIGITS = 1e-9, 9  # what lies below is noise of binary numbers


@dataclass(frozen=True, eq=False)
class Replay:
    """The shares of the parts in every change of class.

    Parameters
    ----------
    parts : tuple of Part
        Those that differ.
    rows : PairedRows
        The pairs.
    shares : dict of str to array, shape (n_parts, n_pairs)
        By measure.
    """

    parts: tuple[Part, ...]
    rows: PairedRows
    shares: dict[str, Floats]

    def reasons(self, measure: str, position: int) -> tuple[Reason, ...]:
        """Return the reasons of a change, the largest first.

        Parameters
        ----------
        measure : str
            Id.
        position : int
            Of the pair in ``rows``.
        """
        shares_of_parts = zip(self.parts, self.shares[measure][:, position].tolist(), strict=True)
        real = [
            Reason(part, round(share, _DIGITS))
            for part, share in shares_of_parts
            if abs(share) > _LEAST
        ]
        return tuple(sorted(real, key=lambda reason: -abs(reason.share)))


def replay(mixed: Exchange, parts: Sequence[Part], measures: Sequence[str]) -> Replay:
    """Tabulate every mixture of the parts that differ and share out the changes of class.

    Parameters
    ----------
    mixed : Exchange
        Two editions and the pairs to explain.
    parts : sequence of Part
        Those that differ; two to the power of their number mixtures are tabulated.
    measures : sequence of str
        Ids that both editions have.
    """
    worth: dict[str, list[Floats]] = {measure: [] for measure in measures}
    for table in _mixtures(mixed, parts):
        for measure in measures:
            worth[measure].append(_classes(table, measure))
    shares = {name: shapley.shares(np.array(worths)) for name, worths in worth.items()}
    return Replay(tuple(parts), mixed.rows, shares)


def _mixtures(mixed: Exchange, parts: Sequence[Part]) -> Iterator[pd.DataFrame]:
    for number in range(1 << len(parts)):
        state = mixed_edition.whole("a")
        state |= {part: "b" for bit, part in enumerate(parts) if number >> bit & 1}
        yield mixed.tabulate(state)


def _classes(table: pd.DataFrame, measure: str) -> Floats:
    name = f"{measure}{CLASS}"
    if name not in table:  # a mixture with the method of the side that does not have it
        return np.full(len(table), np.nan)
    return table[name].to_numpy(dtype=np.float64, na_value=np.nan)
