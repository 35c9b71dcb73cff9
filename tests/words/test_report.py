"""laporan.txt: counts, bases, decisions and other names, in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fsva import cli
from fsva.core.texts import Language
from tests.places import belu, shapes


def blocks(language: Language) -> list[list[str]]:
    text = belu.made(language).files["laporan.txt"].decode("utf-8")
    return [block.splitlines() for block in text.strip().split("\n\n")]


def test_counts_are_those_of_the_report() -> None:
    counts = [tuple(map(int, line.split()[-6:])) for line in blocks("id")[1][1:-1]]
    assert tuple(counts) == belu.COUNTS
    assert blocks("id")[1][-1].strip() == "Jumlah: 81 desa dan kelurahan"


def test_every_village_has_a_basis() -> None:
    rows = blocks("id")[2][1:]
    assert len(rows) == 7
    for n, row in enumerate(rows):
        bases = dict(re.findall(r"(dari nilai|dari kelas terbit|ditetapkan) (\d+)", row))
        assert sum(map(int, bases.values())) == 81
        assert int(bases.get("dari kelas terbit", 0)) == belu.PUBLISHED[n]


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "tepat pada cut-off"), ("en", "exactly on the cut-off")],
)
def test_decisions_are_listed_with_their_reasons(language: Language, words: str) -> None:
    overridden, accepted = blocks(language)[3:5]
    assert "Manumutin (5306060011)" in overridden[1]
    assert words in overridden[1]
    assert len(overridden) == 2
    codes = ["5306032003", "5306032004", "5306032005", "5306050009"]
    assert [code for code, line in zip(codes, accepted[1:], strict=True) if code not in line] == []


def test_other_names_are_listed() -> None:
    names = [line.split("  ")[-1] for line in blocks("id")[5][1:]]
    assert names == [
        "Fatukety / Fatuketi", "Atambua / Kota Atambua", "Raiulun / Dualasi Raiulun",
        "Berdao / Bardao",
    ]  # fmt: skip


@pytest.mark.usefixtures("coarse_pictures")
def test_the_heading_of_counts_names_the_classes_of_the_method(tmp_path: Path) -> None:
    folder, out = shapes.write(shapes.SHAPES["lima kelas"], tmp_path), tmp_path / "hasil"
    assert cli.main(["atlas", str(folder), "--peta", "1", "--keluaran", str(out)]) == 0
    said = (out / "laporan.txt").read_text(encoding="utf-8").splitlines()
    heading = said.index("Jumlah desa menurut prioritas 1 sampai 5")
    counts = said[heading + 1].partition("  Tidak ada data")[0].split()[-5:]
    assert sum(map(int, counts)) == 12
