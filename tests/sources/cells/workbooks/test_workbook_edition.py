"""An edition whose table is an office's workbook gives the same atlas as one with a CSV file."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from fsva import cli
from fsva.config.editions import edition, headings
from fsva.core import texts
from fsva.core.errors import SourceError
from fsva.runs import run_order
from fsva.sources.tables import village_cells
from tests.places import books, contoh, shapes, small
from tests.places.books import Value

NAMES = {i.id: i.name.id for i in small.shipped_method().indicators}


def workbook(file: Path) -> None:
    """Write Belu's values as a form: titles, kecamatan only once, totals, a second sheet."""
    with (small.BELU / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    keys: list[Value] = ["No", "Kecamatan", "Kode BPS", "Desa/Kelurahan"]
    form: list[list[Value]] = [["FSVA Kabupaten Belu 2021"], [], [*keys, *NAMES.values()]]
    above = ""
    for number, row in enumerate(rows, start=1):
        if above and row["kecamatan"] != above:
            form.append(["Jumlah", *[None] * 3, *[1.5] * len(NAMES)])
        first = None if row["kecamatan"] == above else row["kecamatan"]
        above = row["kecamatan"]
        values: list[Value] = [_typed(row[name]) for name in NAMES]
        form.append([number, first, float(row["kode_bps"]), row["desa"], *values])
    books.xlsx(file, {"Form 0": form, "Cadangan": form, "Sampul": [["FSVA"]]})


def _typed(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def belu(folder: Path, data: str) -> edition.Edition:
    """Return Belu's edition with another table."""
    own = folder / "editions" / "belu"
    shutil.copytree(small.BELU, own)
    workbook(own / "fsva.xlsx")
    file = own / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert 'indikator = "indicators.csv"' in text
    file.write_text(text.replace('indikator = "indicators.csv"', data), encoding="utf-8")
    return edition.load(own)


def test_belu_from_a_workbook_is_belu(tmp_path: Path) -> None:
    own = belu(tmp_path, 'indikator = "fsva.xlsx"\nlembar = "Form 0"')
    made = contoh.tabulated(run_order.place(own, None, texts.load("id")))
    pd.testing.assert_frame_equal(made.table.frame, contoh.belu().table.frame)
    titles = headings.of_method(made.rules)
    record = village_cells.gather(own, "5306032001", titles).values
    assert (record.row, record.cells["lahan"], record.cells["kecamatan"]) == (
        4,
        "0.247",
        "Raimanuk",
    )


def test_the_manifest_knows_the_workbook_and_the_headings(tmp_path: Path) -> None:
    own = belu(tmp_path, 'indikator = "fsva.xlsx"\nlembar = "Form 0"')
    inputs = run_order.place(own, None, texts.load("id")).inputs()
    assert {"fsva.xlsx", "judul-kolom.toml"} <= {file.name for file in inputs}


def test_two_sheets_alike_are_asked_for(tmp_path: Path) -> None:
    own = belu(tmp_path, 'indikator = "fsva.xlsx"')
    with pytest.raises(SourceError) as caught:
        contoh.tabulated(run_order.place(own, None, texts.load("id")))
    assert caught.value.key == "lembar_banyak"
    assert [place.found for place in caught.value.places] == ["Form 0", "Cadangan"]


@pytest.mark.parametrize("kind", sorted(books.WRITERS))
@pytest.mark.parametrize("other", ["daftar", "tahun lalu tanpa satu kolom", "catatan"])
def test_a_sheet_that_lacks_a_column_is_not_asked_about(
    tmp_path: Path, kind: str, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both hold codes and names; only one holds what the maps need."""
    folder = shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), tmp_path)
    rows = [line.split(";") for line in (folder / "nilai.csv").read_text("utf-8-sig").split()]
    few = {"daftar": 3, "tahun lalu tanpa satu kolom": -1, "catatan": 2}[other]
    sheets = {other: [row[:few] for row in rows], "Data": rows}
    books.WRITERS[kind](folder / f"nilai.{kind}", sheets)
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text("utf-8").replace("nilai.csv", f"nilai.{kind}"), "utf-8")
    for words in (["periksa", str(folder), "--keluaran", str(tmp_path / "p")],
                  ["jejak", str(folder), rows[1][0]],
                  ["ringkasan", str(folder), "--keluaran", str(tmp_path / "r")]):  # fmt: skip
        assert cli.main(words) == 0, capsys.readouterr().err
