"""The one joined table: every value, class, basis, score and rank of an edition.

Owns the rule by which a value, a published class or an override decides a class. Every number
that people see comes from this table. It gives a table of pandas to notebooks and comparison; all
later steps work on its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from fsva.config.editions.sections import Override
from fsva.config.methods.method import Measure, Method
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.index import classes, composite, result_columns
from fsva.index.classes import Priorities
from fsva.index.composite import Ranks
from fsva.index.result_columns import Chosen, Columns
from fsva.sources.plain.arrays import Floats, Words
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import read_tables
from fsva.sources.tables.read_tables import floats
from fsva.villages.sourced_columns import ORIGIN

Basis = Literal["nilai", "nol", "terbit", "timpa", "kosong"]
BASES: tuple[Basis, ...] = get_args(Basis)
if TYPE_CHECKING:
    import pandas as pd

CLASS, BASIS, RANK = "_kelas", "_dasar", "peringkat"


@dataclass(frozen=True, eq=False)
class JoinedTable:
    """Every number of the villages of an edition, each column of shape (n_villages,).

    Parameters
    ----------
    codes : tuple of str
        Kemendagri codes.
    bps_codes, subdistricts, names : array of str
        BPS code, name of the kecamatan, name of the village.
    values : mapping of str to array of float
        Measure id to values, the composite's score among them; NaN = not known.
    classes : mapping of str to array of int8
        Measure id to priority classes; 0, which is no class, where there is no data.
    basis : mapping of str to array of str
        Measure id to what decided the class: ``nilai`` (the value), ``nol`` (a zero that says
        "there is none"), ``terbit`` (the published class or score), ``timpa`` (an override),
        ``kosong`` (nothing: no data).
    ranks : array of int32
        1 = most food secure; 0 = no rank.
    origins : mapping of str to array of str
        Indicator id to where its values come from, if not from the table alone
        (``fsva.villages.sourced_columns``).
    """

    codes: tuple[str, ...]
    bps_codes: Words
    subdistricts: Words
    names: Words
    values: Mapping[str, Floats]
    classes: Mapping[str, Priorities]
    basis: Mapping[str, Words]
    ranks: Ranks
    origins: Mapping[str, Words]

    def __len__(self) -> int:
        """Return the number of villages."""
        return len(self.codes)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each village by its Kemendagri code."""
        return {code: n for n, code in enumerate(self.codes)}

    @property
    def keys(self) -> Columns:
        """The first columns of every table made from this one: BPS code, kecamatan, village."""
        return {BPS: self.bps_codes, PARENT: self.subdistricts, UNIT: self.names}

    def at(self, chosen: Chosen) -> JoinedTable:
        """Return the table of some villages, by their positions or by a boolean for each."""
        return JoinedTable(
            tuple(result_columns.words(self.codes)[chosen]),
            self.bps_codes[chosen],
            self.subdistricts[chosen],
            self.names[chosen],
            {name: column[chosen] for name, column in self.values.items()},
            {name: column[chosen] for name, column in self.classes.items()},
            {name: column[chosen] for name, column in self.basis.items()},
            self.ranks[chosen],
            {name: column[chosen] for name, column in self.origins.items()},
        )

    def by_bps_code(self) -> JoinedTable:
        """Return the table in the order of the BPS codes."""
        return self.at(np.argsort(self.bps_codes, kind="stable"))

    def with_measures(self, more: Mapping[str, tuple[Floats, Priorities, Words]]) -> JoinedTable:
        """Return the table with values, classes and basis of more measures."""
        return replace(
            self,
            values={**self.values, **{name: three[0] for name, three in more.items()}},
            classes={**self.classes, **{name: three[1] for name, three in more.items()}},
            basis={**self.basis, **{name: three[2] for name, three in more.items()}},
        )

    def columns(self) -> Columns:
        """Return all columns by their names in files; None = no class or no rank."""
        joined = self.keys
        for name, values in self.values.items():
            joined[name] = values
            if name in self.origins:
                joined[f"{name}{ORIGIN}"] = self.origins[name]
            joined[f"{name}{CLASS}"] = known(self.classes[name])
            joined[f"{name}{BASIS}"] = self.basis[name]
        return {**joined, RANK: known(self.ranks)}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The columns as a table of pandas, indexed by Kemendagri code; NA = not known."""
        import pandas as pd

        types = {f"{name}{CLASS}": "Int8" for name in self.classes} | {RANK: "Int32"}
        types |= dict.fromkeys(self.values, "Float64")
        columns = self.columns()
        types |= {n: "str" for n, c in columns.items() if c.dtype.kind == "O" and n not in types}
        frame = pd.DataFrame(columns).astype(types)
        return frame.set_axis(pd.Index(self.codes, name=KEMENDAGRI))


def known(numbers: NDArray[np.signedinteger[Any]]) -> Words:
    """Return classes or ranks with None where there is none."""
    return result_columns.words(number or None for number in numbers.tolist())


def of_frame(frame: pd.DataFrame) -> JoinedTable:
    """Make the joined table from a DataFrame as ``JoinedTable.frame``; ranks are optional."""
    return of_table(Table.of_frame(frame))


def of_table(table: Table) -> JoinedTable:
    """Make the joined table from its columns, such as ``kelas.csv`` read back.

    Parameters
    ----------
    table : Table
        Indexed by Kemendagri code; a column of ranks is optional.
    """
    ids = [name.removesuffix(CLASS) for name in table.columns if name.endswith(CLASS)]
    ranks = table[RANK] if RANK in table else np.zeros(len(table))
    return JoinedTable(
        table.codes,
        read_tables.words(table, BPS),
        read_tables.words(table, PARENT),
        read_tables.words(table, UNIT),
        {name: floats(table[name]) for name in ids if name in table},
        {name: _whole(table[f"{name}{CLASS}"], np.int8) for name in ids},
        {name: read_tables.words(table, f"{name}{BASIS}") for name in ids},
        _whole(ranks, np.int32),
        {name: table[f"{name}{ORIGIN}"] for name in ids if f"{name}{ORIGIN}" in table},
    )


def _whole(column: NDArray[Any], kind: type[np.integer[Any]]) -> NDArray[Any]:
    """Return whole numbers; 0 where there is none."""
    return np.nan_to_num(column.astype(np.float64)).astype(kind)


def tabulate(
    villages: Table,
    published: Table | None,
    overrides: Sequence[Override],
    method: Method,
) -> JoinedTable:
    """Make the table of an edition from its joined values.

    Parameters
    ----------
    villages : Table
        Indexed by Kemendagri code: ``kode_bps``, ``kecamatan``, ``desa``, floats per indicator,
        perhaps ``<id>_asal`` (``fsva.villages.sourced_columns``).
    published : Table or None
        Indexed by BPS code: ``<id>_kelas``, ``komposit``, ``peringkat`` as published; used only
        where the value is not known.
    overrides : sequence of Override
        Classes set by hand.
    method : Method
        Cut-offs, bounds, weights.
    """
    printed = _Published.of(villages, published, method)
    values = {i.id: floats(villages[i.id]) for i in method.indicators}
    decided = {i.id: _decide(values[i.id], i, printed) for i in method.indicators}
    bps = read_tables.words(villages, BPS)
    for indicator in method.indicators:
        _override(decided[indicator.id], bps, indicator, overrides)
    whole = method.composite
    computed = composite.index(values, method)
    score = np.where(np.isnan(computed), printed.score, computed)
    values[whole.id], decided[whole.id] = score, _decide(score, whole, printed)
    decided[whole.id][1][np.isnan(computed) & ~np.isnan(score)] = "terbit"
    origins = [i.id for i in method.indicators if f"{i.id}{ORIGIN}" in villages]
    return JoinedTable(
        villages.codes,
        bps,
        read_tables.words(villages, PARENT),
        read_tables.words(villages, UNIT),
        values,
        {name: found for name, (found, _) in decided.items()},
        {name: basis for name, (_, basis) in decided.items()},
        composite.rank(score, printed.ranks),
        {name: read_tables.words(villages, f"{name}{ORIGIN}") for name in origins},
    )


@dataclass(frozen=True, eq=False)
class _Published:
    """The classes, scores and ranks that a report has published, in the order of the villages."""

    classes: Mapping[str, Priorities]
    score: Floats
    ranks: Ranks

    @classmethod
    def of(cls, villages: Table, published: Table | None, method: Method) -> _Published:
        """Return what was published, in the order of the villages; nothing where nobody did."""
        if published is None:
            nothing = np.zeros(len(villages), dtype=np.int8)
            whole = np.full(len(villages), np.nan), nothing.astype(np.int32)
            return cls(dict.fromkeys((m.id for m in method.measures()), nothing), *whole)
        there = published.beside(villages[BPS])
        return cls(
            {m.id: _whole(there[f"{m.id}{CLASS}"], np.int8) for m in method.measures()},
            floats(there[method.composite.id]),
            _whole(there[RANK], np.int32),
        )


def _decide(values: Floats, measure: Measure, published: _Published) -> tuple[Priorities, Words]:
    """Return class and basis of a measure: from the value, else as published, else none."""
    computed, printed = classes.classify(values, measure), published.classes[measure.id]
    basis = np.where(computed > 0, "nilai", np.where(printed > 0, "terbit", "kosong"))
    basis = np.where(classes.means_none(values, measure), "nol", basis)
    return np.where(computed > 0, computed, printed), basis.astype(object)


def _override(
    decided: tuple[Priorities, Words], bps: Words, measure: Measure, overrides: Iterable[Override]
) -> None:
    priorities, basis = decided
    for override in overrides:
        if override.indicator == measure.id:
            priorities[bps == override.code], basis[bps == override.code] = (
                override.priority,
                "timpa",
            )


def count_classes(table: JoinedTable, measure: Measure, n_classes: int) -> dict[int, int]:
    """Count the villages in each priority class of a measure.

    Parameters
    ----------
    measure : Measure
        Indicator or composite.
    n_classes : int
        Of the method.

    Returns
    -------
    dict of int to int
        Class to number of villages, zeros included; key 0 counts villages without a class.
    """
    counts = np.bincount(table.classes[measure.id], minlength=n_classes + 1)
    return dict(enumerate(counts.tolist()))
