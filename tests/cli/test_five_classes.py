"""A made-up method of five classes, of which two are vulnerable, through every command."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.methods import method
from fsva.core.errors import CutOffError
from tests.places import sunting_belu
from tests.places.sunting_belu import BASELINE, EDITION, METHOD

pytestmark = pytest.mark.usefixtures("coarse_pictures")

COLOURS = ("#7A0177", "#C51B8A", "#F768A1", "#FBB4B9", "#FEEBE2")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project whose method has five classes: the sixth and its cut-offs are left out."""
    folder = tmp_path_factory.mktemp("lima")
    sunting_belu.copy(folder)
    rules = folder / METHOD
    text = rules.read_text(encoding="utf-8")
    text = re.sub(r"\[\[kelas\]\]\nkelas = 6\n(?:.+\n)+", "", text)
    text = text.replace("rentan_sampai = 3", "rentan_sampai = 2")
    for number, colour in enumerate(COLOURS, start=1):
        text = re.sub(rf'(kelas = {number}\nnama = .+\nwarna = )"#\w+"', rf'\1"{colour}"', text)
    rules.write_text(text, encoding="utf-8")
    numbers = folder / BASELINE
    text = re.sub(r"(?m)^(\w+ = \[(?:[\d.]+, ){3}[\d.]+), [\d.]+\]", r"\1]",
                  numbers.read_text(encoding="utf-8"))  # fmt: skip
    numbers.write_text(text, encoding="utf-8")
    sunting_belu.replace(folder / EDITION / "edition.toml", 'terbit = "terbit.csv"\n', "")
    return folder


def fsva(*words: str | Path) -> int:
    return cli.main(list(map(str, words)))


def rows(file: Path, mark: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=mark))


@pytest.fixture(scope="module")
def atlas(project: Path) -> Path:
    """Make the atlas of the edition."""
    out = project / "atlas"
    assert fsva("atlas", project / EDITION, "--bentuk", "svg", "--keluaran", out) == 0
    return out


def test_the_atlas_shows_five_classes_in_the_colours_of_the_method(atlas: Path) -> None:
    classes = Counter(row["lahan_kelas"] for row in rows(atlas / "kelas.csv"))
    assert set(classes) <= {"", "1", "2", "3", "4", "5"}
    # Class 5 is what the six-class method calls 5 and 6: the printed values above 0.2651.
    above = [r for r in rows(atlas / "kelas.csv") if r["lahan"] and float(r["lahan"]) > 0.2651]
    assert classes["5"] == len(above) > 0
    drawing = next(atlas.glob("peta-1-*.svg")).read_text(encoding="utf-8").upper()
    assert all(colour in drawing for colour in COLOURS)
    assert "#3B703B" not in drawing


def test_the_summary_counts_the_vulnerable_classes_of_the_method(
    project: Path, atlas: Path
) -> None:
    out = project / "ringkasan"
    assert fsva("ringkasan", project / EDITION, "--keluaran", out) == 0
    own = [r for r in rows(out / "ringkasan.csv", ";")
           if r["ukuran"] == "komposit" and not r["wilayah"].startswith("Kecamatan")]  # fmt: skip
    counted = {row["kelas"]: int(row["jumlah"]) for row in own}
    found = Counter(row["komposit_kelas"] for row in rows(atlas / "kelas.csv"))
    assert [counted[str(n)] for n in range(1, 6)] == [found[str(n)] for n in range(1, 6)]
    assert "6" not in counted
    assert counted["rentan"] == found["1"] + found["2"]
    assert counted["tahan"] == found["3"] + found["4"] + found["5"]
    chapter = (out / "bab-5.txt").read_text(encoding="utf-8")
    assert "Prioritas 1-2 " in chapter
    assert "1-3" not in chapter
    assert "4-6" not in chapter
    assert "kelas 1 = 2, kelas 2 = 1" in chapter


def test_certainty_and_targets_know_the_classes(project: Path) -> None:
    sure, targets = project / "keyakinan", project / "sasaran"
    assert fsva("keyakinan", project / EDITION, "--keluaran", sure) == 0
    (table,) = [f for f in sure.glob("*.csv") if "peluang_kelas_5" in f.read_text("utf-8-sig")]
    assert "peluang_kelas_6" not in table.read_text("utf-8-sig")
    assert fsva("sasaran", project / EDITION, "--keluaran", targets) == 0
    plan = rows(targets / "rencana-aksi.csv", ";")
    assert {row["kelas"] for row in plan} <= {"1", "2"}


@pytest.mark.slow
def test_two_editions_of_five_classes_are_compared(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "lain"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns("atlas", "ringkasan"))
    # From the least farm land, class 1, to class 5: over the border between vulnerable and secure.
    sunting_belu.cell(other / EDITION / "indicators.csv", "Nualain", "lahan", "1,0000")
    sunting_belu.replace(other / EDITION / "edition.toml", "tahun = 2021\n", "tahun = 2022\n")
    sunting_belu.replace(other / EDITION / "edition.toml", "tanggal = 2021", "tanggal = 2022")
    out = tmp_path / "banding"
    assert fsva("banding", project / EDITION, other / EDITION, "--keluaran", out) == 0
    assert "keluar 1-2" in capsys.readouterr().out
    record = json.loads((out / "banding.json").read_text(encoding="utf-8"))
    lahan = record["peralihan"][0]
    assert [len(row) for row in lahan["desa"]] == [6] * 6
    known = record["ukuran"][0]["kelas"]
    assert [one["warna"] for one in known] == list(COLOURS)
    assert [one["rentan"] for one in known] == [True, True, False, False, False]
    page = (out / "banding.html").read_text(encoding="utf-8")
    found = re.search(r'id="data"[^>]*>(.+?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert [len(m["classes"]) for m in data["measures"]] == [6] * 7
    assert len(data["cells"][0]["matrix"]) == 6


def test_the_numbers_of_cut_offs_and_classes_go_together(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "belu-2021.toml"
    text = (project / BASELINE).read_text(encoding="utf-8")
    file.write_text(text.replace("0.0081, 0.0172,", "0.0172,"), encoding="utf-8")
    with pytest.raises(CutOffError) as caught:
        method.load(project / METHOD, file)
    place = caught.value.places[0]
    assert (caught.value.key, place.column) == ("cut_off_banyak", "sarana.cut_off")
    assert "sarana" in file.read_text(encoding="utf-8").splitlines()[(place.row or 0) - 1]
    assert caught.value.facts == {"jumlah": "4", "kelas": "5"}
