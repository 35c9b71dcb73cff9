"""Supporting tables are read as they are printed, with their digits; what is unclear is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from fsva.config.editions.supporting_data import check_all
from fsva.core.errors import FsvaError, SourceError, TableError
from fsva.sources.supporting import printed_tables
from tests.places import pendukung
from tests.places.pendukung import Cells

PLAIN: Cells = (("kecamatan", "2019", "2020"), ("Utara", "1,50", "3"), ("Selatan", "-", "4"))


def test_values_keep_their_digits_and_a_dash_is_not_known(tmp_path: Path) -> None:
    read = pendukung.table(tmp_path, PLAIN)
    assert read.columns == ("2019", "2020")
    assert [row.values for row in read.rows] == [
        (Decimal("1.50"), Decimal(3)), (None, Decimal(4)),
    ]  # fmt: skip
    assert read.is_yearly
    assert read.by_kecamatan
    assert str(read.rows[0].values[0]) == "1.50"


def test_totals_and_what_stands_beside_is_told_by_its_name(tmp_path: Path) -> None:
    cells = (
        ("Tabel",), ("No.", "Kecamatan", "2019", "2020", "Total", "Rata-rata", "Laju pertumbuhan"),
        ("1", "Utara", "1", "3", "4", "2", "200"), ("", "Jumlah", "1", "3", "4", "", ""),
    )  # fmt: skip
    read = pendukung.table(tmp_path, cells)
    assert read.rows[0].number == 3
    assert dict(read.rows[0].beside) == {
        "jumlah": Decimal(4), "rata_rata": Decimal(2), "pertumbuhan": Decimal(200),
    }  # fmt: skip
    assert read.total is not None
    assert read.total.values == (Decimal(1), Decimal(3))


def test_a_workbook_gives_what_the_text_gives(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "beras.xlsx"))
    sheet = book.add_worksheet("Produksi")
    for n, row in enumerate(PLAIN):
        numbers = [float(c.replace(",", ".")) if c[0].isdigit() and n else c for c in row]
        sheet.write_row(n, 0, numbers)
    book.close()
    source = pendukung.source(berkas="beras.xlsx", lembar="Produksi")
    read = printed_tables.read(tmp_path / "beras.xlsx", source)
    text = pendukung.table(tmp_path, PLAIN)
    assert [(r.label, r.values) for r in read.rows] == [(r.label, r.values) for r in text.rows]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ((*PLAIN, ("Timur", "x", "1")), "bukan_angka"),
        ((*PLAIN, ("Timur", "1.234", "1")), "tanda_ribuan"),
        ((*PLAIN, ("utara", "1", "1")), "pendukung_baris"),
        ((("kecamatan", "jumlah"), ("Utara", "1")), "pendukung_kolom"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, cells: Cells, key: str
) -> None:
    with pytest.raises(TableError) as caught:
        pendukung.table(tmp_path, cells)
    assert caught.value.key == key
    assert caught.value.places[0].row is not None


def test_an_empty_file_and_a_missing_sheet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        pendukung.table(tmp_path, [("judul",)])
    with pytest.raises(FsvaError, match="berkas_hilang"):
        printed_tables.read(tmp_path / "tidak-ada.csv", pendukung.source())


def test_tables_may_only_name_tables_that_exist() -> None:
    check_all([pendukung.source("a"), pendukung.source("b", jumlah_dari=["a"])])
    for wrong in (
        [pendukung.source("a"), pendukung.source("a")],
        [pendukung.source("a", jumlah_dari=["b"])],
        [pendukung.source("a", rincian={"Padi": "a"})],
    ):
        with pytest.raises(ValueError, match="pendukung"):
            check_all(wrong)
