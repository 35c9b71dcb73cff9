"""A map with classes of its own calls none of them a priority."""

from __future__ import annotations

from pathlib import Path

from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import run_order, tabulation
from fsva.words import specification
from tests.places import sebelas

ID = texts.load("id")


def test_rows_of_a_map_with_joined_classes_are_called_alike(tmp_path: Path) -> None:
    own = edition.load(sebelas.build(tmp_path, sebelas.table_csv({})))
    order = run_order.place(own, None, ID)
    made = tabulation.tabulate(order.edition, order.village_layer)
    maps = specification.build(made.table, made.rules, order.edition.settings, order.texts)
    for one in maps:
        said = [row.counted("desa", ID).split(",")[0] for row in one.legend if row.priority]
        kind = "Kelas" if one.measure_id == "stunting" else "Prioritas"
        assert said == [f"{kind} {n}" for n in range(1, len(said) + 1)]
        assert len(said) == (4 if one.measure_id == "stunting" else 6)
