"""What a report is made from: the joined table and what follows from it.

Owns the values that its tables, lists and sentences share. It counts nothing that
``fsva.index.summary``, ``fsva.index.causes`` or the specification of a map does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Measure, Method
from fsva.core.texts import Texts
from fsva.index import result_columns, summary
from fsva.index.action_rows import ActionRow
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.words.specification import LegendRow, MapSpecification
from fsva.words.supporting.table_words import SupportingPart


@dataclass(frozen=True, eq=False)
class BookMaterial:
    """The values of one edition.

    Parameters
    ----------
    table : JoinedTable
        Of one kabupaten, in the order of the BPS codes.
    method : Method
        Indicators, classes, weights.
    settings : Settings
        Names, years, decisions.
    texts : Texts
        The language.
    maps : mapping of str to MapSpecification
        By the id of their measure.
    alts : mapping of str to str
        What each map shows in words, by the id of its measure.
    turned : bool
        Whether the maps lie landscape.
    actions : sequence of ActionRow
        The rows of the action plan.
    origins : mapping of str to mapping of str to int
        By indicator: how many cells have which origin; empty without a record of origins.
    ledger : Columns
        What joining table and layer did.
    mended : int
        Villages whose polygon was changed by mending.
    supporting : sequence of SupportingPart
        Tables and charts beside the indicators.
    number : str
        The print number of the run.
    colours : str
        Name of the theme whose colours the maps have; empty where they are the method's.
    chart_alts : mapping of str to str
        What each chart of classes shows in words, by the id of its measure.
    """

    table: JoinedTable
    method: Method
    settings: Settings
    texts: Texts
    maps: Mapping[str, MapSpecification]
    alts: Mapping[str, str]
    turned: bool
    actions: Sequence[ActionRow]
    origins: Mapping[str, Mapping[str, int]]
    ledger: Columns
    mended: int
    number: str
    supporting: Sequence[SupportingPart] = field(default=())
    colours: str = ""
    chart_alts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Indicators and composite by their ids."""
        return {measure.id: measure for measure in self.method.measures()}

    def words(self, measure: Measure) -> str:
        """Return the short name of a measure."""
        return measure.name[self.texts.language]

    def heads(self, table: str, **facts: str) -> tuple[str, ...]:
        """Return the headings of a table, which stand in one text with semicolons between them."""
        written = self.texts(f"buku.tabel.kolom_{table}", **facts)
        return tuple(word.strip() for word in written.split(";"))

    def rows(self, measure: Measure) -> list[LegendRow]:
        """Return the classes of a measure's map with range and count, without "no data"."""
        return [row for row in self.maps[measure.id].legend if row.priority]

    def percents(self, measure: Measure) -> list[float]:
        """Return the share of each of ``rows``, of the villages that have a class; NaN of none."""
        counts = np.array([row.count for row in self.rows(measure)], dtype=np.int64)
        shares: list[float] = summary.shares(counts, np.full_like(counts, counts.sum())).tolist()
        return shares

    def members(self, measure: Measure, row: LegendRow) -> JoinedTable:
        """Return the villages of a class of a measure's map."""
        shown = self.maps[measure.id].priorities
        chosen = [shown[code] == row.priority for code in self.table.codes]
        return self.table.at(np.array(chosen, dtype=np.bool_))

    def vulnerable(self, measure: Measure) -> JoinedTable:
        """Return the villages in a vulnerable class of a measure."""
        return self.table.at(np.isin(self.table.classes[measure.id], self.method.vulnerable))

    @cached_property
    def kecamatan(self) -> dict[str, JoinedTable]:
        """The villages of each kecamatan, in the order of the codes."""
        places = result_columns.groups(self.table.subdistricts)
        return {name: self.table.at(villages) for name, villages in places.items()}

    def affected(self, measure: Measure) -> dict[str, tuple[int, int]]:
        """Return, by kecamatan, its vulnerable villages and those with a class."""
        counts = {}
        for name, villages in self.kecamatan.items():
            classes = villages.classes[measure.id]
            weak = int(np.isin(classes, self.method.vulnerable).sum())
            counts[name] = weak, int((classes > 0).sum())
        return counts

    def most_affected(self, measure: Measure) -> dict[str, tuple[int, int]]:
        """Return the kecamatan with more vulnerable villages than kecamatan have on average.

        Most villages first; of equal numbers the larger share first.
        """
        affected = self.affected(measure)
        total = sum(weak for weak, _ in affected.values())
        above = {k: pair for k, pair in affected.items() if pair[0] * len(affected) > total}
        ranked = sorted(above, key=lambda k: (-above[k][0], -above[k][0] / max(above[k][1], 1), k))
        return {name: above[name] for name in ranked}
