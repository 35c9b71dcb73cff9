"""The population of villages is known wherever the table has it, beside ready ratios too."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.columns import BPS
from fsva.runs import run_order, tabulation
from fsva.runs.layers import village_sizes
from fsva.runs.tabulation import Tabulated
from fsva.words import specification
from tests.places import small


def made(folder: Path, cell: str) -> tuple[Tabulated, edition.Edition]:
    """Return Belu with a column of population: ten times the row, and one cell as told."""
    shutil.copytree(small.BELU, folder)
    table = folder / "indicators.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    people = ["penduduk", cell, *(str(10 * n) for n in range(2, len(rows)))]
    lines = [";".join([*row, own]) for row, own in zip(rows, people, strict=True)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened = edition.load(folder)
    order = run_order.place(opened, None, texts.load("id"))
    return tabulation.tabulate(opened, order.village_layer), opened


def test_people_beside_ready_ratios_are_counted_by_village(tmp_path: Path) -> None:
    tabulated, opened = made(tmp_path / "belu", "10")
    people = village_sizes.people(opened.settings, tabulated)
    order = [*tabulated.inputs.values.rows.index]
    places = [order.index(code) for code in tabulated.joined.villages[BPS]]
    assert people == [10.0 * (n + 1) for n in places]
    maps = specification.build(
        tabulated.table, tabulated.rules, opened.settings, texts.load("id"), people
    )
    vulnerable = np.isin(tabulated.table.classes["komposit"], [1, 2, 3])
    told = f"{int(np.array(people)[vulnerable].sum()):,}".replace(",", ".")
    assert maps[-1].totals[-1] == f"Penduduk di prioritas 1-3: {told} jiwa"


@pytest.mark.parametrize("cell", ["", "banyak"])
def test_people_that_cannot_be_read_stop_no_atlas(tmp_path: Path, cell: str) -> None:
    tabulated, opened = made(tmp_path / "belu", cell)
    assert np.isnan(village_sizes.people(opened.settings, tabulated)).any()
