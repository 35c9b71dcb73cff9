"""The input of the rules: one table of numbers, and the data for comparison.

Owns these values, and makes findings about their cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.checks.check_thresholds import CheckThresholds
from fsva.checks.findings import Fact, Finding, Level
from fsva.config.editions.unfilled import Unfilled
from fsva.config.methods.interventions import Planned
from fsva.config.methods.method import Indicator, Method
from fsva.core.columns import ROW, UNIT
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.tables.agreed_columns import MEASURED
from fsva.villages.sourced_columns import Supplied

__all__ = ["MEASURED", "Material", "floats", "positions"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Material:
    """The data of an edition before the checks.

    Parameters
    ----------
    file : str
        Name of the table's file.
    table : DataFrame
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris``, a Float64 column per indicator
        and per raw column that the file has; ``terukur_<column>`` where values were agreed.
    method : Method
        Its cut-offs and bounds may be open.
    limits : CheckThresholds
        Thresholds.
    accepted : frozenset of (code, indicator id)
        Values outside their range that the office accepts.
    totals : DataFrame or None
        Totals from the office's table: ``kecamatan``, ``baris`` and numbers.
    polygons_ha : Series of float or None
        Area of the polygons by BPS code; None without real borders.
    holes : tuple of Finding
        Land within the district without a village, as far as the office does not accept it.
    no_polygons : str
        Key of the reason under ``periksa.alasan`` if ``polygons_ha`` is None.
    previous : DataFrame or None
        The table of the year before, like ``table``.
    missing : tuple of Finding
        Villages that not all of table, crosswalk and layer have.
    plan : mapping of str to sequence of Planned, or None
        Interventions by cause; None = the checks skip the action plan.
    unfilled : tuple of Unfilled
        Open values of edition.toml.
    supplied : Supplied
        Numbers from other sources than the table.
    notes : tuple of Note
        Oddities in the layout of the table.
    """

    file: str
    table: pd.DataFrame
    method: Method
    limits: CheckThresholds
    accepted: frozenset[tuple[str, str]] = frozenset()
    totals: pd.DataFrame | None = None
    polygons_ha: pd.Series[float] | None = None
    no_polygons: str = "skematis"
    holes: tuple[Finding, ...] = ()
    previous: pd.DataFrame | None = None
    missing: tuple[Finding, ...] = field(default=())
    plan: Mapping[str, Sequence[Planned]] | None = None
    unfilled: tuple[Unfilled, ...] = ()
    supplied: Supplied = field(default_factory=Supplied)
    notes: tuple[Note, ...] = ()

    @property
    def raw(self) -> tuple[str, ...]:
        """The raw columns that the table has, categories left out."""
        used = {i.calculation for i in self.method.indicators if i.categories}
        return tuple(c for c in self.method.columns if c in self.table and c not in used)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that the table has."""
        return tuple(i for i in self.method.indicators if i.id in self.table)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Raw columns and indicators, categories left out."""
        return (*self.raw, *(i.id for i in self.indicators if not i.categories))

    def values(self, column: str) -> Floats:
        """Return a column; NaN = not known."""
        return floats(self.table[column])

    def lacks(self, columns: Iterable[str]) -> list[str]:
        """Return the columns that the table lacks."""
        return [column for column in columns if column not in self.table]

    def is_accepted(self, n: int, indicator: str | None) -> bool:
        """Tell whether the office accepts the odd value of the village at a position."""
        return (str(self.table.index[n]), indicator) in self.accepted

    def cell(
        self,
        rule: str,
        n: int,
        columns: Sequence[str],
        found: Fact,
        level: Level | None = None,
        **facts: Fact,
    ) -> Finding:
        """Return a finding about the village at a position of the table."""
        village = self.table.iloc[n]
        key, code = f"periksa.aturan.{rule}", str(self.table.index[n])
        return Finding(
            key,
            self.file,
            int(village[ROW]),
            tuple(columns),
            str(village[UNIT]),
            code,
            found,
            facts,
            level,
        )


def floats(values: pd.Series[float]) -> Floats:
    """Return numbers as an array; NaN = not known."""
    return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def positions(mask: Mask) -> list[int]:
    """Return the positions at which a mask is true."""
    return [int(n) for n in np.flatnonzero(mask)]
