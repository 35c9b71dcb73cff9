"""The synthetic editions and the guard of the measurements say what they claim."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fsva import cli
from tests.places.small import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import atlas
import jaga
import lapisan
import sintetis

FIGURES = {"prosesor": 0.2, "puncak_mib": 300, "bita": 1000, "tahap": {"a": 0.1, "b": 0.05}}


def test_kabupaten_have_163_villages_on_average() -> None:
    sizes = sintetis.sizes(514, 1)
    assert sum(sizes) / len(sizes) == pytest.approx(163, abs=4)
    assert sizes == sintetis.sizes(514, 1)


@pytest.mark.usefixtures("coarse_pictures")
def test_a_synthetic_edition_is_a_whole_one(tmp_path: Path) -> None:
    edition = sintetis.build(tmp_path / "editions" / "s", 30, "53.04", "Sintetis", 1)
    out = tmp_path / "o"
    assert cli.main(["atlas", str(edition), "--keluaran", str(out)]) == 0
    assert len((out / "kelas.csv").read_text(encoding="utf-8").splitlines()) == 31
    assert not (out / "perbaikan.csv").exists()  # a clean coverage


def test_the_guard_names_the_figure_and_the_stage_that_grew() -> None:
    same = {"81": FIGURES}
    assert list(jaga.grown(same, same)) == []
    more = {"81": FIGURES | {"prosesor": 0.3, "tahap": {"a": 0.2, "b": 0.05}}}
    assert list(jaga.grown(more, same)) == [
        "81 desa: prosesor 0.3 (catatan 0.2, x 1.50)",
        "81 desa: tahap a 0.200 (catatan 0.100)",
    ]
    assert list(jaga.grown({"81": FIGURES | {"puncak_mib": 331}}, same)) == [
        "81 desa: puncak_mib 331 (catatan 300, x 1.10)"
    ]
    assert list(jaga.grown({"852": more["81"]}, same)) == []


@pytest.mark.slow
def test_the_first_files_are_told_apart_from_what_came_later(tmp_path: Path) -> None:
    out = tmp_path / "luar" / "keluaran"
    script = ROOT / "benchmarks" / "semula.py"
    asked = [sys.executable, script, ROOT / "editions" / "belu-2021", "--keluaran", out]
    subprocess.run(asked, check=True, capture_output=True)
    made = {file.name for file in out.iterdir()}
    assert len(made) == atlas.N_FILES
    assert "atlas.pdf" not in made
    assert [file.name for file in out.parent.iterdir()] == ["keluaran"]  # nothing is kept


@pytest.mark.parametrize("way", lapisan.WAYS)
def test_every_way_of_reading_a_layer_still_reads(way: str) -> None:
    layer = ROOT / "boundaries" / "skematis" / "53.04-belu.geojson"
    seconds, memory = lapisan.measure(layer, lapisan.WAYS[way])
    assert seconds >= 0
    assert memory > 0
