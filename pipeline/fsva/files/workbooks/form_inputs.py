"""What the forms of an edition are made of, in the order of the BPS codes.

Owns the values and where each stands: sheets, rows and columns, so that a formula of one form
points to the right cell of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.levels import PARENTS
from fsva.files.workbooks import open_book
from fsva.files.workbooks.open_book import FIRST
from fsva.index.classes import Priorities
from fsva.index.composite import Ranks
from fsva.index.joined_table import JoinedTable
from fsva.sources.plain.arrays import Floats

DATA, RULES, ANALYSIS, RESULTS, TEMPLATE = (f"Form {n}" for n in range(5))
AGREED, PRINTED = "KESEPAKATAN", "Terbit"
KEYS = 6  # number, kecamatan and its code, two codes and the name of the village

AgreementKind = Literal["nilai", "kelas", "diterima"]


@dataclass(frozen=True)
class Agreement:
    """One thing that the agencies decided.

    Parameters
    ----------
    kind : {"nilai", "kelas", "diterima"}
        A value in place of a measured one, a class set by hand, an odd value that is accepted.
    code, village, subdistrict : str
        The village.
    measure : str
        Id of an indicator or raw column.
    before : str
        What was measured or computed; blank where nothing was.
    agreed : float
        Value or class.
    reason : str
        As the office wrote it; blank in a table's column.
    """

    kind: AgreementKind
    code: str
    village: str
    subdistrict: str
    measure: str
    before: str
    agreed: float
    reason: str


@dataclass(frozen=True, eq=False)
class PrintedResults:
    """Published classes, scores and ranks, in the order of the villages; 0 and NaN = none.

    Parameters
    ----------
    classes : mapping of str to array of int8
        By measure.
    score : array of float
        Composite.
    ranks : array of int32
        Ranks.
    """

    classes: Mapping[str, Priorities]
    score: Floats
    ranks: Ranks


@dataclass(frozen=True, eq=False)
class FormInputs:
    """Everything that stands in the forms.

    Parameters
    ----------
    table : JoinedTable
        In the order of the BPS codes.
    method : Method
        Cut-offs, bounds, weights, formulas.
    raw : mapping of str to array of float
        Raw columns that the formulas use; empty for an edition of ready values.
    printed : PrintedResults or None
        What a report has published.
    agreements : tuple of Agreement
        For the sheet to sign.
    agencies : tuple of str
        Who signs.
    """

    table: JoinedTable
    method: Method
    raw: Mapping[str, Floats]
    printed: PrintedResults | None
    agreements: tuple[Agreement, ...]
    agencies: tuple[str, ...]

    @property
    def last(self) -> int:
        """Row of the last village, counted from 0."""
        return FIRST + len(self.table) - 1

    @cached_property
    def indicators(self) -> Sequence[Indicator]:
        """The indicators in the order of the maps."""
        return self.method.indicators

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The indicators and the composite."""
        return tuple(self.method.measures())

    # Form 0

    def raw_column(self, name: str) -> int:
        """Return the column of a raw column in Form 0."""
        return KEYS + list(self.raw).index(name)

    def value_column(self, indicator: Indicator) -> int:
        """Return the column of an indicator in Form 0."""
        return KEYS + len(self.raw) + self._number(indicator)

    # Form 1

    def rule_row(self, measure: Measure) -> int:
        """Return the row of a measure in Form 1."""
        return FIRST + [m.id for m in self.measures].index(measure.id)

    def cut_off_area(self, measure: Measure) -> str:
        """Return the area of a measure's cut-offs in Form 1."""
        row = self.rule_row(measure)
        return open_book.area((RULE_KEYS, row), (self.bound_column - 1, row), RULES)

    @property
    def bound_column(self) -> int:
        """Column of the lower bound in Form 1; the upper bound and the weight follow."""
        return RULE_KEYS + len(self.method.classes) - 1

    def rule_cell(self, measure: Measure, column: int) -> str:
        """Return a cell of Form 1 in a measure's row."""
        return open_book.cell(column, self.rule_row(measure), RULES, fixed=True)

    def category_row(self, indicator: Indicator) -> int:
        """Return the first row of an indicator's table of categories in Form 1."""
        row = FIRST + len(self.measures) + 3
        for one in self.indicators:
            if one.id == indicator.id:
                break
            row += len(one.categories) + 2 if one.categories else 0
        return row

    # Form 2

    def class_column(self, measure: Measure) -> int:
        """Return the column of a class in Form 2; the composite's stands after score and rank."""
        if measure.id == self.method.composite.id:
            return self.score_column + 2
        return KEYS + self._number(measure)

    @property
    def score_column(self) -> int:
        """Column of the composite in Form 2; rank and class follow."""
        return KEYS + len(self.indicators)

    def standard_column(self, indicator: Indicator) -> int:
        """Return the column of an indicator's standard score in Form 2."""
        return self.score_column + 3 + self._number(indicator)

    @property
    def help_column(self) -> int:
        """First of the columns that compute ranks in Form 2."""
        return self.score_column + 3 + len(self.indicators)

    def column_area(self, column: int, sheet: str = ANALYSIS) -> str:
        """Return the area of all villages in a column."""
        return open_book.area((column, FIRST), (column, self.last), sheet)

    # Terbit

    def printed_cell(self, position: int, row: int) -> str:
        """Return a cell of the published results; positions: measures, then score, then rank."""
        return open_book.cell(KEYS + position, row, PRINTED)

    def _number(self, measure: Measure) -> int:
        return [i.id for i in self.indicators].index(measure.id)

    def subdistrict_code(self, at: int) -> str:
        """Return the BPS code of a village's kecamatan."""
        return PARENTS[0].bps_of(str(self.table.bps_codes[at]))


RULE_KEYS = 5  # columns of Form 1 before the cut-offs
