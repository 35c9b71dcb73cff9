"""The command fsva excel: two workbooks and their manifest, all or none."""

from __future__ import annotations

import json
from pathlib import Path

from fsva import cli
from tests.places import small


def test_it_writes_the_workbook_the_template_and_a_manifest(tmp_path: Path) -> None:
    assert cli.main(["excel", str(small.BELU), "--keluaran", str(tmp_path)]) == 0
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"fsva.xlsx", "form-4.xlsx", "manifest.json"}
    record = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert set(record["keluaran"]) == names - {"manifest.json"}
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert cli.main(["excel", str(small.BELU), "--keluaran", str(tmp_path)]) == 0
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
