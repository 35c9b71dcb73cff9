"""An edition with some of its inputs taken from another: values, cut-offs, codes and the rest.

Owns the parts of the inputs and the table that a mixture of them gives. It draws nothing and
reads no file: it exchanges tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

import pandas as pd

from fsva.comparison.changes import measure_definitions
from fsva.comparison.values.result import PARTS, Part
from fsva.comparison.values.side_data import Inputs
from fsva.config.editions.sections import Override
from fsva.config.methods.baseline import digits_of
from fsva.config.methods.measures import Indicator, Measure
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.index import joined_table
from fsva.index.joined_table import CLASS, RANK
from fsva.runs import value_run
from fsva.sources.plain.plain_table import Table
from fsva.villages import inherited_values
from fsva.villages.succession import Event

Label = Literal["a", "b"]
State = Mapping[Part, Label]
_NUMBERS = ("cut_offs", "categories", "bounds")  # of a measure: what "dasar" exchanges


@dataclass(frozen=True, eq=False)
class PairedRows:
    """The pairs of villages that are tabulated.

    Parameters
    ----------
    a, b : tuple of str
        Kemendagri codes of the pairs in A and in B.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]

    def of(self, label: Label) -> tuple[str, ...]:
        """Return the codes of a side."""
        return self.a if label == "a" else self.b


class Exchange:
    """Two editions whose inputs can be mixed.

    Parameters
    ----------
    a, b : Inputs
        The inputs of both.
    rows : PairedRows
        Villages to tabulate.
    """

    def __init__(self, a: Inputs, b: Inputs, rows: PairedRows) -> None:
        self.sides: dict[Label, Inputs] = {"a": a, "b": b}
        self.rows = rows
        self._rules: dict[tuple[Label, Label], Method] = {}
        self._values: dict[tuple[Label, Label, Label], pd.DataFrame] = {}
        self._published: dict[tuple[Label, Label], pd.DataFrame | None] = {}
        self._present: dict[tuple[Label, Label, Label], frozenset[str]] = {}
        self._deciding: dict[tuple[Label, Label], frozenset[str]] = {}

    def tabulate(self, state: State) -> pd.DataFrame:
        """Return the table that a mixture gives, one row per pair.

        Parameters
        ----------
        state : mapping of Part to {"a", "b"}
            The side that each part comes from.

        Notes
        -----
        ``batas`` says which code the place has, ``kode`` which row of a table that code has (by
        crosswalk and succession); a code that the other side does not know goes by the code of
        its counterpart. ``data`` is the table of values, ``timpa`` the classes set by hand and
        published, ``dasar`` cut-offs, categories and bounds, ``metode`` all else of the method.
        """
        rules = self.rules(state["metode"], state["dasar"])
        keys = self._keys(state)
        values = self.values(state["data"], state["metode"], state["kode"])
        taken = self._taken(values, keys, state)
        decided = self.sides[state["timpa"]]
        published = self.published(state["timpa"], state["kode"])
        names = self._known(keys, self._decided(state["timpa"], state["kode"]), state["timpa"])
        villages = pd.DataFrame({BPS: names, PARENT: "", UNIT: ""})
        for indicator in rules.indicators:
            villages[indicator.id] = _column(taken, indicator.id)
        other = self._of_other_meaning(state["timpa"], state["metode"])
        if published is not None:
            published = _with_columns(published, rules, other)
        overrides = _overrides(decided.overrides, names, other)
        printed = None if published is None else Table.of_frame(published)
        return joined_table.tabulate(Table.of_frame(villages), printed, overrides, rules).frame

    def _of_other_meaning(self, of: Label, method: Label) -> frozenset[str]:
        """Return the indicators of a side whose ids the other method uses for other quantities."""
        return measure_definitions.other_meaning(self.sides[of].rules, self.sides[method].rules)

    def rules(self, of: Label, numbers: Label) -> Method:
        """Return the method of one side with cut-offs, categories and bounds of the other."""
        if (of, numbers) not in self._rules:
            own, other = self.sides[of].rules, self.sides[numbers].rules
            self._rules[of, numbers] = own if of == numbers else with_numbers(own, other)
        return self._rules[of, numbers]

    def values(self, of: Label, method: Label, codes: Label) -> pd.DataFrame:
        """Return the indicators of one side under a method and a succession, by BPS code."""
        key = (of, method, codes)
        if key not in self._values:
            inputs, coded = self.sides[of], self.sides[codes]
            table = carried(inputs, coded.events, coded.names)
            if inputs.is_raw:
                table = computed(table, self.sides[method].rules)
            else:
                other = self._of_other_meaning(of, method)
                table = table.drop(columns=[name for name in table if name in other])
            self._values[key] = table
        return self._values[key]

    def published(self, of: Label, codes: Label) -> pd.DataFrame | None:
        """Return the published classes and scores of one side, under a succession."""
        if (of, codes) not in self._published:
            table, events = self.sides[of].published, self.sides[codes].events
            if table is not None:
                due = _due(events, set(self.sides[of].values.index))
                table = inherited_values.forget(Table.of_frame(table), due).frame
            self._published[of, codes] = table
        return self._published[of, codes]

    def _keys(self, state: State) -> list[str]:
        """Return the BPS code by which each pair is looked up."""
        coded = self.sides[state["kode"]].bps_of
        places, own = self.rows.of(state["batas"]), self.rows.of(state["kode"])
        return [coded.get(place) or coded[mine] for place, mine in zip(places, own, strict=True)]

    def _known(self, keys: list[str], known: frozenset[str], of: Label) -> list[str]:
        """Replace codes that a side's tables do not know by that side's own."""
        return [
            key if key in known else own_key
            for key, own_key in zip(keys, self._own[of], strict=True)
        ]

    @cached_property
    def _own(self) -> dict[Label, list[str]]:
        return {
            label: [inputs.bps_of[code] for code in self.rows.of(label)]
            for label, inputs in self.sides.items()
        }

    def _taken(self, values: pd.DataFrame, keys: list[str], state: State) -> pd.DataFrame:
        key = (state["data"], state["metode"], state["kode"])
        if key not in self._present:
            self._present[key] = frozenset(values.index)
        taken = values.reindex(self._known(keys, self._present[key], state["data"]))
        return taken.reset_index(drop=True)

    def _decided(self, of: Label, codes: Label) -> frozenset[str]:
        """Return the codes that a side's table or published classes have."""
        if (of, codes) not in self._deciding:
            published = self.published(of, codes)
            more = () if published is None else published.index
            self._deciding[of, codes] = frozenset([*self.sides[of].values.index, *more])
        return self._deciding[of, codes]


def whole(label: Label) -> dict[Part, Label]:
    """Return the state in which every part is of one side."""
    return dict.fromkeys(PARTS, label)


def with_numbers(method: Method, other: Method) -> Method:
    """Return a method with the cut-offs, categories and bounds of another, measure by measure.

    Parameters
    ----------
    method : Method
        Keeps its indicators, weights, directions and all other rules.
    other : Method
        Measures that only one of them has, or that are other quantities, keep theirs.
    """
    source = {measure.id: measure for measure in other.measures()}
    indicators = [_numbered(i, source.get(i.id)) for i in method.indicators]
    composite = method.composite.model_copy(update={"cut_offs": other.composite.cut_offs})
    return method.model_copy(update={"indicators": tuple(indicators), "composite": composite})


def _numbered(own: Indicator, other: Measure | None) -> Indicator:
    if not isinstance(other, Indicator) or not measure_definitions.same(own, other):
        return own
    finer = {"digits": max(own.digits, *map(digits_of, other.cut_offs or (Decimal(0),)))}
    return own.model_copy(update={name: getattr(other, name) for name in _NUMBERS} | finer)


def carried(inputs: Inputs, events: tuple[Event, ...], names: pd.DataFrame) -> pd.DataFrame:
    """Bring a table to the villages of a succession table, as far as its events have not happened.

    Parameters
    ----------
    events : tuple of Event
        By date.
    names : DataFrame
        Names of new villages by BPS code.
    """
    due = _due(events, set(inputs.values.index))
    if not due:
        return inputs.values
    counts = inherited_values.additive_columns(inputs.rules) if inputs.is_raw else ()
    values, news = Table.of_frame(inputs.values.assign(baris=0)), Table.of_frame(names)
    return inherited_values.carry(values, due, counts, news)[0].frame


def _due(events: tuple[Event, ...], present: set[str]) -> tuple[Event, ...]:
    due: list[Event] = []
    for event in events:
        if event.olds <= present and not event.fresh & present:
            due.append(event)
            present = present - event.gone | event.news
    return tuple(due)


def computed(table: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Compute the indicators of a method from raw counts; those it cannot compute are missing."""
    columns = [name for name in method.columns if name not in table]
    full = table.assign(**dict.fromkeys(columns, pd.array([pd.NA] * len(table), dtype="Float64")))
    counts = Table.of_frame(full.assign(baris=0))
    return value_run.with_indicators(counts, method, None, Path()).frame


def _column(values: pd.DataFrame, name: str) -> pd.Series[float]:
    if name in values:
        return values[name].astype("Float64")
    return pd.Series(pd.NA, index=values.index, dtype="Float64")


def _with_columns(
    published: pd.DataFrame, method: Method, other_meaning: frozenset[str]
) -> pd.DataFrame:
    """Return published columns of a method; classes of what it has for another are missing."""
    types = {f"{m.id}{CLASS}": "Int8" for m in method.measures()}
    types |= {method.composite.id: "Float64", RANK: "Int32"}
    strange = {f"{name}{CLASS}" for name in other_meaning}
    missing = [name for name in types if name not in published or name in strange]
    nothing = {name: pd.Series(pd.NA, index=published.index, dtype=types[name]) for name in missing}
    return published.assign(**nothing)


def _overrides(
    overrides: tuple[Override, ...], keys: list[str], other_meaning: frozenset[str]
) -> tuple[Override, ...]:
    present = set(keys)
    return tuple(
        override
        for override in overrides
        if override.code in present and override.indicator not in other_meaning
    )
