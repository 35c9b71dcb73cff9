"""Sureness by the digits that stand in the table, not by those of the method."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.index.sureness.uncertainty import Certainty, Sampling
from fsva.runs import certainty_run, run_order, tabulation
from fsva.runs.tabulation import Tabulated
from fsva.sources.cells import table_text
from tests.places import sebelas, small
from tests.places.framed import number_cells
from tests.places.frames import uncertainty

K5 = Decimal("77.29")
# A village in the middle of the scale; energi is moved until its index is just above K5.
MIDDLE = sebelas.GOOD | {"cadangan": "0.6", "pou": "10.0", "pph": "90.0", "air_bersih": "30.0",
                         "stunting": "20.0"}  # fmt: skip


def index_of(values: dict[str, str]) -> Decimal:
    """Return the composite by hand: the sum of weight times score."""
    return sum(
        (Decimal(i.weight.numerator) / i.weight.denominator * sebelas.score(i.id, values[i.id])
         for i in sebelas.RULES.indicators), Decimal(0),
    )  # fmt: skip


def near() -> dict[str, str]:
    """Return one-decimal values whose index lies about 0.02 above the cut-off."""
    tenths = [Decimal(n) / 10 for n in range(500, 1200)]
    wanted = K5 + Decimal("0.02")
    best = min(tenths, key=lambda e: abs(index_of(MIDDLE | {"energi": str(e)}) - wanted))
    return MIDDLE | {"energi": f"{best:.1f}"}


def judged(folder: Path, zeros: str) -> tuple[Tabulated, Certainty]:
    """Make the edition with so many zeros behind every number, and ask how sure it is."""
    cells = {(n, name): value + zeros for n in range(12) for name, value in near().items()}
    own = sebelas.build(folder, sebelas.table_csv(cells))
    order = run_order.place(edition.load(own), None, texts.load("id"))
    made = tabulation.tabulate(order.edition, order.village_layer)
    asked = certainty_run.ask(order.edition, made, edition.load(own).settings.certainty, own)
    return made, uncertainty.simulate(made.table.frame, asked.spread, made.rules, Sampling(2000, 1))


def test_the_village_lies_two_hundredths_above_the_cut_off() -> None:
    assert Decimal("0.015") < index_of(near()) - K5 < Decimal("0.026")


@pytest.mark.parametrize(("zeros", "least", "most"), [("", 0.5, 0.9), ("00", 1.0, 1.0)])
def test_one_decimal_is_not_sure_and_three_are(
    tmp_path: Path, zeros: str, least: float, most: float
) -> None:
    made, sure = judged(tmp_path, zeros)
    whole = made.rules.composite
    assert made.table.frame["komposit_kelas"].iloc[0] == 6
    shares = sure.of_class(made.table.frame["komposit_kelas"], whole)
    assert shares.between(least, most).all()


def test_rank_intervals_follow(tmp_path: Path) -> None:
    """Twelve equal villages change places with one decimal; with three hardly an index moves."""
    widths = []
    for n, zeros in enumerate(("", "00")):
        _, sure = judged(tmp_path / str(n), zeros)
        widths.append((sure.ranks["peringkat_95"] - sure.ranks["peringkat_5"]).mean())
    assert widths[0] > widths[1]


def test_a_value_on_a_cut_off_hangs_on_its_own_digits(tmp_path: Path) -> None:
    """30.0 may be 29.95; 30.2 cannot be below 30, but as 30 (no decimal in its column) it can."""
    cells = {(0, "miskin"): "30.0", (1, "miskin"): "30.2"}
    for given, expected in ((cells, 1.0), (dict.fromkeys(
        [(n, "miskin") for n in range(12)], "30"), 0.5)):  # fmt: skip
        own = sebelas.build(tmp_path / str(expected), sebelas.table_csv(given))
        order = run_order.place(edition.load(own), None, texts.load("id"))
        made = tabulation.tabulate(order.edition, order.village_layer)
        asked = certainty_run.ask(order.edition, made, edition.load(own).settings.certainty, own)
        sure = uncertainty.simulate(made.table.frame, asked.spread, made.rules, Sampling(2000, 1))
        miskin = next(i for i in made.rules.indicators if i.id == "miskin")
        shares = sure.of_class(made.table.frame["miskin_kelas"], miskin)
        assert shares.iloc[0] == pytest.approx(0.5, abs=0.05)
        assert shares.iloc[1] == pytest.approx(expected, abs=0.05)


def test_a_spreadsheets_13_stands_for_13_0_and_a_formula_for_itself() -> None:
    column = ["12.5", "13", *["14.2"] * 18, "15.123456", ""]
    assert number_cells.digits_written(column) == [*[1] * 20, 6, None]


def test_zeros_say_nothing_of_the_digits_of_a_column() -> None:
    assert number_cells.digits_written(["0", "0", "0", "0.12"]) == [2, 2, 2, 2]
    assert number_cells.digits_written(["0", "0"]) == [None, None]


def test_belu_is_written_with_the_methods_digits() -> None:
    found = number_cells.read_digits(
        table_text.open_file(small.BELU / "indicators.csv"), small.shipped_method()
    )
    assert all((found[name].dropna() == 4).all() for name in found)
