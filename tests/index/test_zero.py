"""A zero that says "there is none": the worst value, not the best, and told everywhere."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.files.tables import class_table
from fsva.index.sureness.error_intervals import Ranges
from fsva.index.sureness.uncertainty import Sampling
from fsva.runs import certainty_run, run_order
from fsva.runs.tabulation import Tabulated
from tests.places import contoh, sebelas, small
from tests.places.frames import classes, composite, margins, specification, uncertainty

ID = texts.load("id")
NCPR = sebelas.RULES.indicators[0]
# Village 1 produces nothing, village 2 has so much that its ratio rounds to zero.
READY = sebelas.table_csv({(0, "ncpr"): "0", (1, "ncpr"): "0.004", (2, "ncpr"): "1.6"})
RAW = sebelas.counts_csv({0: "0", 1: "90000"}, {0: "0"})


@pytest.fixture(scope="module", params=["jadi", "mentah"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = request.param == "mentah"
    return sebelas.build(tmp_path_factory.mktemp("nol"), RAW if raw else READY, raw=raw)


@pytest.fixture(scope="module")
def made(folder: Path) -> Tabulated:
    return contoh.tabulated(run_order.place(edition.load(folder), None, ID))


def test_no_production_is_class_one_and_scores_nothing(made: Tabulated) -> None:
    first = made.table.frame.iloc[0]
    assert (first["ncpr"], first["ncpr_kelas"], first["ncpr_dasar"]) == (0, 1, "nol")
    assert composite.standard_score(made.table.frame["ncpr"], NCPR).iloc[0] == 0


def test_a_small_ratio_is_the_best_value_and_no_zero(made: Tabulated) -> None:
    """0.004 and 300/90000 round to 0.00, which would be the worst."""
    second = made.table.frame.iloc[1]
    assert (second["ncpr"], second["ncpr_kelas"], second["ncpr_dasar"]) == (0.01, 6, "nilai")


def test_the_index_lacks_all_points_of_the_indicator(tmp_path: Path) -> None:
    own = sebelas.build(tmp_path, READY)
    table = contoh.tabulated(run_order.place(edition.load(own), None, ID)).table.frame
    points = {name: Decimal(i.weight.numerator) / i.weight.denominator
              * sebelas.score(name, sebelas.GOOD[name])
              for name, i in zip(sebelas.IDS, sebelas.RULES.indicators, strict=True)}  # fmt: skip
    without = sum(points.values()) - points["ncpr"]
    assert table["komposit"].iloc[0] == pytest.approx(float(without), abs=0.005)
    assert table["komposit"].iloc[3] == pytest.approx(float(sum(points.values())), abs=0.005)


def test_other_indicators_keep_their_zeros(made: Tabulated) -> None:
    for one in sebelas.RULES.indicators[1:]:
        assert not classes.means_none(made.table.frame[one.id] * 0, one).any()


def test_the_note_of_the_map_says_so(made: Tabulated, folder: Path) -> None:
    settings = edition.load(folder).settings
    maps = specification.build(made.table.frame, made.rules, settings, ID)
    note = "Nilai 0 pada 1 desa berarti tidak ada produksi: dihitung terburuk, prioritas 1, skor 0."
    assert note in maps[0].notes
    assert not any("tidak ada produksi" in n for one in maps[1:] for n in one.notes)


def test_the_trace_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["jejak", str(folder), small.NAMES[0]]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "Nol berarti tidak ada produksi: dihitung sebagai nilai terburuk, jadi prioritas 1" in told
    )
    assert "100 × (10,00 - 10,00) / (10,00 - 0,00) = 0,0000" in told


def test_the_check_names_the_cell(folder: Path) -> None:
    order = run_order.place(edition.load(folder), None, ID)
    report = contoh.checked(order)
    (found,) = next(o for o in report.outcomes if o.rule == "nol_berarti").result.findings
    assert (found.village, found.row, found.columns) == ("Satu", 2, ("ncpr",))


def test_no_rounding_moves_it(made: Tabulated, folder: Path) -> None:
    """An interval around zero would reach the best class."""
    order = run_order.place(edition.load(folder), None, ID)
    assumed = edition.load(folder).settings.certainty
    spread = certainty_run.ask(order.edition, made, assumed, folder).spread
    assert isinstance(spread, Ranges)
    assert (spread.low["ncpr"][0], spread.high["ncpr"][0]) == (0, 0)
    assert spread.low["ncpr"][1] > 0
    sure = uncertainty.simulate(made.table.frame, spread, made.rules, Sampling(50, 1))
    shares = sure.of_class(made.table.frame["ncpr_kelas"], NCPR)
    assert shares.iloc[0] == 1
    assert shares.iloc[1] == 1
    assert margins.margins(made.table.frame["ncpr"], NCPR).iloc[0].isna().all()


def test_the_table_of_classes_says_so(made: Tabulated) -> None:
    sure = np.ones(len(made.table))
    content = class_table.classes_csv(made.table, sure, made.rules).decode("utf-8")
    assert ",Satu,0.00,1,nol," in content
