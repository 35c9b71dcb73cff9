"""Counts of persons under five: no output of any command tells two of them apart.

Two editions differ in nothing but such counts. Whatever a command writes or prints must then be
the same to the byte, so that no file has to be searched for a number.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fsva import cli
from tests.places import contoh, small

pytestmark = [pytest.mark.usefixtures("coarse_pictures"), pytest.mark.slow]
FORMS = [word for form in ("gpkg", "html", "qgz") for word in ("--bentuk", form)]
COMMANDS: dict[str, list[str]] = {
    "sasaran": [], "profil": ["--semua"], "andai": [], "ringkasan": [], "keyakinan": [],
    "periksa": [], "pendukung": [], "buku": [], "paparan": [], "excel": [], "atlas": FORMS,
}  # fmt: skip
SMALL = {"sisi-1": ("1", "4", "2", "3"), "sisi-2": ("4", "3", "1", "2")}


def edition(folder: Path, few: tuple[str, ...]) -> Path:
    """Write the edition whose first villages have few persons, the others many or none."""
    made = contoh.build(folder)
    persons = (*few, "120", "0", "101", "55", "100", "", "7", "5")
    (made / contoh.POVERTY_FILE).write_text(contoh.poverty_csv(persons), encoding="utf-8")
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_no_output_tells_small_counts_apart(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    for name, few in SMALL.items():
        made = edition(tmp_path / name / "editions" / "contoh", few)
        out = tmp_path / name / "keluaran"
        words = [command, str(made), "--keluaran", str(out), *COMMANDS[command]]
        assert cli.main(words) in (0, 1)
        told = capsys.readouterr()
        said.append((told.out + told.err).replace(name, "NAMA"))
    assert said[0] == said[1]
    one, other = (tmp_path / name / "keluaran" for name in SMALL)
    files = sorted(f.relative_to(one) for f in one.rglob("*") if f.is_file())
    assert files == sorted(f.relative_to(other) for f in other.rglob("*") if f.is_file())
    differing = [str(f) for f in files if (one / f).read_bytes() != (other / f).read_bytes()]
    assert set(differing) <= {"manifest.json"}
    if differing:  # it holds the hash of the table, and nothing else that differs
        facts = [
            json.loads((o / "manifest.json").read_text(encoding="utf-8")) for o in (one, other)
        ]
        for fact in facts:
            assert fact["masukan"].pop(_poverty(fact["masukan"]))
            fact.pop("nomor", None)
        assert facts[0] == facts[1]


def _poverty(inputs: dict[str, str]) -> str:
    return next(name for name in inputs if name.endswith(contoh.POVERTY_FILE))


def test_jejak_tells_them_not_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for name, few in SMALL.items():
        made = edition(tmp_path / name / "editions" / "contoh", few)
        assert cli.main(["jejak", str(made), small.NAMES[0]]) == 0
        told = capsys.readouterr()
        said.append((told.out + told.err).replace(name, "NAMA"))
    assert said[0] == said[1]
