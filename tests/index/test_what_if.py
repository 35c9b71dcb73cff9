"""What if: the table with other values is what the program would make of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions import edition
from fsva.core import texts
from fsva.index import joined_table, what_if
from fsva.index.joined_table import JoinedTable
from fsva.runs import run_order, tabulation
from tests.places import small
from tests.places.framed import plain

ORDER = run_order.place(edition.load(small.BELU), None, texts.load("id"))
MADE = tabulation.tabulate(ORDER.edition, ORDER.village_layer)
METHOD = MADE.rules


def again(changes: what_if.Changes) -> JoinedTable:
    """Make the table from the villages with other values."""
    villages = MADE.joined.villages.geo_frame
    for (at, name), value in changes.items():
        villages.iloc[at, villages.columns.get_loc(name)] = value
    overrides = ORDER.edition.settings.overrides
    return joined_table.tabulate(plain(villages), MADE.inputs.published, overrides, METHOD)


def value(name: str) -> st.SearchStrategy[float]:
    indicator = next(i for i in METHOD.indicators if i.id == name)
    if indicator.categories:
        return st.sampled_from([float(c) for c in indicator.categories])
    low, high = indicator.bounds
    return st.decimals(low, high, places=indicator.digits).map(float)


change = st.sampled_from([i.id for i in METHOD.indicators]).flatmap(
    lambda name: st.tuples(st.tuples(st.integers(0, 80), st.just(name)), value(name))
)


@pytest.mark.fuzz
@given(st.lists(change, max_size=8).map(dict))
def test_it_is_the_table_of_the_program(changes: dict[tuple[int, str], float]) -> None:
    made, wanted = what_if.changed(MADE.table, METHOD, changes), again(changes)
    assert made.frame.equals(wanted.frame)


def test_nothing_else_changes() -> None:
    before = MADE.table.frame.copy()
    what_if.changed(MADE.table, METHOD, {(0, "lahan"): 0.5, (3, "nakes"): 1.0})
    assert MADE.table.frame.equals(before)


def test_all_values_of_a_village_known_give_it_a_score_of_its_own() -> None:
    at = int(np.flatnonzero(MADE.table.basis["komposit"] == "terbit")[0])
    unknown = [i.id for i in METHOD.indicators if np.isnan(MADE.table.values[i.id][at])]
    made = what_if.changed(MADE.table, METHOD, {(at, name): 0.1 for name in unknown})
    assert made.basis["komposit"][at] == "nilai"
    assert sorted(made.ranks.tolist()) == sorted(MADE.table.ranks.tolist())
