"""The input of the rules: one table of numbers, and the data for comparison.

Owns these values, and makes findings about their cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fsva.checks.check_thresholds import CheckThresholds
from fsva.checks.findings import Fact, Finding, Level
from fsva.config.editions.unfilled import Unfilled
from fsva.config.methods.interventions import Planned
from fsva.config.methods.method import Indicator, Method
from fsva.core.remedies import edition_entries
from fsva.sources.cells.layout_oddities import Note
from fsva.sources.plain.arrays import Floats, Mask
from fsva.sources.supporting.printed_tables import PrintedTable
from fsva.sources.tables.agreed_columns import MEASURED
from fsva.sources.tables.extra_columns import PrintedTotal
from fsva.sources.tables.read_tables import VillageNumbers
from fsva.villages.sourced_columns import Supplied

__all__ = ["MEASURED", "Floats", "Mask", "Material", "positions"]


@dataclass(frozen=True, eq=False)
class Material:
    """The data of an edition before the checks.

    Parameters
    ----------
    file : str
        Name of the table's file.
    table : VillageNumbers
        A column per indicator and per raw column that the file has; ``terukur_<column>`` where
        values were agreed.
    method : Method
        Its cut-offs and bounds may be open.
    limits : CheckThresholds
        Thresholds.
    accepted : frozenset of (code, indicator id)
        Values outside their range that the office accepts.
    totals : tuple of PrintedTotal
        Totals from the office's table.
    polygons_ha : mapping of str to float, or None
        Area of the polygons by BPS code; None without real borders.
    holes : tuple of Finding
        Land within the district without a village, as far as the office does not accept it.
    paper_mm2 : mapping of str to float
        Area of the polygons on the maps by BPS code, square millimetres; empty as ``polygons_ha``.
    denominator : int
        n of the maps' scale 1 : n.
    no_polygons : str
        Key of the reason under ``periksa.alasan`` if ``polygons_ha`` is None.
    previous : VillageNumbers or None
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
    notes_elsewhere : tuple of (str, Note)
        The same of the tables of targeting, with the name of the file.
    supporting : tuple of PrintedTable
        Tables of the report beside the indicators; the atlas does not read them.
    """

    file: str
    table: VillageNumbers
    method: Method
    limits: CheckThresholds
    accepted: frozenset[tuple[str, str]] = frozenset()
    totals: tuple[PrintedTotal, ...] = ()
    polygons_ha: Mapping[str, float] | None = None
    paper_mm2: Mapping[str, float] = field(default_factory=dict)
    denominator: int = 0
    no_polygons: str = "skematis"
    holes: tuple[Finding, ...] = ()
    previous: VillageNumbers | None = None
    missing: tuple[Finding, ...] = field(default=())
    plan: Mapping[str, Sequence[Planned]] | None = None
    unfilled: tuple[Unfilled, ...] = ()
    supplied: Supplied = field(default_factory=Supplied)
    notes: tuple[Note, ...] = ()
    notes_elsewhere: tuple[tuple[str, Note], ...] = ()
    supporting: tuple[PrintedTable, ...] = ()

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

    @property
    def stated(self) -> tuple[str, ...]:
        """The columns that stand in the table: numbers but indicators computed from raw columns."""
        computed = {i.id for i in self.indicators if not self.is_stated(i)}
        return tuple(column for column in self.numbers if column not in computed)

    def is_stated(self, indicator: Indicator) -> bool:
        """Tell whether an indicator stands in the table itself, perhaps beside people and areas."""
        if indicator.calculation is None:
            return True
        return bool(self.lacks(self.method.formula(indicator).columns))

    def values(self, column: str) -> Floats:
        """Return a column; NaN = not known."""
        return self.table.numbers[column]

    def lacks(self, columns: Iterable[str]) -> list[str]:
        """Return the columns that the table lacks."""
        return [column for column in columns if column not in self.table]

    def is_accepted(self, n: int, indicator: str | None) -> bool:
        """Tell whether the office accepts the odd value of the village at a position."""
        return (self.table.codes[n], indicator) in self.accepted

    def valued(self, finding: Finding, n: int, indicator: str | None) -> Finding:
        """Return a finding with the entry that accepts it, unless it is accepted or cannot be."""
        if indicator is None or finding.level == "info":
            return finding
        code, name = self.table.codes[n], str(self.table.names[n])
        return replace(finding, decision=edition_entries.of_value(code, name, indicator))

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
        return Finding(
            f"periksa.aturan.{rule}",
            self.file,
            int(self.table.rows[n]),
            tuple(columns),
            str(self.table.names[n]),
            self.table.codes[n],
            found,
            facts,
            level,
        )


def positions(mask: Mask) -> list[int]:
    """Return the positions at which a mask is true."""
    return [int(n) for n in np.flatnonzero(mask)]
