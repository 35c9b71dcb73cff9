"""A table whose names all begin with "Desa" gives the maps and tables of one without the word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fsva.files.tables import class_table
from tests.places import contoh, small


def with_words(folder: Path) -> Path:
    """Write Belu with the kind of village before its names, in the table and in its kecamatan."""
    shutil.copytree(small.BELU, folder)
    file = folder / "indicators.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    columns = head.split(";")
    at, above = columns.index("desa"), columns.index("kecamatan")
    written = []
    for row in rows:
        cells = row.split(";")
        cells[at], cells[above] = f"Desa {cells[at]}", f"Kec. {cells[above]}"
        written.append(";".join(cells))
    file.write_text("\n".join([head, *written]), encoding="utf-8-sig")
    return folder


def test_the_joined_table_is_that_of_the_bare_names(tmp_path: Path) -> None:
    made = contoh.tabulated(contoh.order(with_words(tmp_path / "belu")))
    assert made.table.names.tolist() == contoh.belu().table.names.tolist()
    assert made.table.subdistricts.tolist() == contoh.belu().table.subdistricts.tolist()
    assert class_table


@pytest.mark.slow
def test_it_is_told_by_the_checks(tmp_path: Path) -> None:
    report = contoh.checked(contoh.order(with_words(tmp_path / "belu")))
    keys = [f.key for o in report.outcomes for f in o.result.findings]
    assert keys.count("periksa.susunan.kata_desa") == 1
    assert keys.count("periksa.susunan.kata_kecamatan") == 1
