"""The tables of a published report: what a cell of classes may hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.config.editions.edition import Edition
from fsva.config.editions.report.printed_report import PrintedReport
from fsva.core.errors import TableError
from fsva.sources.printed import report_rows
from tests.places import small


def with_counts(tmp_path: Path, classes: str) -> Edition:
    """Return the edition of Belu, whose report is said to print one count."""
    file = tmp_path / "angka.csv"
    row = f"Bab 2.1;teks;lahan;{classes};21;25,93"
    file.write_text(f"tempat;jenis;ukuran;kelas;jumlah;persen\n{row}\n", encoding="utf-8")
    belu = edition.load(small.BELU)
    printed = PrintedReport.model_validate({"angka": str(file)})
    return replace(belu, settings=belu.settings.model_copy(update={"printed": printed}))


@pytest.mark.parametrize(("text", "classes"), [("2", (2,)), ("1-3", (1, 2, 3))])
def test_a_count_is_of_one_class_or_of_several_in_a_row(
    tmp_path: Path, text: str, classes: tuple[int, ...]
) -> None:
    (line,) = report_rows.read(with_counts(tmp_path, text)).counts
    assert line.priorities == classes


@pytest.mark.parametrize("text", ["3-1", "0", "1-999999999999", "-1", "a"])
def test_no_other_classes_are_counted(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableError) as caught:
        report_rows.read(with_counts(tmp_path, text))
    assert (caught.value.key, caught.value.places[0].row) == ("cetakan_sel", 2)
