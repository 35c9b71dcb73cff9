"""Small inputs with one fault each: those that can be used are drawn, the others stop.

The right outcome of each stands in its README; this table has it as exit codes of ``fsva baru``,
``fsva periksa`` and ``fsva atlas``. A stop that is false here is false for offices too.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from fsva import cli

OUTCOMES = {
    "csv-quote-after-space": (0, 0, 0),
    "formula-not-calculated": (0, 1, 20),
    "formula-one-not-calculated": (0, 1, 20),
    "gpkg-two-vintages": (40, 10, 10),
    "header-repeated": (0, 0, 0),
    "headings-kampung": (0, 0, 0),
    "hidden-column-wins": (0, 0, 0),
    "html-as-xls": (10, 10, 10),
    "islands-no-colour": (0, 0, 0),
    "kec-and-desa-in-one-zip": (0, 0, 0),
    "kecamatan-two-spellings": (0, 0, 0),
    "kecamatan-upper-case": (0, 0, 0),
    "kml-folders": (0, 0, 0),
    "kml-label-points": (0, 0, 0),
    "latitude-sign-lost": (0, 1, 40),
    "layer-codes-shifted": (0, 1, 40),
    "layer-codes-sorted-apart": (0, 1, 40),
    "layer-per-kecamatan": (0, 0, 0),
    "merged-value-villages": (20, 10, 10),
    "namobj-only": (0, 0, 0),
    "one-village-at-0-0": (0, 1, 40),
    "one-village-elsewhere": (0, 1, 40),
    "only-kemendagri-codes": (30, 10, 10),
    "row-lost-kecamatan-sumber": (30, 10, 10),
    "stray-line": (0, 0, 0),
    "undotted-kemendagri-layer": (30, 10, 10),
    "undotted-kemendagri-layer-belu": (30, 10, 10),
    "unknown-fields-dead-end": (40, 10, 10),
    "wrong-utm-zone": (0, 1, 40),
    "wrong-utm-zone-east": (0, 1, 40),
    "xml2003-as-xls": (10, 10, 10),
    "zip-shp-per-kecamatan": (0, 0, 0),
}


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("name", OUTCOMES)
def test_each_case_has_its_outcome(
    name: str, shared_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = shared_dir / "cases" / "faults" / name
    place = shutil.copytree(case, tmp_path / name)
    monkeypatch.chdir(place)
    (line,) = re.findall(r"^ +fsva baru.*$", (case / "README.md").read_text("utf-8"), re.M)[:1]
    commands = [shlex.split(part.strip(" `"))[1:] for part in line.split(";")]
    assert tuple(cli.main(words) for words in commands) == OUTCOMES[name]


@pytest.mark.shared
def test_every_case_is_listed(shared_dir: Path) -> None:
    cases = [place.name for place in (shared_dir / "cases" / "faults").iterdir() if place.is_dir()]
    assert sorted(cases) == sorted(OUTCOMES)
