"""Tables of an edition whose headings are missing or blank."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core.errors import TableError
from fsva.sources.cells import table_text
from fsva.sources.tables import targets, village_cells
from tests.places.small import BELU


@pytest.mark.parametrize("heading", ["", " ", "-"])
def test_counts_of_persons_may_have_a_column_without_heading(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "miskin_ekstrem.csv"
    lines = [f"kode_bps;desa;jiwa_miskin_ekstrem;{heading}", "9901010001;Satu;12;x"]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert targets.read_persons(table_text.open_file(file)) == {"9901010001": 12}


@pytest.mark.parametrize("heading", ["", " ", "-"])
def test_coverage_may_have_a_column_without_heading(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "cakupan.csv"
    lines = [f"kode_bps;desa;program;dilayani;{heading}", "9901010001;Satu;Sembako;ya;x"]
    file.write_text("\n".join(lines), encoding="utf-8")
    (served,) = targets.read_coverage(table_text.open_file(file)).values()
    assert served.is_served is True


@pytest.mark.parametrize("heading", ["", " ", "-"])
def test_an_identity_number_below_no_heading_is_refused(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "miskin_ekstrem.csv"
    lines = [f"kode_bps;desa;jiwa_miskin_ekstrem;{heading}", "9901010001;Satu;12;5304011234560001"]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(TableError, match="data_pribadi"):
        targets.read_persons(table_text.open_file(file))


@pytest.mark.parametrize("heading", ["", "indikator lama", "-"])
def test_a_trace_names_the_column_that_origins_lack(tmp_path: Path, heading: str) -> None:
    folder = tmp_path / "editions" / "belu"
    shutil.copytree(BELU, folder)
    text = (folder / "asal.csv").read_text(encoding="utf-8")
    (folder / "asal.csv").write_text(text.replace(";indikator;", f";{heading};", 1), "utf-8")
    with pytest.raises(TableError, match="kolom_hilang") as caught:
        village_cells.gather(edition.load(folder), "5306032001")
    assert caught.value.places[0].column == "indikator"
